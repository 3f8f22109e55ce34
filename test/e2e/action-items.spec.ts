import { readFile } from 'node:fs/promises';
import { World, hours, type TestOrganization, type TestPerson } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import {
  ADD_ITEM,
  CLOSE_ITEM,
  LIST_ITEMS,
  REOPEN_ITEM,
  DELETE_ITEM,
  UPDATE_ITEM,
  Writer,
  writer,
  writingPair,
  type ItemNode,
  type WritingPair,
} from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false, timeZone: 'Europe/Lisbon' });
});
afterAll(() => app.close());

const MADE_UP = '00000000-0000-4000-8000-000000000000';
const pairOf = (): Promise<WritingPair> => writingPair(app, world, organization);

/** The calendar of a zone, so many days from now. */
function dayIn(timeZone: string, offset = 0): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(Date.now() + offset * 86_400_000));
}
const due = (offset: number): string => dayIn('Europe/Lisbon', offset);

async function livesIn(person: TestPerson, timeZone: string): Promise<void> {
  await world.insert('person_time_zone', {
    person_id: person.id,
    organization_id: person.organizationId,
    time_zone: timeZone,
  });
}

/** As if the promise had been for an earlier day. */
async function dueWas(item: ItemNode, dueOn: string): Promise<void> {
  await app.database.query('update action_item set due_on = $2 where id = $1', [item.id, dueOn]);
}

async function changed(who: Writer, item: ItemNode, change: object): Promise<ItemNode> {
  const { made } = await who.updateItem({ id: item.id, version: item.version, ...change });
  if (!made) throw new Error('not changed');
  return made;
}

/** The texts of the action items of a one-to-one that a person owns, oldest first. */
async function textsOf(
  who: Writer,
  oneToOneId: string,
  owner: Writer,
  ...standing: ItemNode['standing'][]
): Promise<string[]> {
  const items = await who.items(oneToOneId, {
    owner: owner.id === who.id ? 'VIEWER' : 'COUNTERPART',
    standing,
  });
  return items.map(({ text }) => text);
}
async function standingOf(who: Writer, oneToOneId: string, item: ItemNode): Promise<string | undefined> {
  return (await who.items(oneToOneId)).find(({ id }) => id === item.id)?.standing;
}

describe('an action item', () => {
  it('is added by either participant, for either, in a conversation or outside of one', async () => {
    const { ana, lee, id, talk } = await pairOf();
    for (const by of [ana, lee]) {
      for (const owner of [ana, lee]) {
        const made = await by.promise({
          target: { conversationId: talk },
          ownerId: owner.id,
          text: 'A desk',
          dueOn: due(3),
        });
        expect(made).toMatchObject({
          text: 'A desk',
          owner: { id: owner.id },
          dueOn: due(3),
          state: 'OPEN',
          closedAt: null,
          renegotiated: 0,
          standing: 'OPEN',
          author: { id: by.id },
          viewerCanMoveDueDate: by === owner,
          viewerCanRefuse: false,
          version: 1,
          oneToOne: { id },
          madeIn: { id: talk },
          history: [{ version: 1, text: 'A desk', author: { id: by.id } }],
        });
      }
    }
    const between = await ana.promise({ target: { oneToOneId: id }, ownerId: lee.id.toUpperCase() });
    expect(between).toMatchObject({ madeIn: null, dueOn: null, owner: { id: lee.id } });
    expect((await lee.read(talk)).actionItems).toHaveLength(4);
    await ana.hold(talk);
    await ana.promise({ target: { conversationId: talk } });
    expect((await lee.read(talk)).actionItems).toHaveLength(5);
  });

  it('must have a participant as its owner, a text, and a due date that has not passed', async () => {
    const { ana, talk } = await pairOf();
    const somebody = await writer(app, world, organization);
    for (const [path, input] of [
      ['input.ownerId', { ownerId: somebody.id }],
      ['input.ownerId', { ownerId: MADE_UP }],
      ['input.text', { text: ' \n' }],
      ['input.dueOn', { dueOn: due(-1) }],
    ] as const) {
      const refusal = await ana.refused(ADD_ITEM, {
        target: { conversationId: talk },
        ownerId: ana.id,
        text: 'It',
        ...input,
      });
      expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    }
    expect((await ana.promise({ target: { conversationId: talk }, dueOn: due(0) })).dueOn).toBe(due(0));
  });

  it('can be reworded by either participant until it is closed, with a history of authors', async () => {
    const { ana, lee, talk } = await pairOf();
    let item = await ana.promise({ target: { conversationId: talk }, text: 'One' });
    item = await changed(lee, item, { text: 'Two' });
    item = await changed(ana, item, { text: 'Three' });
    item = await changed(ana, item, { text: 'Four' });
    expect(item.version).toBe(4);
    expect(item.history.map(({ version, text, author }) => [version, text, author.id])).toEqual([
      [4, 'Four', ana.id],
      [2, 'Two', lee.id],
      [1, 'One', ana.id],
    ]);
    // Saving what is there changes nothing.
    expect(await changed(lee, item, { text: 'Four', dueOn: null })).toEqual({
      ...item,
      viewerCanMoveDueDate: false,
    });
    await ana.close(item.id);
    expect(await lee.code(UPDATE_ITEM, { id: item.id, version: 5, text: 'Five' })).toBe('CONFLICT');
    // An edit based on the version before the closing returns the conflict.
    const late = await lee.updateItem({ id: item.id, version: 4, text: 'Five' });
    expect(late.present).toMatchObject({ state: 'DONE', text: 'Four', version: 5 });
  });

  it('returns the current state to an edit of an outdated version, by either participant', async () => {
    const { ana, lee, talk } = await pairOf();
    const item = await ana.promise({ target: { conversationId: talk }, text: 'One', dueOn: due(2) });
    await changed(ana, item, { dueOn: due(4) });
    // A form that holds all of it, the date as it was too: no attempt at the other's date.
    const stale = await lee.updateItem({ id: item.id, version: 1, text: 'Two', dueOn: due(2) });
    expect(stale.present).toMatchObject({ text: 'One', dueOn: due(4), version: 2 });
    const { made } = await lee.updateItem({ id: item.id, version: 2, text: 'Two', dueOn: due(4) });
    expect(made).toMatchObject({ text: 'Two', renegotiated: 1, version: 3 });
  });
});

describe('the due date of an action item', () => {
  it('can be moved by its owner before it has passed, which counts as a renegotiation', async () => {
    const { ana, lee, talk } = await pairOf();
    let item = await lee.promise({ target: { conversationId: talk }, ownerId: ana.id });
    expect(await lee.code(UPDATE_ITEM, { id: item.id, version: 1, dueOn: due(1) })).toBe('NOT_PERMITTED');
    // A first date is none.
    item = await changed(ana, item, { dueOn: due(1) });
    expect(item.renegotiated).toBe(0);
    item = await changed(ana, item, { dueOn: due(5) });
    item = await changed(ana, item, { dueOn: due(0) });
    expect(item).toMatchObject({ dueOn: due(0), renegotiated: 2, standing: 'OPEN', version: 4 });
    // On its last day too, also to have none.
    item = await changed(ana, item, { dueOn: null });
    expect(item).toMatchObject({ dueOn: null, renegotiated: 3 });
    const past = await ana.refused(UPDATE_ITEM, { id: item.id, version: item.version, dueOn: due(-1) });
    expect(past.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.dueOn' }] });
    expect(await lee.code(UPDATE_ITEM, { id: item.id, version: item.version, dueOn: due(3) })).toBe(
      'NOT_PERMITTED',
    );
  });

  it('cannot be changed once it has passed', async () => {
    const { ana, lee, id, talk } = await pairOf();
    let item = await ana.promise({ target: { conversationId: talk }, dueOn: due(1) });
    await dueWas(item, due(-1));
    for (const dueOn of [due(3), null]) {
      const refusal = await ana.refused(UPDATE_ITEM, { id: item.id, version: 1, dueOn });
      expect(refusal.extensions.code).toBe('CONFLICT');
      expect(refusal.message).toContain(due(-1));
    }
    item = await changed(lee, item, { text: 'Words still change' });
    expect(item).toMatchObject({ state: 'OPEN', standing: 'LATE' });
    expect(await ana.items(id)).toMatchObject([
      { id: item.id, standing: 'LATE', viewerCanMoveDueDate: false },
    ]);
    expect(await ana.close(item.id)).toMatchObject({ state: 'DONE', standing: 'LATE' });
  });

  it('passes in the owner’s time zone for every viewer, or in the organization’s without one', async () => {
    // One of the two has today what the other has tomorrow, at any hour.
    const [west, east] = ['Pacific/Pago_Pago', 'Pacific/Kiritimati'];
    expect(dayIn(west)).not.toBe(dayIn(east));
    const { ana, lee, id, talk } = await pairOf();
    await livesIn(ana.person, west);
    await livesIn(lee.person, east);
    const today = dayIn(west);
    // Ana's day is not over, whichever of the two records the promise; Lee's is over.
    const hers = await lee.promise({ target: { conversationId: talk }, ownerId: ana.id, dueOn: today });
    const refusal = await ana.refused(ADD_ITEM, {
      target: { conversationId: talk },
      ownerId: lee.id,
      text: 'Late',
      dueOn: today,
    });
    expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.dueOn' }] });
    const his = await ana.promise({ target: { conversationId: talk }, ownerId: lee.id, dueOn: dayIn(east) });
    await dueWas(his, today);
    for (const who of [ana, lee]) {
      expect(await standingOf(who, id, hers)).toBe('OPEN');
      expect(await standingOf(who, id, his)).toBe('LATE');
    }
    expect(await lee.code(UPDATE_ITEM, { id: his.id, version: 1, dueOn: dayIn(east, 3) })).toBe('CONFLICT');
    expect((await changed(ana, hers, { dueOn: dayIn(west, 3) })).renegotiated).toBe(1);
    expect((await lee.close(his.id)).standing).toBe('LATE');
    await dueWas(hers, today);
    expect((await ana.close(hers.id)).standing).toBe('KEPT');
  });
});

describe('the stored instant of a due date', () => {
  it('does not change when the owner moves west: a late action item stays late', async () => {
    const [west, east] = ['Pacific/Pago_Pago', 'Pacific/Kiritimati'];
    const { ana, lee, id, talk } = await pairOf();
    await livesIn(ana.person, east);
    // Of the day that is over in the east and not in the west.
    const today = dayIn(west);
    expect(today < dayIn(east)).toBe(true);
    const item = await lee.promise({ target: { conversationId: talk }, ownerId: ana.id, dueOn: dayIn(east) });
    await dueWas(item, today);
    expect(await standingOf(lee, id, item)).toBe('LATE');
    await ana.get(
      'mutation ($input: UpdateMyProfileInput!) { updateMyProfile(input: $input) { person { id } } }',
      {
        input: { timeZone: west },
      },
    );
    expect(await standingOf(lee, id, item)).toBe('LATE');
    for (const dueOn of [due(5), null]) {
      expect(await ana.code(UPDATE_ITEM, { id: item.id, version: 1, dueOn })).toBe('CONFLICT');
    }
    expect(await ana.close(item.id)).toMatchObject({ standing: 'LATE', renegotiated: 0 });
  });

  it('does not change when the owner moves east: an open action item stays open', async () => {
    const [west, east] = ['Pacific/Pago_Pago', 'Pacific/Kiritimati'];
    const { ana, id, talk } = await pairOf();
    await livesIn(ana.person, west);
    const item = await ana.promise({ target: { conversationId: talk }, dueOn: dayIn(west) });
    await app.database.query('update person_time_zone set time_zone = $2 where person_id = $1', [
      ana.id,
      east,
    ]);
    expect(await standingOf(ana, id, item)).toBe('OPEN');
    expect(await ana.close(item.id)).toMatchObject({ standing: 'KEPT' });
  });

  it('is derived from the time zone that the owner has when the date is moved', async () => {
    const [west, east] = ['Pacific/Pago_Pago', 'Pacific/Kiritimati'];
    const { ana, talk } = await pairOf();
    await livesIn(ana.person, west);
    const item = await ana.promise({ target: { conversationId: talk }, dueOn: dayIn(west, 3) });
    await app.database.query('update person_time_zone set time_zone = $2 where person_id = $1', [
      ana.id,
      east,
    ]);
    await changed(ana, item, { dueOn: dayIn(east, 3) });
    const { due_at: dueAt } = await world.find('action_item', item.id);
    expect(dayIn(east, 3)).toBe(
      new Intl.DateTimeFormat('sv-SE', { timeZone: east }).format((dueAt as Date).getTime() - 1),
    );
  });

  it('counts a removal on the last day as a renegotiation', async () => {
    const { ana, talk } = await pairOf();
    const item = await ana.promise({ target: { conversationId: talk }, dueOn: due(0) });
    expect(await changed(ana, item, { dueOn: null })).toMatchObject({
      dueOn: null,
      renegotiated: 1,
      standing: 'OPEN',
    });
  });

  it('is filled in by the migration', async () => {
    const { ana, talk } = await pairOf();
    await livesIn(ana.person, 'America/Havana');
    const items = [
      await ana.promise({ target: { conversationId: talk }, dueOn: due(3) }),
      await ana.promise({ target: { conversationId: talk } }),
    ];
    await dueWas(items[0]!, '2026-10-31');
    const client = app.database;
    await client.query('begin');
    await client.query('alter table action_item drop column due_at');
    await client.query(await readFile('migrations/0024-due-moments.sql', 'utf8'));
    const { rows } = await client.query<{ id: string; at: Date | null }>(
      'select id, due_at as at from action_item where id = any($1) order by id',
      [items.map((each) => each.id)],
    );
    await client.query('rollback');
    // Clocks went back over that midnight: the first of the two.
    expect(rows.map(({ at }) => at?.toISOString())).toEqual(['2026-11-01T04:00:00.000Z', undefined]);
  });
});

describe('closing an action item', () => {
  it('is possible once, for its owner, and settles its standing', async () => {
    const { ana, lee, talk } = await pairOf();
    const cases: [string | null, 'DONE' | 'DROPPED', ItemNode['standing']][] = [
      [due(0), 'DONE', 'KEPT'],
      [due(2), 'DONE', 'KEPT'],
      [due(-1), 'DONE', 'LATE'],
      [null, 'DONE', 'DONE'],
      [due(0), 'DROPPED', 'DROPPED'],
      [due(-1), 'DROPPED', 'LATE'],
      [null, 'DROPPED', 'DROPPED'],
    ];
    for (const [dueOn, state, standing] of cases) {
      const item = await ana.promise({ target: { conversationId: talk }, dueOn: dueOn && due(1) });
      if (dueOn !== null) await dueWas(item, dueOn);
      expect(await lee.code(CLOSE_ITEM, { id: item.id, state })).toBe('NOT_PERMITTED');
      const closed = await ana.close(item.id, state);
      expect(closed).toMatchObject({ state, standing, version: 2, dueOn, viewerCanMoveDueDate: false });
      expect(Math.abs(Date.parse(closed.closedAt ?? '') - Date.now())).toBeLessThan(60_000);
      expect(await ana.code(CLOSE_ITEM, { id: item.id, state })).toBe('CONFLICT');
    }
  });

  it('keeps the standing when the owner moves to another time zone', async () => {
    const { ana, id, talk } = await pairOf();
    const item = await ana.promise({ target: { conversationId: talk }, dueOn: due(0) });
    await ana.close(item.id);
    await livesIn(ana.person, 'Pacific/Kiritimati');
    expect(await standingOf(ana, id, item)).toBe('KEPT');
  });

  it('happens once when ten requests arrive at the same moment', async () => {
    const { ana, talk } = await pairOf();
    const item = await ana.promise({ target: { conversationId: talk } });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        ana.send(CLOSE_ITEM, { input: { id: item.id, state: index % 2 ? 'DONE' : 'DROPPED' } }),
      ),
    );
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(answers.filter(({ errors }) => errors[0]?.extensions.code === 'CONFLICT')).toHaveLength(9);
  });
});

describe('deleting an action item', () => {
  it('is possible for its author within 10 minutes', async () => {
    const { ana, lee, talk } = await pairOf();
    const item = await lee.promise({ target: { conversationId: talk }, ownerId: ana.id });
    expect(await ana.code(DELETE_ITEM, { id: item.id })).toBe('NOT_PERMITTED');
    await lee.deleteItem(item.id);
    expect((await ana.read(talk)).actionItems).toEqual([]);
    expect(await lee.code(DELETE_ITEM, { id: item.id })).toBe('NOT_FOUND');
    const old = await ana.promise({ target: { conversationId: talk } });
    const age = (seconds: number) =>
      app.database.query(
        `update action_item set created_at = now() - make_interval(secs => $2) where id = $1`,
        [old.id, seconds],
      );
    await age(601);
    const refusal = await ana.refused(DELETE_ITEM, { id: old.id });
    expect(refusal).toMatchObject({ extensions: { code: 'CONFLICT' } });
    expect(refusal.message).toMatch(/10 minutes/);
    await age(590);
    await ana.deleteItem(old.id);
  });
});

describe('refusing an action item that the counterpart wrote', () => {
  /** Changes when it was written. */
  const written = (item: ItemNode, days: number) =>
    app.database.query(
      `update action_item set created_at = now() - make_interval(days => $2, secs => 60) where id = $1`,
      [item.id, days],
    );

  it('drops it without a mark of lateness, before its due date and within 7 days of writing', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const cases: [dueOn: string | null, daysAgo: number, refusable: boolean][] = [
      [due(3), 0, true],
      [due(3), 30, true],
      [null, 30, true],
      [due(-1), 6, true],
      [due(-1), 7, false],
    ];
    for (const [dueOn, daysAgo, refusable] of cases) {
      const item = await lee.promise({
        target: { conversationId: talk },
        ownerId: ana.id,
        dueOn: dueOn && due(1),
      });
      expect(item.viewerCanRefuse).toBe(false);
      if (dueOn !== null) await dueWas(item, dueOn);
      await written(item, daysAgo);
      expect((await ana.items(id)).at(-1)).toMatchObject({ id: item.id, viewerCanRefuse: refusable });
      expect((await lee.items(id)).at(-1)).toMatchObject({ id: item.id, viewerCanRefuse: false });
      expect(await ana.close(item.id, 'DROPPED')).toMatchObject({
        standing: refusable ? 'DROPPED' : 'LATE',
        viewerCanRefuse: false,
        author: { id: lee.id },
      });
      expect(await standingOf(lee, id, item)).toBe(refusable ? 'DROPPED' : 'LATE');
    }
  });

  it('does not apply to one’s own, to one whose date the owner set, or to closing as DONE', async () => {
    const { ana, lee, talk } = await pairOf();
    const own = await ana.promise({ target: { conversationId: talk }, dueOn: due(1) });
    const accepted = await changed(
      ana,
      await lee.promise({ target: { conversationId: talk }, ownerId: ana.id }),
      {
        dueOn: due(1),
      },
    );
    const moved = await changed(
      ana,
      await lee.promise({ target: { conversationId: talk }, ownerId: ana.id, dueOn: due(1) }),
      { dueOn: due(2) },
    );
    for (const item of [own, accepted, moved]) {
      expect(item.viewerCanRefuse).toBe(false);
      await dueWas(item, due(-1));
      expect(await ana.close(item.id, 'DROPPED')).toMatchObject({ standing: 'LATE' });
    }
    const done = await lee.promise({ target: { conversationId: talk }, ownerId: ana.id, dueOn: due(1) });
    await dueWas(done, due(-1));
    expect(await ana.close(done.id, 'DONE')).toMatchObject({ standing: 'LATE' });
  });

  it('is possible again after reopening, and only for its owner', async () => {
    const { ana, lee, talk } = await pairOf();
    const item = await lee.promise({ target: { conversationId: talk }, ownerId: ana.id, dueOn: due(1) });
    await dueWas(item, due(-1));
    expect(await ana.close(item.id)).toMatchObject({ standing: 'LATE' });
    expect(await ana.reopenItem(item.id)).toMatchObject({ standing: 'LATE', viewerCanRefuse: true });
    expect(await lee.code(CLOSE_ITEM, { id: item.id, state: 'DROPPED' })).toBe('NOT_PERMITTED');
    expect(await ana.close(item.id, 'DROPPED')).toMatchObject({ standing: 'DROPPED' });
  });
});

describe('reopening an action item', () => {
  const closedAgo = (item: ItemNode, seconds: number) =>
    app.database.query(`update action_item set closed_at = now() - make_interval(secs => $2) where id = $1`, [
      item.id,
      seconds,
    ]);

  it('is possible for its owner within 10 minutes of closing', async () => {
    const { ana, lee, talk } = await pairOf();
    const item = await ana.promise({ target: { conversationId: talk }, dueOn: due(1) });
    expect(await ana.code(REOPEN_ITEM, { id: item.id })).toBe('CONFLICT');
    await ana.close(item.id);
    expect(await lee.code(REOPEN_ITEM, { id: item.id })).toBe('NOT_PERMITTED');
    await closedAgo(item, 590);
    expect(await ana.reopenItem(item.id)).toMatchObject({
      state: 'OPEN',
      standing: 'OPEN',
      closedAt: null,
      renegotiated: 0,
      viewerCanMoveDueDate: true,
      version: 3,
    });
    await ana.close(item.id, 'DROPPED');
    await closedAgo(item, 601);
    const refusal = await ana.refused(REOPEN_ITEM, { id: item.id });
    expect(refusal).toMatchObject({ extensions: { code: 'CONFLICT' } });
    expect(refusal.message).toMatch(/10 minutes/);
  });

  it('does not change that it was late', async () => {
    const { ana, talk } = await pairOf();
    const item = await ana.promise({ target: { conversationId: talk }, dueOn: due(1) });
    await dueWas(item, due(-1));
    await ana.close(item.id);
    const open = await ana.reopenItem(item.id);
    expect(open).toMatchObject({ state: 'OPEN', standing: 'LATE', viewerCanMoveDueDate: false });
    expect(await ana.code(UPDATE_ITEM, { id: item.id, version: open.version, dueOn: due(3) })).toBe(
      'CONFLICT',
    );
    expect(await ana.close(item.id)).toMatchObject({ standing: 'LATE' });
  });

  it('is possible in an ended one-to-one', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const item = await ana.promise({ target: { conversationId: talk } });
    await lee.end(id);
    await ana.close(item.id);
    expect(await ana.reopenItem(item.id)).toMatchObject({ state: 'OPEN', viewerCanMoveDueDate: false });
  });

  it('happens once when ten requests arrive at the same moment', async () => {
    const { ana, talk } = await pairOf();
    const item = await ana.promise({ target: { conversationId: talk } });
    await ana.close(item.id);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ana.send(REOPEN_ITEM, { input: { id: item.id } })),
    );
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(answers.filter(({ errors }) => errors[0]?.extensions.code === 'CONFLICT')).toHaveLength(9);
  });
});

describe('listing action items', () => {
  it('filters by owner and by standing, for both participants alike', async () => {
    const { ana, lee, id, talk } = await pairOf();
    for (const owner of [ana, lee]) {
      const add = (text: string, dueOn?: string) =>
        owner.promise({ target: { conversationId: talk }, ownerId: owner.id, text, dueOn });
      await add('open some day');
      await add('open later', due(9));
      await add('open today', due(0));
      await dueWas(await add('late, open', due(1)), due(-2));
      const lateDone = await add('late, done', due(1));
      await dueWas(lateDone, due(-1));
      await owner.close(lateDone.id);
      const lateDropped = await add('late, dropped', due(1));
      await dueWas(lateDropped, due(-3));
      await owner.close(lateDropped.id, 'DROPPED');
      await owner.close((await add('kept', due(1))).id);
      await owner.close((await add('done without a date')).id);
      await owner.close((await add('dropped in time', due(4))).id, 'DROPPED');
    }
    for (const who of [ana, lee]) {
      for (const owner of [ana, lee]) {
        expect(await textsOf(who, id, owner, 'OPEN')).toEqual(['open some day', 'open later', 'open today']);
        expect(await textsOf(who, id, owner, 'LATE')).toEqual(['late, open', 'late, done', 'late, dropped']);
        expect(await textsOf(who, id, owner, 'KEPT')).toEqual(['kept']);
        expect(await textsOf(who, id, owner, 'DONE', 'DROPPED')).toEqual([
          'done without a date',
          'dropped in time',
        ]);
        expect(await who.items(id, { owner: owner === who ? 'VIEWER' : 'COUNTERPART' })).toHaveLength(9);
      }
      expect(await who.items(id)).toHaveLength(18);
      expect(await who.items(id, { standing: [] })).toEqual([]);
      expect(await who.items(id, { standing: ['KEPT'] })).toHaveLength(2);
    }
  });

  it('returns the viewer’s open ones of all one-to-ones by due date', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const other = await writer(app, world, organization);
    const second = await world.oneToOne(other.person, ana.person);
    await ana.promise({ target: { conversationId: talk }, text: 'b', dueOn: due(5) });
    await ana.promise({ target: { oneToOneId: second.id }, text: 'a', dueOn: due(2) });
    await lee.promise({ target: { oneToOneId: id }, ownerId: ana.id, text: 'd' });
    await ana.promise({ target: { oneToOneId: second.id }, text: 'c', dueOn: due(5) });
    await lee.promise({ target: { conversationId: talk }, text: 'of Lee', dueOn: due(1) });
    const done = await ana.promise({ target: { conversationId: talk }, text: 'done' });
    await ana.close(done.id);
    const OPEN = `query ($after: String) { viewer { openActionItems(first: 3, after: $after) {
      nodes { text oneToOne { id } } pageInfo { hasNextPage endCursor }
    } } }`;
    interface OpenPage {
      viewer: {
        openActionItems: {
          nodes: { text: string; oneToOne: { id: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
    }
    const first = (await ana.get<OpenPage>(OPEN)).viewer.openActionItems;
    const rest = (await ana.get<OpenPage>(OPEN, { after: first.pageInfo.endCursor })).viewer.openActionItems;
    expect([...first.nodes, ...rest.nodes].map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    expect(new Set(first.nodes.map(({ oneToOne }) => oneToOne.id))).toEqual(new Set([id, second.id]));
    // A cursor of somebody else gives nothing of theirs.
    const leesOwn = await lee.get<OpenPage>(OPEN, { after: first.pageInfo.endCursor });
    expect(leesOwn.viewer.openActionItems.nodes).toEqual([]);
  });
});

describe('action items of an ended one-to-one', () => {
  it('can be read, and closed by their owners, but not added or changed', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const open = await ana.promise({ target: { conversationId: talk }, text: 'Still open', dueOn: due(1) });
    await lee.end(id);
    expect(await ana.code(ADD_ITEM, { target: { oneToOneId: id }, ownerId: ana.id, text: 'New' })).toBe(
      'CONFLICT',
    );
    expect(await ana.code(UPDATE_ITEM, { id: open.id, version: 1, text: 'New' })).toBe('CONFLICT');
    expect(await lee.code(CLOSE_ITEM, { id: open.id, state: 'DONE' })).toBe('NOT_PERMITTED');
    expect(await textsOf(lee, id, ana, 'OPEN')).toEqual(['Still open']);
    expect(await ana.close(open.id)).toMatchObject({ state: 'DONE', standing: 'KEPT' });
    expect(await textsOf(lee, id, ana, 'KEPT')).toEqual(['Still open']);
  });
});

describe('a person outside of the one-to-one', () => {
  it('cannot read or change an action item, or learn that it exists', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const item = await ana.promise({ target: { conversationId: talk }, text: 'Between us' });
    const manager = await writer(app, world, organization);
    await world.line(lee.person, manager.person);
    const former = await writer(app, world, organization);
    const formerPair = await world.oneToOne(former.person, ana.person, { state: 'ENDED' });
    await world.conversation(formerPair, { status: 'HELD', scheduledAt: hours(-50) });
    const admin = await writer(app, world, organization);
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin.person, role);
    const stranger = await writer(app, world, await world.organization());
    const attacks = (promise: string, conversation: string, pair: string): [string, object][] => [
      [UPDATE_ITEM, { id: promise, version: 1, text: 'Mine now' }],
      [UPDATE_ITEM, { id: promise, version: 5, dueOn: due(4) }],
      [CLOSE_ITEM, { id: promise, state: 'DONE' }],
      [REOPEN_ITEM, { id: promise }],
      [DELETE_ITEM, { id: promise }],
      [ADD_ITEM, { target: { conversationId: conversation }, ownerId: ana.id, text: 'Yours' }],
      [ADD_ITEM, { target: { oneToOneId: pair }, ownerId: lee.id, text: 'Yours' }],
    ];
    for (const outsider of [manager, former, admin, stranger]) {
      const made = attacks(item.id, talk, id);
      const none = attacks(MADE_UP, MADE_UP, MADE_UP);
      for (const [index, [query, input]] of made.entries()) {
        const refusal = await outsider.refused(query, { ...input });
        expect(refusal.extensions.code).toBe('NOT_FOUND');
        expect(refusal).toEqual(await outsider.refused(query, { ...none[index]![1] }));
      }
      expect(await outsider.get('query ($id: ID!) { node(id: $id) { id } }', { id: item.id })).toEqual({
        node: null,
      });
      expect(await outsider.get(LIST_ITEMS, { id })).toEqual({ oneToOne: null });
    }
    const robot = new Writer(
      app,
      admin.person,
      await world.apiToken(organization, ['DIRECTORY_READ', 'DIRECTORY_WRITE', 'TRENDS_READ', 'SCHEMA_READ']),
    );
    for (const [query, input] of attacks(item.id, talk, id))
      expect(await robot.code(query, { ...input })).toBe('NOT_PERMITTED');
    // The control.
    expect((await lee.read(talk)).actionItems).toMatchObject([{ text: 'Between us', version: 1 }]);
    expect((await changed(lee, item, { text: 'Between the two of us' })).version).toBe(2);
    await ana.close(item.id);
  });
});
