import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { INestApplicationContext } from '@nestjs/common';
import { createTestDatabase, sharedTestDatabase, type TestDatabase } from '../setup/database.js';
import { loadService } from '../setup/service.js';
import { Mailbox, pause } from './mailbox.js';
import { sendOperation, type Answer } from './operation.js';

export { sendOperation, type Answer, type AnswerError } from './operation.js';

/** The service on a separate database, answering on a free port of this machine. */
export interface TestApp {
  readonly url: string;
  /** Sends an operation to /graphql, with this token. */
  graphql<Data = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
    token?: string,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>;
  /** A connection of the role that owns everything, to create what the API cannot and to read past the policies. */
  readonly database: pg.Client;
  readonly testDatabase: TestDatabase;
  /** Starts the worker, unless it runs. */
  sendMail(): Promise<void>;
  stopWorker(): Promise<void>;
  /** Runs a task of the worker once, and waits for its end. @throws if it fails */
  runTask(name: string): Promise<void>;
  /** What was mailed, unless SMTP_URL is among the settings. */
  readonly mailbox: Mailbox;
  /** Does nothing when it is closed already. */
  close(): Promise<void>;
}

/**
 * Starts the very server that `main.ts` starts, with nothing replaced.
 *
 * ```ts
 * const app = await startApp();
 * afterAll(() => app.close());
 * const { data, errors } = await app.graphql('{ viewer { person { name } } }', {}, token);
 * ```
 *
 * @param environment settings beside those of a test, by the names of their variables
 * @param logged takes the lines of the log where NODE_ENV is production
 */
export async function startApp(
  environment: Record<string, string> = {},
  logged?: (line: string) => void,
): Promise<TestApp> {
  return startAppOn(await createTestDatabase(), environment, logged);
}

/** The same on a database that is there already. It is dropped at the end all the same, unless it is shared. */
export async function startAppOn(
  testDatabase: TestDatabase,
  environment: Record<string, string> = {},
  logged?: (line: string) => void,
): Promise<TestApp> {
  const { createServer, listen, makeLog, readSettings, startWorker } = await loadService();
  const closers: (() => Promise<unknown>)[] = [() => testDatabase.drop()];
  /** Closes everything, the latest first, and the rest when one fails. */
  const close = async (): Promise<void> => {
    const closer = closers.pop();
    if (closer === undefined) return;
    try {
      await closer();
    } finally {
      await close();
    }
  };
  try {
    const database = new pg.Client({ connectionString: testDatabase.adminUrl });
    // A test that fails before close() must not take the rest of the run with it when its server goes.
    database.on('error', () => undefined);
    await database.connect();
    closers.push(() => database.end());
    const mailFolder = await mkdtemp(join(tmpdir(), 'mutual-mail-'));
    closers.push(() => rm(mailFolder, { recursive: true, force: true }));
    const settings = readSettings({
      NODE_ENV: 'test',
      DATABASE_URL: testDatabase.appUrl,
      WORKER_DATABASE_URL: testDatabase.workerUrl,
      ROLE_PREFIX: testDatabase.rolePrefix,
      DATABASE_POOL_SIZE: '5',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
      COST_PER_MINUTE: '0',
      MAIL_FOLDER: mailFolder,
      ...environment,
    });
    const log = makeLog(settings, logged && { write: logged });
    // Most tests send no mail: the worker starts when somebody waits for one.
    let worker: Promise<INestApplicationContext> | undefined;
    const sendMail = async (): Promise<void> => {
      worker ??= startWorker(settings, log, { pollEveryMs: 50 });
      await worker;
    };
    const stopWorker = async (): Promise<void> => {
      const running = worker;
      worker = undefined;
      await (await running)?.close();
    };
    closers.push(stopWorker);
    const server = await createServer(settings, log);
    closers.push(() => server.close());
    const url = await listen(server, settings);
    return {
      url,
      database,
      testDatabase,
      sendMail,
      stopWorker,
      runTask: async (name) => {
        await sendMail();
        await runTask(database, name);
      },
      mailbox: new Mailbox(mailFolder, sendMail),
      graphql: (query, variables, token, headers) => sendOperation(url, query, variables, token, headers),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Runs `work` with one more server, and closes it however that ends: for a test that needs a server with other settings.
 *
 * @param testDatabase a database that is there already, and stays; without one the server has a separate database
 */
export async function withApp<T>(
  environment: Record<string, string>,
  work: (app: TestApp) => Promise<T>,
  testDatabase?: TestDatabase,
): Promise<T> {
  const app = await startAppOn(
    testDatabase === undefined ? await createTestDatabase() : sharedTestDatabase(testDatabase),
    environment,
  );
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

async function runTask(database: pg.Client, name: string): Promise<void> {
  const { rows } = await database.query<{ id: string }>('select id from graphile_worker.add_job($1)', [name]);
  for (;;) {
    const { rows: left } = await database.query<{ last_error: string | null }>(
      'select last_error from graphile_worker._private_jobs where id = $1',
      [rows[0]?.id],
    );
    if (left[0] === undefined) return;
    if (left[0].last_error !== null) throw new Error(`${name} failed: ${left[0].last_error}`);
    await pause(20);
  }
}
