import { channel, subscribe, unsubscribe, type Channel } from 'node:diagnostics_channel';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanContext,
  type Tracer,
} from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  RandomIdGenerator,
  SamplingDecision,
  TracerProvider,
  type Sampler,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import {
  STATEMENT_RESULT_CHANNEL,
  STATEMENT_CHANNEL,
  TRANSACTION_CHANNEL,
  sqlState,
  type StatementEvent,
  type TransactionEvent,
} from '#db';
import type { RequestCounters } from './request-counters.js';
import type { RequestScope, RequestStatistics } from './request-statistics.js';

// What Node's tracing channel is made of.
const transactionStart = channel(`tracing:${TRANSACTION_CHANNEL}:start`) as Channel<
  RequestScope | undefined,
  TransactionEvent
>;
const TRANSACTION_END = `tracing:${TRANSACTION_CHANNEL}:asyncEnd`;

/** The longest text of a statement that a span has. */
const LONGEST_TEXT = 8_000;

/** What is known of a request when it comes. */
export interface TracedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  /** Whose trace this is a part of. */
  readonly parent: SpanContext | undefined;
}

/**
 * Traces: a span for each request, below it one for each transaction, and one for each statement with its text and without its
 * values. A statement that writes is below its transaction; those that read wait together for one, and are beside it.
 * Whether a request is traced is decided when it comes; for the others no span is made.
 */
export class Traces {
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;
  /** Under this, messages keep their span. */
  private readonly span = Symbol('span');

  private readonly sampler: Sampler;
  private readonly ids = new RandomIdGenerator();
  /** Of the trace that begins next. */
  private traceId = '';

  constructor(
    options: { readonly resource: Resource; readonly sampler: Sampler; readonly processor: SpanProcessor },
    private readonly scopes: RequestCounters['scopes'],
  ) {
    this.sampler = options.sampler;
    this.provider = new TracerProvider({
      resource: options.resource,
      // Asked for no span but those of requests that are traced.
      sampler: new AlwaysOnSampler(),
      idGenerator: {
        generateTraceId: () => this.traceId,
        generateSpanId: () => this.ids.generateSpanId(),
      },
      spanProcessors: [options.processor],
      spanLimits: { attributeValueLengthLimit: LONGEST_TEXT },
    });
    this.tracer = this.provider.getTracer('mutual');
  }

  start(): void {
    transactionStart.bindStore(this.scopes, this.enterTransaction);
    subscribe(TRANSACTION_END, this.onTransactionEnd);
    subscribe(STATEMENT_CHANNEL, this.onStatement);
    subscribe(STATEMENT_RESULT_CHANNEL, this.onAnswer);
  }

  /** Gives what is left to whoever it is sent to. */
  async shutdown(): Promise<void> {
    transactionStart.unbindStore(this.scopes);
    unsubscribe(TRANSACTION_END, this.onTransactionEnd);
    unsubscribe(STATEMENT_CHANNEL, this.onStatement);
    unsubscribe(STATEMENT_RESULT_CHANNEL, this.onAnswer);
    await this.provider.shutdown();
  }

  /** @returns undefined when this request is not among those that are traced */
  requestBegan({ requestId, method, route, parent }: TracedRequest): Span | undefined {
    const context = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
    // Decided here and not by asking for a span: one that is not recorded costs half as much as one that is.
    this.traceId = parent?.traceId ?? this.ids.generateTraceId();
    const { decision } = this.sampler.shouldSample(context, this.traceId, '', SpanKind.SERVER, {}, []);
    if (decision !== SamplingDecision.RECORD_AND_SAMPLED) return undefined;
    return this.tracer.startSpan(
      `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': method, 'http.route': route, 'mutual.request_id': requestId },
      },
      context,
    );
  }

  requestEnded(span: Span, statistics: RequestStatistics, status: number | undefined): void {
    const { operation, code = 'OTHER', fields, statements, rows } = statistics;
    span.setAttributes({
      'graphql.operation.type': operation,
      'mutual.fields': fields?.() ?? [],
      'mutual.code': code,
      'mutual.statements': statements,
      'mutual.rows': rows,
      ...(status !== undefined && { 'http.response.status_code': status }),
    });
    if (operation !== 'none') span.updateName(`GraphQL ${operation}`);
    if (code === 'INTERNAL_SERVER_ERROR') span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  /** What happens inside of a transaction belongs below it. */
  private readonly enterTransaction = (kind: TransactionEvent): RequestScope | undefined => {
    const scope = this.scopes.getStore();
    if (scope?.within === undefined) return scope;
    const attributes = { 'db.system.name': 'postgresql', 'mutual.read_only': kind.readOnly };
    const span = this.tracer.startSpan('transaction', { kind: SpanKind.INTERNAL, attributes }, scope.within);
    keep(kind, this.span, span);
    return { statistics: scope.statistics, within: trace.setSpan(scope.within, span) };
  };

  private readonly onTransactionEnd = (message: unknown): void => {
    const span = kept(message as object, this.span);
    if (span === undefined) return;
    const { error } = message as { error?: unknown };
    if (error !== undefined) fail(span, error);
    span.end();
  };

  private readonly onStatement = (message: unknown): void => {
    const within = this.scopes.getStore()?.within;
    if (within === undefined) return;
    const { text } = message as StatementEvent;
    const span = this.tracer.startSpan(
      verb(text),
      {
        kind: SpanKind.CLIENT,
        attributes: {
          'db.system.name': 'postgresql',
          'db.operation.name': verb(text),
          'db.query.text': text,
        },
      },
      within,
    );
    keep(message as object, this.span, span);
  };

  private readonly onAnswer = (message: unknown): void => {
    const span = kept(message as object, this.span);
    if (span === undefined) return;
    const { rows, error } = message as StatementEvent;
    if (rows !== undefined) span.setAttribute('db.response.returned_rows', rows);
    if (error !== undefined) fail(span, error);
    span.end();
  };
}

/** The words of an error quote values: a span has its code alone. */
function fail(span: Span, error: unknown): void {
  const code = sqlState(error);
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (code !== undefined) span.setAttribute('db.response.status_code', code);
}

/** The first word: SELECT, INSERT, COMMIT. */
function verb(text: string): string {
  return (/^[\s(]*([a-z]+)/i.exec(text)?.[1] ?? 'statement').toUpperCase();
}

function keep(message: object, key: symbol, span: Span): void {
  (message as Record<symbol, unknown>)[key] = span;
}

function kept(message: object, key: symbol): Span | undefined {
  return (message as Record<symbol, unknown>)[key] as Span | undefined;
}

/** A place in a trace. */
export function within(span: Span): Context {
  return trace.setSpan(ROOT_CONTEXT, span);
}
