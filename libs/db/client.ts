import { createHash } from 'node:crypto';
import pg from 'pg';
import { asError } from './errors.js';
import {
  Batch,
  sendable,
  type Answer,
  type Outcome,
  type SendableStatement,
  type Statement,
} from './batch.js';

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

/** One column of what a statement gives. */
interface OutputColumn {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** What a connection knows of a statement. */
export interface Plan {
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
 * It prepares every statement that comes with a list of parameters, also an empty one, under a stable name. Row-level security
 * makes a statement 0.6 to 1.3 ms dearer to plan, each time, unless it is named. A text without a list stays unnamed: it goes
 * through the simple protocol (COMMIT, several statements in one text).
 *
 * And it remembers that it was lost. The pool listens for errors while it is idle; an error while it is in use, and between two
 * statements, would be nobody's, which ends the process.
 */
export class Client extends pg.Client {
  /** Why this connection is of no use any more. */
  lost: Error | undefined;
  /** Plans that Postgres is preparing, in the order in which it was asked to. */
  readonly parsing: Plan[] = [];
  private readonly plans = new Map<string, Plan>();
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

  /** Sends statements as one {@link Batch}; see there. */
  batch(asked: readonly SendableStatement[], settle: ConstructorParameters<typeof Batch>[2]): void {
    this.send(new Batch(this, asked, settle));
  }

  /** Sends one statement. */
  private ask(statement: Statement): Promise<Answer & { rowCount: number | null }> {
    return new Promise((resolve, reject) => {
      this.batch([sendable(statement)], (outcomes, failure) => {
        const [outcome = failure] = outcomes as readonly (Outcome | undefined)[];
        if (outcome !== undefined && 'answer' in outcome) {
          resolve({ ...outcome.answer, rowCount: outcome.answer.count });
        } else reject(asError(outcome?.error));
      });
    });
  }

  /** What is known of a statement here. */
  planOf(text: string): Plan {
    const known = this.plans.get(text);
    if (known) return known;
    const named = this.plans.size < NAMES_PER_CLIENT;
    // The name depends on nothing but the text, so that a pooler in between can share it. Postgres cuts names at 63 bytes.
    const name = named ? `mutual_${createHash('sha256').update(text).digest('hex').slice(0, 40)}` : '';
    const plan: Plan = { name, text, sent: false, parsed: false, described: false, columns: [] };
    if (named) this.plans.set(text, plan);
    return plan;
  }

  /** Of these, those that Postgres did not come to prepare are unknown again. */
  forgetUnparsed(plans: readonly Plan[]): void {
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
