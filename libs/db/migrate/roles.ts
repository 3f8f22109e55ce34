import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { sqlState } from '../errors.js';
import { StartError } from '../start-error.js';

/** The group role with the API's rights; the login of DATABASE_URL is a member. */
export function appRole(prefix: string): string {
  return `${prefix}_app`;
}

/** The group role with the worker's rights; the login of WORKER_DATABASE_URL is a member. */
export function workerRole(prefix: string): string {
  return `${prefix}_worker`;
}

export interface Login {
  readonly name: string;
  readonly password: string;
}

/**
 * Creates the group and its login if they are missing, and makes the login a member of the group. An existing login is not changed;
 * the check at start rejects one with too many rights.
 *
 * @param setting the setting that names the login
 * @param login undefined to create the group only
 * @throws StartError if the administrator's login cannot create roles.
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
 * Revokes the right to create temporary tables from everybody except the owner of the database. A temporary table takes precedence where
 * a name is resolved at run time, as in a prepared statement of the API.
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

/** Roles belong to the whole cluster: another database's migrate may create the same one concurrently. */
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
 * The SCRAM verifier that PostgreSQL would store for the password (RFC 5803), computed here so that the password is never part of a
 * statement, which servers log.
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
