import pg from 'pg';
import { closedQuarter, type ClosedQuarter } from '../factories/closed-quarter.js';
import { World, type TestOrganization, type TestPerson, type TestRow } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';

/*
 * The value of each unit of the metrics about managers and barriers, as the worker's login reads it, compared with what docs/metrics.md says by hand.
 * An hour is within the period, counted from its beginning, unless it is negative or at least LENGTH.
 */
const HOUR = 3_600_000;
const DAY = 24;
const LENGTH = 90 * DAY;

let database: TestDatabase;
let admin: pg.Client;
let worker: pg.Client;
let world: World;
let organization: TestOrganization;
let quarter: ClosedQuarter;
let mia: TestPerson; // manages Ann, Bob and Cid
let noa: TestPerson; // manages Dan
let ann: TestPerson;
let bob: TestPerson;
let cid: TestPerson;
let dan: TestPerson;
const pairs = new Map<TestPerson, TestRow>();

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  worker = new pg.Client({ connectionString: database.workerUrl });
  await Promise.all([admin.connect(), worker.connect()]);
  world = new World(admin);
});
afterAll(async () => {
  await Promise.all([admin.end(), worker.end()]);
  await database.drop();
});
beforeEach(async () => {
  organization = await world.organization();
  pairs.clear();
  const join = (name: string): Promise<TestPerson> => world.person(organization, { name });
  const boss = await join('Bo');
  mia = await join('Mia');
  noa = await join('Noa');
  [ann, bob, cid, dan] = [await join('Ann'), await join('Bob'), await join('Cid'), await join('Dan')];
  for (const [report, manager] of [
    [mia, boss],
    [noa, boss],
    [ann, mia],
    [bob, mia],
    [cid, mia],
    [dan, noa],
  ] as const) {
    await world.line(report, manager);
    pairs.set(report, await world.oneToOne(manager, report));
  }
  quarter = await closedQuarter(admin, organization);
});

const at = (hour: number): Date => new Date(quarter.startsAt.getTime() + hour * HOUR);
const dayOf = (hour: number): string => at(hour).toISOString().slice(0, 10);

/** The values of a metric by the name of their unit, with how many different reports each has. */
async function values(metric: string): Promise<Record<string, readonly [number, number | null]>> {
  await worker.query('select app.register_trend_participants($1)', [quarter.id]);
  const { rows } = await worker.query<{ participant: number; value: number; reports: number[] | null }>(
    'select participant, value, reports from app.trend_values($1, $2, null)',
    [quarter.id, metric],
  );
  const named = await admin.query<{ number: number; name: string }>(
    'select n.number, p.name from trend_participant n join person p on p.id = n.person_id',
  );
  const names = new Map(named.rows.map(({ number, name }) => [number, name]));
  return Object.fromEntries(
    rows.map(({ participant, value, reports }) => [
      names.get(participant) ?? '',
      [value, reports === null ? null : new Set(reports).size] as const,
    ]),
  );
}

function talk(report: TestPerson, hour: number): Promise<TestRow> {
  return world.conversation(pairs.get(report)!, { status: 'HELD', scheduledAt: at(hour) });
}

const leave = (person: TestPerson, hour: number): Promise<void> => world.leaves(person, dayOf(hour));

async function erase(person: TestPerson): Promise<void> {
  await world.insert('erasure', {
    organization_id: organization.id,
    person_id: person.id,
    executes_at: new Date(Date.now() - HOUR),
  });
  expect((await admin.query('select app.erase_person($1) as done', [person.id])).rows).toEqual([
    { done: true },
  ]);
}

describe('CONVERSATION_WORTH', () => {
  /** Feedback of both about a conversation that is held in an hour, offered in others. */
  async function feedback(
    report: TestPerson,
    manager: TestPerson,
    held: number,
    worthIt: number | undefined,
    offered: { readonly byReport?: number; readonly byManager?: number },
  ): Promise<void> {
    const conversation = await talk(report, held);
    for (const [author, hour, worth] of [
      [report, offered.byReport, worthIt],
      [manager, offered.byManager, 1],
    ] as const) {
      const { id } = await world.feedback(conversation, author, {
        ...(worth !== undefined && { worthIt: worth }),
        offered: hour !== undefined,
      });
      if (hour !== undefined) {
        await admin.query('update conversation_feedback set offered_at = $2 where id = $1', [id, at(hour)]);
      }
    }
  }
  const both = (hour: number) => ({ byReport: hour, byManager: hour });

  it('is the mean over reports of the mean of what each answered, where both have offered', async () => {
    await feedback(ann, mia, 1, 5, both(2));
    await feedback(ann, mia, 3, 2, both(4));
    await feedback(bob, mia, 5, 4, both(6));
    await feedback(bob, mia, 7, 1, { byReport: 8 });
    await feedback(bob, mia, 9, 1, { byManager: 10 });
    await feedback(cid, mia, 11, undefined, both(12));
    // Not 3.67, the mean over conversations, and nothing of what managers answered.
    expect(await values('CONVERSATION_WORTH')).toEqual({ Mia: [3.75, 2] });
  });

  it('counts what is revealed within the period, by the later of both offers', async () => {
    await feedback(ann, mia, -3, 5, both(-1));
    await feedback(ann, mia, -2, 4, { byReport: -1, byManager: 0 });
    await feedback(bob, mia, LENGTH - 3, 2, both(LENGTH - 1));
    await feedback(bob, mia, LENGTH - 2, 1, { byReport: 5, byManager: LENGTH });
    expect(await values('CONVERSATION_WORTH')).toEqual({ Mia: [3, 2] });
  });

  it('stays within 1 and 5, the values of a single report included', async () => {
    for (let hour = 0; hour < 5; hour++) await feedback(ann, mia, hour, 1, both(hour));
    await feedback(dan, noa, 1, 5, both(2));
    expect(await values('CONVERSATION_WORTH')).toEqual({ Mia: [1, 1], Noa: [5, 1] });
  });

  it('counts nothing of reports who leave in the period, and nothing that was erased', async () => {
    await feedback(ann, mia, 1, 1, both(2));
    await feedback(bob, mia, 3, 2, both(4));
    await feedback(cid, mia, 5, 5, both(6));
    await feedback(dan, noa, 1, 4, both(2));
    await leave(ann, 40 * DAY);
    await erase(bob);
    expect(await values('CONVERSATION_WORTH')).toEqual({ Mia: [5, 1], Noa: [4, 1] });
    await leave(noa, 88 * DAY);
    expect(Object.keys(await values('CONVERSATION_WORTH'))).toEqual(['Mia']);
  });
});

describe('AGENDA_FROM_REPORTS', () => {
  it('is the share of conversations with shared points to which the report brought one', async () => {
    const brought = await talk(ann, 1);
    await world.talkingPoint(brought, ann);
    await world.talkingPoint(brought, ann);
    await world.talkingPoint(brought, mia);
    await world.talkingPoint(await talk(ann, 2), mia);
    const drafted = await talk(bob, 3);
    await world.talkingPoint(drafted, bob, { draft: true });
    await world.talkingPoint(drafted, mia);
    // Without shared points: not counted.
    await talk(bob, 4);
    await world.talkingPoint(await talk(bob, 5), bob, { draft: true });
    const hidden = await talk(cid, 6);
    await world.talkingPoint(hidden, cid);
    await admin.query('update conversation set off_the_record_by_id = $2 where id = $1', [hidden.id, mia.id]);
    for (const hour of [-1, LENGTH]) await world.talkingPoint(await talk(cid, hour), cid);
    const planned = await world.conversation(pairs.get(cid)!, { scheduledAt: at(7) });
    await world.talkingPoint(planned, cid);
    expect(await values('AGENDA_FROM_REPORTS')).toEqual({ Mia: [1 / 3, 2] });
  });

  it('counts a point that was carried on in each conversation where it was', async () => {
    const [first, second] = [await talk(dan, 0), await talk(dan, 1)];
    const point = await world.talkingPoint(first, dan);
    await admin.query('update talking_point set conversation_id = $2, times_carried = 1 where id = $1', [
      point.id,
      second.id,
    ]);
    await world.insert('talking_point_carry', {
      point_id: point.id,
      from_id: first.id,
      to_id: second.id,
      organization_id: organization.id,
      position: 1,
    });
    await world.talkingPoint(await talk(dan, LENGTH - 1), noa);
    await world.talkingPoint(await talk(dan, LENGTH - 2), noa);
    expect(await values('AGENDA_FROM_REPORTS')).toEqual({ Noa: [0.5, 1] });
  });

  it('counts nothing of reports who leave in the period, and erased points no more', async () => {
    await world.talkingPoint(await talk(ann, 1), ann);
    await world.talkingPoint(await talk(bob, 1), bob);
    const shared = await talk(bob, 2);
    await world.talkingPoint(shared, bob);
    await world.talkingPoint(shared, mia);
    expect(await values('AGENDA_FROM_REPORTS')).toEqual({ Mia: [1, 2] });
    // Whose last day is that of the period was employed throughout.
    await leave(bob, 89 * DAY);
    await leave(ann, 88 * DAY);
    expect(await values('AGENDA_FROM_REPORTS')).toEqual({ Mia: [1, 1] });
    await erase(bob);
    expect(await values('AGENDA_FROM_REPORTS')).toEqual({ Mia: [0, 1] });
  });
});

describe('PROMISES_KEPT_BY_MANAGERS', () => {
  interface Item {
    readonly owner?: TestPerson;
    /** From when it is late. */
    readonly late: number;
    readonly state?: 'DONE' | 'DROPPED';
    readonly closed?: number;
    /** As the database settles it when it is closed. */
    readonly kept?: boolean | null;
  }

  async function promise(
    report: TestPerson,
    { owner = mia, late, state, closed, kept }: Item,
  ): Promise<void> {
    const { id } = await world.insert<{ id: string }>('action_item', {
      organization_id: organization.id,
      one_to_one_id: pairs.get(report)!.id,
      owner_id: owner.id,
      created_by_id: report.id,
      text: 'Something',
      due_on: dayOf(late - 1),
    });
    if (state !== undefined) {
      await admin.query('update action_item set state = $2, closed_at = $3 where id = $1', [
        id,
        state,
        at(closed ?? 0),
      ]);
    }
    await admin.query('update action_item set due_at = $2, late_at = $2, kept = $3 where id = $1', [
      id,
      at(late),
      kept ?? null,
    ]);
  }

  it('is the share of due items that were done in time', async () => {
    await promise(ann, { late: 5 * DAY, state: 'DONE', closed: 5 * DAY, kept: true });
    await promise(ann, { late: 5 * DAY, state: 'DONE', closed: 5 * DAY + 1, kept: false });
    await promise(bob, { late: 6 * DAY });
    // Done before the period began.
    await promise(bob, { late: 6 * DAY, state: 'DONE', closed: -DAY, kept: true });
    // Dropped late.
    await promise(bob, { late: 7 * DAY, state: 'DROPPED', closed: 8 * DAY, kept: false });
    expect(await values('PROMISES_KEPT_BY_MANAGERS')).toEqual({ Mia: [0.4, 2] });
  });

  it('does not count items that were dropped before they were due, refused, or owned by the report', async () => {
    await promise(dan, { owner: noa, late: 9 * DAY, state: 'DONE', closed: 1, kept: true });
    await promise(dan, { owner: noa, late: 9 * DAY, state: 'DROPPED', closed: 8 * DAY, kept: null });
    // Written by the report with a date, and refused within seven days of that, after the date.
    await promise(dan, { owner: noa, late: 9 * DAY, state: 'DROPPED', closed: 12 * DAY, kept: null });
    await promise(dan, { owner: dan, late: 9 * DAY });
    expect(await values('PROMISES_KEPT_BY_MANAGERS')).toEqual({ Noa: [1, 1] });
  });

  it('counts an item in the period in which its time runs out, by its first instant and not by its last', async () => {
    await promise(ann, { late: 0 });
    await promise(ann, { late: LENGTH - 1, state: 'DONE', closed: 1, kept: true });
    await promise(bob, { late: -1 });
    await promise(bob, { late: LENGTH });
    expect(await values('PROMISES_KEPT_BY_MANAGERS')).toEqual({ Mia: [0.5, 1] });
  });

  it('counts an item that fell due in a pause at the end of the pause', async () => {
    await promise(ann, { late: 5 * DAY });
    await admin.query('update action_item set late_at = $2 where owner_id = $1', [mia.id, at(LENGTH + DAY)]);
    expect(await values('PROMISES_KEPT_BY_MANAGERS')).toEqual({});
  });

  it('counts nothing of reports who leave or get another manager, and what is left after an erasure', async () => {
    await promise(ann, { late: DAY });
    await promise(bob, { late: DAY });
    await promise(cid, { late: DAY, state: 'DONE', closed: 1, kept: true });
    await leave(ann, 30 * DAY);
    await admin.query('update reporting_line set closed_on = $2 where report_id = $1', [
      bob.id,
      dayOf(80 * DAY),
    ]);
    expect(await values('PROMISES_KEPT_BY_MANAGERS')).toEqual({ Mia: [1, 1] });
    // The words go, and what was done when stays.
    await erase(cid);
    expect(await values('PROMISES_KEPT_BY_MANAGERS')).toEqual({ Mia: [1, 1] });
  });
});

describe('MET_RATE', () => {
  const pause = (report: TestPerson, began: number, over: number): Promise<unknown> =>
    admin.query('update one_to_one set pause_began_at = $2, pause_over_at = $3 where id = $1', [
      pairs.get(report)!.id,
      at(began),
      at(over),
    ]);

  it('leaves out pairs that were paused in the period and did not meet, and no others', async () => {
    await talk(ann, 1);
    expect(await values('MET_RATE')).toMatchObject({ Mia: [1 / 3, 3], Noa: [0, 1] });
    await pause(bob, DAY, 2 * DAY);
    await pause(ann, DAY, 2 * DAY);
    expect(await values('MET_RATE')).toMatchObject({ Mia: [0.5, 2] });
    // A pause that began after the end, or was over before the beginning, excuses nothing.
    await pause(bob, LENGTH, LENGTH + 20 * DAY);
    await pause(cid, -2 * DAY, 0);
    expect(await values('MET_RATE')).toMatchObject({ Mia: [1 / 3, 3] });
  });

  it('knows when a pause began and when it was over, also where it is moved or ended early', async () => {
    const { id } = pairs.get(dan)!;
    const set = async (until: string | null): Promise<{ began: Date | null; over: Date | null }> => {
      const { rows } = await admin.query<{ began: Date | null; over: Date | null }>(
        `update one_to_one set paused_until = $2 where id = $1 returning pause_began_at as began, pause_over_at as over`,
        [id, until],
      );
      return rows[0]!;
    };
    const ahead = (days: number): string =>
      new Date(Date.now() + days * DAY * HOUR).toISOString().slice(0, 10);
    const first = await set(ahead(10));
    expect(Math.abs(first.began!.getTime() - Date.now())).toBeLessThan(60_000);
    const moved = await set(ahead(20));
    expect(moved.began).toEqual(first.began);
    expect(moved.over!.getTime() - first.over!.getTime()).toBe(10 * DAY * HOUR);
    const ended = await set(null);
    expect(ended.began).toEqual(first.began);
    expect(ended.over!.getTime()).toBeLessThanOrEqual(Date.now());
    const again = await set(ahead(5));
    expect(again.began!.getTime()).toBeGreaterThan(first.began!.getTime());
  });
});

describe('the managers who can have a value', () => {
  async function managers(): Promise<string[]> {
    await worker.query('select app.register_trend_participants($1)', [quarter.id]);
    const { rows } = await worker.query<{ number: number }>('select app.trend_managers($1) as number', [
      quarter.id,
    ]);
    const named = await admin.query<{ name: string }>(
      'select p.name from trend_participant n join person p on p.id = n.person_id where n.number = any ($1)',
      [rows.map(({ number }) => number)],
    );
    expect(named.rows).toHaveLength(rows.length);
    return named.rows.map(({ name }) => name).sort();
  }

  it('are those with direct reports throughout the period, whether or not they have one', async () => {
    await talk(ann, 1);
    expect(await values('AGENDA_FROM_REPORTS')).toEqual({});
    expect(await managers()).toEqual(['Bo', 'Mia', 'Noa']);
    await leave(dan, 5 * DAY);
    expect(await managers()).toEqual(['Bo', 'Mia']);
  });

  it('include everybody who has a value of a metric about managers', async () => {
    for (const report of [ann, dan, mia]) await talk(report, 1);
    expect(await managers()).toEqual(expect.arrayContaining(Object.keys(await values('MET_RATE'))));
  });
});

describe('barriers', () => {
  let area: TestRow;

  beforeEach(async () => {
    area = await newArea(mia, 'Travel');
  });

  async function newArea(answerer: TestPerson, name: string): Promise<TestRow> {
    const row = await world.insert<{ id: string }>('procedure_area', {
      organization_id: organization.id,
      name,
      answerer_id: answerer.id,
    });
    return { id: row.id, organizationId: organization.id };
  }

  async function barrier(due: number, of = area): Promise<string> {
    const row = await world.insert<{ id: string }>('barrier', {
      organization_id: organization.id,
      title: 'Three signatures',
      hinders_customers: false,
      procedure_area_id: of.id,
      created_on: dayOf(due - 14 * DAY),
    });
    return row.id;
  }

  function answer(id: string, status: string, hour: number): Promise<unknown> {
    return world.insert('barrier_answer', {
      organization_id: organization.id,
      barrier_id: id,
      status,
      text: 'Yes.',
      by_id: mia.id,
      at: at(hour),
      trial_until: status === 'TRIAL_WITHOUT' ? dayOf(hour + 60 * DAY) : undefined,
      required_by_law: status === 'STAYS' ? 'Section 14' : undefined,
    });
  }

  it('BARRIERS_ANSWERED_IN_TIME is the share of first answers by their due day', async () => {
    // On the last minute of the day, and on the first of the next.
    await answer(await barrier(20 * DAY), 'REMOVED', 21 * DAY - 0.01);
    await answer(await barrier(20 * DAY), 'STAYS', 21 * DAY);
    await answer(await barrier(20 * DAY), 'INVESTIGATING', 19 * DAY);
    await barrier(20 * DAY);
    expect(await values('BARRIERS_ANSWERED_IN_TIME')).toEqual({ Mia: [0.25, null] });
  });

  it('BARRIERS_ANSWERED_IN_TIME counts by the first due day, whatever answers and areas follow', async () => {
    const [finance, tools] = [await newArea(noa, 'Finance'), await newArea(ann, 'Tools')];
    const tried = await barrier(20 * DAY, finance);
    await answer(tried, 'TRIAL_WITHOUT', 19 * DAY);
    await answer(tried, 'REMOVED', 80 * DAY);
    // Taken up again after the end: another answer is due, and the first was in time.
    const reopened = await barrier(30 * DAY, finance);
    await answer(reopened, 'STAYS', 29 * DAY);
    await answer(reopened, 'INVESTIGATING', LENGTH + DAY);
    expect(await values('BARRIERS_ANSWERED_IN_TIME')).toEqual({ Noa: [1, null] });
    // Given to another area today: due in 14 days, not in this period.
    const moved = await barrier(40 * DAY, finance);
    await admin.query('update barrier set procedure_area_id = $2 where id = $1', [moved, tools.id]);
    expect(await values('BARRIERS_ANSWERED_IN_TIME')).toEqual({ Noa: [1, null] });
    // The first due day of one with an answer stays; it counts for who answers for its area now.
    await admin.query('update barrier set procedure_area_id = $2 where id = $1', [reopened, tools.id]);
    expect(await values('BARRIERS_ANSWERED_IN_TIME')).toEqual({ Noa: [1, null], Ann: [1, null] });
  });

  it('BARRIERS_ANSWERED_IN_TIME counts the days of the period, its first and its last', async () => {
    for (const due of [0, LENGTH - DAY, -DAY, LENGTH]) await barrier(due);
    await answer(await barrier(LENGTH - DAY), 'REMOVED', LENGTH - 1);
    expect(await values('BARRIERS_ANSWERED_IN_TIME')).toEqual({ Mia: [1 / 3, null] });
  });

  it('BARRIERS_REMOVED is the share whose last answer in the period removed them', async () => {
    const turned = await barrier(20 * DAY);
    await answer(turned, 'STAYS', 10 * DAY);
    await answer(turned, 'REMOVED', 20 * DAY);
    const kept = await barrier(20 * DAY);
    await answer(kept, 'REMOVED', 10 * DAY);
    await answer(kept, 'STAYS', 20 * DAY);
    await answer(kept, 'INVESTIGATING', 30 * DAY);
    // After the end, and before the beginning.
    const later = await barrier(20 * DAY);
    await answer(later, 'TRIAL_WITHOUT', 20 * DAY);
    await answer(later, 'REMOVED', LENGTH);
    await answer(await barrier(0), 'REMOVED', -0.01);
    await answer(await barrier(0), 'REMOVED', 0);
    expect(await values('BARRIERS_REMOVED')).toEqual({ Mia: [0.5, null] });
  });

  it('an answerer who was erased still counts for the areas that they answer for', async () => {
    await answer(await barrier(20 * DAY), 'REMOVED', DAY);
    await erase(mia);
    expect(await values('BARRIERS_REMOVED')).toEqual({ Mia: [1, null] });
  });
});

it('returns no values of a period that ended less than seven days ago', async () => {
  await talk(ann, 1);
  await admin.query('update engagement_period set ends_at = $2 where id = $1', [
    quarter.id,
    new Date(Date.now() - 6.9 * DAY * HOUR),
  ]);
  expect(await values('MET_RATE')).toEqual({});
});
