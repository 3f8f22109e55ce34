import pg from 'pg';

/** How often the connection is checked, in milliseconds, and how long the server may take to answer. */
const CHECK_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 15_000;

/** PostgreSQL closes the connection 25 seconds after the other machine has disappeared; its default is two hours. */
const KEEPALIVE = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/**
 * A connection that does nothing but hold advisory locks. PostgreSQL releases them when the process ends, in whatever way, and never
 * before: a lock that others can take proves that its holder is dead, or has lost this connection and knows it.
 */
export class LockConnection {
  /** Resolves when the connection is lost or closed; its locks are free then. */
  readonly ended: Promise<void>;
  private open = true;
  private readonly check: NodeJS.Timeout;

  private constructor(private readonly client: pg.Client) {
    this.ended = new Promise((resolve) => {
      const end = (): void => {
        this.open = false;
        clearInterval(this.check);
        resolve();
      };
      client.once('end', end);
      client.on('error', end);
    });
    this.check = setInterval(() => {
      // Without an answer, the server may already have given the locks to others.
      client.query('select 1').catch(() => void this.client.end().catch(() => undefined));
    }, CHECK_EVERY_MS).unref();
  }

  static async connect(url: string, applicationName: string): Promise<LockConnection> {
    const client = new pg.Client({
      connectionString: url,
      application_name: applicationName,
      options: KEEPALIVE,
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
    });
    const failed = (): void => undefined;
    client.on('error', failed);
    await client.connect();
    const connection = new LockConnection(client);
    client.off('error', failed);
    return connection;
  }

  /** Whether the locks are still held, as far as this process can know. */
  get isOpen(): boolean {
    return this.open;
  }

  /** Takes the lock of this name, which nobody else may hold. */
  async lock(name: string): Promise<void> {
    await this.client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
  }

  async close(): Promise<void> {
    this.open = false;
    clearInterval(this.check);
    await this.client.end().catch(() => undefined);
  }
}
