import type { QueryResult } from './driver/statement.js';
import type { Sql } from './sql.js';

/**
 * The last statement of a write: `work` returns it instead of sending it, and it is sent together with COMMIT, which saves a message.
 * It returns one row, which is the result. `work` has ended before it is sent, so nothing of the work can fail after the commit.
 */
export class LastStatement<T> {
  /** @param known properties of the result that are already known */
  constructor(
    readonly query: Sql,
    private readonly known: Partial<NoInfer<T>>,
  ) {}

  complete({ rows: [row] }: QueryResult): T {
    return { ...row, ...this.known } as T;
  }
}
