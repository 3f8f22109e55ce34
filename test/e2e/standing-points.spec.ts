import { World, hours, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import {
  POSTPONE_POINT,
  UPDATE_POINT,
  writingPair,
  type PointNode,
  type Writer,
  type WritingPair,
} from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
});
afterAll(() => app.close());

const pairOf = (options = {}): Promise<WritingPair> => writingPair(app, world, organization, options);

async function postponedFrom(who: Writer, id: string): Promise<string | null> {
  const { node } = await who.get<{ node: { postponedFrom: { id: string } | null } }>(
    'query ($id: ID!) { node(id: $id) { ... on TalkingPoint { postponedFrom { id } } } }',
    { id },
  );
  return node.postponedFrom?.id ?? null;
}

/** A point as its reader sees it in a conversation. */
async function pointIn(who: Writer, conversationId: string, id: string): Promise<PointNode | undefined> {
  return (await who.read(conversationId)).talkingPoints.find((point) => point.id === id);
}

describe('a standing point', () => {
  it('is on the next agenda again with its identity, undiscussed, until either participant takes it off', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const second = (await lee.schedule(id, hours(48))).id;
    const third = (await lee.schedule(id, hours(72))).id;
    const point = await ana.add({ target: { conversationId: talk }, text: 'How are you?', standing: true });
    expect(point).toMatchObject({ standing: true, discussed: false, timesCarried: 0 });
    const discussed = (await lee.update({ id: point.id, version: point.version, discussed: true })).made;
    await ana.hold(talk);
    expect(await ana.agenda(talk)).toEqual([]);
    const moved = await pointIn(lee, second, point.id);
    // Discussed, so not counted; and a form that was read before the conversation was held is outdated.
    expect(moved).toMatchObject({
      standing: true,
      discussed: false,
      timesCarried: 0,
      raisedIn: { id: talk },
    });
    expect(
      (await lee.update({ id: point.id, version: discussed!.version, discussed: true })).present,
    ).toMatchObject({
      version: moved!.version,
      discussed: false,
    });
    await ana.skip(second);
    expect(await pointIn(ana, third, point.id)).toMatchObject({ discussed: false, timesCarried: 1 });
    const off = (
      await lee.update({ id: point.id, version: moved!.version, standing: false, discussed: true })
    ).made;
    expect(off).toMatchObject({ standing: false, discussed: true });
    await ana.hold(third);
    expect(await ana.agenda(third)).toEqual(['How are you?']);
    expect(await ana.waiting(id)).toEqual([]);
  });

  it('returns as discussed, with its count, when the status is undone', async () => {
    const { ana, lee, talk } = await pairOf({ recurrence: 'FREQ=DAILY' });
    const standing = await ana.add({ target: { conversationId: talk }, text: 'Load', standing: true });
    const once = await lee.add({ target: { conversationId: talk }, text: 'Once' });
    await lee.update({ id: standing.id, version: 1, discussed: true });
    await ana.hold(talk);
    await lee.reopen(talk);
    const talkNow = await ana.read(talk);
    expect(talkNow.talkingPoints).toMatchObject([
      { id: standing.id, discussed: true, timesCarried: 0 },
      { id: once.id, discussed: false, timesCarried: 0 },
    ]);
  });

  it('goes to the first planned conversation, also when an earlier one is scheduled or moved before it', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'Safety', standing: true });
    const draft = await lee.add({
      target: { conversationId: talk },
      text: 'Mine',
      standing: true,
      draft: true,
    });
    const once = await ana.add({ target: { conversationId: talk }, text: 'Once' });
    const sooner = (await lee.schedule(id, hours(3))).id;
    expect(await lee.agenda(sooner)).toEqual(['Safety', 'Mine']);
    expect(await ana.agenda(sooner)).toEqual(['Safety']);
    expect(await ana.agenda(talk)).toEqual(['Once']);
    const later = await ana.add({ target: { conversationId: talk }, text: 'Customers', standing: true });
    expect(later).toMatchObject({ conversation: { id: sooner }, raisedIn: { id: talk } });
    await lee.update({ id: once.id, version: once.version, standing: true });
    expect(await ana.agenda(sooner)).toEqual(['Safety', 'Customers', 'Once']);
    expect([point.id, draft.id]).toEqual(
      (await lee.read(sooner)).talkingPoints.slice(0, 2).map((one) => one.id),
    );
  });

  it('leaves a closed conversation when it is made standing there', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'Wellbeing' });
    const { made } = await lee.update({ id: point.id, version: 1, discussed: true });
    await lee.hold(talk);
    expect(await ana.agenda(talk)).toEqual(['Wellbeing']);
    const { made: standing } = await lee.update({ id: point.id, version: made!.version, standing: true });
    expect(standing).toMatchObject({ standing: true, discussed: false, timesCarried: 0, conversation: null });
    expect((await ana.waiting(id)).map((one) => one.id)).toEqual([point.id]);
  });

  it('goes on with the one-to-one that the two start again', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'Pace', standing: true });
    await lee.update({ id: point.id, version: 1, discussed: true });
    await lee.end(id);
    const { startOneToOne } = await lee.get<{ startOneToOne: { oneToOne: { id: string } } }>(
      `mutation ($input: StartOneToOneInput!) {
        startOneToOne(input: $input) { ... on OneToOnePayload { oneToOne { id } } }
      }`,
      { input: { personId: ana.id } },
    );
    expect(await ana.waiting(startOneToOne.oneToOne.id)).toMatchObject([
      { id: point.id, standing: true, discussed: false },
    ]);
  });

  it('is a draft that only its author can make standing while it is one', async () => {
    const { ana, lee, talk } = await pairOf();
    const draft = await ana.add({ target: { conversationId: talk }, text: 'Hidden', draft: true });
    expect(await lee.code(UPDATE_POINT, { id: draft.id, version: 1, standing: true })).toBe('NOT_FOUND');
    expect((await ana.update({ id: draft.id, version: 1, standing: true })).made).toMatchObject({
      standing: true,
    });
  });
});

describe('a talking point that is put off', () => {
  it('waits for the conversation after this one, counted once, whoever puts it off', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'Not today' });
    const draft = await ana.add({ target: { conversationId: talk }, text: 'Nor this', draft: true });
    await lee.postpone(point.id, talk);
    await ana.postpone(draft.id, talk);
    expect(await ana.agenda(talk)).toEqual([]);
    expect(await ana.waiting(id)).toMatchObject([
      { id: point.id, timesCarried: 1, version: point.version },
      { id: draft.id },
    ]);
    expect(await lee.waiting(id)).toMatchObject([{ id: point.id }]);
    expect(await postponedFrom(lee, point.id)).toBe(talk);
    // Again, it is so already.
    await lee.postpone(point.id, talk);
    await lee.hold(talk);
    expect(await postponedFrom(lee, point.id)).toBeNull();
    const next = (await lee.schedule(id, hours(48))).id;
    expect(await pointIn(lee, next, point.id)).toMatchObject({ timesCarried: 1 });
  });

  it('does not return to a conversation that is scheduled before the one that it was put off from', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'Not today', standing: true });
    await lee.postpone(point.id, talk);
    const sooner = (await lee.schedule(id, hours(3))).id;
    expect(await ana.agenda(sooner)).toEqual([]);
    const later = (await lee.schedule(id, hours(48))).id;
    expect(await ana.agenda(later)).toEqual(['Not today']);
    expect(await postponedFrom(ana, point.id)).toBe(talk);
    await ana.postpone(point.id, talk, false);
    expect(await pointIn(lee, talk, point.id)).toMatchObject({ timesCarried: 0 });
  });

  it('can be taken back until it is discussed or its conversation is closed', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const later = (await lee.schedule(id, hours(48))).id;
    const [one, other] = [
      await ana.add({ target: { conversationId: talk }, text: 'One' }),
      await ana.add({ target: { conversationId: talk }, text: 'Other' }),
    ];
    const undo = (point: PointNode): object => ({ id: point.id, conversationId: talk, postponed: false });
    await lee.postpone(one.id, talk);
    await lee.postpone(other.id, talk);
    await ana.postpone(one.id, talk, false);
    await ana.postpone(one.id, talk, false);
    expect(await pointIn(ana, talk, one.id)).toMatchObject({ timesCarried: 0, position: 1 });
    await ana.update({ id: other.id, version: 1, discussed: true });
    expect(await ana.code(POSTPONE_POINT, { ...undo(other) })).toBe('CONFLICT');
    await lee.hold(talk);
    expect(await pointIn(ana, later, one.id)).toMatchObject({ timesCarried: 1 });
    expect(await ana.code(POSTPONE_POINT, { ...undo(one) })).toBe('CONFLICT');
  });

  it('stays put off when the status of its conversation is undone', async () => {
    const { ana, lee, id, talk } = await pairOf({ recurrence: 'FREQ=DAILY' });
    const point = await ana.add({ target: { conversationId: talk }, text: 'Not today' });
    await lee.postpone(point.id, talk);
    await lee.hold(talk);
    expect(await ana.waiting(id)).toEqual([]);
    await ana.reopen(talk);
    expect(await ana.agenda(talk)).toEqual([]);
    expect(await lee.waiting(id)).toMatchObject([{ id: point.id, timesCarried: 1 }]);
    expect(await postponedFrom(lee, point.id)).toBe(talk);
  });

  it('is refused unless it is undiscussed, visible and in that planned conversation', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const stranger = await pairOf();
    const later = (await lee.schedule(id, hours(48))).id;
    const point = await ana.add({ target: { conversationId: talk }, text: 'Here' });
    const draft = await ana.add({ target: { conversationId: talk }, text: 'Hidden', draft: true });
    const here = { id: point.id, conversationId: talk };
    expect(await lee.code(POSTPONE_POINT, { ...here, id: draft.id })).toBe('NOT_FOUND');
    expect(await stranger.ana.code(POSTPONE_POINT, here)).toBe('NOT_FOUND');
    expect(await ana.code(POSTPONE_POINT, { ...here, conversationId: stranger.talk })).toBe('NOT_FOUND');
    expect(await ana.code(POSTPONE_POINT, { ...here, conversationId: later })).toBe('CONFLICT');
    await ana.update({ id: point.id, version: 1, discussed: true });
    expect((await lee.refused(POSTPONE_POINT, here)).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.id', code: 'NOT_ALLOWED' }],
    });
    await lee.hold(talk);
    expect(await lee.code(POSTPONE_POINT, here)).toBe('CONFLICT');
    await lee.end(id);
    expect(await lee.code(POSTPONE_POINT, { id: point.id, conversationId: later })).toBe('CONFLICT');
  });
});
