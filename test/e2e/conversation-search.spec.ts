import { World, hours, type TestOrganization, type TestRow } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { SEARCH, Writer, writer, writingPair, type WritingPair } from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
});
afterAll(() => app.close());

const pairOf = (): Promise<WritingPair> => writingPair(app, world, organization);

/** More conversations of the pair, by hours from now. */
async function talks(pair: WritingPair, ...at: number[]): Promise<TestRow[]> {
  const row = { id: pair.id, organizationId: pair.organization.id };
  const made: TestRow[] = [];
  for (const hour of at) {
    made.push(
      await world.conversation(row, { status: hour < 0 ? 'HELD' : 'PLANNED', scheduledAt: hours(hour) }),
    );
  }
  return made;
}

interface SearchPage {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
async function page(who: Writer, variables: Record<string, unknown>): Promise<SearchPage> {
  return (await who.get<{ oneToOne: { search: SearchPage } }>(SEARCH, variables)).oneToOne.search;
}

describe('OneToOne.search', () => {
  it('finds conversations by their points, notes and action items, latest first', async () => {
    const pair = await pairOf();
    const { ana, lee, id, talk } = pair;
    const [one, two, three, four] = await talks(pair, 48, -24, -48, -72);
    await lee.add({ target: { conversationId: one!.id }, text: 'About the Harbour project' });
    await ana.add({ target: { conversationId: talk }, text: 'harbour draft', draft: true });
    await lee.writeNotes({ conversationId: two!.id, version: 0, text: 'We saw the\nHARBOUR' });
    await ana.writePrivate(three!.id, 'Harbours are fine');
    await lee.promise({ target: { conversationId: four!.id }, text: 'Call the harbour' });
    // Made between: in no conversation.
    await lee.promise({ target: { oneToOneId: id }, text: 'harbour' });
    expect(await ana.search(id, 'harbour')).toEqual([one!.id, talk, two!.id, three!.id, four!.id]);
    expect(await ana.search(id, 'Harbour P')).toEqual([one!.id]);
    expect(await ana.search(id, 'harbor')).toEqual([]);
    // Neither the draft nor the private notes of the other.
    expect(await lee.search(id, 'harbour')).toEqual([one!.id, two!.id, four!.id]);
  });

  it('does not find earlier versions of a text', async () => {
    const { ana, id, talk } = await pairOf();
    const point = await ana.add({ target: { conversationId: talk }, text: 'Apples' });
    await ana.update({ id: point.id, version: 1, text: 'Pears' });
    await ana.writeNotes({ conversationId: talk, version: 0, text: 'Apples' });
    await ana.writeNotes({ conversationId: talk, version: 1, text: '' });
    expect(await ana.search(id, 'apples')).toEqual([]);
    expect(await ana.search(id, 'pears')).toEqual([talk]);
    await ana.hold(talk);
    // It was carried on, and waits.
    expect(await ana.search(id, 'pears')).toEqual([]);
  });

  it('ignores case in every language, and takes special characters literally', async () => {
    const { ana, lee, id, talk } = await pairOf();
    await ana.writeNotes({
      conversationId: talk,
      version: 0,
      text: 'Ärger mit ΣΊΣΥΦΟΣ, ПРИВЕТ, 你好世界, שלום עולם, नमस्ते, 100% of a_b \\ path, [x] (y) .* {{z}} 👩‍👩‍👧 \'quoted\' "so"',
    });
    for (const text of [
      'äRGER',
      'σίσυφ',
      'привет',
      '好世',
      'שלום',
      'नमस्ते',
      '100%',
      'a_b',
      '\\ path',
      '[x] (y) .*',
      '{{z}}',
      '👩‍👩‍👧',
      '\'quoted\' "so"',
    ]) {
      expect([text, await lee.search(id, text)]).toEqual([text, [talk]]);
    }
    for (const text of ['1%of', 'a%b', 'aXb', '\\\\']) {
      expect([text, await lee.search(id, text)]).toEqual([text, []]);
    }
    const bare = await pairOf();
    await bare.ana.writeNotes({ conversationId: bare.talk, version: 0, text: 'Nothing of that kind' });
    for (const text of ['%', '_', '\\']) expect(await bare.ana.search(bare.id, text)).toEqual([]);
  });

  it('returns pages that neither skip nor repeat conversations of the same time', async () => {
    const pair = await pairOf();
    const { ana, id } = pair;
    const made = await talks(pair, -1, -2, -3, -3, -3, -4, -5);
    for (const { id: conversationId } of made)
      await ana.writeNotes({ conversationId, version: 0, text: 'pebble' });
    const found: string[] = [];
    let after: string | null = null;
    do {
      const part: SearchPage = await page(ana, { id, text: 'pebble', first: 2, after });
      found.push(...part.nodes.map((node) => node.id));
      after = part.pageInfo.hasNextPage ? part.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toHaveLength(7);
    expect(new Set(found)).toEqual(new Set(made.map((row) => row.id)));
  });

  it('refuses a blank or too long text', async () => {
    const { ana, id } = await pairOf();
    for (const text of ['', '  ', 'a'.repeat(201), 'a\0b', '\ud83d']) {
      const { errors } = await ana.send(SEARCH, { id, text });
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'text' }] });
    }
    expect(await ana.search(id, '😀'.repeat(200))).toEqual([]);
    const { errors } = await ana.send(SEARCH, { id, text: 'a', after: 'made-up' });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] });
  });

  it('works in an ended one-to-one', async () => {
    const { ana, lee, id, talk } = await pairOf();
    await ana.writeNotes({ conversationId: talk, version: 0, text: 'Farewell' });
    await ana.end(id);
    expect(await lee.search(id, 'farewell')).toEqual([talk]);
  });
});

describe('OneToOne.search reveals nothing', () => {
  it('of drafts, private notes and hidden goals of the other, page by page and cursor by cursor', async () => {
    const seen: unknown[] = [];
    for (const hidden of [false, true]) {
      const pair = await pairOf();
      const { ana, lee, id, talk } = pair;
      const [later, earlier] = await talks(pair, 48, -24);
      await lee.writeNotes({ conversationId: talk, version: 0, text: 'lantern' });
      if (hidden) {
        for (const conversationId of [talk, later!.id])
          await lee.add({ target: { conversationId }, text: 'lantern', draft: true });
        await lee.writePrivate(earlier!.id, 'lantern');
        const goal = await world.goal(lee.person, { title: 'lantern', why: 'lantern' });
        await lee.add({ target: { conversationId: later!.id }, text: 'Light', aboutId: goal.id });
      } else {
        await lee.add({ target: { conversationId: later!.id }, text: 'Light' });
      }
      const found = await page(ana, { id, text: 'lantern', first: 1 });
      expect(found.nodes.map((node) => node.id)).toEqual([talk]);
      const next = await page(ana, { id, text: 'lantern', first: 1, after: found.pageInfo.endCursor });
      const titles = await ana.search(id, 'light');
      seen.push([found.pageInfo.hasNextPage, found.edges.length, next.nodes, next.pageInfo, titles.length]);
      // The control: their author finds them.
      expect(await lee.search(id, 'lantern')).toHaveLength(hidden ? 3 : 1);
    }
    expect(seen[1]).toEqual(seen[0]);
  });

  it('to a person outside of the one-to-one, even with a cursor of a participant', async () => {
    const { ana, id, talk } = await pairOf();
    await ana.writeNotes({ conversationId: talk, version: 0, text: 'Between us' });
    const [edge] = (await page(ana, { id, text: 'between' })).edges;
    const admin = await writer(app, world, organization);
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin.person, role);
    const own = await pairOf();
    const stranger = await writer(app, world, await world.organization());
    for (const outsider of [admin, own.ana, stranger]) {
      for (const after of [undefined, edge!.cursor]) {
        expect(await outsider.get(SEARCH, { id, text: 'between', after })).toEqual({ oneToOne: null });
      }
    }
    expect((await page(own.ana, { id: own.id, text: 'between', after: edge!.cursor })).nodes).toEqual([]);
    const robot = new Writer(app, admin.person, await world.apiToken(organization, ['DIRECTORY_READ']));
    const { errors, data } = await robot.send(SEARCH, { id, text: 'between' });
    expect(errors[0]?.extensions.code).toBe('NOT_PERMITTED');
    expect(data?.oneToOne ?? null).toBeNull();
    expect(await ana.search(id, 'between')).toEqual([talk]);
  });
});
