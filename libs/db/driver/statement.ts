import utils from 'pg/lib/utils.js';

/** A statement with the values of `$1`, `$2`, …. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A statement whose values are encoded as PostgreSQL reads them. */
export interface EncodedStatement extends Statement {
  readonly values: readonly (string | Buffer | null)[];
}

/** @throws Error for a value that cannot be encoded, such as an object that contains itself */
export function encodeStatement({ text, values }: Statement): EncodedStatement {
  return { text, values: values.map((value) => utils.prepareValue(value)) };
}

/** A statement and the promise that its result settles. */
export interface PendingStatement extends EncodedStatement {
  readonly resolve: (result: QueryResult) => void;
  readonly reject: (error: unknown) => void;
}

/** What PostgreSQL returned for one statement. */
export interface QueryResult {
  /** Keyed by the names of the SELECT or RETURNING list; values as the connection's type parsers decode them. */
  readonly rows: Record<string, unknown>[];
  /** The command tag: SELECT, UPDATE, COMMIT, … */
  readonly command: string;
  /** Rows returned or changed; null for commands that count none. */
  readonly count: number | null;
}

/** How one statement of a pipeline ended. */
export type StatementOutcome = { readonly result: QueryResult } | { readonly error: unknown };

/** The result; undefined if the statement failed or did not run. */
export function resultOf(outcome: StatementOutcome | undefined): QueryResult | undefined {
  return outcome !== undefined && 'result' in outcome ? outcome.result : undefined;
}

/** The error; undefined if the statement succeeded or did not run. */
export function errorOf(outcome: StatementOutcome | undefined): unknown {
  return outcome !== undefined && 'error' in outcome ? outcome.error : undefined;
}
