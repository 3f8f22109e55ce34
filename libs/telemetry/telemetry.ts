import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Span, SpanContext } from '@opentelemetry/api';
import { parseTraceParent, setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  PeriodicExportingMetricReader,
  type IMetricReader,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { Database } from '#db';
import { errorForLog } from '#common';
import type { OutcomeCode } from '#graphql';
import { RequestCounters } from './request-counters.js';
import { Metrics } from './metrics.js';
import { PrometheusEndpoint } from './prometheus.js';
import { samplerOf } from './samplers.js';
import { newRequestStatistics, type RequestScope, type RequestStatistics } from './request-statistics.js';
import { TELEMETRY_OPTIONS, type OtlpOptions, type TelemetryOptions } from './telemetry.options.js';
import { Traces, within, type TracedRequest } from './traces.js';

/** How long what is left may take to be sent when the process ends, in milliseconds. */
const LAST_WORDS_MS = 3_000;
/** How often it is said that something cannot be sent, in milliseconds. */
const TROUBLE_EVERY_MS = 60_000;

/** A request on its way, as telemetry sees it. */
export interface ObservedRequest {
  readonly scope: RequestScope;
  readonly span: Span | undefined;
  /** The number of the trace that this request is a part of, here or elsewhere. */
  readonly traceId: string | undefined;
}

/**
 * What this process tells of itself: counts for the log, metrics, traces. Only what is asked for is made; with none of it nobody
 * listens to anything, and requests are not looked at.
 */
@Injectable()
export class Telemetry implements OnModuleInit, OnApplicationShutdown {
  /** Whether requests are looked at. */
  readonly on: boolean;
  private readonly logger = new Logger('Telemetry');
  private readonly counters = new RequestCounters();
  private prometheus: PrometheusEndpoint | undefined;
  private readonly metrics: Metrics | undefined;
  private readonly traces: Traces | undefined;
  private active = 0;

  constructor(@Inject(TELEMETRY_OPTIONS) options: TelemetryOptions, database: Database) {
    const { otlp } = options;
    const resource = defaultResource().merge(
      resourceFromAttributes({
        'service.instance.id': randomUUID(),
        ...options.resourceAttributes,
        'service.name': options.serviceName,
      }),
    );
    if (options.prometheus || otlp?.metrics) {
      const readersOf = (beside: MetricProducer): IMetricReader[] => {
        if (options.prometheus) this.prometheus = new PrometheusEndpoint(beside);
        return [
          ...(this.prometheus ? [this.prometheus.reader] : []),
          ...(otlp?.metrics ? [sentMetrics(otlp, beside)] : []),
        ];
      };
      this.metrics = new Metrics(resource, readersOf, {
        pool: () => database.poolUse,
        counters: this.counters,
        active: () => this.active,
      });
    }
    if (otlp?.traces) {
      this.traces = new Traces(
        { resource, sampler: samplerOf(otlp.sampler, otlp.ratio), processor: sentSpans(otlp) },
        this.counters.scopes,
      );
    }
    this.on = options.forLog || this.metrics !== undefined || this.traces !== undefined;
  }

  onModuleInit(): void {
    if (!this.on) return;
    this.counters.start();
    this.traces?.start();
    if (this.metrics ?? this.traces) setGlobalErrorHandler(this.trouble());
  }

  /** Begins to give metrics to Prometheus, where it is to. @throws Error with the code of the operating system (EADDRINUSE) */
  async listen(host: string, port: number): Promise<void> {
    await this.prometheus?.listen(host, port);
  }

  /** A metric of this process's own, read whenever the metrics are. */
  gauge(name: string, description: string, unit: string, read: () => number): void {
    this.metrics?.gauge(name, description, unit, read);
  }

  /** A request has come. @param traceparent the header as it was sent: https://www.w3.org/TR/trace-context/ */
  begin(request: Omit<TracedRequest, 'parent'>, traceparent: string | undefined): ObservedRequest {
    this.active += 1;
    const parent = remote(traceparent);
    const span = this.traces?.requestBegan({ ...request, parent });
    const scope = { statistics: newRequestStatistics(), within: span && within(span) };
    return { scope, span, traceId: span?.spanContext().traceId ?? parent?.traceId };
  }

  /** Does what belongs to the request. */
  around(observed: ObservedRequest, work: () => void): void {
    this.counters.scopes.run(observed.scope, work);
  }

  /**
   * The answer has left, or, without a status, nobody is there to get it.
   *
   * @param ms since the request came
   */
  end(observed: ObservedRequest, status: number | undefined, ms: number): RequestStatistics {
    const { statistics } = observed.scope;
    this.active -= 1;
    if (status === undefined) statistics.code = 'ABANDONED';
    else statistics.code ??= codeOfStatus(status);
    this.metrics?.requestEnded(statistics, ms / 1_000);
    if (observed.span) this.traces?.requestEnded(observed.span, statistics, status);
    return statistics;
  }

  /** Sends what is left, for some seconds at most. */
  async onApplicationShutdown(): Promise<void> {
    this.counters.stop();
    const said = Promise.allSettled([
      this.metrics?.shutdown(),
      this.traces?.shutdown(),
      this.prometheus?.close(),
    ]);
    await Promise.race([said, new Promise((done) => setTimeout(done, LAST_WORDS_MS).unref())]);
  }

  /** What cannot be sent is said from time to time, and is lost: requests never wait for it. */
  private trouble(): (error: unknown) => void {
    let last = -Infinity;
    return (error) => {
      if (performance.now() - last < TROUBLE_EVERY_MS) return;
      last = performance.now();
      this.logger.warn({
        message: 'what was measured cannot be sent',
        ...errorForLog(error),
        stack: undefined,
      });
    };
  }
}

function sentMetrics(
  { endpoint, headers, metricsEveryMs }: OtlpOptions,
  beside: MetricProducer,
): IMetricReader {
  return new PeriodicExportingMetricReader({
    metricProducers: [beside],
    exporter: new OTLPMetricExporter({ url: address(endpoint, 'v1/metrics'), headers }),
    exportIntervalMillis: metricsEveryMs,
  });
}

function sentSpans({ endpoint, headers }: OtlpOptions): BatchSpanProcessor {
  return new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url: address(endpoint, 'v1/traces'), headers }),
  });
}

function address(endpoint: string, path: string): string {
  return `${endpoint.replace(/\/+$/, '')}/${path}`;
}

/**
 * Whose trace a request is a part of. Of what may be sent along (tracestate, baggage) nothing is taken: those are words of
 * clients.
 */
function remote(traceparent: string | undefined): SpanContext | undefined {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parent === null ? undefined : { ...parent, isRemote: true };
}

/** How a request ended that never became an operation. */
function codeOfStatus(status: number): OutcomeCode {
  if (status < 400) return 'OK';
  if (status === 503) return 'UNAVAILABLE';
  if (status >= 500) return 'INTERNAL_SERVER_ERROR';
  if (status === 413) return 'TOO_COMPLEX';
  return status === 429 ? 'RATE_LIMITED' : 'BAD_REQUEST';
}
