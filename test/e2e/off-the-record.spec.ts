import { World, hours, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import {
  ADD_ITEM,
  ADD_POINT,
  WRITE_NOTES,
  WRITE_PRIVATE,
  writingPair,
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

interface Marked {
  readonly offTheRecord: boolean;
  readonly offTheRecordBy: { readonly id: string } | null;
  readonly status: string;
  readonly version: number;
}
const MARK = `mutation ($input: SetOffTheRecordInput!) {
  result: setOffTheRecord(input: $input) { conversation { offTheRecord offTheRecordBy { id } status version } }
}`;
const pairOf = (options = {}): Promise<WritingPair> => writingPair(app, world, organization, options);

async function mark(who: Writer, id: string, offTheRecord = true): Promise<Marked> {
  return (await who.get<{ result: { conversation: Marked } }>(MARK, { input: { id, offTheRecord } })).result
    .conversation;
}

describe('a conversation off the record', () => {
  it('is marked by either participant beforehand, and taken back only by them', async () => {
    for (const first of ['ana', 'lee'] as const) {
      const pair = await pairOf();
      const [one, other] = first === 'ana' ? [pair.ana, pair.lee] : [pair.lee, pair.ana];
      const marked = await mark(one, pair.talk);
      expect(marked).toEqual({
        offTheRecord: true,
        offTheRecordBy: { id: one.id },
        status: 'PLANNED',
        version: 2,
      });
      // Marking it again changes nothing, whoever does.
      expect(await mark(other, pair.talk)).toEqual(marked);
      expect(await other.code(MARK, { id: pair.talk, offTheRecord: false })).toBe('NOT_PERMITTED');
      expect(await mark(one, pair.talk, false)).toMatchObject({ offTheRecord: false, offTheRecordBy: null });
      await mark(other, pair.talk);
      await one.hold(pair.talk);
      for (const who of [one, other]) {
        expect(await who.code(MARK, { id: pair.talk, offTheRecord: false })).toBe('CONFLICT');
      }
      // It was held, and that is all.
      expect(await one.read(pair.talk)).toMatchObject({
        status: 'HELD',
        talkingPoints: [],
        actionItems: [],
        goals: [],
        privateNotes: null,
        sharedNotes: { text: '', version: 0, updatedAt: null, updatedBy: null, history: [] },
      });
    }
  });

  it('takes nothing that anybody writes', async () => {
    const { ana, lee, id, talk } = await pairOf();
    await mark(lee, talk);
    for (const who of [ana, lee]) {
      const target = { conversationId: talk };
      expect(await who.code(ADD_POINT, { target, text: 'x' })).toBe('CONFLICT');
      expect(await who.code(ADD_ITEM, { target, ownerId: who.id, text: 'x' })).toBe('CONFLICT');
      expect(await who.code(WRITE_NOTES, { conversationId: talk, version: 0, text: 'x' })).toBe('CONFLICT');
      expect(await who.code(WRITE_PRIVATE, { conversationId: talk, version: 0, text: 'x' })).toBe('CONFLICT');
    }
    // What is for the one-to-one waits for the next conversation on the record.
    expect(await ana.add({ target: { oneToOneId: id }, text: 'Later' })).toMatchObject({
      conversation: null,
    });
    await lee.hold(talk);
    expect(await ana.waiting(id)).toMatchObject([{ text: 'Later', timesCarried: 0 }]);
    expect(await ana.code(WRITE_NOTES, { conversationId: talk, version: 0, text: 'x' })).toBe('CONFLICT');
  });

  it('suggests nothing to bring up', async () => {
    const { ana, lee, talk } = await pairOf();
    const suggested = async (): Promise<unknown> =>
      (
        await lee.get<{ conversation: { preparation: unknown } }>(
          'query ($id: ID!) { conversation(id: $id) { preparation { since suggestions { kind } } } }',
          { id: talk },
        )
      ).conversation.preparation;
    expect(await suggested()).toEqual({ since: null, suggestions: [{ kind: 'SHARE_FIRST' }] });
    await mark(ana, talk);
    expect(await suggested()).toEqual({ since: null, suggestions: [] });
  });

  it('has no talking points: they go to the next conversation uncounted, drafts and standing points too', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'Open' });
    const draft = await lee.add({ target: { conversationId: talk }, text: 'Draft', draft: true });
    await ana.add({ target: { conversationId: talk }, text: 'Standing', standing: true });
    await mark(ana, talk);
    expect(await lee.waiting(id)).toMatchObject([
      { id: point.id, timesCarried: 0, raisedIn: null },
      { id: draft.id, timesCarried: 0 },
      { text: 'Standing' },
    ]);
    const later = (await lee.schedule(id, hours(48))).id;
    expect(await ana.agenda(later)).toEqual(['Open', 'Standing']);
    expect(await lee.agenda(later)).toEqual(['Open', 'Draft', 'Standing']);
    await ana.hold(talk);
    expect(await ana.agenda(talk)).toEqual([]);
    await ana.reopen(talk);
    expect(await lee.agenda(talk)).toEqual([]);
    expect(await lee.agenda(later)).toEqual(['Open', 'Draft', 'Standing']);
    await mark(ana, later);
    expect((await ana.waiting(id)).map(({ text }) => text)).toEqual(['Open', 'Standing']);
    // On the record again, it is the next one.
    await mark(ana, talk, false);
    expect(await ana.agenda(talk)).toEqual(['Open', 'Standing']);
  });

  it('gets no carried or postponed points back when a status is undone', async () => {
    const { ana, lee, id, talk } = await pairOf({ recurrence: 'FREQ=DAILY' });
    const point = await ana.add({ target: { conversationId: talk }, text: 'Open' });
    await lee.hold(talk);
    const next = (await ana.read(talk)).status === 'HELD' ? await nextOf(ana, id) : '';
    expect(await ana.agenda(next)).toEqual(['Open']);
    await mark(lee, next);
    expect(await ana.waiting(id)).toMatchObject([{ id: point.id }]);
    await ana.reopen(talk);
    expect(await ana.agenda(talk)).toEqual(['Open']);
    expect(await ana.read(next)).toMatchObject({ status: 'PLANNED', talkingPoints: [] });
    await ana.postpone(point.id, talk);
    await mark(ana, talk);
    await lee.skip(talk);
    await lee.reopen(talk);
    expect(await ana.agenda(talk)).toEqual([]);
  });

  it('cannot be one in which something was written that both can see, so that nothing disappears', async () => {
    const { ana, lee, id, talk } = await pairOf();
    const marks = (conversationId: string): Promise<string> =>
      lee.code(MARK, { id: conversationId, offTheRecord: true });
    const second = (await lee.schedule(id, hours(48))).id;
    const third = (await lee.schedule(id, hours(72))).id;
    await ana.writeNotes({ conversationId: talk, version: 0, text: 'Agreed' });
    expect(await marks(talk)).toBe('CONFLICT');
    await ana.promise({ target: { conversationId: second }, ownerId: ana.id, text: 'Call them' });
    expect(await marks(second)).toBe('CONFLICT');
    const point = await lee.add({ target: { conversationId: third }, text: 'Done' });
    await ana.update({ id: point.id, version: 1, discussed: true });
    expect(await marks(third)).toBe('CONFLICT');
  });

  it('keeps private notes from before for their author, who can empty them, and tells nobody of them', async () => {
    const { ana, lee, id, talk } = await pairOf();
    await ana.writePrivate(talk, 'Ask about Lisbon');
    expect(await ana.search(id, 'lisbon')).toEqual([talk]);
    await mark(lee, talk);
    expect((await ana.read(talk)).privateNotes).toEqual({ text: 'Ask about Lisbon', version: 1 });
    expect((await lee.read(talk)).privateNotes).toBeNull();
    expect(await ana.search(id, 'lisbon')).toEqual([]);
    const { viewer } = await ana.get<{ viewer: { search: { nodes: object[] } } }>(
      '{ viewer { search(text: "lisbon") { nodes { snippet } } } }',
    );
    expect(viewer.search.nodes).toEqual([]);
    const edit = { conversationId: talk, version: 1 };
    expect(await ana.code(WRITE_PRIVATE, { ...edit, text: 'Ask about Porto' })).toBe('CONFLICT');
    await ana.get(WRITE_PRIVATE, { input: { ...edit, text: '' } });
    expect((await ana.read(talk)).privateNotes).toEqual({ text: '', version: 2 });
  });

  it('is marked by its two participants only', async () => {
    const { talk } = await pairOf();
    const stranger = await pairOf();
    expect(await stranger.ana.code(MARK, { id: talk, offTheRecord: true })).toBe('NOT_FOUND');
    const ended = await pairOf();
    await ended.lee.end(ended.id);
    expect(await ended.ana.code(MARK, { id: ended.talk, offTheRecord: true })).toBe('CONFLICT');
  });
});

async function nextOf(who: Writer, id: string): Promise<string> {
  const { oneToOne } = await who.get<{ oneToOne: { next: { id: string } } }>(
    'query ($id: ID!) { oneToOne(id: $id) { next { id } } }',
    { id },
  );
  return oneToOne.next.id;
}
