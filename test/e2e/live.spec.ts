import { World, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { pause } from './mailbox.js';
import { CHANGED, Subscriber, type ChangeNode } from './subscriber.js';
import { writer, writingPair, type WritingPair } from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;
const clients: Subscriber[] = [];

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
  // The worker announces changes.
  await app.sendMail();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
afterAll(() => app.close());

const pairOf = (): Promise<WritingPair> => writingPair(app, world, organization);

function connect(token: string | undefined): Subscriber {
  const client = new Subscriber(app, token);
  clients.push(client);
  return client;
}

const of =
  (typename: ChangeNode['__typename'], id: string) =>
  (event: ChangeNode): boolean =>
    event.__typename === typename && event.id === id;

/** Long enough for an event to arrive that should not. */
const A_WHILE = 600;

describe('the subscription conversationChanged', () => {
  it('shows both participants what the other and they themselves change', async () => {
    const { ana, lee, talk, id } = await pairOf();
    const [anas, lees] = [await connect(ana.token).watch(talk), await connect(lee.token).watch(talk)];

    const point = await ana.add({ target: { conversationId: talk }, text: 'Hello' });
    for (const both of [anas, lees]) {
      expect(await both.next(of('TalkingPoint', point.id))).toMatchObject({
        text: 'Hello',
        draft: false,
        version: 1,
      });
      expect(await both.next(of('Conversation', talk))).toMatchObject({ talkingPoints: [{ id: point.id }] });
    }
    await lee.update({ id: point.id, version: 1, discussed: true });
    expect(await anas.next(of('TalkingPoint', point.id))).toMatchObject({ discussed: true, version: 2 });

    const second = await lee.add({ target: { conversationId: talk }, text: 'Second' });
    await anas.next(of('Conversation', talk));
    await ana.move(second.id, point.id);
    expect(
      await lees.next((event) =>
        JSON.stringify(event.talkingPoints ?? null).startsWith(`[{"id":"${second.id}"`),
      ),
    ).toMatchObject({
      __typename: 'Conversation',
      talkingPoints: [{ id: second.id }, { id: point.id }],
    });

    const notes = (await ana.writeNotes({ conversationId: talk, version: 0, text: 'We agree' })).made!;
    expect(await lees.next(of('SharedNotes', notes.id))).toMatchObject({ text: 'We agree', version: 1 });

    const item = await lee.promise({ target: { conversationId: talk }, text: 'I call them' });
    expect(await anas.next(of('ActionItem', item.id))).toMatchObject({ text: 'I call them', state: 'OPEN' });
    await lee.close(item.id);
    expect(await anas.next(of('ActionItem', item.id))).toMatchObject({ state: 'DONE' });

    await lee.remove(second.id);
    for (const both of [anas, lees]) {
      expect(await both.next(of('RemovedNode', second.id))).toMatchObject({ typename: 'TalkingPoint' });
    }
    await ana.hold(talk);
    expect(await lees.next(({ status }) => status === 'HELD')).toMatchObject({
      __typename: 'Conversation',
      id: talk,
    });
    expect(id).toBeDefined();
    await pause(A_WHILE);
    expect([anas.isOver, lees.isOver]).toEqual([false, false]);
  });

  it('refuses everybody else as if there were no such conversation', async () => {
    const { talk } = await pairOf();
    const third = await writer(app, world, organization);
    const errors = await connect(third.token).subscribe(CHANGED, { id: talk }).ended();
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    for (const id of ['00000000-0000-4000-8000-000000000000', 'nonsense']) {
      const other = await connect(third.token).subscribe(CHANGED, { id }).ended();
      expect(other).toEqual(errors);
    }
  });
});
