import pg from 'pg';
import utils from 'pg/lib/utils.js';
import type { PipeliningClient, PreparedStatement } from './pipelining-client.js';

/** One statement, with the values of `$1`, `$2`, …. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** One whose values are as Postgres reads them. */
export interface EncodedStatement extends Statement {
  readonly values: readonly (string | Buffer | null)[];
}

/** @throws Error for a value that cannot be written: an object that holds itself */
export function encodeStatement({ text, values }: Statement): EncodedStatement {
  return { text, values: values.map((value) => utils.prepareValue(value)) };
}

/** One that somebody waits for. */
export interface PendingStatement extends EncodedStatement {
  readonly resolve: (answer: QueryResult) => void;
  readonly reject: (error: unknown) => void;
}

/** What Postgres answered to one statement. */
export interface QueryResult {
  /** By the names of the SELECT or RETURNING list; values as the connection's type parsers make them. */
  readonly rows: Record<string, unknown>[];
  /** What was done: SELECT, UPDATE, COMMIT, … */
  readonly command: string;
  /** How many rows that touched, where the command says so. */
  readonly count: number | null;
}

/** What came of one statement of a batch. */
export type StatementOutcome = { readonly answer: QueryResult } | { readonly error: unknown };

/** The answer, if it was one. */
export function resultOf(outcome: StatementOutcome | undefined): QueryResult | undefined {
  return outcome !== undefined && 'answer' in outcome ? outcome.answer : undefined;
}

/** The failure, if it was one. */
export function errorOf(outcome: StatementOutcome | undefined): unknown {
  return outcome !== undefined && 'error' in outcome ? outcome.error : undefined;
}

/** The part of pg's connection that speaks the extended query protocol. pg's types have an older one. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  parse(statement: { name: string; text: string }): void;
  describe(what: { type: 'S'; name: string }): void;
  bind(statement: { statement: string; values: EncodedStatement['values'] }): void;
  execute(portal: { portal: string; rows: number }): void;
  sync(): void;
}

/**
 * Statements that travel together: one message there, one back (PostgreSQL's "pipelining" of the extended query protocol,
 * https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-PIPELINING). Every message costs both sides a system
 * call, and those cost more than most statements.
 *
 * Outside of BEGIN … COMMIT they are one transaction: it begins with the first, and is committed when the last has ended. Once
 * one has failed Postgres skips the rest and rolls back.
 *
 * What each statement gives is described once a connection and remembered with its plan; pg would ask and be told each time.
 */
export class Pipeline extends pg.Query {
  private outcomes: StatementOutcome[] = [];
  private plans: PreparedStatement[] = [];
  private given: Record<string, unknown>[] = [];
  private unreadable: { readonly error: unknown } | undefined;
  private sent = false;
  private over = false;

  /**
   * @param settle told once, with an outcome for each statement up to the first that failed; those after it never ran. With
   * `failure` it failed as a whole: the connection was lost, or ending it failed.
   */
  constructor(
    private readonly client: PipeliningClient,
    private statements: readonly EncodedStatement[],
    private settle: (outcomes: readonly StatementOutcome[], failure?: { readonly error: unknown }) => void,
  ) {
    super({ text: '' });
  }

  /** Writes it; called by pg when its turn on the connection has come. */
  override submit = (connection: unknown): null => {
    const wire = connection as Wire;
    wire.stream.cork();
    for (const { text, values } of this.statements) {
      const plan = this.client.planOf(text);
      this.plans.push(plan);
      if (!plan.sent) {
        wire.parse({ name: plan.name, text });
        plan.sent = true;
        this.client.parsing.push(plan);
      }
      if (!plan.described) wire.describe({ type: 'S', name: plan.name });
      wire.bind({ statement: plan.name, values });
      wire.execute({ portal: '', rows: 0 });
    }
    wire.sync();
    wire.stream.uncork();
    this.client.expectAnswer();
    this.sent = true;
    return null;
  };

  // What follows is called by pg with each message of the answer, in the order of the statements.

  handleRowDescription({ fields }: { fields: readonly pg.FieldDef[] }): void {
    const plan = this.plans[this.outcomes.length];
    if (plan) plan.columns = fields.map(({ name, dataTypeID }) => this.client.column(name, dataTypeID));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.unreadable) return;
    const columns = this.plans[this.outcomes.length]?.columns ?? [];
    const row: Record<string, unknown> = {};
    try {
      for (let index = 0; index < columns.length; index++) {
        const column = columns[index];
        const value = fields[index];
        if (column) row[column.name] = typeof value === 'string' ? column.parse(value) : null;
      }
    } catch (error) {
      this.unreadable = { error };
      return;
    }
    this.given.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const plan = this.plans[this.outcomes.length];
    if (plan) plan.described = true;
    this.outcomes.push(this.unreadable ?? { answer: { rows: this.given, ...tag(text) } });
    this.given = [];
    this.unreadable = undefined;
    this.client.hear();
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  handleError(error: unknown): void {
    if (this.over) return;
    this.client.forgetUnparsed(this.plans);
    // Before the first statement was sent, or after the last has ended, it is the failure of none of them.
    const ofStatement = this.plans.length > 0 && this.outcomes.length < this.statements.length;
    if (ofStatement && this.client.lost === undefined) this.end([...this.outcomes, { error }]);
    else this.end(this.outcomes, { error });
  }

  handleReadyForQuery(): void {
    if (!this.over) this.end(this.outcomes);
  }

  /**
   * Lets go of everything before it tells. What one batch leads to is often the next one, so that a single one that grows old
   * before it is collected would keep all that come after it, with their rows, until the next full garbage collection.
   */
  private end(outcomes: readonly StatementOutcome[], failure?: { readonly error: unknown }): void {
    const { settle } = this;
    this.over = true;
    if (this.sent) this.client.answered();
    this.settle = nothing;
    this.statements = [];
    this.outcomes = [];
    this.plans = [];
    settle(outcomes, failure);
  }
}

function nothing(): void {
  // It has ended.
}

/** A command's tag: `SELECT 5`, `INSERT 0 3` (whose first number means nothing any more), `COMMIT`. */
function tag(text: string): { command: string; count: number | null } {
  const words = text.split(' ');
  const count = words.length > 1 ? Number(words.at(-1)) : NaN;
  return { command: words[0] ?? '', count: Number.isNaN(count) ? null : count };
}
