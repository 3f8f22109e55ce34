import { join } from 'node:path';
import type { Contestant } from '../../contestant.ts';

/**
 * The fastest possible response under these policies: no GraphQL, one hand-written statement for each question, whose JSON is passed
 * through. It has no access log, limits, validation or logs.
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
