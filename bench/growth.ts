/**
 * npm run bench -- --growth: the product with a small and with a large organization, side by side, one request at a time and
 * sixteen. Two databases in one cluster, a process of the product for each; in each round both are asked the same, one after the
 * other. Then the import of a whole large organization.
 *
 *   --quick           20,000 people instead of 300,000, and less time
 *   --folder FOLDER   keeps the databases there, and uses them again the next time
 *   --only TEXT       the comparisons whose names contain this
 *   --rounds N --seconds N
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Stop, projectNode } from '../scripts/processes.mjs';
import { questions, type Caller, type Question } from './contestant.ts';
import { compareAll, comparisonRows, GOAL, type Comparison, type Outcome, type Side } from './comparison.ts';
import { product } from './contestants/product/index.ts';
import { addressOf, forgetAdded, longListOwner, password, rareName, tokenOf, type Shape } from './data.ts';
import {
  commandEnvironment,
  makeDatabase,
  makeEmptyDatabase,
  readCallers,
  startCluster,
  type Cluster,
  type DatabaseUrls,
} from './database.ts';
import { once, postOf, requestOf } from './load.ts';
import { DatabaseMeter, peakMemoryOf } from './measure.ts';
import { shown } from './numbers.ts';
import { bench, cli } from './paths.ts';
import { pin, pins } from './pinning.ts';
import { graphqlBody, titles } from './questions.ts';
import { aligned, describeMachine, markdownTable, writeSection, type Machine } from './report.ts';
import { startServer } from './server.ts';

/** The page that is deep in a list, where there are as many. */
const DEEP_PAGE = 500;
const PAGE = 20;
/** The organization that the import fills. */
const IMPORTING = 'Importing';

const FULL = { small: 1_000, large: 300_000, rounds: 5, seconds: 1.5 };
const QUICK = { small: 1_000, large: 20_000, rounds: 3, seconds: 0.6 };

export interface GrowthOptions {
  readonly quick: boolean;
  readonly folder: string | undefined;
  readonly only: string | undefined;
  readonly rounds: number | undefined;
  readonly seconds: number | undefined;
}

interface GrowthSide extends Side {
  readonly callers: Readonly<Record<Question, readonly Caller[]>>;
}

interface Import {
  readonly people: number;
  readonly seconds: number;
  readonly peakMemory: number;
}

export interface GrowthResult {
  readonly at: string;
  readonly machine: Machine & { readonly postgres: { readonly version: string; readonly settings: string } };
  readonly small: number;
  readonly large: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly outcomes: readonly Outcome[];
  readonly imported: Import | undefined;
}

export async function growth({ quick, folder, only, ...asked }: GrowthOptions): Promise<void> {
  const size = quick ? QUICK : FULL;
  const rounds = asked.rounds ?? size.rounds;
  const seconds = asked.seconds ?? size.seconds;
  const cluster = await startCluster(folder);
  let result: GrowthResult;
  try {
    const small = await makeDatabase(cluster, `growth_${String(size.small)}`, shapeOf(size.small));
    const large = await makeDatabase(cluster, `growth_${String(size.large)}`, shapeOf(size.large));
    const sides: GrowthSide[] = [];
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
      const all = await comparisons(one, other);
      const chosen = all.filter(({ name }) => only === undefined || name.includes(only));
      result = {
        at: new Date().toISOString(),
        machine: { ...describeMachine(), postgres: await other.meter.describe() },
        small: size.small,
        large: size.large,
        rounds,
        seconds,
        outcomes: await compareAll(chosen, rounds, seconds),
        imported: undefined,
      };
      one.meter.pin('anywhere');
    } finally {
      for (const { server, meter } of sides) {
        await server.stop();
        await forgetAdded(meter.client);
        await meter.close();
      }
    }
    if (only === undefined || 'import'.includes(only)) {
      result = { ...result, imported: await importAll(cluster, size.large, large.owner) };
    }
  } finally {
    await cluster.stop();
  }
  await mkdir(join(bench, 'results'), { recursive: true });
  await writeFile(join(bench, 'results', 'growth.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${aligned(comparisonRows(result), 1)}\n\n${sentences(result)}`);
  const whole = !quick && only === undefined && asked.rounds === undefined && asked.seconds === undefined;
  if (whole) {
    await writeSection('growth', section(result));
    console.log('Written to docs/benchmarks.md.');
  }
}

/** Half of the conversations that the questions are asked over otherwise, at both sizes: enough for what is asked, and for the disk. */
function shapeOf(people: number): Shape {
  return { people, conversations: 5, longLists: { goals: 1_010, conversations: 10_050 } };
}

async function sideOf(people: number, urls: DatabaseUrls): Promise<GrowthSide> {
  const [callers, meter] = await Promise.all([readCallers(urls.owner), DatabaseMeter.open(urls.owner)]);
  const [caller] = callers.Q2;
  if (caller === undefined) throw new Error('Nobody asks.');
  try {
    // Signing in is slowed down by network: here each person has a different one, set by a proxy header.
    const server = await startServer(product, urls.serving, caller, { TRUST_PROXY: '1' });
    return { people, meter, server, callers };
  } catch (error) {
    await meter.close();
    throw error;
  }
}

// --- comparisons ----------------------------------------------------------------------------------------------------

const DIRECTORY = `query Directory($after: String, $search: String) {
  people(first: ${String(PAGE)}, after: $after, search: $search) { nodes { id name title email } pageInfo { hasNextPage endCursor } }
}`;
const GOALS = `query Goals($after: String) {
  viewer { person { page: personalGoals(first: 2, after: $after) {
    nodes { id title status ownerView { createdAt } } pageInfo { hasNextPage endCursor }
  } } }
}`;
const BUSINESS_GOALS = `query BusinessGoals($after: String) {
  businessGoals(first: ${String(PAGE)}, after: $after) { nodes { id title state health } pageInfo { hasNextPage endCursor } }
}`;
const CONVERSATIONS = `query Conversations($id: ID!, $after: String) {
  oneToOne(id: $id) { page: conversations(first: ${String(PAGE)}, after: $after) {
    nodes { id status scheduledAt heldAt } pageInfo { hasNextPage endCursor }
  } }
}`;
const FIT_MAP = `{ viewer { person { fitMap {
  placements { id how personalGoal { id title } businessGoal { id title state } }
  carried { id title } unplaced { id title } beyondWork { id title }
} } } }`;
const SIGN_IN = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { token expiresAt viewer { person { id name } } } }`;

/** Words to search the directory for, from those that one person has to those that very many have. */
const SEARCHES: readonly (readonly [kind: string, words: string])[] = [
  ['a name that one person has', rareName],
  ['a common first name', 'anna'],
  ['a common name without its accents', 'maria muller'],
  ['the beginning of a name', 'sof'],
  ['two letters', 'ke'],
  ['a title that many have', 'engineer'],
  ['an e-mail address', 'example.com'],
  ['what nobody has', 'xqzzy'],
];

async function comparisons(small: GrowthSide, large: GrowthSide): Promise<Comparison[]> {
  /** The same from both sides. */
  const both = (name: string, requests: (side: GrowthSide) => readonly Buffer[]): Comparison => ({
    name,
    base: { side: small, requests: requests(small) },
    grown: { side: large, requests: requests(large) },
  });
  const most = Math.min(small.callers.Q1.length, large.callers.Q1.length);
  const asking = (side: GrowthSide, query: string, variables: Record<string, unknown> = {}): Buffer[] =>
    side.callers.Q2.slice(0, most).map(({ token }) =>
      postOf('/graphql', graphqlBody(query, variables), token),
    );
  return [
    ...questions.map((question) =>
      both(`${question}, ${titles[question]}`, ({ callers }) =>
        callers[question].slice(0, most).map((caller) => requestOf(product, question, caller)),
      ),
    ),
    both('fit map', (side) => asking(side, FIT_MAP)),
    both('directory', (side) => asking(side, DIRECTORY)),
    ...SEARCHES.map(([kind, words]) =>
      both(`search, ${kind}`, (side) => asking(side, DIRECTORY, { search: words })),
    ),
    both('sign-in', signIns),
    ...(await deepPages(large)),
  ];
}

/** Each by another person from another network. */
function signIns({ people }: Side): Buffer[] {
  return Array.from({ length: 2_000 }, (_, i) => {
    const input = { email: addressOf(1 + ((i * 7) % people)), password };
    const from = `203.${String(i >> 8)}.${String(i & 255)}.7`;
    return postOf('/graphql', graphqlBody(SIGN_IN, { input }), undefined, { 'x-forwarded-for': from });
  });
}

/** In the large organization: the page deep in a list against its first one. */
async function deepPages(side: Side): Promise<Comparison[]> {
  const owner = longListOwner(side.people);
  const token = tokenOf(owner);
  const { rows } = await side.meter.client.query<{ id: string }>(
    `select o.id from one_to_one o join person p on p.id in (o.first_id, o.second_id) where p.external_id = $1
     order by (select count(*) from conversation c where c.one_to_one_id = o.id) desc limit 1`,
    [`E${String(owner)}`],
  );
  const lists: readonly (readonly [string, string, Record<string, unknown>])[] = [
    ['directory', DIRECTORY, {}],
    ['business goals', BUSINESS_GOALS, {}],
    ['goals of one person', GOALS, {}],
    ['conversations of one pair', CONVERSATIONS, { id: rows[0]?.id }],
  ];
  const found: Comparison[] = [];
  for (const [name, query, variables] of lists) {
    const ask = (after: string | null): Buffer =>
      postOf('/graphql', graphqlBody(query, { ...variables, after }), token);
    let page = 1;
    let request = ask(null);
    for (; page < DEEP_PAGE; page++) {
      const cursor = await endCursor(side, request);
      if (cursor === undefined) break;
      request = ask(cursor);
    }
    found.push({
      name: `${name}, page ${String(page)} against page 1`,
      base: { side, requests: [ask(null)] },
      grown: { side, requests: [request] },
    });
  }
  return found;
}

/** Where the next page begins, if there is one. */
async function endCursor({ server }: Side, request: Buffer): Promise<string | undefined> {
  const { body } = await once(server.port, request);
  if (!body.includes('"hasNextPage":')) throw new Error(`This is no page: ${body.slice(0, 1_000)}`);
  return /"hasNextPage":true,"endCursor":"([^"]+)"/.exec(body)?.[1];
}

// --- import --------------------------------------------------------------------------------------------------------------

/** By the operator's command, into an empty organization: the people of the large one, as a file. */
async function importAll(cluster: Cluster, people: number, from: string): Promise<Import> {
  const { urls } = await makeEmptyDatabase(cluster, 'growth_import', IMPORTING);
  const folder = await mkdtemp(join(tmpdir(), 'mutual-bench-'));
  try {
    const file = join(folder, 'people.csv');
    await writeFile(file, await peopleFile(from));
    const began = performance.now();
    const child = spawn(projectNode(), [cli, 'people', 'import', file, '--organization', IMPORTING], {
      env: commandEnvironment(urls),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    let peakMemory = NaN;
    // The operating system reports it only while the process runs.
    const looking = setInterval(() => {
      const now = peakMemoryOf(child.pid ?? 0);
      if (!Number.isNaN(now)) peakMemory = now;
    }, 20);
    const code = await new Promise<number | null>((done) => child.once('close', done));
    clearInterval(looking);
    if (code !== 0) throw new Stop(`The import failed:\n${output}`);
    return { people, seconds: (performance.now() - began) / 1000, peakMemory };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function peopleFile(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(
      `select concat_ws(',', p.external_id, p.email, p.name, p.title, d.name, l.name, coalesce(m.external_id, ''), p.hired_on, '') as line
       from person p
       join department d on d.id = p.department_id join location l on l.id = p.location_id
       left join reporting_line r on r.report_id = p.id
       left join person m on m.id = r.manager_id
       where p.external_id is not null order by p.id`,
    );
    const heading = 'external_id,email,name,title,department,location,manager_external_id,hired_on,left_on';
    return `${[heading, ...rows.map(({ line }) => line)].join('\n')}\n`;
  } finally {
    await client.end();
  }
}

// --- report --------------------------------------------------------------------------------------------------------------

function sentences({ outcomes, imported }: GrowthResult): string {
  const beyond = outcomes.filter(({ ratio }) => ratio > GOAL).length;
  return [
    beyond === 0
      ? `All ${String(outcomes.length)} are within ${String(GOAL)}.`
      : `${String(beyond)} of ${String(outcomes.length)} exceed ${String(GOAL)}; they are marked with an exclamation mark.`,
    ...(imported === undefined
      ? []
      : [
          `The import of ${imported.people.toLocaleString('en')} people by \`npm run cli -- people import\` took ${shown(imported.seconds, 0)} s and ${shown(imported.peakMemory / 2 ** 20, 0)} MiB of memory.`,
        ]),
  ].join(' ');
}

function section(result: GrowthResult): string {
  const { machine, small, large, rounds, seconds } = result;
  return `
## Growth

${markdownTable(comparisonRows(result), 1)}

${sentences(result)}

Milliseconds per request of the product, with one organization of ${small.toLocaleString('en')} and one of ${large.toLocaleString('en')} people: two databases in one cluster, one process
each, measured alternately; medians over ${String(rounds)} rounds of ${String(seconds)} seconds, ratios taken within a round. The goal is ${String(GOAL)}.
At both sizes each pair has five conversations. Deep pages are compared with the first page of the same list, in the large organization.

${machine.processor}, ${String(machine.cores)} cores, ${String(Math.round(machine.memory / 2 ** 30))} GiB, ${machine.system}; Node.js ${machine.node}; PostgreSQL ${machine.postgres.version}
(${machine.postgres.settings}).${pins ? ' The product uses one core exclusively.' : ''} Measured on ${result.at.slice(0, 10)}, commit ${machine.commit}.
Run it with \`npm run bench -- --growth\`.`;
}
