import type { Context } from '@opentelemetry/api';
import type { OperationOutcome, OutcomeCode } from '#graphql';

/**
 * What is counted of one request. Nothing in it is a client's word, a row's value or who asked: kinds, codes of a closed list,
 * names of the schema and numbers.
 */
export interface RequestStatistics {
  operation: OperationOutcome['operation'];
  /** How it ended, ABANDONED where the client left before the answer; undefined until it has. */
  code: OutcomeCode | 'ABANDONED' | undefined;
  /** The fields of Query or Mutation that were asked for. */
  fields: (() => string[]) | undefined;
  /** SQL statements that were sent, without what transactions themselves need. */
  statements: number;
  /** Rows that those gave or changed. */
  rows: number;
}

/** Where in a request something happens: goes with its asynchronous context. */
export interface RequestScope {
  readonly statistics: RequestStatistics;
  /** What spans of what happens here hang under; undefined unless the request is traced. */
  readonly within: Context | undefined;
}

export function newRequestStatistics(): RequestStatistics {
  return { operation: 'none', code: undefined, fields: undefined, statements: 0, rows: 0 };
}
