import {
  World,
  day,
  hours,
  type TestOrganization,
  type TestPerson,
  type TestRow,
} from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import {
  ACCEPT,
  CANCEL,
  END,
  HOLD,
  MOVE,
  READ_CONVERSATION,
  READ_PAIR,
  REOPEN,
  RESCHEDULE,
  SCHEDULE,
  SKIP,
  START,
  asking,
  signIn,
  type ConversationNode,
  type Signed,
} from './pairs.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization();
});
afterAll(() => app.close());

type Node = ConversationNode;
interface Pair {
  readonly id: string;
  readonly ana: Signed;
  readonly lee: Signed;
  /** What the recurrence planned, or what was scheduled. */
  readonly first: Node;
}

async function somebody(): Promise<Signed> {
  return signIn(app, world, await world.person(organization));
}

/** Whole seconds, as dates of a series have. */
function seconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

/** A pair of a report and their manager with a recurrence, and what that planned. */
async function withRecurrence(recurrence = 'FREQ=WEEKLY', startsAt = hours(20)): Promise<Pair> {
  const [ana, lee] = [await somebody(), await somebody()];
  await world.line(ana, lee);
  const { startOneToOne } = await ana.ask(START, {
    input: { personId: lee.id, recurrence, startsAt, timeZone: 'UTC' },
  });
  return { id: startOneToOne.oneToOne.id, ana, lee, first: startOneToOne.oneToOne.next! };
}

/** A pair without a recurrence, and one conversation scheduled by hand. */
async function withoutRecurrence(scheduledAt = hours(20)): Promise<Pair> {
  const [ana, lee] = [await somebody(), await somebody()];
  await world.line(ana, lee);
  const { startOneToOne } = await ana.ask(START, { input: { personId: lee.id } });
  const id = startOneToOne.oneToOne.id;
  const { result } = await lee.ask(SCHEDULE, { input: { oneToOneId: id, scheduledAt } });
  return { id, ana, lee, first: result.conversation };
}

async function change(who: Signed, query: string, input: Record<string, unknown>): Promise<Node> {
  return (await who.ask(query, { input })).result.conversation;
}
async function code(who: Signed, query: string, input: Record<string, unknown>): Promise<string> {
  return (await who.refused(query, { input })).extensions.code;
}

async function conversations(pair: Pair, who = pair.ana): Promise<readonly Node[]> {
  return (await who.ask(READ_PAIR, { id: pair.id })).oneToOne.conversations.nodes;
}
async function planned(pair: Pair): Promise<Node[]> {
  return (await conversations(pair)).filter(({ status }) => status === 'PLANNED').reverse();
}

async function point(
  pair: Pair,
  conversation: Node,
  author: TestPerson,
  options: { draft?: boolean; discussed?: boolean } = {},
): Promise<TestRow> {
  return world.talkingPoint({ id: conversation.id, organizationId: organization.id }, author, options);
}
async function where(row: TestRow): Promise<{ in: string | null; carried: number; raisedIn: string | null }> {
  const found = await world.find('talking_point', row.id);
  return {
    in: found.conversation_id as string | null,
    carried: found.times_carried as number,
    raisedIn: found.raised_in_id as string | null,
  };
}
async function exists(table: string, id: string): Promise<boolean> {
  const { rowCount } = await app.database.query(`select 1 from ${table} where id = $1`, [id]);
  return rowCount === 1;
}
async function closedAgo(conversation: Node, days: number): Promise<void> {
  await app.database.query(
    `update conversation set closed_at = now() - make_interval(days => $2) where id = $1`,
    [conversation.id, days],
  );
}

const CLOSINGS = [
  ['HELD', HOLD],
  ['SKIPPED', SKIP],
  ['CANCELLED', CANCEL],
] as const;
/** The input of one of these mutations for a planned conversation. */
function closing(mutation: string, id: string): Record<string, unknown> {
  return mutation === HOLD ? { target: { conversationId: id } } : { id };
}

describe('scheduling and moving', () => {
  it('adds a conversation by either participant', async () => {
    const pair = await withRecurrence();
    const extra = hours(5);
    const made = await change(pair.lee, SCHEDULE, { oneToOneId: pair.id, scheduledAt: extra });
    expect(made).toMatchObject({
      status: 'PLANNED',
      scheduledAt: extra.toISOString(),
      heldAt: null,
      version: 1,
    });
    expect((await planned(pair)).map(({ id }) => id)).toEqual([made.id, pair.first.id]);
    expect((await pair.ana.ask(READ_PAIR, { id: pair.id })).oneToOne.next?.id).toBe(made.id);
  });

  it('is refused in the past, after more than two years, and at a time that has a conversation', async () => {
    const pair = await withoutRecurrence();
    const refusal = async (scheduledAt: Date | string) =>
      (await pair.ana.refused(SCHEDULE, { input: { oneToOneId: pair.id, scheduledAt } })).extensions;
    for (const date of [hours(-1), hours(24 * 740)]) {
      expect(await refusal(date)).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.scheduledAt' }],
      });
    }
    expect((await refusal(pair.first.scheduledAt)).code).toBe('CONFLICT');
  });

  it('creates one conversation when five requests for one time arrive at the same moment', async () => {
    const pair = await withoutRecurrence();
    const scheduledAt = hours(40);
    const answers = await Promise.all(
      [pair.ana, pair.lee, pair.ana, pair.lee, pair.ana].map((who) =>
        who.send(SCHEDULE, { input: { oneToOneId: pair.id, scheduledAt } }),
      ),
    );
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(await planned(pair)).toHaveLength(2);
  });

  it('moves one conversation without changing the recurrence', async () => {
    const startsAt = seconds(hours(20));
    const pair = await withRecurrence('FREQ=WEEKLY', startsAt);
    const other = hours(60);
    const moved = await change(pair.lee, MOVE, { id: pair.first.id, version: 1, scheduledAt: other });
    expect(moved).toMatchObject({ id: pair.first.id, scheduledAt: other.toISOString(), version: 2 });
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    expect((await planned(pair)).map(({ scheduledAt }) => scheduledAt)).toEqual([
      new Date(startsAt.getTime() + 7 * 24 * 3_600_000).toISOString(),
    ]);
  });

  it('changes nothing, not even the version, when moving to the same time', async () => {
    const pair = await withoutRecurrence();
    const { scheduledAt } = pair.first;
    expect(await change(pair.ana, MOVE, { id: pair.first.id, version: 1, scheduledAt })).toMatchObject({
      scheduledAt,
      version: 1,
    });
  });

  it('returns EditConflict for an outdated version, and CONFLICT for a closed conversation', async () => {
    const pair = await withoutRecurrence();
    await change(pair.ana, MOVE, { id: pair.first.id, version: 1, scheduledAt: hours(30) });
    const { result } = await pair.lee.ask(MOVE, {
      input: { id: pair.first.id, version: 1, scheduledAt: hours(31) },
    });
    expect(result).toMatchObject({ __typename: 'EditConflict', current: { id: pair.first.id, version: 2 } });
    await change(pair.lee, MOVE, { id: pair.first.id, version: 2, scheduledAt: hours(31) });
    await change(pair.lee, SKIP, { id: pair.first.id });
    expect(await code(pair.lee, MOVE, { id: pair.first.id, version: 4, scheduledAt: hours(32) })).toBe(
      'CONFLICT',
    );
  });
});

describe('closing a conversation', () => {
  it.each(CLOSINGS)('as %s is possible once, by either participant', async (status, mutation) => {
    for (const side of ['ana', 'lee'] as const) {
      const pair = await withoutRecurrence();
      const closed = await change(pair[side], mutation, closing(mutation, pair.first.id));
      expect(closed).toMatchObject({ id: pair.first.id, status, version: 2 });
      expect(closed.heldAt === null).toBe(status !== 'HELD');
      for (const [, again] of CLOSINGS) {
        expect(await code(pair.ana, again, closing(again, pair.first.id))).toBe('CONFLICT');
      }
      expect(await planned(pair)).toEqual([]);
    }
  });

  it('as HELD without a time uses the scheduled time, or now if that is still to come', async () => {
    const early = await withoutRecurrence();
    const held = await change(early.ana, HOLD, { target: { conversationId: early.first.id } });
    expect(Math.abs(Date.parse(held.heldAt ?? '') - Date.now())).toBeLessThan(60_000);

    const late = await withoutRecurrence();
    await app.database.query('update conversation set scheduled_at = $1 where id = $2', [
      hours(-30),
      late.first.id,
    ]);
    const logged = await change(late.ana, HOLD, { target: { conversationId: late.first.id } });
    expect(logged.heldAt).toBe(logged.scheduledAt);
    expect((await late.lee.ask(READ_PAIR, { id: late.id })).oneToOne.lastHeldAt).toBe(logged.heldAt);
  });

  it('as HELD takes a time that is not in the future', async () => {
    const pair = await withoutRecurrence();
    for (const heldAt of [hours(1), hours(-24 * 740)]) {
      const { extensions } = await pair.ana.refused(HOLD, {
        input: { target: { conversationId: pair.first.id }, heldAt },
      });
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.heldAt' }] });
    }
    const heldAt = hours(-50);
    expect((await change(pair.ana, HOLD, { target: { conversationId: pair.first.id }, heldAt })).heldAt).toBe(
      heldAt.toISOString(),
    );
  });

  it('logs a conversation that was not planned, once', async () => {
    const pair = await withRecurrence();
    const heldAt = hours(-3);
    const logged = await change(pair.lee, HOLD, { target: { oneToOneId: pair.id }, heldAt });
    expect(logged).toMatchObject({
      status: 'HELD',
      heldAt: heldAt.toISOString(),
      scheduledAt: heldAt.toISOString(),
    });
    // The other logs it as well, from memory.
    expect(await code(pair.ana, HOLD, { target: { oneToOneId: pair.id }, heldAt: hours(-3.2) })).toBe(
      'CONFLICT',
    );
    await change(pair.ana, HOLD, { target: { oneToOneId: pair.id }, heldAt: hours(-27) });
    expect((await planned(pair)).map(({ id }) => id)).toEqual([pair.first.id]);
    expect((await pair.ana.ask(READ_PAIR, { id: pair.id })).oneToOne.lastHeldAt).toBe(heldAt.toISOString());
  });

  it('refuses to log a conversation that overlaps with a logged one, to the millisecond', async () => {
    const pair = await withoutRecurrence();
    const heldAt = hours(-5);
    const minutes = (amount: number, milliseconds = 0): Date =>
      new Date(heldAt.getTime() + amount * 60_000 + milliseconds);
    await change(pair.ana, HOLD, { target: { oneToOneId: pair.id }, heldAt });
    for (const during of [minutes(30, -1), minutes(-30, 1), heldAt]) {
      expect(await code(pair.lee, HOLD, { target: { oneToOneId: pair.id }, heldAt: during })).toBe(
        'CONFLICT',
      );
    }
    for (const beside of [minutes(30), minutes(-30)]) {
      await change(pair.lee, HOLD, { target: { oneToOneId: pair.id }, heldAt: beside });
    }
  });

  it('as HELD requires exactly one of a conversation and a one-to-one', async () => {
    const pair = await withoutRecurrence();
    expect(await code(pair.ana, HOLD, {})).toBe('BAD_USER_INPUT');
    expect(
      await code(pair.ana, HOLD, { target: { conversationId: pair.first.id, oneToOneId: pair.id } }),
    ).toBe('BAD_USER_INPUT');
  });

  it.each(CLOSINGS)('as %s plans one next date of the recurrence', async (_, mutation) => {
    const startsAt = seconds(hours(20));
    const pair = await withRecurrence('FREQ=WEEKLY', startsAt);
    let current = pair.first;
    for (let week = 1; week <= 3; week += 1) {
      await change(week % 2 ? pair.lee : pair.ana, mutation, closing(mutation, current.id));
      const ahead = await planned(pair);
      expect(ahead.map(({ scheduledAt }) => scheduledAt)).toEqual([
        new Date(startsAt.getTime() + week * 7 * 24 * 3_600_000).toISOString(),
      ]);
      current = ahead[0]!;
    }
  });

  it('plans nothing while a conversation of the recurrence is ahead', async () => {
    const pair = await withRecurrence();
    const extra = await change(pair.ana, SCHEDULE, { oneToOneId: pair.id, scheduledAt: hours(2) });
    await change(pair.ana, SKIP, { id: extra.id });
    expect((await planned(pair)).map(({ id }) => id)).toEqual([pair.first.id]);
  });

  it('passes over a date that has a conversation scheduled by hand', async () => {
    const startsAt = seconds(hours(20));
    const pair = await withRecurrence('FREQ=DAILY', startsAt);
    const tomorrow = new Date(startsAt.getTime() + 24 * 3_600_000);
    await change(pair.ana, SCHEDULE, { oneToOneId: pair.id, scheduledAt: tomorrow });
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    expect((await planned(pair)).map(({ scheduledAt }) => scheduledAt)).toEqual([
      tomorrow.toISOString(),
      new Date(startsAt.getTime() + 48 * 3_600_000).toISOString(),
    ]);
  });

  it('plans nothing after the last date of the recurrence', async () => {
    const pair = await withRecurrence('FREQ=WEEKLY;COUNT=1');
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    expect(await planned(pair)).toEqual([]);
  });

  it('does not plan dates that have passed', async () => {
    const startsAt = seconds(hours(20));
    const pair = await withRecurrence('FREQ=WEEKLY', startsAt);
    await app.database.query(
      `update one_to_one set recurrence_starts_at = recurrence_starts_at - interval '70 days' where id = $1`,
      [pair.id],
    );
    await app.database.query(
      `update conversation set scheduled_at = scheduled_at - interval '70 days', series_at = series_at - interval '70 days' where id = $1`,
      [pair.first.id],
    );
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    expect((await planned(pair)).map(({ scheduledAt }) => scheduledAt)).toEqual([startsAt.toISOString()]);
  });

  it('has one effect when ten requests arrive at the same moment', async () => {
    const pair = await withRecurrence();
    const shared = await point(pair, pair.first, pair.ana);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => {
        const [, mutation] = CLOSINGS[index % 3]!;
        return (index % 2 ? pair.ana : pair.lee).send(mutation, { input: closing(mutation, pair.first.id) });
      }),
    );
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(answers.filter(({ errors }) => errors[0]?.extensions.code === 'CONFLICT')).toHaveLength(9);
    const ahead = await planned(pair);
    expect(ahead).toHaveLength(1);
    expect(await where(shared)).toMatchObject({ in: ahead[0]?.id, carried: 1 });
  });

  it('and moving it at the same moment never both apply to one version', async () => {
    for (let round = 0; round < 5; round += 1) {
      const pair = await withRecurrence();
      const to = hours(90);
      const [held, moved] = await Promise.all([
        pair.ana.send(HOLD, { input: { target: { conversationId: pair.first.id } } }),
        pair.lee.send(MOVE, { input: { id: pair.first.id, version: 1, scheduledAt: to } }),
      ]);
      expect(held.errors).toEqual([]);
      const { conversation } = await pair.ana.ask(READ_CONVERSATION, { id: pair.first.id });
      expect(conversation.status).toBe('HELD');
      if (moved.errors.length === 0) {
        expect(conversation).toMatchObject({ version: 3, scheduledAt: to.toISOString() });
      } else {
        expect(moved.errors[0]?.extensions.code).toBe('CONFLICT');
        expect(conversation).toMatchObject({ version: 2, scheduledAt: pair.first.scheduledAt });
      }
      expect(await planned(pair)).toHaveLength(1);
    }
  });

  it('and scheduling another at the same moment leaves no point behind', async () => {
    for (let round = 0; round < 5; round += 1) {
      const pair = await withoutRecurrence();
      const shared = await point(pair, pair.first, pair.ana);
      await Promise.all([
        pair.ana.ask(SKIP, { input: { id: pair.first.id } }),
        pair.lee.ask(SCHEDULE, { input: { oneToOneId: pair.id, scheduledAt: hours(50) } }),
      ]);
      const [next] = await planned(pair);
      expect(await where(shared)).toMatchObject({ in: next?.id, carried: 1 });
    }
  });
});

describe('a time that has or had a conversation', () => {
  const WEEK_MS = 7 * 24 * 3_600_000;
  const afterWeeks = (from: Date, weeks: number): Date => new Date(from.getTime() + weeks * WEEK_MS);
  const moments = async (pair: Pair): Promise<string[]> =>
    (await planned(pair)).map(({ scheduledAt }) => scheduledAt);

  it.each(CLOSINGS)(
    'is not planned again when a conversation that was moved to it is %s',
    async (_, mutation) => {
      const startsAt = seconds(hours(20));
      const pair = await withRecurrence('FREQ=WEEKLY', startsAt);
      const nextDate = afterWeeks(startsAt, 1);
      await change(pair.ana, MOVE, { id: pair.first.id, version: 1, scheduledAt: nextDate });
      await change(pair.lee, mutation, closing(mutation, pair.first.id));
      expect(await moments(pair)).toEqual([afterWeeks(startsAt, 2).toISOString()]);
      // Nor when it is taken back and closed again.
      await change(pair.lee, REOPEN, { id: pair.first.id });
      expect(await moments(pair)).toEqual([nextDate.toISOString()]);
      await change(pair.ana, mutation, closing(mutation, pair.first.id));
      expect(await moments(pair)).toEqual([afterWeeks(startsAt, 2).toISOString()]);
    },
  );

  it.each(CLOSINGS)(
    'is not planned again when a conversation scheduled by hand is %s',
    async (_, mutation) => {
      const startsAt = seconds(hours(20));
      const pair = await withRecurrence('FREQ=WEEKLY', startsAt);
      const byHand = await change(pair.ana, SCHEDULE, {
        oneToOneId: pair.id,
        scheduledAt: afterWeeks(startsAt, 1),
      });
      await change(pair.lee, mutation, closing(mutation, byHand.id));
      await change(pair.lee, SKIP, { id: pair.first.id });
      expect(await moments(pair)).toEqual([afterWeeks(startsAt, 2).toISOString()]);
    },
  );

  it('is passed over when the recurrence changes', async () => {
    const startsAt = seconds(hours(20));
    const pair = await withRecurrence('FREQ=WEEKLY', startsAt);
    const later = seconds(hours(30));
    const tomorrow = new Date(later.getTime() + 24 * 3_600_000);
    const skipped = await change(pair.ana, SCHEDULE, { oneToOneId: pair.id, scheduledAt: later });
    await change(pair.ana, SKIP, { id: skipped.id });
    await change(pair.ana, SCHEDULE, { oneToOneId: pair.id, scheduledAt: tomorrow });
    const { result } = await pair.lee.ask(RESCHEDULE, {
      input: { id: pair.id, version: 1, recurrence: 'FREQ=DAILY', startsAt: later },
    });
    expect(result.oneToOne.recurrence).toBe('FREQ=DAILY');
    expect(await moments(pair)).toEqual([
      tomorrow.toISOString(),
      new Date(later.getTime() + 48 * 3_600_000).toISOString(),
    ]);
    // The same recurrence again leaves it where it is.
    await pair.lee.ask(RESCHEDULE, { input: { id: pair.id, version: 2, recurrence: 'FREQ=DAILY' } });
    expect(await moments(pair)).toHaveLength(2);
  });

  it('keeps a closed conversation from being reopened while another one has it', async () => {
    const pair = await withoutRecurrence();
    await change(pair.ana, SKIP, { id: pair.first.id });
    const second = await change(pair.lee, SCHEDULE, {
      oneToOneId: pair.id,
      scheduledAt: pair.first.scheduledAt,
    });
    expect(await code(pair.ana, REOPEN, { id: pair.first.id })).toBe('CONFLICT');
    await change(pair.ana, HOLD, { target: { conversationId: second.id } });
    expect(await code(pair.ana, REOPEN, { id: pair.first.id })).toBe('CONFLICT');
    expect(await code(pair.ana, SCHEDULE, { oneToOneId: pair.id, scheduledAt: pair.first.scheduledAt })).toBe(
      'CONFLICT',
    );
    await change(pair.ana, REOPEN, { id: second.id });
    await change(pair.ana, MOVE, { id: second.id, version: 3, scheduledAt: hours(77) });
    expect(await change(pair.ana, REOPEN, { id: pair.first.id })).toMatchObject({ status: 'PLANNED' });
    expect(await planned(pair)).toHaveLength(2);
  });

  it('cannot be planned twice with SQL as the API’s login', async () => {
    const pair = await withoutRecurrence();
    await expect(
      world.conversation(
        { id: pair.id, organizationId: organization.id },
        { scheduledAt: new Date(pair.first.scheduledAt) },
      ),
    ).rejects.toMatchObject({ code: '23505', constraint: 'conversation_planned_key' });
  });
});

describe('carrying talking points over', () => {
  it.each(CLOSINGS)(
    'moves undiscussed points, drafts too, with their IDs when a conversation is %s',
    async (_, mutation) => {
      const pair = await withRecurrence();
      const shared = await point(pair, pair.first, pair.ana);
      const draft = await point(pair, pair.first, pair.ana, { draft: true });
      const discussed = await point(pair, pair.first, pair.lee, { discussed: true });
      await change(pair.lee, mutation, closing(mutation, pair.first.id));
      const [next] = await planned(pair);
      for (const carried of [shared, draft]) {
        expect(await where(carried)).toEqual({ in: next?.id, carried: 1, raisedIn: pair.first.id });
      }
      expect(await where(discussed)).toEqual({ in: pair.first.id, carried: 0, raisedIn: pair.first.id });
      await change(pair.ana, mutation, closing(mutation, next!.id));
      const [afterNext] = await planned(pair);
      expect(await where(shared)).toEqual({ in: afterNext?.id, carried: 2, raisedIn: pair.first.id });
    },
  );

  it('appends them in their order to the earliest planned conversation', async () => {
    const pair = await withRecurrence('FREQ=WEEKLY', hours(48));
    const sooner = await change(pair.ana, SCHEDULE, { oneToOneId: pair.id, scheduledAt: hours(60) });
    const there = await point(pair, sooner, pair.lee);
    const [one, two, three] = [
      await point(pair, pair.first, pair.ana),
      await point(pair, pair.first, pair.lee, { draft: true }),
      await point(pair, pair.first, pair.ana),
    ];
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    const { rows } = await app.database.query<{ id: string }>(
      'select id from talking_point where conversation_id = $1 order by position, id',
      [sooner.id],
    );
    expect(rows.map(({ id }) => id)).toEqual([there.id, one.id, two.id, three.id]);
  });

  it('lets them wait at the one-to-one, counted once, while none is planned', async () => {
    const pair = await withoutRecurrence();
    const shared = await point(pair, pair.first, pair.ana);
    const draft = await point(pair, pair.first, pair.lee, { draft: true });
    await change(pair.ana, CANCEL, { id: pair.first.id });
    for (const waiting of [shared, draft])
      expect(await where(waiting)).toMatchObject({ in: null, carried: 1 });
    // Logging what was never planned does not end their waiting.
    await change(pair.ana, HOLD, { target: { oneToOneId: pair.id } });
    expect(await where(shared)).toMatchObject({ in: null, carried: 1 });
    const next = await change(pair.lee, SCHEDULE, { oneToOneId: pair.id, scheduledAt: hours(70) });
    for (const admitted of [shared, draft]) {
      expect(await where(admitted)).toMatchObject({ in: next.id, carried: 1, raisedIn: pair.first.id });
    }
  });

  it('lets them wait at a one-to-one that ends', async () => {
    const pair = await withoutRecurrence();
    const shared = await point(pair, pair.first, pair.ana);
    await pair.lee.ask(END, { input: { id: pair.id } });
    expect(await where(shared)).toMatchObject({ in: null, carried: 1 });
  });

  describe('when the two people start again', () => {
    async function ended(): Promise<{ pair: Pair; points: TestRow[]; promise: TestRow; kept: TestRow }> {
      const pair = await withoutRecurrence();
      const there = { id: pair.first.id, organizationId: organization.id };
      const points = [
        await point(pair, pair.first, pair.ana),
        await point(pair, pair.first, pair.lee, { draft: true }),
        await point(pair, pair.first, pair.ana, { draft: true }),
      ];
      await point(pair, pair.first, pair.lee, { discussed: true });
      const promise = await world.actionItem(there, pair.ana, { dueOn: day(5) });
      const kept = await world.actionItem(there, pair.ana);
      await app.database.query(`update action_item set state = 'DONE' where id = $1`, [kept.id]);
      await pair.lee.ask(END, { input: { id: pair.id } });
      return { pair, points, promise, kept };
    }
    async function of(table: string, row: TestRow): Promise<unknown> {
      return (await world.find(table, row.id)).one_to_one_id;
    }

    it('moves waiting points, drafts too, and open action items to the new one-to-one', async () => {
      const { pair, points, promise, kept } = await ended();
      const { startOneToOne } = await pair.lee.ask(START, { input: { personId: pair.ana.id } });
      const again = startOneToOne.oneToOne;
      expect(again.id).not.toBe(pair.id);
      const WAITING = `query ($id: ID!) { oneToOne(id: $id) { waitingPoints { id timesCarried raisedIn { id } } } }`;
      const waiting = async (who: Signed): Promise<unknown> => who.ask(WAITING, { id: again.id });
      const shown = (...rows: TestRow[]) => ({
        oneToOne: {
          waitingPoints: rows.map(({ id }) => ({ id, timesCarried: 1, raisedIn: { id: pair.first.id } })),
        },
      });
      // Of drafts each sees their own.
      expect(await waiting(pair.ana)).toEqual(shown(points[0]!, points[2]!));
      expect(await waiting(pair.lee)).toEqual(shown(points[0]!, points[1]!));
      expect(await of('action_item', promise)).toBe(again.id);
      expect(await of('action_item', kept)).toBe(pair.id);
      const next = await change(pair.ana, SCHEDULE, { oneToOneId: again.id, scheduledAt: hours(70) });
      for (const each of points) {
        expect(await where(each)).toEqual({ in: next.id, carried: 1, raisedIn: pair.first.id });
      }
      await change(pair.ana, HOLD, { target: { conversationId: next.id } });
      expect(await where(points[1]!)).toEqual({ in: null, carried: 2, raisedIn: pair.first.id });
      await change(pair.ana, REOPEN, { id: next.id });
      expect(await where(points[1]!)).toEqual({ in: next.id, carried: 1, raisedIn: pair.first.id });
    });

    it('moves them into the first conversation of a recurrence', async () => {
      const { pair, points } = await ended();
      const { startOneToOne } = await pair.ana.ask(START, {
        input: { personId: pair.lee.id, recurrence: 'FREQ=WEEKLY', startsAt: hours(30) },
      });
      for (const each of points) {
        expect(await where(each)).toMatchObject({ in: startOneToOne.oneToOne.next?.id, carried: 1 });
      }
    });

    it('leaves them at the former one-to-one until an invitation is accepted', async () => {
      const { pair, points, promise } = await ended();
      await app.database.query('update reporting_line set closed_on = $2 where report_id = $1', [
        pair.ana.id,
        day(0),
      ]);
      const { startOneToOne } = await pair.ana.ask(START, { input: { personId: pair.lee.id } });
      const again = startOneToOne.oneToOne;
      expect(again.state).toBe('INVITED');
      expect(await of('talking_point', points[0]!)).toBe(pair.id);
      expect(await of('action_item', promise)).toBe(pair.id);
      await pair.lee.ask(ACCEPT, { input: { id: again.id } });
      expect(await of('talking_point', points[0]!)).toBe(again.id);
      expect(await of('action_item', promise)).toBe(again.id);
    });

    it('leaves points of other one-to-ones where they are', async () => {
      const { pair, points, promise } = await ended();
      const other = await somebody();
      await world.line(pair.ana, other, { kind: 'DOTTED' });
      await pair.ana.ask(START, { input: { personId: other.id } });
      expect(await of('talking_point', points[0]!)).toBe(pair.id);
      expect(await of('action_item', promise)).toBe(pair.id);
    });
  });
});

describe('reopening a conversation', () => {
  it.each(CLOSINGS)(
    'that was %s returns its points and their counts, for either participant',
    async (_, mutation) => {
      const pair = await withRecurrence();
      const shared = await point(pair, pair.first, pair.ana);
      const draft = await point(pair, pair.first, pair.ana, { draft: true });
      await change(pair.ana, mutation, closing(mutation, pair.first.id));
      const [next] = await planned(pair);
      const reopened = await change(pair.lee, REOPEN, { id: pair.first.id });
      expect(reopened).toMatchObject({ status: 'PLANNED', heldAt: null, version: 3 });
      for (const returned of [shared, draft]) {
        expect(await where(returned)).toEqual({ in: pair.first.id, carried: 0, raisedIn: pair.first.id });
      }
      // What the recurrence had planned because of it has gone again.
      expect(await exists('conversation', next!.id)).toBe(false);
      expect((await planned(pair)).map(({ id }) => id)).toEqual([pair.first.id]);
      // And the same over again.
      await change(pair.lee, mutation, closing(mutation, pair.first.id));
      expect(await where(shared)).toMatchObject({ in: (await planned(pair))[0]?.id, carried: 1 });
    },
  );

  it('is possible within 7 days', async () => {
    const pair = await withoutRecurrence();
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    await closedAgo(pair.first, 7);
    expect(await code(pair.lee, REOPEN, { id: pair.first.id })).toBe('CONFLICT');
    await app.database.query(
      `update conversation set closed_at = now() - interval '6 days 23 hours' where id = $1`,
      [pair.first.id],
    );
    expect(await change(pair.lee, REOPEN, { id: pair.first.id })).toMatchObject({ status: 'PLANNED' });
    expect(await code(pair.lee, REOPEN, { id: pair.first.id })).toBe('CONFLICT');
  });

  it('is not possible once the one-to-one has ended', async () => {
    const pair = await withoutRecurrence();
    await pair.ana.ask(END, { input: { id: pair.id } });
    expect(await code(pair.ana, REOPEN, { id: pair.first.id })).toBe('CONFLICT');
  });

  it('returns points that waited at the one-to-one or were moved on from there', async () => {
    const pair = await withoutRecurrence();
    const shared = await point(pair, pair.first, pair.ana);
    await change(pair.ana, SKIP, { id: pair.first.id });
    await change(pair.ana, REOPEN, { id: pair.first.id });
    expect(await where(shared)).toMatchObject({ in: pair.first.id, carried: 0 });
    await change(pair.ana, SKIP, { id: pair.first.id });
    const next = await change(pair.ana, SCHEDULE, { oneToOneId: pair.id, scheduledAt: hours(60) });
    expect(await where(shared)).toMatchObject({ in: next.id, carried: 1 });
    await change(pair.ana, REOPEN, { id: pair.first.id });
    expect(await where(shared)).toMatchObject({ in: pair.first.id, carried: 0 });
    // It was scheduled by hand, so it stays.
    expect((await planned(pair)).map(({ id }) => id)).toEqual([pair.first.id, next.id]);
  });

  it('leaves points that were discussed or carried further since', async () => {
    const pair = await withRecurrence();
    const [talked, wentOn] = [
      await point(pair, pair.first, pair.ana),
      await point(pair, pair.first, pair.lee),
    ];
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    const [second] = await planned(pair);
    await app.database.query('update talking_point set discussed = true where id = $1', [talked.id]);
    await change(pair.ana, HOLD, { target: { conversationId: second!.id } });
    const [third] = await planned(pair);
    await change(pair.ana, REOPEN, { id: pair.first.id });
    expect(await where(talked)).toMatchObject({ in: second?.id, carried: 1 });
    expect(await where(wentOn)).toMatchObject({ in: third?.id, carried: 2 });
    // Taken back in the other order, everything returns.
    await change(pair.ana, REOPEN, { id: second!.id });
    expect(await where(wentOn)).toMatchObject({ in: second?.id, carried: 1 });
  });

  it('happens once when two requests arrive at the same moment', async () => {
    const pair = await withRecurrence();
    const shared = await point(pair, pair.first, pair.ana);
    await change(pair.ana, SKIP, { id: pair.first.id });
    const answers = await Promise.all(
      [pair.ana, pair.lee, pair.ana, pair.lee].map((who) =>
        who.send(REOPEN, { input: { id: pair.first.id } }),
      ),
    );
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(await where(shared)).toMatchObject({ in: pair.first.id, carried: 0 });
    expect(await planned(pair)).toHaveLength(1);
  });

  describe('keeps the conversation that the recurrence planned', () => {
    const written: [string, (pair: Pair, next: Node) => Promise<unknown>][] = [
      ['a shared point was raised there', (pair, next) => point(pair, next, pair.lee)],
      [
        'a shared point was raised there and discussed in the one after it',
        async (pair, next) => {
          const raised = await point(pair, next, pair.lee);
          await change(pair.lee, SKIP, { id: next.id });
          await app.database.query('update talking_point set discussed = true where id = $1', [raised.id]);
          await change(pair.lee, REOPEN, { id: next.id });
          expect((await where(raised)).in).not.toBe(next.id);
        },
      ],
      [
        'a carried point was discussed there',
        async (pair) =>
          app.database.query('update talking_point set discussed = true where author_id = $1', [pair.ana.id]),
      ],
      [
        'shared notes were written',
        async (pair, next) =>
          app.database.query(
            `update shared_notes set text = 'Hello', version = 1, updated_by_id = $2 where conversation_id = $1`,
            [next.id, pair.lee.id],
          ),
      ],
      [
        'shared notes were written and emptied again: their history is there',
        async (pair, next) =>
          app.database.query(
            `update shared_notes set version = 2, updated_by_id = $2 where conversation_id = $1`,
            [next.id, pair.lee.id],
          ),
      ],
      [
        'a promise was made there',
        (pair, next) => world.actionItem({ id: next.id, organizationId: organization.id }, pair.lee),
      ],
      [
        'it was moved by hand',
        (pair, next) => change(pair.lee, MOVE, { id: next.id, version: 1, scheduledAt: hours(400) }),
      ],
      ['it was closed', (pair, next) => change(pair.lee, SKIP, { id: next.id })],
    ];
    it.each(written)('if %s', async (_, write) => {
      const pair = await withRecurrence();
      await point(pair, pair.first, pair.ana);
      await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
      const [next] = await planned(pair);
      await write(pair, next!);
      await change(pair.ana, REOPEN, { id: pair.first.id });
      expect(await exists('conversation', next!.id)).toBe(true);
      expect((await planned(pair)).map(({ id }) => id)).toContain(pair.first.id);
    });
  });

  it('neither keeps it for hidden drafts and private notes nor loses them, nor shows that there were any', async () => {
    const seen: unknown[] = [];
    for (const hidden of [false, true]) {
      const pair = await withRecurrence();
      const own = { id: pair.first.id, organizationId: organization.id };
      await world.privateNotes(own, pair.lee, 'Before.');
      await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
      const [next] = await planned(pair);
      let draft: TestRow | undefined;
      if (hidden) {
        const there = { id: next!.id, organizationId: organization.id };
        draft = await point(pair, next!, pair.lee, { draft: true });
        await world.privateNotes(there, pair.lee, 'After.');
        await world.privateNotes(there, pair.ana, 'Mine.');
      }
      const reopened = await pair.ana.send(REOPEN, { input: { id: pair.first.id } });
      seen.push(
        JSON.parse(
          JSON.stringify([reopened.data, await conversations(pair, pair.ana)])
            .replaceAll(pair.first.id, 'FIRST')
            .replaceAll(pair.id, 'PAIR')
            .replaceAll(/"scheduledAt":"[^"]*"/g, '"scheduledAt":""'),
        ),
      );
      expect(await exists('conversation', next!.id)).toBe(false);
      const { rows } = await app.database.query<{ author_id: string; text: string }>(
        'select author_id, text from private_notes where conversation_id = $1',
        [pair.first.id],
      );
      const notes = new Map(rows.map((row) => [row.author_id, row.text]));
      expect(notes.get(pair.lee.id)).toBe(hidden ? 'Before.\n\nAfter.' : 'Before.');
      expect(notes.get(pair.ana.id)).toBe(hidden ? 'Mine.' : undefined);
      if (draft)
        expect(await where(draft)).toEqual({ in: pair.first.id, carried: 0, raisedIn: pair.first.id });
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  it('succeeds with long private notes', async () => {
    const pair = await withRecurrence();
    await world.privateNotes(
      { id: pair.first.id, organizationId: organization.id },
      pair.lee,
      'a'.repeat(20_000),
    );
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    const [next] = await planned(pair);
    await world.privateNotes({ id: next!.id, organizationId: organization.id }, pair.lee, 'b'.repeat(20_000));
    await change(pair.ana, REOPEN, { id: pair.first.id });
    expect(await exists('conversation', next!.id)).toBe(false);
  });

  it('moves points that others had carried into a deleted conversation', async () => {
    const pair = await withRecurrence();
    const extra = await change(pair.ana, SCHEDULE, { oneToOneId: pair.id, scheduledAt: hours(3) });
    const fromExtra = await point(pair, extra, pair.ana);
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    const next = (await planned(pair)).find(({ id }) => id !== extra.id)!;
    await change(pair.ana, SKIP, { id: extra.id });
    expect(await where(fromExtra)).toMatchObject({ in: next.id, carried: 1 });
    await change(pair.ana, REOPEN, { id: pair.first.id });
    expect(await exists('conversation', next.id)).toBe(false);
    expect(await where(fromExtra)).toMatchObject({ in: pair.first.id, carried: 1 });
    await change(pair.ana, REOPEN, { id: extra.id });
    expect(await where(fromExtra)).toMatchObject({ in: extra.id, carried: 0 });
  });
});

describe('listing conversations', () => {
  it('returns pages by scheduled time, latest first, filtered by status', async () => {
    const pair = await withoutRecurrence(hours(10));
    const row = { id: pair.id, organizationId: organization.id };
    const held: string[] = [];
    for (let index = 1; index <= 6; index += 1) {
      held.push((await world.conversation(row, { status: 'HELD', scheduledAt: hours(-24 * index) })).id);
    }
    await world.conversation(row, { status: 'SKIPPED', scheduledAt: hours(-36) });
    const page = `query ($id: ID!, $after: String, $status: [ConversationStatus!]) { oneToOne(id: $id) {
      conversations(first: 4, after: $after, status: $status) { nodes { id } pageInfo { endCursor hasNextPage } }
    } }`;
    const read = async (variables: Record<string, unknown>) =>
      (await pair.lee.ask(page, { id: pair.id, ...variables })).oneToOne.conversations;
    const first = await read({ status: ['HELD'] });
    const second = await read({ status: ['HELD'], after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(held);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect((await read({})).nodes[0]?.id).toBe(pair.first.id);
    expect((await read({ status: ['PLANNED', 'SKIPPED'] })).nodes).toHaveLength(2);
  });
});

describe('a person outside of the one-to-one', () => {
  it('cannot change a conversation or learn that it exists', async () => {
    const pair = await withRecurrence();
    const closed = await change(pair.ana, SCHEDULE, { oneToOneId: pair.id, scheduledAt: hours(2) });
    await change(pair.ana, HOLD, { target: { conversationId: closed.id } });
    const madeUp = '00000000-0000-4000-8000-000000000000';

    const managersManager = await somebody();
    await world.line(pair.lee, managersManager);
    const former = await somebody();
    await app.database.query('update reporting_line set starts_on = $1 where report_id = $2', [
      day(-30),
      pair.ana.id,
    ]);
    await world.line(pair.ana, former, { from: day(-400), until: day(-30) });
    const admin = await somebody();
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin, role);
    const elsewhere = await signIn(app, world, await world.person(await world.organization()));

    for (const outsider of [await somebody(), managersManager, former, admin, elsewhere]) {
      const attempts: [string, (id: string) => Record<string, unknown>, string][] = [
        [MOVE, (id) => ({ id, version: 1, scheduledAt: hours(9) }), pair.first.id],
        [CANCEL, (id) => ({ id }), pair.first.id],
        [SKIP, (id) => ({ id }), pair.first.id],
        [HOLD, (id) => ({ target: { conversationId: id } }), pair.first.id],
        [HOLD, (id) => ({ target: { oneToOneId: id } }), pair.id],
        [SCHEDULE, (id) => ({ oneToOneId: id, scheduledAt: hours(9) }), pair.id],
        [REOPEN, (id) => ({ id }), closed.id],
      ];
      for (const [mutation, input, id] of attempts) {
        const refusal = await outsider.refused(mutation, { input: input(id) });
        expect(refusal.extensions.code).toBe('NOT_FOUND');
        expect(refusal).toEqual(await outsider.refused(mutation, { input: input(madeUp) }));
      }
    }
    const robot = asking(app, await world.apiToken(organization, ['DIRECTORY_READ', 'DIRECTORY_WRITE']));
    expect(
      (await robot.refused(HOLD, { input: { target: { conversationId: pair.first.id } } })).extensions.code,
    ).toBe('NOT_PERMITTED');
    // The control.
    expect((await conversations(pair)).map(({ status }) => status).sort()).toEqual(['HELD', 'PLANNED']);
    await change(pair.lee, REOPEN, { id: closed.id });
    await change(pair.lee, HOLD, { target: { conversationId: pair.first.id } });
  });

  it('gets nothing with a cursor of a participant', async () => {
    const pair = await withoutRecurrence();
    const cursorOf = `{ viewer { nextConversations { edges { cursor } } } }`;
    const [edge] = (await pair.ana.ask(cursorOf)).viewer.nextConversations.edges;
    const outsider = await somebody();
    const after = `query ($after: String) { viewer { nextConversations(after: $after) { nodes { id } pageInfo { hasNextPage } } } }`;
    expect((await outsider.ask(after, { after: edge!.cursor })).viewer.nextConversations).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false },
    });
  });
});

describe('SECURITY DEFINER functions of carry-over', () => {
  /** Runs one statement as the serving role in somebody's session, as injected SQL would. */
  async function asApp(token: string, statement: string, values: unknown[]): Promise<unknown> {
    const { default: pg } = await import('pg');
    const { createHash } = await import('node:crypto');
    const client = new pg.Client({ connectionString: app.testDatabase.appUrl });
    await client.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.session', $1, true)`, [
        createHash('sha256').update(token).digest('hex'),
      ]);
      const { rows } = await client.query<{ result: unknown }>(statement, values);
      await client.query('commit');
      return rows[0]?.result;
    } finally {
      await client.end();
    }
  }

  it('work for the two participants only', async () => {
    const pair = await withRecurrence();
    const shared = await point(pair, pair.first, pair.ana);
    const outsider = await somebody();
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    const [next] = await planned(pair);
    for (const [statement, values] of [
      ['select app.carry_points($1) as result', [pair.first.id]],
      ['select app.admit_points($1) as result', [pair.id]],
      ['select app.return_points($1) as result', [next!.id]],
      ['select app.postpone_point($1) as result', [shared.id]],
    ] as const) {
      await expect(asApp(outsider.token, statement, [...values])).rejects.toMatchObject({ code: 'MU028' });
      await asApp(pair.lee.token, statement, [...values]);
    }
    const takeBack = 'select app.return_postponed_point($1, $2) as result';
    expect(await asApp(outsider.token, takeBack, [shared.id, next!.id])).toBe(false);
    expect(await asApp(pair.lee.token, takeBack, [shared.id, next!.id])).toBe(true);
    const withdraw = 'select app.withdraw_conversation($1, $2) as result';
    expect(await asApp(outsider.token, withdraw, [next!.id, pair.first.id])).toBe(false);
    // Nor for the two, as long as the other conversation is not taken back.
    expect(await asApp(pair.ana.token, withdraw, [next!.id, pair.first.id])).toBe(false);
    expect(await exists('conversation', next!.id)).toBe(true);
    expect(await where(shared)).toMatchObject({ in: next!.id });
  });

  it('leave a closed conversation unchanged except by reopening it in time', async () => {
    const pair = await withoutRecurrence();
    await change(pair.ana, HOLD, { target: { conversationId: pair.first.id } });
    const update = (set: string) =>
      asApp(pair.ana.token, `update conversation set ${set} where id = $1`, [pair.first.id]);
    await expect(update(`status = 'SKIPPED', held_at = null`)).rejects.toMatchObject({ code: 'MU027' });
    await expect(update(`scheduled_at = now()`)).rejects.toMatchObject({ code: 'MU027' });
    await closedAgo(pair.first, 8);
    await expect(update(`status = 'PLANNED', held_at = null`)).rejects.toMatchObject({ code: 'MU027' });
  });
});
