/** The questions, as the product is asked them. */
import type { Caller, Question } from './contestant.ts';

/** Of one line: every contestant parses, or looks up, the same bytes in every request. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Read my one-to-one, my goals, add a talking point, what to bring up. */
export const operations: Readonly<Record<Question, string>> = {
  Q1: oneLine(`
    query Prepare($id: ID!) {
      oneToOne(id: $id) {
        id state recurrence durationMinutes
        counterpart { id name title personalGoals(first: 10) { nodes { id title status horizon basis } } }
        conversations(first: 5) {
          nodes {
            id status scheduledAt heldAt
            talkingPoints { id text discussed timesCarried author { id name } }
            actionItems { id text state dueOn standing owner { id name } }
          }
        }
      }
    }`),
  Q2: oneLine(`
    query MyGoals {
      viewer {
        person {
          personalGoals(first: 20) {
            nodes {
              id title why horizon targetOn status visibility openToProposals
              measure { unit start current target }
              area version createdAt
            }
          }
        }
      }
    }`),
  Q3: oneLine(`
    mutation AddPoint($input: AddTalkingPointInput!) {
      addTalkingPoint(input: $input) {
        talkingPoint {
          id text position draft discussed timesCarried version
          author { id name }
          conversation { id status scheduledAt }
        }
      }
    }`),
  Q4: oneLine(`
    query Suggest($id: ID!) {
      conversation(id: $id) {
        id status scheduledAt
        preparation { since suggestions { kind days count on about { __typename id } } }
      }
    }`),
};

export const titles: Readonly<Record<Question, string>> = {
  Q1: 'prepare my one-to-one',
  Q2: 'my goals',
  Q3: 'add a talking point',
  Q4: 'what to bring up in a conversation',
};

/** The body of a GraphQL request. */
export function graphqlBody(query: string, variables: Caller['variables']): string {
  return JSON.stringify({ query, variables });
}

/**
 * A response as it is compared: its bytes, without the ids of what was just created, a line break at the end, and the group around what
 * only the owner of a goal sees.
 */
export function comparable(question: Question, answer: string): string {
  const whole = answer.trimEnd().replaceAll(/"ownerView":\{([^{}]*)\}/g, '$1');
  return question === 'Q3'
    ? whole.replace(/"talkingPoint":\{"id":"[0-9a-f-]{36}"/, '"talkingPoint":{"id":"…"')
    : whole;
}
