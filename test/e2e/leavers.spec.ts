import { readFile } from 'node:fs/promises';
import { buildSchema, GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { day, World, type TestGoal, type TestOrganization, type TestRow } from '../factories/world.js';
import { selectionsFrom } from '../policies/selections.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

/** What is for a role, wherever it is asked for. */
const FOR_ROLES = ['auditTrail', 'importReports', 'invitations', 'roleHolders'];

let app: TestApp;
let schema: GraphQLSchema;
let organization: TestOrganization;
let leaver: Actor;
let reader: Actor;
let goal: TestGoal;
let open: TestGoal;
let alignment: TestRow;

/** Somebody who has left after a life in the organization: everything that there can be about a person is there. */
beforeAll(async () => {
  app = await startApp();
  schema = buildSchema(await readFile('schema.graphql', 'utf8'));
  const world = new World(app.database);
  const cast = new Actors(app, world);
  organization = await world.organization({ name: 'Harbour Works' });
  const department = await world.department(organization);
  const location = await world.location(organization);
  const place = { departmentId: department.id, locationId: location.id };
  leaver = await cast.join(organization, { name: 'Leaver', ...place });
  reader = await cast.join(organization, { name: 'Reader', ...place });
  const report = await cast.join(organization, { name: 'Report', ...place });
  await world.line(leaver, reader);
  await world.line(report, leaver);
  await world.role(leaver, 'PEOPLE_ADMIN');
  goal = await world.goal(leaver, { title: 'Sail around the world', area: 'Sea', openToProposals: true });
  open = await world.goal(leaver, { title: 'Speak Portuguese', visibility: 'ORGANIZATION' });
  await world.share(goal, reader, { waits: false });
  await world.goalUpdate(goal, { text: 'The boat floats' });
  await world.milestone(goal, { title: 'A boat' });
  const cycle = await world.cycle(organization);
  const businessGoal = await world.businessGoal(leaver, cycle);
  await world.assign(businessGoal, report);
  alignment = await world.alignment(goal, businessGoal);
  const ofReader = await world.businessGoal(reader, cycle);
  await world.alignment(open, ofReader, { proposedBy: reader });
  const pair = await world.oneToOne(leaver, reader);
  const conversation = await world.conversation(pair);
  await world.talkingPoint(conversation, leaver);
  await world.actionItem(conversation, leaver);
  await reader.get('query ($id: ID!) { personalGoal(id: $id) { title } }', { id: goal.id });
  await world.leaves(leaver, day(-1));
});
afterAll(() => app.close());

describe('after the end of employment', () => {
  it('a client opens with who they are, their organization and their goals', async () => {
    const data = await leaver.get(
      `{ viewer { person { id name email title timeZone leftOn department { name } location { name } manager { name }
           directReports { nodes { name } } }
           roles sessions { id } signInEmail emailChange { newEmail } sharedWithMe { nodes { id } } shares { nodes { id } }
           accessLog { nodes { reader { name } goal { title } on kind } } }
         organization { id name settings { timeZone leadersShareFirst } departments { name } locations { name }
           people { nodes { name } } } }`,
    );
    expect(data).toMatchObject({
      viewer: {
        person: { id: leaver.id, name: 'Leaver', department: null, location: null, manager: null },
        accessLog: { nodes: [{ reader: { name: 'Reader' }, goal: { title: 'Sail around the world' } }] },
      },
      organization: {
        id: organization.id,
        name: 'Harbour Works',
        settings: { leadersShareFirst: true },
        departments: [],
        locations: [],
        people: { nodes: [] },
      },
    });
  });

  it('a client opens a goal with everything about it', async () => {
    const data = await leaver.get(
      `query ($id: ID!) { personalGoal(id: $id) { title why status visibility basis openToProposals
         owner { name } milestones { title } updates { nodes { text author { name } } }
         ownerView { area createdAt history { nodes { at } } shares { nodes { state with { name } } }
           audience { person { name } basis } accessLog { nodes { reader { name } } } }
         alignments { state how proposedBy { name } businessGoal { title } } } }`,
      { id: goal.id },
    );
    expect(data).toMatchObject({
      personalGoal: {
        title: 'Sail around the world',
        owner: { name: 'Leaver' },
        updates: { nodes: [{ text: 'The boat floats', author: { name: 'Leaver' } }] },
        ownerView: {
          area: 'Sea',
          shares: { nodes: [{ state: 'ENDED', with: { name: 'Reader' } }] },
          audience: [{ person: { name: 'Leaver' }, basis: 'OWNER' }],
          accessLog: { nodes: [{ reader: { name: 'Reader' } }] },
        },
      },
    });
  });

  it('knows until when they can come back for their goals, and for nobody who is employed there is an end', async () => {
    const query = '{ viewer { accessEndsAt } }';
    const { viewer } = await leaver.get<{ viewer: { accessEndsAt: string } }>(query);
    // The whole of the 90th day in the organization's time zone, counted from today, when the last day was written.
    const days = (Date.parse(viewer.accessEndsAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(90 - 1);
    expect(days).toBeLessThan(91 + 1);
    expect(await reader.get(query)).toEqual({ viewer: { accessEndsAt: null } });
  });

  it('has nobody in the directory, also nobody whom they know by their own goals', async () => {
    for (const filter of ['', '(includeFormer: true)', '(search: "Reader")']) {
      const { data, errors } = await leaver.ask(`{ organization { people${filter} { nodes { name } } } }`);
      expect([data, errors]).toEqual([{ organization: { people: { nodes: [] } } }, []]);
    }
    // Their own goals show that person.
    const { data } = await leaver.ask(
      `{ personalGoal(id: "${goal.id}") { ownerView { shares { nodes { with { name } } } } } }`,
    );
    expect(data).toEqual({
      personalGoal: { ownerView: { shares: { nodes: [{ with: { name: 'Reader' } }] } } },
    });
  });

  it('what is refused is null, with an error beside it, and takes nothing else with it', async () => {
    const { data, errors } = await leaver.ask(
      `{ viewer { person { name } } organization { name importReports { nodes { id } } auditTrail { nodes { at } }
           invitations { nodes { id } } roleHolders { role } }
         people { nodes { name } } businessGoals { nodes { title } } person(id: "${reader.id}") { name }
         whoWouldSee(visibility: ORGANIZATION, personIds: []) { basis } }`,
    );
    expect(data).toEqual({
      viewer: { person: { name: 'Leaver' } },
      organization: {
        name: 'Harbour Works',
        importReports: null,
        auditTrail: null,
        invitations: null,
        roleHolders: null,
      },
      people: null,
      businessGoals: null,
      person: null,
      whoWouldSee: null,
    });
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['NOT_PERMITTED']));
    expect(errors.map(({ path }) => path?.join('.')).sort()).toEqual([
      'businessGoals',
      'organization.auditTrail',
      'organization.importReports',
      'organization.invitations',
      'organization.roleHolders',
      'people',
      'person',
      'whoWouldSee',
    ]);
  });

  const ROOTS: readonly (readonly [string, string, () => string])[] = [
    ['viewer', 'Viewer', () => 'viewer'],
    ['their organization', 'Organization', () => 'organization'],
    ['a shared goal', 'PersonalGoal', () => `personalGoal(id: "${goal.id}")`],
    ['a goal for everybody', 'PersonalGoal', () => `personalGoal(id: "${open.id}")`],
    ['themselves as a node', 'Person', () => `node(id: "${leaver.id}") { ... on Person`],
    ['what is part of a goal', 'Alignment', () => `node(id: "${alignment.id}") { ... on Alignment`],
    [
      'their organization as a node',
      'Organization',
      () => `node(id: "${organization.id}") { ... on Organization`,
    ],
  ];

  it.each(ROOTS)('every field behind %s can be asked for', async (_what, typeName, root) => {
    const type = schema.getType(typeName);
    if (!(type instanceof GraphQLObjectType)) throw new Error(`There is no type ${typeName}.`);
    const selections = selectionsFrom(schema, type, 1);
    expect(selections.length).toBeGreaterThan(1);
    for (const selection of selections) {
      const text = root();
      const { data, errors } = await leaver.ask(
        `{ it: ${text} { ${selection} }${text.includes('{') ? ' }' : ''} }`,
      );
      const refused = errors.filter(({ path }) => !FOR_ROLES.includes(String(path?.[1])));
      expect([selection, refused]).toEqual([selection, []]);
      expect([selection, data?.it === null || data?.it === undefined]).toEqual([selection, false]);
    }
  });
});
