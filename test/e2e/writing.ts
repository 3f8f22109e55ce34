import type { TestOrganization, TestPerson, World } from '../factories/world.js';
import type { Answer, AnswerError, TestApp } from './app.js';

export interface Version {
  readonly version: number;
  readonly text: string;
  readonly author: { readonly id: string };
  readonly at: string;
}
export interface PointNode {
  readonly __typename: 'TalkingPoint';
  readonly id: string;
  readonly text: string;
  readonly draft: boolean;
  readonly fromCustomer: boolean;
  readonly position: number;
  readonly discussed: boolean;
  readonly standing: boolean;
  readonly timesCarried: number;
  readonly version: number;
  readonly author: { readonly id: string };
  readonly about: { readonly __typename: string; readonly id: string } | null;
  readonly conversation: { readonly id: string } | null;
  readonly raisedIn: { readonly id: string } | null;
  readonly history: readonly Version[] | null;
}
export interface ItemNode {
  readonly __typename: 'ActionItem';
  readonly id: string;
  readonly text: string;
  readonly dueOn: string | null;
  readonly state: 'OPEN' | 'DONE' | 'DROPPED';
  readonly closedAt: string | null;
  readonly renegotiated: number;
  readonly standing: 'OPEN' | 'LATE' | 'KEPT' | 'DONE' | 'DROPPED';
  readonly viewerCanMoveDueDate: boolean;
  readonly viewerCanRefuse: boolean;
  readonly author: { readonly id: string };
  readonly version: number;
  readonly owner: { readonly id: string };
  readonly oneToOne: { readonly id: string };
  readonly madeIn: { readonly id: string } | null;
  readonly history: readonly Version[];
}
export interface NotesNode {
  readonly __typename: 'SharedNotes';
  readonly id: string;
  readonly text: string;
  readonly version: number;
  readonly updatedAt: string | null;
  readonly updatedBy: { readonly id: string } | null;
  readonly history: readonly Version[];
}
export interface PrivateNotesNode {
  readonly text: string;
  readonly version: number;
}
export interface TalkNode {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly talkingPoints: readonly PointNode[];
  readonly actionItems: readonly ItemNode[];
  readonly sharedNotes: NotesNode;
  readonly privateNotes: PrivateNotesNode | null;
  readonly goals: readonly { readonly __typename: string; readonly id: string }[];
}
/** An edit was made, or met another one and got the present state. */
export type Edited<Node, Present = Node> =
  { readonly made: Node; readonly present?: never } | { readonly present: Present; readonly made?: never };

const POINT = `fragment Point on TalkingPoint {
  __typename id text draft fromCustomer position discussed standing timesCarried version author { id } conversation { id } raisedIn { id }
  about { __typename ... on PersonalGoal { id } ... on BusinessGoal { id } }
  history { version text at author { id } }
}`;
const ITEM = `fragment Item on ActionItem {
  __typename id text dueOn state standing closedAt renegotiated version
  viewerCanMoveDueDate viewerCanRefuse owner { id } author { id } oneToOne { id } madeIn { id }
  history { version text at author { id } }
}`;
const NOTES = `fragment Notes on SharedNotes {
  __typename id text version updatedAt updatedBy { id } history { version text at author { id } }
}`;
const PRIVATE_NOTES = 'fragment Mine on PrivateNotes { text version }';
const TALK = `fragment Talk on Conversation {
  id status version privateNotes { ...Mine } sharedNotes { ...Notes } talkingPoints { ...Point } actionItems { ...Item }
  goals { __typename ... on PersonalGoal { id } ... on BusinessGoal { id } }
} ${POINT} ${ITEM} ${NOTES} ${PRIVATE_NOTES}`;

const mutation = (name: string, input: string, selection: string): string =>
  `mutation ($input: ${input}!) { result: ${name}(input: $input) { ${selection} } }`;
const union = (payload: string, selection: string, fragment: string): string =>
  `__typename ... on ${payload} { made: ${selection} } ... on EditConflict { current { ...${fragment} } }`;

export const ADD_POINT = `${mutation('addTalkingPoint', 'AddTalkingPointInput', 'talkingPoint { ...Point }')} ${POINT}`;
export const SHARE_POINT = `${mutation('shareTalkingPoint', 'ShareTalkingPointInput', 'talkingPoint { ...Point }')} ${POINT}`;
export const SHARE_POINTS = `${mutation('shareTalkingPoints', 'ShareTalkingPointsInput', 'conversation { ...Talk }')} ${TALK}`;
export const UPDATE_POINT = `${mutation(
  'updateTalkingPoint',
  'UpdateTalkingPointInput',
  union('TalkingPointPayload', 'talkingPoint { ...Point }', 'Point'),
)} ${POINT}`;
export const MOVE_POINT = `${mutation('moveTalkingPoint', 'MoveTalkingPointInput', 'conversation { ...Talk }')} ${TALK}`;
export const POSTPONE_POINT = `${mutation('postponeTalkingPoint', 'PostponeTalkingPointInput', 'conversation { ...Talk }')} ${TALK}`;
export const DELETE_POINT = mutation('deleteTalkingPoint', 'DeleteInput', 'deletedId');
export const WRITE_NOTES = `${mutation(
  'writeSharedNotes',
  'WriteSharedNotesInput',
  union('SharedNotesPayload', 'sharedNotes { ...Notes }', 'Notes'),
)} ${NOTES}`;
export const WRITE_PRIVATE = `${mutation(
  'writePrivateNotes',
  'WritePrivateNotesInput',
  union('ConversationPayload', 'conversation { ...Talk }', 'Mine'),
)} ${TALK}`;
export const ADD_ITEM = `${mutation('addActionItem', 'AddActionItemInput', 'actionItem { ...Item }')} ${ITEM}`;
export const UPDATE_ITEM = `${mutation(
  'updateActionItem',
  'UpdateActionItemInput',
  union('ActionItemPayload', 'actionItem { ...Item }', 'Item'),
)} ${ITEM}`;
export const CLOSE_ITEM = `${mutation('closeActionItem', 'CloseActionItemInput', 'actionItem { ...Item }')} ${ITEM}`;
export const REOPEN_ITEM = `${mutation('reopenActionItem', 'ReopenActionItemInput', 'actionItem { ...Item }')} ${ITEM}`;
export const DELETE_ITEM = mutation('deleteActionItem', 'DeleteInput', 'deletedId');
const talkMutation = (name: string, input: string): string =>
  `${mutation(name, input, 'conversation { ...Talk }')} ${TALK}`;
const HOLD_TALK = talkMutation('holdConversation', 'HoldConversationInput');
const SKIP_TALK = talkMutation('skipConversation', 'SkipConversationInput');
const REOPEN_TALK = talkMutation('reopenConversation', 'ReopenConversationInput');
const SCHEDULE_TALK = talkMutation('scheduleConversation', 'ScheduleConversationInput');
const END_PAIR = mutation('endOneToOne', 'EndOneToOneInput', 'oneToOne { id }');
export const READ_TALK = `query ($id: ID!) { conversation(id: $id) { ...Talk } } ${TALK}`;
const WAITING = `query ($id: ID!) { oneToOne(id: $id) { waitingPoints { ...Point } } } ${POINT}`;
export const LIST_ITEMS = `query ($id: ID!, $owner: ActionItemOwner, $standing: [ActionItemStanding!]) {
  oneToOne(id: $id) { actionItems(first: 100, owner: $owner, standing: $standing) { nodes { ...Item } } }
} ${ITEM}`;
export const SEARCH = `query ($id: ID!, $text: String!, $first: Int, $after: String) {
  oneToOne(id: $id) { search(text: $text, first: $first, after: $after) {
    nodes { id } edges { cursor } pageInfo { hasNextPage endCursor }
  } }
}`;

type Input = Record<string, unknown>;
interface Union<Node, Present> {
  readonly made?: Node;
  readonly current?: Present;
}

/** Somebody who writes in a one-to-one through the service. */
export class Writer {
  constructor(
    private readonly app: TestApp,
    readonly person: TestPerson,
    readonly token: string,
  ) {}

  get id(): string {
    return this.person.id;
  }

  send<Data = Record<string, unknown>>(query: string, variables: Input = {}): Promise<Answer<Data>> {
    return this.app.graphql<Data>(query, variables, this.token);
  }

  /** The data of an answer without errors. */
  async get<Data>(query: string, variables: Input = {}): Promise<Data> {
    const { data, errors } = await this.send<Data>(query, variables);
    if (errors.length > 0 || !data) throw new Error(`The answer has errors: ${JSON.stringify(errors)}`);
    return data;
  }

  /** The first error of an answer that must have one. */
  async refused(query: string, input: Input): Promise<AnswerError> {
    const { errors } = await this.send(query, { input });
    const [error] = errors;
    if (!error) throw new Error('A refusal was expected.');
    return error;
  }

  async code(query: string, input: Input): Promise<string> {
    return (await this.refused(query, input)).extensions.code;
  }

  /** Adds a talking point, shared by default. */
  async add(input: Input): Promise<PointNode> {
    return (await this.result<{ talkingPoint: PointNode }>(ADD_POINT, { draft: false, ...input }))
      .talkingPoint;
  }
  async share(id: string): Promise<PointNode> {
    return (await this.result<{ talkingPoint: PointNode }>(SHARE_POINT, { id })).talkingPoint;
  }
  update(input: Input): Promise<Edited<PointNode>> {
    return this.edit<PointNode>(UPDATE_POINT, input);
  }
  async move(id: string, beforeId: string | null = null): Promise<TalkNode> {
    return (await this.result<{ conversation: TalkNode }>(MOVE_POINT, { id, beforeId })).conversation;
  }
  /** Puts a point off from a conversation, or takes that back. */
  async postpone(id: string, conversationId: string, postponed = true): Promise<TalkNode> {
    return (await this.result<{ conversation: TalkNode }>(POSTPONE_POINT, { id, conversationId, postponed }))
      .conversation;
  }
  async remove(id: string): Promise<void> {
    await this.result(DELETE_POINT, { id });
  }
  writeNotes(input: Input): Promise<Edited<NotesNode>> {
    return this.edit<NotesNode>(WRITE_NOTES, input);
  }
  /** Writes private notes based on the stored version. */
  async writePrivate(conversationId: string, text: string): Promise<TalkNode> {
    const version = (await this.read(conversationId)).privateNotes?.version ?? 0;
    const { made } = await this.editPrivate({ conversationId, version, text });
    if (!made) throw new Error('The private notes were not written.');
    return made;
  }
  async editPrivate(input: Input): Promise<Edited<TalkNode, PrivateNotesNode>> {
    return this.edit<TalkNode, PrivateNotesNode>(WRITE_PRIVATE, input);
  }
  async shareAll(conversationId: string, talkingPointIds: string[]): Promise<TalkNode> {
    return (await this.result<{ conversation: TalkNode }>(SHARE_POINTS, { conversationId, talkingPointIds }))
      .conversation;
  }
  /** Adds an action item, by default the caller's own. */
  async promise(input: Input): Promise<ItemNode> {
    return (
      await this.result<{ actionItem: ItemNode }>(ADD_ITEM, { ownerId: this.id, text: 'A promise', ...input })
    ).actionItem;
  }
  updateItem(input: Input): Promise<Edited<ItemNode>> {
    return this.edit<ItemNode>(UPDATE_ITEM, input);
  }
  async close(id: string, state: 'DONE' | 'DROPPED' = 'DONE'): Promise<ItemNode> {
    return (await this.result<{ actionItem: ItemNode }>(CLOSE_ITEM, { id, state })).actionItem;
  }
  async reopenItem(id: string): Promise<ItemNode> {
    return (await this.result<{ actionItem: ItemNode }>(REOPEN_ITEM, { id })).actionItem;
  }
  /** The action items of a one-to-one, oldest first. */
  async items(
    oneToOneId: string,
    filter: { owner?: 'VIEWER' | 'COUNTERPART'; standing?: ItemNode['standing'][] } = {},
  ): Promise<ItemNode[]> {
    const { oneToOne } = await this.get<{ oneToOne: { actionItems: { nodes: ItemNode[] } } }>(LIST_ITEMS, {
      id: oneToOneId,
      ...filter,
    });
    return oneToOne.actionItems.nodes.toReversed();
  }
  async deleteItem(id: string): Promise<void> {
    await this.result(DELETE_ITEM, { id });
  }
  async hold(id: string): Promise<TalkNode> {
    return (await this.result<{ conversation: TalkNode }>(HOLD_TALK, { target: { conversationId: id } }))
      .conversation;
  }
  async skip(id: string): Promise<TalkNode> {
    return (await this.result<{ conversation: TalkNode }>(SKIP_TALK, { id })).conversation;
  }
  async reopen(id: string): Promise<TalkNode> {
    return (await this.result<{ conversation: TalkNode }>(REOPEN_TALK, { id })).conversation;
  }
  async schedule(oneToOneId: string, scheduledAt: Date): Promise<TalkNode> {
    return (await this.result<{ conversation: TalkNode }>(SCHEDULE_TALK, { oneToOneId, scheduledAt }))
      .conversation;
  }
  async end(oneToOneId: string): Promise<void> {
    await this.result(END_PAIR, { id: oneToOneId });
  }
  async read(conversationId: string): Promise<TalkNode> {
    return (await this.get<{ conversation: TalkNode }>(READ_TALK, { id: conversationId })).conversation;
  }
  /** The texts of the points of a conversation that this person sees, in their order. */
  async agenda(conversationId: string): Promise<string[]> {
    return (await this.read(conversationId)).talkingPoints.map(({ text }) => text);
  }
  async waiting(oneToOneId: string): Promise<readonly PointNode[]> {
    return (
      await this.get<{ oneToOne: { waitingPoints: readonly PointNode[] } }>(WAITING, { id: oneToOneId })
    ).oneToOne.waitingPoints;
  }
  /** The ids of the conversations in which words stand. */
  async search(oneToOneId: string, text: string): Promise<string[]> {
    const { oneToOne } = await this.get<{ oneToOne: { search: { nodes: { id: string }[] } } }>(SEARCH, {
      id: oneToOneId,
      text,
    });
    return oneToOne.search.nodes.map(({ id }) => id);
  }

  private async result<Payload>(query: string, input: Input): Promise<Payload> {
    return (await this.get<{ result: Payload }>(query, { input })).result;
  }

  private async edit<Node, Present = Node>(query: string, input: Input): Promise<Edited<Node, Present>> {
    const { made, current } = await this.result<Union<Node, Present>>(query, input);
    if (made !== undefined) return { made };
    if (current === undefined) throw new Error('Neither made nor refused.');
    return { present: current };
  }
}

/** Two people with a one-to-one, and a conversation that they have planned. */
export interface WritingPair {
  readonly id: string;
  readonly organization: TestOrganization;
  readonly ana: Writer;
  readonly lee: Writer;
  readonly talk: string;
}

export async function writer(app: TestApp, world: World, organization: TestOrganization): Promise<Writer> {
  const person = await world.person(organization);
  return new Writer(app, person, await world.signIn(person));
}

/** A one-to-one of Ana and her manager Lee, by default without a recurrence. */
export async function writingPair(
  app: TestApp,
  world: World,
  organization: TestOrganization,
  options: { recurrence?: string } = {},
): Promise<WritingPair> {
  const ana = await writer(app, world, organization);
  const lee = await writer(app, world, organization);
  const line = await world.line(ana.person, lee.person);
  const pair = await world.oneToOne(lee.person, ana.person, { lineId: line.id, ...options });
  const talk = await world.conversation(pair);
  return { id: pair.id, organization, ana, lee, talk: talk.id };
}
