/**
 * npm run bench -- --instruments: what it costs to be told how the product does. The product several times over the same database,
 * each with other instruments on. Differences are small and machines are restless, so each is asked right before or after the one
 * that tells nothing, in short stretches and many rounds.
 *
 *   --quick           less time
 *   --folder FOLDER   keeps the database there, and uses it again the next time
 *   --rounds N --seconds N
 */
import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { questions, type Caller, type Question } from './contestant.ts';
import { product } from './contestants/product/index.ts';
import { forgetAdded } from './data.ts';
import { makeDatabase, readCallers, startCluster, type DatabaseUrls } from './database.ts';
import { load, requestOf } from './load.ts';
import { DatabaseMeter, cpuOf } from './measure.ts';
import { median, shown } from './numbers.ts';
import { pin, pins } from './pinning.ts';
import { aligned } from './report.ts';
import { freePort, startServer, type Server } from './server.ts';

const CONNECTIONS = 16;
const PEOPLE = 4_000;
const FULL = { rounds: 20, seconds: 0.8, warmUp: 4 };
const QUICK = { rounds: 6, seconds: 0.6, warmUp: 2 };

export interface InstrumentsOptions {
  readonly quick: boolean;
  readonly folder: string | undefined;
  readonly rounds: number | undefined;
  readonly seconds: number | undefined;
}

/** What is compared with the first of them, which tells nothing. */
const variants = [
  { name: 'nothing', about: 'LOG_LEVEL=warn' },
  { name: 'log', about: 'a line a request, with what it cost' },
  { name: 'log and metrics', about: 'and METRICS_PORT, read once in each stretch' },
  {
    name: 'log, metrics, 5 % of traces',
    about: 'and both sent by OTLP, with the sampler that is the default',
  },
  { name: 'log, metrics, all traces', about: 'with OTEL_TRACES_SAMPLER=always_on' },
] as const;
/** What production is told to have on: README, docs/operating.md. */
const RECOMMENDED = 'log and metrics';

type VariantName = (typeof variants)[number]['name'];

interface Running {
  readonly name: VariantName;
  readonly server: Server;
  readonly metricsPort: number;
}

/** Some time of one that tells something, and as much of the one that tells nothing. */
interface Pair {
  readonly variant: VariantName;
  readonly question: Question;
  readonly with: Stretch;
  readonly without: Stretch;
}

interface Stretch {
  /** Answers a second. */
  readonly rate: number;
  /** Of the server's process, in milliseconds a request. */
  readonly cpu: number;
}

export async function instruments({ quick, folder, ...asked }: InstrumentsOptions): Promise<void> {
  const size = quick ? QUICK : FULL;
  const rounds = asked.rounds ?? size.rounds;
  const seconds = asked.seconds ?? size.seconds;
  const cluster = await startCluster(folder);
  try {
    const urls = await makeDatabase(cluster, 'instruments', { people: PEOPLE });
    const pairs = await measure(urls, { rounds, seconds, warmUp: size.warmUp });
    console.log(`\n${describe(pairs)}`);
    if (!pins)
      console.log('Nothing could be kept on a core of its own here: differences this small mean little.');
    const costs = questions.map(
      (question) => `${question} ${percent(cost(pairs, RECOMMENDED, question).rate)}`,
    );
    console.log(`instruments cost ${costs.join(' ')}`);
  } finally {
    await cluster.stop();
  }
}

async function measure(
  urls: DatabaseUrls,
  { rounds, seconds, warmUp }: { rounds: number; seconds: number; warmUp: number },
): Promise<Pair[]> {
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
    const [nothing, ...others] = running;
    if (nothing === undefined) throw new Error('Nothing runs.');
    const ask = (one: Running, question: Question, time = seconds): Promise<Stretch> =>
      stretchOf(meter, one, question, callers[question], time);
    for (const question of questions) for (const one of running) await ask(one, question, warmUp);
    console.error('Warm.');
    const pairs: Pair[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const question of questions) {
        for (const one of others) {
          const before = round % 2 === 1 ? await ask(nothing, question) : undefined;
          const own = await ask(one, question);
          const without = before ?? (await ask(nothing, question));
          pairs.push({ variant: one.name, question, with: own, without });
        }
      }
      console.error(`Round ${String(round)} of ${String(rounds)}.`);
    }
    return pairs;
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
  if (name === 'nothing') return { LOG_LEVEL: 'warn' };
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
  seconds: number,
): Promise<Stretch> {
  const requests = callers.map((caller) => requestOf(product, question, caller));
  const before = cpuOf(pid);
  const asked = load(port, requests, { connections: CONNECTIONS, seconds });
  if (name !== 'nothing' && name !== 'log') {
    await (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text();
  }
  const { rate, count } = await asked;
  const cpu = (cpuOf(pid) - before) / count;
  if (question === 'Q3') await forgetAdded(meter.client);
  return { rate, cpu };
}

/** How much less is answered, and how much more CPU an answer takes, than with nothing on: medians of the pairs' ratios. */
function cost(pairs: readonly Pair[], variant: VariantName, question: Question): Stretch {
  const own = pairs.filter((pair) => pair.variant === variant && pair.question === question);
  return {
    rate: 1 - median(own.map((pair) => pair.with.rate / pair.without.rate)),
    cpu: median(own.map((pair) => pair.with.cpu / pair.without.cpu)) - 1,
  };
}

function describe(pairs: readonly Pair[]): string {
  const rows = variants.map(({ name }) => [
    name,
    ...questions.flatMap((question) => {
      const asked = pairs.filter((pair) => pair.question === question);
      if (name === 'nothing') return [shown(median(asked.map(({ without }) => without.rate))), '', ''];
      const own = asked.filter(({ variant }) => variant === name);
      const { rate, cpu } = cost(pairs, name, question);
      return [shown(median(own.map((pair) => pair.with.rate))), percent(rate), percent(cpu)];
    }),
  ]);
  const head = ['on', ...questions.flatMap((question) => [`${question}/s`, 'fewer', 'more CPU'])];
  const legend = variants.map(({ name, about }) => `${name}: ${about}`);
  return `${aligned([head, ...rows], 1)}\n\n${legend.join('\n')}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
