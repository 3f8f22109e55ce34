import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';

/** The schema of graphile-worker's tables and functions. */
export const JOB_SCHEMA = 'graphile_worker';

/**
 * Installs or upgrades the schema of graphile-worker, which brings its own migrations. The administrator owns it, like all other
 * tables: policies/92-jobs.sql grants the worker what it needs. If it is up to date, this takes one SELECT.
 *
 * @param lockMs how long a migration may wait for a lock
 */
export async function installJobQueue(adminUrl: string, lockMs: number): Promise<void> {
  const pool = new pg.Pool({
    connectionString: adminUrl,
    application_name: 'mutual migrate',
    options: `-c lock_timeout=${String(Math.ceil(lockMs))}`,
    max: 1,
  });
  // graphile-worker expects both. A failed query reports the error too.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, schema: JOB_SCHEMA, logger: new Logger(() => () => undefined) });
  } finally {
    await pool.end();
  }
}
