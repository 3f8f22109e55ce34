import type { EncodedStatement, QueryResult } from './statement.js';

interface Prefetched {
  readonly statement: EncodedStatement;
  readonly result: Promise<QueryResult>;
}

/**
 * The reads of one viewer in one request. Statements that the operation will probably need are sent early, together with others;
 * a later query for exactly the same statement takes that result, once. A result that nobody takes has no effect: it was only
 * read, under the viewer's policies.
 */
export class PrefetchCache {
  /** The statements queried so far, in order; prefetched ones count when they are taken. */
  readonly queried: EncodedStatement[] = [];
  /** Called with each result before the caller gets it. */
  onResult: ((statement: EncodedStatement, result: QueryResult) => void) | undefined;
  private readonly prefetched: Prefetched[] = [];

  constructor(private readonly send: (statement: EncodedStatement) => Promise<QueryResult>) {}

  /** Prefetched statements that have not been queried. */
  get unused(): readonly EncodedStatement[] {
    return this.prefetched.map(({ statement }) => statement);
  }

  prefetch(statement: EncodedStatement): void {
    if ([...this.queried, ...this.unused].some((other) => isSame(other, statement))) return;
    const result = this.observe(statement);
    // A failure belongs to the query that takes the result; there may be none.
    result.catch(() => undefined);
    this.prefetched.push({ statement, result });
  }

  /** @throws as ReadBatcher.query */
  query(statement: EncodedStatement): Promise<QueryResult> {
    const index = this.prefetched.findIndex((each) => isSame(each.statement, statement));
    const [found] = index < 0 ? [] : this.prefetched.splice(index, 1);
    this.queried.push(found?.statement ?? statement);
    return found?.result ?? this.observe(statement);
  }

  private observe(statement: EncodedStatement): Promise<QueryResult> {
    const result = this.send(statement);
    const { onResult } = this;
    if (onResult === undefined) return result;
    return result.then((received) => {
      onResult(statement, received);
      return received;
    });
  }
}

function isSame(one: EncodedStatement, other: EncodedStatement): boolean {
  return one.text === other.text && one.values.every((value, index) => value === other.values[index]);
}
