import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { withClient } from './client.js';

/** A database of a test's own: migrated, empty, and gone after `drop`. */
export interface TestDatabase {
  /** For the login that owns everything: to create what the API cannot, and to read past the policies. */
  readonly adminUrl: string;
  /** For the login that serves, subject to the policies. */
  readonly appUrl: string;
  /** For the login of the worker, which sends mail. */
  readonly workerUrl: string;
  /** The prefix of the roles' names, as in the setting ROLE_PREFIX. */
  readonly rolePrefix: string;
  /** Ends what is still connected and deletes the database. */
  drop(): Promise<void>;
}

/**
 * Clones the migrated template of this run of Jest: in a fraction of a second, for one test file. Works for any number of
 * test files at a time.
 */
export function createTestDatabase(): Promise<TestDatabase> {
  return clone(variable('TEST_TEMPLATE'));
}

/** Another with all that is in this one, to the last id. Nobody may be connected to it meanwhile. */
export function copyTestDatabase({ adminUrl }: TestDatabase): Promise<TestDatabase> {
  return clone(new URL(adminUrl).pathname.slice(1));
}

/** The same for one more who uses it, and leaves it where it is. */
export function sharedTestDatabase(database: TestDatabase): TestDatabase {
  return { ...database, drop: () => Promise.resolve() };
}

async function clone(template: string): Promise<TestDatabase> {
  const templateUrl = variable('DATABASE_ADMIN_URL');
  const rolePrefix = variable('ROLE_PREFIX');
  const name = `${rolePrefix}_${randomBytes(6).toString('hex')}`;
  await maintain(
    templateUrl,
    `create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`,
  );
  // A clone has the tables' grants and not the database's own, which migrate sees to.
  await maintain(templateUrl, `revoke temporary on database ${pg.escapeIdentifier(name)} from public`);
  return {
    adminUrl: onDatabase(templateUrl, name),
    appUrl: onDatabase(variable('DATABASE_URL'), name),
    workerUrl: onDatabase(variable('WORKER_DATABASE_URL'), name),
    rolePrefix,
    drop: () => maintain(templateUrl, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
  };
}

/** Runs a command from outside of the databases concerned: a template with somebody connected to it cannot be cloned. */
async function maintain(url: string, command: string): Promise<void> {
  await withClient(onDatabase(url, 'postgres'), (client) => client.query(command));
}

function onDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: run tests through Jest, whose global set-up sets it.`);
  return value;
}
