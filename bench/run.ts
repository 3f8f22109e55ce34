/**
 * npm run bench: compares the product with other servers over the same data. docs/benchmarks.md explains the questions and results.
 *
 *   npm run bench                       everything, writes docs/benchmarks.md; under 15 minutes
 *   npm run bench -- --quick            the same with less data and time; writes nothing but its result
 *   npm run bench -- --only product,limit --database-urls FILE --rounds 2 --seconds 3 --questions Q1
 *                                       while working on speed: over a database that is there already (bench/database.ts)
 *   npm run bench -- --growth           the product with 1,000 and with 300,000 people (growth.ts)
 *   npm run bench -- --trends           engagement trends with 60 and with 300,000 people, and a whole release (trends.ts)
 *   npm run bench -- --instruments      what logs, metrics and traces cost (instruments.ts)
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stop, main } from '../scripts/processes.mjs';
import {
  contestantNames,
  questions,
  type Caller,
  type Contestant,
  type ContestantName,
  type Question,
} from './contestant.ts';
import { forgetAdded } from './data.ts';
import { makeDatabase, readCallers, startCluster, type DatabaseUrls } from './database.ts';
import { BadAnswer, each, load, requestOf } from './load.ts';
import { DatabaseMeter, cpuOf, peakMemoryOf } from './measure.ts';
import { bench } from './paths.ts';
import { pin, pins } from './pinning.ts';
import { comparable } from './questions.ts';
import { describeMachine, lastLine, table, writeReport, type Result, type Slot } from './report.ts';
import { startServer, type Server } from './server.ts';

const CONNECTIONS = 16;
/** Requests that statements are counted over. */
const COUNTED = 100;

const FULL = { people: 20_000, rounds: 6, seconds: 6, warmUp: 4, compared: 400 };
const QUICK = { people: 3_000, rounds: 2, seconds: 2, warmUp: 1, compared: 100 };

interface Plan {
  readonly contestants: readonly Contestant[];
  readonly questions: readonly Question[];
  readonly rounds: number;
  /** Of each contestant and question in a round. */
  readonly seconds: number;
  readonly warmUp: number;
  /** How many callers' answers are compared. */
  readonly compared: number;
}

// Servers end when this process exits.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

await main(async () => {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      instruments: { type: 'boolean', default: false },
      trends: { type: 'boolean', default: false },
      only: { type: 'string' },
      questions: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      people: { type: 'string' },
      'database-urls': { type: 'string' },
      folder: { type: 'string' },
    },
  });
  if (values.growth) {
    const { growth } = await import('./growth.ts');
    await growth({
      quick: values.quick,
      folder: values.folder,
      only: values.only,
      rounds: optional(values.rounds),
      seconds: optional(values.seconds),
    });
    return;
  }
  if (values.trends) {
    const { trends } = await import('./trends.ts');
    await trends({
      quick: values.quick,
      folder: values.folder,
      rounds: optional(values.rounds),
      seconds: optional(values.seconds),
    });
    return;
  }
  if (values.instruments) {
    const { instruments } = await import('./instruments.ts');
    await instruments({
      quick: values.quick,
      folder: values.folder,
      rounds: optional(values.rounds),
      seconds: optional(values.seconds),
    });
    return;
  }
  const size = values.quick ? QUICK : FULL;
  const plan: Plan = {
    contestants: await Promise.all(chosen(values.only, contestantNames).map(contestantNamed)),
    questions: chosen(values.questions, questions),
    rounds: optional(values.rounds) ?? size.rounds,
    seconds: optional(values.seconds) ?? size.seconds,
    warmUp: size.warmUp,
    compared: size.compared,
  };
  const people = optional(values.people) ?? size.people;
  const began = Date.now();

  const file = values['database-urls'];
  const cluster = file === undefined ? await startCluster() : undefined;
  let result: Result;
  try {
    const urls =
      cluster === undefined
        ? (JSON.parse(await readFile(file ?? '', 'utf8')) as DatabaseUrls)
        : await makeDatabase(cluster, 'bench', { people });
    result = await measure(urls, plan);
  } finally {
    await cluster?.stop();
  }

  await mkdir(join(bench, 'results'), { recursive: true });
  await writeFile(join(bench, 'results', 'last.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${table(result)}`);
  const whole = [values.only, values.questions, values.rounds, values.seconds, values.people, file].every(
    (option) => option === undefined,
  );
  if (whole && !values.quick) {
    await writeReport(result);
    console.log('Written to docs/benchmarks.md.');
  }
  console.log(`Took ${String(Math.round((Date.now() - began) / 1000))} s.`);
  console.log(lastLine(result));
});

/** Everything, with every contestant's server running all the while; the idle ones do nothing. */
async function measure(urls: DatabaseUrls, plan: Plan): Promise<Result> {
  const callers = await readCallers(urls.owner);
  const meter = await DatabaseMeter.open(urls.owner);
  const servers: Server[] = [];
  try {
    meter.pin('others');
    pin(process.pid, 'others');
    const [first] = callers.Q2;
    if (first === undefined) throw new Error('Nobody asks.');
    for (const file of new Set(plan.contestants.flatMap(({ sql }) => sql ?? []))) {
      await meter.client.query(await readFile(file, 'utf8'));
    }
    for (const contestant of plan.contestants) {
      say(`Starting ${contestant.name}.`);
      servers.push(await startServer(contestant, urls.serving, first));
      // Connections of the pools that are made later stay where the server of the database is.
      meter.pin('others');
    }
    await compare(meter, servers, plan, callers);
    const statements = await countStatements(meter, servers, plan, callers);
    const slots = await rounds(meter, servers, plan, callers);
    return {
      at: new Date().toISOString(),
      machine: { ...describeMachine(), pinned: pins, postgres: await meter.describe() },
      people: await peopleIn(meter),
      connections: CONNECTIONS,
      rounds: plan.rounds,
      seconds: plan.seconds,
      compared: Math.min(plan.compared, callers.Q1.length),
      contestants: servers.map(({ contestant: { name, about }, pid }) => ({
        name,
        about,
        peakMemory: peakMemoryOf(pid),
        statements: statements.get(name) ?? {},
      })),
      questions: plan.questions,
      slots,
    };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await forgetAdded(meter.client);
    await meter.countStatements(true);
    meter.pin('anywhere');
    await meter.close();
  }
}

/** Nothing is measured unless all servers return the same responses. */
async function compare(
  meter: DatabaseMeter,
  servers: readonly Server[],
  plan: Plan,
  callers: Callers,
): Promise<void> {
  for (const question of plan.questions) {
    const asked = callers[question].slice(0, plan.compared);
    const answers: { name: ContestantName; bodies: string[] }[] = [];
    for (const { contestant, port } of answering(servers, question)) {
      await forgetAdded(meter.client);
      const given = await each(
        port,
        asked.map((caller) => requestOf(contestant, question, caller)),
      );
      const bad = given.find(({ status, body }) => status !== 200 || body.includes('"errors"'));
      if (bad !== undefined) {
        throw new Stop(
          `${contestant.name} fails at ${question}: status ${String(bad.status)}, ${bad.body.slice(0, 4_000)}`,
        );
      }
      answers.push({ name: contestant.name, bodies: given.map(({ body }) => comparable(question, body)) });
    }
    await forgetAdded(meter.client);
    const [reference, ...others] = answers;
    for (const { name, bodies } of others) {
      const different = bodies.findIndex((body, index) => body !== reference?.bodies[index]);
      if (different < 0) continue;
      const [one = '', other = ''] = [reference?.bodies[different], bodies[different]];
      const at = Array.from(one).findIndex((character, index) => character !== other[index]);
      const near = (body: string): string => body.slice(Math.max(0, at - 200), Math.max(0, at) + 200);
      throw new Stop(
        `${question}: ${name} answers another thing than ${reference?.name ?? 'nobody'} to ${JSON.stringify(asked[different])}:\n…${near(one)}…\n…${near(other)}…`,
      );
    }
    say(
      `${question}: ${answers.map(({ name }) => name).join(', ')} give the same ${String(asked.length)} answers.`,
    );
  }
}

function answering(servers: readonly Server[], question: Question): Server[] {
  return servers.filter(({ contestant }) => canAnswer(contestant, question));
}

function canAnswer({ answers }: Contestant, question: Question): boolean {
  return answers === undefined || answers.includes(question);
}

type Callers = Readonly<Record<Question, readonly Caller[]>>;

/** Statements per request, including BEGIN and COMMIT, after the day's access is logged. */
async function countStatements(
  meter: DatabaseMeter,
  servers: readonly Server[],
  plan: Plan,
  callers: Callers,
): Promise<Map<ContestantName, Partial<Record<Question, number>>>> {
  const counted = new Map<ContestantName, Partial<Record<Question, number>>>();
  await meter.countStatements(true);
  for (const { contestant, port } of servers) {
    const own: Partial<Record<Question, number>> = {};
    for (const question of plan.questions.filter((one) => canAnswer(contestant, one))) {
      const requests = callers[question]
        .slice(0, COUNTED)
        .map((caller) => requestOf(contestant, question, caller));
      own[question] = (await meter.statementsOf(() => each(port, requests))) / requests.length;
      await forgetAdded(meter.client);
    }
    counted.set(contestant.name, own);
  }
  await meter.countStatements(false);
  return counted;
}

/** In each round every contestant gets every question for some seconds; the order rotates. */
async function rounds(
  meter: DatabaseMeter,
  servers: readonly Server[],
  plan: Plan,
  callers: Callers,
): Promise<Slot[]> {
  const slots: Slot[] = [];
  // Round 0 warms up: the code of the servers, the plans of their statements, the pages of the database.
  for (let round = 0; round <= plan.rounds; round++) {
    const seconds = round === 0 ? plan.warmUp : plan.seconds;
    for (const question of plan.questions) {
      const able = answering(servers, question);
      for (const index of able.keys()) {
        const server = able[(index + round) % able.length];
        if (server === undefined) continue;
        const slot = await slotOf(meter, server, question, callers[question], seconds, round);
        if (round > 0) slots.push(slot);
      }
    }
    say(round === 0 ? 'Warm.' : `Round ${String(round)} of ${String(plan.rounds)}. ${soFar(slots, round)}`);
  }
  return slots;
}

async function slotOf(
  meter: DatabaseMeter,
  { contestant, port, pid }: Server,
  question: Question,
  callers: readonly Caller[],
  seconds: number,
  round: number,
): Promise<Slot> {
  const requests = callers.map((caller) => requestOf(contestant, question, caller));
  const [server, postgres] = [cpuOf(pid), meter.cpu()];
  const { rate, count, p50, p99 } = await load(port, requests, { connections: CONNECTIONS, seconds }).catch(
    (error: unknown) => {
      if (!(error instanceof BadAnswer)) throw error;
      throw new Stop(`${contestant.name} fails at ${question} under load: ${error.message}`);
    },
  );
  const serverCpu = (cpuOf(pid) - server) / count;
  const postgresCpu = (meter.cpu() - postgres) / count;
  if (question === 'Q3') await forgetAdded(meter.client);
  return { round, contestant: contestant.name, question, rate, p50, p99, serverCpu, postgresCpu };
}

function soFar(slots: readonly Slot[], round: number): string {
  const rates = new Map<ContestantName, string[]>();
  for (const { contestant, rate } of slots.filter((slot) => slot.round === round)) {
    rates.set(contestant, [...(rates.get(contestant) ?? []), String(Math.round(rate))]);
  }
  return Array.from(rates, ([name, values]) => `${name} ${values.join(' ')}`).join(', ');
}

async function peopleIn(meter: DatabaseMeter): Promise<number> {
  const { rows } = await meter.client.query<{ people: number }>(
    'select count(*)::integer as people from person where external_id is not null',
  );
  return rows[0]?.people ?? NaN;
}

async function contestantNamed(name: ContestantName): Promise<Contestant> {
  const module = (await import(`./contestants/${name}/index.ts`)) as Record<string, Contestant>;
  const found = module[name];
  if (found === undefined) throw new Error(`contestants/${name}/index.ts exports no ${name}.`);
  return found;
}

/** All of them, or those named, in their declared order. */
function chosen<T extends string>(list: string | undefined, all: readonly T[]): T[] {
  const named = list?.split(',');
  const unknown = named?.find((name) => !(all as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Stop(`There is no ${unknown}: choose from ${all.join(', ')}.`);
  return all.filter((name) => named === undefined || named.includes(name));
}

function optional(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!(number > 0)) throw new Stop(`${text} is not a number above 0.`);
  return number;
}

function say(sentence: string): void {
  console.error(sentence);
}
