import { Temporal } from '@js-temporal/polyfill';
import pg from 'pg';
import { World, day, hours, type TestGoal, type TestPerson } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { hashOf } from '../policies/session-queries.js';

/** When days begin, and what simultaneous writes do to the shares of a goal. */
let database: TestDatabase;
let admin: pg.Client;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  world = new World(admin);
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

describe('app.start_of_day', () => {
  /** Days around changes of a zone's clocks. */
  function changes(timeZone: string, from: string, until: string): string[] {
    const days: string[] = [];
    let at = Temporal.PlainDate.from(from).toZonedDateTime(timeZone);
    for (;;) {
      const next = at.getTimeZoneTransition('next');
      if (next === null || next.toPlainDate().toString() > until) return days;
      for (const offset of [-1, 0, 1]) days.push(next.toPlainDate().add({ days: offset }).toString());
      at = next;
    }
  }

  it('returns the first instant of the day in every zone, like Temporal, also where midnight is missing or occurs twice', async () => {
    const { rows: zones } = await admin.query<{ name: string }>(
      'select name from pg_timezone_names order by name',
    );
    const known = zones
      .map(({ name }) => name)
      .filter((name) => {
        try {
          Temporal.Now.zonedDateTimeISO(name);
          return /^[A-Z][A-Za-z_]+\/[A-Za-z_/-]+$/.test(name) && !name.startsWith('Etc/');
        } catch {
          return false;
        }
      });
    const asked = known.flatMap((zone) =>
      [...new Set([...changes(zone, '2024-01-01', '2028-12-31'), '2027-07-01'])].map((date) => ({
        zone,
        date,
      })),
    );
    const { rows } = await admin.query<{ zone: string; date: string; at: string; local: string }>(
      `select zone, date::text, extract(epoch from start)::bigint::text as at,
         to_char(start at time zone zone, 'YYYY-MM-DD"T"HH24:MI:SS') as local
       from jsonb_to_recordset($1::jsonb) as asked(zone text, date text),
         lateral (select app.start_of_day(date::date, zone) as start) s`,
      [JSON.stringify(asked)],
    );
    // The two can have rules of different years for a zone, so that their clocks differ at one instant.
    const alike = rows.filter(
      ({ zone, at, local }) =>
        Temporal.Instant.fromEpochMilliseconds(Number(at) * 1000)
          .toZonedDateTimeISO(zone)
          .toPlainDateTime()
          .toString() === local,
    );
    expect(alike.length / rows.length).toBeGreaterThan(0.95);
    const wrong = alike.filter(({ zone, date, at }) => {
      const expected = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone });
      return expected.epochMilliseconds / 1000 !== Number(at);
    });
    expect(known.length).toBeGreaterThan(300);
    expect(rows.length).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  it.each([
    // Clocks go back from 01:00 to 00:00: the day begins at the first of the two.
    ['Atlantic/Azores', '2027-10-31', '2027-10-31T00:00:00Z'],
    ['America/Havana', '2027-11-07', '2027-11-07T04:00:00Z'],
    // Clocks go forward from 00:00 to 01:00: there is no midnight.
    ['America/Havana', '2027-03-14', '2027-03-14T05:00:00Z'],
    ['Asia/Beirut', '2027-03-28', '2027-03-27T22:00:00Z'],
    // A day that was skipped.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
  ])('%s, %s', async (zone, date, expected) => {
    const { rows } = await admin.query<{ at: Date }>('select app.start_of_day($1, $2) as at', [date, zone]);
    expect(rows[0]?.at).toEqual(new Date(expected));
  });
});

describe('simultaneous writes', () => {
  let owner: TestPerson;
  let reader: TestPerson;
  let session: string;

  beforeEach(async () => {
    const organization = await world.organization();
    owner = await world.person(organization);
    reader = await world.person(organization);
    session = hashOf(await world.signIn(owner));
  });

  /** A connection of the API's role in a transaction of the owner of the goals. */
  async function asOwner(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    await client.query('begin');
    await client.query(`select set_config('app.session', $1, true)`, [session]);
    return client;
  }

  const ADD = `insert into goal_share (organization_id, goal_id, owner_id, with_id, expires_at) values ($1, $2, $3, $4, $5)`;
  const added = (goal: TestGoal, expiresAt: Date | null = null): unknown[] => [
    goal.organizationId,
    goal.id,
    owner.id,
    reader.id,
    expiresAt,
  ];
  const HIDE = `update personal_goal set visibility = 'PRIVATE' where id = $1`;

  async function liveShares(goal: TestGoal): Promise<number> {
    const { rows } = await admin.query('select 1 from goal_share where goal_id = $1 and ended_at is null', [
      goal.id,
    ]);
    return rows.length;
  }

  /** Sends `first`, and `second` before the first commits; the second can wait for it. */
  async function inTurn(
    first: (client: pg.Client) => Promise<unknown>,
    second: (client: pg.Client) => Promise<unknown>,
  ): Promise<string | undefined> {
    const [one, other] = [await asOwner(), await asOwner()];
    try {
      await first(one);
      const after = second(other).then(
        () => other.query('commit').then(() => undefined),
        (error: unknown) => (error as { code?: string }).code,
      );
      await waitingOrDone(after);
      await one.query('commit');
      return await after;
    } finally {
      await Promise.all([one.end(), other.end()]);
    }
  }

  /** Waits until a statement waits for a lock, or all have finished. */
  async function waitingOrDone(done: Promise<unknown>): Promise<void> {
    const state = { over: false };
    void done.then(() => (state.over = true));
    while (!state.over) {
      const { rowCount } = await admin.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rowCount) return;
    }
  }

  it('ends a share when its goal becomes PRIVATE, in either order of the writes', async () => {
    const goal = await world.goal(owner, { visibility: 'SHARED' });
    await inTurn(
      (client) => client.query(ADD, added(goal)),
      (client) => client.query(HIDE, [goal.id]),
    );
    expect((await world.find('personal_goal', goal.id)).visibility).toBe('PRIVATE');
    expect(await liveShares(goal)).toBe(0);

    const second = await world.goal(owner, { visibility: 'SHARED' });
    await inTurn(
      (client) => client.query(HIDE, [second.id]),
      (client) => client.query(ADD, added(second)),
    );
    expect((await world.find('personal_goal', second.id)).visibility).toBe('SHARED');
    expect(await liveShares(second)).toBe(1);
  });

  it('keeps a share ended that is changed while its goal becomes PRIVATE', async () => {
    const goal = await world.goal(owner, { visibility: 'SHARED' });
    const share = await world.share(goal, reader);
    const refused = await inTurn(
      (client) => client.query(HIDE, [goal.id]),
      (client) => client.query('update goal_share set includes_past = true where id = $1', [share.id]),
    );
    expect(refused).toBe('MU011');
    expect(await world.find('goal_share', share.id)).toMatchObject({ includes_past: false });
    expect(await liveShares(goal)).toBe(0);
  });

  it('leaves no share of a goal that becomes PRIVATE during a proposal', async () => {
    const goal = await world.goal(owner, { visibility: 'SHARED' });
    await world.share(goal, reader);
    const business = await world.businessGoal(
      owner,
      await world.cycle({ id: owner.organizationId, name: '' }),
    );
    await inTurn(
      (client) =>
        client.query(
          `insert into alignment (organization_id, personal_goal_id, owner_id, business_goal_id, proposed_by_id, state)
           values ($1, $2, $3, $4, $3, 'PLACED')`,
          [goal.organizationId, goal.id, owner.id, business.id],
        ),
      (client) => client.query(HIDE, [goal.id]),
    );
    expect(await liveShares(goal)).toBe(0);
  });

  it('takes no lock on goals of other people', async () => {
    const goal = await world.goal(reader, { visibility: 'SHARED' });
    const client = await asOwner();
    try {
      await expect(
        client.query(ADD, [goal.organizationId, goal.id, owner.id, reader.id, null]),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|23503)$/) as string });
    } finally {
      await client.end();
    }
    // Not rolled back, because locks are held until the end of the transaction.
    const other = await asOwner();
    try {
      await other.query('savepoint before');
      await other
        .query(ADD, [goal.organizationId, goal.id, reader.id, owner.id, null])
        .catch(() => undefined);
      const { rows } = await admin.query(
        'select 1 from personal_goal where id = $1 for no key update skip locked',
        [goal.id],
      );
      expect(rows).toHaveLength(1);
    } finally {
      await other.end();
    }
  });

  it('refuses a share that is already over, and activates no pending share with it', async () => {
    await world.line(reader, owner);
    const waiting = await world.goal(reader);
    const share = await world.share(waiting, owner);
    expect(share.waiting).toBe(true);
    const goal = await world.goal(owner);
    for (const expires of [hours(-1), new Date(0)]) {
      const client = await asOwner();
      await expect(client.query(ADD, added(goal, expires))).rejects.toMatchObject({ code: '42501' });
      await client.end();
      // Also without a policy that checks it.
      await world.share(goal, reader, { expiresAt: expires, waits: false });
      await admin.query('delete from goal_share where goal_id = $1', [goal.id]);
    }
    expect(await world.find('goal_share', share.id)).toMatchObject({ waiting: true, became_active_at: null });
    await world.share(goal, reader, { waits: false, expiresAt: hours(1) });
    expect(await world.find('goal_share', share.id)).toMatchObject({ waiting: false });
  });

  it('records a read only on the owner’s current day', async () => {
    await world.insert('person_time_zone', {
      person_id: reader.id,
      organization_id: owner.organizationId,
      time_zone: 'Pacific/Kiritimati',
    });
    const goal = await world.goal(reader);
    await world.share(goal, owner, { waits: false });
    const today = day(0, 'Pacific/Kiritimati');
    for (const [offset, allowed] of [
      [-1, false],
      [1, false],
      [0, true],
    ] as const) {
      const client = await asOwner();
      const written = client.query(
        `insert into goal_access (reader_id, goal_id, on_day, kind, owner_id, organization_id)
         values ($1, $2, $3::date + $4::integer, 'OPENED', $5, $6)`,
        [owner.id, goal.id, today, offset, reader.id, owner.organizationId],
      );
      if (allowed) await written;
      else await expect(written).rejects.toMatchObject({ code: '42501' });
      await client.end();
    }
  });
});
