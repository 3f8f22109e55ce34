import { publishStatement } from '../diagnostics.js';
import {
  asError,
  DatabaseMisuse,
  DatabaseUnavailable,
  NotCommitted,
  StatementTimeout,
  isConnectionGone,
  isStale,
  isTimeout,
  sqlState,
} from '../errors.js';
import type { ConnectionPool, Release } from './connection-pool.js';
import type { Notice, PipeliningClient } from './pipelining-client.js';
import { readWriteSettings, type SessionSettings } from './session-settings.js';
import {
  encodeStatement,
  errorOf,
  resultOf,
  type EncodedStatement,
  type PendingStatement,
  type QueryResult,
  type Statement,
} from './statement.js';

const BEGIN: EncodedStatement = { text: 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE', values: [] };
const COMMIT: EncodedStatement = { text: 'COMMIT', values: [] };
const IN_FAILED_TRANSACTION = '25P02';

/**
 * A transaction that writes, on one connection, from BEGIN to the connection's return to the pool.
 *
 * BEGIN and the settings are sent with the first statement, as one message; if BEGIN fails, PostgreSQL skips the rest. Statements
 * queried together (`Promise.all`) share a message too, and still run one after the other. After a failed statement PostgreSQL
 * rejects all others, so the first failure is the one to report.
 */
export class WriteTransaction {
  private readonly inFlight = new Set<Promise<unknown>>();
  private readonly waiting: PendingStatement[] = [];
  private firstFailure: unknown;
  private isBegun = false;
  private isEnded = false;
  private isCommitting = false;

  private constructor(
    private readonly client: PipeliningClient,
    private readonly release: Release,
    private readonly settings: SessionSettings,
  ) {}

  /** @throws DatabaseUnavailable if no connection is available in time, DatabaseBusy if too many callers wait for one */
  static begin(connections: ConnectionPool, settings: SessionSettings): Promise<WriteTransaction> {
    return new Promise((resolve, reject) => {
      connections.acquire(
        settings.statementTimeoutMs,
        (client, release) => {
          resolve(new WriteTransaction(client, release, settings));
        },
        reject,
      );
    });
  }

  /** Calls `listener` with each notice. @returns a function that stops listening */
  onNotice(listener: (notice: Notice) => void): () => void {
    const { client } = this;
    client.on('notice', listener);
    return () => {
      client.off('notice', listener);
    };
  }

  /** @throws PostgreSQL's error; DatabaseMisuse after the transaction has ended */
  async query(statement: Statement): Promise<QueryResult> {
    if (this.isEnded) throw new DatabaseMisuse('A statement was sent after its transaction had ended.');
    const result = this.enqueue(encodeStatement(statement));
    this.inFlight.add(result);
    const settled = (): void => {
      this.inFlight.delete(result);
    };
    result.then(settled, settled);
    publishStatement(statement.text, result);
    return result;
  }

  private enqueue(statement: EncodedStatement): Promise<QueryResult> {
    return new Promise<QueryResult>((resolve, reject) => {
      this.waiting.push({ ...statement, resolve, reject });
      if (this.waiting.length > 1) return;
      process.nextTick(() => {
        this.flush();
      });
    });
  }

  private flush(): void {
    const statements = this.waiting.splice(0);
    const first = this.isBegun ? [] : [BEGIN, readWriteSettings(this.settings)];
    this.isBegun = true;
    this.client.sendPipeline([...first, ...statements], (outcomes, whole) => {
      const failure = whole?.error ?? outcomes.map(errorOf).find((error) => error !== undefined);
      this.firstFailure ??= failure;
      statements.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[first.length + index];
        const result = resultOf(outcome);
        if (result !== undefined) resolve(result);
        else reject(asError(errorOf(outcome) ?? failure));
      });
    });
  }

  /**
   * @throws DatabaseMisuse if a statement was not awaited: it would run outside of the transaction
   * @throws NotCommitted if PostgreSQL rolled back because the work had caught and ignored the failure of a statement
   */
  async commit(): Promise<void> {
    this.assertCanCommit();
    this.isEnded = true;
    if (this.isBegun) {
      this.isCommitting = true;
      const command = await this.client.endTransaction('COMMIT');
      this.isCommitting = false;
      if (command !== 'COMMIT') throw new NotCommitted(command, { cause: this.firstFailure });
    }
    this.release();
  }

  /**
   * Sends the last statement and COMMIT as one message. If the statement fails, PostgreSQL skips COMMIT.
   *
   * @throws as `query` and `commit` do
   */
  async commitWith(last: Statement): Promise<QueryResult> {
    this.assertCanCommit();
    this.isCommitting = true;
    const sent = Promise.all([this.query(last), this.enqueue(COMMIT)]);
    this.isEnded = true;
    const [result, { command }] = await sent;
    this.isCommitting = false;
    if (command !== 'COMMIT') throw new NotCommitted(command, { cause: this.firstFailure });
    this.release();
    return result;
  }

  private assertCanCommit(): void {
    if (this.inFlight.size > 0) {
      throw new DatabaseMisuse('A statement was not awaited before its transaction ended.');
    }
    if (this.client.lost) throw new DatabaseUnavailable('nothing', { cause: this.client.lost });
  }

  /** Rolls back and releases the connection. Never throws. @returns the error to report */
  async fail(error: unknown): Promise<unknown> {
    // Statements that were not awaited end first: after ROLLBACK they would run outside of the transaction.
    while (this.inFlight.size > 0) await Promise.allSettled(this.inFlight);
    this.isEnded = true;
    const isBroken = this.client.lost !== undefined || (await this.rollback());
    const first = (sqlState(error) === IN_FAILED_TRANSACTION ? this.firstFailure : undefined) ?? error;
    this.release(isBroken || isStale(first));
    if (isTimeout(first)) return new StatementTimeout('writing', { cause: first });
    const isOfDatabase = this.isCommitting || first === this.firstFailure;
    if (isOfDatabase && (isBroken || isConnectionGone(first))) {
      return new DatabaseUnavailable(this.isCommitting ? 'unknown' : 'nothing', { cause: first });
    }
    return first;
  }

  /** @returns whether the connection is broken */
  private async rollback(): Promise<boolean> {
    if (!this.isBegun) return false;
    return this.client.endTransaction('ROLLBACK').then(
      () => this.client.getTransactionStatus() !== 'I',
      () => true,
    );
  }
}
