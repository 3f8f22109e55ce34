import { publishStatement, traceTransaction } from '../diagnostics.js';
import { DatabaseUnavailable, StatementTimeout, isConnectionGone, isStale, isTimeout } from '../errors.js';
import type { ConnectionPool } from './connection-pool.js';
import type { PipeliningClient } from './pipelining-client.js';
import { isSameSession, readOnlySettings, type SessionSettings } from './session-settings.js';
import {
  errorOf,
  type EncodedStatement,
  type PendingStatement,
  type QueryResult,
  type StatementOutcome,
} from './statement.js';

/** Statements of one session that wait to be sent. */
interface Batch {
  readonly settings: SessionSettings;
  readonly statements: PendingStatement[];
}

/**
 * Sends read-only statements. Those that one session queries in the same turn of the event loop (for example the loaders of one
 * level of a GraphQL operation) share a connection, a message and a transaction, which saves a BEGIN and a COMMIT each. Under READ
 * COMMITTED each statement sees what was committed when it started, so sharing a transaction changes no result.
 *
 * When a statement fails, only its caller gets the error; PostgreSQL skips the statements after it, which are sent again.
 */
export class ReadBatcher {
  private readonly waiting: Batch[] = [];

  /** @param batches false: each statement is sent alone, in its own transaction */
  constructor(
    private readonly connections: ConnectionPool,
    private readonly batches: boolean,
  ) {}

  /** @throws PostgreSQL's error; DatabaseBusy, DatabaseUnavailable, StatementTimeout */
  query(settings: SessionSettings, statement: EncodedStatement): Promise<QueryResult> {
    const result = this.enqueue(settings, statement);
    publishStatement(statement.text, result);
    return result;
  }

  private enqueue(settings: SessionSettings, { text, values }: EncodedStatement): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      const statement: PendingStatement = { text, values, resolve, reject };
      if (!this.batches) {
        this.send(settings, [statement]);
        return;
      }
      const existing = this.waiting.find((batch) => isSameSession(batch.settings, settings));
      if (existing) {
        existing.statements.push(statement);
        return;
      }
      const batch: Batch = { settings, statements: [statement] };
      this.waiting.push(batch);
      // DataLoaders dispatch at the end of the microtask queue, which is before setImmediate.
      setImmediate(() => {
        this.waiting.splice(this.waiting.indexOf(batch), 1);
        this.send(settings, batch.statements);
      });
    });
  }

  private send(settings: SessionSettings, statements: readonly PendingStatement[]): void {
    void traceTransaction({ readOnly: true }, () => this.runTransaction(settings, statements));
  }

  /** Never rejects: each statement's promise gets the error. */
  private runTransaction(settings: SessionSettings, statements: readonly PendingStatement[]): Promise<void> {
    return new Promise((done) => {
      const rejectAll = (error: unknown): void => {
        for (const { reject } of statements) reject(error);
      };
      this.connections.acquire(
        settings.statementTimeoutMs,
        (client, release) => {
          client.sendPipeline([readOnlySettings(settings), ...statements], ([first, ...outcomes], whole) => {
            // If the settings fail, no other statement runs.
            const failure = whole?.error ?? errorOf(first);
            const error = failure ?? outcomes.map(errorOf).find((each) => each !== undefined);
            release(client.lost ?? (isStale(error) || isConnectionGone(error)));
            if (failure === undefined) this.settle(settings, statements, outcomes);
            else rejectAll(toDatabaseError(failure, client));
            done();
          });
        },
        (error) => {
          rejectAll(error);
          done();
        },
      );
    });
  }

  private settle(
    settings: SessionSettings,
    statements: readonly PendingStatement[],
    outcomes: readonly StatementOutcome[],
  ): void {
    outcomes.forEach((outcome, index) => {
      if ('result' in outcome) statements[index]?.resolve(outcome.result);
      else statements[index]?.reject(toDatabaseError(outcome.error));
    });
    const skipped = statements.slice(outcomes.length);
    if (skipped.length > 0) this.send(settings, skipped);
  }
}

function toDatabaseError(error: unknown, client?: PipeliningClient): unknown {
  if (isTimeout(error)) return new StatementTimeout('reading', { cause: error });
  if (client?.lost !== undefined || isConnectionGone(error)) {
    return new DatabaseUnavailable('nothing', { cause: error });
  }
  return error;
}
