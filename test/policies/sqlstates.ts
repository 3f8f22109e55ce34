import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Actor } from './company.js';
import { oracleFor, type Fixture } from './matrix.js';
import { KEYS, TABLES, type Id, type TableName } from './rows.js';
import { tryAll, type Outcome } from './session-queries.js';

/**
 * What somebody who can send any SQL learns from how they are refused. A statement that names a row which exists and is hidden from
 * them must be answered like the same statement with an id of nothing: unique keys, foreign keys and CHECKs look at all rows,
 * everybody, so a policy has to refuse before they are checked.
 */

/** Sessions that an attacker may have. */
export const ATTACKERS: readonly string[] = [
  'nobody',
  'a token that never was',
  'the owner',
  'PEOPLE_ADMIN',
  'ORGANIZATION_ADMIN',
  'shared with, past included',
  'assignee',
  'the counterpart',
  'an administrator of another organization',
  'somebody of another organization',
  'left 30 days ago',
  'API token SCHEMA_READ',
];

type Row = Readonly<Record<string, unknown>>;

/** What the API's login may write of a table. */
interface Writable {
  readonly table: TableName;
  readonly insertable: readonly string[];
  readonly updatable: readonly string[];
  readonly deletable: boolean;
  /** Columns of the type uuid. */
  readonly ids: readonly string[];
}

/** A statement about a hidden row, and the same about nothing. */
interface Pair {
  readonly hidden: string;
  readonly nothing: string;
}

/** Hidden rows of each table that each actor tries, of different organizations. */
const ROWS_PER_TABLE = 12;

/** Tables of which the login may write anything. */
async function writableTables(admin: pg.Client, role: string): Promise<readonly Writable[]> {
  const { rows } = await admin.query<Writable>(
    `select relname as table,
       coalesce(array_agg(attname::text) filter (where has_column_privilege($1, c.oid, attnum, 'INSERT')), '{}') as insertable,
       coalesce(array_agg(attname::text) filter (where has_column_privilege($1, c.oid, attnum, 'UPDATE')), '{}') as updatable,
       has_table_privilege($1, c.oid, 'DELETE') as deletable,
       coalesce(array_agg(attname::text) filter (where atttypid = 'uuid'::regtype), '{}') as ids
     from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
     group by relname, c.oid`,
    [role],
  );
  return rows.filter(
    ({ table, insertable, updatable, deletable }) =>
      TABLES.includes(table) && (insertable.length > 0 || updatable.length > 0 || deletable),
  );
}

/** Where an actor is answered differently about a hidden row and about nothing; nothing when there is no difference. */
export async function checkSqlStates(
  fixture: Fixture,
  role: string,
  {
    tables,
    actors: names,
    first = false,
    lockTimeout = '0',
  }: {
    tables?: readonly TableName[];
    actors: readonly string[];
    first?: boolean;
    /** How long a statement waits for a row lock. */
    lockTimeout?: string;
  },
): Promise<{ readonly statements: number; readonly differences: readonly string[] }> {
  const { admin, app, actors } = fixture;
  const differences: string[] = [];
  let statements = 0;
  await app.query(`select set_config('lock_timeout', $1, false)`, [lockTimeout]);
  for (const writable of await writableTables(admin, role)) {
    if (tables && !tables.includes(writable.table)) continue;
    for (const actor of actors.filter(({ name }) => names.includes(name))) {
      const pairs = await pairsOf(fixture, writable, actor);
      // Many pairs have a statement in common, which need not be sent again: nothing of it stays.
      const sent = [...new Set(pairs.flatMap(({ hidden, nothing }) => [hidden, nothing]))];
      const outcomes = await tryAll(app, actor.hash, sent);
      const states = new Map(sent.map((statement, index) => [statement, stateOf(outcomes[index])]));
      statements += sent.length;
      pairs.forEach(({ hidden, nothing }) => {
        const [one, other] = [states.get(hidden), states.get(nothing)];
        if (one === other) return;
        differences.push(`${actor.name}: ${hidden} → ${String(one)}, but ${nothing} → ${String(other)}`);
      });
      if (first && differences.length > 0) return { statements, differences };
    }
  }
  return { statements, differences };
}

function stateOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'nothing';
  return 'code' in outcome ? outcome.code : `${String(outcome.rows)} rows`;
}

async function pairsOf(
  fixture: Fixture,
  { table, insertable, updatable, deletable, ids }: Writable,
  actor: Actor,
): Promise<readonly Pair[]> {
  const oracle = oracleFor(fixture.world, actor);
  const rows = await rowsOf(fixture.admin, table);
  const known = fixture.world[table] as readonly Row[];
  const isHidden = (row: Row): boolean => {
    const same = known.find((one) =>
      KEYS[table].every((column) => String(one[column]) === String(row[column])),
    );
    return same !== undefined && !oracle.mayRead(table, same as never);
  };
  const all = rows.filter(isHidden);
  const hidden = [...all.slice(0, ROWS_PER_TABLE - 2), ...all.slice(ROWS_PER_TABLE - 2).slice(-2)];
  const visible = visibleIds(fixture, actor);
  // One id of nothing a column: what is asked about nothing is then asked once, not again for each hidden row.
  const absent = new Map(ids.map((column) => [column, randomUUID()]));
  const pairs: Pair[] = [];
  for (const row of hidden) {
    for (const base of insertable.length > 0
      ? variants(row, ids, insertable, oracle.self, oracle.home)
      : []) {
      const others = withoutHidden(base, absent, insertable, visible);
      for (const other of others)
        pairs.push({ hidden: insertion(table, base), nothing: insertion(table, other) });
      const other = others.at(-1);
      if (other === undefined) continue;
      for (const column of insertable) {
        if (base[column] === null || base[column] !== other[column]) continue;
        pairs.push({
          hidden: insertion(table, { ...base, [column]: null }),
          nothing: insertion(table, { ...other, [column]: null }),
        });
      }
    }
    // Of the key, only what is an id: a role or a version is no secret.
    const key = KEYS[table].filter((column) => ids.includes(column) && !visible.has(String(row[column])));
    if (key.length === 0) continue;
    const elsewhere = { ...row, ...Object.fromEntries(key.map((column) => [column, absent.get(column)])) };
    const where = [row, elsewhere].map((one) =>
      KEYS[table].map((column) => `${column} = ${literal(one[column])}`).join(' and '),
    );
    for (const column of updatable) {
      for (const value of ['null', column]) {
        pairs.push({
          hidden: `update ${table} set ${column} = ${value} where ${where[0] ?? ''}`,
          nothing: `update ${table} set ${column} = ${value} where ${where[1] ?? ''}`,
        });
      }
    }
    if (deletable) {
      pairs.push({
        hidden: `delete from ${table} where ${where[0] ?? ''}`,
        nothing: `delete from ${table} where ${where[1] ?? ''}`,
      });
    }
  }
  // Rows that the actor may change, made to point at hidden ones.
  const targets = await hiddenIds(fixture, actor, 3);
  for (const column of updatable.filter((name) => ids.includes(name))) {
    for (const id of targets) {
      pairs.push({
        hidden: `update ${table} set ${column} = ${literal(id)}`,
        nothing: `update ${table} set ${column} = ${literal(absent.get(column))}`,
      });
    }
  }
  return pairs;
}

/** The hidden row as the actor would claim it: as it is, and with themselves in place of one or all people, at home and where it is. */
function variants(
  row: Row,
  ids: readonly string[],
  insertable: readonly string[],
  self: Id | null,
  home: Id | null,
): readonly Row[] {
  const given = Object.fromEntries(insertable.map((column) => [column, row[column] ?? null]));
  const people = ids.filter((column) => insertable.includes(column) && PEOPLE.test(column));
  const claims: Row[] = [{}];
  if (self !== null) {
    for (const column of people) claims.push({ [column]: self });
    if (people.length > 1) claims.push(Object.fromEntries(people.map((column) => [column, self])));
    // Everybody but one: a share with that person, a role of theirs.
    for (const kept of people.length > 2 ? people : []) {
      claims.push(
        Object.fromEntries(people.filter((column) => column !== kept).map((column) => [column, self])),
      );
    }
  }
  const homes: Row[] =
    home === null || given.organization_id === undefined || given.organization_id === home
      ? [{}]
      : [{}, { organization_id: home }];
  return claims.flatMap((claim) => homes.map((at) => ({ ...given, ...claim, ...at })));
}

/** Columns that name a person. */
const PEOPLE =
  /^(owner|author|with|reader|person|report|manager|leaver|proposed_by|created_by|started_by|first|second)_id$|_by$/;

/** The same row with an id of nothing in place of one that the actor does not see, for each such, and of all. */
function withoutHidden(
  base: Row,
  absent: ReadonlyMap<string, string>,
  insertable: readonly string[],
  visible: ReadonlySet<string>,
): readonly Row[] {
  const hidden = [...absent.keys()].filter(
    (column) => insertable.includes(column) && typeof base[column] === 'string' && !visible.has(base[column]),
  );
  const replaced = (columns: readonly string[]): Row => ({
    ...base,
    ...Object.fromEntries(columns.map((column) => [column, absent.get(column)])),
  });
  return [...hidden.map((column) => replaced([column])), ...(hidden.length > 1 ? [replaced(hidden)] : [])];
}

const rowsCache = new WeakMap<pg.Client, Map<TableName, readonly Row[]>>();

/** The rows as JSON, with every column, as PostgreSQL reads them back. */
async function rowsOf(admin: pg.Client, table: TableName): Promise<readonly Row[]> {
  const cache = rowsCache.get(admin) ?? new Map<TableName, readonly Row[]>();
  rowsCache.set(admin, cache);
  const known = cache.get(table);
  if (known) return known;
  const { rows } = await admin.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t`);
  const found = rows.map(({ row }) => row);
  cache.set(table, found);
  return found;
}

const visibleCache = new WeakMap<Fixture['world'], Map<string | null, ReadonlySet<string>>>();

/** Every id in a row that the actor sees. */
function visibleIds({ world }: Fixture, actor: Actor): ReadonlySet<string> {
  const cache = visibleCache.get(world) ?? new Map<string | null, ReadonlySet<string>>();
  visibleCache.set(world, cache);
  const known = cache.get(actor.hash);
  if (known) return known;
  const oracle = oracleFor(world, actor);
  const ids = new Set<string>();
  for (const table of TABLES) {
    for (const row of world[table]) {
      if (!oracle.mayRead(table, row)) continue;
      for (const value of Object.values(row)) if (typeof value === 'string') ids.add(value);
    }
  }
  // Where one belongs one knows, also without seeing the row.
  if (oracle.home !== null) ids.add(oracle.home);
  cache.set(actor.hash, ids);
  return ids;
}

/** The person whose session it is. */
export function selfOf({ world }: Fixture, actor: Actor): Id | null {
  return oracleFor(world, actor).self;
}

/** Ids of rows that the actor does not see, some of each table, in any organization. */
export async function hiddenIds(fixture: Fixture, actor: Actor, ofEach: number): Promise<readonly Id[]> {
  const visible = visibleIds(fixture, actor);
  const ids: Id[] = [];
  for (const table of TABLES) {
    const rows = await rowsOf(fixture.admin, table);
    ids.push(
      ...rows
        .map(({ id }) => id)
        .filter((id): id is string => typeof id === 'string' && !visible.has(id))
        .filter((_, index, all) => index < ofEach - 1 || index === all.length - 1),
    );
  }
  return ids;
}

function insertion(table: TableName, values: Row): string {
  const columns = Object.keys(values)
    .map((column) => `"${column}"`)
    .join(', ');
  return `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, ${pg.escapeLiteral(JSON.stringify(values))})`;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return pg.escapeLiteral(typeof value === 'string' ? value : JSON.stringify(value));
}
