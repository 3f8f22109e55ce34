import { createHash } from 'node:crypto';

/**
 * The most statements that one connection keeps prepared. Each costs memory on the server, 50 to 200 kB for a plan with its
 * policies. Further statements run unnamed and are planned every time. The code has far fewer.
 */
const MAX_PREPARED = 300;

/** One column of a statement's result. */
export interface ResultColumn {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** What a connection knows about a statement. */
export interface PreparedStatement {
  /** Its name on the server; '' for an unnamed statement. */
  readonly name: string;
  readonly text: string;
  /** Whether Parse was sent. */
  sent: boolean;
  /** Whether PostgreSQL confirmed Parse. */
  parsed: boolean;
  /** Whether PostgreSQL has described the result. */
  described: boolean;
  columns: readonly ResultColumn[];
}

/**
 * The prepared statements of one connection. A plain map, not an LRU cache: the limit is never reached, so nothing would be evicted, each
 * lookup would cost more, and an evicted statement would have to be closed on the server while a pipeline may still use it.
 */
export class PreparedStatements {
  private readonly byText = new Map<string, PreparedStatement>();
  /** Those whose Parse was sent and not confirmed, in the order of sending. */
  private readonly unconfirmed: PreparedStatement[] = [];

  /** The statement with this text, registered as needed. */
  get(text: string): PreparedStatement {
    const existing = this.byText.get(text);
    if (existing) return existing;
    const isNamed = this.byText.size < MAX_PREPARED;
    // The name depends on the text only, so that a pooler can share prepared statements. PostgreSQL truncates names at 63 bytes.
    const name = isNamed ? `mutual_${createHash('sha256').update(text).digest('hex').slice(0, 40)}` : '';
    const statement = { name, text, sent: false, parsed: false, described: false, columns: [] };
    if (isNamed) this.byText.set(text, statement);
    return statement;
  }

  markSent(statement: PreparedStatement): void {
    statement.sent = true;
    this.unconfirmed.push(statement);
  }

  /** PostgreSQL confirmed the oldest Parse. */
  confirmParse(): void {
    const statement = this.unconfirmed.shift();
    if (statement) statement.parsed = true;
  }

  /** Forgets those that PostgreSQL did not prepare, because a statement before them failed. */
  forgetUnparsed(statements: readonly PreparedStatement[]): void {
    for (const statement of statements) {
      if (statement.parsed) continue;
      this.byText.delete(statement.text);
      const index = this.unconfirmed.indexOf(statement);
      if (index >= 0) this.unconfirmed.splice(index, 1);
    }
  }
}
