import { channel, tracingChannel } from 'node:diagnostics_channel';
import type { DataSource } from 'typeorm';
import type { QueryResult } from './driver/pipeline.js';

/*
 * What this lib tells of its work, for whoever counts and measures: by Node's diagnostics channels, so that it need not know who
 * listens. While nobody does, a statement costs two comparisons.
 */

/** Every statement as it is asked for, as a {@link StatementEvent}; not what transactions themselves need (BEGIN, settings, COMMIT). */
export const STATEMENT_CHANNEL = 'mutual.db.statement';

/** The same {@link StatementEvent} once more when it was answered, with what came of it. */
export const STATEMENT_RESULT_CHANNEL = 'mutual.db.statement-result';

/** How long somebody waited for a connection, free or new, as a {@link ConnectionWaitEvent}; also when none was to be had. */
export const CONNECTION_CHANNEL = 'mutual.db.connection';

/** A tracing channel around each transaction, from asking for a connection to giving it back, with a {@link TransactionEvent}. */
export const TRANSACTION_CHANNEL = 'mutual.db.transaction';

/** A statement without its values: text of our own, nobody's words. */
export interface StatementEvent {
  readonly text: string;
  /** How many rows it gave or changed, once answered. */
  rows?: number;
  /** Why it failed, once it has. Words of the database quote values: keep nothing of them but the code. */
  error?: unknown;
}

export interface ConnectionWaitEvent {
  /** In milliseconds. */
  readonly waited: number;
}

export interface TransactionEvent {
  readonly readOnly: boolean;
}

/** How the connections of the pool are used at this moment. */
export interface PoolUse {
  readonly used: number;
  readonly idle: number;
  /** How many wait for one. */
  readonly waiting: number;
  readonly max: number;
}

const statements = channel(STATEMENT_CHANNEL);
const statementResults = channel(STATEMENT_RESULT_CHANNEL);
const connections = channel(CONNECTION_CHANNEL);
const transactions = tracingChannel<TransactionEvent>(TRANSACTION_CHANNEL);

/** Tells of a statement that was just asked for and, later, of its answer. Changes nothing about the answer. */
export function publishStatement(text: string, answer: Promise<QueryResult>): void {
  if (!statements.hasSubscribers && !statementResults.hasSubscribers) return;
  const statement: StatementEvent = { text };
  statements.publish(statement);
  if (!statementResults.hasSubscribers) return;
  answer.then(
    ({ count }) => {
      statement.rows = count ?? 0;
      statementResults.publish(statement);
    },
    (error: unknown) => {
      statement.error = error;
      statementResults.publish(statement);
    },
  );
}

/** Begins to wait for a connection. @returns to be called when it is there, or is not to be had */
export function measureConnectionWait(): () => void {
  if (!connections.hasSubscribers) return nothing;
  const began = performance.now();
  return () => {
    connections.publish({ waited: performance.now() - began } satisfies ConnectionWaitEvent);
  };
}

function nothing(): void {
  // Nobody listens.
}

/** Does the work of a transaction, and tells where it begins and ends. */
export function traceTransaction<T>(kind: TransactionEvent, work: () => Promise<T>): Promise<T> {
  return transactions.hasSubscribers ? transactions.tracePromise(work, kind) : work();
}

/** The pool behind a DataSource; TypeORM keeps it under a name of its own, and nothing there once it is closed. */
export function poolUse(dataSource: DataSource): PoolUse {
  const { master: pool } = dataSource.driver as unknown as {
    master?: { totalCount: number; idleCount: number; waitingCount: number; options: { max: number } };
  };
  if (pool === undefined) return { used: 0, idle: 0, waiting: 0, max: 0 };
  return {
    used: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
    max: pool.options.max,
  };
}
