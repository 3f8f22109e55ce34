import { World, hours, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Writer, writer, writingPair } from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
});
afterAll(() => app.close());

const SEARCH = `query ($text: String!, $first: Int, $after: String) {
  viewer { search(text: $text, first: $first, after: $after) {
    nodes { snippet at node { __typename id } } pageInfo { hasNextPage endCursor }
  } }
}`;
interface Result {
  readonly snippet: string;
  readonly at: string | null;
  readonly node: { readonly __typename: string; readonly id: string };
}
interface Results {
  readonly nodes: readonly Result[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function search(who: Writer, text: string, page: object = {}): Promise<Results> {
  return (await who.get<{ viewer: { search: Results } }>(SEARCH, { text, ...page })).viewer.search;
}
async function found(who: Writer, text: string): Promise<string[]> {
  return (await search(who, text)).nodes.map(({ node }) => `${node.__typename} ${node.id}`);
}

describe('Viewer.search', () => {
  it('finds text in own goals, points, action items and notes, latest first', async () => {
    const { ana, lee, id, talk } = await writingPair(app, world, organization);
    const goal = await world.goal(ana.person, { title: 'Sail around the harbour' });
    const { addPersonalGoalUpdate } = await ana.get<{
      addPersonalGoalUpdate: { personalGoalUpdate: { id: string } };
    }>(
      `mutation ($input: AddPersonalGoalUpdateInput!) { addPersonalGoalUpdate(input: $input) { personalGoalUpdate { id } } }`,
      { input: { goalId: goal.id, text: 'Left the HARBOUR alone' } },
    );
    const work = await world.businessGoal(ana.person, await world.cycle(organization), {
      title: 'Build the harbour',
    });
    const point = await lee.add({ target: { conversationId: talk }, text: 'The harbour' });
    const waiting = await world.oneToOne(ana.person, (await writer(app, world, organization)).person);
    const late = await ana.add({ target: { oneToOneId: waiting.id }, text: 'Another harbour', draft: true });
    const item = await lee.promise({ target: { oneToOneId: id }, text: 'Call the harbour' });
    await lee.writeNotes({ conversationId: talk, version: 0, text: 'We saw the harbour' });
    const past = await world.conversation(
      { id, organizationId: organization.id },
      { status: 'HELD', scheduledAt: hours(-50) },
    );
    await ana.writePrivate(past.id, 'Harbours are fine');

    const results = await search(ana, 'harbour', { first: 50 });
    const kinds = results.nodes.map(({ node }) => `${node.__typename} ${node.id}`);
    expect(new Set(kinds)).toEqual(
      new Set([
        `PersonalGoal ${goal.id}`,
        `PersonalGoalUpdate ${addPersonalGoalUpdate.personalGoalUpdate.id}`,
        `BusinessGoal ${work.id}`,
        `TalkingPoint ${point.id}`,
        `TalkingPoint ${late.id}`,
        `ActionItem ${item.id}`,
        `Conversation ${talk}`,
        `Conversation ${past.id}`,
      ]),
    );
    expect(kinds).toHaveLength(8);
    // By time; a point that waits for a conversation has none, and is last.
    const times = results.nodes.map(({ at }) => (at === null ? -Infinity : Date.parse(at)));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(kinds.at(-1)).toBe(`TalkingPoint ${late.id}`);
    expect(kinds.at(-2)).toBe(`Conversation ${past.id}`);
    expect(results.nodes.find(({ node }) => node.id === past.id)?.snippet).toBe('Harbours are fine');

    // The counterpart finds what both can read, and neither the goals, the draft nor the private notes.
    expect(new Set(await found(lee, 'harbour'))).toEqual(
      new Set([`TalkingPoint ${point.id}`, `ActionItem ${item.id}`, `Conversation ${talk}`]),
    );
    // Pages follow each other without gaps.
    const first = await search(ana, 'harbour', { first: 5 });
    const rest = await search(ana, 'harbour', { first: 5, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...rest.nodes]).toEqual(results.nodes);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('ignores case and accents, as the search within a one-to-one does, and shows the text around the match', async () => {
    const { ana, talk } = await writingPair(app, world, organization);
    const filler = 'word '.repeat(60);
    const point = await ana.add({
      target: { conversationId: talk },
      text: `${filler}\n\nMeet Øyvind from Łódź on the Straße in Zu\u0308rich ${filler}`,
    });
    for (const text of ['oyvind', 'ØYVIND', 'lodz ON', 'strasse', 'zürich', 'from  łódź']) {
      const { nodes } = await search(ana, text);
      expect([text, nodes.map(({ node }) => node.id)]).toEqual([text, [point.id]]);
      expect(nodes[0]?.snippet).toContain('Øyvind from Łódź');
      expect(nodes[0]?.snippet).toMatch(/^…[^\n]{1,162}…$/u);
    }
    // Characters with a meaning in a pattern stand for themselves.
    for (const text of ['%', '_', '\\', 'wo%rd']) expect((await search(ana, text)).nodes).toEqual([]);
  });

  it('does not find goals of other people, even if they are shared, and records no access', async () => {
    const { ana, lee } = await writingPair(app, world, organization);
    const shared = await world.goal(ana.person, { title: 'A shared lighthouse' });
    await world.share(shared, lee.person);
    await world.goal(ana.person, { title: 'A public lighthouse', visibility: 'ORGANIZATION' });
    await world.businessGoal(ana.person, await world.cycle(organization), { title: 'Our lighthouse' });
    expect(await found(lee, 'lighthouse')).toEqual([]);
    expect(await found(ana, 'lighthouse')).toHaveLength(3);
    const { rows } = await app.database.query('select 1 from goal_access where goal_id = $1', [shared.id]);
    expect(rows).toEqual([]);
  });

  it('finds nothing of other people, whatever their role, and nothing of another organization', async () => {
    const { ana, lee, talk } = await writingPair(app, world, organization);
    await ana.add({ target: { conversationId: talk }, text: 'Between us: quicksilver' });
    await lee.writeNotes({ conversationId: talk, version: 0, text: 'quicksilver' });
    const admin = await writer(app, world, organization);
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin.person, role);
    const manager = await writer(app, world, organization);
    await world.line(lee.person, manager.person);
    const stranger = await writer(app, world, await world.organization());
    for (const outsider of [admin, manager, stranger])
      expect(await found(outsider, 'quicksilver')).toEqual([]);
    expect(await found(ana, 'quicksilver')).toHaveLength(2);
  });

  it('refuses a blank or too long text, and a cursor of another list', async () => {
    const { ana } = await writingPair(app, world, organization);
    for (const [variables, path] of [
      [{ text: '  ' }, 'text'],
      [{ text: 'a'.repeat(201) }, 'text'],
      [{ text: 'a', first: 101 }, 'first'],
      [{ text: 'a', after: 'bm90IGEgY3Vyc29y' }, 'after'],
    ] as const) {
      const { errors } = await ana.send(SEARCH, variables);
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    }
  });
});
