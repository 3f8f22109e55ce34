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
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import {
  STATEMENT_CHANNEL,
  STATEMENT_RESULT_CHANNEL,
  TRANSACTION_CHANNEL,
  sqlState,
  type StatementEvent,
  type TransactionEvent,
} from '#db';
import type { RequestCounters } from './request-counters.js';
import type { EndedSpans, RequestScope, RequestStatistics } from './request-statistics.js';
import type { SamplerName } from './telemetry.options.js';

// The channels that Node's tracing channel consists of.
const transactionStart = channel(`tracing:${TRANSACTION_CHANNEL}:start`) as Channel<
  RequestScope | undefined,
  TransactionEvent
>;
const TRANSACTION_END = `tracing:${TRANSACTION_CHANNEL}:asyncEnd`;

/** Longer attribute values, such as SQL texts, are truncated. */
const MAX_ATTRIBUTE_LENGTH = 8_000;

/** A span of a transaction or statement, and the ended spans of its request. */
interface SpanOfRequest {
  readonly span: Span;
  readonly ended: EndedSpans | undefined;
}

/** A request when it arrives. */
export interface TracedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  /** From the traceparent header. */
  readonly parent: SpanContext | undefined;
}

/**
 * Traces: a span for each request, with a child span for each transaction and for each statement, which has the statement's text but
 * not its values. Statements that write are children of their transaction. Reads share transactions, so their spans are siblings of
 * the transaction's. Requests that are not sampled have no span.
 */
export class Traces {
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;
  /** The spans of statements and transactions in progress, by their event. */
  private readonly spans = new WeakMap<object, SpanOfRequest>();

  constructor(
    options: { readonly resource: Resource; readonly sampler: Sampler; readonly processor: SpanProcessor },
    private readonly scopes: RequestCounters['scopes'],
  ) {
    this.provider = new TracerProvider({
      resource: options.resource,
      sampler: options.sampler,
      spanProcessors: [options.processor],
      spanLimits: { attributeValueLengthLimit: MAX_ATTRIBUTE_LENGTH },
    });
    this.tracer = this.provider.getTracer('mutual');
  }

  start(): void {
    transactionStart.bindStore(this.scopes, this.onTransactionStart);
    subscribe(TRANSACTION_END, this.onTransactionEnd);
    subscribe(STATEMENT_CHANNEL, this.onStatement);
    subscribe(STATEMENT_RESULT_CHANNEL, this.onResult);
  }

  /** Sends what has not been sent. */
  async shutdown(): Promise<void> {
    transactionStart.unbindStore(this.scopes);
    unsubscribe(TRANSACTION_END, this.onTransactionEnd);
    unsubscribe(STATEMENT_CHANNEL, this.onStatement);
    unsubscribe(STATEMENT_RESULT_CHANNEL, this.onResult);
    await this.provider.shutdown();
  }

  /** @returns undefined if the request is not sampled */
  requestBegan({ requestId, method, route, parent }: TracedRequest): Span | undefined {
    const span = this.tracer.startSpan(
      `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': method, 'http.route': route, 'mutual.request_id': requestId },
      },
      parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent),
    );
    return span.isRecording() ? span : undefined;
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

  /** Makes the transaction's span the parent of what happens in it. */
  private readonly onTransactionStart = (event: TransactionEvent): RequestScope | undefined => {
    const scope = this.scopes.getStore();
    if (scope?.parent === undefined) return scope;
    const attributes = { 'db.system.name': 'postgresql', 'mutual.read_only': event.readOnly };
    const span = this.tracer.startSpan('transaction', { kind: SpanKind.INTERNAL, attributes }, scope.parent);
    this.spans.set(event, { span, ended: scope.spans });
    return { ...scope, parent: trace.setSpan(scope.parent, span) };
  };

  private readonly onTransactionEnd = (message: unknown): void => {
    const of = this.spans.get(message as TransactionEvent);
    if (of === undefined) return;
    const { error } = message as { error?: unknown };
    if (error !== undefined) setFailed(of.span, error);
    end(of);
  };

  private readonly onStatement = (message: unknown): void => {
    const { parent, spans: ended } = this.scopes.getStore() ?? {};
    if (parent === undefined) return;
    const { text } = message as StatementEvent;
    const command = commandOf(text);
    const attributes = {
      'db.system.name': 'postgresql',
      'db.operation.name': command,
      'db.query.text': text,
    };
    const span = this.tracer.startSpan(command, { kind: SpanKind.CLIENT, attributes }, parent);
    this.spans.set(message as StatementEvent, { span, ended });
  };

  private readonly onResult = (message: unknown): void => {
    const of = this.spans.get(message as StatementEvent);
    if (of === undefined) return;
    const { rows, error } = message as StatementEvent;
    if (rows !== undefined) of.span.setAttribute('db.response.returned_rows', rows);
    if (error !== undefined) setFailed(of.span, error);
    end(of);
  };
}

function end({ span, ended }: SpanOfRequest): void {
  if (ended) ended.end(span);
  else span.end();
}

/** Records the SQLSTATE only, because error messages quote values. */
function setFailed(span: Span, error: unknown): void {
  const code = sqlState(error);
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (code !== undefined) span.setAttribute('db.response.status_code', code);
}

/** The first word of a statement: SELECT, INSERT, COMMIT. */
function commandOf(text: string): string {
  return (/^[\s(]*([a-z]+)/i.exec(text)?.[1] ?? 'statement').toUpperCase();
}

/** The context in which `span` is the parent. */
export function contextOf(span: Span): Context {
  return trace.setSpan(ROOT_CONTEXT, span);
}

/** @param ratio the share of requests that the ratio-based samplers trace, 0 to 1 */
export function createSampler(name: SamplerName, ratio: number): Sampler {
  switch (name) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
  }
}
