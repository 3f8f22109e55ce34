import { join } from 'node:path';
import type { Contestant, Question } from '../../contestant.ts';
import { graphqlBody, oneLine } from '../../questions.ts';

/**
 * The questions in PostGraphile's words: `rowId` is what it calls a column `id` (its own `id` is the global one), lists say what they
 * are ordered by. Everything else is named as in the product by the smart tags in ../views.sql.
 */
const operations: Readonly<Partial<Record<Question, string>>> = {
  Q1: oneLine(`
    query Prepare($id: UUID!) {
      oneToOne: oneToOneByRowId(rowId: $id) {
        id: rowId state recurrence durationMinutes
        counterpart {
          id: rowId name title
          personalGoals(first: 10, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) {
            nodes { id: rowId title status horizon basis }
          }
        }
        conversations(first: 5, orderBy: [SCHEDULED_AT_DESC, ROW_ID_DESC]) {
          nodes {
            id: rowId status scheduledAt heldAt
            talkingPoints(orderBy: [PLACE_ASC, ROW_ID_ASC]) {
              id: rowId text discussed timesCarried author { id: rowId name }
            }
            actionItems(orderBy: [ROW_ID_ASC]) { id: rowId text state dueOn standing owner { id: rowId name } }
          }
        }
      }
    }`),
  Q2: oneLine(`
    query MyGoals {
      viewer {
        person {
          personalGoals(first: 20, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) {
            nodes {
              id: rowId title why horizon targetOn status visibility openToProposals
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
          id: rowId text position draft discussed timesCarried version
          author { id: rowId name }
          conversation { id: rowId status scheduledAt }
        }
      }
    }`),
};

/** PostGraphile 5, which makes one SQL statement of a whole query. */
export const postgraphile: Contestant = {
  name: 'postgraphile',
  // Suggestions are a rule of the product, not a way to read rows.
  answers: ['Q1', 'Q2', 'Q3'],
  about:
    'PostGraphile 5 with grafserv on node:http, over security_invoker views of the same tables, so that the same policies apply. Adding a point is a PL/pgSQL function.',
  sql: join(import.meta.dirname, '..', 'views.sql'),
  command: ({ databaseUrl, port }) => ({
    arguments: [join(import.meta.dirname, 'server.ts')],
    folder: import.meta.dirname,
    environment: {
      NODE_ENV: 'production',
      GRAPHILE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      PORT: String(port),
    },
  }),
  request: (question, caller) => ({
    path: '/graphql',
    body: graphqlBody(operations[question] ?? '', caller.variables),
  }),
};
