import { createHash } from 'node:crypto';
import pg from 'pg';
import { tellOfStatement } from './diagnostics.js';

/**
 * How many statements one connection keeps prepared. A prepared statement costs the server memory on every connection (a plan
 * with its policies is 50 to 200 kB), so there is an end; statements beyond it run unnamed, only slower. The code has far fewer.
 */
const NAMES_PER_CLIENT = 300;

/**
 * A connection of the serving pool.
 *
 * It prepares every statement that comes with a list of parameters, also an empty one, under a stable name. Row-level security
 * makes a statement 0.6 to 1.3 ms dearer to plan, each time, unless it is named; TypeORM sends unnamed ones. A text without a
 * list stays unnamed: it goes through the simple protocol (BEGIN, COMMIT, several statements in one text).
 *
 * And it remembers that it was lost. The pool listens for errors while it is idle and TypeORM while it is in use; an error in
 * the moment between them (the server ends a connection that was just made) would be nobody's, which ends the process.
 */
export class Client extends pg.Client {
  /** Why this connection is of no use any more. */
  lost: Error | undefined;
  private readonly names = new Map<string, string>();

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', (error) => {
      this.lost ??= error;
    });
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    const named = (query: unknown, values?: unknown, ...rest: unknown[]): unknown => {
      if (typeof query !== 'string' || !Array.isArray(values)) return send(query, values, ...rest);
      const name = this.nameOf(query);
      return name === undefined ? send(query, values, ...rest) : send({ name, text: query, values }, ...rest);
    };
    this.query = ((query: unknown, ...rest: unknown[]) => {
      const answer = named(query, ...rest);
      tellOfStatement(query, answer);
      return answer;
    }) as typeof this.query;
  }

  private nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= NAMES_PER_CLIENT) return known;
    // The name depends on nothing but the text, so that a pooler in between can share it. Postgres cuts names at 63 bytes.
    const name = `mutual_${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
    this.names.set(text, name);
    return name;
  }
}
