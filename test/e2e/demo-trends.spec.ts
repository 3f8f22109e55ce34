import { hashPassword } from '../../libs/auth/passwords.js';
import { DEMO_PASSWORD } from '#demo';
import { Calendar } from '../../apps/cli/demo/calendar.js';
import { demoId } from '../../apps/cli/demo/ids.js';
import { loadDemo } from '../../apps/cli/demo/load.js';
import { COMPANY, type PersonKey } from '../../apps/cli/demo/people.js';
import { addressOf, personId } from '../../apps/cli/demo/rows.js';
import { startApp, type TestApp } from './app.js';

const RELEASES = `{ trendReleases(first: 40) { nodes {
  period { key startsOn closed } releasedAt publishedAt rowHash isResponseOverdue
  responses { group { label } tree metric text by { id } state outcome }
} } }`;
const TREND = `query ($metric: TrendMetric!, $driver: Driver, $tree: TrendTree!, $granularity: Granularity!, $from: String!, $to: String!) {
  engagementTrend(metric: $metric, driver: $driver, tree: $tree, granularity: $granularity, from: $from, to: $to) {
    minimumGroupSize series { group { key label parentKey } points { period { key } status value bound people } }
  }
}`;

interface Releases {
  trendReleases: {
    nodes: {
      period: { key: string; startsOn: string; closed: boolean };
      isResponseOverdue: boolean;
      responses: { by: { id: string }; state: string; outcome: string | null }[];
    }[];
  };
}
interface Point {
  period: { key: string };
  status: 'RELEASED' | 'SUPPRESSED';
  value: number | null;
}
interface Trend {
  engagementTrend: { series: { group: { key: string; label: string }; points: Point[] }[] };
}

let app: TestApp;
let hr: string;
let employee: string;

beforeAll(async () => {
  app = await startApp();
  await loadDemo({
    adminUrl: app.testDatabase.adminUrl,
    passwordHash: () => hashPassword(DEMO_PASSWORD),
  });
  [hr, employee] = [await signIn('tomasz'), await signIn('fatoumata')];
});
afterAll(() => app.close());

async function signIn(key: PersonKey): Promise<string> {
  const { signIn: session } = await ask<{ signIn: { token: string } }>(
    undefined,
    'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
    { input: { email: addressOf(key), password: DEMO_PASSWORD } },
  );
  return session.token;
}

async function ask<Data>(
  token: string | undefined,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const { data, errors } = await app.graphql<Data>(query, variables, token);
  expect(errors).toEqual([]);
  return data!;
}

async function releases(token: string): Promise<Releases['trendReleases']['nodes']> {
  return (await ask<Releases>(token, RELEASES)).trendReleases.nodes;
}

/** The keys of the released periods of a length, the earliest first. */
async function periods(granularity: 'MONTH' | 'QUARTER'): Promise<string[]> {
  return (await releases(hr))
    .map(({ period }) => period.key)
    .filter((key) => key.includes('Q') === (granularity === 'QUARTER'))
    .sort();
}

async function trend(
  token: string,
  granularity: 'MONTH' | 'QUARTER',
  metric: string,
  driver: string | null = null,
  tree = 'DEPARTMENT',
): Promise<Trend['engagementTrend']> {
  const keys = await periods(granularity);
  const variables = { metric, driver, tree, granularity, from: keys[0], to: keys.at(-1) };
  return (await ask<Trend>(token, TREND, variables)).engagementTrend;
}

const department = (key: string) => demoId('department', key);
const pointsOf = ({ series }: Trend['engagementTrend'], key: string): Point[] =>
  series.filter(({ group }) => group.key === key).flatMap(({ points }) => points);

describe('trends of the demo organization', () => {
  it('closes at least nine months without a gap, and the three quarters that they fill, in front of the present month', async () => {
    const [months, quarters] = [await periods('MONTH'), await periods('QUARTER')];
    const settled = new Calendar(new Date()).months(COMPANY.timeZone).filter(({ hasSettled }) => hasSettled);
    expect(months).toEqual(settled.map(({ startsOn }) => startsOn.slice(0, 7)));
    expect(months.length).toBeGreaterThanOrEqual(9);
    expect(quarters).toHaveLength(3);
    for (const { period } of await releases(hr)) expect(period.closed).toBe(true);
    const { rows } = await app.database.query<{ granularity: string; open: number; destroyed: number }>(
      `select e.granularity, count(*) filter (where r.id is null)::integer as open,
         count(e.answers_destroyed_at)::integer as destroyed
       from engagement_period e
       left join trend_release r on r.organization_id = e.organization_id and r.period_key = e.key
       group by e.granularity order by 1`,
    );
    // The present month, and the one before it in its first week; the present quarter, and sometimes the one before.
    expect(rows[0]!.open).toBeGreaterThanOrEqual(1);
    expect(rows[0]!.open).toBeLessThanOrEqual(2);
    expect(rows[1]).toMatchObject({ granularity: 'QUARTER', destroyed: 3 });
  });

  it('has nothing left for the worker to release, so that nothing is released twice or late', async () => {
    const before = await releases(hr);
    await app.runTask('release_trends');
    expect(await releases(hr)).toEqual(before);
    const { rows } = await app.database.query<{ stored: string; computed: string }>(
      'select row_hash as stored, app.trend_row_hash(id) as computed from trend_release',
    );
    expect(rows.length).toBe(before.length);
    for (const { stored, computed } of rows) expect(stored).toBe(computed);
  });

  it('keeps releases unchangeable after loading', async () => {
    await expect(app.database.query('update trend_release set released_at = now()')).rejects.toMatchObject({
      code: 'MU180',
    });
  });

  it('shows workload at the plant getting worse with the launch, and better after the response', async () => {
    const wellbeing = await trend(hr, 'QUARTER', 'PULSE_SCORE', 'WELLBEING');
    const [before, launch, after] = pointsOf(wellbeing, department('production')).map(({ value }) => value);
    expect(before! - launch!).toBeGreaterThan(0.6);
    expect(after! - launch!).toBeGreaterThan(0.6);
  });

  it('has groups that are shown and groups that are too small, in months and in quarters', async () => {
    for (const granularity of ['MONTH', 'QUARTER'] as const) {
      const shown = await trend(hr, granularity, 'PULSE_SCORE', 'MUTUAL_TRUST');
      const has = (key: string, status: Point['status']): boolean =>
        pointsOf(shown, key).some((point) => point.status === status);
      expect(has('organization', 'RELEASED')).toBe(true);
      expect(has(department('production'), 'RELEASED')).toBe(true);
      expect(has(department('office'), 'RELEASED')).toBe(false);
      expect(has(department('office'), 'SUPPRESSED')).toBe(true);
    }
    const managers = await trend(hr, 'QUARTER', 'MET_RATE', null, 'MANAGER');
    expect(pointsOf(managers, 'organization').some(({ status }) => status === 'RELEASED')).toBe(true);
  });

  it('has two responses, one with what came of it, and one quarter without a response', async () => {
    const quarters = (await releases(employee)).filter(({ period }) => period.key.includes('Q'));
    const responses = quarters.flatMap((quarter) => quarter.responses);
    expect(responses.map(({ by, state }) => [by.id, state]).sort()).toEqual(
      [
        [personId('joaquim'), 'DONE'],
        [personId('tomasz'), 'OPEN'],
      ].sort(),
    );
    expect(responses.filter(({ outcome }) => outcome !== null)).toHaveLength(1);
    expect(quarters.map((quarter) => quarter.isResponseOverdue).filter(Boolean)).toEqual([true]);
  });

  it('gives the HR analyst and an employee the same figures', async () => {
    expect(await releases(employee)).toEqual(await releases(hr));
    for (const metric of [
      'ENGAGEMENT_INDEX',
      'ENPS',
      'PULSE_PARTICIPATION',
      'MET_RATE',
      'PROMISES_KEPT_BY_MANAGERS',
    ]) {
      for (const tree of ['DEPARTMENT', 'MANAGER', 'LOCATION']) {
        expect(await trend(employee, 'QUARTER', metric, null, tree)).toEqual(
          await trend(hr, 'QUARTER', metric, null, tree),
        );
      }
    }
    const months = await trend(employee, 'MONTH', 'PULSE_SCORE', 'AUTONOMY');
    expect(months.series.length).toBeGreaterThan(1);
  });

  it('begins with a quarter and has three of them whatever the day', () => {
    for (let day = 0; day < 800; day += 3) {
      const calendar = new Calendar(new Date(Date.UTC(2026, 0, 1, 5) + day * 86_400_000));
      const months = calendar.months(COMPANY.timeZone);
      const settled = months.filter(({ hasSettled }) => hasSettled);
      expect(settled.length).toBeGreaterThanOrEqual(9);
      expect(settled.length).toBeLessThanOrEqual(11);
      expect(months.length - settled.length).toBeLessThanOrEqual(1);
      expect(months[0]!.startsOn).toBe(months[0]!.quarterStartsOn);
      // The organization is older.
      expect(months[0]!.from).toBeGreaterThan(-402);
      expect(months.at(-1)!.to).toBe(-Number(calendar.day(0).slice(8)));
    }
  });
});
