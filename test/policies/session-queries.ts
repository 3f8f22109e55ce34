import { createHash } from 'node:crypto';
import pg from 'pg';
import { KEYS, TABLES, type TableName, type Tables, type World } from './rows.js';

/** The SHA-256 of a bearer token in hexadecimal: which identifies a session in the database. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

// Moments as whole microseconds: a Date would cut them to milliseconds, and who sees an update can hang on less.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => {
  if (text.endsWith('infinity')) return text.startsWith('-') ? -Infinity : Infinity;
  const [, moment, fraction = ''] = /^([^.+]+)(?:\.(\d+))?\+00$/.exec(text) ?? [];
  if (moment === undefined) throw new Error(`not a moment in UTC: ${text}`);
  return Date.parse(`${moment.replace(' ', 'T')}Z`) * 1000 + Number(fraction.padEnd(6, '0'));
});
types.setTypeParser(pg.types.builtins.DATE, (text) => text);
types.setTypeParser(pg.types.builtins.BYTEA, (text) => text);

/** A connection whose rows are those of rows.ts. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, types, options: '-c TimeZone=UTC' });
  await client.connect();
  return client;
}

/** Everything that there is, as the role that owns it sees it. */
export async function loadWorld(admin: pg.Client): Promise<World> {
  await admin.query('begin isolation level repeatable read read only');
  const world = await readWorld(admin);
  await admin.query('commit');
  return world;
}

/** The same inside a transaction that is open already. */
export async function readWorld(admin: pg.Client): Promise<World> {
  const clock = await admin.query<{ now: number; today: string }>(
    `select now() as now, (now() at time zone 'UTC')::date as today`,
  );
  const world: Record<string, unknown> = { ...clock.rows[0] };
  for (const table of TABLES) world[table] = (await admin.query(`select * from ${table}`)).rows;
  return world as unknown as World;
}

/** Runs `work` in a transaction as this session, as the service does. */
async function asSession<T>(app: pg.Client, sessionHash: string | null, work: () => Promise<T>): Promise<T> {
  await app.query('begin');
  try {
    await app.query(`select set_config('app.session', $1, true)`, [sessionHash ?? '']);
    const result = await work();
    await app.query('commit');
    return result;
  } catch (error) {
    await app.query('rollback');
    throw error;
  }
}

/** The keys of the rows that exist for this session, by table. */
export async function visibleKeys(
  app: pg.Client,
  sessionHash: string | null,
  tables: readonly TableName[],
): Promise<ReadonlyMap<TableName, readonly string[]>> {
  const sql = visibleKeysSql(tables);
  const { rows } = await asSession(app, sessionHash, () =>
    app.query<{ name: TableName; keys: string[] }>(sql),
  );
  return new Map(rows.map(({ name, keys }) => [name, keys]));
}

/** One row a table: its name, and the keys of the rows that exist for the viewer. */
export function visibleKeysSql(tables: readonly TableName[]): string {
  const parts = tables.map((table) => {
    const key = KEYS[table].map((column) => `${column}::text`).join(`, '/', `);
    return `select '${table}' as name, coalesce(array_agg(concat(${key}) order by 1), '{}') as keys from ${table}`;
  });
  return parts.join(' union all ');
}

/** What became of one statement: how many rows it changed, or how it was refused. */
export type Outcome =
  { readonly rows: number } | { readonly rows: 0; readonly code: string; readonly message: string };

/**
 * Runs statements one by one, each in a subtransaction that is taken back if it changed anything. What changed nothing is
 * committed: whether that is true is then looked at from outside.
 */
const TRY_ALL = `do $try$
declare
  statement text;
  changed bigint;
  outcomes text[] := '{}';
begin
  for statement in select jsonb_array_elements_text(current_setting('probe.statements')::jsonb) loop
    begin
      execute statement;
      get diagnostics changed = row_count;
      if changed > 0 then
        raise exception '%', changed using errcode = 'PR0BE';
      end if;
      outcomes := outcomes || json_build_object('rows', 0)::text;
    exception
      when sqlstate 'PR0BE' then
        outcomes := outcomes || json_build_object('rows', sqlerrm::bigint)::text;
      when others then
        outcomes := outcomes || json_build_object('rows', 0, 'code', sqlstate, 'message', sqlerrm)::text;
    end;
  end loop;
  perform set_config('probe.outcomes', array_to_json(outcomes)::text, true);
end $try$`;

/** Sends statements as this session; nothing of what they change stays. */
export async function tryAll(
  client: pg.Client,
  sessionHash: string | null,
  statements: readonly string[],
): Promise<readonly Outcome[]> {
  if (statements.length === 0) return [];
  return asSession(client, sessionHash, async () => {
    await client.query(`select set_config('probe.statements', $1, true)`, [JSON.stringify(statements)]);
    await client.query(TRY_ALL);
    const { rows } = await client.query<{ outcomes: string }>(
      `select current_setting('probe.outcomes') as outcomes`,
    );
    return (JSON.parse(rows[0]?.outcomes ?? '[]') as string[]).map((text) => JSON.parse(text) as Outcome);
  });
}

/** A sum over every column of every row of these tables: the same as long as nothing changed. */
export async function fingerprint(admin: pg.Client, tables: readonly TableName[] = TABLES): Promise<string> {
  const parts = tables.map(
    (table) => `select '${table}' as name, sum(hashtextextended(t::text, 0)) as sum from ${table} t`,
  );
  const { rows } = await admin.query<{ sum: string }>(
    `select string_agg(name || coalesce(sum::text, ''), ',' order by name) as sum from (${parts.join(' union all ')}) s`,
  );
  return rows[0]?.sum ?? '';
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  if (Array.isArray(value)) return `array[${value.map(literal).join(', ')}]::text[]`;
  if (typeof value === 'string') return pg.escapeLiteral(value);
  throw new Error(`no literal for ${typeof value}`);
}

/** The condition that names this row. */
export function keyCondition<T extends TableName>(table: T, row: Tables[T]): string {
  return KEYS[table].map((column) => `${column} = ${literal(row[column])}`).join(' and ');
}

/** The SQL of an attempt; of a change or removal for several rows at once, or for whatever there is. */
export function insertSql(table: TableName, values: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(values);
  return `insert into ${table} (${given.map(([column]) => `"${column}"`).join(', ')}) values (${given
    .map(([, value]) => literal(value))
    .join(', ')})`;
}

export function updateSql<T extends TableName>(
  table: T,
  rows: readonly Tables[T][] | 'every row',
  values: Readonly<Record<string, unknown>>,
): string {
  const set = Object.entries(values).map(([column, value]) => `"${column}" = ${literal(value)}`);
  return `update ${table} set ${set.join(', ')}${where(table, rows)}`;
}

export function deleteSql<T extends TableName>(table: T, rows: readonly Tables[T][] | 'every row'): string {
  return `delete from ${table}${where(table, rows)}`;
}

function where<T extends TableName>(table: T, rows: readonly Tables[T][] | 'every row'): string {
  if (rows === 'every row') return '';
  return ` where ${rows.map((row) => `(${keyCondition(table, row)})`).join(' or ')}`;
}
