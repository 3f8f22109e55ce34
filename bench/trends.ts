/**
 * npm run bench -- --trends: engagement trends of a small and of a large organization, side by side, one request at a time and sixteen; then a
 * worker releases a quarter of the large one.
 *
 *   --quick           30,000 people instead of 300,000, and less time
 *   --folder FOLDER   keeps the databases there; the quarter is released once
 *   --rounds N --seconds N
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Stop, projectEnvironment, projectNode } from '../scripts/processes.mjs';
import { compareAll, comparisonRows, GOAL, type Comparison, type Outcome, type Side } from './comparison.ts';
import { product } from './contestants/product/index.ts';
import { callerCount, tokenOf } from './data.ts';
import { makeDatabase, startCluster, type Cluster, type DatabaseUrls } from './database.ts';
import { once, postOf } from './load.ts';
import { cpuOf, DatabaseMeter, peakMemoryOf } from './measure.ts';
import { shown } from './numbers.ts';
import { bench, root } from './paths.ts';
import { pin, pins } from './pinning.ts';
import { showProgress } from './progress.ts';
import { graphqlBody } from './questions.ts';
import { aligned, describeMachine, markdownTable, writeSection, type Machine } from './report.ts';
import { startServer } from './server.ts';
import { addTrends, periodsAt, shapeOf, type TrendPeriods } from './trend-data.ts';

/** Both have a manager with seven managers among their reports (`managerOf`). */
const FULL = { small: 60, large: 300_032, rounds: 5, seconds: 1.5 };
const QUICK = { small: 60, large: 30_016, rounds: 3, seconds: 0.6 };
/** Goals of a whole release. */
const RELEASE_WITHIN = { seconds: 300, memory: 2 * 2 ** 30 };

export interface TrendOptions {
  readonly quick: boolean;
  readonly folder: string | undefined;
  readonly rounds: number | undefined;
  readonly seconds: number | undefined;
}

interface ReleaseOutcome {
  readonly people: number;
  readonly groups: number;
  readonly figures: number;
  readonly seconds: number;
  /** In seconds, of the worker and of PostgreSQL. */
  readonly workerCpu: number;
  readonly postgresCpu: number;
  /** Of the worker, in bytes. */
  readonly peakMemory: number;
}

interface TrendResult {
  readonly at: string;
  readonly machine: Machine & { readonly postgres: { readonly version: string; readonly settings: string } };
  readonly small: number;
  readonly large: number;
  readonly groups: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly outcomes: readonly Outcome[];
  readonly released: ReleaseOutcome | undefined;
}

export async function trends({ quick, folder, ...asked }: TrendOptions): Promise<void> {
  const size = quick ? QUICK : FULL;
  const rounds = asked.rounds ?? size.rounds;
  const seconds = asked.seconds ?? size.seconds;
  const periods = periodsAt(new Date());
  const cluster = await startCluster(folder);
  try {
    let result: TrendResult;
    const [small, large] = [
      await organizationOf(cluster, size.small, periods),
      await organizationOf(cluster, size.large, periods),
    ];
    const sides: Side[] = [];
    try {
      for (const [people, urls] of [
        [size.small, small],
        [size.large, large],
      ] as const) {
        sides.push(await sideOf(people, urls));
      }
      const [one, other] = sides;
      if (one === undefined || other === undefined) throw new Error('Two sides are compared.');
      one.meter.pin('others');
      pin(process.pid, 'others');
      result = {
        at: new Date().toISOString(),
        machine: { ...describeMachine(), postgres: await other.meter.describe() },
        small: size.small,
        large: size.large,
        groups: await count(other.meter, 'select count(*) from trend_group group by release_id limit 1'),
        rounds,
        seconds,
        outcomes: await compareAll(await comparisons(one, other, periods), rounds, seconds),
        released: undefined,
      };
      one.meter.pin('anywhere');
      pin(process.pid, 'anywhere');
    } finally {
      for (const { server, meter } of sides) {
        await server.stop();
        await meter.close();
      }
    }
    // Written before the release too, which takes longer than everything else and may fail.
    const isWhole = !quick && asked.rounds === undefined && asked.seconds === undefined;
    await report(result, isWhole);
    const released = await releaseQuarter(large, size.large, periods.due);
    if (released !== undefined) await report({ ...result, released }, isWhole);
  } finally {
    await cluster.stop();
  }
}

async function report(result: TrendResult, isWhole: boolean): Promise<void> {
  await mkdir(join(bench, 'results'), { recursive: true });
  await writeFile(join(bench, 'results', 'trends.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${aligned(comparisonRows(result), 1)}\n\n${sentences(result)}`);
  if (!isWhole) return;
  await writeSection('trends', section(result));
  console.log('Written to docs/benchmarks.md.');
}

async function organizationOf(
  cluster: Cluster,
  people: number,
  periods: TrendPeriods,
): Promise<DatabaseUrls> {
  const urls = await makeDatabase(cluster, `trends_${String(people)}`, shapeOf(people));
  const progress = showProgress(`trends of ${people.toLocaleString('en')} people`);
  try {
    await addTrends(urls.owner, periods, progress.at);
  } finally {
    progress.stop();
  }
  return urls;
}

async function sideOf(people: number, urls: DatabaseUrls): Promise<Side> {
  const meter = await DatabaseMeter.open(urls.owner);
  try {
    const server = await startServer(product, urls.serving, { token: tokenOf(1), variables: {} });
    return { people, meter, server };
  } catch (error) {
    await meter.close();
    throw error;
  }
}

// --- comparisons ---------------------------------------------------------------------------------------------------------

const TREND = `query Trend($metric: TrendMetric!, $driver: Driver, $tree: TrendTree!, $group: String, $granularity: Granularity!, $from: String!, $to: String!) {
  engagementTrend(metric: $metric, driver: $driver, tree: $tree, group: $group, granularity: $granularity, from: $from, to: $to) {
    minimumGroupSize roundedTo
    series { group { key label parentKey validFrom validUntil } points { period { key closed } status value bound people } }
  }
}`;
const RELEASES = `{ trendReleases(first: 20) { nodes {
  period { key } releasedAt publishedAt rowHash isResponseOverdue responses { text state }
} } }`;

async function comparisons(small: Side, large: Side, periods: TrendPeriods): Promise<Comparison[]> {
  const { firstMonth, lastMonth, firstQuarter, lastQuarter } = periods;
  const months = { granularity: 'MONTH', from: firstMonth, to: lastMonth };
  const quarters = { granularity: 'QUARTER', from: firstQuarter, to: lastQuarter };
  const questions: readonly (readonly [
    name: string,
    series: number,
    query: string,
    variables: (side: Side) => Promise<Record<string, unknown>>,
  ])[] = [
    [
      '24 months of a department',
      1,
      TREND,
      async (side) => ({ ...months, ...SCORE, tree: 'DEPARTMENT', group: await departmentOf(side) }),
    ],
    [
      '24 months of a manager with 7 groups below',
      8,
      TREND,
      async (side) => ({ ...months, ...SCORE, tree: 'MANAGER', group: await managerOf(side) }),
    ],
    [
      '8 quarters of a manager with 7 groups below',
      8,
      TREND,
      async (side) => ({ ...quarters, metric: 'MET_RATE', tree: 'MANAGER', group: await managerOf(side) }),
    ],
    ['the list of releases', 0, RELEASES, () => Promise.resolve({})],
  ];
  const found: Comparison[] = [];
  for (const [name, series, query, variables] of questions) {
    const asked = async (side: Side): Promise<Comparison['base']> => {
      const body = graphqlBody(query, await variables(side));
      const requests = Array.from({ length: callerCount(small.people) }, (_, i) =>
        postOf('/graphql', body, tokenOf(i + 1)),
      );
      await assertAnswered(side, name, requests[0], series);
      return { side, requests };
    };
    found.push({ name, base: await asked(small), grown: await asked(large) });
  }
  return found;
}

const SCORE = { metric: 'PULSE_SCORE', driver: 'WELLBEING' };

/** Nothing is timed unless both give as many series as the comparison says. */
async function assertAnswered(
  { server, people }: Side,
  name: string,
  request: Buffer | undefined,
  series: number,
): Promise<void> {
  const { status, body } = await once(server.port, request ?? Buffer.alloc(0));
  const found = body.split('"group":').length - 1;
  if (status !== 200 || body.includes('"errors"') || found !== series) {
    throw new Stop(`${name} with ${String(people)} people: ${String(found)} series, ${body.slice(0, 2_000)}`);
  }
}

async function departmentOf({ meter }: Side): Promise<string> {
  const { rows } = await meter.client.query<{ id: string }>('select id from department order by id limit 1');
  return rows[0]?.id ?? '';
}

/** The manager who has seven managers among their reports: where there are 64 people for each of a number of managers, it is the last of these. */
async function managerOf({ meter }: Side): Promise<string> {
  const { rows } = await meter.client.query<{ id: string }>(
    `select parent.manager_id as id from (select distinct manager_id from reporting_line) below
     join reporting_line parent on parent.report_id = below.manager_id
     group by parent.manager_id having count(*) = 7 limit 1`,
  );
  return rows[0]?.id ?? '';
}

async function count({ client }: DatabaseMeter, query: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(query);
  return Number(rows[0]?.count ?? 0);
}

// --- release -------------------------------------------------------------------------------------------------------------

/** By a worker as an installation runs it, with the job that it has every hour. Undefined where the quarter is released already. */
async function releaseQuarter(
  urls: DatabaseUrls,
  people: number,
  key: string,
): Promise<ReleaseOutcome | undefined> {
  const meter = await DatabaseMeter.open(urls.owner);
  const folder = await mkdtemp(join(tmpdir(), 'mutual-bench-'));
  const isReleased = async (): Promise<boolean> =>
    (await count(meter, `select count(*) from trend_release where period_key = '${key}'`)) > 0;
  try {
    if (await isReleased()) return undefined;
    const logFile = join(folder, 'worker.log');
    const log = await open(logFile, 'w');
    const child = spawn(
      projectNode(),
      ['--enable-source-maps', join(root, 'dist', 'apps', 'worker', 'main.js')],
      {
        cwd: root,
        env: projectEnvironment({
          NODE_ENV: 'production',
          WORKER_DATABASE_URL: urls.working,
          ROLE_PREFIX: 'mutual',
          PUBLIC_URL: 'http://127.0.0.1',
          SMTP_URL: 'smtp://127.0.0.1:9',
          MAIL_FROM: 'Mutual <mutual@example.com>',
        }),
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    await log.close();
    const ended = new Promise((done) => child.once('close', done));
    const pid = child.pid ?? 0;
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    try {
      while (!(await readFile(logFile, 'utf8')).includes('running jobs')) {
        if (child.exitCode !== null) throw new Stop(await readFile(logFile, 'utf8'));
        await sleep(100);
      }
      const [began, workerCpu, postgresCpu] = [performance.now(), cpuOf(pid), meter.cpu()];
      await meter.client.query(`select graphile_worker.add_job('release_trends')`);
      while (!(await isReleased())) {
        const logged = await readFile(logFile, 'utf8');
        if (child.exitCode !== null || logged.includes('a job failed')) throw new Stop(logged.slice(-8_000));
        await sleep(200);
      }
      const of = `from trend_release r join trend_cell c on c.release_id = r.id where r.period_key = '${key}'`;
      return {
        people,
        seconds: (performance.now() - began) / 1000,
        workerCpu: (cpuOf(pid) - workerCpu) / 1000,
        postgresCpu: (meter.cpu() - postgresCpu) / 1000,
        peakMemory: peakMemoryOf(pid),
        groups: await count(
          meter,
          `select count(*) from trend_release r join trend_group g on g.release_id = r.id where r.period_key = '${key}'`,
        ),
        figures: await count(meter, `select count(*) ${of}`),
      };
    } finally {
      await writeFile(join(bench, 'results', 'release.log'), await readFile(logFile, 'utf8')).catch(
        () => undefined,
      );
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(5_000)]);
      end();
      process.off('exit', end);
    }
  } finally {
    await meter.close();
    await rm(folder, { recursive: true, force: true });
  }
}

// --- report --------------------------------------------------------------------------------------------------------------

function sentences({ outcomes, released }: TrendResult): string {
  const beyond = outcomes.filter(({ ratio }) => ratio > GOAL).length;
  return [
    beyond === 0
      ? `All ${String(outcomes.length)} are within ${String(GOAL)}.`
      : `${String(beyond)} of ${String(outcomes.length)} exceed ${String(GOAL)}; they are marked with an exclamation mark.`,
    ...(released === undefined ? [] : [releaseSentence(released)]),
  ].join(' ');
}

function releaseSentence({
  people,
  groups,
  figures,
  seconds,
  workerCpu,
  postgresCpu,
  peakMemory,
}: ReleaseOutcome): string {
  const isWithin = seconds <= RELEASE_WITHIN.seconds && peakMemory <= RELEASE_WITHIN.memory;
  return (
    `A worker released a quarter of ${people.toLocaleString('en')} people and ${groups.toLocaleString('en')} groups with all metrics, ` +
    `${figures.toLocaleString('en')} figures, in ${shown(seconds, 0)} s (${shown(workerCpu, 0)} s of CPU of the worker, ${shown(postgresCpu, 0)} s of PostgreSQL) ` +
    `and ${shown(peakMemory / 2 ** 20, 0)} MiB of memory at most; the goals, ${String(RELEASE_WITHIN.seconds)} s and 2 GiB, are ${isWithin ? '' : 'not '}met.`
  );
}

function section(result: TrendResult): string {
  const { machine, small, large, groups, rounds, seconds } = result;
  return `
## Engagement trends

${markdownTable(comparisonRows(result), 1)}

${sentences(result)}

Milliseconds per request of the product, with one organization of ${small.toLocaleString('en')} and one of ${large.toLocaleString('en')} people, whose ${groups.toLocaleString('en')} groups have figures of
24 months and 8 quarters: two databases in one cluster, one process each, measured alternately; medians over ${String(rounds)} rounds of ${String(seconds)}
seconds, ratios taken within a round. The goal is ${String(GOAL)}. The rows of these releases are written in bulk, in the form in which the worker writes
them. The release begins with the job of the worker and ends with its commit: reading three answers of four people, their one-to-ones, promises and
feedback, deciding what is released, and writing.

${machine.processor}, ${String(machine.cores)} cores, ${String(Math.round(machine.memory / 2 ** 30))} GiB, ${machine.system}; Node.js ${machine.node}; PostgreSQL ${machine.postgres.version}
(${machine.postgres.settings}).${pins ? ' In the comparison the product uses one core exclusively.' : ''} Measured on ${result.at.slice(0, 10)}, commit ${machine.commit}.
Run it with \`npm run bench -- --trends\`.`;
}
