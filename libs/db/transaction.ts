import type { EntityManager, QueryRunner } from 'typeorm';
import type { Client } from './client.js';
import { toldConnection } from './diagnostics.js';
import { DatabaseMisuse, DatabaseUnavailable, NotCommitted, StatementTimeout, sqlState } from './errors.js';

/** What is fixed for one transaction before its first statement. */
export interface TransactionOptions {
  readonly readOnly: boolean;
  /** '' for nobody: the law then shows no rows. */
  readonly sessionHash: string;
  readonly statementTimeoutMs: number;
}

const IN_FAILED_TRANSACTION = '25P02';
const QUERY_CANCELED = '57014';
/** Says that a prepared statement is not what this client believes: after a migration, or when a pooler switched servers. */
const STALE_STATEMENT = ['26000', '0A000'];
/** Connection lost, server shutting down or not accepting, idle or transaction time over. */
const CONNECTION_GONE = /^(08...|57P0[1-5]|25P0[34]|53300)$/;

/**
 * One transaction on one connection, from BEGIN to the connection's return to the pool.
 *
 * BEGIN, the settings and a read's first statement are sent without waiting for one another (pg pipelines them), so a read of
 * one statement takes two round trips instead of four, a write three. Answers come in the order of the statements; once one
 * has failed, Postgres refuses all that follow, so the first failure is the one that matters.
 */
export class Transaction {
  private readonly inFlight = new Set<Promise<unknown>>();
  private firstFailure: unknown;
  private over = false;
  private committing = false;
  private readonly opened: Promise<unknown>;
  private readonly begun: Promise<unknown>;

  private constructor(
    private readonly runner: QueryRunner,
    private readonly client: Client,
    private readonly options: TransactionOptions,
  ) {
    this.guardRunner();
    this.opened = client.query(options.readOnly ? BEGIN_READ_ONLY : BEGIN_READ_WRITE);
    this.begun = Promise.all([
      this.opened,
      client.query(SETTINGS, [options.sessionHash, `${String(options.statementTimeoutMs)}ms`]),
    ]);
    // Looked at in `commit` and `fail`; until then a failure of it must not count as unhandled.
    this.begun.catch(() => undefined);
  }

  /** @throws DatabaseUnavailable when no connection can be had in time. */
  static async begin(runner: QueryRunner, options: TransactionOptions): Promise<Transaction> {
    let client: Client;
    try {
      client = (await toldConnection(() => runner.connect())) as Client;
    } catch (cause) {
      throw new DatabaseUnavailable('nothing', { cause });
    }
    return new Transaction(runner, client, options);
  }

  get manager(): EntityManager {
    return this.runner.manager;
  }

  /**
   * When the work may send its first statement: a read's at once, a write's once BEGIN was answered. BEGIN can fail too (an
   * administrator cancels it); what was sent behind it then runs by itself, each statement committed as it ends. Of a read
   * nothing comes of that: it runs as nobody and its answer is thrown away. A write would be done by half.
   */
  async open(): Promise<void> {
    if (!this.options.readOnly) await this.opened;
  }

  /**
   * @throws DatabaseMisuse when a statement was not awaited: it would run outside of the transaction.
   * @throws NotCommitted when Postgres rolled back, since the work swallowed the failure of a statement.
   */
  async commit(): Promise<void> {
    await this.begun;
    if (this.inFlight.size > 0)
      throw new DatabaseMisuse('A statement was not awaited before its transaction ended.');
    this.over = true;
    if (this.isLost()) throw new DatabaseUnavailable('nothing', { cause: this.client.lost });
    this.committing = true;
    const { command } = await this.client.query('COMMIT');
    this.committing = false;
    if (command !== 'COMMIT') throw new NotCommitted(command, { cause: this.firstFailure });
    await this.release();
  }

  /** Rolls back, gives the connection back (or away, when it is broken), and says which error to report. Never throws. */
  async fail(error: unknown): Promise<unknown> {
    // Statements that the work left behind go first: after ROLLBACK they would run outside of the transaction.
    while (this.inFlight.size > 0) await Promise.allSettled(this.inFlight);
    this.over = true;
    const beginning = await this.begun.then(
      () => undefined,
      (failure: unknown) => failure,
    );
    const broken = this.isLost() || (await this.rollback());
    const first =
      beginning ?? (sqlState(error) === IN_FAILED_TRANSACTION ? this.firstFailure : undefined) ?? error;
    await this.release(broken || STALE_STATEMENT.includes(sqlState(first) ?? ''));
    if (sqlState(first) === QUERY_CANCELED) return new StatementTimeout({ cause: first });
    const ofDatabase = this.committing || first === beginning || first === this.firstFailure;
    if (ofDatabase && (broken || CONNECTION_GONE.test(sqlState(first) ?? ''))) {
      return new DatabaseUnavailable(this.committing ? 'unknown' : 'nothing', { cause: first });
    }
    return first;
  }

  /** @returns whether the connection is broken. */
  private async rollback(): Promise<boolean> {
    if (this.client.getTransactionStatus() === 'I') return false;
    return this.client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
  }

  private isLost(): boolean {
    return this.client.lost !== undefined || this.runner.isReleased;
  }

  private async release(broken = false): Promise<void> {
    if (broken || this.client.getTransactionStatus() !== 'I') {
      // TypeORM keeps to itself how to release a connection so that the pool throws it away.
      const { releasePostgresConnection } = this.runner as unknown as Record<
        'releasePostgresConnection',
        (this: QueryRunner, reason: Error) => Promise<void>
      >;
      await releasePostgresConnection.call(this.runner, new Error('The connection is broken.'));
      return;
    }
    await this.runner.release();
  }

  /** Watches every statement, however it is made, and keeps TypeORM from touching the transaction. */
  private guardRunner(): void {
    const { runner } = this;
    const send = runner.query.bind(runner) as (...args: unknown[]) => Promise<unknown>;
    const watched = (...args: unknown[]): Promise<unknown> => {
      if (this.over)
        return Promise.reject(new DatabaseMisuse('A statement came after the end of its transaction.'));
      const sent: Promise<unknown> = send(...args).then(
        (result) => {
          this.inFlight.delete(sent);
          return result;
        },
        (error: unknown) => {
          this.inFlight.delete(sent);
          this.firstFailure ??= error;
          throw error;
        },
      );
      this.inFlight.add(sent);
      return sent;
    };
    const refuse = (): never => {
      throw new DatabaseMisuse('Transactions are opened and closed by db.read and db.write only.');
    };
    Object.assign(runner, {
      query: watched,
      startTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
      // Query builders look at it before opening a transaction of their own.
      isTransactionActive: true,
    });
  }
}

const BEGIN_READ_ONLY = 'BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY';
const BEGIN_READ_WRITE = 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE';
/** Work that stands still, holding locks, is cut off; it waits for nothing but the database, so this is never met in health. */
const IDLE_TIMEOUT = '30s';
/** Local to the transaction (`true`): at its end they are gone, whoever gets the connection next. */
const SETTINGS = `select set_config('app.session', $1, true), set_config('statement_timeout', $2, true),
  set_config('idle_in_transaction_session_timeout', '${IDLE_TIMEOUT}', true)`;
