import type pg from 'pg';
import type { PipeliningClient } from './pipelining-client.js';
import { measureConnectionWait } from '../diagnostics.js';
import { DatabaseBusy, DatabaseUnavailable } from '../errors.js';

/** Gives a connection back; with an error or `true`, away. */
export type Release = (broken?: Error | boolean) => void;

/** Hands out connections of the pool. The queue for them is bounded: a caller beyond it is refused at once instead of waiting. */
export class ConnectionPool {
  /** @param queueSize how many callers may wait for a connection */
  constructor(
    private readonly pool: pg.Pool,
    private readonly queueSize: number,
  ) {}

  /** How many wait, beside those who are about to get an idle connection: pg has them wait until the next tick. */
  private get queued(): number {
    const { waitingCount, idleCount, totalCount, options } = this.pool;
    return waitingCount - idleCount - (options.max - totalCount);
  }

  /**
   * Takes a connection, free or new.
   *
   * @param statementTimeoutMs how long each statement may take that is sent on it
   * @param failed called with DatabaseBusy where the queue is full, with DatabaseUnavailable where none is to be had in time
   */
  take(
    statementTimeoutMs: number,
    taken: (client: PipeliningClient, release: Release) => void,
    failed: (error: DatabaseBusy | DatabaseUnavailable) => void,
  ): void {
    if (this.queued >= this.queueSize) {
      failed(new DatabaseBusy());
      return;
    }
    const connected = measureConnectionWait();
    this.pool.connect((cause, connection, release) => {
      connected();
      if (connection === undefined) {
        failed(new DatabaseUnavailable('nothing', { cause }));
        return;
      }
      const client = connection as unknown as PipeliningClient;
      client.allowStatements(statementTimeoutMs);
      taken(client, release);
    });
  }
}
