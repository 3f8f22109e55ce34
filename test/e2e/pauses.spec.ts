import { World, day as dayIn, hours, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { HOLD, MOVE, REOPEN, SCHEDULE } from './pairs.js';
import {
  CLOSE_ITEM,
  UPDATE_ITEM,
  writingPair,
  type ItemNode,
  type Writer,
  type WritingPair,
} from './writing.js';

/** As in the time zone of one-to-ones (World.oneToOne). */
const day = (offset: number): string => dayIn(offset, 'Europe/Berlin');

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
});
afterAll(() => app.close());

interface Paused {
  readonly pausedUntil: string | null;
  readonly version: number;
  readonly next: { readonly id: string; readonly scheduledAt: string } | null;
}
const PAUSED = 'pausedUntil version next { id scheduledAt }';
const PAUSE = `mutation ($input: PauseOneToOneInput!) { result: pauseOneToOne(input: $input) { oneToOne { ${PAUSED} } } }`;
const READ = `query ($id: ID!) { oneToOne(id: $id) { ${PAUSED} } }`;

const pairOf = (options = {}): Promise<WritingPair> => writingPair(app, world, organization, options);

async function pause(who: Writer, id: string, until: string | null): Promise<Paused> {
  return (await who.get<{ result: { oneToOne: Paused } }>(PAUSE, { input: { id, until } })).result.oneToOne;
}
async function paused(who: Writer, id: string): Promise<Paused> {
  return (await who.get<{ oneToOne: Paused }>(READ, { id })).oneToOne;
}
async function item(who: Writer, { id }: { id: string }): Promise<ItemNode> {
  const { node } = await who.get<{ node: ItemNode }>(
    'query ($id: ID!) { node(id: $id) { ... on ActionItem { id standing dueOn viewerCanMoveDueDate } } }',
    { id },
  );
  return node;
}
/** As if its due date had passed a minute ago. */
async function fallsDue({ id }: { id: string }): Promise<void> {
  await app.database.query(`update action_item set due_at = now() - interval '1 minute' where id = $1`, [id]);
}
/** As if the pause had ended a minute ago by itself. */
async function ends(pairId: string): Promise<void> {
  await app.database.query(`begin;
    set local session_replication_role = replica;
    update action_item set late_at = now() - interval '1 minute'
      where one_to_one_id = '${pairId}' and late_at = (select pause_ends_at from one_to_one where id = '${pairId}');
    update one_to_one set pause_ends_at = now() - interval '1 minute' where id = '${pairId}';
    commit`);
}

describe('a paused one-to-one', () => {
  it('has nothing planned until the day is over: the recurrence goes on after it, the rest is cancelled', async () => {
    const { ana, lee, id, talk } = await pairOf({ recurrence: 'FREQ=DAILY' });
    await app.database.query('update conversation set series_at = scheduled_at where id = $1', [talk]);
    const point = await ana.add({ target: { conversationId: talk }, text: 'When you are back' });
    const extra = (await lee.schedule(id, hours(72))).id;
    const byHand = await lee.add({ target: { conversationId: extra }, text: 'On Friday' });
    const { pausedUntil, next, version } = await pause(ana, id, day(9));
    expect({ pausedUntil, version }).toEqual({ pausedUntil: day(9), version: 2 });
    expect(await paused(lee, id)).toEqual({ pausedUntil, next, version });
    // The planned one moved, with its points; the one arranged by hand was cancelled, and its points went on.
    expect(next!.id).toBe(talk);
    const { pause_ends_at: end } = await world.find('one_to_one', id);
    const after = new Date(next!.scheduledAt).getTime() - (end as Date).getTime();
    expect(after).toBeGreaterThanOrEqual(0);
    expect(after).toBeLessThan(25 * 3_600_000);
    expect((await lee.read(extra)).status).toBe('CANCELLED');
    expect((await ana.read(talk)).talkingPoints.map((each) => each.id)).toEqual([point.id, byHand.id]);

    const within = hours(100);
    const refused = { code: 'BAD_USER_INPUT', fields: [{ path: 'input.scheduledAt', code: 'NOT_ALLOWED' }] };
    expect((await lee.refused(SCHEDULE, { oneToOneId: id, scheduledAt: within })).extensions).toMatchObject(
      refused,
    );
    const { version: stored } = await ana.read(talk);
    expect(
      (await ana.refused(MOVE, { id: talk, version: stored, scheduledAt: within })).extensions,
    ).toMatchObject(refused);
    expect(await lee.code(REOPEN, { id: extra })).toBe('CONFLICT');
    // They meet anyway: it can be logged, and what follows is planned after the pause.
    await lee.get(HOLD, { input: { target: { oneToOneId: id } } });
    await lee.hold(talk);
    expect((await paused(ana, id)).next!.scheduledAt > next!.scheduledAt).toBe(true);
    // Either ends it: the recurrence plans its next date from now on.
    const resumed = await pause(lee, id, null);
    expect(resumed.pausedUntil).toBeNull();
    expect(new Date(resumed.next!.scheduledAt) < hours(50)).toBe(true);
    expect(await pause(ana, id, null)).toEqual(resumed);
  });

  it('is not planned or reminded of by the worker, and suggests nothing', async () => {
    const { ana, lee, id, talk } = await pairOf({ recurrence: 'FREQ=DAILY' });
    const suggested = async (conversationId: string): Promise<string[]> => {
      const { conversation } = await lee.get<{
        conversation: { preparation: { suggestions: { kind: string }[] } };
      }>('query ($id: ID!) { conversation(id: $id) { preparation { suggestions { kind } } } }', {
        id: conversationId,
      });
      return conversation.preparation.suggestions.map(({ kind }) => kind);
    };
    const isToPlan = async (): Promise<boolean> => {
      const { rows } = await app.database.query(
        'select id from app.one_to_ones_to_plan(null, 100000) where id = $1',
        [id],
      );
      return rows.length > 0;
    };
    // Lee, who manages Ana, has shared nothing.
    expect(await suggested(talk)).toContain('SHARE_FIRST');
    const planned = (await pause(ana, id, day(9))).next!;
    expect(await suggested(planned.id)).toEqual([]);
    // As if nothing were planned, and as if something began tomorrow.
    await app.database.query('delete from conversation where one_to_one_id = $1', [id]);
    const soon = await world.conversation(
      { id, organizationId: organization.id },
      { scheduledAt: hours(10) },
    );
    await app.database.query(`update conversation set created_at = now() - interval '3 days' where id = $1`, [
      soon.id,
    ]);
    expect(await isToPlan()).toBe(false);
    const plan = `select app.plan_conversation($1, 'FREQ=DAILY', now() + interval '2 days') as planned`;
    expect((await app.database.query(plan, [id])).rows).toEqual([{ planned: false }]);
    await app.database.query('select app.remind_before_conversations()');
    expect((await world.find('conversation', soon.id)).reminded_before).toBeNull();
    await ends(id);
    expect(await isToPlan()).toBe(true);
    await app.database.query('select app.remind_before_conversations()');
    expect((await world.find('conversation', soon.id)).reminded_before).not.toBeNull();
    expect(await suggested(soon.id)).toContain('SHARE_FIRST');
  });

  it('keeps promises of both that fall due from being late before its end, and lets them be kept', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const promise = (who: Writer, dueOn: string): Promise<ItemNode> =>
      who.promise({ target: { conversationId: talk }, dueOn });
    const [mine, theirs, dropped, open] = [
      await promise(ana, day(2)),
      await promise(lee, day(2)),
      await promise(ana, day(2)),
      await promise(lee, day(2)),
    ];
    await pause(lee, id, day(20));
    for (const each of [mine, theirs, dropped, open]) {
      await fallsDue(each);
      expect(await item(ana, each)).toMatchObject({ standing: 'OPEN', dueOn: day(2) });
    }
    expect(await item(lee, theirs)).toMatchObject({ viewerCanMoveDueDate: true });
    await ana.get(CLOSE_ITEM, { input: { id: mine.id, state: 'DONE' } });
    await ana.get(CLOSE_ITEM, { input: { id: dropped.id, state: 'DROPPED' } });
    expect((await item(lee, mine)).standing).toBe('KEPT');
    expect((await item(lee, dropped)).standing).toBe('DROPPED');
    // Without anything running.
    await ends(id);
    expect(await paused(ana, id)).toMatchObject({ pausedUntil: null });
    expect((await item(ana, theirs)).standing).toBe('LATE');
    await lee.get(CLOSE_ITEM, { input: { id: theirs.id, state: 'DONE' } });
    expect((await item(ana, theirs)).standing).toBe('LATE');
    // Another pause takes none of it back.
    await pause(lee, id, day(20));
    expect((await item(ana, open)).standing).toBe('LATE');
    expect(await lee.code(UPDATE_ITEM, { id: open.id, version: 1, dueOn: day(9) })).toBe('CONFLICT');
  });

  it('gives both until the end of the next day when it is cut short or the one-to-one ends', async () => {
    for (const cut of ['by hand', 'to today', 'by an end'] as const) {
      const { ana, lee, id, talk } = await pairOf();
      const promise = await ana.promise({ target: { conversationId: talk }, dueOn: day(1) });
      await pause(ana, id, day(30));
      await fallsDue(promise);
      if (cut === 'by hand') await pause(lee, id, null);
      else if (cut === 'to today') await pause(lee, id, day(0));
      else await lee.end(id);
      expect((await item(ana, promise)).standing).toBe('OPEN');
      const { rows } = await app.database.query(
        `select i.late_at = app.end_of_day((now() at time zone o.time_zone)::date + 1, o.time_zone) as "nextDay"
         from action_item i join one_to_one o on o.id = i.one_to_one_id where i.id = $1`,
        [promise.id],
      );
      expect(rows).toEqual([{ nextDay: true }]);
    }
  });

  it('applies to what is promised meanwhile, for a date that has not passed', async () => {
    const { ana, lee, id, talk } = await pairOf();
    await pause(lee, id, day(20));
    const promise = await ana.promise({ target: { conversationId: talk }, dueOn: day(3) });
    await fallsDue(promise);
    expect((await item(lee, promise)).standing).toBe('OPEN');
    const moved = (await ana.updateItem({ id: promise.id, version: 1, dueOn: day(25) })).made;
    expect(moved).toMatchObject({ dueOn: day(25), renegotiated: 1 });
    await fallsDue(promise);
    const past = await ana.refused(UPDATE_ITEM, { id: promise.id, version: 2, dueOn: day(-2) });
    expect(past.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.dueOn' }] });
  });

  it('is paused by its two participants only, while it is open, until a day within a year', async () => {
    const { ana, lee, id } = await pairOf();
    const stranger = await pairOf();
    for (const until of [day(-2), day(400)]) {
      expect((await ana.refused(PAUSE, { id, until })).extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.until', code: 'OUT_OF_RANGE' }],
      });
    }
    expect(await stranger.ana.code(PAUSE, { id, until: day(5) })).toBe('NOT_FOUND');
    await pause(ana, id, day(5));
    expect(await pause(lee, id, day(5))).toMatchObject({ version: 2 });
    await lee.end(id);
    expect(await paused(ana, id)).toMatchObject({ pausedUntil: null });
    expect(await ana.code(PAUSE, { id, until: day(5) })).toBe('CONFLICT');
  });
});
