import { createHash } from 'node:crypto';
import { ageRelease, releaseTrends, type TestFigure } from '../factories/trends.js';
import { World, day, type TestOrganization } from '../factories/world.js';
import { Actors, type Actor } from './actors.js';
import { startApp, type TestApp } from './app.js';
import { statementsOf } from './statements.js';

const TREND = `query ($metric: TrendMetric!, $driver: Driver, $tree: TrendTree!, $group: String, $granularity: Granularity!, $from: String!, $to: String!) {
  engagementTrend(metric: $metric, driver: $driver, tree: $tree, group: $group, granularity: $granularity, from: $from, to: $to) {
    metric driver tree minimumGroupSize roundedTo definitionVersion
    series {
      group { key label parentKey validFrom validUntil }
      points { period { key startsOn endsOn closed } status value bound people definitionVersion }
    }
  }
}`;
const RELEASES = `{ trendReleases(first: 20) { nodes {
  id period { key } releasedAt publishedAt rowHash erratum isResponseOverdue responses { id text by { id } state outcome }
} } }`;
const RESPOND = `mutation ($input: RespondToTrendInput!) { respondToTrend(input: $input) { response {
  id period { key } group { key label } tree metric text by { id } dueOn state outcome version
} } }`;
const UPDATE = `mutation ($input: UpdateTrendResponseInput!) { updateTrendResponse(input: $input) {
  __typename
  ... on TrendResponsePayload { response { state outcome version } }
  ... on EditConflict { current { ... on TrendResponse { version text } } }
} }`;
const QUESTION = { metric: 'PROMISES_KEPT_BY_MANAGERS', tree: 'MANAGER', granularity: 'QUARTER' };
const RANGE = { from: '2026-Q1', to: '2026-Q2' };

interface Trend {
  engagementTrend: {
    minimumGroupSize: number | null;
    series: {
      group: { key: string; label: string };
      points: { period: { key: string }; value: number | null }[];
    }[];
  };
}
interface Releases {
  trendReleases: {
    nodes: {
      id: string;
      period: { key: string };
      rowHash: string;
      isResponseOverdue: boolean;
      responses: { id: string }[];
    }[];
  };
}

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;
let hr: Actor;
let lead: Actor;
let peer: Actor;
let token: Pick<Actor, 'token' | 'ask' | 'get' | 'refusal'>;
let figures: TestFigure[];
const ids: Record<string, string> = {};

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization({ name: 'Acme' });
  hr = await actors.join(organization, { name: 'Hana' });
  await world.role(hr, 'HR_ANALYST');
  lead = await actors.join(organization, { name: 'Lee' });
  peer = await actors.join(organization, { name: 'Pia' });
  await world.line(peer, lead);
  const created = await hr.get<{ createApiToken: { secret: string } }>(
    'mutation { createApiToken(input: { label: "BI", scopes: [TRENDS_READ] }) { secret } }',
  );
  token = actors.asToken(created.createApiToken.secret);

  const metric = 'PROMISES_KEPT_BY_MANAGERS';
  figures = [
    { tree: 'MANAGER', group: 'organization', metric, value: 0.85, roundedTo: 0.05, people: 'FROM_50' },
    { tree: 'MANAGER', group: lead.id, metric, roundedTo: 0.05 },
    { tree: 'DEPARTMENT', group: 'organization', metric, value: 0.85, roundedTo: 0.05, people: 'FROM_50' },
    { tree: 'DEPARTMENT', group: 'sales', metric: 'ENPS', value: -20, bound: 'AT_MOST', roundedTo: 5 },
    { tree: 'DEPARTMENT', group: 'sales', metric: 'PULSE_SCORE', driver: 'VOICE', value: 3.4 },
  ];
  const groups = [
    { tree: 'MANAGER' as const, head: lead },
    { tree: 'DEPARTMENT' as const, key: 'sales', label: '=Sales, "North"' },
  ];
  for (const period of ['2026-01', '2026-Q1', '2026-Q2']) {
    ids[period] = await releaseTrends(app.database, organization, period, groups, figures);
  }
  // Published, and 40 days old.
  await ageRelease(app.database, ids['2026-Q1']!, 40);
  await ageRelease(app.database, ids['2026-01']!, 40);
});
afterAll(() => app.close());

describe('engagementTrend', () => {
  it('answers HR and a token for trends alike, from the release on', async () => {
    const variables = { ...QUESTION, ...RANGE };
    const forHr = await hr.get<Trend>(TREND, variables);
    expect(forHr.engagementTrend).toMatchObject({
      ...{ metric: 'PROMISES_KEPT_BY_MANAGERS', driver: null, tree: 'MANAGER' },
      ...{ minimumGroupSize: 5, roundedTo: 0.05, definitionVersion: 1 },
    });
    const [root, group] = forHr.engagementTrend.series;
    expect(root?.group).toEqual({
      ...{ key: 'organization', label: 'Acme', parentKey: null, validFrom: '2026-01-01', validUntil: null },
    });
    expect(root?.points[0]).toEqual({
      period: { key: '2026-Q1', startsOn: '2026-01-01', endsOn: '2026-03-31', closed: true },
      ...{ status: 'RELEASED', value: 0.85, bound: 'ROUNDED', people: 'FROM_50', definitionVersion: 1 },
    });
    expect(group?.group).toMatchObject({ key: lead.id, label: 'Lee', parentKey: 'organization' });
    expect(group?.points.map(({ period }) => period.key)).toEqual(['2026-Q1', '2026-Q2']);
    expect(group?.points[0]).toMatchObject({ status: 'SUPPRESSED', value: null, bound: null, people: null });
    expect(await token.get(TREND, variables)).toEqual(forHr);
  });

  it('answers everybody else alike, from the publication on', async () => {
    const variables = { ...QUESTION, ...RANGE };
    const forHr = await hr.get<Trend>(TREND, variables);
    const forPeer = await peer.get<Trend>(TREND, variables);
    const published = forHr.engagementTrend.series.map(({ group, points }) => ({
      group,
      points: points.filter(({ period }) => period.key === '2026-Q1'),
    }));
    expect(forPeer.engagementTrend.series).toEqual(published);
    // A manager gets nothing finer.
    expect(await lead.get<Trend>(TREND, variables)).toEqual(forPeer);
    const before = await peer.get<Trend>(TREND, { ...QUESTION, from: '2026-Q2', to: '2026-Q2' });
    expect(before.engagementTrend).toMatchObject({ minimumGroupSize: null, series: [] });
  });

  it('takes two statements, however many groups and periods there are', async () => {
    const large = await world.organization();
    const analyst = await actors.join(large);
    await world.role(analyst, 'HR_ANALYST');
    const metric = 'MET_RATE';
    const groups = Array.from({ length: 30 }, (_, index) => ({
      tree: 'DEPARTMENT' as const,
      key: `group ${String(index)}`,
      label: 'Group',
    }));
    for (const period of ['2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4']) {
      await releaseTrends(
        app.database,
        large,
        period,
        groups,
        groups.map(({ tree, key }) => ({ tree, group: key, metric, value: 0.5, roundedTo: 0.05 })),
      );
    }
    const question = { ...QUESTION, metric, tree: 'DEPARTMENT', from: '2024-Q1', to: '2024-Q4' };
    const count = async (actor: Actor): Promise<number> => {
      await actor.get(TREND, question);
      return (await statementsOf(() => actor.get(TREND, question))).length;
    };
    expect((await analyst.get<Trend>(TREND, question)).engagementTrend.series).toHaveLength(30);
    // Who is signed in, and the figures.
    expect(await count(analyst)).toBe(2);
    expect(await count(hr)).toBe(2);
  });

  it('returns one group with the groups directly below it', async () => {
    const found = await hr.get<Trend>(TREND, { ...QUESTION, ...RANGE, group: lead.id });
    expect(found.engagementTrend.series.map(({ group }) => group.key)).toEqual([lead.id]);
    const unknown = await hr.get<Trend>(TREND, { ...QUESTION, ...RANGE, group: 'nothing' });
    expect(unknown.engagementTrend.series).toEqual([]);
  });

  it('refuses tokens of other scopes, other organizations and people who have left', async () => {
    const admin = await actors.join(organization);
    await world.role(admin, 'PEOPLE_ADMIN');
    const { createApiToken } = await admin.get<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(input: { label: "Directory", scopes: [DIRECTORY_READ] }) { secret } }',
    );
    expect(await actors.asToken(createApiToken.secret).refusal(TREND, { ...QUESTION, ...RANGE })).toBe(
      'NOT_PERMITTED',
    );
    const left = await actors.join(organization);
    await world.leaves(left, day(-3));
    expect(await left.refusal(TREND, { ...QUESTION, ...RANGE })).toBe('NOT_PERMITTED');
    const elsewhere = await actors.join(await world.organization());
    await world.role(elsewhere, 'HR_ANALYST');
    expect((await elsewhere.get<Trend>(TREND, { ...QUESTION, ...RANGE })).engagementTrend.series).toEqual([]);
  });

  it.each([
    [{ metric: 'PULSE_SCORE' }, 'driver', 'REQUIRED'],
    [{ metric: 'PULSE_SCORE', driver: 'RECOMMEND' }, 'driver', 'INVALID'],
    [{ metric: 'ENPS', driver: 'VOICE' }, 'driver', 'NOT_ALLOWED'],
    [{ metric: 'ENPS', granularity: 'MONTH', from: '2026-01', to: '2026-02' }, 'granularity', 'INVALID'],
    [{ metric: 'BARRIERS_REMOVED', group: 'sales' }, 'group', 'NOT_ALLOWED'],
    [{ from: '2026-01' }, 'from', 'INVALID'],
    [{ from: '2026-Q5' }, 'from', 'INVALID'],
    [{ from: '0000-Q1' }, 'from', 'INVALID'],
    [{ to: 'yesterday' }, 'to', 'INVALID'],
    [{ from: '2026-Q3', to: '2026-Q2' }, 'to', 'OUT_OF_RANGE'],
    [{ from: '2024-Q1', to: '2026-Q1' }, 'to', 'OUT_OF_RANGE'],
    [
      { metric: 'PULSE_SCORE', driver: 'VOICE', granularity: 'MONTH', from: '2024-01', to: '2026-01' },
      'to',
      'OUT_OF_RANGE',
    ],
  ])('refuses %j at %s', async (changes, path, code) => {
    const { errors } = await hr.ask(TREND, { ...QUESTION, ...RANGE, ...changes });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path, code }] });
  });
});

describe('the CSV files', () => {
  const get = (path: string, bearer: string | undefined): Promise<Response> =>
    fetch(
      `${new URL(app.url).origin}${path}`,
      bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } },
    );

  it('pulls a year with a token', async () => {
    const response = await get('/trends.csv?from=2026-01&to=2026-12', token.token);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'period,tree,group_key,label,parent_key,metric,driver,status,value,bound,rounded_to,people_band,definition_version,released_at',
    );
    expect(lines).toHaveLength(1 + 3 * figures.length);
    expect([...new Set(lines.slice(1).map((line) => line.split(',')[0]))]).toEqual([
      '2026-01',
      '2026-Q1',
      '2026-Q2',
    ]);
    expect(lines.find((line) => line.startsWith('2026-Q2,MANAGER'))).toMatch(
      new RegExp(
        `^2026-Q2,MANAGER,${lead.id},Lee,organization,PROMISES_KEPT_BY_MANAGERS,,SUPPRESSED,,,0\\.05,,1,`,
      ),
    );
  });

  it('keeps numbers as they are, and a label from being a formula', async () => {
    const text = await (await get('/trends/2026-Q1.csv', token.token)).text();
    expect(text).toContain(
      `2026-Q1,DEPARTMENT,sales,"'=Sales, ""North""",organization,ENPS,,RELEASED,-20,AT_MOST,5,`,
    );
  });

  it('has the figures of the row hash', async () => {
    const { trendReleases } = await hr.get<Releases>(RELEASES);
    const release = trendReleases.nodes.find(({ period }) => period.key === '2026-Q1');
    const text = await (await get('/trends/2026-Q1.csv', token.token)).text();
    const rows = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.replace(/"(?:[^"]|"")*"/, 'label').split(','))
      .map(([, tree, key, , parent, ...rest]) => [tree, key, parent, ...rest.slice(0, 8)].join(','));
    const hash = createHash('sha256').update(rows.sort().join('\n')).digest('hex');
    expect(release?.rowHash).toBe(hash);
  });

  it('has the same rules as GraphQL', async () => {
    const [published, fresh] = ['/trends/2026-Q1.csv', '/trends/2026-Q2.csv'];
    expect((await get(published, undefined)).status).toBe(401);
    expect((await get(published, peer.token)).status).toBe(200);
    expect((await get(fresh, peer.token)).status).toBe(404);
    expect((await get(fresh, hr.token)).status).toBe(200);
    expect(await (await get(published, peer.token)).text()).toBe(
      await (await get(published, hr.token)).text(),
    );
    for (const path of ['/trends/2026-Q3.csv', '/trends/2026-Q1', '/trends/x.csv']) {
      expect((await get(path, hr.token)).status).toBe(404);
    }
    for (const query of ['', '?from=2026-01', '?from=2026-01&to=2028-01', '?from=2026-02&to=2026-01']) {
      expect((await get(`/trends.csv${query}`, hr.token)).status).toBe(400);
    }
    const within = await (await get('/trends.csv?from=2026-01&to=2026-12', peer.token)).text();
    expect(within).not.toContain('2026-Q2');
    const elsewhere = await actors.join(await world.organization());
    expect((await get(published, elsewhere.token)).status).toBe(404);
  });
});

describe('releases and responses', () => {
  it('lists releases, with corrections beside the figures', async () => {
    await world.insert('trend_erratum', {
      organization_id: organization.id,
      release_id: ids['2026-Q1'],
      text: 'Answers of one site are missing.',
    });
    const { trendReleases } = await hr.get<Releases>(RELEASES);
    expect(trendReleases.nodes.map(({ period }) => period.key)).toEqual(['2026-Q2', '2026-Q1', '2026-01']);
    expect(trendReleases.nodes[1]).toMatchObject({
      erratum: 'Answers of one site are missing.',
      isResponseOverdue: true,
      responses: [],
    });
    expect(trendReleases.nodes[2]).toMatchObject({ isResponseOverdue: false, erratum: null });
    const forPeer = await peer.get<Releases>(RELEASES);
    expect(forPeer.trendReleases.nodes).toEqual(trendReleases.nodes.slice(1));
    const [fresh] = trendReleases.nodes;
    const node = 'query ($id: ID!) { node(id: $id) { id } }';
    expect(await hr.get(node, { id: fresh?.id })).toEqual({ node: { id: fresh?.id } });
    expect(await peer.get(node, { id: fresh?.id })).toEqual({ node: null });
  });

  it('lets the head of a group respond, and HR update the response', async () => {
    const input = {
      period: '2026-Q1',
      tree: 'MANAGER',
      group: lead.id,
      text: 'We plan less',
      dueOn: day(30),
    };
    expect(await peer.refusal(RESPOND, { input })).toBe('NOT_PERMITTED');
    const { respondToTrend } = await lead.get<{
      respondToTrend: { response: { id: string; version: number } };
    }>(RESPOND, { input });
    const { response } = respondToTrend;
    expect(response).toMatchObject({
      period: { key: '2026-Q1' },
      group: { key: lead.id, label: 'Lee' },
      by: { id: lead.id },
      ...{ tree: 'MANAGER', metric: null, text: 'We plan less', state: 'OPEN', outcome: null, version: 1 },
    });
    const done = { id: response.id, version: 1, state: 'DONE', outcome: 'Fewer meetings' };
    expect(await peer.refusal(UPDATE, { input: done })).toBe('NOT_PERMITTED');
    expect(await hr.get(UPDATE, { input: done })).toMatchObject({
      updateTrendResponse: { response: { state: 'DONE', outcome: 'Fewer meetings', version: 2 } },
    });
    // The same again changes nothing, another change of an old version is a conflict.
    expect(await hr.get(UPDATE, { input: done })).toMatchObject({
      updateTrendResponse: { response: { version: 2 } },
    });
    expect(await lead.get(UPDATE, { input: { id: response.id, version: 1, text: 'Else' } })).toMatchObject({
      updateTrendResponse: { __typename: 'EditConflict', current: { version: 2, text: 'We plan less' } },
    });
    const { trendReleases } = await peer.get<Releases>(RELEASES);
    expect(trendReleases.nodes[0]).toMatchObject({
      isResponseOverdue: false,
      responses: [{ id: response.id }],
    });
    expect(await token.get(RELEASES)).toMatchObject({
      trendReleases: { nodes: [{}, { responses: [{ id: response.id, by: null }] }, {}] },
    });
  });

  it('refuses a response to a month, to an unknown group, in the past, and to what one cannot read', async () => {
    const input = { period: '2026-Q1', tree: 'MANAGER', group: 'organization', text: 'Soon', dueOn: day(30) };
    const refused = async (actor: Actor, changes: object): Promise<unknown> =>
      (await actor.ask(RESPOND, { input: { ...input, ...changes } })).errors[0]?.extensions;
    expect(await refused(hr, { period: '2026-01' })).toMatchObject({ fields: [{ path: 'input.period' }] });
    expect(await refused(hr, { group: 'nothing' })).toMatchObject({ fields: [{ path: 'input.group' }] });
    expect(await refused(hr, { dueOn: day(-2) })).toMatchObject({ fields: [{ path: 'input.dueOn' }] });
    expect(await refused(lead, { period: '2026-Q2', group: lead.id })).toMatchObject({
      fields: [{ path: 'input.period' }],
    });
    expect(await refused(lead, {})).toMatchObject({ code: 'NOT_PERMITTED' });
    const { respondToTrend } = await hr.get<{ respondToTrend: { response: { id: string } } }>(RESPOND, {
      input,
    });
    const without = { id: respondToTrend.response.id, version: 1, state: 'NOT_DONE' };
    expect((await hr.ask(UPDATE, { input: without })).errors[0]?.extensions).toMatchObject({
      fields: [{ path: 'input.outcome', code: 'REQUIRED' }],
    });
    expect(await actors.asToken(token.token).refusal(RESPOND, { input })).toBe('NOT_PERMITTED');
  });
});
