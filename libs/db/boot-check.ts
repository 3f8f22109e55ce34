import pg from 'pg';
import { MIGRATIONS_TABLE } from './data-source.js';
import { sqlState } from './errors.js';
import { compareMigrations, migrationFiles, migrationsFolder } from './migrate/migration-files.js';
import { SERVER_FACTS, checkServer, placeOf, unreachable, type ServerFacts } from './server-check.js';
import { StartError } from './start-error.js';

export interface ServableOptions {
  readonly url: string;
  /** The setting that holds the URL; DATABASE_URL by default. */
  readonly setting?: 'DATABASE_URL' | 'WORKER_DATABASE_URL';
  /** The only role that the login may be a member of; not checked by default. */
  readonly group?: string;
  /** The migrations that the database must have; by default those of the package. */
  readonly folder?: string;
  /** How long the server may take to accept a connection, and to answer each query, in milliseconds; 5,000 by default. */
  readonly patienceMs?: number;
}

/**
 * Checks, with the login that serves, that PostgreSQL enforces the policies; all other code relies on this. Runs at every start, before
 * the first request.
 *
 * @returns migrations of the database that this code does not know, for a warning: a newer version migrated it, as in a rolling
 * update.
 * @throws StartError: one clear sentence and what to do.
 */
export async function assertServable(options: ServableOptions): Promise<readonly string[]> {
  const { url, group, setting = 'DATABASE_URL', patienceMs = 5_000 } = options;
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: patienceMs,
      // A server that hangs accepts connections too, and never responds.
      query_timeout: patienceMs,
      application_name: 'mutual start',
    });
    // A connection that is lost later makes the query fail, which is handled there.
    client.on('error', () => undefined);
    await client.connect();
  } catch (cause) {
    throw unreachable(url, setting, cause);
  }
  try {
    const { rows } = await client.query<ServerFacts>(SERVER_FACTS);
    if (rows[0]) checkServer(rows[0], url);
    await checkRole(client, setting, group);
    const unknown = await checkMigrated(client, url, options.folder ?? migrationsFolder());
    await checkOwnership(client, setting);
    await checkTemporary(client, setting);
    await checkPolicies(client);
    return unknown;
  } catch (error) {
    if (error instanceof StartError || sqlState(error) !== undefined) throw error;
    throw unreachable(url, setting, error);
  } finally {
    await client.end();
  }
}

async function checkRole(client: pg.Client, setting: string, group: string | undefined): Promise<void> {
  // A member of a role can become that role. A superuser is a member of every role.
  const mighty = await names(
    client,
    `select rolname as name from pg_roles
     where (rolsuper or rolbypassrls) and pg_has_role(session_user, oid, 'MEMBER')
     order by rolname = session_user desc, rolname`,
  );
  if (mighty[0] !== undefined) {
    throw new StartError(
      `The login of ${setting} is, or can become, "${mighty[0]}", which bypasses row-level security: name a login without SUPERUSER and BYPASSRLS (migrate creates one).`,
    );
  }
  if (group === undefined) return;
  const others = await names(
    client,
    `select rolname as name from pg_roles
     where pg_has_role(session_user, oid, 'MEMBER') and rolname not in (session_user, ${pg.escapeLiteral(group)})
     order by 1`,
  );
  if (others[0] !== undefined) {
    throw new StartError(
      `The login of ${setting} is a member of "${others[0]}", whose rights it does not need: run "revoke ${others[0]} from" that login, or name one that is a member of "${group}" alone.`,
    );
  }
}

async function checkMigrated(client: pg.Client, url: string, folder: string): Promise<readonly string[]> {
  const files = await migrationFiles(folder);
  const table = await names(client, `select to_regclass('${MIGRATIONS_TABLE}')::text as name`);
  // Before the first migration, the login cannot read the list of migrations either.
  const readable =
    table[0] != null &&
    (await names(client, `select 'yes' as name where has_table_privilege('${MIGRATIONS_TABLE}', 'SELECT')`))
      .length > 0;
  const recorded = readable ? await names(client, `select name from ${MIGRATIONS_TABLE}`) : [];
  const { pending, unknown } = compareMigrations(recorded, files);
  if (!readable || pending.length > 0) {
    throw new StartError(
      `The database at ${placeOf(url)} is not migrated (${String(pending.length)} to go): run "npm run cli -- migrate" with DATABASE_ADMIN_URL set.`,
    );
  }
  return unknown;
}

/** Owners bypass the policies of their tables, and can change them. */
async function checkOwnership(client: pg.Client, setting: string): Promise<void> {
  const owned = await names(
    client,
    `select kind || ' ' || name as name from (
       select 'schema' as kind, nspname::text as name, nspowner as owner from pg_namespace n where ${OURS}
       union all
       select 'relation', c.oid::regclass::text, c.relowner from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS}
       union all
       select 'function', p.oid::regprocedure::text, p.proowner from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS}
     ) thing
     where pg_has_role(session_user, owner, 'MEMBER') and owner <> 'pg_database_owner'::regrole
     union all
     select 'database ' || datname from pg_database
     where datname = current_database() and pg_has_role(session_user, datdba, 'MEMBER')
     order by 1 limit 1`,
  );
  if (owned[0] !== undefined) {
    throw new StartError(
      `The login of ${setting} owns, or can become the owner of, the ${owned[0]}: name a login that owns nothing (migrate creates one).`,
    );
  }
  const creatable = await names(
    client,
    `select nspname as name from pg_namespace n where ${OURS} and has_schema_privilege(session_user, oid, 'CREATE') limit 1`,
  );
  if (creatable[0] !== undefined) {
    throw new StartError(
      `The login of ${setting} may create things in the schema "${creatable[0]}": run "revoke create on schema ${creatable[0]} from public" as its owner.`,
    );
  }
}

/** An object that the login creates could be found before one of ours, or reveal what others write. */
async function checkTemporary(client: pg.Client, setting: string): Promise<void> {
  const rights = await names(
    client,
    `select lower(right_to) as name from unnest(array['TEMPORARY', 'CREATE']) right_to
     where has_database_privilege(session_user, current_database(), right_to)`,
  );
  if (rights[0] !== undefined) {
    throw new StartError(
      `The login of ${setting} has the right ${rights[0].toUpperCase()} on the database: run "npm run cli -- migrate" as the owner of the database, or "revoke ${rights[0]} on database … from public" and from that login.`,
    );
  }
}

/** A table without row-level security is readable for everybody; one without a policy is a mistake. */
async function checkPolicies(client: pg.Client): Promise<void> {
  const open = await names(
    client,
    `select c.oid::regclass::text as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${OURS} and c.relkind in ('r', 'p') and not c.relispartition
       and (not c.relrowsecurity or not exists (select 1 from pg_policy where polrelid = c.oid))
       and not exists (select 1 from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
     order by 1`,
  );
  if (open.length > 0) {
    throw new StartError(
      `Without row-level security or without a policy: ${open.join(', ')}. Add it to policies/ and run "npm run cli -- migrate".`,
    );
  }
}

/** Every schema except PostgreSQL's. */
const OURS = `n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`;

async function names(client: pg.Client, query: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(query);
  return rows.map((row) => row.name);
}
