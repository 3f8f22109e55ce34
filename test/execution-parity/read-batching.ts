import { jest } from '@jest/globals';
import { PipeliningClient } from '../../libs/db/driver/pipelining-client.js';
import { ReadBatcher } from '../../libs/db/driver/read-batcher.js';
import { servingDataSource } from '../../libs/db/data-source.js';
import { Database } from '../../libs/db/database.js';
import { hashOf } from '../policies/session-queries.js';
import { takeLog } from './access-log.js';
import { difference } from './responses.js';
import { GOAL, type Reader, type SharedGoal } from './shared-goal.js';

/** What travelled together, seen from where it was asked and from where it left. */
export interface BatchStatistics {
  statements: number;
  transactions: number;
  /** Statements in a transaction of another session than the one that asked. */
  readonly strangers: string[];
  stop(): void;
}

/** Watches every read from now on: each is marked with who asked, and read again where it leaves. */
export function watchBatches(): BatchStatistics {
  const { query } = ReadBatcher.prototype as unknown as {
    query: (...args: Parameters<ReadBatcher['query']>) => ReturnType<ReadBatcher['query']>;
  };
  const { sendPipeline } = PipeliningClient.prototype as unknown as {
    sendPipeline: (...args: Parameters<PipeliningClient['sendPipeline']>) => void;
  };
  const asking = jest.spyOn(ReadBatcher.prototype, 'query').mockImplementation(function (
    this: ReadBatcher,
    reader,
    statement,
  ) {
    const text = `${statement.text} /* of ${reader.sessionHash} */`;
    return query.call(this, reader, { ...statement, text });
  });
  const batches: BatchStatistics = {
    statements: 0,
    transactions: 0,
    strangers: [],
    stop: () => {
      asking.mockRestore();
      sending.mockRestore();
    },
  };
  const sending = jest.spyOn(PipeliningClient.prototype, 'sendPipeline').mockImplementation(function (
    this: PipeliningClient,
    sent,
    settle,
  ) {
    const [settings, ...statements] = sent;
    const marked = statements.filter(({ text }) => text.includes('/* of '));
    if (marked.length > 0) batches.transactions += 1;
    batches.statements += marked.length;
    for (const { text } of marked) {
      if (!text.endsWith(`/* of ${String(settings?.values[0])} */`)) batches.strangers.push(text);
    }
    sendPipeline.call(this, sent, settle);
  });
  return batches;
}

const QUERIES = [GOAL, '{ people(first: 3) { nodes { name } } }', '{ businessGoals { nodes { title } } }'];

/** Asks all this as all of them at the same moment, and says where an answer is not that of the plain way. */
export async function problemsOfCrowd(fixture: SharedGoal, readers: readonly Reader[]): Promise<string[]> {
  const all = [...QUERIES, ...QUERIES].flatMap((query) => readers.map(({ token }) => ({ token, query })));
  const answers = await Promise.all(all.map(({ token, query }) => fixture.ask(query, token)));
  const problems: string[] = [];
  for (const [index, { token, query }] of all.entries()) {
    const wanted = await fixture.ask(query, token, 'plain');
    const answer = answers[index];
    const found = answer ? difference(wanted, answer) : 'no answer';
    if (found !== undefined) problems.push(`${query}: ${found}`);
  }
  await takeLog(fixture.servers.fast.database);
  return problems;
}

interface Seen {
  readonly session: string;
  /** A connection, and when its transaction began. */
  readonly transaction: string;
}

const SEEN = `select current_setting('app.session') as session, pg_backend_pid() || ' ' || now() as transaction`;

/**
 * Has all of them read in one turn of the event loop: nearer to each other than requests ever are, of which each has turns of its
 * own.
 */
export async function problemsOfOneTurn(fixture: SharedGoal, readers: readonly Reader[]): Promise<string[]> {
  const { appUrl: url } = fixture.servers.fast.testDatabase;
  const settings = { url, poolSize: readers.length, statementTimeoutMs: 5_000 };
  const dataSource = await servingDataSource(settings).initialize();
  try {
    const database = new Database(dataSource, settings.statementTimeoutMs, true);
    const ask = async ({ token }: Reader): Promise<Seen & { readonly asked: string }> => {
      const sessionHash = hashOf(token);
      const [seen] = await database.read({ viewer: { sessionHash } }, (em) => em.query<Seen[]>(SEEN));
      return { asked: sessionHash, session: '', transaction: '', ...seen };
    };
    const all = await Promise.all([...readers, ...readers].map(ask));
    const problems = all
      .filter(({ asked, session }) => asked !== session)
      .map(({ asked }) => `not as ${asked}`);
    const transactions = new Set(all.map(({ transaction }) => transaction)).size;
    // One for each reader, with both of their statements.
    if (transactions !== readers.length) problems.push(`${String(transactions)} transactions`);
    return problems;
  } finally {
    await dataSource.destroy();
  }
}
