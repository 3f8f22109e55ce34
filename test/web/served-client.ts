import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#demo';
import { hashPassword } from '../../libs/auth/passwords.js';
import { loadDemo } from '../../apps/cli/demo/load.js';
import { accepts, freePort } from '../../scripts/ports.mjs';
import { projectNode } from '../../scripts/processes.mjs';
import { prepareWeb } from '../../scripts/web.mjs';
import { startApp, type TestApp } from '../e2e/app.js';
import { pause } from '../e2e/mailbox.js';
import { countStatements, type OperationStatements } from './operation-statements.js';

/** The folder of the web client. */
export const WEB = join(import.meta.dirname, '..', '..', 'apps', 'web');

export interface ServedClient {
  readonly url: string;
  readonly app: TestApp;
  /** The SQL statements of the client's operations. */
  readonly statements: OperationStatements;
  close(): Promise<void>;
}

/**
 * Builds the web client if it has to be, and serves it with an API, a worker and the demo organization. As in production, the policy of the
 * pages is strict, and the API accepts from them the operations of the client only.
 */
export async function serveClient(): Promise<ServedClient> {
  const reported: string[] = [];
  if (!(await prepareWeb({ say: (text: string) => reported.push(text) }))) {
    throw new Error(`The web client cannot be built:\n${reported.join('\n')}`);
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const app = await startApp({
    TRUSTED_OPERATIONS: join(WEB, 'dist', 'operations.json'),
    TRUST_PROXY: '127.0.0.1',
    PUBLIC_URL: url,
  });
  try {
    await loadDemo({
      adminUrl: app.testDatabase.adminUrl,
      passwordHash: () => hashPassword(DEMO_PASSWORD),
    });
    await orderConversations(app);
    // Starts the worker, and opens the pulse of today's period where the demo organization has none yet.
    await app.runTask('open_periods');
    const statements = await countStatements(app.url);
    const server = spawn(projectNode(), [join(WEB, 'server.mjs')], {
      env: {
        PATH: process.env.PATH,
        API_URL: statements.url,
        WEB_PORT: String(port),
        DEMO_ACCOUNTS: JSON.stringify({ password: DEMO_PASSWORD, accounts: DEMO_ACCOUNTS }),
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    while (!(await accepts(port, '127.0.0.1'))) await pause(50);
    return {
      url,
      app,
      statements,
      close: async () => {
        server.kill();
        statements.close();
        await app.close();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/**
 * At whatever time and on whatever day the stories are played, Dmytro's conversation is the manager's next one, and Leonie's the one after it:
 * the others come on their weekdays.
 */
async function orderConversations(app: TestApp): Promise<void> {
  for (const [email, earliest] of [
    ['dmytro', undefined],
    ['leonie', '4 hours'],
    ['quang', '8 days'],
    ['salma', '8 days'],
  ] as const) {
    await app.database.query(
      `update conversation set scheduled_at =
         case when $3::interval is null then now() + interval '3 hours' else greatest(scheduled_at, now() + $3) end
       where id = (
         select c.id from conversation c
         join one_to_one o on o.id = c.one_to_one_id
         join person p on p.id in (o.first_id, o.second_id) and p.email in ($1, $2)
         where c.status = 'PLANNED' group by c.id, c.scheduled_at having count(*) = 2 order by c.scheduled_at limit 1)`,
      [`${email}@quince-gander.example`, 'oluwaseun@quince-gander.example', earliest],
    );
  }
}
