import type { Socket } from 'node:net';
import pg from 'pg';
import { asError } from '../errors.js';
import { Pipeline, type PipelineCallback, type PipelineConnection } from './pipeline.js';
import { PreparedStatements, type ResultColumn } from './prepared-statements.js';
import { ResponseTimeout } from './response-timeout.js';
import {
  encodeStatement,
  type EncodedStatement,
  type QueryResult,
  type Statement,
  type StatementOutcome,
} from './statement.js';

/** A message of `raise notice`. */
export interface Notice {
  /** Its SQLSTATE. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/**
 * A connection of the serving pool: node-postgres' Client, which also
 *
 * - sends several statements as one {@link Pipeline};
 * - prepares every statement that has a list of parameters, even an empty one, under a stable name, because row-level security adds
 *   0.6 to 1.3 ms to planning. A text without a list uses the simple protocol (COMMIT, several statements in one text);
 * - closes itself when PostgreSQL is silent for too long ({@link setStatementTimeout});
 * - records that it was lost ({@link lost}). The pool listens for errors of idle connections only, and an error without a listener
 *   ends the process.
 */
export class PipeliningClient extends pg.Client implements PipelineConnection {
  /** Why the connection was lost; undefined while it works. */
  lost: Error | undefined;
  readonly prepared = new PreparedStatements();
  readonly responseTimeout = new ResponseTimeout(() => {
    this.abandon();
  });
  private readonly enqueue: (query: unknown) => unknown;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', (error) => {
      this.lost ??= error;
    });
    const { connection } = this as unknown as { connection: NodeJS.EventEmitter };
    connection.on('parseComplete', () => {
      this.prepared.confirmParse();
    });
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.enqueue = query;
    // TypeORM and the pool call `query` too.
    this.query = ((first: unknown, values?: unknown, ...rest: unknown[]) => {
      if (typeof first === 'string' && Array.isArray(values)) return this.send({ text: first, values });
      return query(first, values, ...rest);
    }) as typeof this.query;
  }

  /** Sends statements as one {@link Pipeline}. */
  sendPipeline(statements: readonly EncodedStatement[], callback: PipelineCallback): void {
    this.enqueue(new Pipeline(this, statements, callback));
  }

  /** @param statementTimeoutMs of each statement from now on, in milliseconds; 0: no limit */
  setStatementTimeout(statementTimeoutMs: number): void {
    this.responseTimeout.setStatementTimeout(statementTimeoutMs);
  }

  /** Ends the transaction. @returns the command tag of PostgreSQL's response */
  async endTransaction(command: 'COMMIT' | 'ROLLBACK'): Promise<string> {
    this.responseTimeout.messageSent();
    try {
      return (await this.query(command)).command;
    } finally {
      this.responseTimeout.messageEnded();
    }
  }

  /** How values of a column are decoded. */
  resultColumn(name: string, type: number): ResultColumn {
    const getTypeParser = this.getTypeParser as (type: number, format: 'text') => ResultColumn['parse'];
    return { name, parse: getTypeParser.call(this, type, 'text') };
  }

  private send(statement: Statement): Promise<QueryResult & { rowCount: number | null }> {
    return new Promise((resolve, reject) => {
      this.sendPipeline([encodeStatement(statement)], (outcomes, failure) => {
        const [outcome = failure] = outcomes as readonly (StatementOutcome | undefined)[];
        if (outcome !== undefined && 'result' in outcome) {
          resolve({ ...outcome.result, rowCount: outcome.result.count });
        } else reject(asError(outcome?.error));
      });
    });
  }

  private abandon(): void {
    const error = new Error('PostgreSQL did not respond in time.');
    this.lost ??= error;
    (this as unknown as { connection: { stream: Socket } }).connection.stream.destroy(error);
  }
}
