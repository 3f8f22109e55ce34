import type { World, TestPerson, TestRow } from '../factories/world.js';
import type { Answer, AnswerError, TestApp } from './app.js';

/** Somebody who is signed in, and what they can ask. */
export interface Signed extends TestPerson {
  readonly token: string;
  /** The answer; fails the test on errors. */
  ask<Data = any>(query: string, variables?: Record<string, unknown>): Promise<Data>; // eslint-disable-line @typescript-eslint/no-explicit-any -- what a test reads of an answer, it checks
  /** The first error; fails the test when there is none. */
  refused(query: string, variables?: Record<string, unknown>): Promise<AnswerError>;
  /** Either. */
  send(query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

export async function signIn(app: TestApp, world: World, person: TestPerson): Promise<Signed> {
  const token = await world.signIn(person);
  return { ...person, ...asking(app, token) };
}

/** The same for a token of any kind. */
export function asking(app: TestApp, token: string): Pick<Signed, 'token' | 'ask' | 'refused' | 'send'> {
  const send = (query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
    app.graphql(query, variables, token);
  return {
    token,
    send,
    async ask(query, variables) {
      const { data, errors } = await send(query, variables);
      expect(errors).toEqual([]);
      return data as never;
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

export const CONVERSATION = `fragment C on Conversation { id status scheduledAt heldAt version oneToOne { id } }`;

function oneToOneMutation(name: string, input: string): string {
  return `mutation ($input: ${input}!) { result: ${name}(input: $input) { oneToOne { ...Pair } } } ${PAIR}`;
}
function conversationMutation(name: string, input: string): string {
  return `mutation ($input: ${input}!) { result: ${name}(input: $input) { conversation { ...C } } } ${CONVERSATION}`;
}
export const ACCEPT = oneToOneMutation('acceptOneToOne', 'AcceptOneToOneInput');
export const RESCHEDULE = oneToOneMutation('rescheduleOneToOne', 'RescheduleOneToOneInput');
export const END = oneToOneMutation('endOneToOne', 'EndOneToOneInput');
export const DECLINE = `mutation ($input: DeclineOneToOneInput!) { declineOneToOne(input: $input) { deletedId } }`;
export const SCHEDULE = conversationMutation('scheduleConversation', 'ScheduleConversationInput');
export const MOVE = conversationMutation('moveConversation', 'MoveConversationInput');
export const CANCEL = conversationMutation('cancelConversation', 'CancelConversationInput');
export const SKIP = conversationMutation('skipConversation', 'SkipConversationInput');
export const HOLD = conversationMutation('holdConversation', 'HoldConversationInput');
export const REOPEN = conversationMutation('reopenConversation', 'ReopenConversationInput');

export const READ_PAIR = `query ($id: ID!) { oneToOne(id: $id) { ...Pair } } ${PAIR}`;
export const READ_CONVERSATION = `query ($id: ID!) { conversation(id: $id) { ...C } } ${CONVERSATION}`;

export interface Line {
  readonly report: TestPerson;
  readonly manager: TestPerson;
  readonly row: TestRow;
}
