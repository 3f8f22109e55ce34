import { join } from 'node:path';
import type { Caller, Contestant } from '../../contestant.ts';
import { graphqlBody, operations } from '../../questions.ts';
import { root } from '../../paths.ts';

/** In the product, what only the owner of a goal sees is grouped; ../../questions.ts compares without the group. */
const questions = {
  ...operations,
  Q2: operations.Q2.replace('area version createdAt', 'ownerView { area version createdAt }'),
};

/** Mutual itself, as an installation runs it. */
export const product: Contestant = {
  name: 'product',
  about:
    'Mutual as in production: its limits, authentication, policies, access log and logs on; only the cost budget is off, because it would reject a load test.',
  command: ({ databaseUrl, port }) => ({
    arguments: [
      '--enable-source-maps',
      '--max-semi-space-size=32',
      join(root, 'dist', 'apps', 'api', 'main.js'),
    ],
    folder: root,
    environment: {
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_POOL_SIZE: '10',
      // What one caller may cost a minute: a load test is what it is there to refuse.
      COST_PER_MINUTE: '0',
      // Production asks for these; nothing here sends a mail.
      PUBLIC_URL: 'http://127.0.0.1',
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'Mutual <mutual@example.com>',
    },
  }),
  request: (question, caller) => ({
    path: '/graphql',
    body: graphqlBody(questions[question], question === 'Q3' ? withTarget(caller) : caller.variables),
  }),
};

/** The variables of Q3 as the product's input has them; the other contestants take the ID of the conversation itself. */
function withTarget({ variables }: Caller): Caller['variables'] {
  const { conversationId, ...input } = variables.input as Record<string, unknown>;
  return { input: { target: { conversationId }, ...input } };
}
