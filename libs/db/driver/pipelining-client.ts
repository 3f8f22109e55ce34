import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import pg from 'pg';
import { asError } from '../errors.js';
import {
  Pipeline,
  encodeStatement,
  type QueryResult,
  type StatementOutcome,
  type EncodedStatement,
  type Statement,
} from './pipeline.js';

/**
 * How many statements one connection keeps prepared. A prepared statement costs the server memory on every connection (a plan
 * with its policies is 50 to 200 kB), so there is an end; statements beyond it run unnamed, only slower. The code has far fewer.
 */
const NAMES_PER_CLIENT = 300;

/** What Postgres says beside its answers: of `raise notice`. */
export interface Notice {
  /** Its SQLSTATE. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/**
 * How much longer than a statement may take PostgreSQL may be silent, in milliseconds. It ends statements that take too long itself;
 * only a server that hangs, or a network that drops packets, does not answer by then.
 */
const GRACE_MS = 2_000;

/** One column of what a statement gives. */
interface OutputColumn {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** What a connection knows of a statement. */
export interface PreparedStatement {
  /** Its name in Postgres; '' for one that is prepared anew each time. */
  readonly name: string;
  readonly text: string;
  /** Whether Postgres was asked to prepare it. */
  sent: boolean;
  /** Whether Postgres did. */
  parsed: boolean;
  /** Whether Postgres said what it gives. */
  described: boolean;
  columns: readonly OutputColumn[];
}

/**
 * A connection of the serving pool.
 *
 * It ends itself when PostgreSQL is silent for too long ({@link allowStatements}), so that a server that hangs holds nobody.
 *
 * It prepares every statement that comes with a list of parameters, also an empty one, under a stable name. Row-level security
 * makes a statement 0.6 to 1.3 ms dearer to plan, each time, unless it is named. A text without a list stays unnamed: it goes
 * through the simple protocol (COMMIT, several statements in one text).
 *
 * And it remembers that it was lost. The pool listens for errors while it is idle; an error while it is in use, and between two
 * statements, would be nobody's, which ends the process.
 */
export class PipeliningClient extends pg.Client {
  /** Why this connection is of no use any more. */
  lost: Error | undefined;
  /** Plans that Postgres is preparing, in the order in which it was asked to. */
  readonly parsing: PreparedStatement[] = [];
  private readonly plans = new Map<string, PreparedStatement>();
  private silenceMs: number | undefined;
  private silence: NodeJS.Timeout | undefined;
  /** Messages sent that wait for the end of their answer. */
  private unanswered = 0;
  /** Signs of life so far. */
  private heard = 0;
  private readonly send: (query: unknown) => unknown;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', (error) => {
      this.lost ??= error;
    });
    const { connection } = this as unknown as { connection: NodeJS.EventEmitter };
    connection.on('parseComplete', () => {
      const plan = this.parsing.shift();
      if (plan) plan.parsed = true;
    });
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.send = send;
    this.query = ((query: unknown, values?: unknown, ...rest: unknown[]) => {
      if (typeof query !== 'string') return send(query, values, ...rest);
      if (Array.isArray(values)) return this.ask({ text: query, values });
      return send(query, values, ...rest);
    }) as typeof this.query;
  }

  /** Sends statements as one {@link Pipeline}; see there. */
  batch(asked: readonly EncodedStatement[], settle: ConstructorParameters<typeof Pipeline>[2]): void {
    this.send(new Pipeline(this, asked, settle));
  }

  /** How long each statement may take from now on, in milliseconds; 0: as long as it takes. */
  allowStatements(statementTimeoutMs: number): void {
    this.silenceMs = statementTimeoutMs > 0 ? statementTimeoutMs + GRACE_MS : undefined;
  }

  /** Sends COMMIT or ROLLBACK by itself. @returns the tag that PostgreSQL answered with */
  async finish(command: 'COMMIT' | 'ROLLBACK'): Promise<string> {
    this.expectAnswer();
    try {
      return (await this.query(command)).command;
    } finally {
      this.answered();
    }
  }

  /** A message was sent. Each of its statements may take its time; {@link hear} tells of the end of one. */
  expectAnswer(): void {
    this.unanswered += 1;
    if (this.unanswered > 1 || this.silenceMs === undefined) return;
    this.silence = setTimeout(() => {
      const { heard } = this;
      // Where this process itself was busy, the answer has arrived and is read before this.
      setImmediate(() => {
        if (this.unanswered > 0 && this.heard === heard) this.abandon();
      });
    }, this.silenceMs);
  }

  /** A statement has ended. */
  hear(): void {
    this.heard += 1;
    this.silence?.refresh();
  }

  /** The answer to a message has ended. */
  answered(): void {
    this.unanswered -= 1;
    this.heard += 1;
    if (this.unanswered === 0) clearTimeout(this.silence);
    else this.silence?.refresh();
  }

  private abandon(): void {
    const error = new Error('PostgreSQL has not answered in time.');
    this.lost ??= error;
    (this as unknown as { connection: { stream: Socket } }).connection.stream.destroy(error);
  }

  /** Sends one statement. */
  private ask(statement: Statement): Promise<QueryResult & { rowCount: number | null }> {
    return new Promise((resolve, reject) => {
      this.batch([encodeStatement(statement)], (outcomes, failure) => {
        const [outcome = failure] = outcomes as readonly (StatementOutcome | undefined)[];
        if (outcome !== undefined && 'answer' in outcome) {
          resolve({ ...outcome.answer, rowCount: outcome.answer.count });
        } else reject(asError(outcome?.error));
      });
    });
  }

  /** What is known of a statement here. */
  planOf(text: string): PreparedStatement {
    const known = this.plans.get(text);
    if (known) return known;
    const named = this.plans.size < NAMES_PER_CLIENT;
    // The name depends on nothing but the text, so that a pooler in between can share it. Postgres cuts names at 63 bytes.
    const name = named ? `mutual_${createHash('sha256').update(text).digest('hex').slice(0, 40)}` : '';
    const plan: PreparedStatement = { name, text, sent: false, parsed: false, described: false, columns: [] };
    if (named) this.plans.set(text, plan);
    return plan;
  }

  /** Of these, those that Postgres did not come to prepare are unknown again. */
  forgetUnparsed(plans: readonly PreparedStatement[]): void {
    for (const plan of plans) {
      if (plan.parsed) continue;
      this.plans.delete(plan.text);
      const index = this.parsing.indexOf(plan);
      if (index >= 0) this.parsing.splice(index, 1);
    }
  }

  /** How values of a type are read. */
  column(name: string, type: number): OutputColumn {
    const parserOf = this.getTypeParser as (type: number, format: 'text') => OutputColumn['parse'];
    return { name, parse: parserOf.call(this, type, 'text') };
  }
}
