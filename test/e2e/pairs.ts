import type { World, TestPerson } from '../factories/world.js';
import type { Answer, AnswerError, TestApp } from './app.js';

export interface ConversationNode {
  readonly id: string;
  readonly status: 'PLANNED' | 'HELD' | 'SKIPPED' | 'CANCELLED';
  readonly scheduledAt: string;
  readonly heldAt: string | null;
  readonly version: number;
  readonly oneToOne: { readonly id: string };
}
interface Nodes<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface PairNode {
  readonly id: string;
  readonly state: 'INVITED' | 'OPEN' | 'ENDED';
  readonly recurrence: string | null;
  readonly startsAt: string | null;
  readonly durationMinutes: number;
  readonly version: number;
  readonly endedAt: string | null;
  readonly lastHeldAt: string | null;
  readonly participants: readonly { readonly id: string }[];
  readonly counterpart: { readonly id: string; readonly name: string };
  readonly next: ConversationNode | null;
  readonly conversations: Nodes<ConversationNode>;
}
/** Whatever these tests read of an answer; what was not asked for is not there. */
export interface Data {
  readonly startOneToOne: { readonly __typename: string; readonly oneToOne: PairNode };
  readonly declineOneToOne: { readonly deletedId: string };
  /** Of every other mutation. */
  readonly result: {
    readonly __typename?: string;
    readonly oneToOne: PairNode;
    readonly conversation: ConversationNode;
    readonly current?: object;
  };
  readonly oneToOne: PairNode;
  readonly conversation: ConversationNode;
  readonly person: { readonly oneToOne: PairNode } | null;
  readonly node: object | null;
  readonly nodes: readonly (object | null)[];
  readonly viewer: {
    readonly oneToOnes: Nodes<{ readonly id: string; readonly state: string }>;
    readonly nextConversations: Nodes<ConversationNode>;
  };
}

/** Somebody who is signed in, and what they can ask. */
export interface Signed extends TestPerson {
  readonly token: string;
  /** The answer; fails the test on errors. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The first error; fails the test when there is none. */
  refused(query: string, variables?: Record<string, unknown>): Promise<AnswerError>;
  /** Either. */
  send(query: string, variables?: Record<string, unknown>): Promise<Answer<Data>>;
}

export async function signIn(app: TestApp, world: World, person: TestPerson): Promise<Signed> {
  const token = await world.signIn(person);
  return { ...person, ...asking(app, token) };
}

/** The same for a token of any kind. */
export function asking(app: TestApp, token: string): Pick<Signed, 'token' | 'ask' | 'refused' | 'send'> {
  const send = (query: string, variables: Record<string, unknown> = {}): Promise<Answer<Data>> =>
    app.graphql<Data>(query, variables, token);
  return {
    token,
    send,
    async ask(query, variables) {
      const { data, errors } = await send(query, variables);
      expect(errors).toEqual([]);
      return data!;
    },
    async refused(query, variables) {
      const { errors } = await send(query, variables);
      expect(errors).toHaveLength(1);
      return errors[0]!;
    },
  };
}

export const PAIR = `fragment Pair on OneToOne {
  id state recurrence startsAt timeZone durationMinutes endedAt version lastHeldAt
  participants { id } counterpart { id name } startedBy { id }
  next { id scheduledAt status version }
  conversations { nodes { id status scheduledAt heldAt version } }
}`;

export const START = `mutation ($input: StartOneToOneInput!) {
  startOneToOne(input: $input) {
    __typename
    ... on OneToOnePayload { oneToOne { ...Pair } }
    ... on OneToOneExists { oneToOne { ...Pair } }
  }
} ${PAIR}`;

const CONVERSATION = `fragment C on Conversation { id status scheduledAt heldAt version oneToOne { id } }`;

function oneToOneMutation(name: string, input: string): string {
  return `mutation ($input: ${input}!) { result: ${name}(input: $input) { oneToOne { ...Pair } } } ${PAIR}`;
}
function conversationMutation(name: string, input: string): string {
  return `mutation ($input: ${input}!) { result: ${name}(input: $input) { conversation { ...C } } } ${CONVERSATION}`;
}
export const ACCEPT = oneToOneMutation('acceptOneToOne', 'AcceptOneToOneInput');
export const RESCHEDULE = `mutation ($input: RescheduleOneToOneInput!) {
  result: rescheduleOneToOne(input: $input) {
    __typename ... on OneToOnePayload { oneToOne { ...Pair } } ... on EditConflict { current { ...Pair } }
  }
} ${PAIR}`;
export const END = oneToOneMutation('endOneToOne', 'EndOneToOneInput');
export const DECLINE = `mutation ($input: DeclineOneToOneInput!) { declineOneToOne(input: $input) { deletedId } }`;
export const SCHEDULE = conversationMutation('scheduleConversation', 'ScheduleConversationInput');
export const MOVE = `mutation ($input: MoveConversationInput!) {
  result: moveConversation(input: $input) {
    __typename ... on ConversationPayload { conversation { ...C } } ... on EditConflict { current { ...C } }
  }
} ${CONVERSATION}`;
export const CANCEL = conversationMutation('cancelConversation', 'CancelConversationInput');
export const SKIP = conversationMutation('skipConversation', 'SkipConversationInput');
export const HOLD = conversationMutation('holdConversation', 'HoldConversationInput');
export const REOPEN = conversationMutation('reopenConversation', 'ReopenConversationInput');

export const READ_PAIR = `query ($id: ID!) { oneToOne(id: $id) { ...Pair } } ${PAIR}`;
export const READ_CONVERSATION = `query ($id: ID!) { conversation(id: $id) { ...C } } ${CONVERSATION}`;
