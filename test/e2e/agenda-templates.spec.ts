import { World, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { statementsOf } from './statements.js';
import { writer, writingPair, type TalkNode, type Writer } from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization();
});
afterAll(() => app.close());

interface Template {
  readonly id: string;
  readonly name: string;
  readonly points: readonly string[];
  readonly version: number;
}
interface Saved {
  readonly __typename: string;
  readonly agendaTemplate?: Template;
  readonly current?: Template;
}

const SAVE = `mutation ($input: SaveAgendaTemplateInput!) {
  result: saveAgendaTemplate(input: $input) {
    __typename
    ... on AgendaTemplatePayload { agendaTemplate { id name points version } }
    ... on EditConflict { current { ... on AgendaTemplate { id name points version } } }
  }
}`;
const DELETE = 'mutation ($input: DeleteInput!) { deleteAgendaTemplate(input: $input) { deletedId } }';
const APPLY = `mutation ($input: ApplyAgendaTemplateInput!) {
  result: applyAgendaTemplate(input: $input) { conversation { id talkingPoints { text draft position } } }
}`;
const READ = '{ viewer { agendaTemplates { id name points version } } }';

async function save(who: Writer, input: Record<string, unknown>): Promise<Saved> {
  return (await who.get<{ result: Saved }>(SAVE, { input })).result;
}
async function templatesOf(who: Writer): Promise<readonly Template[]> {
  return (await who.get<{ viewer: { agendaTemplates: readonly Template[] } }>(READ)).viewer.agendaTemplates;
}

describe('agenda templates', () => {
  it('are saved, replaced by version and deleted by their owner, and listed by name', async () => {
    const me = await writer(app, world, organization);
    const { agendaTemplate: weekly } = await save(me, {
      name: ' Weekly ',
      points: ['How are you?', 'Customers'],
    });
    expect(weekly).toMatchObject({ name: 'Weekly', points: ['How are you?', 'Customers'], version: 1 });
    await save(me, { name: 'First one', points: ['Your goals'] });
    expect((await templatesOf(me)).map(({ name }) => name)).toEqual(['First one', 'Weekly']);

    const changed = { id: weekly!.id, name: 'Weekly', points: ['Customers'] };
    expect((await save(me, { ...changed, version: 1 })).agendaTemplate).toMatchObject({
      ...changed,
      version: 2,
    });
    // Sent again, it is stored already; another change of the first version conflicts.
    expect((await save(me, { ...changed, version: 1 })).agendaTemplate).toMatchObject({ version: 2 });
    expect(await save(me, { ...changed, points: ['Load'], version: 1 })).toMatchObject({
      __typename: 'EditConflict',
      current: { ...changed, version: 2 },
    });
    await me.get(DELETE, { input: { id: weekly!.id } });
    expect((await templatesOf(me)).map(({ name }) => name)).toEqual(['First one']);
    expect(await me.code(DELETE, { id: weekly!.id })).toBe('NOT_FOUND');
  });

  it('name every fault of an input', async () => {
    const me = await writer(app, world, organization);
    const { agendaTemplate: first } = await save(me, { name: 'Straße', points: ['One'] });
    const refused = async (input: Record<string, unknown>): Promise<unknown> =>
      (await me.refused(SAVE, input)).extensions.fields;
    expect(await refused({ name: ' ', points: ['a', ' ', 'x'.repeat(501)] })).toMatchObject([
      { path: 'input.name', code: 'REQUIRED' },
      { path: 'input.points.1', code: 'REQUIRED' },
      { path: 'input.points.2', code: 'TOO_LONG' },
    ]);
    expect(await refused({ name: 'None', points: [] })).toMatchObject([
      { path: 'input.points', code: 'REQUIRED' },
    ]);
    expect(await refused({ name: 'Many', points: Array.from({ length: 31 }, String) })).toMatchObject([
      { path: 'input.points', code: 'TOO_MANY' },
    ]);
    expect(await refused({ name: 'STRASSE', points: ['One'] })).toMatchObject([
      { path: 'input.name', code: 'TAKEN' },
    ]);
    expect(await refused({ id: first!.id, name: 'Other', points: ['One'] })).toMatchObject([
      { path: 'input.version', code: 'REQUIRED' },
    ]);
    for (let count = 1; count < 20; count += 1)
      await save(me, { name: `T${String(count)}`, points: ['One'] });
    expect(await me.code(SAVE, { name: 'One more', points: ['One'] })).toBe('CONFLICT');
  });

  it('are applied in their order as drafts that only their author sees', async () => {
    const { ana, lee, id, talk } = await writingPair(app, world, organization);
    await ana.add({ target: { conversationId: talk }, text: 'First' });
    const { agendaTemplate } = await save(ana, { name: 'Monthly', points: ['One', 'Two', 'Three'] });
    const input = { id: agendaTemplate!.id, conversationId: talk };
    let applied: TalkNode | undefined;
    const statements = await statementsOf(async () => {
      applied = (await ana.get<{ result: { conversation: TalkNode } }>(APPLY, { input })).result.conversation;
    });
    // One for all points and their histories.
    expect(statements.length).toBeLessThanOrEqual(9);
    expect(applied!.talkingPoints).toEqual([
      { text: 'First', draft: false, position: 1 },
      { text: 'One', draft: true, position: 2 },
      { text: 'Two', draft: true, position: 3 },
      { text: 'Three', draft: true, position: 4 },
    ]);
    expect(await lee.agenda(talk)).toEqual(['First']);
    const [, one] = (await ana.read(talk)).talkingPoints;
    expect(one).toMatchObject({ raisedIn: { id: talk }, history: [{ version: 1, text: 'One' }] });
    await ana.share(one!.id);
    expect(await lee.agenda(talk)).toEqual(['First', 'One']);
    await lee.hold(talk);
    expect((await ana.refused(APPLY, input)).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.conversationId' }],
    });
    await lee.end(id);
    expect(await ana.code(APPLY, input)).toBe('CONFLICT');
  });

  it('are hidden from everybody else: the counterpart, administrators and people in other one-to-ones', async () => {
    const { ana, lee, talk } = await writingPair(app, world, organization);
    const administrator = await writer(app, world, organization);
    for (const role of ['PEOPLE_ADMIN', 'ORGANIZATION_ADMIN', 'HR_ANALYST', 'AUDITOR'] as const) {
      await world.role(administrator.person, role);
    }
    const { agendaTemplate } = await save(ana, { name: 'Mine', points: ['One'] });
    const { id } = agendaTemplate!;
    for (const other of [lee, administrator]) {
      expect(await templatesOf(other)).toEqual([]);
      expect(await other.get('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null });
      expect(await other.code(DELETE, { id })).toBe('NOT_FOUND');
      expect(await other.code(SAVE, { id, version: 1, name: 'Theirs', points: ['Two'] })).toBe('NOT_FOUND');
    }
    expect(await lee.code(APPLY, { id, conversationId: talk })).toBe('NOT_FOUND');
    // The name of a hidden template is free.
    expect((await save(lee, { name: 'Mine', points: ['Two'] })).agendaTemplate).toMatchObject({
      name: 'Mine',
    });
  });
});
