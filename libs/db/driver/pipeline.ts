import pg from 'pg';
import type { PreparedStatement, PreparedStatements, ResultColumn } from './prepared-statements.js';
import type { ResponseTimeout } from './response-timeout.js';
import type { EncodedStatement, StatementOutcome } from './statement.js';

/** What a pipeline needs of the connection that it is sent on. */
export interface PipelineConnection {
  readonly prepared: PreparedStatements;
  readonly responseTimeout: ResponseTimeout;
  /** Why the connection was lost; undefined while it works. */
  readonly lost: Error | undefined;
  resultColumn(name: string, type: number): ResultColumn;
}

/**
 * Receives an outcome for each statement up to the first that failed; later statements did not run. `failure` means that the
 * pipeline failed as a whole: the connection was lost, or committing failed.
 */
export type PipelineCallback = (
  outcomes: readonly StatementOutcome[],
  failure?: { readonly error: unknown },
) => void;

/** The part of pg's Connection that speaks the extended query protocol; pg's types describe an older version. */
interface Protocol {
  readonly stream: { cork(): void; uncork(): void };
  parse(statement: { name: string; text: string }): void;
  describe(what: { type: 'S'; name: string }): void;
  bind(statement: { statement: string; values: EncodedStatement['values'] }): void;
  execute(portal: { portal: string; rows: number }): void;
  sync(): void;
}

/**
 * Statements sent as one message and answered by one
 * (https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-PIPELINING). A message costs both sides a system call,
 * which is more than most statements cost.
 *
 * Outside of BEGIN … COMMIT they form one transaction, committed after the last. When one fails, PostgreSQL skips the rest and
 * rolls back.
 *
 * The result of a statement is described once per connection; pg asks every time.
 *
 * Property names must not be those of pg.Query (`rows`, `callback`, …), which pg reads.
 */
export class Pipeline extends pg.Query {
  private outcomes: StatementOutcome[] = [];
  private prepared: PreparedStatement[] = [];
  private resultRows: Record<string, unknown>[] = [];
  private parseFailure: { readonly error: unknown } | undefined;
  private isSent = false;
  private isEnded = false;

  constructor(
    private readonly connection: PipelineConnection,
    private statements: readonly EncodedStatement[],
    private settle: PipelineCallback,
  ) {
    super({ text: '' });
  }

  /** Called by pg when the connection is ready for this query. */
  override submit = (connection: unknown): null => {
    const protocol = connection as Protocol;
    protocol.stream.cork();
    for (const { text, values } of this.statements) {
      const statement = this.connection.prepared.get(text);
      this.prepared.push(statement);
      if (!statement.sent) {
        protocol.parse({ name: statement.name, text });
        this.connection.prepared.markSent(statement);
      }
      if (!statement.described) protocol.describe({ type: 'S', name: statement.name });
      protocol.bind({ statement: statement.name, values });
      protocol.execute({ portal: '', rows: 0 });
    }
    protocol.sync();
    protocol.stream.uncork();
    this.connection.responseTimeout.messageSent();
    this.isSent = true;
    return null;
  };

  // The handlers below are called by pg for each message of the response, in the order of the statements.

  handleRowDescription({ fields }: { fields: readonly pg.FieldDef[] }): void {
    const statement = this.prepared[this.outcomes.length];
    if (!statement) return;
    statement.columns = fields.map(({ name, dataTypeID }) => this.connection.resultColumn(name, dataTypeID));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.parseFailure) return;
    const columns = this.prepared[this.outcomes.length]?.columns ?? [];
    const row: Record<string, unknown> = {};
    try {
      for (let index = 0; index < columns.length; index++) {
        const column = columns[index];
        const value = fields[index];
        if (column) row[column.name] = typeof value === 'string' ? column.parse(value) : null;
      }
    } catch (error) {
      this.parseFailure = { error };
      return;
    }
    this.resultRows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const statement = this.prepared[this.outcomes.length];
    if (statement) statement.described = true;
    this.outcomes.push(this.parseFailure ?? { result: { rows: this.resultRows, ...parseCommandTag(text) } });
    this.resultRows = [];
    this.parseFailure = undefined;
    this.connection.responseTimeout.statementEnded();
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  handleError(error: unknown): void {
    if (this.isEnded) return;
    this.connection.prepared.forgetUnparsed(this.prepared);
    // Before the first statement is sent and after the last has ended, no statement has failed, but the whole pipeline.
    const isOfStatement = this.prepared.length > 0 && this.outcomes.length < this.statements.length;
    if (isOfStatement && this.connection.lost === undefined) this.end([...this.outcomes, { error }]);
    else this.end(this.outcomes, { error });
  }

  handleReadyForQuery(): void {
    if (!this.isEnded) this.end(this.outcomes);
  }

  /**
   * Drops all references before calling back. The callback often leads to the next pipeline; if one finished pipeline reached the
   * old generation of the heap, it would keep all later ones and their rows alive until the next major garbage collection.
   */
  private end(outcomes: readonly StatementOutcome[], failure?: { readonly error: unknown }): void {
    const { settle } = this;
    this.isEnded = true;
    if (this.isSent) this.connection.responseTimeout.messageEnded();
    this.settle = ignore;
    this.statements = [];
    this.outcomes = [];
    this.prepared = [];
    settle(outcomes, failure);
  }
}

function ignore(): void {
  // The pipeline has ended.
}

/** `SELECT 5`, `INSERT 0 3` (the first number is obsolete), `COMMIT`. */
function parseCommandTag(text: string): { command: string; count: number | null } {
  const parts = text.split(' ');
  const count = parts.length > 1 ? Number(parts.at(-1)) : NaN;
  return { command: parts[0] ?? '', count: Number.isNaN(count) ? null : count };
}
