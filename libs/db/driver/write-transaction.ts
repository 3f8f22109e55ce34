import {
  resultOf,
  errorOf,
  encodeStatement,
  type QueryResult,
  type PendingStatement,
  type EncodedStatement,
  type Statement,
} from './pipeline.js';
import { readWriteSettings, type SessionSettings } from './session-settings.js';
import type { PipeliningClient, Notice } from './pipelining-client.js';
import type { ConnectionPool, Release } from './connection-pool.js';
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

const IN_FAILED_TRANSACTION = '25P02';

/**
 * One transaction that writes, on one connection, from BEGIN to the connection's return to the pool.
 *
 * BEGIN and the settings travel with the first statement, as one message: should BEGIN fail (an administrator cancels it), Postgres
 * skips what came with it. So do statements that are asked in one go (`Promise.all`); they run one after the other all the same,
 * each seeing what was committed when it began. Once one has failed, Postgres refuses all that follow, so the first failure is
 * the one that matters.
 */
export class WriteTransaction {
  private readonly inFlight = new Set<Promise<unknown>>();
  private readonly waiting: PendingStatement[] = [];
  private firstFailure: unknown;
  private begun = false;
  private over = false;
  private committing = false;
  private committed = false;

  private constructor(
    private readonly client: PipeliningClient,
    private readonly release: Release,
    private readonly options: SessionSettings,
  ) {}

  /** @throws DatabaseUnavailable when no connection can be had in time, DatabaseBusy when too many wait for one. */
  static begin(connections: ConnectionPool, options: SessionSettings): Promise<WriteTransaction> {
    return new Promise((resolve, reject) => {
      connections.take(
        options.statementTimeoutMs,
        (client, release) => {
          resolve(new WriteTransaction(client, release, options));
        },
        reject,
      );
    });
  }

  /** Calls `listener` with each notice, until the function that it returns is called. */
  onNotice(listener: (notice: Notice) => void): () => void {
    const { client } = this;
    client.on('notice', listener);
    return () => {
      client.off('notice', listener);
    };
  }

  /** @throws what Postgres answered; DatabaseMisuse once it is over */
  async send(asked: Statement): Promise<QueryResult> {
    if (this.over) throw new DatabaseMisuse('A statement came after the end of its transaction.');
    const sent = this.enqueue(encodeStatement(asked));
    this.inFlight.add(sent);
    const forget = (): void => {
      this.inFlight.delete(sent);
    };
    sent.then(forget, forget);
    publishStatement(asked.text, sent);
    return sent;
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

  /** Sends the last statement, and COMMIT with it. @throws as `send` and `commit` do */
  async close(asked: Statement): Promise<QueryResult> {
    if (this.inFlight.size > 0) throw new DatabaseMisuse(NOT_AWAITED);
    const sent = this.send(asked);
    const ended = this.enqueue(COMMIT);
    ended.catch(() => undefined);
    this.over = true;
    this.committing = true;
    const answer = await sent.catch((error: unknown) => {
      // Refused by Postgres, which skipped the COMMIT then.
      if (sqlState(error) !== undefined && !isConnectionGone(error)) this.committing = false;
      throw error;
    });
    const { command } = await ended;
    this.committing = false;
    if (command !== 'COMMIT') throw new NotCommitted(command, { cause: this.firstFailure });
    this.committed = true;
    return answer;
  }

  private flush(): void {
    const asked = this.waiting.splice(0);
    const beginning = this.begun ? [] : [BEGIN, readWriteSettings(this.options)];
    this.begun = true;
    this.client.batch([...beginning, ...asked], (outcomes, whole) => {
      const failure = whole?.error ?? outcomes.map(errorOf).find((error) => error !== undefined);
      this.firstFailure ??= failure;
      asked.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[beginning.length + index];
        const answer = resultOf(outcome);
        if (answer !== undefined) resolve(answer);
        else reject(asError(errorOf(outcome) ?? failure));
      });
    });
  }

  /**
   * @throws DatabaseMisuse when a statement was not awaited: it would run outside of the transaction.
   * @throws NotCommitted when Postgres rolled back, since the work swallowed the failure of a statement.
   */
  async commit(): Promise<void> {
    if (this.committed) {
      this.release();
      return;
    }
    if (this.inFlight.size > 0) throw new DatabaseMisuse(NOT_AWAITED);
    this.over = true;
    if (this.client.lost) throw new DatabaseUnavailable('nothing', { cause: this.client.lost });
    if (this.begun) {
      this.committing = true;
      const command = await this.client.finish('COMMIT');
      this.committing = false;
      if (command !== 'COMMIT') throw new NotCommitted(command, { cause: this.firstFailure });
    }
    this.release();
  }

  /** Rolls back, gives the connection back (or away, when it is broken), and says which error to report. Never throws. */
  async fail(error: unknown): Promise<unknown> {
    // Statements that the work left behind go first: after ROLLBACK they would run outside of the transaction.
    while (this.inFlight.size > 0) await Promise.allSettled(this.inFlight);
    this.over = true;
    if (this.committed) {
      this.release();
      return new DatabaseMisuse(
        'The work failed after what it called its last statement; that was committed.',
        {
          cause: error,
        },
      );
    }
    const broken = this.client.lost !== undefined || (await this.rollback());
    const first = (sqlState(error) === IN_FAILED_TRANSACTION ? this.firstFailure : undefined) ?? error;
    this.release(broken || isStale(first));
    if (isTimeout(first)) return new StatementTimeout('writing', { cause: first });
    const ofDatabase = this.committing || first === this.firstFailure;
    if (ofDatabase && (broken || isConnectionGone(first))) {
      return new DatabaseUnavailable(this.committing ? 'unknown' : 'nothing', { cause: first });
    }
    return first;
  }

  /** @returns whether the connection is broken. */
  private async rollback(): Promise<boolean> {
    if (!this.begun) return false;
    return this.client.finish('ROLLBACK').then(
      () => this.client.getTransactionStatus() !== 'I',
      () => true,
    );
  }
}

const NOT_AWAITED = 'A statement was not awaited before its transaction ended.';
const COMMIT: EncodedStatement = { text: 'COMMIT', values: [] };
const BEGIN: EncodedStatement = { text: 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE', values: [] };
