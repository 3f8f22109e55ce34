import { channel, tracingChannel } from 'node:diagnostics_channel';
import type { DataSource } from 'typeorm';
import type { QueryResult } from './driver/statement.js';

/*
 * Diagnostics channels (node:diagnostics_channel) of this library, so that it does not depend on its subscribers. Without
 * subscribers a statement costs two comparisons.
 */

/** Each statement when it is queried, as a {@link StatementEvent}. BEGIN, settings and COMMIT are not published. */
export const STATEMENT_CHANNEL = 'mutual.db.statement';

/** The same {@link StatementEvent} when its result has arrived. */
export const STATEMENT_RESULT_CHANNEL = 'mutual.db.statement-result';

/** How long a caller waited for a connection, as a {@link ConnectionWaitEvent}, including when none was available. */
export const CONNECTION_CHANNEL = 'mutual.db.connection';

/** A tracing channel around each transaction, from requesting to releasing its connection, with a {@link TransactionEvent}. */
export const TRANSACTION_CHANNEL = 'mutual.db.transaction';

/** A statement without its values: the text is from the code and contains no personal data. */
export interface StatementEvent {
  readonly text: string;
  /** Rows returned or changed, once known. */
  rows?: number;
  /** Why it failed, if it did. Its message may quote values: record its code only. */
  error?: unknown;
}

export interface ConnectionWaitEvent {
  /** In milliseconds. */
  readonly waited: number;
}

export interface TransactionEvent {
  readonly readOnly: boolean;
}

/** The current use of the connection pool. */
export interface PoolUse {
  readonly used: number;
  readonly idle: number;
  /** Callers that wait for a connection. */
  readonly waiting: number;
  readonly max: number;
}

const statements = channel(STATEMENT_CHANNEL);
const statementResults = channel(STATEMENT_RESULT_CHANNEL);
const connections = channel(CONNECTION_CHANNEL);
const transactions = tracingChannel<TransactionEvent>(TRANSACTION_CHANNEL);

/** Publishes a statement now and its result later. */
export function publishStatement(text: string, result: Promise<QueryResult>): void {
  if (!statements.hasSubscribers && !statementResults.hasSubscribers) return;
  const statement: StatementEvent = { text };
  statements.publish(statement);
  if (!statementResults.hasSubscribers) return;
  result.then(
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

/** Starts measuring the wait for a connection. @returns a function to call when the wait ends */
export function measureConnectionWait(): () => void {
  if (!connections.hasSubscribers) return ignore;
  const began = performance.now();
  return () => {
    connections.publish({ waited: performance.now() - began } satisfies ConnectionWaitEvent);
  };
}

function ignore(): void {
  // There are no subscribers.
}

/** Runs the work of a transaction and publishes its start and end. */
export function traceTransaction<T>(kind: TransactionEvent, work: () => Promise<T>): Promise<T> {
  return transactions.hasSubscribers ? transactions.tracePromise(work, kind) : work();
}

/** TypeORM keeps the pool as `master`, undefined once the DataSource is closed. */
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
