import type pg from 'pg';
import { measureConnectionWait } from '../diagnostics.js';
import { DatabaseBusy, DatabaseUnavailable } from '../errors.js';
import type { PipeliningClient } from './pipelining-client.js';

/** Returns a connection to the pool; with an error or `true` it is closed instead. */
export type Release = (broken?: Error | boolean) => void;

/** The pool's connections, with a bounded queue: a caller beyond it is rejected immediately. */
export class ConnectionPool {
  /** @param queueSize how many callers may wait for a connection */
  constructor(
    private readonly pool: pg.Pool,
    private readonly queueSize: number,
  ) {}

  /** Waiting callers, except those who are about to get an idle or a new connection: pg lets them wait until the next tick. */
  private get queued(): number {
    const { waitingCount, idleCount, totalCount, options } = this.pool;
    return waitingCount - idleCount - (options.max - totalCount);
  }

  /**
   * Acquires an idle or a new connection.
   *
   * @param statementTimeoutMs of each statement that is sent on it
   * @param onError called with DatabaseBusy if the queue is full, with DatabaseUnavailable if none is available in time
   */
  acquire(
    statementTimeoutMs: number,
    onAcquired: (client: PipeliningClient, release: Release) => void,
    onError: (error: DatabaseBusy | DatabaseUnavailable) => void,
  ): void {
    if (this.queued >= this.queueSize) {
      onError(new DatabaseBusy());
      return;
    }
    const waitEnded = measureConnectionWait();
    this.pool.connect((cause, connection, release) => {
      waitEnded();
      if (connection === undefined) {
        onError(new DatabaseUnavailable('nothing', { cause }));
        return;
      }
      const client = connection as unknown as PipeliningClient;
      client.setStatementTimeout(statementTimeoutMs);
      onAcquired(client, release);
    });
  }
}
