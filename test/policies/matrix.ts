import type pg from 'pg';
import type { Actor } from './company.js';
import { Oracle } from './oracle.js';
import { may, type Attempt } from './oracle-writes.js';
import { attemptsOn } from './write-attempts.js';
import { TABLES, keyOf, type TableName, type World } from './rows.js';
import {
  deleteSql,
  fingerprint,
  insertSql,
  tryAll,
  updateSql,
  visibleKeys,
  type Outcome,
} from './session-queries.js';

/** A database with a world in it, and the two ways into it. */
export interface Fixture {
  readonly world: World;
  readonly actors: readonly Actor[];
  /** As the login that serves. */
  readonly app: pg.Client;
  /** As the login that owns. */
  readonly admin: pg.Client;
}

/** One thing that the oracle and the database do not agree on, in words. */
type Disagreement = string;

export interface Findings {
  readonly disagreements: readonly Disagreement[];
  readonly counts: Readonly<Record<string, number>>;
}

/** What is looked at: everything by default; `first`: no more than the first disagreement is wanted. */
export interface Scope {
  readonly tables?: readonly TableName[];
  readonly actions?: readonly Attempt['action'][];
  readonly first?: boolean;
}

const oracles = new WeakMap<World, Map<string | null, Oracle>>();

/** The world as this actor sees it, by the oracle. */
export function oracleFor(world: World, { hash }: Actor): Oracle {
  const known = oracles.get(world) ?? new Map<string | null, Oracle>();
  oracles.set(world, known);
  const oracle = known.get(hash) ?? new Oracle(world, hash);
  known.set(hash, oracle);
  return oracle;
}

/** Tables of which the serving role may read at least the key. */
export async function readableTables(admin: pg.Client, role: string): Promise<readonly TableName[]> {
  const { rows } = await admin.query<{ name: TableName }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and has_any_column_privilege($1, oid, 'SELECT')`,
    [role],
  );
  return TABLES.filter((table) => rows.some(({ name }) => name === table));
}

/** Compares, for every actor and table, the rows that exist for them with those that should. */
export async function checkReads(
  { world, actors, app }: Fixture,
  readable: readonly TableName[],
  { tables = TABLES, first = false }: Scope = {},
): Promise<Findings> {
  const disagreements: Disagreement[] = [];
  const counts = { rows: 0, 'seen by whom they should be': 0, 'hidden from the rest': 0 };
  const looked = tables.filter((table) => readable.includes(table));
  for (const actor of actors) {
    const oracle = oracleFor(world, actor);
    let seen: ReadonlyMap<TableName, readonly string[]>;
    try {
      seen = await visibleKeys(app, actor.hash, looked);
    } catch (error) {
      disagreements.push(`${actor.name} cannot read ${looked.join(', ')}: ${String(error)}`);
      if (first) return { disagreements, counts };
      continue;
    }
    for (const table of tables) {
      const there = new Set(seen.get(table));
      for (const row of world[table]) {
        const key = keyOf(table, row);
        const should = oracle.mayRead(table, row);
        counts.rows += 1;
        counts[should ? 'seen by whom they should be' : 'hidden from the rest'] += 1;
        if (there.has(key) !== should) {
          disagreements.push(
            `${table} ${key}: ${actor.name} ${should ? 'should see it and does not' : 'sees it'}`,
          );
        }
        there.delete(key);
      }
      for (const key of there) disagreements.push(`${table} ${key}: ${actor.name} sees what is not there`);
    }
    if (first && disagreements.length > 0) break;
  }
  return { disagreements, counts };
}

function sqlOf(attempt: Attempt): string {
  switch (attempt.action) {
    case 'INSERT':
      return insertSql(attempt.table, attempt.values);
    case 'UPDATE':
      return updateSql(attempt.table, [attempt.row], attempt.values);
    case 'DELETE':
      return deleteSql(attempt.table, [attempt.row]);
  }
}

/** One statement for all of these attempts, which differ by their rows only. */
function sqlOfAll([one, ...others]: readonly [Attempt, ...Attempt[]]): string {
  const rows = [one, ...others].map((attempt) => ('row' in attempt ? attempt.row : undefined));
  if (one.action === 'INSERT' || rows.includes(undefined)) throw new Error('rows are added one by one');
  return one.action === 'UPDATE'
    ? updateSql(one.table, rows as never, one.values)
    : deleteSql(one.table, rows as never);
}

/**
 * Refused by a policy, a missing grant or one of the guards, which name themselves MU…. A row that would hang on one that is not
 * there under that owner and organization (23503) is refused in the same words as one that hangs on nothing at all.
 */
function isRefusal(outcome: Outcome, action: Attempt['action']): boolean {
  if (outcome.rows !== 0) return false;
  if (!('code' in outcome) || outcome.code === '42501' || outcome.code.startsWith('MU')) return true;
  return action === 'INSERT' && outcome.code === '23503';
}

/** Whether the owner's try shows that the statement reaches its row: done, or stopped by what stops everybody. */
function reaches(outcome: Outcome, sql: string): boolean {
  if (outcome.rows > 0) return true;
  if (!('code' in outcome)) return false;
  return outcome.code.startsWith('MU') || (outcome.code === '23503' && sql.startsWith('delete'));
}

function tell(actor: Actor, sql: string, outcome: Outcome, should: boolean): Disagreement {
  const became = 'code' in outcome ? `${outcome.code} ${outcome.message}` : `${outcome.rows} rows`;
  return `${actor.name} ${should ? 'should be able to' : 'must not'}: ${sql.slice(0, 400)} → ${became}`;
}

/**
 * Lets every actor try every attempt. What the oracle denies must change nothing: that a statement which says so changed nothing
 * is looked at as the owner. What it allows must change something, and so is the control of each denial of the same
 * statement; statements that nobody may send are tried by the owner, which shows that the policies stop the others.
 */
export async function checkWrites(fixture: Fixture, scope: Scope = {}): Promise<Findings> {
  const { world, actors, app, admin } = fixture;
  const { tables = TABLES, actions = ['INSERT', 'UPDATE', 'DELETE'], first = false } = scope;
  const disagreements: Disagreement[] = [];
  const counts = {
    statements: 0,
    'denied as they should be': 0,
    'allowed as they should be': 0,
    'tried by the owner': 0,
  };
  const before = await fingerprint(admin);

  for (const table of tables) {
    const attempts = attemptsOn(table, world).filter(({ action }) => actions.includes(action));
    const statements = attempts.map(sqlOf);
    const controlled = new Set<number>();
    for (const actor of actors) {
      const oracle = oracleFor(world, actor);
      const allowed = attempts.map((attempt) => may(oracle, attempt));
      allowed.forEach((yes, index) => yes && controlled.add(index));
      counts.statements += attempts.length;
      const found = await tryAsActor(app, actor, attempts, statements, allowed);
      counts['denied as they should be'] += allowed.filter((yes) => !yes).length;
      counts['allowed as they should be'] += allowed.filter((yes) => yes).length;
      disagreements.push(...found, ...(await tryOnEveryRow(fixture, actor, attempts)));
      if (first && disagreements.length > 0) return { disagreements, counts };
    }
    if (first) continue;
    const rest = statements.filter((_, index) => !controlled.has(index));
    counts['tried by the owner'] += rest.length;
    const outcomes = await tryAll(admin, null, rest);
    outcomes.forEach((outcome, index) => {
      if (!reaches(outcome, rest[index] ?? '')) {
        disagreements.push(
          tell(
            { name: 'the owner of the tables', token: null, hash: null },
            rest[index] ?? '',
            outcome,
            true,
          ),
        );
      }
    });
  }
  if ((await fingerprint(admin)) !== before) {
    disagreements.push('a statement that reported no change changed something');
  }
  return { disagreements, counts };
}

/**
 * The same without naming rows: a statement that reads no column is not held to what may be read, only to what may be changed.
 * It may be refused as a whole; else it changes as many rows as the oracle allows.
 */
async function tryOnEveryRow(
  { app, world }: Fixture,
  actor: Actor,
  attempts: readonly Attempt[],
): Promise<readonly Disagreement[]> {
  const oracle = oracleFor(world, actor);
  const kinds = new Map<string, Attempt>();
  for (const attempt of attempts) {
    if (attempt.action === 'INSERT') continue;
    const values = attempt.action === 'UPDATE' ? attempt.values : {};
    const kind = [...Object.keys(values), values.updated_by_id].join();
    if (!kinds.has(kind)) kinds.set(kind, attempt);
  }
  const tried = [...kinds.values()];
  const statements = tried.map((attempt) =>
    attempt.action === 'UPDATE'
      ? updateSql(attempt.table, 'every row', attempt.values)
      : deleteSql(attempt.table, 'every row'),
  );
  const outcomes = await tryAll(app, actor.hash, statements);
  return outcomes.flatMap((outcome, index) => {
    const attempt = tried[index];
    if (attempt === undefined || 'code' in outcome) return [];
    const allowed = world[attempt.table].filter((row) => may(oracle, { ...attempt, row } as Attempt)).length;
    return outcome.rows === allowed
      ? []
      : [`${actor.name} changes ${outcome.rows} rows instead of ${allowed}: ${statements[index] ?? ''}`];
  });
}

async function tryAsActor(
  app: pg.Client,
  actor: Actor,
  attempts: readonly Attempt[],
  statements: readonly string[],
  allowed: readonly boolean[],
): Promise<readonly Disagreement[]> {
  const found: Disagreement[] = [];
  const single: number[] = [];
  // What this actor may not do on any of many rows is one statement; only where something comes of it, each is tried alone.
  const together = new Map<string, number[]>();
  attempts.forEach((attempt, index) => {
    if (allowed[index] === true || attempt.action === 'INSERT') {
      single.push(index);
      return;
    }
    const kind = attempt.action === 'UPDATE' ? JSON.stringify(attempt.values) : 'DELETE';
    together.set(kind, [...(together.get(kind) ?? []), index]);
  });
  const groups = [...together.values()];
  const joint = groups.map((group) =>
    sqlOfAll(group.map((index) => attempts[index]) as unknown as readonly [Attempt, ...Attempt[]]),
  );
  const results = await tryAll(app, actor.hash, joint);
  groups.forEach((group, index) => {
    const outcome = results[index];
    const refused =
      outcome?.rows === 0 && (!('code' in outcome) || outcome.message.startsWith('permission denied for'));
    if (!refused) single.push(...group);
  });
  const outcomes = await tryAll(
    app,
    actor.hash,
    single.map((index) => statements[index] ?? ''),
  );
  outcomes.forEach((outcome, place) => {
    const index = single[place] ?? 0;
    const should = allowed[index] === true;
    if (should ? outcome.rows === 0 : !isRefusal(outcome, attempts[index]?.action ?? 'UPDATE')) {
      found.push(tell(actor, statements[index] ?? '', outcome, should));
    }
  });
  return found;
}
