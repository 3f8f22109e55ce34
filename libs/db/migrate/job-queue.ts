import { Logger, runMigrations } from 'graphile-worker';
import { createDirectPool } from '../direct-pool.js';

/** The schema of graphile-worker's tables and functions. */
export const JOB_SCHEMA = 'graphile_worker';

/**
 * Installs or upgrades the schema of graphile-worker, which brings its own migrations. The administrator owns it, like all other
 * tables: policies/92-jobs.sql grants the worker what it needs. If it is up to date, this takes one SELECT.
 *
 * @param lockMs how long a migration may wait for a lock
 */
export async function installJobQueue(adminUrl: string, lockMs: number): Promise<void> {
  const pool = createDirectPool({
    url: adminUrl,
    applicationName: 'mutual migrate',
    max: 1,
    options: `-c lock_timeout=${String(Math.ceil(lockMs))}`,
  });
  try {
    await runMigrations({ pgPool: pool, schema: JOB_SCHEMA, logger: new Logger(() => () => undefined) });
  } finally {
    await pool.end();
  }
}
