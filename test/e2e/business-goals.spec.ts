import { World, day, type TestOrganization, type TestPerson, type TestRow } from '../factories/world.js';
import { startApp, type Answer, type TestApp } from './app.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;
let cycle: TestRow;
let admin: TestPerson;
let olga: TestPerson; // owns the goals here
let ari: TestPerson; // is assigned to some
let eve: TestPerson; // has nothing to do with them
let stranger: TestPerson; // of another organization
const tokens = new Map<string, string>();

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization();
  cycle = await world.cycle(organization);
  admin = await world.person(organization, { name: 'Admin' });
  olga = await world.person(organization, { name: 'Olga' });
  ari = await world.person(organization, { name: 'Ari' });
  eve = await world.person(organization, { name: 'Eve' });
  stranger = await world.person(await world.organization());
  await world.role(admin, 'ORGANIZATION_ADMIN');
});
afterAll(() => app.close());

async function tokenOf(person: TestPerson): Promise<string> {
  const known = tokens.get(person.id) ?? (await world.signIn(person));
  tokens.set(person.id, known);
  return known;
}

type Data = Record<string, Record<string, unknown> | null>;

async function as(
  person: TestPerson,
  operation: string,
  variables: Record<string, unknown> = {},
): Promise<Answer<Data>> {
  return app.graphql<Data>(operation, variables, await tokenOf(person));
}

/** The data of an answer without errors. */
async function data(
  person: TestPerson,
  operation: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const answer = await as(person, operation, variables);
  expect(answer.errors).toEqual([]);
  return answer.data ?? {};
}

async function codeOf(
  person: TestPerson,
  operation: string,
  variables: Record<string, unknown>,
): Promise<string | undefined> {
  return (await as(person, operation, variables)).errors[0]?.extensions.code;
}

const GOAL = `{
  id title description state health progress progressSetByHand version viewerCanEdit viewerCanCheckIn
  owner { id } cycle { id } parent { id } continues { id } continuedBy { id } children { nodes { id } }
  keyResults { id title unit start current target progress }
  assignees { nodes { id } }
  checkIns { nodes { text confidence health author { id } } }
}`;
const CREATE = `mutation ($input: CreateBusinessGoalInput!) { createBusinessGoal(input: $input) { businessGoal ${GOAL} } }`;
const UPDATE = `mutation ($input: UpdateBusinessGoalInput!) {
  updateBusinessGoal(input: $input) {
    __typename
    ... on BusinessGoalPayload { businessGoal ${GOAL} }
    ... on EditConflict { current { __typename ... on BusinessGoal { id title version } } }
  }
}`;
const SET_KEY_RESULTS = `mutation ($input: SetKeyResultsInput!) {
  setKeyResults(input: $input) {
    __typename
    ... on BusinessGoalPayload { businessGoal ${GOAL} }
    ... on EditConflict { current { __typename ... on BusinessGoal { id version keyResults { title } } } }
  }
}`;
const ASSIGN = `mutation ($input: AssignBusinessGoalInput!) { assignBusinessGoal(input: $input) { businessGoal ${GOAL} } }`;
const CHECK_IN = `mutation ($input: CheckInBusinessGoalInput!) {
  checkInBusinessGoal(input: $input) {
    __typename
    ... on CheckInPayload { checkIn { id text health confidence author { id } } businessGoal ${GOAL} }
    ... on EditConflict { current { __typename ... on BusinessGoal { id version health } } }
  }
}`;
const CONTINUE = `mutation ($input: ContinueBusinessGoalInput!) { continueBusinessGoal(input: $input) { businessGoal ${GOAL} } }`;
const DELETE = `mutation ($input: DeleteInput!) { deleteBusinessGoal(input: $input) { deletedId } }`;
const READ = `query ($id: ID!) { businessGoal(id: $id) ${GOAL} }`;

interface Goal {
  id: string;
  title: string;
  description: string | null;
  state: string;
  health: string | null;
  progress: number | null;
  progressSetByHand: boolean;
  version: number;
  viewerCanEdit: boolean;
  viewerCanCheckIn: boolean;
  owner: { id: string };
  cycle: { id: string };
  parent: { id: string } | null;
  continues: { id: string } | null;
  continuedBy: { id: string } | null;
  children: { nodes: { id: string }[] };
  keyResults: { id: string; title: string; current: number; progress: number }[];
  assignees: { nodes: { id: string }[] };
  checkIns: { nodes: { text: string | null; confidence: number; health: string }[] };
}

async function read(person: TestPerson, id: string): Promise<Goal | null> {
  return (await data(person, READ, { id })).businessGoal as unknown as Goal | null;
}

async function seen(person: TestPerson, id: string): Promise<Goal> {
  const goal = await read(person, id);
  if (!goal) throw new Error('not seen');
  return goal;
}

async function create(person: TestPerson, input: Record<string, unknown> = {}): Promise<Goal> {
  const answer = await data(person, CREATE, { input: { title: 'A goal', cycleId: cycle.id, ...input } });
  return answer.createBusinessGoal?.businessGoal as Goal;
}

async function update(person: TestPerson, goal: Goal, changes: Record<string, unknown>): Promise<Goal> {
  const answer = await data(person, UPDATE, { input: { id: goal.id, version: goal.version, ...changes } });
  return answer.updateBusinessGoal?.businessGoal as Goal;
}

/** What updating comes to for somebody: an error's code, or the member of the union. */
async function outcomeOfUpdate(
  person: TestPerson,
  goal: { readonly id: string; readonly version: number },
  changes: Record<string, unknown>,
): Promise<unknown> {
  const answer = await as(person, UPDATE, { input: { id: goal.id, version: goal.version, ...changes } });
  return answer.errors[0]?.extensions.code ?? answer.data?.updateBusinessGoal?.__typename;
}

describe('cycles', () => {
  const CREATE_CYCLE = `mutation ($input: CreateCycleInput!) { createCycle(input: $input) { cycle { id name startsOn endsOn } } }`;
  const UPDATE_CYCLE = `mutation ($input: UpdateCycleInput!) { updateCycle(input: $input) { cycle { id name startsOn endsOn } } }`;
  const input = { name: '2031 Q1', startsOn: '2031-01-01', endsOn: '2031-03-31' };

  it('lets ORGANIZATION_ADMIN manage cycles and everybody read them', async () => {
    const made = await data(admin, CREATE_CYCLE, { input });
    const id = (made.createCycle?.cycle as { id: string }).id;
    expect(made.createCycle?.cycle).toEqual({ id, ...input });
    const changed = await data(admin, UPDATE_CYCLE, { input: { id, endsOn: '2031-04-30' } });
    expect(changed.updateCycle?.cycle).toEqual({ id, ...input, endsOn: '2031-04-30' });
    const listed = await data(eve, '{ organization { cycles { id name } } }');
    expect(listed.organization?.cycles).toEqual(
      expect.arrayContaining([
        { id, name: input.name },
        { id: cycle.id, name: expect.any(String) as string },
      ]),
    );
    expect(await data(eve, 'query ($id: ID!) { node(id: $id) { ... on Cycle { name } } }', { id })).toEqual({
      node: { name: input.name },
    });

    expect(await codeOf(eve, CREATE_CYCLE, { input: { ...input, name: 'Other' } })).toBe('NOT_PERMITTED');
    expect(await codeOf(eve, UPDATE_CYCLE, { input: { id, name: 'Other' } })).toBe('NOT_PERMITTED');
    expect(await codeOf(admin, UPDATE_CYCLE, { input: { id: olga.id, name: 'Other' } })).toBe('NOT_FOUND');
    expect(await data(stranger, '{ organization { cycles { id } } }')).toEqual({
      organization: { cycles: [] },
    });
    expect(await data(stranger, 'query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null });
  });

  it('refuses a cycle whose name is taken or that ends before it starts', async () => {
    const twice = await as(admin, CREATE_CYCLE, { input: { ...input, name: 'Twice' } });
    expect(twice.errors).toEqual([]);
    const refused = await as(admin, CREATE_CYCLE, { input: { ...input, name: 'Twice' } });
    expect(refused.errors[0]?.extensions.fields?.[0]?.path).toBe('input.name');
    const backwards = await as(admin, CREATE_CYCLE, {
      input: { name: 'Backwards', startsOn: '2031-02-01', endsOn: '2031-01-31' },
    });
    expect(backwards.errors[0]?.extensions.fields?.[0]?.path).toBe('input.endsOn');
  });
});

describe('a business goal', () => {
  it('creates a draft that its creator owns', async () => {
    const parent = await create(eve, { title: 'Above', state: 'OPEN' });
    const goal = await create(olga, {
      title: 'Below',
      description: 'In more words',
      parentId: parent.id,
      assigneeIds: [ari.id],
      keyResults: [
        { title: 'Down', unit: 'days', start: 8, current: 5, target: 2 },
        { title: 'Up', unit: 'percent', start: 0, target: 10 },
      ],
    });
    expect(goal).toMatchObject({
      title: 'Below',
      description: 'In more words',
      state: 'DRAFT',
      health: null,
      viewerCanEdit: true,
      viewerCanCheckIn: false,
      continues: null,
      continuedBy: null,
      progress: 0.25,
      progressSetByHand: false,
      version: 1,
      owner: { id: olga.id },
      cycle: { id: cycle.id },
      parent: { id: parent.id },
      assignees: { nodes: [{ id: ari.id }] },
      keyResults: [
        { title: 'Down', current: 5, progress: 0.5 },
        { title: 'Up', current: 0, progress: 0 },
      ],
      checkIns: { nodes: [] },
    });
    expect((await create(olga)).progress).toBeNull();
  });

  it('shows a published business goal to the whole organization, and to nobody else', async () => {
    const goal = await create(olga, {
      state: 'OPEN',
      keyResults: [{ title: 'K', unit: 'u', start: 0, target: 1 }],
    });
    expect((await read(eve, goal.id))?.id).toBe(goal.id);
    expect(await read(stranger, goal.id)).toBeNull();
    const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    const ids = [goal.id, goal.keyResults[0]?.id];
    expect(await data(eve, NODES, { ids })).toEqual({
      nodes: [
        { __typename: 'BusinessGoal', id: ids[0] },
        { __typename: 'KeyResult', id: ids[1] },
      ],
    });
    expect(await data(stranger, NODES, { ids })).toEqual({ nodes: [null, null] });
    const LIST = '{ businessGoals(first: 100) { nodes { id } } }';
    const listed = async (person: TestPerson): Promise<unknown[]> =>
      ((await data(person, LIST)).businessGoals?.nodes as { id: string }[]).map(({ id }) => id);
    expect(await listed(eve)).toContain(goal.id);
    expect(await listed(stranger)).toEqual([]);

    for (const scopes of [['DIRECTORY_READ'], ['DIRECTORY_WRITE'], ['TRENDS_READ'], ['SCHEMA_READ']]) {
      const token = await world.apiToken(organization, scopes, admin);
      expect((await app.graphql(LIST, {}, token)).errors[0]?.extensions.code).toBe('NOT_PERMITTED');
      expect((await app.graphql(NODES, { ids }, token)).data).toEqual({ nodes: [null, null] });
      const create = await app.graphql(CREATE, { input: { title: 'T', cycleId: cycle.id } }, token);
      expect(create.errors[0]?.extensions.code).toBe('NOT_PERMITTED');
    }
    const directory = await world.apiToken(organization, ['DIRECTORY_READ'], admin);
    const { data: found } = await app.graphql(
      `query ($id: ID!) { person(id: $id) { name businessGoals { nodes { id } } fitMap { placements { id } carried { id } } } }`,
      { id: olga.id },
      directory,
    );
    expect(found).toEqual({
      person: { name: 'Olga', businessGoals: { nodes: [] }, fitMap: { placements: [], carried: null } },
    });
  });

  it('refuses to create a goal with a cycle, parent or person that its creator cannot see', async () => {
    const elsewhere = await world.cycle({ id: stranger.organizationId, name: '' });
    const theirs = await world.businessGoal(stranger, elsewhere);
    const hidden = await create(eve);
    const input = { title: 'A goal', cycleId: cycle.id };
    expect(await codeOf(olga, CREATE, { input: { ...input, cycleId: elsewhere.id } })).toBe('NOT_FOUND');
    expect(await codeOf(olga, CREATE, { input: { ...input, parentId: theirs.id } })).toBe('NOT_FOUND');
    expect(await codeOf(olga, CREATE, { input: { ...input, assigneeIds: [stranger.id] } })).toBe('NOT_FOUND');
    // A draft that is there and one that never was are refused with the same words.
    const [there, never] = await Promise.all(
      [hidden.id, '00000000-0000-4000-8000-000000000000'].map((parentId) =>
        as(olga, CREATE, { input: { ...input, parentId } }),
      ),
    );
    expect(there?.errors[0]?.extensions.code).toBe('NOT_FOUND');
    expect(there?.errors[0]?.message).toBe(never?.errors[0]?.message);
    expect(await codeOf(eve, CREATE, { input: { ...input, parentId: hidden.id } })).toBeUndefined();
  });

  it('names the refused value of a new goal by its path', async () => {
    const key = { title: 'K', unit: 'u', start: 0, target: 1 };
    const paths = async (input: Record<string, unknown>): Promise<unknown> =>
      (await as(olga, CREATE, { input: { title: 'A goal', cycleId: cycle.id, ...input } })).errors[0]
        ?.extensions.fields?.[0]?.path;
    expect(await paths({ title: ' ' })).toBe('input.title');
    expect(await paths({ title: 'x'.repeat(201) })).toBe('input.title');
    expect(await paths({ cycleId: 'no id' })).toBe('input.cycleId');
    expect(await paths({ keyResults: [key, { ...key, target: 0 }] })).toBe('input.keyResults.1.target');
    expect(await paths({ keyResults: [{ ...key, unit: '' }] })).toBe('input.keyResults.0.unit');
    expect(await paths({ keyResults: [{ ...key, target: 1e300 }] })).toBe('input.keyResults.0.target');
    expect(await paths({ keyResults: Array.from({ length: 21 }, () => key) })).toBe('input.keyResults');
  });
});

describe('editing a goal', () => {
  it('lets only the owner edit a goal, based on its current version', async () => {
    const goal = await create(olga, { state: 'OPEN', assigneeIds: [ari.id], description: 'Why' });
    const changed = await update(olga, goal, { title: 'Renamed', progress: 0.75 });
    expect(changed).toMatchObject({
      title: 'Renamed',
      description: 'Why',
      progress: 0.75,
      progressSetByHand: true,
      version: 2,
    });
    const stale = await data(olga, UPDATE, { input: { id: goal.id, version: 1, title: 'Late' } });
    expect(stale.updateBusinessGoal).toEqual({
      __typename: 'EditConflict',
      current: { __typename: 'BusinessGoal', id: goal.id, title: 'Renamed', version: 2 },
    });
    const cleared = await update(olga, changed, { progress: null, description: null });
    expect(cleared).toMatchObject({
      title: 'Renamed',
      description: null,
      progress: null,
      progressSetByHand: false,
    });

    for (const other of [ari, eve, admin]) {
      expect(await outcomeOfUpdate(other, cleared, { title: 'Mine' })).toBe('NOT_PERMITTED');
      expect(await outcomeOfUpdate(other, cleared, { title: cleared.title })).toBe('NOT_PERMITTED');
      expect(await outcomeOfUpdate(other, cleared, {})).toBe('NOT_PERMITTED');
      expect(await outcomeOfUpdate(other, cleared, { ownerId: other.id })).toBe('NOT_PERMITTED');
      expect(
        await codeOf(other, SET_KEY_RESULTS, {
          input: { id: goal.id, version: cleared.version, keyResults: [] },
        }),
      ).toBe('NOT_PERMITTED');
      expect(await codeOf(other, ASSIGN, { input: { id: goal.id, addPersonIds: [other.id] } })).toBe(
        'NOT_PERMITTED',
      );
    }
    expect(await outcomeOfUpdate(stranger, cleared, { title: 'Mine' })).toBe('NOT_FOUND');
    expect(await codeOf(stranger, ASSIGN, { input: { id: goal.id } })).toBe('NOT_FOUND');
    expect((await seen(olga, goal.id)).version).toBe(cleared.version);
  });

  it('publishes, cancels and reopens a goal, which never becomes a draft again', async () => {
    const draft = await create(olga);
    const published = await update(olga, draft, { state: 'OPEN' });
    const again = await as(olga, UPDATE, {
      input: { id: draft.id, version: published.version, state: 'DRAFT' },
    });
    expect(again.errors[0]?.extensions.fields?.[0]?.path).toBe('input.state');
    const cancelled = await update(olga, published, { state: 'CANCELLED' });
    expect(cancelled.state).toBe('CANCELLED');
    expect((await update(olga, cancelled, { state: 'OPEN' })).state).toBe('OPEN');
  });

  it('saves one of several simultaneous edits and answers the others with EditConflict', async () => {
    const goal = await create(olga);
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        outcomeOfUpdate(olga, goal, { title: `Title ${String(index)}` }),
      ),
    );
    expect(outcomes.filter((one) => one === 'BusinessGoalPayload')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'EditConflict')).toHaveLength(5);
    expect((await seen(olga, goal.id)).version).toBe(2);
  });

  it('replaces the list of key results, in which those with an id keep it', async () => {
    const goal = await create(olga, {
      keyResults: [
        { title: 'First', unit: 'u', start: 0, current: 4, target: 10 },
        { title: 'Second', unit: 'u', start: 0, target: 10 },
      ],
    });
    const [first, second] = goal.keyResults;
    const input = {
      id: goal.id,
      version: goal.version,
      keyResults: [
        { title: 'New', unit: 'u', start: 0, current: 10, target: 10 },
        { id: first?.id, title: 'First, renamed', unit: 'u', start: 0, target: 8 },
      ],
    };
    const answer = await data(olga, SET_KEY_RESULTS, { input });
    const changed = answer.setKeyResults?.businessGoal as Goal;
    expect(changed.keyResults).toMatchObject([
      { title: 'New', current: 10, progress: 1 },
      { id: first?.id, title: 'First, renamed', current: 4, progress: 0.5 },
    ]);
    expect(changed.progress).toBe(0.75);
    expect(changed.version).toBe(2);
    const again = await data(olga, SET_KEY_RESULTS, { input });
    expect(again.setKeyResults?.businessGoal).toEqual(changed);
    const outdated = await data(olga, SET_KEY_RESULTS, { input: { ...input, keyResults: [] } });
    expect(outdated.setKeyResults).toEqual({
      __typename: 'EditConflict',
      current: {
        __typename: 'BusinessGoal',
        id: goal.id,
        version: 2,
        keyResults: [{ title: 'New' }, { title: 'First, renamed' }],
      },
    });
    const other = { id: goal.id, version: 2 };
    const gone = { id: second?.id, title: 'Gone', unit: 'u', start: 0, target: 1 };
    expect(await codeOf(olga, SET_KEY_RESULTS, { input: { ...other, keyResults: [gone] } })).toBe(
      'NOT_FOUND',
    );
    const twice = { ...gone, id: first?.id };
    expect(await codeOf(olga, SET_KEY_RESULTS, { input: { ...other, keyResults: [twice, twice] } })).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('assigns people to a goal and removes them', async () => {
    const goal = await create(olga);
    const assign = async (input: Record<string, unknown>): Promise<string[]> => {
      const answer = await data(olga, ASSIGN, { input: { id: goal.id, ...input } });
      return (answer.assignBusinessGoal?.businessGoal as Goal).assignees.nodes.map(({ id }) => id);
    };
    expect(await assign({ addPersonIds: [eve.id, ari.id] })).toEqual([ari.id, eve.id]);
    expect(await assign({ addPersonIds: [ari.id], removePersonIds: [eve.id] })).toEqual([ari.id]);
    const gone = await world.person(organization);
    await world.leaves(gone, day(-1));
    const refused = await as(olga, ASSIGN, { input: { id: goal.id, addPersonIds: [gone.id] } });
    expect(refused.errors[0]?.extensions.fields?.[0]?.path).toBe('input.addPersonIds');
    expect(await codeOf(olga, ASSIGN, { input: { id: goal.id, addPersonIds: [stranger.id] } })).toBe(
      'NOT_FOUND',
    );
  });
});

describe('a draft', () => {
  let draft: Goal;
  let above: Goal;
  let below: Goal;
  beforeAll(async () => {
    above = await create(eve, { state: 'OPEN', title: 'Above the draft' });
    draft = await create(olga, {
      parentId: above.id,
      assigneeIds: [ari.id],
      keyResults: [{ title: 'K', unit: 'u', start: 0, target: 1 }],
    });
    below = await create(ari, { state: 'OPEN', parentId: draft.id, title: 'Below the draft' });
  });

  it.each([
    ['its owner', () => olga, true],
    ['an assignee', () => ari, true],
    ['anybody else', () => eve, false],
    ['an administrator', () => admin, false],
    ['another organization', () => stranger, false],
  ])('is visible or not to %s: %#', async (_, who, there) => {
    const person = who();
    expect((await read(person, draft.id))?.id ?? null).toBe(there ? draft.id : null);
    const ids = [draft.id, draft.keyResults[0]?.id];
    const { nodes } = await data(person, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes).toEqual(there ? ids.map((id) => ({ id })) : [null, null]);
    if (person === stranger) return;
    expect((await seen(person, below.id)).parent).toEqual(there ? { id: draft.id } : null);
    expect((await seen(person, above.id)).children.nodes).toEqual(there ? [{ id: draft.id }] : []);
    const lists = await data(
      person,
      `query ($parent: ID!, $draft: ID!, $owner: ID!) {
        below: businessGoals(parentId: $parent) { nodes { id } }
        belowDraft: businessGoals(parentId: $draft) { nodes { id } }
        roots: businessGoals(rootsOnly: true, first: 100) { nodes { id } }
        drafts: businessGoals(ownerId: $owner, state: [DRAFT], first: 100) { nodes { id } pageInfo { endCursor } }
        owner: person(id: $owner) { businessGoals(first: 100) { nodes { id state } } }
      }`,
      { parent: above.id, draft: draft.id, owner: olga.id },
    );
    const nodesOf = (name: string): unknown[] => lists[name]?.nodes as unknown[];
    expect(nodesOf('below')).toEqual(there ? [{ id: draft.id }] : []);
    expect(nodesOf('belowDraft')).toEqual(there ? [{ id: below.id }] : []);
    // A goal below a draft has no parent for people who cannot see the draft, in the list of roots as well.
    expect(nodesOf('roots')).toContainEqual({ id: above.id });
    expect(nodesOf('roots')).not.toContainEqual({ id: draft.id });
    if (there) expect(nodesOf('roots')).not.toContainEqual({ id: below.id });
    else expect(nodesOf('roots')).toContainEqual({ id: below.id });
    expect(nodesOf('drafts').length > 0).toBe(there);
    const owned = lists.owner?.businessGoals as { nodes: { id: string; state: string }[] };
    expect(owned.nodes.some(({ id }) => id === draft.id)).toBe(there);
    if (!there) expect(owned.nodes.every(({ state }) => state !== 'DRAFT')).toBe(true);
    expect(await outcomeOfUpdate(person, draft, { title: 'X' })).toBe(
      person === olga ? 'BusinessGoalPayload' : there ? 'NOT_PERMITTED' : 'NOT_FOUND',
    );
  });

  it('refuses check-ins on a draft: NOT_FOUND for people who cannot see it, CONFLICT for the others', async () => {
    const input = { id: draft.id, health: 'ON_TRACK', confidence: 3 };
    expect(await codeOf(eve, CHECK_IN, { input })).toBe('NOT_FOUND');
    expect(await codeOf(ari, CHECK_IN, { input })).toBe('CONFLICT');
    expect(await codeOf(olga, CHECK_IN, { input })).toBe('CONFLICT');
    expect((await seen(olga, draft.id)).state).toBe('DRAFT');
  });

  it('hides a draft that a talking point is about from people who cannot see it', async () => {
    const pair = await world.oneToOne(olga, eve);
    const conversation = await world.conversation(pair);
    for (const subject of [draft.id, above.id]) {
      const point = await world.talkingPoint(conversation, olga);
      await world.insert('talking_point_subject', {
        point_id: point.id,
        organization_id: organization.id,
        author_id: olga.id,
        business_goal_id: subject,
      });
      const ABOUT =
        'query ($id: ID!) { node(id: $id) { ... on TalkingPoint { about { __typename ... on BusinessGoal { id } } } } }';
      const about = { __typename: 'BusinessGoal', id: subject };
      expect(await data(olga, ABOUT, { id: point.id })).toEqual({ node: { about } });
      expect(await data(eve, ABOUT, { id: point.id })).toEqual({
        node: { about: subject === draft.id ? null : about },
      });
    }
  });

  it('hides a transferred draft from its former owner', async () => {
    const mine = await create(olga);
    const answer = await data(olga, UPDATE, {
      input: { id: mine.id, version: mine.version, ownerId: eve.id },
    });
    expect(answer.updateBusinessGoal).toEqual({ __typename: 'BusinessGoalPayload', businessGoal: null });
    expect(await read(olga, mine.id)).toBeNull();
    expect((await seen(eve, mine.id)).owner.id).toBe(eve.id);
  });
});

describe('check-ins', () => {
  it('lets the owner and assignees check in, which sets the health of the goal', async () => {
    const goal = await create(olga, {
      state: 'OPEN',
      assigneeIds: [ari.id],
      keyResults: [{ title: 'K', unit: 'u', start: 0, target: 10 }],
    });
    const keyResultId = goal.keyResults[0]?.id;
    const input = {
      id: goal.id,
      health: 'AT_RISK',
      confidence: 2,
      text: 'Slow',
      currentValues: [{ keyResultId, current: 5 }],
      version: goal.version,
    };
    const { checkInBusinessGoal } = await data(ari, CHECK_IN, { input });
    expect(checkInBusinessGoal?.checkIn).toMatchObject({
      text: 'Slow',
      health: 'AT_RISK',
      confidence: 2,
      author: { id: ari.id },
    });
    const after = checkInBusinessGoal?.businessGoal as Goal;
    expect(after).toMatchObject({
      state: 'OPEN',
      health: 'AT_RISK',
      progress: 0.5,
      keyResults: [{ current: 5 }],
    });
    expect(after.version).toBeGreaterThan(goal.version);
    expect(await outcomeOfUpdate(olga, goal, { title: 'Seen before' })).toBe('EditConflict');
    // The values that Ari reported are not overwritten by somebody who has not seen them.
    const outdated = await data(olga, CHECK_IN, { input: { ...input, health: 'ON_TRACK' } });
    expect(outdated.checkInBusinessGoal).toEqual({
      __typename: 'EditConflict',
      current: { __typename: 'BusinessGoal', id: goal.id, version: after.version, health: 'AT_RISK' },
    });
    expect((await seen(olga, goal.id)).checkIns.nodes).toHaveLength(1);
    const { version: _, currentValues: __, ...plain } = input;
    expect(
      await codeOf(olga, CHECK_IN, { input: { ...plain, health: 'ON_TRACK', confidence: 5 } }),
    ).toBeUndefined();
    expect((await seen(eve, goal.id)).checkIns.nodes).toMatchObject([
      { health: 'ON_TRACK', confidence: 5 },
      { health: 'AT_RISK', confidence: 2 },
    ]);
    expect((await seen(eve, goal.id)).health).toBe('ON_TRACK');

    expect(await codeOf(eve, CHECK_IN, { input: plain })).toBe('NOT_PERMITTED');
    for (const version of [goal.version, (await seen(eve, goal.id)).version]) {
      expect(await codeOf(eve, CHECK_IN, { input: { ...input, version } })).toBe('NOT_PERMITTED');
    }
    expect(await codeOf(admin, CHECK_IN, { input: plain })).toBe('NOT_PERMITTED');
    expect(await codeOf(stranger, CHECK_IN, { input: plain })).toBe('NOT_FOUND');
    expect((await seen(olga, goal.id)).keyResults[0]?.current).toBe(5);
  });

  it('refuses check-ins with values out of range, with key results of other goals, and on goals that are not open', async () => {
    const goal = await create(olga, { state: 'OPEN', assigneeIds: [ari.id] });
    const other = await create(olga, {
      state: 'OPEN',
      keyResults: [{ title: 'K', unit: 'u', start: 0, target: 10 }],
    });
    const input = { id: goal.id, health: 'ON_TRACK', confidence: 3 };
    const path = async (changes: Record<string, unknown>): Promise<unknown> =>
      (await as(ari, CHECK_IN, { input: { ...input, ...changes } })).errors[0]?.extensions.fields?.[0]?.path;
    expect(await path({ health: 'ACHIEVED' })).toBe('input.health');
    expect(await path({ confidence: 6 })).toBe('input.confidence');
    expect(await path({ confidence: 0 })).toBe('input.confidence');
    const currentValues = [{ keyResultId: other.keyResults[0]?.id, current: 3 }];
    expect(await path({ currentValues })).toBe('input.version');
    expect(await codeOf(ari, CHECK_IN, { input: { ...input, version: 1, currentValues } })).toBe('NOT_FOUND');
    let version = goal.version;
    for (const state of ['CANCELLED', 'ACHIEVED', 'MISSED']) {
      const closed = await update(olga, { ...goal, version }, { state });
      ({ version } = closed);
      expect(closed.viewerCanCheckIn).toBe(false);
      expect(await codeOf(ari, CHECK_IN, { input })).toBe('CONFLICT');
      expect(await seen(olga, goal.id)).toMatchObject({ state, health: null });
    }
    await update(olga, { ...goal, version }, { state: 'OPEN' });
    expect(await codeOf(ari, CHECK_IN, { input })).toBeUndefined();
  });

  it('saves one of several simultaneous check-ins with values of the same version', async () => {
    const goal = await create(olga, {
      state: 'OPEN',
      assigneeIds: [ari.id],
      keyResults: [{ title: 'K', unit: 'u', start: 0, target: 10 }],
    });
    const outcomes = await Promise.all(
      [olga, ari, olga, ari].map(async (person, index) => {
        const answer = await data(person, CHECK_IN, {
          input: {
            id: goal.id,
            health: 'AT_RISK',
            confidence: 3,
            version: goal.version,
            currentValues: [{ keyResultId: goal.keyResults[0]?.id, current: index + 1 }],
          },
        });
        return answer.checkInBusinessGoal?.__typename;
      }),
    );
    expect(outcomes.filter((one) => one === 'CheckInPayload')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'EditConflict')).toHaveLength(3);
    expect((await seen(olga, goal.id)).checkIns.nodes).toHaveLength(1);
  });

  it('tells each viewer whether they can edit a goal and check in on it', async () => {
    const goal = await create(olga, { state: 'OPEN', assigneeIds: [ari.id] });
    const flags = async (person: TestPerson): Promise<unknown> => {
      const { viewerCanEdit, viewerCanCheckIn } = await seen(person, goal.id);
      return [viewerCanEdit, viewerCanCheckIn];
    };
    expect(await flags(olga)).toEqual([true, true]);
    expect(await flags(ari)).toEqual([false, true]);
    expect(await flags(eve)).toEqual([false, false]);
    expect(await flags(admin)).toEqual([false, false]);
  });
});

describe('continuing a goal', () => {
  let next: TestRow;
  beforeAll(async () => {
    next = await world.cycle(organization, 'The next one', 61);
  });

  async function continued(person: TestPerson, goal: { id: string }): Promise<Goal> {
    const answer = await data(person, CONTINUE, { input: { id: goal.id, cycleId: next.id } });
    return answer.continueBusinessGoal?.businessGoal as Goal;
  }

  it('continues a goal as an open one with its texts, assignees, and key results with their current values', async () => {
    const parent = await create(eve, { state: 'OPEN' });
    const gone = await world.person(organization);
    const goal = await create(olga, {
      state: 'OPEN',
      title: 'Not finished',
      description: 'In more words',
      parentId: parent.id,
      assigneeIds: [ari.id, gone.id],
      keyResults: [
        { title: 'Down', unit: 'days', start: 8, current: 5, target: 2 },
        { title: 'Up', unit: 'percent', start: 0, current: 4, target: 10 },
      ],
    });
    await data(olga, CHECK_IN, { input: { id: goal.id, health: 'AT_RISK', confidence: 2 } });
    await world.leaves(gone, day(-1));
    const before = await seen(olga, goal.id);
    const later = await continued(olga, goal);
    expect(later).toMatchObject({
      title: 'Not finished',
      description: 'In more words',
      state: 'OPEN',
      health: null,
      version: 1,
      owner: { id: olga.id },
      cycle: { id: next.id },
      parent: { id: parent.id },
      continues: { id: goal.id },
      continuedBy: null,
      assignees: { nodes: [{ id: ari.id }] },
      checkIns: { nodes: [] },
      keyResults: [
        { title: 'Down', unit: 'days', start: 8, current: 5, target: 2 },
        { title: 'Up', unit: 'percent', start: 0, current: 4, target: 10 },
      ],
    });
    const ids = new Set([...goal.keyResults, ...later.keyResults].map(({ id }) => id));
    expect(ids.size).toBe(4);
    expect(await seen(eve, goal.id)).toMatchObject({
      state: 'OPEN',
      version: before.version,
      continuedBy: { id: later.id },
      keyResults: [{ current: 5 }, { current: 4 }],
    });
  });

  it('continues a goal once, also for simultaneous requests, and again after the continuation was deleted', async () => {
    const goal = await create(olga, { state: 'OPEN' });
    const input = { id: goal.id, cycleId: next.id };
    const codes = await Promise.all(Array.from({ length: 4 }, () => codeOf(olga, CONTINUE, { input })));
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(3);
    const later = (await seen(olga, goal.id)).continuedBy;
    expect(await codeOf(olga, DELETE, { input: { id: later?.id } })).toBeUndefined();
    expect((await seen(olga, goal.id)).continuedBy).toBeNull();
    expect((await continued(olga, goal)).continues).toEqual({ id: goal.id });
  });

  it('lets only the owner continue an open or missed goal, in a cycle that starts later', async () => {
    const goal = await create(olga, { state: 'OPEN', assigneeIds: [ari.id] });
    const input = { id: goal.id, cycleId: next.id };
    for (const other of [ari, eve, admin])
      expect(await codeOf(other, CONTINUE, { input })).toBe('NOT_PERMITTED');
    expect(await codeOf(stranger, CONTINUE, { input })).toBe('NOT_FOUND');
    const earlier = await world.cycle(organization, 'An earlier one', -200);
    for (const cycleId of [cycle.id, earlier.id]) {
      const refused = await as(olga, CONTINUE, { input: { ...input, cycleId } });
      expect(refused.errors[0]?.extensions.fields?.[0]?.path).toBe('input.cycleId');
    }
    const elsewhere = await world.cycle({ id: stranger.organizationId, name: '' }, 'Theirs', 61);
    expect(await codeOf(olga, CONTINUE, { input: { ...input, cycleId: elsewhere.id } })).toBe('NOT_FOUND');
    for (const state of ['DRAFT', 'ACHIEVED', 'CANCELLED']) {
      const other = await create(olga, { state });
      expect(await codeOf(olga, CONTINUE, { input: { ...input, id: other.id } })).toBe('CONFLICT');
    }
    expect((await continued(olga, await create(olga, { state: 'MISSED' }))).state).toBe('OPEN');
    expect((await seen(olga, goal.id)).continuedBy).toBeNull();
  });

  it('continues a goal without a parent that its owner can no longer see', async () => {
    const draft = await create(eve, { assigneeIds: [olga.id] });
    const goal = await create(olga, { state: 'OPEN', parentId: draft.id });
    await data(eve, ASSIGN, { input: { id: draft.id, removePersonIds: [olga.id] } });
    expect((await continued(olga, goal)).parent).toBeNull();
    expect((await seen(eve, goal.id)).parent).toEqual({ id: draft.id });
  });
});

describe('deleting a goal', () => {
  it('lets only the owner delete a draft, or a goal without check-ins', async () => {
    const draft = await create(olga, {
      assigneeIds: [ari.id],
      keyResults: [{ title: 'K', unit: 'u', start: 0, target: 1 }],
    });
    const child = await create(eve, { state: 'OPEN' });
    await world.admin.query('update business_goal set parent_id = $2 where id = $1', [child.id, draft.id]);
    expect(await codeOf(ari, DELETE, { input: { id: draft.id } })).toBe('NOT_PERMITTED');
    expect(await codeOf(eve, DELETE, { input: { id: draft.id } })).toBe('NOT_FOUND');
    expect(await data(olga, DELETE, { input: { id: draft.id } })).toEqual({
      deleteBusinessGoal: { deletedId: draft.id },
    });
    expect(await read(olga, draft.id)).toBeNull();
    expect(await codeOf(olga, DELETE, { input: { id: draft.id } })).toBe('NOT_FOUND');
    expect(await seen(eve, child.id)).toMatchObject({ parent: null, version: child.version });

    const open = await create(olga, { state: 'OPEN', assigneeIds: [ari.id] });
    for (const other of [ari, eve, admin])
      expect(await codeOf(other, DELETE, { input: { id: open.id } })).toBe('NOT_PERMITTED');
    await data(ari, CHECK_IN, { input: { id: open.id, health: 'ON_TRACK', confidence: 3 } });
    expect(await codeOf(olga, DELETE, { input: { id: open.id } })).toBe('CONFLICT');
    expect((await seen(olga, open.id)).checkIns.nodes).toHaveLength(1);
    const unused = await create(olga, { state: 'CANCELLED' });
    expect(await codeOf(olga, DELETE, { input: { id: unused.id } })).toBeUndefined();
  });

  it('refuses to delete a goal for a placement that its owner sees, and reveals no hidden placement', async () => {
    const [placedOpenly, placedPrivately] = [
      await create(olga, { state: 'OPEN' }),
      await create(olga, { state: 'OPEN' }),
    ];
    const row = (goal: Goal): TestRow => ({ id: goal.id, organizationId: organization.id });
    const wide = await world.goal(eve, { visibility: 'ORGANIZATION' });
    const secret = await world.goal(eve);
    await world.alignment(wide, row(placedOpenly));
    const hidden = await world.alignment(secret, row(placedPrivately));
    expect(await codeOf(olga, DELETE, { input: { id: placedOpenly.id } })).toBe('CONFLICT');
    expect(await codeOf(olga, DELETE, { input: { id: placedPrivately.id } })).toBeUndefined();
    expect(await data(eve, 'query ($id: ID!) { node(id: $id) { id } }', { id: hidden.id })).toEqual({
      node: null,
    });
  });
});

describe('fields that cannot be cleared', () => {
  it.each(['title', 'cycleId', 'ownerId', 'state'])(
    'refuses null for %s of a business goal',
    async (name) => {
      const goal = await create(olga);
      const answer = await as(olga, UPDATE, { input: { id: goal.id, version: goal.version, [name]: null } });
      expect(answer.errors[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: `input.${name}` }],
      });
    },
  );
});

describe('the tree of goals', () => {
  it('refuses a parent that would close a cycle in the tree', async () => {
    const top = await create(olga);
    const middle = await create(olga, { parentId: top.id });
    const bottom = await create(olga, { parentId: middle.id });
    for (const parentId of [top.id, middle.id, bottom.id]) {
      const refused = await as(olga, UPDATE, { input: { id: top.id, version: 1, parentId } });
      expect(refused.errors[0]?.extensions.fields?.[0]?.path).toBe('input.parentId');
    }
    expect((await update(olga, bottom, { parentId: top.id })).parent?.id).toBe(top.id);
    expect((await update(olga, middle, { parentId: null })).parent).toBeNull();
  });

  it('refuses simultaneous changes that would close a cycle together', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ring = await Promise.all([olga, ari, eve].map((person) => create(person, { state: 'OPEN' })));
      const outcomes = await Promise.all(
        ring.map((goal, index) =>
          outcomeOfUpdate([olga, ari, eve][index] ?? olga, goal, { parentId: ring[(index + 1) % 3]?.id }),
        ),
      );
      expect(outcomes.filter((one) => one === 'BAD_USER_INPUT')).toHaveLength(1);
      expect(outcomes.filter((one) => one === 'BusinessGoalPayload')).toHaveLength(2);
    }
  });

  it('would accept such a cycle without the lock, so the test before is sensitive to it', async () => {
    await app.database.query('alter table business_goal disable trigger business_goal_parent');
    try {
      const [one, other] = await Promise.all([create(olga), create(olga)]);
      const outcomes = await Promise.all([
        outcomeOfUpdate(olga, one, { parentId: other.id }),
        outcomeOfUpdate(olga, other, { parentId: one.id }),
      ]);
      expect(outcomes).toEqual(['BusinessGoalPayload', 'BusinessGoalPayload']);
      await app.database.query('update business_goal set parent_id = null where id = $1', [one.id]);
    } finally {
      await app.database.query('alter table business_goal enable trigger business_goal_parent');
    }
  });
});

describe('lists of goals', () => {
  it('filters business goals by cycle, owner, parent and state, and pages through them', async () => {
    const owner = await world.person(organization);
    const own = await world.cycle(organization);
    const goals: Goal[] = [];
    for (const state of ['OPEN', 'MISSED', 'DRAFT', 'OPEN']) {
      goals.push(await create(owner, { cycleId: own.id, state, title: `Goal ${String(goals.length)}` }));
    }
    const [first, second, third, fourth] = goals.map(({ id }) => id);
    const list = async (args: string): Promise<(string | undefined)[]> => {
      const answer = await data(owner, `{ businessGoals(${args}) { nodes { id } } }`);
      return (answer.businessGoals?.nodes as { id: string }[]).map(({ id }) => id);
    };
    expect(await list(`cycleId: "${own.id}"`)).toEqual([fourth, third, second, first]);
    expect(await list(`ownerId: "${owner.id}", state: [MISSED, DRAFT]`)).toEqual([third, second]);
    expect(await list(`cycleId: "${cycle.id}", ownerId: "${owner.id}"`)).toEqual([]);
    expect(await list(`ownerId: "${owner.id}", state: []`)).toEqual([]);
    const page = await data(
      owner,
      `{ businessGoals(cycleId: "${own.id}", first: 2) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
    );
    const { endCursor } = page.businessGoals?.pageInfo as { endCursor: string };
    expect(await list(`cycleId: "${own.id}", first: 2, after: "${endCursor}"`)).toEqual([second, first]);

    const carrier = await world.person(organization);
    await data(owner, ASSIGN, { input: { id: first, addPersonIds: [carrier.id] } });
    await data(owner, ASSIGN, { input: { id: third, addPersonIds: [carrier.id] } });
    const carried = async (viewer: TestPerson, cycleId: string): Promise<unknown> =>
      (
        await data(
          viewer,
          'query ($id: ID!, $cycle: ID) { person(id: $id) { businessGoals(cycleId: $cycle) { nodes { id } } } }',
          { id: carrier.id, cycle: cycleId },
        )
      ).person;
    expect(await carried(owner, own.id)).toEqual({
      businessGoals: { nodes: [{ id: third }, { id: first }] },
    });
    expect(await carried(eve, own.id)).toEqual({ businessGoals: { nodes: [{ id: first }] } });
    expect(await carried(owner, cycle.id)).toEqual({ businessGoals: { nodes: [] } });
  });
});

describe('children', () => {
  it('pages through the goals below a goal, oldest first, in both directions', async () => {
    const top = await create(olga, { state: 'OPEN' });
    const ids: string[] = [];
    for (let index = 0; index < 4; index += 1)
      ids.push((await create(index === 2 ? eve : olga, { parentId: top.id, state: 'OPEN' })).id);
    await create(eve, { parentId: top.id });
    const page = async (args: string): Promise<{ ids: string[]; start: string; end: string }> => {
      const answer = await data(
        olga,
        `{ businessGoal(id: "${top.id}") { children(${args}) { nodes { id } pageInfo { startCursor endCursor } } } }`,
      );
      const { nodes, pageInfo } = answer.businessGoal?.children as {
        nodes: { id: string }[];
        pageInfo: { startCursor: string; endCursor: string };
      };
      return { ids: nodes.map(({ id }) => id), start: pageInfo.startCursor, end: pageInfo.endCursor };
    };
    const first = await page('first: 3');
    expect(first.ids).toEqual(ids.slice(0, 3));
    const rest = await page(`first: 3, after: "${first.end}"`);
    expect(rest.ids).toEqual(ids.slice(3));
    expect((await page(`last: 2, before: "${rest.start}"`)).ids).toEqual(ids.slice(1, 3));
  });
});

describe('when an owner leaves', () => {
  const HAND_ON = 'select app.transfer_goals_of_leavers() as goals';
  const ownerOf = async (goal: { id: string }): Promise<unknown> =>
    (await world.find('business_goal', goal.id)).owner_id;

  it('transfers the goals of a leaver, drafts too, to the PRIMARY manager of their last day', async () => {
    const leaver = await world.person(organization);
    const former = await world.person(organization);
    const manager = await world.person(organization);
    await world.line(leaver, former, { until: day(-30) });
    await world.line(leaver, manager, { from: day(-30), until: day(-9) });
    const goal = await world.businessGoal(leaver, cycle);
    const draft = await world.businessGoal(leaver, cycle, { state: 'DRAFT' });
    await world.leaves(leaver, day(-10));
    expect(await ownerOf(goal)).toBe(manager.id);
    expect((await seen(manager, draft.id)).owner.id).toBe(manager.id);
    expect(await read(former, draft.id)).toBeNull();
    expect((await seen(eve, goal.id)).version).toBe(2);
  });

  it('transfers goals to the next manager who is employed, once, and no goals of others', async () => {
    const leaver = await world.person(organization);
    const manager = await world.person(organization);
    const top = await world.person(organization);
    await world.line(leaver, manager);
    await world.line(manager, top);
    const goal = await world.businessGoal(leaver, cycle);
    const other = await world.businessGoal(eve, cycle);
    // Written ahead of its day, so that only the hourly step can do it.
    await world.leaves(leaver, day(1));
    await world.leaves(manager, day(1));
    await app.database.query(HAND_ON);
    expect(await ownerOf(goal)).toBe(leaver.id);
    await app.database.query('alter table employment_end disable trigger employment_end_updated');
    await app.database.query('update employment_end set ended_on = $1 where person_id = any($2)', [
      day(-1),
      [leaver.id, manager.id],
    ]);
    await app.database.query('alter table employment_end enable trigger employment_end_updated');
    expect(await ownerOf(goal)).toBe(leaver.id);
    const { rows: done } = await app.database.query<{ goals: number }>(HAND_ON);
    expect(done[0]?.goals).toBe(1);
    expect(await ownerOf(goal)).toBe(top.id);
    expect((await app.database.query(HAND_ON)).rows).toEqual([{ goals: 0 }]);
    expect(await ownerOf(other)).toBe(eve.id);
  });

  it('transfers the goals of leavers in the worker', async () => {
    const leaver = await world.person(organization);
    const manager = await world.person(organization);
    await world.line(leaver, manager);
    const goal = await world.businessGoal(leaver, cycle);
    await app.database.query('alter table employment_end disable trigger employment_end_added');
    await world.leaves(leaver, day(-1));
    await app.database.query('alter table employment_end enable trigger employment_end_added');
    expect(await ownerOf(goal)).toBe(leaver.id);
    await app.runTask('transfer_goals_of_leavers');
    expect(await ownerOf(goal)).toBe(manager.id);
  });

  it('lets ORGANIZATION_ADMIN transfer a goal whose owner left without a manager, and change nothing else', async () => {
    const leaver = await world.person(organization);
    const goal = await world.businessGoal(leaver, cycle, { title: 'Left behind' });
    const draft = await world.businessGoal(leaver, cycle, { state: 'DRAFT' });
    await world.leaves(leaver, day(-1));
    const orphans = await data(admin, '{ businessGoals(ownerHasLeft: true, first: 100) { nodes { id } } }');
    expect(orphans.businessGoals?.nodes).toContainEqual({ id: goal.id });
    expect(orphans.businessGoals?.nodes).not.toContainEqual({ id: draft.id });
    const seenGoal = await seen(admin, goal.id);
    expect(await outcomeOfUpdate(admin, seenGoal, { title: 'Mine' })).toBe('NOT_PERMITTED');
    expect(await outcomeOfUpdate(admin, seenGoal, { title: 'Mine', ownerId: eve.id })).toBe('NOT_PERMITTED');
    expect(await outcomeOfUpdate(eve, seenGoal, { ownerId: eve.id })).toBe('NOT_PERMITTED');
    expect(await outcomeOfUpdate(admin, { id: draft.id, version: 1 }, { ownerId: eve.id })).toBe('NOT_FOUND');
    expect(await outcomeOfUpdate(admin, seenGoal, { ownerId: leaver.id })).toBe('BAD_USER_INPUT');
    expect(await outcomeOfUpdate(admin, seenGoal, { ownerId: stranger.id })).toBe('NOT_FOUND');
    expect(await outcomeOfUpdate(admin, { ...seenGoal, version: 9 }, { ownerId: eve.id })).toBe(
      'EditConflict',
    );
    expect(await outcomeOfUpdate(admin, seenGoal, { ownerId: eve.id })).toBe('BusinessGoalPayload');
    expect((await seen(olga, goal.id)).owner.id).toBe(eve.id);
    expect(await outcomeOfUpdate(admin, await seen(admin, goal.id), { ownerId: admin.id })).toBe(
      'NOT_PERMITTED',
    );
  });

  it('transfers a goal together with other changes', async () => {
    const goal = await create(olga, { state: 'OPEN' });
    const handedOn = await update(olga, goal, { ownerId: ari.id, title: 'For you' });
    expect(handedOn).toMatchObject({ title: 'For you', owner: { id: ari.id } });
    expect(await outcomeOfUpdate(olga, handedOn, { title: 'Back' })).toBe('NOT_PERMITTED');
    const gone = await world.person(organization);
    await world.leaves(gone, day(-1));
    expect(await outcomeOfUpdate(ari, handedOn, { ownerId: gone.id })).toBe('BAD_USER_INPUT');
    expect((await seen(ari, goal.id)).version).toBe(handedOn.version);
  });

  it('hides all business goals from people who have left', async () => {
    const leaver = await world.person(organization);
    const goal = await world.businessGoal(leaver, cycle);
    await world.leaves(leaver, day(-1));
    expect(await codeOf(leaver, READ, { id: goal.id })).toBe('NOT_PERMITTED');
    expect(await data(leaver, 'query ($id: ID!) { node(id: $id) { id } }', { id: goal.id })).toEqual({
      node: null,
    });
  });
});
