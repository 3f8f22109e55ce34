import { World, type TestOrganization, type TestPerson } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';

/** In days from now: a quarter with three months, which ended ten days ago. */
const PERIODS = [
  { key: '2025-Q1', starts: -100, ends: -10, from: '2025-01-01', to: '2025-03-31' },
  { key: '2025-01', starts: -100, ends: -70, from: '2025-01-01', to: '2025-01-31' },
  { key: '2025-02', starts: -70, ends: -40, from: '2025-02-01', to: '2025-02-28' },
  { key: '2025-03', starts: -40, ends: -10, from: '2025-03-01', to: '2025-03-31' },
];
const DRIVERS = [
  'MUTUAL_TRUST',
  'AUTONOMY',
  'PURPOSE',
  'GROWTH',
  'RECOGNITION',
  'WELLBEING',
  'VOICE',
  'RECOMMEND',
];

interface Cell {
  readonly period: string;
  readonly tree: string;
  readonly key: string;
  readonly metric: string;
  readonly driver: string | null;
  readonly status: string;
  readonly value: number | null;
  readonly bound: string | null;
  readonly band: string | null;
}

let app: TestApp;
let world: World;
let organization: TestOrganization;
const managers: TestPerson[] = [];
const reports: TestPerson[] = [];

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ name: 'Acme' });
  const of = { organization_id: organization.id };
  const departments = [
    await world.department(organization, 'R&D'),
    await world.department(organization, 'Sales'),
  ];
  const boss = await world.person(organization, { name: 'Bo' });
  for (let team = 0; team < 6; team++) {
    const manager = await world.person(organization);
    managers.push(manager);
    await world.line(manager, boss);
    for (let one = 0; one < 9; one++) {
      const report = await world.person(organization, { departmentId: departments[team % 2]!.id });
      reports.push(report);
      await world.line(report, manager);
    }
  }
  let quarterId = '';
  const periods = new Map<string, string>();
  for (const { key, starts, ends, from, to } of PERIODS) {
    const { rows } = await app.database.query<{ id: string }>(
      `insert into engagement_period (
         organization_id, granularity, key, quarter_id, starts_on, ends_on, starts_at, ends_at, opened_at, minimum_group_size
       )
       values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7), now() + make_interval(days => $8),
         now() + make_interval(days => $7), 5)
       returning id`,
      [
        organization.id,
        quarterId === '' ? 'QUARTER' : 'MONTH',
        key,
        quarterId === '' ? null : quarterId,
        from,
        to,
        starts,
        ends,
      ],
    );
    const id = rows[0]!.id;
    if (quarterId === '') quarterId = id;
    periods.set(key, id);
    await app.database.query(
      `insert into period_member (period_id, person_id, organization_id, department_id, location_id, manager_id)
       select $1, p.id, p.organization_id, p.department_id, p.location_id,
         (select l.manager_id from reporting_line l where l.report_id = p.id)
       from person p where p.organization_id = $2`,
      [id, organization.id],
    );
    await app.database.query(
      `insert into period_group (period_id, tree, group_id, organization_id, name)
       select $1, 'DEPARTMENT', d.id, d.organization_id, d.name from department d where d.organization_id = $2`,
      [id, organization.id],
    );
  }
  const pulse = await world.insert<{ id: string }>('pulse', {
    ...of,
    period_id: quarterId,
    quarter_id: quarterId,
    closes_at: new Date(Date.now() - 10 * 86_400_000),
  });
  for (const [index, driver] of DRIVERS.entries()) {
    await world.insert('pulse_question', {
      ...of,
      pulse_id: pulse.id,
      position: index + 1,
      question_id: driver.toLowerCase(),
      driver,
      scale: driver === 'RECOMMEND' ? 'ZERO_TO_TEN' : 'ONE_TO_FIVE',
    });
  }
  await app.database.query(
    `with r as (
       insert into pulse_respondent (organization_id, person_id) select organization_id, id from person where organization_id = $1
       returning respondent, person_id
     )
     insert into pulse_pseudonym (organization_id, quarter_id, person_id, respondent) select $1, $2, person_id, respondent from r`,
    [organization.id, quarterId],
  );
  // Reports answer 3 or 4 by turns, but nobody VOICE.
  await app.database.query(
    `insert into pulse_answer (pulse_id, pseudonym, organization_id, scores, department_id, location_id, manager_id)
     select $1, t.pseudonym, t.organization_id,
       array[score, score, score, score, score, score, null, 9]::smallint[], m.department_id, m.location_id, m.manager_id
     from (
       select t.*, 3 + row_number() over (order by t.person_id) % 2 as score from pulse_pseudonym t where t.person_id = any ($3)
     ) t
     join period_member m on m.period_id = $2 and m.person_id = t.person_id`,
    [pulse.id, quarterId, reports.map(({ id }) => id)],
  );
  // Each manager met every report but the last in the second month.
  for (const [team, manager] of managers.entries()) {
    for (const report of reports.slice(team * 9, team * 9 + 8)) {
      const pair = await world.oneToOne(manager, report);
      await world.conversation(pair, { status: 'HELD', scheduledAt: new Date(Date.now() - 50 * 86_400_000) });
    }
  }
  await app.database.query(`update conversation set held_at = scheduled_at where organization_id = $1`, [
    organization.id,
  ]);
});
afterAll(() => app.close());

async function cells(): Promise<Cell[]> {
  const { rows } = await app.database.query<Cell>(
    `select r.period_key as period, c.tree, c.group_key as key, c.metric, c.driver, c.status, c.value, c.bound, c.people_band as band
     from trend_cell c join trend_release r on r.id = c.release_id order by 1, 2, 3, 4, 5`,
  );
  return rows;
}

describe('the release of trends', () => {
  let released: Cell[];
  const find = (
    period: string,
    metric: string,
    driver: string | null = null,
    tree = 'DEPARTMENT',
    key = 'organization',
  ) =>
    released.find(
      (cell) =>
        cell.period === period &&
        cell.metric === metric &&
        cell.driver === driver &&
        cell.tree === tree &&
        cell.key === key,
    );

  it('releases months and their quarter once, however many workers run', async () => {
    await app.runTask('release_trends');
    released = await cells();
    await app.runTask('release_trends');
    expect(await cells()).toEqual(released);
    expect([...new Set(released.map(({ period }) => period))]).toEqual(PERIODS.map(({ key }) => key).sort());
  });

  it('writes a row for every group and metric, also where nothing is released', () => {
    const groups = (tree: string): number => ({ DEPARTMENT: 3, MANAGER: 8, LOCATION: 1 })[tree] ?? 0;
    for (const tree of ['DEPARTMENT', 'MANAGER', 'LOCATION']) {
      const ofQuarter = released.filter((cell) => cell.period === '2025-Q1' && cell.tree === tree);
      // 7 scores, index, ENPS, participation and 4 about managers for each group, 2 about barriers for the organization.
      expect(ofQuarter).toHaveLength(14 * groups(tree) + 2);
    }
    for (const cell of released.filter(({ status }) => status === 'SUPPRESSED')) {
      expect([cell.value, cell.bound, cell.band]).toEqual([null, null, null]);
    }
  });

  it('computes figures within a step', () => {
    const trust = find('2025-Q1', 'PULSE_SCORE', 'MUTUAL_TRUST');
    expect(trust).toMatchObject({ status: 'RELEASED', bound: 'ROUNDED', band: 'FROM_50' });
    expect(Math.abs(trust!.value! - 3.5)).toBeLessThanOrEqual(0.1);
    expect(find('2025-Q1', 'PULSE_SCORE', 'VOICE')).toMatchObject({ status: 'SUPPRESSED' });
    // Without one of the drivers there is no index.
    expect(find('2025-Q1', 'ENGAGEMENT_INDEX')).toMatchObject({ status: 'SUPPRESSED' });
    expect(find('2025-Q1', 'ENPS')).toMatchObject({ status: 'RELEASED', bound: 'AT_LEAST' });
    // 54 of 61 people: all of each team and no manager, so that parts are moved both ways.
    expect(find('2025-Q1', 'PULSE_PARTICIPATION')).toMatchObject({
      status: 'RELEASED',
      value: 0.8,
      bound: 'APPROXIMATE',
    });
    const met = find('2025-Q1', 'MET_RATE');
    expect(met).toMatchObject({ status: 'RELEASED', band: 'FROM_5_TO_9' });
    expect(find('2025-01', 'MET_RATE')).toBeUndefined();
    expect(find('2025-01', 'PULSE_SCORE', 'VOICE')?.status).toBe('SUPPRESSED');
    expect(find('2025-Q1', 'PULSE_SCORE', 'MUTUAL_TRUST', 'MANAGER', managers[0]!.id)).toBeDefined();
  });

  it('destroys what it was computed from, and keeps who was behind small figures without names', async () => {
    const count = async (table: string): Promise<unknown> =>
      (await app.database.query<{ count: number }>(`select count(*)::integer as count from ${table}`)).rows[0]
        ?.count;
    expect(await count('pulse_answer')).toBe(0);
    expect(await count('pulse_pseudonym')).toBe(0);
    expect(await count(`trend_figure_people where purpose = 'QUARTER'`)).toBe(0);
    expect(await count(`trend_figure_people where purpose = 'LATER'`)).not.toBe(0);
  });

  it('adds up in the hash of each release', async () => {
    const { rows } = await app.database.query<{ stored: string; computed: string }>(
      'select r.row_hash as stored, app.trend_row_hash(r.id) as computed from trend_release r',
    );
    expect(rows).toHaveLength(4);
    for (const { stored, computed } of rows) expect(stored).toBe(computed);
  });
});
