import { answeredPulses, closedQuarter } from '../factories/closed-quarter.js';
import { releaseTrends } from '../factories/trends.js';
import { World, day, hours, type TestOrganization, type TestPerson } from '../factories/world.js';
import { Actors, type Actor } from './actors.js';
import { startApp, type TestApp } from './app.js';

/*
 * The order and number of queries change no answer, and who asks changes no figure. Two quarters with their months are released by the worker, and
 * read by everybody: every metric, driver, tree, group and length of periods, in random orders, by GraphQL and as files.
 */

type Caller = Pick<Actor, 'token' | 'ask' | 'get' | 'refusal'>;

interface Question {
  readonly metric: string;
  readonly driver: string | null;
  readonly tree: string;
  readonly group: string;
  readonly granularity: 'MONTH' | 'QUARTER';
}
interface Point {
  readonly period: { readonly key: string };
  readonly status: string;
  readonly value: number | null;
  readonly bound: string | null;
  readonly people: string | null;
  readonly definitionVersion: number;
}
interface Trend {
  readonly series: readonly { readonly group: { readonly key: string }; readonly points: readonly Point[] }[];
}

const DRIVERS = ['MUTUAL_TRUST', 'AUTONOMY', 'PURPOSE', 'GROWTH', 'RECOGNITION', 'WELLBEING', 'VOICE'];
const METRICS = [
  'ENGAGEMENT_INDEX',
  'ENPS',
  'PULSE_PARTICIPATION',
  'MET_RATE',
  'CONVERSATION_WORTH',
  'AGENDA_FROM_REPORTS',
  'PROMISES_KEPT_BY_MANAGERS',
];
const BARRIERS = ['BARRIERS_ANSWERED_IN_TIME', 'BARRIERS_REMOVED'];
const TREES = ['DEPARTMENT', 'MANAGER', 'LOCATION'];
const RANGES = { MONTH: ['2025-01', '2025-06'], QUARTER: ['2025-Q1', '2025-Q2'] } as const;
const FIELDS = `metric driver tree minimumGroupSize roundedTo definitionVersion series {
  group { key label parentKey validFrom validUntil }
  points { period { key startsOn endsOn closed } status value bound people definitionVersion }
}`;
const ONE = `query ($metric: TrendMetric!, $driver: Driver, $tree: TrendTree!, $group: String, $granularity: Granularity!, $from: String!, $to: String!) {
  engagementTrend(metric: $metric, driver: $driver, tree: $tree, group: $group, granularity: $granularity, from: $from, to: $to) { ${FIELDS} }
}`;
const RELEASES = `query ($first: Int, $after: String) { trendReleases(first: $first, after: $after) {
  nodes { id period { key startsOn endsOn } releasedAt publishedAt rowHash erratum isResponseOverdue responses { id } }
  pageInfo { endCursor hasNextPage }
} }`;

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;
const managers: TestPerson[] = [];
const reports: TestPerson[] = [];
let departments: readonly { readonly id: string }[];
let hr: Actor;
/** Everybody who reads what is published, by what they are. */
const readers: Record<string, Caller> = {};
let questions: readonly Question[];
/** What HR read first. */
let first: ReadonlyMap<Question, string>;
let file: string;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization({ name: 'Acme' });
  departments = [await world.department(organization), await world.department(organization, 'Sales')];
  const locations = [await world.location(organization), await world.location(organization)];
  const boss = await world.person(organization);
  for (let team = 0; team < 6; team++) {
    const manager = await world.person(organization);
    managers.push(manager);
    await world.line(manager, boss);
    for (let one = 0; one < 11; one++) {
      const report = await world.person(organization, {
        departmentId: departments[team % 2]!.id,
        locationId: locations[one % 2]!.id,
      });
      reports.push(report);
      await world.line(report, manager);
    }
    const area = await world.insert<{ id: string }>('procedure_area', {
      organization_id: organization.id,
      name: `Area ${String(team)}`,
      answerer_id: manager.id,
    });
    await world.insert('barrier', {
      organization_id: organization.id,
      title: 'Stamp',
      hinders_customers: false,
      procedure_area_id: area.id,
      created_on: '2025-02-01',
    });
  }
  for (const key of ['2025-Q1', '2025-Q2']) {
    const quarter = await closedQuarter(app.database, organization, { key, hasDaysOfKey: true });
    // In the second quarter other people answer.
    const people = reports.filter((_, index) => index % 7 !== (key === '2025-Q1' ? 0 : 3));
    await answeredPulses(
      app.database,
      { organizationId: organization.id, quarter },
      people.map(({ id }) => id),
    );
  }
  for (const [index, report] of reports.entries()) {
    if (index % 3 === 0) continue;
    const pair = await world.oneToOne(managers[Math.floor(index / 11)]!, report);
    await world.conversation(pair, { status: 'HELD', scheduledAt: hours(-50 * 24) });
  }
  // The days between release and publication are tested in trends.spec.ts.
  await app.database.query('update organization set trends_published_after_days = 0 where id = $1', [
    organization.id,
  ]);
  await app.runTask('release_trends');

  hr = await actors.join(organization);
  await world.role(hr, 'HR_ANALYST');
  readers.HR_ANALYST = hr;
  readers.token = actors.asToken(await world.apiToken(organization, ['TRENDS_READ'], hr));
  readers.employee = await actors.signIn(reports[0]!);
  readers.manager = await actors.signIn(managers[0]!);
  for (const role of ['ORGANIZATION_ADMIN', 'PEOPLE_ADMIN', 'AUDITOR']) {
    const actor = await actors.join(organization);
    await world.role(actor, role);
    readers[role] = actor;
  }

  const { rows } = await app.database.query<{ tree: string; key: string }>(
    'select distinct tree, key from trend_group where organization_id = $1 order by 1, 2',
    [organization.id],
  );
  questions = rows.flatMap(({ tree, key: group }): Question[] => [
    ...DRIVERS.flatMap((driver) =>
      (['MONTH', 'QUARTER'] as const).map((granularity) => ({
        ...{ metric: 'PULSE_SCORE', driver, tree, group, granularity },
      })),
    ),
    ...METRICS.concat(group === 'organization' ? BARRIERS : []).map((metric) => ({
      ...{ metric, driver: null, tree, group, granularity: 'QUARTER' as const },
    })),
  ]);
  first = await crawl(hr);
  file = await csv(hr);
});
afterAll(() => app.close());

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

const argumentsOf = ({ granularity, ...question }: Question) => {
  const [from, to] = RANGES[granularity];
  return { ...question, granularity, from, to };
};

/** Questions of one operation. */
const AT_ONCE = 10;

/** Asks all questions in a random order. @returns the answers, as text */
async function crawl(caller: Caller, asked: readonly Question[] = questions): Promise<Map<Question, string>> {
  const answers = new Map<Question, string>();
  const order = shuffled(asked);
  for (let at = 0; at < order.length; at += AT_ONCE) {
    const some = order.slice(at, at + AT_ONCE);
    const fields = some.map((question, index) => {
      const { metric, driver, tree, group, granularity, from, to } = argumentsOf(question);
      return `q${String(index)}: engagementTrend(metric: ${metric}, driver: ${driver ?? 'null'}, tree: ${tree}, group: "${group}",
        granularity: ${granularity}, from: "${from}", to: "${to}") { ${FIELDS} }`;
    });
    const data = await caller.get<Record<string, Trend>>(`{ ${fields.join('\n')} }`);
    some.forEach((question, index) => answers.set(question, JSON.stringify(data[`q${String(index)}`])));
  }
  return answers;
}

function get(path: string, token?: string): Promise<Response> {
  return fetch(
    `${new URL(app.url).origin}${path}`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
}

const csv = async ({ token }: Pick<Caller, 'token'>): Promise<string> =>
  (await get('/trends.csv?from=2025-01&to=2025-06', token)).text();

/** Compares as maps, so that a difference names its question. */
function expectSame(found: ReadonlyMap<Question, string>, asked: readonly Question[] = questions): void {
  expect([...asked].filter((question) => found.get(question) !== first.get(question))).toEqual([]);
}

it('has figures to compare: released and suppressed ones of every kind of metric', () => {
  const points = [...first.values()].flatMap((answer) =>
    (JSON.parse(answer) as Trend).series.flatMap(({ points: of }) => of),
  );
  expect(new Set(points.map(({ status }) => status))).toEqual(new Set(['RELEASED', 'SUPPRESSED']));
  const released = new Set(
    questions.filter((question) => first.get(question)?.includes('"RELEASED"')).map(({ metric }) => metric),
  );
  for (const metric of ['PULSE_SCORE', 'ENPS', 'MET_RATE', 'BARRIERS_ANSWERED_IN_TIME']) {
    expect(released).toContain(metric);
  }
});

it.each(['HR_ANALYST', 'token', 'employee', 'manager', 'ORGANIZATION_ADMIN', 'PEOPLE_ADMIN', 'AUDITOR'])(
  'answers %s what it answers everybody, in every order, and again',
  async (name) => {
    const reader = readers[name]!;
    expectSame(await crawl(reader));
    expectSame(await crawl(reader, shuffled(questions).slice(0, 60)), []);
    expect(await csv(reader)).toBe(file);
    const releases = await reader.get(RELEASES, { first: 20 });
    expect(releases).toEqual(await hr.get(RELEASES, { first: 20 }));
  },
);

it('has the same figures in the file as in GraphQL, and no others', () => {
  const [header = '', ...lines] = file.trimEnd().split('\r\n');
  const columns = header.split(',');
  const inFile = new Map(
    lines.map((line) => {
      const cells = line.replace(/"(?:[^"]|"")*"/, 'label').split(',');
      const row = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
      const place = [row.period, row.tree, row.group_key, row.metric, row.driver].join(' ');
      return [place, [row.status, row.value, row.bound, row.people_band, row.definition_version].join(' ')];
    }),
  );
  expect(inFile.size).toBe(lines.length);
  const inGraphql = new Map(
    questions.flatMap((question) =>
      (JSON.parse(first.get(question) ?? '{}') as Trend).series.flatMap(({ group, points }) =>
        points.map(({ period, status, value, bound, people, definitionVersion }) => [
          [period.key, question.tree, group.key, question.metric, question.driver ?? ''].join(' '),
          [status, value ?? '', bound ?? '', people ?? '', definitionVersion].join(' '),
        ]),
      ),
    ) as [string, string][],
  );
  expect([...inGraphql].sort()).toEqual([...inFile].sort());
});

it('refuses people who have left, callers without a session and other tokens, with the documented error and nothing else', async () => {
  const left = await actors.join(organization);
  await world.leaves(left, day(-3));
  const directory = actors.asToken(await world.apiToken(organization, ['DIRECTORY_READ']));
  const nobody = actors.asToken('none');
  for (const [caller, code, status] of [
    [left, 'NOT_PERMITTED', 403],
    [directory, 'NOT_PERMITTED', 403],
    [nobody, 'UNAUTHENTICATED', 401],
  ] as const) {
    for (const question of shuffled(questions).slice(0, 12)) {
      const { data, errors } = await caller.ask(ONE, argumentsOf(question));
      expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([
        { engagementTrend: null },
        [code],
      ]);
    }
    expect(await caller.refusal(RELEASES)).toBe(code);
    for (const path of [
      '/trends.csv?from=2025-01&to=2025-06',
      '/trends/2025-Q1.csv',
      '/trends/2025-Q3.csv',
    ]) {
      const response = await get(path, caller.token);
      expect([response.status, (await response.text()).includes('RELEASED')]).toEqual([status, false]);
    }
  }
});

it('shows another organization nothing, not even which groups and periods there are', async () => {
  const stranger = await actors.join(await world.organization());
  await world.role(stranger, 'HR_ANALYST');
  for (const question of shuffled(questions).slice(0, 40)) {
    const answer = await stranger.get<{ engagementTrend: Trend }>(ONE, argumentsOf(question));
    const unknown = await stranger.get(ONE, {
      ...argumentsOf(question),
      group: BARRIERS.includes(question.metric) ? 'organization' : 'x',
    });
    expect(answer).toEqual(unknown);
    expect(answer.engagementTrend.series).toEqual([]);
  }
  expect((await stranger.get<{ trendReleases: { nodes: unknown[] } }>(RELEASES)).trendReleases.nodes).toEqual(
    [],
  );
  expect((await csv(stranger)).trimEnd().split('\r\n')).toHaveLength(1);
  expect((await get('/trends/2025-Q1.csv', stranger.token)).status).toBe(404);
});

it('shows employees without reports nothing where trends are for leaders and HR, and everybody else the same', async () => {
  const show = (to: string): Promise<unknown> =>
    app.database.query('update organization set trends_visible_to = $2 where id = $1', [organization.id, to]);
  const some = shuffled(questions).slice(0, 40);
  await show('LEADERS_AND_HR');
  for (const name of ['HR_ANALYST', 'token', 'manager']) expectSame(await crawl(readers[name]!, some), some);
  for (const name of ['employee', 'AUDITOR', 'PEOPLE_ADMIN', 'ORGANIZATION_ADMIN']) {
    const answers = await crawl(readers[name]!, some);
    expect([...answers.values()].every((answer) => (JSON.parse(answer) as Trend).series.length === 0)).toBe(
      true,
    );
  }
  await show('HR');
  for (const name of ['HR_ANALYST', 'token']) expectSame(await crawl(readers[name]!, some), some);
  expect((await csv(readers.manager!)).trimEnd().split('\r\n')).toHaveLength(1);
  await show('EVERYONE');
  expect(await csv(readers.employee!)).toBe(file);
});

it('pages releases the same way forwards in any size', async () => {
  const all = await hr.get<{ trendReleases: { nodes: unknown[] } }>(RELEASES, { first: 20 });
  expect(all.trendReleases.nodes).toHaveLength(8);
  for (const size of [1, 3]) {
    const seen: unknown[] = [];
    let after: string | null = null;
    do {
      const page: {
        trendReleases: { nodes: unknown[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      } = await hr.get(RELEASES, { first: size, after });
      seen.push(...page.trendReleases.nodes);
      after = page.trendReleases.pageInfo.hasNextPage ? page.trendReleases.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all.trendReleases.nodes);
  }
});

describe('ids, order, times and numbers of rows', () => {
  it('carry nothing: random ids, one time for a release, and rows by groups and metrics alone', async () => {
    const { rows: releases } = await app.database.query<{ id: string }>(
      'select id from trend_release where organization_id = $1',
      [organization.id],
    );
    // A version 7 would hold a time.
    for (const { id } of releases) expect(id[14]).toBe('4');
    const { rows: columns } = await app.database.query<{ name: string }>(
      `select attrelid::regclass::text || '.' || attname as name from pg_attribute
       where attrelid in ('trend_cell'::regclass, 'trend_group'::regclass, 'trend_figure_people'::regclass)
         and attnum > 0 and not attisdropped
         and (format_type(atttypid, null) like 'timestamp%' or attidentity <> '' or attname = 'id')`,
    );
    expect(columns).toEqual([]);
    const { rows: counts } = await app.database.query<{ groups: number; cells: number; key: string }>(
      `select r.period_key as key, (select count(*)::int from trend_group g where g.release_id = r.id) as groups,
         (select count(*)::int from trend_cell c where c.release_id = r.id) as cells
       from trend_release r where r.organization_id = $1`,
      [organization.id],
    );
    for (const { key, groups, cells } of counts) {
      expect(cells).toBe(key.includes('Q') ? groups * 14 + 2 * TREES.length : groups * 7);
    }
  });

  it('have no order of rows on disk that follows people, groups or whether a figure is released', async () => {
    const { rows } = await app.database.query<{ sorted: boolean; changes: number; rows: number }>(
      `with line as (
         select row_number() over (order by c.ctid) as place, row_number() over (order by c.tree, c.metric, c.group_key) as sorted,
           c.status, lag(c.status) over (order by c.ctid) as before
         from trend_cell c join trend_release r on r.id = c.release_id and r.organization_id = $1 and r.period_key = '2025-Q1'
         where c.metric <> 'PULSE_SCORE'
       )
       select bool_and(place = sorted) as sorted, (count(*) filter (where status <> before))::int as changes, count(*)::int as rows from line`,
      [organization.id],
    );
    expect(rows[0]?.sorted).toBe(false);
  });
});

it('computes nothing again after transfers, leavers, erasures, a raised minimum and further releases', async () => {
  const [moved, left, erased] = [reports[1]!, reports[2]!, reports[3]!];
  await app.database.query('update reporting_line set closed_on = $2 where report_id = $1', [
    moved.id,
    day(0),
  ]);
  await world.line(moved, managers[5]!, { from: day(0) });
  await app.database.query('update person set department_id = $2 where id = $1', [
    moved.id,
    departments[1]!.id,
  ]);
  await world.leaves(left, day(-2));
  await world.insert('erasure', {
    organization_id: organization.id,
    person_id: erased.id,
    executes_at: hours(-1),
  });
  await app.runTask('erase_people');
  await app.database.query('update organization set minimum_group_size = 20 where id = $1', [
    organization.id,
  ]);
  await app.runTask('release_trends');
  for (const name of ['HR_ANALYST', 'employee', 'token']) {
    expectSame(await crawl(readers[name]!));
    expect(await csv(readers[name]!)).toBe(file);
  }
  // The label of a manager's group is read from the directory; no figure changes with it.
  await world.leaves(managers[1]!, day(-100));
  await app.runTask('erase_people');
  const after = await csv(hr);
  expect(after).not.toBe(file);
  expect(after.replaceAll('Former colleague', managers[1]!.name)).toBe(file);
  // A release of a later period changes where a group's validity ends, and no figure of earlier ones.
  await releaseTrends(app.database, organization, '2025-Q3', [], []);
  expect(await csv(hr)).toBe(after);
});
