/** The environment that commands get for the database: one of the person's own, or the embedded one. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startPostgres } from './postgres.mjs';
import { Stop, root } from './processes.mjs';

const name = 'mutual';

/** Reads .env, if there is one; what the environment already holds wins. */
export function loadEnvFile() {
  const file = join(root, '.env');
  // Older versions of Node, which setup refuses, have no such function.
  if (existsSync(file)) process.loadEnvFile?.(file);
}

/**
 * Provides a database for the commands of this working copy.
 *
 * @returns {Promise<{ environment: Record<string, string>, embedded: boolean, folder?: string, stop: () => Promise<void>,
 *   isRunning?: () => Promise<boolean>, restart?: () => Promise<void> }>}
 *   the variables to start children with, and what to call when done; of an embedded one, how to keep it running
 */
export async function provideDatabase({ say = () => undefined } = {}) {
  const { DATABASE_URL, DATABASE_ADMIN_URL, NODE_ENV } = process.env;
  if (DATABASE_URL || DATABASE_ADMIN_URL) {
    return { environment: {}, embedded: false, stop: () => Promise.resolve() };
  }
  if (NODE_ENV === 'production') {
    throw new Stop(
      'DATABASE_URL is missing: in production, set it to the PostgreSQL server (18 or newer) that Mutual shall use.',
    );
  }
  const server = await startPostgres({ dataDir: join(root, '.data', 'postgres'), say });
  try {
    const admin = await ensureDatabase(server.adminUrl, name);
    const environment = databaseEnvironment(admin, process.env.ROLE_PREFIX || 'mutual', server.password);
    const { folder, stop, isRunning, restart } = server;
    return { environment, embedded: true, folder, stop, isRunning, restart };
  } catch (error) {
    await server.stop();
    if (error.code === 'ECONNREFUSED') {
      throw new Stop(
        `The database in ${server.folder} ended as soon as it had started: its log (log.txt there) says why. Start again.`,
      );
    }
    if (error.code !== '28P01') throw error;
    throw new Stop(
      `The database in ${server.folder} refuses the password in its passwords.json: restore that file from where the data came from.`,
    );
  }
}

/** The logins of a database on a server of ours: the owner's, the API's and the worker's. */
export function databaseEnvironment(adminUrl, rolePrefix, password) {
  const as = (name) => {
    const url = new URL(adminUrl);
    url.username = `${rolePrefix}_${name}`;
    url.password = password;
    return url.href;
  };
  return {
    DATABASE_ADMIN_URL: adminUrl,
    DATABASE_URL: as('serving'),
    WORKER_DATABASE_URL: as('working'),
  };
}

/** Creates a database unless it is there, and returns its URL. */
export async function ensureDatabase(adminUrl, database) {
  // Not imported at the top: this file is loaded before the packages are installed.
  const { Client } = createRequire(import.meta.url)('pg');
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0)
      await client.query(
        `create database ${client.escapeIdentifier(database)} encoding 'UTF8' template template0`,
      );
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
