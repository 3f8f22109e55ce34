import { join } from 'node:path';
import type { Contestant } from '../../contestant.ts';
import { graphqlBody, operations } from '../../questions.ts';

/** Hand-written for speed, with libraries known for it. */
export const mercurius: Contestant = {
  name: 'mercurius',
  // Suggestions are a rule of the product, not a way to read rows.
  answers: ['Q1', 'Q2', 'Q3'],
  about:
    'Mercurius on Fastify with graphql-jit: hand-written loaders, one named SQL statement per batch, each in a transaction pipelined into one round trip.',
  command: ({ databaseUrl, port }) => ({
    arguments: [join(import.meta.dirname, 'server.ts')],
    folder: import.meta.dirname,
    environment: { NODE_ENV: 'production', DATABASE_URL: databaseUrl, PORT: String(port) },
  }),
  request: (question, caller) => ({
    path: '/graphql',
    body: graphqlBody(operations[question], caller.variables),
  }),
};
