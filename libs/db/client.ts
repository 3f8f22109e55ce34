import { createHash } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import pg from 'pg';

/**
 * Every statement that is sent, as `{ text }`, without its values; nothing is published while nobody listens. For counting:
 * tests pin how many statements an operation takes.
 */
export const STATEMENT_CHANNEL = 'mutual.db.statement';

const statements = channel(STATEMENT_CHANNEL);

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
    this.query = ((query: unknown, values?: unknown, ...rest: unknown[]) => {
      if (statements.hasSubscribers && typeof query === 'string') statements.publish({ text: query });
      if (typeof query !== 'string' || !Array.isArray(values)) return send(query, values, ...rest);
      const name = this.nameOf(query);
      return name === undefined ? send(query, values, ...rest) : send({ name, text: query, values }, ...rest);
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
