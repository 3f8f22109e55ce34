/**
 * npm run bench -- --instruments: what logs, metrics and traces cost. Several processes of the product over the same database, each
 * with different telemetry. Differences are small and machines are noisy: short measurements in turns, many rounds, each compared with
 * the process without telemetry in the same round; a second process without telemetry shows the noise.
 *
 *   --quick           less time
 *   --folder FOLDER   keeps the database there, and uses it again the next time
 *   --rounds N --seconds N
 */
import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { freePort } from '../scripts/ports.mjs';
import { questions, type Caller, type Question } from './contestant.ts';
import { product } from './contestants/product/index.ts';
import { forgetAdded } from './data.ts';
import { makeDatabase, readCallers, startCluster, type DatabaseUrls } from './database.ts';
import { load, requestOf } from './load.ts';
import { DatabaseMeter, cpuOf } from './measure.ts';
import { median, shown } from './numbers.ts';
import { pin, pins } from './pinning.ts';
import { aligned } from './report.ts';
import { startServer, type Server } from './server.ts';

const CONNECTIONS = 16;
const PEOPLE = 4_000;
/** Metrics are read once per this many measurements: about every five seconds of load, more often than usual. */
const READ_EVERY = 10;
const FULL = { rounds: 40, seconds: 0.5, warmUp: 6 };
const QUICK = { rounds: 12, seconds: 0.4, warmUp: 3 };

export interface InstrumentsOptions {
  readonly quick: boolean;
  readonly folder: string | undefined;
  readonly rounds: number | undefined;
  readonly seconds: number | undefined;
}

/** The variants, compared with the first, which has no telemetry. */
const variants = [
  { name: 'nothing', about: 'LOG_LEVEL=warn' },
  { name: 'nothing again', about: 'the same: what is not 0 here is chance' },
  { name: 'log', about: 'a line a request, with what it cost' },
  { name: 'log and metrics', about: 'and METRICS_PORT, read now and then' },
  {
    name: 'log, metrics, 5 % of traces',
    about: 'and both sent by OTLP, with the sampler that is the default',
  },
  { name: 'log, metrics, all traces', about: 'with OTEL_TRACES_SAMPLER=always_on' },
] as const;
/** What docs/operating.md recommends for production. */
const RECOMMENDED = 'log and metrics';

type VariantName = (typeof variants)[number]['name'];

interface Running {
  readonly name: VariantName;
  readonly server: Server;
  readonly metricsPort: number;
}

interface Stretch {
  readonly round: number;
  readonly variant: VariantName;
  readonly question: Question;
  /** Responses per second. */
  readonly rate: number;
  /** Of the server's process, in milliseconds a request; NaN where it is unknown. */
  readonly cpu: number;
}

export async function instruments({ quick, folder, ...asked }: InstrumentsOptions): Promise<void> {
  const size = quick ? QUICK : FULL;
  const rounds = asked.rounds ?? size.rounds;
  const seconds = asked.seconds ?? size.seconds;
  const cluster = await startCluster(folder);
  try {
    const urls = await makeDatabase(cluster, 'instruments', { people: PEOPLE });
    const stretches = await measure(urls, { rounds, seconds, warmUp: size.warmUp });
    console.log(`\n${describe(stretches)}`);
    if (!pins)
      console.log('Processes could not be pinned to cores; differences this small are not significant.');
    const costs = questions.map((question) => {
      const { cpu, rate } = cost(stretches, RECOMMENDED, question);
      return `${question} ${percent(Number.isNaN(cpu) ? rate : cpu)}`;
    });
    console.log(`instruments cost ${costs.join(' ')}`);
  } finally {
    await cluster.stop();
  }
}

async function measure(
  urls: DatabaseUrls,
  { rounds, seconds, warmUp }: { rounds: number; seconds: number; warmUp: number },
): Promise<Stretch[]> {
  const callers = await readCallers(urls.owner);
  const meter = await DatabaseMeter.open(urls.owner);
  const collector = await startCollector();
  const running: Running[] = [];
  try {
    meter.pin('others');
    pin(process.pid, 'others');
    const [first] = callers.Q2;
    if (first === undefined) throw new Error('Nobody asks.');
    for (const { name } of variants) {
      const metricsPort = await freePort();
      const server = await startServer(
        product,
        urls.serving,
        first,
        environment(name, metricsPort, collector),
      );
      running.push({ name, server, metricsPort });
    }
    meter.pin('others');
    const stretches: Stretch[] = [];
    // Of each as much as of the others: the code of one that is asked more is compiled better.
    for (let round = 1 - warmUp; round <= rounds; round++) {
      for (const question of questions) {
        for (const index of running.keys()) {
          const one = running[(index + round + warmUp) % running.length];
          if (one === undefined) continue;
          const stretch = await stretchOf(meter, one, question, callers[question], { round, seconds });
          if (round > 0) stretches.push(stretch);
        }
      }
      if (round % 10 === 0)
        console.error(round === 0 ? 'Warm.' : `Round ${String(round)} of ${String(rounds)}.`);
    }
    return stretches;
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
    await forgetAdded(meter.client);
    meter.pin('anywhere');
    await meter.close();
    collector.closeAllConnections();
    collector.close();
  }
}

function environment(name: VariantName, metricsPort: number, collector: HttpServer): Record<string, string> {
  if (name === 'nothing' || name === 'nothing again') return { LOG_LEVEL: 'warn' };
  if (name === 'log') return {};
  const metrics = { METRICS_PORT: String(metricsPort) };
  if (name === 'log and metrics') return metrics;
  const { port } = collector.address() as AddressInfo;
  return {
    ...metrics,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(port)}`,
    ...(name === 'log, metrics, all traces' && { OTEL_TRACES_SAMPLER: 'always_on' }),
  };
}

/** Takes what is sent, and looks at none of it. */
async function startCollector(): Promise<HttpServer> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

async function stretchOf(
  meter: DatabaseMeter,
  { name, server: { port, pid }, metricsPort }: Running,
  question: Question,
  callers: readonly Caller[],
  { round, seconds }: { round: number; seconds: number },
): Promise<Stretch> {
  const requests = callers.map((caller) => requestOf(product, question, caller));
  const before = cpuOf(pid);
  const asked = load(port, requests, { connections: CONNECTIONS, seconds });
  if (round % READ_EVERY === 0 && name.includes('metrics')) {
    await (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text();
  }
  const { rate, count } = await asked;
  const cpu = (cpuOf(pid) - before) / count;
  if (question === 'Q3') await forgetAdded(meter.client);
  return { round, variant: name, question, rate, cpu };
}

/** How much less is answered, and how much more CPU an answer takes, than with nothing on: medians of the rounds' ratios. */
function cost(
  stretches: readonly Stretch[],
  variant: VariantName,
  question: Question,
): Pick<Stretch, 'rate' | 'cpu'> {
  const of = (name: VariantName): Stretch[] =>
    stretches.filter((stretch) => stretch.variant === name && stretch.question === question);
  const without = new Map(of('nothing').map((stretch) => [stretch.round, stretch]));
  const ratios = of(variant).flatMap(({ round, rate, cpu }) => {
    const base = without.get(round);
    return base === undefined ? [] : [{ rate: rate / base.rate, cpu: cpu / base.cpu }];
  });
  return {
    rate: 1 - median(ratios.map(({ rate }) => rate)),
    cpu: median(ratios.map(({ cpu }) => cpu)) - 1,
  };
}

function describe(stretches: readonly Stretch[]): string {
  const rows = variants.map(({ name }) => [
    name,
    ...questions.flatMap((question) => {
      const own = stretches.filter((one) => one.variant === name && one.question === question);
      const { rate, cpu } = cost(stretches, name, question);
      const shares = name === 'nothing' ? ['', ''] : [percent(rate), percent(cpu)];
      return [shown(median(own.map((one) => one.rate))), ...shares];
    }),
  ]);
  const head = ['on', ...questions.flatMap((question) => [`${question}/s`, 'fewer', 'more CPU'])];
  const legend = variants.map(({ name, about }) => `${name}: ${about}`);
  return `${aligned([head, ...rows], 1)}\n\n${legend.join('\n')}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
