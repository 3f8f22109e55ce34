import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { sqlState } from '../errors.js';
import { StartError } from '../start-error.js';

/** The group that the policies grant the API's rights to; the login of DATABASE_URL is a member. */
export function appRole(prefix: string): string {
  return `${prefix}_app`;
}

/** The group that they grant the worker's rights to; the login of WORKER_DATABASE_URL is a member. */
export function workerRole(prefix: string): string {
  return `${prefix}_worker`;
}

export interface Login {
  readonly name: string;
  readonly password: string;
}

/**
 * Creates the group and its login where they are missing, and makes the login a member of the group. A login that exists is
 * taken as it is: the check at start refuses one that may do too much.
 *
 * @param setting that names the login
 * @param login undefined: the group alone
 * @throws StartError when the administrator may not do it.
 */
export async function ensureRoles(
  runner: QueryRunner,
  group: string,
  setting: string,
  login: Login | undefined,
): Promise<void> {
  const quote = (name: string): string => pg.escapeIdentifier(name);
  const restricted = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication';
  try {
    await createOnce(runner, group, `create role ${quote(group)} nologin ${restricted}`);
    if (login === undefined) return;
    const password =
      login.password === '' ? '' : ` password ${pg.escapeLiteral(scramVerifier(login.password))}`;
    await createOnce(runner, login.name, `create role ${quote(login.name)} login ${restricted}${password}`);
    const [{ member } = { member: false }] = (await runner.query(
      `select pg_has_role($1::name, $2::name, 'USAGE') and not (select rolsuper from pg_roles where rolname = $1) as member`,
      [login.name, group],
    )) as { member: boolean }[];
    if (!member) await runner.query(`grant ${quote(group)} to ${quote(login.name)}`);
  } catch (error) {
    if (sqlState(error) !== '42501') throw error;
    throw new StartError(
      `The login of DATABASE_ADMIN_URL may not manage the role ${group} and the login of ${setting}: give it CREATEROLE, or create both and grant ${group} to that login yourself.`,
      { cause: error },
    );
  }
}

/**
 * Takes the right to create temporary tables away from everybody but the owner of the database. A temporary table is found before
 * all others where a name is looked up at run time, as in a prepared statement of the API's.
 */
export async function revokeTemporary(runner: QueryRunner, groups: readonly string[]): Promise<void> {
  const [database] = (await runner.query(
    `select current_database() as name, bool_or(has_database_privilege(role, current_database(), 'TEMPORARY')) as granted
     from unnest($1::name[]) role`,
    [groups],
  )) as [{ name: string; granted: boolean }];
  if (!database.granted) return;
  const to = ['public', ...groups.map((group) => pg.escapeIdentifier(group))].join(', ');
  await runner.query(`revoke temporary on database ${pg.escapeIdentifier(database.name)} from ${to}`);
}

/** Roles belong to the whole cluster: another database's migrate may create the same one at this very moment. */
async function createOnce(runner: QueryRunner, name: string, statement: string): Promise<void> {
  const found = (await runner.query('select 1 from pg_roles where rolname = $1', [name])) as unknown[];
  if (found.length > 0) return;
  try {
    await runner.query(statement);
  } catch (error) {
    if (!['42710', '23505'].includes(sqlState(error) ?? '')) throw error;
  }
}

/**
 * What Postgres would store for the password (RFC 5803), made here so that the password itself never stands in a statement,
 * which servers log.
 */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const sign = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(sign('Client Key')).digest('base64');
  const serverKey = sign('Server Key').toString('base64');
  return `SCRAM-SHA-256$${String(iterations)}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
