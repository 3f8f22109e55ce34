/** The part of the product's schema that the questions need, with the same names. */
export const schema = `
  scalar Date
  scalar DateTime

  enum OneToOneState { INVITED OPEN ENDED }
  enum ConversationStatus { PLANNED HELD SKIPPED CANCELLED }
  enum ActionItemState { OPEN DONE DROPPED }
  enum ActionItemStanding { OPEN LATE KEPT DONE DROPPED }
  enum PersonalGoalStatus { ACTIVE RESTING ACHIEVED SET_ASIDE }
  enum GoalVisibility { PRIVATE SHARED ORGANIZATION }
  enum Horizon { THIS_YEAR FEW_YEARS DECADE LIFE }
  enum VisibilityBasis { OWNER SHARED_BY_NAME ORGANIZATION_WIDE }

  type Query {
    viewer: Viewer!
    oneToOne(id: ID!): OneToOne
  }

  type Mutation {
    addTalkingPoint(input: AddTalkingPointInput!): TalkingPointPayload!
  }

  type Viewer {
    person: Person
  }

  type Person {
    id: ID!
    name: String!
    title: String
    personalGoals(first: Int! = 20): PersonalGoalConnection!
  }

  type PersonalGoalConnection {
    nodes: [PersonalGoal!]!
  }

  type PersonalGoal {
    id: ID!
    title: String!
    why: String
    area: String
    horizon: Horizon
    targetOn: Date
    status: PersonalGoalStatus!
    measure: PersonalGoalMeasure
    visibility: GoalVisibility!
    basis: VisibilityBasis!
    openToProposals: Boolean!
    version: Int
    createdAt: DateTime
  }

  type PersonalGoalMeasure {
    unit: String!
    start: Float!
    current: Float!
    target: Float!
  }

  type OneToOne {
    id: ID!
    state: OneToOneState!
    recurrence: String
    durationMinutes: Int!
    counterpart: Person!
    conversations(first: Int! = 20): ConversationConnection!
  }

  type ConversationConnection {
    nodes: [Conversation!]!
  }

  type Conversation {
    id: ID!
    status: ConversationStatus!
    scheduledAt: DateTime!
    heldAt: DateTime
    talkingPoints: [TalkingPoint!]!
    actionItems: [ActionItem!]!
  }

  type TalkingPoint {
    id: ID!
    text: String!
    draft: Boolean!
    position: Int!
    discussed: Boolean!
    timesCarried: Int!
    version: Int!
    author: Person!
    conversation: Conversation
  }

  type ActionItem {
    id: ID!
    text: String!
    dueOn: Date
    state: ActionItemState!
    standing: ActionItemStanding!
    owner: Person!
  }

  input AddTalkingPointInput {
    conversationId: ID!
    text: String!
    draft: Boolean! = true
  }

  type TalkingPointPayload {
    talkingPoint: TalkingPoint!
  }
`;
