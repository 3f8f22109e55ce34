import pg from 'pg';

export interface DirectPoolOptions {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly max: number;
  /** Settings of the connections, for example `-c lock_timeout=800`. */
  readonly options?: string;
}

/**
 * A pool for a library that sends its own statements. Lost connections are no failure of the process, also while the pool is closed:
 * a query on one rejects.
 */
export function createDirectPool({ url, applicationName, max, options }: DirectPoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max,
    options,
    keepAlive: true,
    // pg closes connections that are idle for ten seconds by default.
    idleTimeoutMillis: 10 * 60_000,
  });
  const ignore = (): void => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}
