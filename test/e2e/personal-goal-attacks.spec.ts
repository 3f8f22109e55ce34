import { day, World, type TestGoal, type TestOrganization, type TestPerson } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization();
});
afterAll(() => app.close());

const NOWHERE = '0198c0de-0000-7000-8000-000000000000';
/** Part of every text of the owner. */
const SECRET = 'quetzalcoatl';

/** IDs that an attacker may have found out. */
interface Ids {
  readonly goal: string;
  readonly update: string;
  readonly milestone: string;
  readonly alignment: string;
  readonly share: string;
  readonly businessGoal: string;
}

/** Operations that read or change something by one of these IDs. */
const ATTEMPTS: Record<string, string> = {
  personalGoal: `query ($goal: ID!) { personalGoal(id: $goal) { title why owner { name } viewerCanPropose
    ownerView { area version audience { basis } shares { nodes { id } } accessLog { nodes { on } } history { nodes { title } } }
    milestones { title } updates { nodes { text } } alignments { how } } }`,
  nodes: `query ($goal: ID!, $update: ID!, $milestone: ID!, $alignment: ID!, $share: ID!) {
    nodes(ids: [$goal, $update, $milestone, $alignment, $share]) { __typename } }`,
  whoWouldSee: `query ($goal: ID!) { whoWouldSee(goalId: $goal, visibility: ORGANIZATION, personIds: []) { basis since } }`,
  update: `mutation ($goal: ID!) { updatePersonalGoal(input: { id: $goal, version: 1, visibility: ORGANIZATION }) {
    ... on PersonalGoalPayload { personalGoal { title } } ... on EditConflict { __typename } } }`,
  delete: `mutation ($goal: ID!) { deletePersonalGoal(input: { id: $goal }) { deletedId } }`,
  setMilestones: `mutation ($goal: ID!) {
    setMilestones(input: { id: $goal, version: 1, milestones: [] }) { __typename } }`,
  reachMilestone: `mutation ($milestone: ID!) { reachMilestone(input: { id: $milestone }) { personalGoal { title } } }`,
  addPersonalGoalUpdate: `mutation ($goal: ID!) { addPersonalGoalUpdate(input: { goalId: $goal, text: "x" }) { personalGoalUpdate { id } } }`,
  updatePersonalGoalUpdate: `mutation ($update: ID!) {
    updatePersonalGoalUpdate(input: { id: $update, text: "x", at: "2020-01-01T00:00:00Z" }) { personalGoal { title } } }`,
  deletePersonalGoalUpdate: `mutation ($update: ID!) { deletePersonalGoalUpdate(input: { id: $update }) { deletedId } }`,
  shareGoal: `mutation ($goal: ID!, $me: ID!) {
    shareGoal(input: { goalId: $goal, personId: $me, includePast: true }) { personalGoalShare { id } } }`,
  endShare: `mutation ($share: ID!) { endShare(input: { id: $share }) { personalGoalShare { id } } }`,
  place: `mutation ($goal: ID!, $businessGoal: ID!) {
    placeBusinessGoal(input: { personalGoalId: $goal, businessGoalId: $businessGoal }) { __typename } }`,
  deleteAlignment: `mutation ($alignment: ID!) { deleteAlignment(input: { id: $alignment }) { deletedId } }`,
};

/** Lists and cursors in which a hidden goal could leave a trace. */
const TRACES = `query ($owner: ID!) {
  owner: node(id: $owner) { ... on Person {
    personalGoals(first: 1, status: [ACTIVE]) { edges { cursor } pageInfo { hasNextPage startCursor endCursor } }
    fitMap { placements { how } beyondWork { title } unplaced { title } carried { title } }
    mirror { theyShareWithMe iShareWithThem } } }
  viewer { sharedWithMe { pageInfo { hasNextPage endCursor } } ownReads { nodes { on kind } }
    accessLog { nodes { on } } shares { nodes { id } } } }`;

/** A goal with all kinds of parts. */
async function hiddenGoal(owner: TestPerson, reader?: TestPerson): Promise<Ids> {
  const goal: TestGoal = await world.goal(owner, {
    title: SECRET,
    why: SECRET,
    area: SECRET,
    openToProposals: true,
  });
  const friend = await world.person(organization);
  const share = await world.share(goal, reader ?? friend, { includesPast: true });
  const businessGoal = await world.businessGoal(owner, await world.cycle(organization));
  return {
    goal: goal.id,
    share: share.id,
    businessGoal: businessGoal.id,
    update: (await world.goalUpdate(goal, { text: SECRET })).id,
    milestone: (await world.milestone(goal, { title: SECRET })).id,
    alignment: (await world.alignment(goal, businessGoal, { how: SECRET })).id,
  };
}

/** The response without what differs between requests. */
async function outcome(
  attacker: Attacker,
  query: string,
  variables: Record<string, unknown>,
): Promise<string> {
  const { status, data, errors } = await attacker.ask(query, variables);
  const without = errors.map(({ message, extensions, path }) => ({ message, extensions, path }));
  return JSON.stringify({ status, data, errors: without });
}

type Attacker = Pick<Actor, 'ask'> & { readonly id?: string };

/** An attacker, and the owner of the hidden goal. */
type Setting = () => Promise<{ attacker: Attacker; owner: Actor; ids: Ids }>;

const ATTACKERS: Record<string, Setting> = {
  'a curious colleague': async () => {
    const [owner, attacker] = [await actors.join(organization), await actors.join(organization)];
    return { attacker, owner, ids: await hiddenGoal(owner) };
  },
  'the manager with whom it waits': async () => {
    const [owner, attacker] = [await actors.join(organization), await actors.join(organization)];
    await world.line(owner, attacker);
    return { attacker, owner, ids: await hiddenGoal(owner, attacker) };
  },
  'a departing manager, on the day on which the line has closed': async () => {
    const [owner, attacker] = [await actors.join(organization), await actors.join(organization)];
    const line = await world.line(owner, attacker);
    await world.goal(attacker, { visibility: 'ORGANIZATION' });
    const ids = await hiddenGoal(owner, attacker);
    // They could read it until now.
    expect((await attacker.ask('query ($id: ID!) { node(id: $id) { id } }', { id: ids.goal })).data).toEqual({
      node: { id: ids.goal },
    });
    await app.database.query('delete from goal_access where goal_id = $1', [ids.goal]);
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
    return { attacker, owner, ids };
  },
  'a manager whose employment has ended': async () => {
    const [owner, attacker] = [await actors.join(organization), await actors.join(organization)];
    await world.line(owner, attacker);
    await world.goal(attacker, { visibility: 'ORGANIZATION' });
    const ids = await hiddenGoal(owner, attacker);
    await world.leaves(attacker, day(-1));
    return { attacker, owner, ids };
  },
  'somebody who manages the manager': async () => {
    const [owner, between, attacker] = [
      await actors.join(organization),
      await actors.join(organization),
      await actors.join(organization),
    ];
    await world.line(owner, between);
    await world.line(between, attacker);
    return { attacker, owner, ids: await hiddenGoal(owner, between) };
  },
  'an administrator with every role': async () => {
    const [owner, attacker] = [await actors.join(organization), await actors.join(organization)];
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(attacker, role);
    return { attacker, owner, ids: await hiddenGoal(owner) };
  },
  'somebody in another organization': async () => {
    const owner = await actors.join(organization);
    return { attacker: await actors.join(await world.organization()), owner, ids: await hiddenGoal(owner) };
  },
  'an API token with every scope': async () => {
    const owner = await actors.join(organization);
    const scopes = ['TRENDS_READ', 'DIRECTORY_READ', 'DIRECTORY_WRITE', 'SCHEMA_READ'];
    return {
      attacker: actors.asToken(await world.apiToken(organization, scopes)),
      owner,
      ids: await hiddenGoal(owner),
    };
  },
  'somebody with a made-up token': async () => {
    const owner = await actors.join(organization);
    return { attacker: actors.asToken('x'.repeat(43)), owner, ids: await hiddenGoal(owner) };
  },
};

const nowhere = (ids: Ids): Ids => ({
  ...ids,
  goal: NOWHERE,
  update: NOWHERE,
  milestone: NOWHERE,
  alignment: NOWHERE,
  share: NOWHERE,
});

describe.each(Object.entries(ATTACKERS))('%s', (_, setting) => {
  it('cannot tell a hidden goal or a part of it from an ID that does not exist', async () => {
    const { attacker, owner, ids } = await setting();
    const me = attacker.id ?? owner.id;
    for (const [name, query] of Object.entries(ATTEMPTS)) {
      const there = await outcome(attacker, query, { ...ids, me });
      const never = await outcome(attacker, query, { ...nowhere(ids), me });
      expect([name, there]).toEqual([name, never]);
      expect(there).not.toContain(SECRET);
    }
    // The owner finds the goal unchanged.
    const { data } = await owner.ask(
      `query ($goal: ID!) { personalGoal(id: $goal) {
        title visibility ownerView { version } milestones { title reachedOn } updates { nodes { text } }
        alignments { how } } }`,
      { goal: ids.goal },
    );
    expect(data).toEqual({
      personalGoal: {
        title: SECRET,
        visibility: 'SHARED',
        ownerView: { version: 1 },
        milestones: [{ title: SECRET, reachedOn: null }],
        updates: { nodes: [{ text: SECRET }] },
        alignments: [{ how: SECRET }],
      },
    });
  });

  it('finds no trace of a hidden goal in any list', async () => {
    const { attacker, owner, ids } = await setting();
    const during = await outcome(attacker, TRACES, { owner: owner.id });
    expect(during).not.toContain(SECRET);
    await app.database.query('delete from personal_goal where id = $1', [ids.goal]);
    expect(await outcome(attacker, TRACES, { owner: owner.id })).toBe(during);
    const { rows } = await app.database.query('select 1 from goal_access where goal_id = $1', [ids.goal]);
    expect(rows).toEqual([]);
  });
});

describe('a person with whom the goal is shared', () => {
  it('reads the goal with the same operations and cannot change it', async () => {
    const [owner, reader] = [await actors.join(organization), await actors.join(organization)];
    const ids = await hiddenGoal(owner, reader);
    const seen = await outcome(reader, ATTEMPTS.personalGoal ?? '', { ...ids });
    expect(seen).toContain(SECRET);
    expect(await outcome(reader, ATTEMPTS.nodes ?? '', { ...ids })).toMatch(
      /PersonalGoal.*PersonalGoalUpdate.*PersonalGoalShare/,
    );
    expect(await outcome(reader, TRACES, { owner: owner.id })).toMatch(/"theyShareWithMe":true/);
    const mutations = Object.entries(ATTEMPTS).filter(([, query]) => query.startsWith('mutation'));
    for (const [name, query] of mutations) {
      const { data, errors } = await reader.ask(query, { ...ids, me: reader.id });
      // Readers may propose, and learn that this pair is placed.
      if (name === 'place') expect(data).toEqual({ placeBusinessGoal: { __typename: 'AlreadyPlaced' } });
      else expect([name, errors[0]?.extensions.code]).toEqual([name, 'NOT_PERMITTED']);
    }
  });
});
