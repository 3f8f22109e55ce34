import type { Context, Span } from '@opentelemetry/api';
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
  /** Whether nothing of this request is recorded: no log line, no metrics, no spans. */
  isUntraceable: boolean;
}

/** The request, and the span, that code runs for. Carried by the asynchronous context. */
export interface RequestScope {
  readonly statistics: RequestStatistics;
  /** The parent of spans that start here; undefined unless the request is traced. */
  readonly parent: Context | undefined;
  /** The spans that have ended; undefined unless the request is traced. */
  readonly spans: EndedSpans | undefined;
}

/**
 * The spans of a request that have ended. They are given to the exporter when the request ends, or never: the spans of an untraceable
 * request would be exported without their root, which tells it apart.
 */
export class EndedSpans {
  private waiting: { readonly span: Span; readonly at: number }[] | undefined = [];
  private isDiscarded = false;

  end(span: Span): void {
    const at = performance.now();
    if (this.waiting) this.waiting.push({ span, at });
    else if (!this.isDiscarded) span.end(at);
  }

  /** The request has ended. Spans that end later are exported at once. */
  release(): void {
    for (const { span, at } of this.waiting ?? []) span.end(at);
    this.waiting = undefined;
  }

  discard(): void {
    this.waiting = undefined;
    this.isDiscarded = true;
  }
}

export function newRequestStatistics(): RequestStatistics {
  return {
    operation: 'none',
    code: undefined,
    fields: undefined,
    statements: 0,
    rows: 0,
    isUntraceable: false,
  };
}
