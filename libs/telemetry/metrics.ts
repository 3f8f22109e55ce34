import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import type { Histogram, Meter, ObservableResult } from '@opentelemetry/api';
import { MeterProvider, type IMetricReader } from '@opentelemetry/sdk-metrics';
import type { Resource } from '@opentelemetry/resources';
import { CONNECTION_CHANNEL, type ConnectionWaitEvent, type PoolUse } from '#db';
import { watchEventLoop } from './event-loop.js';
import type { RequestCounters } from './request-counters.js';
import type { RequestStatistics } from './request-statistics.js';

/** Bucket boundaries. Durations are in seconds, up to twice the default statement timeout. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const DELAYS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const STATEMENTS = [0, 1, 2, 3, 5, 8, 12, 20, 30, 50, 100];
const ROWS = [0, 1, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000];

/** Values that are read when metrics are collected. */
export interface MetricSources {
  readonly pool: () => PoolUse;
  readonly counters: RequestCounters;
  /** How many requests are in progress. */
  readonly active: () => number;
}

/** The metrics of this process; docs/operating.md describes them. All attributes come from closed lists. */
export class Metrics {
  private readonly provider: MeterProvider;
  private readonly meter: Meter;
  private readonly stops: (() => void)[];
  private readonly duration: Histogram;
  private readonly statements: Histogram;
  private readonly rows: Histogram;

  constructor(resource: Resource, readers: IMetricReader[], sources: MetricSources) {
    this.provider = new MeterProvider({ resource, readers });
    this.meter = this.provider.getMeter('mutual');
    this.duration = this.histogram(
      'mutual.request.duration',
      's',
      DURATIONS,
      'How long operations took, from the first byte of the request to the last of the response.',
    );
    this.statements = this.histogram(
      'mutual.request.statements',
      '{statement}',
      STATEMENTS,
      'SQL statements of an operation, without BEGIN, settings and COMMIT.',
    );
    this.rows = this.histogram(
      'mutual.request.rows',
      '{row}',
      ROWS,
      'Rows that the SQL statements of an operation returned or changed.',
    );
    this.observeRequests(sources);
    this.observeProcess();
    this.stops = [this.observeDatabase(sources), this.observeEventLoop()];
  }

  /** @param seconds from the first byte of the request to the last of the response */
  requestEnded({ operation, code = 'OTHER', statements, rows }: RequestStatistics, seconds: number): void {
    this.statements.record(statements, { operation });
    this.rows.record(rows, { operation });
    this.duration.record(seconds, { operation, code });
  }

  /** Adds a value that is read whenever metrics are collected. */
  gauge(name: string, description: string, unit: string, read: () => number): void {
    this.meter.createObservableGauge(name, { description, unit }).addCallback((result) => {
      result.observe(read());
    });
  }

  /** Adds a count that only rises, read whenever metrics are collected. */
  counter(name: string, description: string, unit: string, read: () => number): void {
    this.meter.createObservableCounter(name, { description, unit }).addCallback((result) => {
      result.observe(read());
    });
  }

  /** Sends what has not been sent. */
  async shutdown(): Promise<void> {
    for (const stop of this.stops) stop();
    await this.provider.shutdown();
  }

  private histogram(
    name: string,
    unit: string,
    explicitBucketBoundaries: number[],
    description: string,
  ): Histogram {
    return this.meter.createHistogram(name, { description, unit, advice: { explicitBucketBoundaries } });
  }

  private observeRequests({ active, counters }: MetricSources): void {
    this.meter
      .createObservableUpDownCounter('mutual.request.active', {
        description: 'Operations in progress.',
        unit: '{request}',
      })
      .addCallback((result) => {
        result.observe(active());
      });
    this.meter
      .createObservableCounter('mutual.background.statements', {
        description: 'SQL statements outside of requests: timers, the outbox.',
        unit: '{statement}',
      })
      .addCallback((result) => {
        result.observe(counters.background);
      });
    this.meter
      .createObservableCounter('mutual.statement.failures', {
        description: 'Failed SQL statements, by SQLSTATE; none for failures without one.',
        unit: '{statement}',
      })
      .addCallback((result) => {
        for (const [code, count] of counters.failures) {
          result.observe(count, { 'db.response.status_code': code });
        }
      });
  }

  private observeDatabase({ pool }: MetricSources): () => void {
    const name = { 'db.client.connection.pool.name': 'serving' };
    const observe = (
      metric: string,
      unit: string,
      description: string,
      value: (result: ObservableResult) => void,
    ): void => {
      this.meter.createObservableUpDownCounter(metric, { description, unit }).addCallback(value);
    };
    observe(
      'db.client.connection.count',
      '{connection}',
      'Database connections, used and idle.',
      (result) => {
        const { used, idle } = pool();
        result.observe(used, { ...name, 'db.client.connection.state': 'used' });
        result.observe(idle, { ...name, 'db.client.connection.state': 'idle' });
      },
    );
    observe('db.client.connection.max', '{connection}', 'The most database connections.', (result) => {
      result.observe(pool().max, name);
    });
    observe(
      'db.client.connection.pending_requests',
      '{request}',
      'Callers that wait for a database connection.',
      (result) => {
        result.observe(pool().waiting, name);
      },
    );
    const wait = this.histogram(
      'db.client.connection.wait_time',
      's',
      DURATIONS,
      'How long callers waited for a database connection.',
    );
    const onConnection = (message: unknown): void => {
      wait.record((message as ConnectionWaitEvent).waited / 1_000, name);
    };
    subscribe(CONNECTION_CHANNEL, onConnection);
    return () => unsubscribe(CONNECTION_CHANNEL, onConnection);
  }

  private observeEventLoop(): () => void {
    const delay = this.histogram(
      'mutual.event_loop.delay',
      's',
      DELAYS,
      'The longest event loop delay of each second.',
    );
    this.meter
      .createObservableCounter('nodejs.eventloop.time', {
        description: 'How long the event loop was active and idle.',
        unit: 's',
      })
      .addCallback((result) => {
        const { active, idle } = performance.eventLoopUtilization();
        result.observe(active / 1_000, { 'nodejs.eventloop.state': 'active' });
        result.observe(idle / 1_000, { 'nodejs.eventloop.state': 'idle' });
      });
    return watchEventLoop((seconds) => {
      delay.record(seconds);
    });
  }

  private observeProcess(): void {
    this.meter
      .createObservableCounter('process.cpu.time', { description: 'CPU time of this process.', unit: 's' })
      .addCallback((result) => {
        const { user, system } = process.cpuUsage();
        result.observe(user / 1e6, { 'cpu.mode': 'user' });
        result.observe(system / 1e6, { 'cpu.mode': 'system' });
      });
    this.meter
      .createObservableUpDownCounter('process.memory.usage', {
        description: 'Memory of this process (resident set).',
        unit: 'By',
      })
      .addCallback((result) => {
        result.observe(process.memoryUsage.rss());
      });
  }
}
