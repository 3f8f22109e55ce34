import pg from 'pg';
import { World, day as dayIn, hours, type TestOrganization } from '../factories/world.js';
import { startOfDay } from '../policies/rows.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

/** In whose time zone a day ends, that its instant is stored, and that nothing reveals how long something waited before it became readable. */
let app: TestApp;
let world: World;
let actors: Actors;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
});
afterAll(() => app.close());

/** Two time zones that never have the same date, so that one of them always differs from UTC. */
const AHEAD = 'Pacific/Kiritimati';
const BEHIND = 'Pacific/Pago_Pago';
const today = (zone: string): string => dayIn(0, zone);
const moment = (date: string, zone: string): string => new Date(startOfDay(date, zone) / 1_000).toISOString();

async function team(timeZone: string): Promise<{ organization: TestOrganization; admin: Actor }> {
  const organization = await world.organization({ timeZone });
  const admin = await actors.join(organization);
  for (const role of ['PEOPLE_ADMIN', 'ORGANIZATION_ADMIN']) await world.role(admin, role);
  return { organization, admin };
}

const END = `mutation ($id: ID!, $leftOn: Date) {
  endEmployment(input: { id: $id, leftOn: $leftOn }) { person { id } } }`;
const LINE = `mutation ($input: ChangeReportingLineInput!) { changeReportingLine(input: $input) { person { id } } }`;
const SHARE = `mutation ($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare {
  id state createdAt activeSince expiresOn } } }`;
const OPEN = 'query ($id: ID!) { personalGoal(id: $id) { title } }';
const ZONE = `mutation ($timeZone: TimeZone!) { updateMyProfile(input: { timeZone: $timeZone }) { person { id } } }`;
const SETTINGS = `mutation ($timeZone: TimeZone!) {
  updateSettings(input: { timeZone: $timeZone }) { organization { id } } }`;

interface Share {
  id: string;
  state: string;
  createdAt: string | null;
  activeSince: string | null;
  expiresOn: string | null;
}
const share = async (owner: Actor, input: Record<string, unknown>): Promise<Share> =>
  (await owner.get<{ shareGoal: { personalGoalShare: Share } }>(SHARE, { input })).shareGoal
    .personalGoalShare;
const opens = async (reader: Actor, goal: { id: string }): Promise<boolean> =>
  (await reader.get<{ personalGoal: unknown }>(OPEN, { id: goal.id })).personalGoal !== null;
const instant = async (
  table: string,
  column: string,
  where: string,
  id: string,
): Promise<string | undefined> =>
  (
    await app.database.query<{ at: Date | null }>(
      `select ${column} as at from ${table} where ${where} = $1`,
      [id],
    )
  ).rows[0]?.at?.toISOString();

describe('days of employment and reporting lines', () => {
  it.each([AHEAD, BEHIND, 'America/Havana'])('are those of the organization (%s)', async (zone) => {
    const { organization, admin } = await team(zone);
    const [manager, report] = [await actors.join(organization), await actors.join(organization)];
    await admin.get(LINE, { input: { id: report.id, managerId: manager.id } });
    const { rows } = await app.database.query<{ id: string; from: string }>(
      'select id, starts_on::text as from from reporting_line where report_id = $1',
      [report.id],
    );
    expect(rows[0]?.from).toBe(today(zone));
    expect(
      await admin.refusal(LINE, {
        input: { id: report.id, managerId: manager.id, startsOn: dayIn(-1, zone) },
      }),
    ).toBe('BAD_USER_INPUT');
    const goal = await world.goal(report);
    await share(report, { goalId: goal.id, personId: manager.id, withoutWaiting: true });
    // The last day is still a day of employment.
    await admin.get(END, { id: report.id, leftOn: today(zone) });
    expect(await instant('employment_end', 'ended_at', 'person_id', report.id)).toBe(
      moment(dayIn(1, zone), zone),
    );
    expect(await opens(manager, goal)).toBe(true);
    await admin.get(END, { id: report.id, leftOn: dayIn(-1, zone) });
    expect(await instant('employment_end', 'ended_at', 'person_id', report.id)).toBe(
      moment(today(zone), zone),
    );
    expect(await opens(manager, goal)).toBe(false);
  });

  it('are stored as instants: a new time zone moves future days, and none into the past', async () => {
    const { organization, admin } = await team('UTC');
    const [gone, leaving, today_, manager] = [
      await actors.join(organization),
      await actors.join(organization),
      await actors.join(organization),
      await actors.join(organization),
    ];
    const line = await world.line(leaving, manager, { until: dayIn(20) });
    await admin.get(END, { id: gone.id, leftOn: dayIn(-3) });
    await admin.get(END, { id: leaving.id, leftOn: dayIn(10) });
    await admin.get(END, { id: today_.id, leftOn: dayIn(0) });
    const before = Date.now();
    // One zone is a day ahead, the other a day behind.
    for (const zone of [AHEAD, BEHIND, AHEAD]) await admin.get(SETTINGS, { timeZone: zone });
    const endOf = (person: Actor) => instant('employment_end', 'ended_at', 'person_id', person.id);
    expect(await endOf(gone)).toBe(moment(dayIn(-2), 'UTC'));
    expect(await endOf(leaving)).toBe(moment(dayIn(11), AHEAD));
    expect(await instant('reporting_line', 'closed_at', 'id', line.id)).toBe(moment(dayIn(20), AHEAD));
    expect(await instant('reporting_line', 'ends_at', 'id', line.id)).toBe(moment(dayIn(11), AHEAD));
    expect(await instant('reporting_line', 'starts_at', 'id', line.id)).toBe(moment('2020-01-01', 'UTC'));
    const ended = Date.parse((await endOf(today_)) ?? '');
    expect(ended).toBeGreaterThanOrEqual(Math.min(before, Date.parse(moment(dayIn(1), AHEAD))) - 1);
    const copy = await instant('reporting_line_end', 'ends_at', 'by_leaving and line_id', line.id);
    expect(copy).toBe(moment(dayIn(11), AHEAD));
  });

  it.each([
    ['endEmployment', 'leftOn', '9999-12-31'],
    ['endEmployment', 'leftOn', '1899-12-31'],
    ['changeReportingLine', 'startsOn', '2200-01-01'],
    ['createPerson', 'hiredOn', '1066-10-14'],
    ['updatePerson', 'hiredOn', '9999-12-31'],
  ])('of %s are bounded, and the error names the field (%s: %s)', async (name, field, value) => {
    const { admin } = await team('UTC');
    const person = await world.person({ id: admin.organizationId, name: '' });
    const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input`;
    const ids: Record<string, Record<string, unknown>> = {
      endEmployment: { id: person.id },
      changeReportingLine: { id: person.id, managerId: admin.id },
      createPerson: { name: 'Somebody' },
      updatePerson: { id: person.id },
    };
    const { errors } = await admin.ask(
      `mutation ($input: ${type}!) { ${name}(input: $input) { person { id } } }`,
      { input: { ...ids[name], [field]: value } },
    );
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: `input.${field}`,
          message: expect.stringMatching(/^[A-Z].* must be from 1900-01-01 to 2199-12-31\.$/) as unknown,
        },
      ],
    });
  });

  it('at the bounds are returned as they were given', async () => {
    const { admin } = await team(AHEAD);
    const person = await world.person({ id: admin.organizationId, name: '' });
    await admin.get(END, { id: person.id, leftOn: '2199-12-31' });
    expect(await admin.get('query ($id: ID!) { person(id: $id) { leftOn } }', { id: person.id })).toEqual({
      person: { leftOn: '2199-12-31' },
    });
  });
});

describe('the end of a share', () => {
  it.each([
    ['Atlantic/Azores', '2027-10-30', '2027-10-31T00:00:00.000Z'],
    ['America/Havana', '2027-11-06', '2027-11-07T04:00:00.000Z'],
    ['America/Havana', '2027-03-13', '2027-03-14T05:00:00.000Z'],
    ['Europe/Berlin', '2027-10-30', '2027-10-30T22:00:00.000Z'],
  ])('is the first instant after its last day in the owner’s time zone (%s, %s)', async (zone, on, at) => {
    const { organization } = await team('Asia/Tokyo');
    const [owner, reader] = [await actors.join(organization), await actors.join(organization)];
    await owner.get(ZONE, { timeZone: zone });
    const goal = await world.goal(owner);
    const made = await share(owner, { goalId: goal.id, personId: reader.id, expiresOn: on });
    expect(made.expiresOn).toBe(on);
    expect(await instant('goal_share', 'expires_at', 'id', made.id)).toBe(at);
    // Moving to another time zone does not change when the share ends.
    await owner.get(ZONE, { timeZone: BEHIND });
    expect(await instant('goal_share', 'expires_at', 'id', made.id)).toBe(at);
  });
});

describe('a read', () => {
  const days = async (goal: { id: string }): Promise<string[]> =>
    (
      await app.database.query<{ day: string }>(
        'select on_day::text as day from goal_access where goal_id = $1 order by on_day',
        [goal.id],
      )
    ).rows.map(({ day }) => day);

  it('is recorded on the owner’s new day, also if a new time zone brings it', async () => {
    const { organization } = await team('UTC');
    const [owner, reader] = [await actors.join(organization), await actors.join(organization)];
    const goal = await world.goal(owner);
    await world.share(goal, reader);
    for (const zone of [BEHIND, AHEAD, BEHIND, AHEAD]) {
      await owner.get(ZONE, { timeZone: zone });
      for (const _ of [1, 2]) await opens(reader, goal);
    }
    const seen = await days(goal);
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(seen).toEqual(expect.arrayContaining([today(BEHIND), today(AHEAD)]));
  });

  it('is recorded on the organization’s day if the owner has no time zone, also when that changes', async () => {
    const { organization, admin } = await team(BEHIND);
    const [owner, reader] = [await actors.join(organization), await actors.join(organization)];
    const goal = await world.goal(owner);
    await world.share(goal, reader);
    await opens(reader, goal);
    await admin.get(SETTINGS, { timeZone: AHEAD });
    await opens(reader, goal);
    expect(await days(goal)).toEqual([today(BEHIND), today(AHEAD)]);
  });

  it.each([AHEAD, BEHIND])(
    'writes nothing if it is repeated on the same day of the owner (%s)',
    async (zone) => {
      const { organization } = await team('UTC');
      const [owner, reader] = [await actors.join(organization), await actors.join(organization)];
      await owner.get(ZONE, { timeZone: zone });
      const goal = await world.goal(owner);
      await world.share(goal, reader);
      await opens(reader, goal);
      await app.database.query(`delete from goal_access where goal_id = $1`, [goal.id]);
      await opens(reader, goal);
      expect(await days(goal)).toEqual([]);
    },
  );
});

describe('the time before something became readable', () => {
  it('is not revealed to the reader of a share that waited', async () => {
    const { organization } = await team('UTC');
    const [manager, report, peer] = [
      await actors.join(organization),
      await actors.join(organization),
      await actors.join(organization),
    ];
    await world.line(report, manager);
    const goal = await world.goal(report, { title: 'Waited' });
    const waited = await share(report, { goalId: goal.id, personId: manager.id });
    expect(waited).toMatchObject({ state: 'PENDING', activeSince: null });
    await world.goalUpdate(goal, { text: 'While it waited' });
    await world.milestone(goal, { title: 'While it waited' });
    const later = await world.goal(peer, { title: 'Shared meanwhile' });
    await share(peer, { goalId: later.id, personId: manager.id });
    const released = await world.goal(manager);
    await share(manager, { goalId: released.id, personId: report.id });

    const TIMES =
      'query ($id: ID!) { node(id: $id) { ... on PersonalGoalShare { state createdAt activeSince } } }';
    interface Times {
      node: { state: string; createdAt: string | null; activeSince: string };
    }
    const [own, theirs] = [
      (await report.get<Times>(TIMES, { id: waited.id })).node,
      (await manager.get<Times>(TIMES, { id: waited.id })).node,
    ];
    expect(own).toMatchObject({ state: 'ACTIVE', createdAt: waited.createdAt });
    expect(theirs).toEqual({ ...own, createdAt: null });
    expect(Date.parse(theirs.activeSince)).toBeGreaterThan(Date.parse(waited.createdAt ?? ''));
    // IDs, order and cursors reveal nothing either.
    expect(waited.id[14]).toBe('4');
    const { viewer } = await manager.get<{
      viewer: { sharedWithMe: { edges: { cursor: string; node: { title: string } }[] } };
    }>('{ viewer { sharedWithMe { edges { cursor node { title } } } } }');
    expect(viewer.sharedWithMe.edges.map(({ node }) => node.title)).toEqual(['Waited', 'Shared meanwhile']);
    const { viewer: next } = await manager.get<{ viewer: { sharedWithMe: { nodes: { title: string }[] } } }>(
      'query ($after: String) { viewer { sharedWithMe(after: $after) { nodes { title } } } }',
      { after: viewer.sharedWithMe.edges[0]?.cursor },
    );
    expect(next.sharedWithMe.nodes).toEqual([{ title: 'Shared meanwhile' }]);
    // What was written while the share waited belongs to the past.
    expect(
      await manager.get(
        'query ($id: ID!) { personalGoal(id: $id) { milestones { title } updates { nodes { text } } } }',
        { id: goal.id },
      ),
    ).toEqual({ personalGoal: { milestones: [], updates: { nodes: [] } } });
    const { personalGoal } = await report.get<{
      personalGoal: { ownerView: { audience: { since: string; basis: string }[] } };
    }>('query ($id: ID!) { personalGoal(id: $id) { ownerView { audience { since basis } } } }', {
      id: goal.id,
    });
    expect(personalGoal.ownerView.audience.find(({ basis }) => basis === 'SHARED_BY_NAME')?.since).toBe(
      theirs.activeSince,
    );
  });

  it('is not in a column that other people can read', async () => {
    const client = new pg.Client({ connectionString: app.testDatabase.appUrl });
    await client.connect();
    const { rows } = await client.query<{ at: string }>(
      `select table_name || '.' || column_name as at from information_schema.column_privileges
       where grantee = any (array(select rolname::text from pg_roles where pg_has_role(current_user, oid, 'MEMBER')))
         and privilege_type = 'SELECT' and column_name in ('created_at', 'assigned_at', 'recorded_at')
         and table_schema = 'public' order by 1`,
    );
    await client.end();
    // Visible to their owner only, or visible to everybody concerned from the moment of creation.
    expect([...new Set(rows.map(({ at }) => at))]).toEqual([
      'account.created_at',
      'action_item.created_at',
      'alignment_own.created_at',
      'conversation.created_at',
      'goal_share_own.created_at',
      'organization.created_at',
      'person.created_at',
      'personal_goal_own.created_at',
      'session.created_at',
    ]);
  });

  it.each([
    'goal_share',
    'alignment',
    'talking_point',
    'business_goal',
    'key_result',
    'personal_goal',
    'milestone',
    'goal_update',
    'reporting_line',
  ])('is not revealed by the IDs of %s, which are random', async (table) => {
    const { rows } = await app.database.query<{ default: string }>(
      `select column_default as default from information_schema.columns where table_name = $1 and column_name = 'id'`,
      [table],
    );
    expect(rows[0]?.default).toBe('gen_random_uuid()');
  });

  it('does not order business goals, which are listed by their publication', async () => {
    const { organization } = await team('UTC');
    const [owner, other] = [await actors.join(organization), await actors.join(organization)];
    const cycle = await world.cycle(organization);
    const draft = await world.businessGoal(owner, cycle, { title: 'Long a draft', state: 'DRAFT' });
    await app.database.query(`update business_goal set listed_at = $2 where id = $1`, [
      draft.id,
      hours(-900),
    ]);
    await world.businessGoal(owner, cycle, { title: 'Made meanwhile' });
    await owner.get(
      `mutation ($input: UpdateBusinessGoalInput!) { updateBusinessGoal(input: $input) { __typename } }`,
      {
        input: { id: draft.id, version: 1, state: 'OPEN' },
      },
    );
    expect(await other.get('{ businessGoals { nodes { title } } }')).toEqual({
      businessGoals: { nodes: [{ title: 'Long a draft' }, { title: 'Made meanwhile' }] },
    });
  });

  it('orders placements in a goal for its owner only', async () => {
    const { organization } = await team('UTC');
    const [owner, reader] = [await actors.join(organization), await actors.join(organization)];
    const cycle = await world.cycle(organization);
    const goal = await world.goal(owner);
    const placed: string[] = [];
    for (let n = 0; n < 8; n++)
      placed.push((await world.alignment(goal, await world.businessGoal(owner, cycle))).id);
    await world.share(goal, reader);
    const seen = async (who: Actor): Promise<{ id: string; createdAt: string | null }[]> =>
      (
        await who.get<{ personalGoal: { alignments: { id: string; createdAt: string | null }[] } }>(
          'query ($id: ID!) { personalGoal(id: $id) { alignments { id createdAt } } }',
          { id: goal.id },
        )
      ).personalGoal.alignments;
    expect((await seen(owner)).map(({ id }) => id)).toEqual(placed);
    expect((await seen(owner)).every(({ createdAt }) => createdAt !== null)).toBe(true);
    expect(await seen(reader)).toEqual(placed.toSorted().map((id) => ({ id, createdAt: null })));
    const { person } = await reader.get<{ person: { fitMap: { placements: { id: string }[] } } }>(
      'query ($id: ID!) { person(id: $id) { fitMap { placements { id } } } }',
      { id: owner.id },
    );
    expect(person.fitMap.placements.map(({ id }) => id)).toEqual(placed.toSorted().toReversed());
  });
});
