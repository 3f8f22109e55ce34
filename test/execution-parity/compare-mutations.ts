import pg from 'pg';
import type { GraphQLSchema } from 'graphql';
import { World } from '../factories/world.js';
import { readable } from '../fuzz/fuzz.js';
import { bodyOf } from '../fuzz/operations.js';
import type { Random } from '../fuzz/random.js';
import { createTestDatabase } from '../setup/database.js';
import { TABLES } from '../policies/rows.js';
import { connect } from '../policies/session-queries.js';
import { difference, hasErrors, send, type Mask } from './responses.js';
import { startOnCopies, type ServerPair } from './server-pair.js';
import { callersOf, settle, type Caller, type Population } from './callers.js';

/** As nobody before, so that it is the compiled operation that its caller has executed. */
const AS_NOBODY = 2;
const AS_CALLER = 2;
/** How often it is sent with an Idempotency-Key: then the second is a repetition. */
const WITH_KEY = 0.3;
const MOST_DIFFERENCES = 5;
const EMPLOYED: readonly string[] = ['manager', 'administrator', 'employee', 'analyst', 'auditor'];

/** Mails are deleted when the worker sends them; throttles store times as numbers. */
const NOT_COMPARED: readonly string[] = ['outbox_mail', 'throttle'];

export class MutationComparison {
  mutations = 0;
  answers = 0;
  /** Mutations whose caller was answered with data. */
  done = 0;
  refused = 0;
  rows = 0;
  changedRows = 0;
  readonly differences: string[] = [];

  toString(): string {
    const { mutations, answers, done, refused, rows, changedRows, differences } = this;
    return (
      `${String(mutations)} mutations (${String(done)} with data, ${String(refused)} with errors), ${String(answers)} answers of ` +
      `the fast way; ${String(rows)} rows afterwards, ${String(changedRows)} of them new or changed; ` +
      `${String(differences.length)} differences`
    );
  }
}

/**
 * Sends mutations that are made out of the schema to the plain way and to the fast way, each in its own copy of one world, and
 * compares what is answered and, at the end, every row. Ids, moments and secrets that were made meanwhile are each one's own.
 */
export async function compareMutations(
  schema: GraphQLSchema,
  random: Random,
  mutations: number,
  comparison: MutationComparison,
): Promise<void> {
  const original = await createTestDatabase();
  const admin = await connect(original.adminUrl);
  let population: Population;
  let callers: readonly Caller[];
  let before: readonly string[];
  try {
    population = await settle(new World(admin));
    callers = await callersOf(population, admin, schema, random);
    await drawIdsAlike(admin);
    before = await rowsOf(admin);
  } finally {
    await admin.end();
  }
  const servers = await startOnCopies(original);
  try {
    const mask = maskOf(before);
    for (let count = 0; count < mutations && comparison.differences.length < MOST_DIFFERENCES; count += 1) {
      await compareOne(servers, pick(callers, random), random, mask, comparison);
      await keepSignedIn(servers, population);
    }
    await compareRows(servers, before, mask, comparison);
  } finally {
    await servers.close();
  }
}

/**
 * Where ids are random, each copy draws the same ones, as long as both are asked the same: goals of other people are sorted
 * by their ids, and barriers and stories of one day too.
 */
async function drawIdsAlike(database: pg.Client): Promise<void> {
  await database.query(`
    create sequence drawn;
    create function draw_id() returns uuid language sql volatile security definer set search_path = pg_catalog, public
      return md5('id ' || nextval('drawn'))::uuid;
    grant execute on function draw_id() to public;
    alter table personal_goal alter column id set default draw_id();
    alter table milestone alter column id set default draw_id();
    alter table goal_update alter column id set default draw_id();
    alter table barrier alter column id set default draw_id();
    alter table story alter column id set default draw_id();
  `);
}

/** Mostly people who are employed: of the rest nearly everything is refused. */
function pick(callers: readonly Caller[], random: Random): Caller {
  const employed = callers.filter(({ name }) => EMPLOYED.includes(name));
  return random.pick(random.chance(0.75) ? employed : callers);
}

async function compareOne(
  { plain, fast }: ServerPair,
  caller: Caller,
  random: Random,
  mask: Mask,
  comparison: MutationComparison,
): Promise<void> {
  const body = bodyOf(caller.generator.next(caller.seeds(), 'mutation').request);
  comparison.mutations += 1;
  const headers: Record<string, string> = random.chance(WITH_KEY)
    ? { 'idempotency-key': `key-${String(comparison.mutations)}` }
    : {};
  for (let time = 1; time <= AS_NOBODY + AS_CALLER; time += 1) {
    const asNobody = time <= AS_NOBODY;
    const token = asNobody ? undefined : caller.token;
    const options = { headers: asNobody ? {} : headers, mask };
    await forgetAttempts(plain, fast);
    const [wanted, got] = await Promise.all([
      send(plain, token, body, options),
      send(fast, token, body, options),
    ]);
    comparison.answers += 1;
    if (time === AS_NOBODY + 1) {
      if (wanted.data !== null) comparison.done += 1;
      if (hasErrors(wanted)) comparison.refused += 1;
      caller.generator.learn(wanted.data ?? {});
    }
    const found = difference(wanted, got);
    if (found === undefined) continue;
    const who = asNobody ? 'nobody' : caller.name;
    comparison.differences.push(
      `time ${String(time)}, ${who}: ${readable(body).slice(0, 3_000)}\n  ${found}`,
    );
  }
}

/** Whether there were too many attempts depends on the time that has passed, which differs between the two. */
async function forgetAttempts(...servers: readonly ServerPair['plain'][]): Promise<void> {
  await Promise.all(servers.map(({ database }) => database.query('delete from throttle')));
}

/** Some mutations end sessions: they are opened again. */
async function keepSignedIn({ plain, fast }: ServerPair, { tokens }: Population): Promise<void> {
  const given = [...tokens].filter(([name]) => name !== 'revoked session').map(([, token]) => token ?? '');
  for (const { database } of [plain, fast]) {
    await database.query(
      `update session set revoked_at = null
       where revoked_at is not null and token_hash = any(select sha256(convert_to(t, 'UTF8')) from unnest($1::text[]) t)`,
      [given],
    );
  }
}

const MADE = [
  /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi,
  /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00(?::00)?)/g,
  // Files, whose contents hold moments, and hashes.
  /\\\\x[\da-f]{64,}/g,
  /"[\da-f]{64}"/g,
  // The transaction in which feedback was offered.
  /"offered_in": "\d+"/g,
  /"(?:mutual_)?[\w-]{43}"/g,
  /scrypt[^"]+|\$argon2[^"]+/g,
];
/** Fields may come under another name: with a number behind their own. */
const CURSOR = /"((?:cursor|startCursor|endCursor)(?:_\d+)?)":"([\w-]+)"/g;

/** Puts one word in the place of each id, moment and secret that was not there before; what is in cursors is laid open. */
function maskOf(before: readonly string[]): Mask {
  const known = new Set(MADE.flatMap((form) => before.join('\n').match(form) ?? []));
  return (text) => {
    const open = text.replace(CURSOR, (_, name: string, cursor: string) => {
      return `"${name}":${JSON.stringify(Buffer.from(cursor, 'base64url').toString())}`;
    });
    return MADE.reduce(
      (masked, form) => masked.replace(form, (found) => (known.has(found) ? found : '<made>')),
      open,
    );
  };
}

/** Every row of every table, as a line each. */
async function rowsOf(admin: pg.Client): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const table of TABLES.filter((name) => !NOT_COMPARED.includes(name))) {
    const { rows } = await admin.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t`);
    lines.push(...rows.map(({ row }) => `${table} ${row}`));
  }
  return lines;
}

async function compareRows(
  { plain, fast }: ServerPair,
  before: readonly string[],
  mask: Mask,
  comparison: MutationComparison,
): Promise<void> {
  const [wanted, got] = await Promise.all(
    [plain, fast].map(async ({ testDatabase }) => {
      const admin = await connect(testDatabase.adminUrl);
      return rowsOf(admin).finally(() => admin.end());
    }),
  );
  if (!wanted || !got) return;
  const there = new Set(before);
  comparison.rows += wanted.length;
  comparison.changedRows += wanted.filter((row) => !there.has(row)).length;
  const [one, other] = [wanted, got].map((rows) => rows.map(mask).sort());
  comparison.differences.push(
    ...without(one ?? [], other ?? []).map((row) => `only plain wrote ${row}`),
    ...without(other ?? [], one ?? []).map((row) => `only fast wrote ${row}`),
  );
}

/** What of a list is not in another; of what is there twice, both count. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return list.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
