import { Actors, type Actor } from '../e2e/actors.js';
import { startApp, type TestApp } from '../e2e/app.js';
import { ageRelease, releaseTrends } from '../factories/trends.js';
import { World, day, type TestOrganization } from '../factories/world.js';

/* What a curious employee, a manager and an HR analyst try with pulses, responses and files of trends, over HTTP. */

const ANSWER =
  'mutation ($input: AnswerPulseInput!) { answerPulse(input: $input) { pulse { id answered } } }';
const RESPOND =
  'mutation ($input: RespondToTrendInput!) { respondToTrend(input: $input) { response { id version } } }';
const UPDATE = `mutation ($input: UpdateTrendResponseInput!) { updateTrendResponse(input: $input) { __typename } }`;

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;
let hr: Actor;
let lead: Actor; // heads a group
let other: Actor; // heads another group
let employee: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
});
afterAll(() => app.close());
beforeEach(async () => {
  organization = await world.organization();
  hr = await actors.join(organization);
  await world.role(hr, 'HR_ANALYST');
  [lead, other, employee] = [
    await actors.join(organization),
    await actors.join(organization),
    await actors.join(organization),
  ];
  await world.line(employee, lead);
});

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Reads the whole response: one that is left unread keeps its connection. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answered> {
  const response = await fetch(`${new URL(app.url).origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${hr.token}`, ...headers },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('answers to pulses', () => {
  const waiting = async (): Promise<unknown> =>
    (
      await app.database.query<{ scores: number[] }>(
        'select scores from pulse_answer_waiting where organization_id = $1',
        [organization.id],
      )
    ).rows.map(({ scores }) => scores);
  const scores = (score: number): object[] => [{ questionId: 'voice-1', score }];

  it('is one, however often and at the same moment it is given', async () => {
    const { id } = await world.pulse(organization);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((score) => employee.ask(ANSWER, { input: { id, scores: scores(score) } })),
    );
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await waiting()).toHaveLength(1);
    // In one operation it cannot be given twice.
    const twice = `mutation ($a: AnswerPulseInput!) { one: answerPulse(input: $a) { pulse { id } } two: answerPulse(input: $a) { pulse { id } } }`;
    expect((await employee.ask(twice, { a: { id, scores: scores(1) } })).errors).not.toEqual([]);
  });

  it('cannot be given for somebody else, or through their pseudonym', async () => {
    const { id, quarterId } = await world.pulse(organization);
    const { rows } = await app.database.query<{ pseudonym: string }>(
      'select pseudonym from pulse_pseudonym where quarter_id = $1 and person_id = $2',
      [quarterId, lead.id],
    );
    for (const forged of [{ personId: lead.id }, { pseudonym: rows[0]?.pseudonym }, { by: lead.id }]) {
      const { errors } = await employee.ask(ANSWER, { input: { id, scores: scores(1), ...forged } });
      expect(errors).toHaveLength(1);
    }
    for (const forged of [rows[0]?.pseudonym, quarterId, employee.id]) {
      expect(await employee.refusal(ANSWER, { input: { id: forged, scores: scores(1) } })).toBe('NOT_FOUND');
    }
    expect(await waiting()).toEqual([]);
  });

  it('leaves nothing behind once the pulse is closed, its period opened late, or the person has left', async () => {
    const { id } = await world.pulse(organization);
    const input = { id, scores: scores(5) };
    await world.leaves(other, day(-1));
    expect(await other.refusal(ANSWER, { input })).toBe('NOT_PERMITTED');
    const token = actors.asToken(await world.apiToken(organization, ['TRENDS_READ'], hr));
    expect(await token.refusal(ANSWER, { input })).toBe('NOT_PERMITTED');
    expect(await actors.asToken('nobody').refusal(ANSWER, { input })).toBe('UNAUTHENTICATED');
    await app.database.query('update pulse set closes_at = clock_timestamp() where id = $1', [id]);
    expect(await employee.refusal(ANSWER, { input })).toBe('CONFLICT');
    // A withdrawal is an answer too.
    expect(await employee.refusal(ANSWER, { input: { id, scores: [] } })).toBe('CONFLICT');
    expect(await waiting()).toEqual([]);
  });
});

describe('responses to trends', () => {
  let releaseId: string;

  beforeEach(async () => {
    const groups = [
      { tree: 'MANAGER' as const, head: lead },
      { tree: 'MANAGER' as const, head: other },
      { tree: 'DEPARTMENT' as const, key: 'sales', label: 'Sales' },
    ];
    const figures = [
      { tree: 'MANAGER' as const, group: 'organization', metric: 'ENPS', value: 10, roundedTo: 5 },
      { tree: 'MANAGER' as const, group: lead.id, metric: 'ENPS', roundedTo: 5 },
    ];
    await releaseTrends(app.database, organization, '2026-01', groups, []);
    releaseId = await releaseTrends(app.database, organization, '2026-Q1', groups, figures);
    await ageRelease(app.database, releaseId, 20);
  });

  const respond = async (actor: Actor, changes: object): Promise<unknown> => {
    const input = {
      period: '2026-Q1',
      tree: 'MANAGER',
      group: lead.id,
      text: 'We plan less',
      dueOn: day(9),
      ...changes,
    };
    const { data, errors } = await actor.ask<{ respondToTrend: { response: { id: string } } | null }>(
      RESPOND,
      {
        input,
      },
    );
    const fields = errors[0]?.extensions.fields as { path: string; code: string }[] | undefined;
    return errors.length === 0
      ? data?.respondToTrend?.response.id
      : (fields?.map(({ path, code }) => `${path} ${code}`).join() ?? errors[0]?.extensions.code);
  };
  const stored = async (): Promise<unknown> =>
    (
      await app.database.query('select group_key, text from trend_response where release_id = $1', [
        releaseId,
      ])
    ).rows;

  it('are for groups that one heads, with the keys of that quarter and tree', async () => {
    expect(await respond(lead, { group: other.id })).toBe('NOT_PERMITTED');
    expect(await respond(lead, { group: 'organization' })).toBe('NOT_PERMITTED');
    expect(await respond(lead, { tree: 'DEPARTMENT', group: 'sales' })).toBe('NOT_PERMITTED');
    expect(await respond(employee, {})).toBe('NOT_PERMITTED');
    for (const forged of [
      { tree: 'DEPARTMENT' },
      { tree: 'LOCATION' },
      { group: lead.id.toUpperCase() },
      { group: ` ${lead.id}` },
      { group: employee.id },
      { group: '' },
      { group: `${lead.id}' or true` },
    ]) {
      expect([forged, await respond(lead, forged)]).toEqual([forged, 'input.group NOT_FOUND']);
    }
    for (const period of ['2026-01', '2026-Q2', '2026-Q1 ', '%', '']) {
      expect([period, await respond(lead, { period })]).toEqual([period, 'input.period NOT_FOUND']);
    }
    expect(await stored()).toEqual([]);
  });

  it('are about a metric that the group has', async () => {
    expect(await respond(hr, { metric: 'BARRIERS_REMOVED' })).toBe('input.metric NOT_ALLOWED');
    expect(await respond(lead, { metric: 'BARRIERS_ANSWERED_IN_TIME' })).toBe('input.metric NOT_ALLOWED');
    expect(await respond(hr, { metric: 'BARRIERS_REMOVED', group: 'organization' })).toMatch(
      /^[0-9a-f-]{36}$/,
    );
    // Suppressed like any other: whether there is a figure is no condition.
    expect(await respond(lead, { metric: 'ENPS' })).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('are for nobody who cannot read the quarter: other organizations, leavers, and managers where trends are for HR', async () => {
    const stranger = await actors.join(await world.organization());
    await world.role(stranger, 'HR_ANALYST');
    const id = await respond(lead, {});
    const update = { input: { id, version: 1, text: 'Mine now' } };
    expect(await respond(stranger, {})).toBe('input.period NOT_FOUND');
    expect(await stranger.refusal(UPDATE, update)).toBe('NOT_FOUND');
    expect(await other.refusal(UPDATE, update)).toBe('NOT_PERMITTED');
    expect(await employee.refusal(UPDATE, update)).toBe('NOT_PERMITTED');
    const show = (to: string): Promise<unknown> =>
      app.database.query('update organization set trends_visible_to = $2 where id = $1', [
        organization.id,
        to,
      ]);
    await show('HR');
    expect(await respond(lead, {})).toBe('input.period NOT_FOUND');
    expect(await lead.refusal(UPDATE, update)).toBe('NOT_FOUND');
    await show('EVERYONE');
    await world.leaves(lead, day(-1));
    expect(await respond(lead, {})).toBe('NOT_PERMITTED');
    expect(await lead.refusal(UPDATE, update)).toBe('NOT_PERMITTED');
    expect(await stored()).toEqual([{ group_key: lead.id, text: 'We plan less' }]);
  });
});

describe('CSV files', () => {
  const LABELS = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(1)',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(1)',
    'Sales;=1+1',
    'Sales; -1',
    'Sales\t@SUM(1)',
  ];

  beforeEach(async () => {
    const groups = LABELS.map((label, index) => ({ tree: 'DEPARTMENT' as const, key: String(index), label }));
    const figures = groups.map(({ tree, key }) => ({
      tree,
      group: key,
      metric: 'ENPS',
      value: -5,
      roundedTo: 5,
    }));
    await releaseTrends(app.database, organization, '2025-Q4', groups, figures);
  });

  it('run nothing in a spreadsheet, also in one that separates columns by semicolons or tabs', async () => {
    const { text } = await get('/trends/2025-Q4.csv');
    const labels = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => /"((?:[^"]|"")*)"|,(?:\d+),([^,]*),/.exec(line))
      .map((found) => found?.[1] ?? found?.[2] ?? '');
    expect(labels).toHaveLength(LABELS.length);
    for (const separator of [',', ';', '\t']) {
      for (const label of labels) {
        for (const cell of label.split(separator)) {
          expect(cell.replaceAll(/^["\s]+/g, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
        }
      }
    }
    // Numbers stay numbers.
    expect(text).toContain(',-5,ROUNDED,5,');
  });

  it.each([
    ['/trends/2025-Q4', 404],
    ['/trends/2025-q4.csv', 404],
    ['/trends/2025-Q4%0a.csv', 404],
    ['/trends/2025-Q4%00.csv', 404],
    ['/trends/..%2f2025-Q4.csv', 404],
    ["/trends/2025-Q4'--.csv", 404],
    ['/trends/%252e.csv', 404],
    ['/trends.csv', 400],
    ['/trends.csv?from=2025-01', 400],
    ['/trends.csv?from=2025-01&from=2025-02&to=2025-12', 400],
    ['/trends.csv?from[]=2025-01&to=2025-12', 400],
    ['/trends.csv?from=2025-12&to=2025-01', 400],
    ['/trends.csv?from=2024-01&to=2026-01', 400],
    ['/trends.csv?from=2025-Q1&to=2025-Q4', 400],
    ['/trends.csv?from=2025-00&to=2025-12', 400],
    ['/trends.csv?from=0000-01&to=0000-12', 400],
    ['/trends/0000-Q1.csv', 404],
    ['/trends.csv?from=0001-01&to=0001-12', 200],
    ['/trends.csv?from=9999-01&to=9999-12', 200],
    ['/trends.csv?from=2025-01%0d%0aX: 1&to=2025-12', 400],
  ])('answers GET %s with %i', async (path, status) => {
    const response = await get(path);
    expect([response.status, response.text.includes('RELEASED')]).toEqual([status, false]);
  });

  it('include the last month and quarter of a range, and nothing beyond it', async () => {
    const periods = async (from: string, to: string): Promise<readonly string[]> => {
      const { text } = await get(`/trends.csv?from=${from}&to=${to}`);
      return [
        ...new Set(
          text
            .split('\r\n')
            .slice(1, -1)
            .map((line) => line.split(',')[0] ?? ''),
        ),
      ];
    };
    expect(await periods('2025-01', '2025-12')).toEqual(['2025-Q4']);
    expect(await periods('2025-10', '2025-12')).toEqual(['2025-Q4']);
    expect(await periods('2025-10', '2025-11')).toEqual([]);
    expect(await periods('2025-11', '2026-10')).toEqual([]);
  });

  it('are whole: no part can be asked for, and a request without a body gets none', async () => {
    const { text: whole } = await get('/trends/2025-Q4.csv');
    const part = await get('/trends/2025-Q4.csv', { range: 'bytes=0-20' });
    expect([part.status, part.text]).toEqual([200, whole]);
    expect((await get('/trends/2025-Q4.csv', {}, 'HEAD')).text).toBe('');
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await get('/trends/2025-Q4.csv', {}, method)).status).toBe(404);
    }
    const stored = await get('/trends/2025-Q4.csv', { 'if-none-match': '*' });
    expect([stored.status, stored.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(stored.headers.get('content-disposition')).toBe('attachment; filename="trends-2025-Q4.csv"');
    // The token is no parameter.
    const asParameter = `/trends/2025-Q4.csv?access_token=${hr.token}`;
    expect((await get(asParameter, { authorization: '' })).status).toBe(401);
  });
});
