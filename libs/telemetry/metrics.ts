import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import type { Meter, ObservableResult } from '@opentelemetry/api';
import { MeterProvider, type IMetricReader, type MetricProducer } from '@opentelemetry/sdk-metrics';
import type { Resource } from '@opentelemetry/resources';
import { CONNECTION_CHANNEL, type ConnectionWaitEvent, type PoolUse } from '#db';
import type { RequestCounters } from './request-counters.js';
import { watchEventLoop } from './event-loop.js';
import { Histograms, type Series } from './histogram.js';
import type { RequestStatistics } from './request-statistics.js';

/** In seconds: from what is answered out of memory to what the statement timeout ends. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const DELAYS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const STATEMENTS = [0, 1, 2, 3, 5, 8, 12, 20, 30, 50, 100];
const ROWS = [0, 1, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000];

/** What is read when metrics are read. */
export interface Sources {
  readonly pool: () => PoolUse;
  readonly counters: RequestCounters;
  /** How many requests are being answered. */
  readonly active: () => number;
}

/** The metrics of this process; docs/operating.md says what each means. Their attributes are of closed lists. */
export class Metrics {
  private readonly provider: MeterProvider;
  private readonly meter: Meter;
  private readonly stops: (() => void)[] = [];
  private readonly record: (statistics: RequestStatistics, seconds: number) => void;

  /** @param readersOf makes those who read: of OpenTelemetry's own instruments, and of this beside them */
  constructor(resource: Resource, readersOf: (beside: MetricProducer) => IMetricReader[], sources: Sources) {
    const histograms = new Histograms();
    this.provider = new MeterProvider({ resource, readers: readersOf(histograms) });
    const meter = this.provider.getMeter('mutual');
    this.meter = meter;
    this.record = requests(meter, histograms, sources);
    this.stops.push(...database(meter, histograms, sources), eventLoop(meter, histograms));
    ofProcess(meter);
  }

  /** @param seconds from the first byte of the request to the last of the answer */
  requestEnded(statistics: RequestStatistics, seconds: number): void {
    this.record(statistics, seconds);
  }

  /** A value of this process's own, read whenever the metrics are. */
  gauge(name: string, description: string, unit: string, read: () => number): void {
    this.meter.createObservableGauge(name, { description, unit }).addCallback((result) => {
      result.observe(read());
    });
  }

  /** Gives what is left to whoever it is sent to. */
  async shutdown(): Promise<void> {
    for (const stop of this.stops) stop();
    await this.provider.shutdown();
  }
}

function requests(
  meter: Meter,
  histograms: Histograms,
  { active }: Sources,
): (statistics: RequestStatistics, seconds: number) => void {
  const duration = histograms.make(
    {
      name: 'mutual.request.duration',
      description: 'How long operations took, from the first byte of the request to the last of the answer.',
      unit: 's',
    },
    DURATIONS,
  );
  const statements = histograms.make(
    {
      name: 'mutual.request.statements',
      description: 'SQL statements of an operation, without what transactions themselves need.',
      unit: '{statement}',
    },
    STATEMENTS,
  );
  const rows = histograms.make(
    {
      name: 'mutual.request.rows',
      description: 'Rows that the SQL statements of an operation gave or changed.',
      unit: '{row}',
    },
    ROWS,
  );
  meter
    .createObservableUpDownCounter('mutual.request.active', {
      description: 'Operations that are being answered.',
      unit: '{request}',
    })
    .addCallback((result) => {
      result.observe(active());
    });

  interface OfOperation {
    readonly statements: Series;
    readonly rows: Series;
    readonly durations: Map<string, Series>;
  }
  // Both are of closed lists, so there is an end to them.
  const known = new Map<string, OfOperation>();
  const ofOperation = (operation: string): OfOperation => {
    const made = {
      statements: statements.of({ operation }),
      rows: rows.of({ operation }),
      durations: new Map<string, Series>(),
    };
    known.set(operation, made);
    return made;
  };
  const ofCode = (operation: string, code: string, durations: Map<string, Series>): Series => {
    const made = duration.of({ operation, code });
    durations.set(code, made);
    return made;
  };
  return (statistics, seconds) => {
    const { operation, code = 'OTHER' } = statistics;
    const series = known.get(operation) ?? ofOperation(operation);
    series.statements.record(statistics.statements);
    series.rows.record(statistics.rows);
    (series.durations.get(code) ?? ofCode(operation, code, series.durations)).record(seconds);
  };
}

function database(meter: Meter, histograms: Histograms, { pool, counters }: Sources): (() => void)[] {
  const name = { 'db.client.connection.pool.name': 'serving' };
  const observe = (what: string, description: string, value: (result: ObservableResult) => void): void => {
    const unit = what.endsWith('pending_requests') ? '{request}' : '{connection}';
    meter.createObservableUpDownCounter(what, { description, unit }).addCallback(value);
  };
  observe('db.client.connection.count', 'Connections to the database, in use and idle.', (result) => {
    const { used, idle } = pool();
    result.observe(used, { ...name, 'db.client.connection.state': 'used' });
    result.observe(idle, { ...name, 'db.client.connection.state': 'idle' });
  });
  observe('db.client.connection.max', 'Connections to the database that there may be at most.', (result) => {
    result.observe(pool().max, name);
  });
  observe('db.client.connection.pending_requests', 'How many wait for a connection.', (result) => {
    result.observe(pool().waiting, name);
  });
  meter
    .createObservableCounter('mutual.background.statements', {
      description: 'SQL statements of no request: timers, the outbox.',
      unit: '{statement}',
    })
    .addCallback((result) => {
      result.observe(counters.background);
    });
  meter
    .createObservableCounter('mutual.statement.failures', {
      description: 'SQL statements that failed, by the code of PostgreSQL; none where it gave none.',
      unit: '{statement}',
    })
    .addCallback((result) => {
      for (const [code, count] of counters.failures) {
        result.observe(count, { 'db.response.status_code': code });
      }
    });

  const wait = histograms
    .make(
      {
        name: 'db.client.connection.wait_time',
        description: 'How long work waited for a connection to the database.',
        unit: 's',
      },
      DURATIONS,
    )
    .of(name);
  const onConnection = (message: unknown): void => {
    wait.record((message as ConnectionWaitEvent).waited / 1_000);
  };
  subscribe(CONNECTION_CHANNEL, onConnection);
  return [() => unsubscribe(CONNECTION_CHANNEL, onConnection)];
}

function eventLoop(meter: Meter, histograms: Histograms): () => void {
  const delay = histograms
    .make(
      {
        name: 'mutual.event_loop.delay',
        description: 'The longest that the event loop kept something waiting, for each second.',
        unit: 's',
      },
      DELAYS,
    )
    .of({});
  meter
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

function ofProcess(meter: Meter): void {
  meter
    .createObservableCounter('process.cpu.time', { description: 'CPU time of this process.', unit: 's' })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe(user / 1e6, { 'cpu.mode': 'user' });
      result.observe(system / 1e6, { 'cpu.mode': 'system' });
    });
  meter
    .createObservableUpDownCounter('process.memory.usage', {
      description: 'Memory of this process (resident set).',
      unit: 'By',
    })
    .addCallback((result) => {
      result.observe(process.memoryUsage.rss());
    });
}
