import { createHash } from 'node:crypto';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { MIGRATIONS_TABLE } from '../data-source.js';
import { isDeadlock, sqlState } from '../errors.js';
import { JOB_SCHEMA } from './job-queue.js';
import { schemaText } from './schema-text.js';

/**
 * Applies policies/, which is the complete current state, in one transaction. Policies, grants, triggers, functions, views, rules, types
 * and default privileges that neither policies/ nor a migration contains are dropped.
 *
 * The comment of the migrations table holds a digest of the files and of the resulting catalogue. While both are unchanged, nothing is
 * applied, and no lock is taken that a reader or writer notices.
 */
interface Policies {
  /** All files of policies/, with the roles filled in. */
  readonly text: string;
  /** The kind and name of each object that a migration creates: see createdObjects. */
  readonly migrated: ReadonlySet<string>;
  /** The group roles that can read the list of migrations. */
  readonly groups: readonly string[];
}

/** The comment of the migrations table. */
interface Recorded {
  readonly files: string;
  readonly catalogue: string;
  /** Functions created by migrations, by signature: a digest of each definition. */
  readonly migrated: Readonly<Record<string, string>>;
}

/** Increment it when this file handles the same policies differently. */
const VERSION = 2;

/** The schemas whose policies and grants are those of the files. Others belong to the operator. */
const SCHEMAS = `('public', 'app', '${JOB_SCHEMA}')`;
/** The schemas that contain only what migrations/ and policies/ create. */
const OWN_SCHEMAS = `('public', 'app')`;

const LOCK_NOT_AVAILABLE = '55P03';
const QUERY_CANCELED = '57014';
/** A function or view that has another result type or other columns now: CREATE OR REPLACE refuses it. */
const NOT_REPLACEABLE = ['42P13', '42P16'];

/** Whether a later retry may help: another session held a lock. */
export function isInUse(error: unknown): boolean {
  return isDeadlock(error) || sqlState(error) === LOCK_NOT_AVAILABLE;
}

/** Whether the files and the catalogue are unchanged since the last application. */
export async function policiesAreCurrent(runner: QueryRunner, policies: Policies): Promise<boolean> {
  const recorded = await readRecorded(runner);
  if (recorded?.files !== filesDigest(policies)) return false;
  return recorded.catalogue === (await inTransaction(runner, () => catalogueDigest(runner)));
}

/**
 * Applies the policies, once.
 *
 * @param patienceMs how long to wait for the locks on all tables. Less than deadlock_timeout, so that PostgreSQL never cancels a request
 * that waits for one of them.
 * @param compare whether functions that migrations made are compared with what was recorded of them
 * @returns messages for the operator: what was dropped, and what could not be restored.
 * @throws an error for which isInUse holds when the tables are in use: nothing was changed.
 */
export async function applyPolicies(
  runner: QueryRunner,
  policies: Policies,
  { patienceMs, compare }: { readonly patienceMs: number; readonly compare: boolean },
): Promise<string[]> {
  try {
    return await inTransaction(runner, () => apply(runner, policies, { patienceMs, compare, replace: true }));
  } catch (error) {
    if (!NOT_REPLACEABLE.includes(sqlState(error) ?? '')) throw error;
  }
  return inTransaction(runner, () => apply(runner, policies, { patienceMs, compare, replace: false }));
}

async function apply(
  runner: QueryRunner,
  policies: Policies,
  options: { readonly patienceMs: number; readonly compare: boolean; readonly replace: boolean },
): Promise<string[]> {
  const notes: string[] = [];
  await lockTables(runner, options.patienceMs);
  const recorded = await readRecorded(runner);
  await runAll(runner, RESET);
  // Functions are replaced, so that requests in progress keep working, and dropped only where replacing is impossible. By then
  // no policy uses them now.
  if (!options.replace) await dropAllBut(runner, policies.migrated);
  const before = await versions(runner);
  await runner.query(policies.text);
  const dropped = await dropAllBut(runner, policies.migrated, before);
  if (options.replace && dropped.length > 0) {
    notes.push(`Dropped what neither migrations/ nor policies/ contains: ${dropped.join(', ')}.`);
  }
  await runner.query(MIGRATIONS_POLICY(policies.groups));
  const migrated = await migratedDefinitions(runner, before);
  if (options.compare && recorded !== undefined) {
    const changed = Object.keys(migrated).filter(
      (name) => recorded.migrated[name] !== undefined && recorded.migrated[name] !== migrated[name],
    );
    if (changed.length > 0) {
      notes.push(
        `Changed by hand since the last migrate: ${changed.join(', ')}. Put the definition in migrations/ back: migrate runs each migration once.`,
      );
    }
  }
  await record(runner, { files: filesDigest(policies), catalogue: await catalogueDigest(runner), migrated });
  return notes;
}

async function inTransaction<Result>(runner: QueryRunner, work: () => Promise<Result>): Promise<Result> {
  await runner.startTransaction();
  try {
    await runner.query(`set local lock_timeout = '500ms'; set local search_path = public`);
    const result = await work();
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

// --- locks -----------------------------------------------------------------------------------------------------------

/**
 * Changing policies and triggers needs a table's strongest lock. All are taken first, so that the time readers may wait is bounded,
 * whatever the files do afterwards.
 */
async function lockTables(runner: QueryRunner, patienceMs: number): Promise<void> {
  const tables = await texts(
    runner,
    `select c.oid::regclass::text as text from pg_class c where c.relkind in ('r', 'p') and ${OURS('pg_class', 'c.oid', 'c.relnamespace')} order by 1`,
  );
  const [{ timeout }] = (await runner.query(`select current_setting('statement_timeout') as timeout`)) as [
    { timeout: string },
  ];
  const patience = String(Math.ceil(patienceMs));
  await runner.query(`set local lock_timeout = ${patience}; set local statement_timeout = ${patience}`);
  try {
    await runner.query(`lock table ${tables.join(', ')} in access exclusive mode`);
  } catch (error) {
    if (sqlState(error) !== QUERY_CANCELED) throw error;
    throw Object.assign(new Error('The tables are in use.', { cause: error }), {
      code: LOCK_NOT_AVAILABLE,
      severity: 'ERROR',
    });
  }
  await runner.query(`set local lock_timeout = '500ms'; set local statement_timeout = '${timeout}'`);
}

/** A description of the sessions that hold locks on our tables, the oldest transaction first; '' if there are none. */
export async function holders(runner: QueryRunner): Promise<string> {
  const found = await texts(
    runner,
    `select format('%s (process %s%s)', coalesce(nullif(application_name, ''), 'a connection'), pid,
       ', ' || state || ' for ' || greatest(0, extract(epoch from now() - xact_start))::integer || ' s') as text
     from pg_stat_activity a
     where pid <> pg_backend_pid() and datname = current_database() and exists (
       select from pg_locks l join pg_class c on c.oid = l.relation
       where l.pid = a.pid and l.granted and l.locktype = 'relation' and ${OURS('pg_class', 'c.oid', 'c.relnamespace')}
     )
     order by xact_start limit 3`,
  );
  return found.join(', ');
}

// --- removing the previous state ---------------------------------------------------------------------------------------------------

/** Objects that belong to Mutual: those in its schemas that no extension created. */
function OURS(catalogue: string, oid: string, namespace: string, schemas = SCHEMAS): string {
  return `${namespace} in (select oid from pg_namespace where nspname in ${schemas})
    and not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;
}

const grantee = (role: string): string =>
  `case when ${role} = 0 then 'public' else quote_ident(${role}::regrole::text) end`;

/** Each returns commands that revoke or drop what the files grant or create. */
const RESET: readonly string[] = [
  `select format('drop policy %I on %s', polname, polrelid::regclass) as text
   from pg_policy join pg_class c on c.oid = polrelid where ${OURS('pg_class', 'c.oid', 'c.relnamespace')}`,
  `select format('alter table %s no force row level security', c.oid::regclass) as text
   from pg_class c where relforcerowsecurity and ${OURS('pg_class', 'c.oid', 'c.relnamespace')}`,
  `select format('alter table %s enable trigger %I', tgrelid::regclass, tgname) as text
   from pg_trigger join pg_class c on c.oid = tgrelid
   where tgenabled <> 'O' and not tgisinternal and ${OURS('pg_class', 'c.oid', 'c.relnamespace')}`,
  `select distinct format('revoke all on schema %I from %s cascade', nspname, ${grantee('g.grantee')}) as text
   from pg_namespace n, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) g
   where nspname in ${SCHEMAS} and g.grantee <> nspowner`,
  // Revoking from a table includes its columns.
  `select distinct format('revoke all on %s %s from %s cascade', case relkind when 'S' then 'sequence' else 'table' end, c.oid::regclass,
     ${grantee('g.grantee')}) as text
   from pg_class c, lateral (
     select (aclexplode(relacl)).grantee
     union select (aclexplode(attacl)).grantee from pg_attribute where attrelid = c.oid
   ) g
   where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and g.grantee <> relowner and ${OURS('pg_class', 'c.oid', 'c.relnamespace')}`,
  `select distinct format('revoke all on routine %s from %s cascade', p.oid::regprocedure, ${grantee('g.grantee')}) as text
   from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) g
   where g.grantee <> proowner and ${OURS('pg_proc', 'p.oid', 'p.pronamespace')}`,
  `select distinct format('alter default privileges for role %s%s revoke all on %s from %s', defaclrole::regrole::text,
     ' in schema ' || nullif(defaclnamespace, 0)::regnamespace,
     case defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types' when 'n' then 'schemas' else 'large objects' end,
     ${grantee('g.grantee')}) as text
   from pg_default_acl, aclexplode(defaclacl) g where g.grantee <> defaclrole and pg_has_role(defaclrole, 'MEMBER')`,
];

async function runAll(runner: QueryRunner, queries: readonly string[]): Promise<void> {
  const commands: string[] = [];
  for (const query of queries) commands.push(...(await texts(runner, query)));
  if (commands.length > 0) await runner.query(commands.join(';\n'));
}

// --- objects that are not in the files ----------------------------------------------------------------------------------------

/**
 * Everything that the files may create, with the command that drops it and the version of its catalogue entry, which differs once the
 * files have created it or replaced it. In the order in which it can be dropped.
 */
const DROPPABLE: readonly string[] = [
  `select 'trigger ' || tgname as key, format('trigger %I on %s', tgname, tgrelid::regclass) as name,
     format('drop trigger %I on %s', tgname, tgrelid::regclass) as command, t.ctid::text as version, false as needed
   from pg_trigger t join pg_class c on c.oid = tgrelid
   where not tgisinternal and ${OURS('pg_class', 'c.oid', 'c.relnamespace', OWN_SCHEMAS)}`,
  `select 'rule ' || rulename as key, format('rule %I on %s', rulename, c.oid::regclass) as name,
     format('drop rule %I on %s', rulename, c.oid::regclass) as command, r.ctid::text as version, false as needed
   from pg_rewrite r join pg_class c on c.oid = ev_class
   where rulename <> '_RETURN' and ${OURS('pg_class', 'c.oid', 'c.relnamespace', OWN_SCHEMAS)}`,
  `select 'view ' || c.relname as key, 'view ' || c.oid::regclass as name,
     format('drop %s %s', case relkind when 'm' then 'materialized view' else 'view' end, c.oid::regclass) as command,
     r.ctid::text as version, false as needed
   from pg_class c join pg_rewrite r on r.ev_class = c.oid
   where relkind in ('v', 'm') and ${OURS('pg_class', 'c.oid', 'c.relnamespace', OWN_SCHEMAS)}`,
  `select 'function ' || p.proname as key, 'function ' || p.oid::regprocedure as name,
     format('drop routine %s', p.oid::regprocedure) as command, p.ctid::text as version,
     exists (
       select from pg_depend d where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
         and d.classid in ('pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_class'::regclass, 'pg_type'::regclass)
     ) as needed
   from pg_proc p where ${OURS('pg_proc', 'p.oid', 'p.pronamespace', OWN_SCHEMAS)}`,
  `select 'type ' || t.typname as key, 'type ' || t.oid::regtype as name, format('drop type %s', t.oid::regtype) as command,
     t.ctid::text as version,
     exists (
       select from pg_depend d join pg_class holder on holder.oid = d.objid and holder.relkind in ('r', 'p')
       where d.refclassid = 'pg_type'::regclass and d.refobjid in (t.oid, t.typarray) and d.classid = 'pg_class'::regclass
     ) as needed
   from pg_type t left join pg_class c on c.oid = t.typrelid
   where (t.typtype in ('e', 'd', 'r') or c.relkind = 'c') and ${OURS('pg_type', 't.oid', 't.typnamespace', OWN_SCHEMAS)}`,
];

/** The catalogue versions of everything that could be dropped, to detect later what the files replaced. */
async function versions(runner: QueryRunner): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const query of DROPPABLE) {
    for (const { name, version } of await droppable(runner, query)) found.set(name, version);
  }
  return found;
}

/**
 * Drops objects that no migration contains and that the files did not replace, that is, that are unchanged since `before`. Without
 * `before`, all that no migration contains.
 *
 * @returns the names
 */
async function dropAllBut(
  runner: QueryRunner,
  migrated: ReadonlySet<string>,
  before?: ReadonlyMap<string, string>,
): Promise<string[]> {
  const dropped: string[] = [];
  for (const query of DROPPABLE) {
    const stale = (await droppable(runner, query)).filter(
      ({ key, name, version, needed }) =>
        !needed && !migrated.has(key) && (before === undefined || before.get(name) === version),
    );
    if (stale.length === 0) continue;
    await runner.query(together(stale.map(({ command }) => command)));
    dropped.push(...stale.map(({ name }) => name));
  }
  return dropped;
}

/** `drop routine a, b`: routines that depend on each other are dropped in one command. */
function together(commands: readonly string[]): string {
  const prefix = ['drop routine ', 'drop type '].find((start) => commands[0]?.startsWith(start));
  if (prefix === undefined) return commands.join(';\n');
  return prefix + commands.map((command) => command.slice(prefix.length)).join(', ');
}

interface Droppable {
  readonly key: string;
  readonly name: string;
  readonly command: string;
  readonly version: string;
  /** Used by a column, constraint, index or type, so it belongs to the tables. */
  readonly needed: boolean;
}

async function droppable(runner: QueryRunner, query: string): Promise<Droppable[]> {
  return (await runner.query(`${query} order by 2`)) as Droppable[];
}

/** `create function searchable(` and the like in the text of migrations, as 'function searchable'. */
export function createdObjects(migrations: string): Set<string> {
  const statement =
    /\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+|materialized\s+)?(function|procedure|aggregate|trigger|rule|view|type|domain)\s+(?:(?:public|app)\.)?("[^"]+"|\w+)/gi;
  const found = new Set<string>();
  for (const [, kind = '', name = ''] of migrations.matchAll(statement)) {
    const plain = kind
      .toLowerCase()
      .replace(/procedure|aggregate/, 'function')
      .replace('domain', 'type');
    found.add(`${plain} ${name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase()}`);
  }
  return found;
}

// --- the digest ------------------------------------------------------------------------------------------------

function filesDigest(policies: Policies): string {
  return digest(
    [String(VERSION), policies.text, ...policies.groups, ...[...policies.migrated].sort()].join('\0'),
  );
}

/** Facts that decide access and are not in the text of the schema. */
const BESIDES = `
  select concat_ws(' ', 'function', p.oid::regprocedure, prokind, proowner::regrole) as sql
  from pg_proc p where ${OURS('pg_proc', 'p.oid', 'p.pronamespace')}
  union all
  select concat_ws(' ', 'relation', c.oid::regclass, relkind, relowner::regrole) from pg_class c
  where ${OURS('pg_class', 'c.oid', 'c.relnamespace')} and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  union all
  select concat_ws(' ', 'default', defaclrole::regrole, nullif(defaclnamespace, 0)::regnamespace, defaclobjtype, defaclacl)
  from pg_default_acl
  order by 1`;

async function catalogueDigest(runner: QueryRunner): Promise<string> {
  const query = async (text: string) => (await runner.query(text)) as { sql: string }[];
  const besides = await query(BESIDES);
  return digest([await schemaText(query), ...besides.map(({ sql }) => sql)].join('\n'));
}

async function migratedDefinitions(
  runner: QueryRunner,
  before: ReadonlyMap<string, string>,
): Promise<Record<string, string>> {
  const found = (await runner.query(`
    select 'function ' || p.oid::regprocedure as name, pg_get_functiondef(p.oid) as definition, p.ctid::text as version
    from pg_proc p where prokind in ('f', 'p') and ${OURS('pg_proc', 'p.oid', 'p.pronamespace', OWN_SCHEMAS)}
    order by 1`)) as { name: string; definition: string; version: string }[];
  return Object.fromEntries(
    found
      .filter(({ name, version }) => before.get(name) === version)
      .map(({ name, definition }) => [name, digest(definition)]),
  );
}

async function readRecorded(runner: QueryRunner): Promise<Recorded | undefined> {
  const [comment] = await texts(
    runner,
    `select obj_description(to_regclass('${MIGRATIONS_TABLE}'), 'pg_class') as text`,
  );
  try {
    return comment == null ? undefined : (JSON.parse(comment) as Recorded);
  } catch {
    return undefined;
  }
}

async function record(runner: QueryRunner, recorded: Recorded): Promise<void> {
  await runner.query(`comment on table ${MIGRATIONS_TABLE} is ${pg.escapeLiteral(JSON.stringify(recorded))}`);
}

/** TypeORM's table of migrations is in no file of policies/: serving roles can read it, and nobody can write it. */
const MIGRATIONS_POLICY = (groups: readonly string[]): string => `
  alter table ${MIGRATIONS_TABLE} enable row level security;
  create policy read on ${MIGRATIONS_TABLE} for select using (true);
  grant select on ${MIGRATIONS_TABLE} to ${groups.map((group) => pg.escapeIdentifier(group)).join(', ')};
`;

async function texts(runner: QueryRunner, query: string): Promise<string[]> {
  return ((await runner.query(query)) as { text: string }[]).map(({ text }) => text);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
