import type { Context } from '@opentelemetry/api';
import type { OperationOutcome, OutcomeCode } from '#graphql';

/**
 * What is counted for one request. It contains no personal data: operation types, codes of a closed list, names of the schema and
 * numbers.
 */
export interface RequestStatistics {
  operation: OperationOutcome['operation'];
  /** How the request ended; ABANDONED if the client disconnected before the response; undefined until then. */
  code: OutcomeCode | 'ABANDONED' | undefined;
  /** The requested fields of Query or Mutation. */
  fields: (() => string[]) | undefined;
  /** SQL statements, without BEGIN, settings and COMMIT. */
  statements: number;
  /** Rows that the statements returned or changed. */
  rows: number;
}

/** The request, and the span, that code runs for. Carried by the asynchronous context. */
export interface RequestScope {
  readonly statistics: RequestStatistics;
  /** The parent of spans that start here; undefined unless the request is traced. */
  readonly parent: Context | undefined;
}

export function newRequestStatistics(): RequestStatistics {
  return { operation: 'none', code: undefined, fields: undefined, statements: 0, rows: 0 };
}
