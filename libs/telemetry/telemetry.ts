import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Span, SpanContext } from '@opentelemetry/api';
import { parseTraceParent, setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { PeriodicExportingMetricReader, type IMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { errorForLog } from '#common';
import { Database } from '#db';
import type { OutcomeCode } from '#graphql';
import { Metrics } from './metrics.js';
import { PrometheusEndpoint } from './prometheus.js';
import { RequestCounters } from './request-counters.js';
import {
  EndedSpans,
  newRequestStatistics,
  type RequestScope,
  type RequestStatistics,
} from './request-statistics.js';
import { TELEMETRY_OPTIONS, type OtlpOptions, type TelemetryOptions } from './telemetry.options.js';
import { contextOf, createSampler, Traces, type TracedRequest } from './traces.js';

/** How long sending the rest may take at shutdown, in milliseconds. */
const SHUTDOWN_MS = 3_000;
/** How often a failure to send is logged, in milliseconds. */
const LOG_FAILURE_EVERY_MS = 60_000;

/** A request in progress, as telemetry sees it. */
export interface ObservedRequest {
  readonly scope: RequestScope;
  readonly span: Span | undefined;
  /** The trace that the request belongs to, recorded here or elsewhere. */
  readonly traceId: string | undefined;
}

/**
 * The telemetry of this process: counts for the log, metrics, traces. Only what the settings enable is created; if nothing is enabled,
 * requests are not observed.
 */
@Injectable()
export class Telemetry implements OnModuleInit, OnApplicationShutdown {
  /** Whether requests are observed. */
  readonly isEnabled: boolean;
  private readonly logger = new Logger('Telemetry');
  private readonly counters = new RequestCounters();
  private readonly prometheus: PrometheusEndpoint | undefined;
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
    if (options.prometheus) this.prometheus = new PrometheusEndpoint();
    const readers = [
      ...(this.prometheus ? [this.prometheus.reader] : []),
      ...(otlp?.metrics ? [createMetricReader(otlp)] : []),
    ];
    if (readers.length > 0) {
      this.metrics = new Metrics(resource, readers, {
        pool: () => database.poolUse,
        counters: this.counters,
        active: () => this.active,
      });
    }
    if (otlp?.traces) {
      const sampler = createSampler(otlp.sampler, otlp.ratio);
      this.traces = new Traces(
        { resource, sampler, processor: createSpanProcessor(otlp) },
        this.counters.scopes,
      );
    }
    this.isEnabled = options.forLog || this.metrics !== undefined || this.traces !== undefined;
  }

  onModuleInit(): void {
    if (!this.isEnabled) return;
    this.counters.start();
    this.traces?.start();
    if (this.metrics ?? this.traces) setGlobalErrorHandler(this.createErrorHandler());
  }

  /** Starts to serve metrics to Prometheus, if enabled. @throws Error with a code of the operating system, such as EADDRINUSE */
  async listen(host: string, port: number): Promise<void> {
    await this.prometheus?.listen(host, port);
  }

  /** Adds a metric of this process, read whenever metrics are collected. */
  gauge(name: string, description: string, unit: string, read: () => number): void {
    this.metrics?.gauge(name, description, unit, read);
  }

  /** Adds a count of this process that only rises, read whenever metrics are collected. */
  counter(name: string, description: string, unit: string, read: () => number): void {
    this.metrics?.counter(name, description, unit, read);
  }

  /** A request has arrived. @param traceparent the header as it was sent: https://www.w3.org/TR/trace-context/ */
  begin(request: Omit<TracedRequest, 'parent'>, traceparent: string | undefined): ObservedRequest {
    this.active += 1;
    const parent = parseParent(traceparent);
    const span = this.traces?.requestBegan({ ...request, parent });
    const scope = {
      statistics: newRequestStatistics(),
      parent: span && contextOf(span),
      spans: span && new EndedSpans(),
    };
    return { scope, span, traceId: span?.spanContext().traceId ?? parent?.traceId };
  }

  /** Runs `work` as a part of the request. */
  run(observed: ObservedRequest, work: () => void): void {
    this.counters.scopes.run(observed.scope, work);
  }

  /**
   * The response was sent; without a status, the client has disconnected.
   *
   * @param ms since the request arrived
   */
  end(observed: ObservedRequest, status: number | undefined, ms: number): RequestStatistics {
    const { statistics } = observed.scope;
    this.active -= 1;
    if (status === undefined) statistics.code = 'ABANDONED';
    else statistics.code ??= codeOfStatus(status);
    if (statistics.isUntraceable) {
      observed.scope.spans?.discard();
      return statistics;
    }
    this.metrics?.requestEnded(statistics, ms / 1_000);
    if (observed.span) this.traces?.requestEnded(observed.span, statistics, status);
    observed.scope.spans?.release();
    return statistics;
  }

  /** Sends what has not been sent, for a few seconds at most. */
  async onApplicationShutdown(): Promise<void> {
    this.counters.stop();
    const sent = Promise.allSettled([
      this.metrics?.shutdown(),
      this.traces?.shutdown(),
      this.prometheus?.close(),
    ]);
    await Promise.race([sent, new Promise((done) => setTimeout(done, SHUTDOWN_MS).unref())]);
  }

  /** Logs from time to time that data could not be sent. It is dropped; requests never wait for it. */
  private createErrorHandler(): (error: unknown) => void {
    let last = -Infinity;
    return (error) => {
      if (performance.now() - last < LOG_FAILURE_EVERY_MS) return;
      last = performance.now();
      this.logger.warn({ message: 'telemetry cannot be sent', ...errorForLog(error), stack: undefined });
    };
  }
}

function createMetricReader({ endpoint, headers, metricsEveryMs }: OtlpOptions): IMetricReader {
  return new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: signalUrl(endpoint, 'v1/metrics'), headers }),
    exportIntervalMillis: metricsEveryMs,
  });
}

function createSpanProcessor({ endpoint, headers }: OtlpOptions): BatchSpanProcessor {
  return new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url: signalUrl(endpoint, 'v1/traces'), headers }),
  });
}

function signalUrl(endpoint: string, path: string): string {
  return `${endpoint.replace(/\/+$/, '')}/${path}`;
}

/** The parent span in another process. tracestate and baggage are ignored: they could contain anything. */
function parseParent(traceparent: string | undefined): SpanContext | undefined {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parent === null ? undefined : { ...parent, isRemote: true };
}

/** The code of a request that did not become an operation. */
function codeOfStatus(status: number): OutcomeCode {
  if (status < 400) return 'OK';
  if (status === 503) return 'UNAVAILABLE';
  if (status >= 500) return 'INTERNAL_SERVER_ERROR';
  if (status === 413) return 'TOO_COMPLEX';
  return status === 429 ? 'RATE_LIMITED' : 'BAD_REQUEST';
}
