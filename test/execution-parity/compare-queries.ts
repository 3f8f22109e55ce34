import { isDeepStrictEqual } from 'node:util';
import type { GraphQLSchema } from 'graphql';
import pg from 'pg';
import { readable } from '../fuzz/fuzz.js';
import { bodyOf } from '../fuzz/operations.js';
import type { Random } from '../fuzz/random.js';
import { World } from '../factories/world.js';
import { connect } from '../policies/session-queries.js';
import { takeLog, type Log } from './access-log.js';
import { difference, hasErrors, send, type Reply } from './responses.js';
import type { ServerPair } from './server-pair.js';
import { callersOf, settle, type Caller } from './callers.js';

/** Executions of each by one caller, one after the other: it is compiled at the third, and reads ahead at the sixth. */
const IN_A_ROW = 6;
/** How often each is sent at the same time as all others of its batch. */
const AT_ONCE = 2;
const OPERATIONS_A_BATCH = 6;
/** Few, so that several operations of one session are under way at once. */
const CALLERS_A_BATCH = 4;
const MOST_DIFFERENCES = 5;

/** One operation by one caller. */
interface Asked {
  readonly caller: Caller;
  readonly body: string;
}

interface Expected extends Asked {
  readonly reply: Reply;
  readonly log: Log;
}

/** What was compared. */
export class QueryComparison {
  /** Operations, times those who sent them. */
  pairs = 0;
  answers = 0;
  withData = 0;
  withErrors = 0;
  /** Answers that left something in the access log. */
  logged = 0;
  readonly differences: string[] = [];

  toString(): string {
    const { pairs, answers, withData, withErrors, logged, differences } = this;
    return (
      `${String(pairs)} operations by callers (${String(withData)} with data, ${String(withErrors)} with errors, ` +
      `${String(logged)} in the access log), ${String(answers)} answers of the fast way, ` +
      `${String(differences.length)} differences`
    );
  }
}

/**
 * Sends generated queries to the plain and to the fast server, as callers of every kind. Each person's queries are sent one after
 * the other, beside those of other people, and then all of a batch at once. Before each query the access log of its caller is empty,
 * so that the server has to log everything that it shows.
 *
 * The only exception: when all are sent at once, responses that contain the access log are not compared, because other
 * queries write it meanwhile.
 */
export async function compareQueries(
  servers: ServerPair,
  schema: GraphQLSchema,
  random: Random,
  pairs: number,
): Promise<QueryComparison> {
  const population = await settle(new World(servers.fast.database));
  const admin = await connect(servers.fast.testDatabase.adminUrl);
  const callers = await callersOf(population, admin, schema, random).finally(() => admin.end());
  const comparison = new QueryComparison();
  await takeLog(servers.fast.database);
  const database = new pg.Pool({
    connectionString: servers.fast.testDatabase.adminUrl,
    max: CALLERS_A_BATCH,
  });
  try {
    while (comparison.pairs < pairs && comparison.differences.length < MOST_DIFFERENCES) {
      await new Batch(servers, database, comparison).run(batchOf(callers, random));
    }
  } finally {
    await database.end();
  }
  return comparison;
}

/** Each operation by whom it was made for, and by somebody else. */
function batchOf(callers: readonly Caller[], random: Random): readonly Asked[] {
  const few = Array.from({ length: CALLERS_A_BATCH }, () => random.pick(callers));
  const bodies = Array.from({ length: OPERATIONS_A_BATCH }, (): Asked => {
    const caller = random.pick(few);
    return { caller, body: bodyOf(caller.generator.next(caller.seeds(), 'query').request) };
  });
  const reader = random.pick(callers.filter(({ name }) => READERS.includes(name)));
  return [...bodies, { caller: reader, body: goalsOf(reader, random) }].flatMap(({ caller, body }) =>
    [...new Set([caller, random.pick(few)])].map((one) => ({ caller: one, body })),
  );
}

/** Whom goals are shared with: what chance makes seldom asks for those. */
const READERS: readonly string[] = ['manager', 'administrator', 'employee', 'analyst'];

function goalsOf(reader: Caller, random: Random): string {
  const ids = reader.seeds().ids('PersonalGoal');
  return JSON.stringify({
    query: `query ($ids: [ID!]!, $id: ID!) { personalGoal(id: $id) { title }
      nodes(ids: $ids) { ... on PersonalGoal { title why milestones { title } owner { name } } } }`,
    variables: { id: random.pick(ids), ids: Array.from({ length: 5 }, () => random.pick(ids)) },
  });
}

class Batch {
  constructor(
    private readonly servers: ServerPair,
    /** The one that both servers use. */
    private readonly database: pg.Pool,
    private readonly comparison: QueryComparison,
  ) {}

  async run(batch: readonly Asked[]): Promise<void> {
    // What a query reads of the access log depends on what others read meanwhile.
    const alone = batch.filter(readsAccessLog);
    const people = Map.groupBy(
      batch.filter((asked) => !readsAccessLog(asked)),
      ({ caller }) => caller.personId,
    );
    const all = (await Promise.all([...people.values()].map((asked) => this.inTurn(asked)))).flat();
    // Each logs as the person who reads, and nothing else.
    this.compareLog([], await takeLog(this.database), 'of other readers than those who asked');
    await this.atOnce([...all, ...(await this.inTurn(alone))]);
  }

  private async inTurn(batch: readonly Asked[]): Promise<Expected[]> {
    const all: Expected[] = [];
    for (const asked of batch) all.push(await this.oneByOne(asked));
    return all;
  }

  private async oneByOne(asked: Asked): Promise<Expected> {
    const { servers, comparison } = this;
    const { caller, body } = asked;
    // Without a person there is nothing to log: what is logged all the same is found at the end of the batch.
    const takeOwnLog = (): Promise<Log> =>
      caller.personId === null ? Promise.resolve([]) : takeLog(this.database, caller.personId);
    const reply = await send(servers.plain, caller.token, body);
    const expected = { ...asked, reply, log: await takeOwnLog() };
    comparison.pairs += 1;
    if (reply.data !== null) comparison.withData += 1;
    if (hasErrors(reply)) comparison.withErrors += 1;
    if (expected.log.length > 0) comparison.logged += 1;
    for (let time = 1; time <= IN_A_ROW; time += 1) {
      this.compare(expected, await send(servers.fast, caller.token, body), `time ${String(time)}`);
      this.compareLog([expected], await takeOwnLog(), describe(asked));
    }
    if (reply.data !== null) {
      caller.generator.learn(reply.data as object);
      caller.cursors.learn(reply.data);
    }
    return expected;
  }

  private async atOnce(batch: readonly Expected[]): Promise<void> {
    const { fast } = this.servers;
    const all = Array.from({ length: AT_ONCE }, () => batch).flat();
    const replies = await Promise.all(all.map(({ caller, body }) => send(fast, caller.token, body)));
    all.forEach((expected, index) => {
      const reply = replies[index];
      if (reply && !readsAccessLog(expected)) this.compare(expected, reply, 'at once with others');
    });
    this.compareLog(batch, await takeLog(this.database), `at once: ${batch.map(describe).join('\n  ')}`);
  }

  private compare(expected: Expected, got: Reply, when: string): void {
    this.comparison.answers += 1;
    const found = difference(expected.reply, got);
    if (found !== undefined) this.comparison.differences.push(`${when}, ${describe(expected)}\n  ${found}`);
  }

  /**
   * Where an error made more null than its own field, graphql-js answers without waiting for what else was under way, and a
   * compiled operation waits: it may log what it then does not show.
   */
  private compareLog(expected: readonly Expected[], got: Log, what: string): void {
    const wanted = [...new Set(expected.flatMap(({ log }) => log))].sort();
    const mayHoldMore = expected.some(({ reply }) => reply.lifted.size > 0);
    if (isDeepStrictEqual(wanted, got) || (mayHoldMore && wanted.every((line) => got.includes(line)))) return;
    const lines = (log: Log): string => log.join('\n    ');
    this.comparison.differences.push(`access log, ${what}\n  plain ${lines(wanted)}\n  fast  ${lines(got)}`);
  }
}

function readsAccessLog({ body }: Asked): boolean {
  return body.includes('accessLog');
}

function describe({ caller, body }: Asked): string {
  return `${caller.name}: ${readable(body).slice(0, 3_000)}`;
}
