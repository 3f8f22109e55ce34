import pg from 'pg';
import { day } from '../factories/world.js';
import { startOfDay } from '../policies/rows.js';
import { createOldDatabase, type OldDatabase } from './old-database.js';

/** Migrates a database with people and goals from before days were stored as instants. */
let database: OldDatabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await createOldDatabase('0010');
  admin = database.admin;
});
afterAll(() => database.drop());

async function add(table: string, values: Record<string, unknown>): Promise<{ id: string }> {
  const columns = Object.keys(values);
  const { rows } = await admin.query<{ id: string }>(
    `insert into ${table} (${columns.join(', ')})
     values (${columns.map((_, index) => `$${String(index + 1)}`).join(', ')}) returning *`,
    Object.values(values),
  );
  return rows[0]!;
}
const one = async <Row extends pg.QueryResultRow>(query: string, values: unknown[] = []): Promise<Row> =>
  (await admin.query<Row>(query, values)).rows[0]!;

it('keeps ended rows ended, computes the instants of days, and removes the time from ids', async () => {
  const zone = 'America/Havana';
  const organization = await add('organization', { name: 'Here', time_zone: zone });
  // A time zone that could be stored, and that the database does not know.
  const strange = await add('organization', { name: 'There', time_zone: 'US/Pacific-New' });
  const of = { organization_id: organization.id };
  const person = (who: string, where = organization.id) =>
    add('person', { organization_id: where, name: who });
  const [report, manager, next, leaver, for_ever] = [
    await person('Report'),
    await person('Manager'),
    await person('Next'),
    await person('Leaver'),
    await person('For ever'),
  ];
  const elsewhere = await person('Elsewhere', strange.id);
  const end = (who: { id: string }, ended_on: string, where = organization.id) =>
    add('employment_end', { organization_id: where, person_id: who.id, ended_on });
  await end(leaver, day(-10));
  await end(for_ever, '9999-12-31');
  await end(elsewhere, day(-10), strange.id);
  const line = (report_id: string, manager_id: string, values: object) =>
    add('reporting_line', { ...of, report_id, manager_id, starts_on: '2020-01-01', ...values });
  const closed = await line(report.id, manager.id, { ends_on: day(-5) });
  const open = await line(report.id, next.id, { starts_on: day(-5) });
  const left = await line(leaver.id, manager.id, { ends_on: day(-9), leaver_id: leaver.id });
  const endless = await line(manager.id, for_ever.id, { ends_on: '9999-12-31', kind: 'DOTTED' });

  const goal = await add('personal_goal', {
    ...of,
    owner_id: report.id,
    title: 'Goal',
    visibility: 'SHARED',
  });
  const share = (with_id: string, values: object) =>
    add('goal_share', { ...of, goal_id: goal.id, owner_id: report.id, with_id, ...values });
  const made = new Date(Date.now() - 86_400_000);
  const [over, active, waiting] = [
    await share(manager.id, {}),
    await share(leaver.id, { created_at: made }),
    await share(next.id, { line_id: open.id, waiting: true, created_at: made }),
  ];
  // Created while that reporting line was open.
  await admin.query('update goal_share set line_id = $2 where id = $1', [over.id, closed.id]);
  const cycle = await add('cycle', { ...of, name: 'Q', starts_on: day(0), ends_on: day(9) });
  const business = { ...of, owner_id: report.id, cycle_id: cycle.id, title: 'Work' };
  const published = await add('business_goal', { ...business, status: 'ON_TRACK' });
  const draft = await add('business_goal', { ...business, parent_id: published.id });
  const below = await add('business_goal', { ...business, title: 'Below', parent_id: draft.id });
  for (const [title, status, ...checkIns] of [
    ['By hand', 'AT_RISK'],
    ['Reached', 'ACHIEVED', 'AT_RISK', 'ACHIEVED'],
    ['Missed', 'MISSED', 'ON_TRACK', 'MISSED'],
    ['Given up', 'CANCELLED', 'OFF_TRACK'],
    ['Running', 'OFF_TRACK', 'ON_TRACK', 'OFF_TRACK'],
  ]) {
    const checked = await add('business_goal', { ...business, title, status });
    for (const [index, reported] of checkIns.entries()) {
      const at = new Date(made.getTime() + index * 1_000);
      const values = { business_goal_id: checked.id, author_id: report.id, confidence: 3, at };
      await add('check_in', { ...of, ...values, status: reported });
    }
  }
  await add('key_result', {
    ...of,
    business_goal_id: draft.id,
    title: 'K',
    unit: 'u',
    start_value: 0,
    current_value: 0,
    target_value: 1,
    position: 0,
  });
  await add('business_goal_assignee', { ...of, business_goal_id: draft.id, person_id: next.id });
  const alignment = { ...of, personal_goal_id: goal.id, owner_id: report.id, created_at: made };
  const placed = await add('alignment', {
    ...alignment,
    business_goal_id: published.id,
    proposed_by_id: report.id,
    state: 'PLACED',
  });
  const proposed = await add('alignment', {
    ...alignment,
    business_goal_id: draft.id,
    proposed_by_id: next.id,
    state: 'PROPOSED',
  });
  await add('alignment_decline', { ...of, alignment_id: proposed.id, owner_id: report.id });
  const [first_id, second_id] = [report.id, next.id].sort();
  const pair = await add('one_to_one', {
    ...of,
    first_id,
    second_id,
    started_by_id: report.id,
    state: 'OPEN',
    time_zone: zone,
  });
  const conversation = await add('conversation', { ...of, one_to_one_id: pair.id, scheduled_at: made });
  const point = {
    ...of,
    one_to_one_id: pair.id,
    conversation_id: conversation.id,
    author_id: report.id,
    position: 1,
  };
  const [hidden, shown] = [
    await add('talking_point', { ...point, text: 'Draft' }),
    await add('talking_point', { ...point, text: 'Shared', draft: false }),
  ];
  await add('talking_point_version', {
    ...of,
    point_id: hidden.id,
    version: 1,
    author_id: report.id,
    text: 'W',
  });
  await add('talking_point_subject', {
    ...of,
    point_id: hidden.id,
    author_id: report.id,
    business_goal_id: draft.id,
  });

  expect(await database.migrateTo()).not.toEqual([]);

  const ends = await admin.query<{
    person_id: string;
    ended_at: Date;
    access_until: Date;
    recorded_at: Date;
  }>('select * from employment_end order by 1');
  expect(ends.rows.map(({ person_id }) => person_id).sort()).toEqual([leaver.id, elsewhere.id].sort());
  for (const row of ends.rows) {
    // What had ended by UTC stays ended, and nobody's ninety days become shorter.
    expect(row.ended_at.getTime()).toBe(Date.parse(day(-9)));
    expect(row.access_until.getTime()).toBeGreaterThanOrEqual(Date.parse(day(81)));
    expect(row.recorded_at.getTime()).toBeLessThanOrEqual(row.ended_at.getTime());
  }
  expect(await one('select * from reporting_line where id = $1', [closed.id])).toMatchObject({
    ends_at: new Date(Date.parse(day(-5))),
    closed_at: new Date(Date.parse(day(-5))),
  });
  expect(await one('select * from reporting_line where id = $1', [left.id])).toMatchObject({
    closed_on: null,
    ends_at: new Date(Date.parse(day(-9))),
    leaver_id: leaver.id,
  });
  expect(startOfDay(day(-5), zone) / 1_000).toBeGreaterThan(Date.parse(day(-5)));
  expect(await one('select ends_on, closed_on from reporting_line where id = $1', [endless.id])).toEqual({
    ends_on: null,
    closed_on: null,
  });
  const copies = await admin.query('select line_id, by_leaving from reporting_line_end order by by_leaving');
  expect(copies.rows).toEqual(
    expect.arrayContaining([
      { line_id: closed.id, by_leaving: false },
      { line_id: left.id, by_leaving: true },
    ]),
  );

  const shares = await admin.query<{
    id: string;
    with_id: string;
    became_active_at: Date | null;
    created_at: Date;
  }>(
    `select s.*, o.created_at, app.share_state(s) as state from goal_share s join goal_share_own o on o.share_id = s.id`,
  );
  const byReader = new Map(shares.rows.map((row) => [row.with_id, row]));
  expect(byReader.get(manager.id)).toMatchObject({ state: 'ENDED' });
  // The reader left ten days ago: suspended.
  expect(byReader.get(leaver.id)).toMatchObject({ state: 'ENDED', became_active_at: made, created_at: made });
  expect(byReader.get(next.id)).toMatchObject({ state: 'PENDING', became_active_at: null, created_at: made });
  for (const { id } of shares.rows) {
    expect(id[14]).toBe('4');
    expect([over.id, active.id, waiting.id]).not.toContain(id);
  }
  await admin.query('delete from employment_end where person_id = $1', [leaver.id]);
  expect(
    await one('select app.share_state(s) as state from goal_share s where with_id = $1', [leaver.id]),
  ).toEqual({ state: 'ACTIVE' });
  expect(await one('select ends_on from reporting_line where id = $1', [left.id])).toEqual({ ends_on: null });

  const alignments = await admin.query<{ id: string; state: string }>(
    `select a.id, a.state, a.proposed_at, o.created_at, d.declined_at is not null as declined
     from alignment a join alignment_own o on o.alignment_id = a.id left join alignment_decline d on d.alignment_id = a.id
     order by a.state`,
  );
  expect(alignments.rows).toMatchObject([
    { state: 'PLACED', proposed_at: null, created_at: made, declined: false },
    { state: 'PROPOSED', proposed_at: made, created_at: made, declined: true },
  ]);
  for (const { id } of alignments.rows) expect([placed.id, proposed.id]).not.toContain(id);

  const goals = await admin.query<{ id: string; title: string; parent_id: string | null }>(
    `select id, title, state, parent_id from business_goal order by state desc, title desc`,
  );
  const ids = goals.rows.map(({ id }) => id);
  expect(ids).toContain(published.id);
  for (const { id } of [draft, below]) expect(ids).not.toContain(id);
  const moved = goals.rows.find(({ parent_id }) => parent_id === published.id);
  expect(goals.rows.find(({ title }) => title === 'Below')?.parent_id).toBe(moved?.id);
  for (const table of ['key_result', 'business_goal_assignee', 'talking_point_subject']) {
    expect(await one(`select business_goal_id from ${table}`)).toEqual({ business_goal_id: moved?.id });
  }
  const states = await admin.query<{ title: string; state: string; health: string | null }>(
    `select title, state, health from business_goal where title <> all ('{Work,Below}') order by title`,
  );
  expect(states.rows).toEqual([
    { title: 'By hand', state: 'OPEN', health: null },
    { title: 'Given up', state: 'CANCELLED', health: 'OFF_TRACK' },
    { title: 'Missed', state: 'MISSED', health: 'OFF_TRACK' },
    { title: 'Reached', state: 'ACHIEVED', health: 'ON_TRACK' },
    { title: 'Running', state: 'OPEN', health: 'OFF_TRACK' },
  ]);
  expect(await one(`select state, health from business_goal where id = '${published.id}'`)).toEqual({
    state: 'OPEN',
    health: null,
  });
  const points = await admin.query<{ id: string; draft: boolean }>(
    'select id, draft from talking_point order by draft',
  );
  expect(points.rows[0]?.id).toBe(shown.id);
  expect(points.rows[1]?.id).not.toBe(hidden.id);
  expect(await one('select point_id from talking_point_version')).toEqual({ point_id: points.rows[1]?.id });
  // The migration runs once.
  expect(await database.migrateTo()).toEqual([]);
});
