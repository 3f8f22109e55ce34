import { day as dayIn, hours, World, type TestGoal, type TestOrganization } from '../factories/world.js';
import { rounds } from '../setup/prove.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

const day = (offset: number): string => dayIn(offset, 'Europe/Berlin');

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization({ timeZone: 'Europe/Berlin' });
});
afterAll(() => app.close());

const SHARE = `mutation ($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare {
  id state includesPast expiresOn goal { id visibility ownerView { version } } with { id } } } }`;
const END = `mutation ($id: ID!) { endShare(input: { id: $id }) { personalGoalShare { id state } } }`;
const READ = `query ($id: ID!) { personalGoal(id: $id) {
  title visibility basis milestones { title } updates { nodes { text } } } }`;
const SHARES = `query ($id: ID!) { personalGoal(id: $id) { visibility
  ownerView { shares { nodes { id state with { id } } } } } }`;
const AUDIENCE = `query ($id: ID!) { personalGoal(id: $id) {
  ownerView { audience { person { id } basis waits since lastDay } } } }`;
const WHO_WOULD_SEE = `query ($goalId: ID, $visibility: GoalVisibility!, $personIds: [ID!]!) {
  whoWouldSee(goalId: $goalId, visibility: $visibility, personIds: $personIds) {
    person { id } basis waits since lastDay } }`;
const SET_VISIBILITY = `mutation ($id: ID!, $visibility: GoalVisibility!, $version: Int!) {
  updatePersonalGoal(input: { id: $id, visibility: $visibility, version: $version }) { __typename } }`;

interface Share {
  id: string;
  state: string;
  includesPast: boolean;
  expiresOn: string | null;
  goal: { id: string; visibility: string; ownerView: { version: number } };
  with: { id: string };
}
interface Member {
  person: { id: string } | null;
  basis: string;
  waits: boolean;
  since: string | null;
  lastDay: string | null;
}

const person = (options: Parameters<World['person']>[1] = {}) => actors.join(organization, options);

async function share(
  owner: Actor,
  goal: { id: string },
  reader: { id: string },
  options: Record<string, unknown> = {},
): Promise<Share> {
  const input = { goalId: goal.id, personId: reader.id, ...options };
  return (await owner.get<{ shareGoal: { personalGoalShare: Share } }>(SHARE, { input })).shareGoal
    .personalGoalShare;
}

const end = async (owner: Actor, id: string): Promise<string> =>
  (await owner.get<{ endShare: { personalGoalShare: { state: string } } }>(END, { id })).endShare
    .personalGoalShare.state;

async function reads(reader: Actor, goal: { id: string }): Promise<boolean> {
  return (await reader.get<{ personalGoal: unknown }>(READ, { id: goal.id })).personalGoal !== null;
}

async function parts(reader: Actor, goal: { id: string }): Promise<string[]> {
  const { personalGoal } = await reader.get<{
    personalGoal: { milestones: { title: string }[]; updates: { nodes: { text: string }[] } };
  }>(READ, { id: goal.id });
  return [
    ...personalGoal.milestones.map(({ title }) => title),
    ...personalGoal.updates.nodes.map(({ text }) => text),
  ];
}

/** The states of a goal's shares with a person, newest first, as its owner sees them. */
async function states(owner: Actor, goal: { id: string }, reader: { id: string }): Promise<string[]> {
  const { personalGoal } = await owner.get<{
    personalGoal: { ownerView: { shares: { nodes: { state: string; with: { id: string } }[] } } };
  }>(SHARES, { id: goal.id });
  return personalGoal.ownerView.shares.nodes
    .filter((one) => one.with.id === reader.id)
    .map(({ state }) => state);
}

async function visibility(owner: Actor, goal: { id: string }): Promise<string> {
  return (await owner.get<{ personalGoal: { visibility: string } }>(SHARES, { id: goal.id })).personalGoal
    .visibility;
}

async function setVisibility(owner: Actor, goal: { id: string }, to: string): Promise<void> {
  const { rows } = await app.database.query<{ version: number }>(
    'select version from personal_goal_own where goal_id = $1',
    [goal.id],
  );
  const data = await owner.get<{ updatePersonalGoal: { __typename: string } }>(SET_VISIBILITY, {
    id: goal.id,
    visibility: to,
    version: rows[0]?.version,
  });
  expect(data.updatePersonalGoal.__typename).toBe('PersonalGoalPayload');
}

async function audience(owner: Actor, goal: { id: string }): Promise<Member[]> {
  return (await owner.get<{ personalGoal: { ownerView: { audience: Member[] } } }>(AUDIENCE, { id: goal.id }))
    .personalGoal.ownerView.audience;
}

async function whoWouldSee(owner: Actor, args: Record<string, unknown>): Promise<Member[]> {
  return (await owner.get<{ whoWouldSee: Member[] }>(WHO_WOULD_SEE, { personIds: [], ...args })).whoWouldSee;
}

async function pending(owner: Actor): Promise<string[]> {
  const { viewer } = await owner.get<{ viewer: { shares: { nodes: { id: string; state: string }[] } } }>(
    '{ viewer { shares { nodes { id state } } } }',
  );
  return viewer.shares.nodes.filter(({ state }) => state === 'PENDING').map(({ id }) => id);
}

/** All responses in which a viewer could find a trace of a goal. */
async function everything(viewer: Actor, about: { goal: TestGoal; shareIds?: string[] }): Promise<string> {
  const ids = [about.goal.id, ...(about.shareIds ?? [])];
  const { data } = await viewer.ask(
    `query ($goalId: ID!, $ownerId: ID!, $ids: [ID!]!) {
      personalGoal(id: $goalId) { title }
      node(id: $goalId) { id }
      nodes(ids: $ids) { id ... on PersonalGoalShare { state with { name } } }
      owner: node(id: $ownerId) { ... on Person {
        personalGoals(first: 100) { nodes { id title updates { nodes { text } } milestones { title } }
          edges { cursor } pageInfo { hasNextPage endCursor } }
        mirror { theyShareWithMe iShareWithThem } } }
      viewer { sharedWithMe { nodes { id title } edges { cursor } pageInfo { hasNextPage endCursor } }
        ownReads { nodes { goal { title } on kind } } shares { nodes { id } } }
    }`,
    { goalId: about.goal.id, ownerId: about.goal.ownerId, ids },
  );
  return JSON.stringify(data);
}

const NOTHING = JSON.stringify({
  personalGoal: null,
  node: null,
  nodes: [null],
  owner: {
    personalGoals: { nodes: [], edges: [], pageInfo: { hasNextPage: false, endCursor: null } },
    mirror: { theyShareWithMe: false, iShareWithThem: false },
  },
  viewer: {
    sharedWithMe: { nodes: [], edges: [], pageInfo: { hasNextPage: false, endCursor: null } },
    ownReads: { nodes: [] },
    shares: { nodes: [] },
  },
});
const nothingWith = (shares: number) =>
  NOTHING.replace(
    '"nodes":[null]',
    `"nodes":[${Array.from({ length: shares + 1 }, () => 'null').join(',')}]`,
  );

/** A report with a goal, and their manager. */
async function pair(options: { kind?: 'PRIMARY' | 'DOTTED' } = {}) {
  const [report, manager] = [await person({ name: 'Report' }), await person({ name: 'Manager' })];
  const line = await world.line(report, manager, options);
  const goal = await world.goal(report, { title: 'Become a beekeeper' });
  return { report, manager, line, goal };
}

describe('a share', () => {
  it('makes one goal readable for one person and nobody else', async () => {
    const [owner, reader, peer] = [await person(), await person(), await person()];
    const manager = await person();
    await world.line(owner, manager);
    await world.line(peer, manager);
    const admin = await person();
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin, role);
    const stranger = await actors.join(await world.organization());
    const goal = await world.goal(owner, { title: 'Walk to Santiago' });
    const other = await world.goal(owner, { title: 'Another' });
    await world.goalUpdate(goal, { text: 'Bought boots' });

    const { id } = await share(owner, goal, reader);
    expect(await reads(reader, goal)).toBe(true);
    expect(await reads(reader, other)).toBe(false);
    const about = { goal, shareIds: [id] };
    expect(await everything(reader, about)).toContain('Walk to Santiago');
    for (const outsider of [peer, manager, admin]) {
      expect(await everything(outsider, about)).toBe(nothingWith(1));
    }
    for (const token of [
      stranger,
      actors.asToken(
        await world.apiToken(organization, [
          'DIRECTORY_READ',
          'DIRECTORY_WRITE',
          'TRENDS_READ',
          'SCHEMA_READ',
        ]),
      ),
    ]) {
      const { data, errors } = await token.ask(
        'query ($goalId: ID!, $shareId: ID!) { node(id: $goalId) { id } nodes(ids: [$goalId, $shareId]) { id } }',
        { goalId: goal.id, shareId: id },
      );
      expect([data, errors]).toEqual([{ node: null, nodes: [null, null] }, []]);
    }
  });

  it('ends at once and leaves the goal SHARED and readable by nobody else', async () => {
    const [owner, reader] = [await person(), await person()];
    const goal = await world.goal(owner);
    const made = await share(owner, goal, reader);
    expect(made).toMatchObject({ state: 'ACTIVE', includesPast: false, expiresOn: null });
    expect(made.goal).toEqual({ id: goal.id, visibility: 'SHARED', ownerView: { version: 2 } });
    expect(await reads(reader, goal)).toBe(true);

    expect(await end(owner, made.id)).toBe('ENDED');
    expect(await reads(reader, goal)).toBe(false);
    expect(await visibility(owner, goal)).toBe('SHARED');
    expect(await audience(owner, goal)).toMatchObject([{ basis: 'OWNER' }]);
    expect(await states(owner, goal, reader)).toEqual(['ENDED']);
    expect(await end(owner, made.id)).toBe('ENDED');
  });

  it('gives a new manager nothing of what the former manager could read', async () => {
    const { report, manager, line, goal } = await pair();
    await share(report, goal, manager, { withoutWaiting: true });
    expect(await reads(manager, goal)).toBe(true);
    const next = await person();
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
    await world.line(report, next, { from: day(0) });
    expect(await reads(next, goal)).toBe(false);
    expect(await reads(manager, goal)).toBe(false);
  });

  it('includes the past only if the owner includes it', async () => {
    const [owner, reader] = [await person(), await person()];
    const goal = await world.goal(owner);
    await world.milestone(goal, {
      title: 'reached before',
      createdAt: hours(-9),
      reachedOn: day(-1),
      reachedAt: hours(-8),
    });
    const open = await world.milestone(goal, { title: 'open before', createdAt: hours(-9) });
    await world.goalUpdate(goal, { text: 'update before', at: hours(-9) });
    const { id } = await share(owner, goal, reader);
    expect(await parts(reader, goal)).toEqual([]);

    await world.goalUpdate(goal, { text: 'update after' });
    await world.milestone(goal, { title: 'written after' });
    expect(await parts(reader, goal)).toEqual(['written after', 'update after']);
    // A milestone that is reached after the share became active is visible.
    await app.database.query(
      'update milestone set reached_on = current_date, reached_at = now() where id = $1',
      [open.id],
    );
    expect(await parts(reader, goal)).toEqual(['open before', 'written after', 'update after']);

    const changed = await share(owner, goal, reader, { includePast: true });
    expect(changed).toMatchObject({ id, includesPast: true, state: 'ACTIVE' });
    const all = ['reached before', 'open before', 'written after', 'update after', 'update before'];
    expect(await parts(reader, goal)).toEqual(all);
    // Omitted fields stay as they are.
    expect(await share(owner, goal, reader)).toMatchObject({ id, includesPast: true });
    expect(await share(owner, goal, reader, { includePast: false })).toMatchObject({
      id,
      includesPast: false,
    });
    expect(await parts(reader, goal)).toEqual(['open before', 'written after', 'update after']);
  });

  it('lasts until the end of its last day in the owner’s time zone', async () => {
    const [owner, reader] = [await person(), await person()];
    await world.insert('person_time_zone', {
      person_id: owner.id,
      organization_id: organization.id,
      time_zone: 'Pacific/Kiritimati',
    });
    const goal = await world.goal(owner);
    const made = await share(owner, goal, reader, { expiresOn: '2031-05-04' });
    expect(made.expiresOn).toBe('2031-05-04');
    expect((await audience(owner, goal))[1]).toMatchObject({ lastDay: '2031-05-04' });
    const { rows } = await app.database.query<{ at: Date }>(
      'select expires_at as at from goal_share where id = $1',
      [made.id],
    );
    expect(rows[0]?.at.toISOString()).toBe('2031-05-04T10:00:00.000Z');
    expect(await share(owner, goal, reader, { includePast: true })).toMatchObject({
      expiresOn: '2031-05-04',
    });
    expect(await share(owner, goal, reader, { expiresOn: null })).toMatchObject({
      id: made.id,
      expiresOn: null,
    });
    const { errors } = await owner.ask(SHARE, {
      input: { goalId: goal.id, personId: reader.id, expiresOn: day(-2) },
    });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.expiresOn' }],
    });
    expect(await reads(reader, goal)).toBe(true);
  });

  it('is not revived after it has expired: sharing again creates another share', async () => {
    const [owner, reader] = [await person(), await person()];
    const goal = await world.goal(owner);
    const first = await share(owner, goal, reader, { includePast: true, expiresOn: day(3) });
    await world.goalUpdate(goal, { text: 'during the first' });
    expect(await parts(reader, goal)).toEqual(['during the first']);
    await app.database.query(`update goal_share set expires_at = now() - interval '1 second' where id = $1`, [
      first.id,
    ]);
    expect(await reads(reader, goal)).toBe(false);
    expect(await states(owner, goal, reader)).toEqual(['ENDED']);
    expect(await audience(owner, goal)).toMatchObject([{ basis: 'OWNER' }]);

    const second = await share(owner, goal, reader);
    expect(second).toMatchObject({ state: 'ACTIVE', includesPast: false, expiresOn: null });
    expect(second.id).not.toBe(first.id);
    expect(await parts(reader, goal)).toEqual([]);
    expect(await states(owner, goal, reader)).toEqual(['ACTIVE', 'ENDED']);
    // The end of the expired share is stored.
    const { rows } = await app.database.query('select 1 from goal_share where id = $1 and ended_at is null', [
      first.id,
    ]);
    expect(rows).toEqual([]);
  });

  it('is refused with oneself, an unknown person, another organization, a former employee, or for a deleted goal', async () => {
    const [owner, reader, left] = [await person(), await person(), await person()];
    await world.leaves(left, day(-1));
    const foreign = await world.person(await world.organization());
    const goal = await world.goal(owner);
    const refusal = async (input: Record<string, unknown>, by = owner) => {
      const { errors } = await by.ask(SHARE, { input: { goalId: goal.id, personId: reader.id, ...input } });
      return errors[0];
    };
    const badPerson = { code: 'BAD_USER_INPUT', fields: [{ path: 'input.personId' }] };
    expect((await refusal({ personId: owner.id }))?.extensions).toMatchObject(badPerson);
    const gone = await refusal({ personId: left.id });
    expect(gone?.extensions).toMatchObject(badPerson);
    expect(gone?.message).toContain('has not left');
    const nobody = await refusal({ personId: '0198c0de-0000-7000-8000-000000000000' });
    expect(nobody?.extensions.code).toBe('NOT_FOUND');
    expect(await refusal({ personId: foreign.id })).toEqual(nobody);
    expect((await refusal({}, reader))?.extensions.code).toBe('NOT_FOUND');
    expect(await visibility(owner, goal)).toBe('PRIVATE');

    // A person with a future last day is accepted.
    const leaving = await person();
    await world.leaves(leaving, day(5));
    expect((await share(owner, goal, leaving)).state).toBe('ACTIVE');

    const made = await share(owner, goal, reader);
    await owner.get('mutation ($id: ID!) { deletePersonalGoal(input: { id: $id }) { deletedId } }', {
      id: goal.id,
    });
    expect(await everything(reader, { goal, shareIds: [made.id] })).toBe(nothingWith(1));
    expect((await refusal({}))?.extensions.code).toBe('NOT_FOUND');
    expect(await owner.refusal(END, { id: made.id })).toBe('NOT_FOUND');
  });

  it('can be ended by the owner only, and is visible to the owner only afterwards', async () => {
    const [owner, reader, curious] = [await person(), await person(), await person()];
    const goal = await world.goal(owner);
    const { id } = await share(owner, goal, reader);
    const NODE =
      'query ($id: ID!) { node(id: $id) { ... on PersonalGoalShare { state goal { title } with { id } } } }';
    expect(await reader.get(NODE, { id })).toEqual({
      node: { state: 'ACTIVE', goal: { title: goal.title }, with: { id: reader.id } },
    });
    expect(await reader.refusal(END, { id })).toBe('NOT_PERMITTED');
    expect(await curious.refusal(END, { id })).toBe('NOT_FOUND');
    expect(await reads(reader, goal)).toBe(true);
    await end(owner, id);
    expect(await reader.get(NODE, { id })).toEqual({ node: null });
    expect(await reader.refusal(END, { id })).toBe('NOT_FOUND');
    expect(await owner.get(NODE, { id })).toMatchObject({ node: { state: 'ENDED' } });
  });

  it('survives visibility ORGANIZATION and ends for good with PRIVATE', async () => {
    const [owner, reader, peer] = [await person(), await person(), await person()];
    const goal = await world.goal(owner);
    const first = await share(owner, goal, reader);
    await setVisibility(owner, goal, 'ORGANIZATION');
    expect([await reads(reader, goal), await reads(peer, goal)]).toEqual([true, true]);
    expect(await states(owner, goal, reader)).toEqual(['ACTIVE']);
    await setVisibility(owner, goal, 'SHARED');
    expect([await reads(reader, goal), await reads(peer, goal)]).toEqual([true, false]);

    await setVisibility(owner, goal, 'PRIVATE');
    expect([await reads(reader, goal), await states(owner, goal, reader)]).toEqual([false, ['ENDED']]);
    await setVisibility(owner, goal, 'SHARED');
    expect([await reads(reader, goal), await states(owner, goal, reader)]).toEqual([false, ['ENDED']]);
    const second = await share(owner, goal, reader);
    expect(second.id).not.toBe(first.id);
    expect(await reads(reader, goal)).toBe(true);
  });

  it('is not ended by an outdated edit to PRIVATE', async () => {
    const [owner, reader] = [await person(), await person()];
    const goal = await world.goal(owner);
    await share(owner, goal, reader);
    const data = await owner.get<{ updatePersonalGoal: { __typename: string } }>(SET_VISIBILITY, {
      id: goal.id,
      visibility: 'PRIVATE',
      version: 1,
    });
    expect(data.updatePersonalGoal.__typename).toBe('EditConflict');
    expect(await reads(reader, goal)).toBe(true);
  });

  it('is suspended while its owner has left, and resumes unless it ended otherwise', async () => {
    const [owner, reader, another] = [await person(), await person(), await person()];
    const goal = await world.goal(owner);
    await share(owner, goal, reader);
    const ended = await share(owner, goal, another);
    await end(owner, ended.id);
    await world.leaves(owner, day(-1));
    expect([await reads(reader, goal), await reads(another, goal)]).toEqual([false, false]);
    expect(await states(owner, goal, reader)).toEqual(['ENDED']);
    await app.database.query('delete from employment_end where person_id = $1', [owner.id]);
    expect([await reads(reader, goal), await reads(another, goal)]).toEqual([true, false]);
    expect(await states(owner, goal, reader)).toEqual(['ACTIVE']);
  });

  it('is ENDED while its reader has left', async () => {
    const [owner, reader] = [await person(), await person()];
    const goal = await world.goal(owner);
    await share(owner, goal, reader);
    await world.leaves(reader, day(-1));
    expect(await reads(reader, goal)).toBe(false);
    expect(await states(owner, goal, reader)).toEqual(['ENDED']);
    expect(await audience(owner, goal)).toMatchObject([{ basis: 'OWNER' }]);
  });
});

describe('leaders share first', () => {
  it('keeps a share with the owner’s manager PENDING and hidden until the manager has shared', async () => {
    const { report, manager, goal } = await pair();
    await world.goalUpdate(goal, { text: 'Read about bees' });
    const made = await share(report, goal, manager, { includePast: true });
    expect(made).toMatchObject({ state: 'PENDING', goal: { visibility: 'SHARED' } });
    expect(await pending(report)).toEqual([made.id]);
    expect(await audience(report, goal)).toMatchObject([{ basis: 'OWNER' }]);
    expect(await everything(manager, { goal, shareIds: [made.id] })).toBe(nothingWith(1));
    expect(await manager.refusal(END, { id: made.id })).toBe('NOT_FOUND');

    const managersGoal = await world.goal(manager, { title: 'Sleep enough' });
    // The manager's share is ACTIVE at once and activates the report's share in the same transaction.
    const managers = await share(manager, managersGoal, report);
    expect(managers.state).toBe('ACTIVE');
    expect(await states(report, goal, manager)).toEqual(['ACTIVE']);
    expect(await pending(report)).toEqual([]);
    expect(await parts(manager, goal)).toEqual(['Read about bees']);

    // Ending the manager's share does not make it PENDING again.
    await end(manager, managers.id);
    expect(await reads(manager, goal)).toBe(true);
    // A later share of another goal waits again.
    const second = await world.goal(report);
    expect((await share(report, second, manager)).state).toBe('PENDING');
  });

  it('activates pending shares in the transaction of the manager’s share', async () => {
    const { report, manager, goal } = await pair();
    await share(report, goal, manager);
    const managersGoal = await world.goal(manager);
    await app.database.query('begin');
    await world.share(managersGoal, report);
    const inside = await app.database.query('select 1 from goal_share where goal_id = $1 and waiting', [
      goal.id,
    ]);
    await app.database.query('rollback');
    expect(inside.rows).toEqual([]);
    expect(await states(report, goal, manager)).toEqual(['PENDING']);
  });

  it.each(['creates', 'publishes'])(
    'activates pending shares when the manager %s a goal for the organization',
    async (how) => {
      const { report, manager, goal } = await pair();
      await share(report, goal, manager);
      expect(await reads(manager, goal)).toBe(false);
      if (how === 'creates') {
        await manager.get(
          'mutation { createPersonalGoal(input: { title: "Mine", visibility: ORGANIZATION }) { personalGoal { id } } }',
        );
      } else {
        const managers = await world.goal(manager);
        await setVisibility(manager, managers, 'ORGANIZATION');
        expect(await reads(manager, goal)).toBe(true);
        await setVisibility(manager, managers, 'PRIVATE');
      }
      expect(await reads(manager, goal)).toBe(true);
    },
  );

  it('does not make a share wait if the manager has shared with this person or with everybody', async () => {
    const one = await pair();
    await world.share(await world.goal(one.manager), one.report);
    expect((await share(one.report, one.goal, one.manager)).state).toBe('ACTIVE');

    const another = await pair();
    await world.goal(another.manager, { visibility: 'ORGANIZATION' });
    expect((await share(another.report, another.goal, another.manager)).state).toBe('ACTIVE');
  });

  it('leaves a share PENDING when the manager shares with another person', async () => {
    const { report, manager, goal } = await pair();
    await share(report, goal, manager);
    await share(manager, await world.goal(manager), await person());
    expect(await states(report, goal, manager)).toEqual(['PENDING']);
    expect((await share(report, await world.goal(report), manager)).state).toBe('PENDING');
  });

  it('lets the owner share without waiting, at once or later', async () => {
    const { report, manager, goal } = await pair();
    const made = await share(report, goal, manager);
    expect(made.state).toBe('PENDING');
    expect(await share(report, goal, manager, { withoutWaiting: true })).toMatchObject({
      id: made.id,
      state: 'ACTIVE',
    });
    expect(await reads(manager, goal)).toBe(true);
    // It does not become PENDING again.
    expect(await share(report, goal, manager, { withoutWaiting: false })).toMatchObject({ state: 'ACTIVE' });
    const second = await world.goal(report);
    expect((await share(report, second, manager, { withoutWaiting: true })).state).toBe('ACTIVE');
  });

  it('applies to the current PRIMARY manager only', async () => {
    const { report, manager } = await pair();
    const [dotted, skipLevel, former, peer] = [
      await person(),
      await person(),
      await person(),
      await person(),
    ];
    await world.line(report, dotted, { kind: 'DOTTED' });
    await world.line(manager, skipLevel);
    await world.line(report, former, { from: '2019-01-01', until: '2020-01-01' });
    for (const reader of [dotted, skipLevel, former, peer]) {
      expect((await share(report, await world.goal(report), reader)).state).toBe('ACTIVE');
    }
    expect((await share(report, await world.goal(report), manager)).state).toBe('PENDING');
    // A person without a manager never waits.
    expect((await share(skipLevel, await world.goal(skipLevel), manager)).state).toBe('ACTIVE');
  });

  it('applies the setting to new shares only', async () => {
    const relaxed = await world.organization({ leadersShareFirst: false });
    const [report, manager] = [await actors.join(relaxed), await actors.join(relaxed)];
    await world.line(report, manager);
    const [first, second, third] = [
      await world.goal(report),
      await world.goal(report),
      await world.goal(report),
    ];
    const set = (on: boolean) =>
      app.database.query('update organization set leaders_share_first = $2 where id = $1', [relaxed.id, on]);
    expect((await share(report, first, manager)).state).toBe('ACTIVE');
    await set(true);
    expect(await states(report, first, manager)).toEqual(['ACTIVE']);
    expect((await share(report, second, manager)).state).toBe('PENDING');
    await set(false);
    expect(await states(report, second, manager)).toEqual(['PENDING']);
    expect((await share(report, third, manager)).state).toBe('ACTIVE');
    expect(await states(report, second, manager)).toEqual(['PENDING']);
  });

  it('leaves expired pending shares ENDED when the manager shares', async () => {
    const { report, manager, goal } = await pair();
    const made = await share(report, goal, manager, { expiresOn: day(2) });
    expect(made.state).toBe('PENDING');
    await app.database.query(`update goal_share set expires_at = now() - interval '1 second' where id = $1`, [
      made.id,
    ]);
    expect((await share(manager, await world.goal(manager), report)).state).toBe('ACTIVE');
    expect(await states(report, goal, manager)).toEqual(['ENDED']);
    await setVisibility(manager, await world.goal(manager), 'ORGANIZATION');
    expect(await reads(manager, goal)).toBe(false);
  });
});

describe('a share with the owner’s manager', () => {
  it('ends with the reporting line, and sharing again afterwards creates another share', async () => {
    const { report, manager, line, goal } = await pair();
    const made = await share(report, goal, manager, { withoutWaiting: true });
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(1)]);
    expect(await reads(manager, goal)).toBe(true);
    // Before the line has ended, sharing again changes the existing share.
    expect(await share(report, goal, manager)).toMatchObject({ id: made.id, state: 'ACTIVE' });
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
    expect([await reads(manager, goal), await states(report, goal, manager)]).toEqual([false, ['ENDED']]);
    // Sharing again with a last day creates another share as well.
    const renewed = await share(report, goal, manager, { expiresOn: day(30) });
    expect(renewed.state).toBe('ACTIVE');
    expect(renewed.id).not.toBe(made.id);
    expect(await reads(manager, goal)).toBe(true);
  });

  it('ends with the reporting line while it is PENDING, and is not activated afterwards', async () => {
    const { report, manager, line, goal } = await pair();
    await share(report, goal, manager);
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
    expect(await states(report, goal, manager)).toEqual(['ENDED']);
    expect(await pending(report)).toEqual([]);
    await share(manager, await world.goal(manager), report);
    expect(await reads(manager, goal)).toBe(false);
  });

  it('does not end with a reporting line in which it was not made', async () => {
    const { report, manager, line, goal } = await pair({ kind: 'DOTTED' });
    await share(report, goal, manager);
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
    expect(await reads(manager, goal)).toBe(true);

    const [one, other] = [await person(), await person()];
    const early = await world.goal(one);
    await share(one, early, other);
    const later = await world.line(one, other, { from: day(0) });
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [later.id, day(0)]);
    expect(await reads(other, early)).toBe(true);
  });
});

describe('audience and whoWouldSee', () => {
  it('list who can read a goal, and by which rule', async () => {
    const { report, manager, goal } = await pair();
    const reader = await person();
    const made = await share(report, goal, reader, { expiresOn: '2031-05-04' });
    await share(report, goal, manager, { withoutWaiting: true });
    await setVisibility(report, goal, 'ORGANIZATION');
    const found = await audience(report, goal);
    expect(found).toMatchObject([
      { person: { id: report.id }, basis: 'OWNER', waits: false, lastDay: null },
      { person: null, basis: 'ORGANIZATION_WIDE', waits: false, since: null, lastDay: null },
      { person: { id: reader.id }, basis: 'SHARED_BY_NAME', waits: false, lastDay: made.expiresOn },
      { person: { id: manager.id }, basis: 'SHARED_BY_NAME', waits: false, lastDay: null },
    ]);
    expect(await whoWouldSee(report, { goalId: goal.id, visibility: 'ORGANIZATION' })).toEqual(found);
    expect(await whoWouldSee(report, { goalId: goal.id, visibility: 'SHARED' })).toEqual(
      found.toSpliced(1, 1),
    );
    expect(await whoWouldSee(report, { goalId: goal.id, visibility: 'PRIVATE' })).toEqual(found.slice(0, 1));
  });

  it('give the last day from the line and the owner’s employment, but not from another person’s leaving', async () => {
    const { report, manager, line, goal } = await pair();
    await share(report, goal, manager, { withoutWaiting: true });
    const lastDays = async () => (await audience(report, goal)).map((member) => member.lastDay);
    // The report may not know of the manager's leaving.
    await world.leaves(manager, day(6));
    expect(await lastDays()).toEqual([null, null]);
    expect(await whoWouldSee(report, { visibility: 'SHARED', personIds: [manager.id] })).toMatchObject([
      {},
      { lastDay: null },
    ]);
    // The end of the line that the report knows of is listed, even if the manager leaves earlier.
    await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(9)]);
    expect(await lastDays()).toEqual([null, day(8)]);
    await world.leaves(report, day(4));
    expect(await lastDays()).toEqual([null, day(4)]);
  });

  it('predict which shares would be PENDING', async () => {
    const { report, manager, goal } = await pair();
    const peer = await person();
    const personIds = [manager.id, peer.id];
    const foreseen = async () =>
      (await whoWouldSee(report, { goalId: goal.id, visibility: 'SHARED', personIds }))
        .filter(({ basis }) => basis !== 'OWNER')
        .map((member) => [member.person?.id, member.waits])
        .sort();
    const expected = (waits: boolean) =>
      [
        [manager.id, waits],
        [peer.id, false],
      ].sort();
    expect(await foreseen()).toEqual(expected(true));
    expect(
      await whoWouldSee(report, { visibility: 'SHARED', personIds: [manager.id.toUpperCase()] }),
    ).toMatchObject([
      { basis: 'OWNER', since: null },
      { person: { id: manager.id }, waits: true, since: null },
    ]);
    expect((await share(report, goal, manager)).state).toBe('PENDING');
    expect(await foreseen()).toEqual(expected(true));
    await share(manager, await world.goal(manager), report);
    expect(await foreseen()).toEqual(expected(false));
  });

  it('reveal nothing about goals that the manager shares with others', async () => {
    const { report, manager } = await pair();
    const ask = () => whoWouldSee(report, { visibility: 'SHARED', personIds: [manager.id] });
    const before = await ask();
    const others = await world.goal(manager);
    await share(manager, others, await person());
    const pendingOfManager = await world.goal(manager);
    const boss = await person();
    await world.line(manager, boss);
    expect((await share(manager, pendingOfManager, boss)).state).toBe('PENDING');
    expect(await ask()).toEqual(before);
    expect(await ask()).toMatchObject([{}, { waits: true }]);
  });

  it('refuse the same people and goals as sharing does', async () => {
    const [owner, left, other] = [await person(), await person(), await person()];
    await world.leaves(left, day(-1));
    const foreign = await world.person(await world.organization());
    const hidden = await world.goal(other);
    const code = (args: Record<string, unknown>) => owner.refusal(WHO_WOULD_SEE, { personIds: [], ...args });
    expect(await code({ visibility: 'SHARED', personIds: [foreign.id] })).toBe('NOT_FOUND');
    expect(await code({ visibility: 'SHARED', personIds: [left.id] })).toBe('BAD_USER_INPUT');
    expect(await code({ visibility: 'SHARED', personIds: [owner.id] })).toBe('BAD_USER_INPUT');
    expect(await code({ visibility: 'SHARED', personIds: ['nonsense'] })).toBe('BAD_USER_INPUT');
    expect(await code({ visibility: 'PRIVATE', personIds: [other.id] })).toBe('BAD_USER_INPUT');
    expect(await code({ goalId: hidden.id, visibility: 'SHARED' })).toBe('NOT_FOUND');
  });
});

describe('mirror', () => {
  const MIRROR = `query ($id: ID!) { node(id: $id) { ... on Person { mirror { theyShareWithMe iShareWithThem } } } }`;
  it('shows whether each shares with the other, without pending and ended shares', async () => {
    const { report, manager, goal } = await pair();
    const mirror = async (viewer: Actor, other: Actor) =>
      (await viewer.get<{ node: { mirror: Record<string, boolean> } }>(MIRROR, { id: other.id })).node.mirror;
    const none = { theyShareWithMe: false, iShareWithThem: false };
    await share(report, goal, manager);
    expect(await mirror(report, manager)).toEqual(none);
    expect(await mirror(manager, report)).toEqual(none);
    const managers = await share(manager, await world.goal(manager), report);
    expect(await mirror(report, manager)).toEqual({ theyShareWithMe: true, iShareWithThem: true });
    expect(await mirror(manager, report)).toEqual({ theyShareWithMe: true, iShareWithThem: true });
    await end(manager, managers.id);
    expect(await mirror(report, manager)).toEqual({ theyShareWithMe: false, iShareWithThem: true });
    expect(await mirror(manager, report)).toEqual({ theyShareWithMe: true, iShareWithThem: false });
    expect(await mirror(report, report)).toEqual(none);
    // A goal visible to the organization is not shared by name.
    const peer = await person();
    await world.goal(peer, { visibility: 'ORGANIZATION' });
    expect(await mirror(report, peer)).toEqual(none);
  });
});

describe('a share without the past', () => {
  const ADD = `mutation ($input: AddPersonalGoalUpdateInput!) {
    addPersonalGoalUpdate(input: $input) { personalGoalUpdate { id } } }`;
  const CHANGE = `mutation ($input: UpdatePersonalGoalUpdateInput!) {
    updatePersonalGoalUpdate(input: $input) { personalGoalUpdate { id } } }`;

  it('includes an update that was written after it became active, whatever its date', async () => {
    const [owner, reader] = [await person(), await person()];
    const goal = await world.goal(owner);
    await share(owner, goal, reader);
    await owner.get(ADD, {
      input: { goalId: goal.id, text: 'how it began', at: hours(-24 * 900).toISOString() },
    });
    expect(await parts(reader, goal)).toEqual(['how it began']);
  });

  it('neither gains nor loses an update when its owner rewords it or gives it another date', async () => {
    const [owner, reader] = [await person(), await person()];
    const goal = await world.goal(owner);
    const before = await world.goalUpdate(goal, { text: 'before', at: hours(-9) });
    await share(owner, goal, reader);
    const after = await world.goalUpdate(goal, { text: 'after' });
    const change = (id: string, changes: Record<string, unknown>) =>
      owner.get(CHANGE, { input: { id, ...changes } });
    await change(before.id, { at: new Date().toISOString() });
    expect(await parts(reader, goal)).toEqual(['after']);
    await change(before.id, { text: 'before, reworded' });
    expect(await parts(reader, goal)).toEqual(['after']);
    await change(after.id, { at: hours(-48).toISOString(), text: 'after, dated back' });
    expect(await parts(reader, goal)).toEqual(['after, dated back']);
    const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
    expect(await reader.get(NODE, { id: before.id })).toEqual({ node: null });
    expect(await reader.refusal(CHANGE, { input: { id: before.id, text: 'x' } })).toBe('NOT_FOUND');
    expect(await reader.refusal(CHANGE, { input: { id: after.id, text: 'x' } })).toBe('NOT_PERMITTED');
  });

  it('lets no cursor or ID of an update tell when it was written', async () => {
    const [owner, reader] = [await person(), await person()];
    const goal = await world.goal(owner, { visibility: 'ORGANIZATION' });
    const at = '2019-01-01T00:00:00.000Z';
    await owner.get(ADD, { input: { goalId: goal.id, text: 'dated back', at } });
    const { personalGoal } = await reader.get<{
      personalGoal: { updates: { edges: { cursor: string; node: { id: string; at: string } }[] } };
    }>('query ($id: ID!) { personalGoal(id: $id) { updates { edges { cursor node { id at } } } } }', {
      id: goal.id,
    });
    const [edge] = personalGoal.updates.edges;
    expect(edge?.node.at).toBe(at);
    expect(edge?.node.id[14]).toBe('4');
    const year = String(new Date().getUTCFullYear());
    expect(Buffer.from(edge?.cursor ?? '', 'base64url').toString()).not.toContain(year);
  });
});

describe('Viewer.shares', () => {
  const LIST = `query ($after: String) { viewer { shares(first: 2, after: $after) {
    nodes { id state createdAt goal { id } with { id } } pageInfo { hasNextPage endCursor } } } }`;
  interface List {
    viewer: {
      shares: {
        nodes: {
          id: string;
          state: string;
          createdAt: string | null;
          goal: { id: string };
          with: { id: string };
        }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
  }

  it('lists active and pending shares of all goals, newest first, in pages, without ended ones', async () => {
    const { report, manager, goal } = await pair();
    const [reader, former] = [await person(), await person()];
    const other = await world.goal(report);
    const made = [
      await share(report, goal, manager),
      await share(report, goal, reader),
      await share(report, other, reader),
    ];
    await end(report, (await share(report, other, former)).id);
    const { viewer: first } = await report.get<List>(LIST);
    const { viewer: second } = await report.get<List>(LIST, { after: first.shares.pageInfo.endCursor });
    const listed = [...first.shares.nodes, ...second.shares.nodes];
    expect(listed.map(({ id }) => id)).toEqual(made.map(({ id }) => id).toReversed());
    expect(listed.map(({ state }) => state)).toEqual(['ACTIVE', 'ACTIVE', 'PENDING']);
    expect(listed.every(({ createdAt }) => createdAt !== null)).toBe(true);
    expect(second.shares.pageInfo.hasNextPage).toBe(false);
    // Shares of other people with the viewer are not included.
    for (const person of [manager, reader])
      expect((await person.get<List>(LIST)).viewer.shares.nodes).toEqual([]);
  });
});

describe('PersonalGoalOwnerView.shares', () => {
  it('pages through all shares of the goal, newest first, ended ones too', async () => {
    const owner = await person();
    const goal = await world.goal(owner);
    const made: string[] = [];
    for (let index = 0; index < 5; index++) made.push((await share(owner, goal, await person())).id);
    await end(owner, made[1]!);
    const LIST = `query ($id: ID!, $after: String) { personalGoal(id: $id) { ownerView {
      shares(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } } }`;
    interface Page {
      nodes: { id: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    }
    const read = async (after: string | null): Promise<Page> =>
      (await owner.get<{ personalGoal: { ownerView: { shares: Page } } }>(LIST, { id: goal.id, after }))
        .personalGoal.ownerView.shares;
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const { nodes, pageInfo } = await read(after);
      found.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(found).toEqual(made.toReversed());
  });
});

describe('sharedWithMe', () => {
  it('lists goals shared with the viewer by name, newest share first, in pages', async () => {
    const reader = await person();
    const goals: TestGoal[] = [];
    for (const age of [1, 2, 3, 4]) {
      const goal = await world.goal(await person(), { title: `Shared ${String(age)} hours ago` });
      await world.share(goal, reader, { activeSince: hours(-age) });
      goals.push(goal);
    }
    await world.goal(await person(), { visibility: 'ORGANIZATION' });
    await world.goal(reader, { visibility: 'SHARED' });
    const LIST = `query ($after: String) { viewer { sharedWithMe(first: 3, after: $after) {
      nodes { id } pageInfo { hasNextPage endCursor } } } }`;
    const page = async (after: string | null) =>
      (
        await reader.get<{
          viewer: {
            sharedWithMe: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
          };
        }>(LIST, { after })
      ).viewer.sharedWithMe;
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(goals.map(({ id }) => id));
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });
});

describe('concurrent sharing', () => {
  it('activates both shares of a report and a manager who share with each other', async () => {
    for (let round = 0; round < rounds(15, 300); round++) {
      const { report, manager, goal } = await pair();
      const managers = await world.goal(manager);
      await Promise.all(
        round % 2 === 0
          ? [share(report, goal, manager), share(manager, managers, report)]
          : [share(report, goal, manager), setVisibility(manager, managers, 'ORGANIZATION')],
      );
      expect(await states(report, goal, manager)).toEqual(['ACTIVE']);
    }
  });

  it('creates one share for several identical requests', async () => {
    for (let round = 0; round < rounds(5, 100); round++) {
      const [owner, reader] = [await person(), await person()];
      const goal = await world.goal(owner);
      const made = await Promise.all([1, 2, 3].map(() => share(owner, goal, reader)));
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect(await states(owner, goal, reader)).toEqual(['ACTIVE']);
    }
  });

  it('never leaves a PRIVATE goal that another person can read', async () => {
    for (let round = 0; round < rounds(10, 200); round++) {
      const [owner, reader, another] = [await person(), await person(), await person()];
      const goal = await world.goal(owner);
      await share(owner, goal, another);
      await Promise.all([
        share(owner, goal, reader),
        owner.ask(SET_VISIBILITY, { id: goal.id, visibility: 'PRIVATE', version: 2 }),
      ]);
      const isPrivate = (await visibility(owner, goal)) === 'PRIVATE';
      expect(await reads(reader, goal)).toBe(!isPrivate);
    }
  });
});
