import { join } from 'node:path';
import type { Contestant } from '../../contestant.ts';

/**
 * As fast as an answer under this law gets: no GraphQL, one hand-written statement for each question, whose JSON is passed on as
 * it is. What the others do beside, it does not: the access log, limits, checks of operations, logs.
 */
export const limit: Contestant = {
  name: 'limit',
  about:
    'Fastify and pg, one hand-written prepared statement for each question that returns the JSON of the response; the same row-level security, but no GraphQL, no access log, no limits, no logs.',
  command: ({ databaseUrl, port }) => ({
    arguments: [join(import.meta.dirname, 'server.ts')],
    folder: import.meta.dirname,
    environment: { NODE_ENV: 'production', DATABASE_URL: databaseUrl, PORT: String(port) },
  }),
  request: (question, { variables }) => ({ path: `/${question}`, body: JSON.stringify(variables) }),
};
