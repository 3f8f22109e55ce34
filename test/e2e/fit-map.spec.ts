import {
  World,
  type TestGoal,
  type TestOrganization,
  type TestPerson,
  type TestRow,
} from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';
import { statementsOf } from './statements.js';

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;
let cycle: TestRow;
let next: TestRow;
let boss: TestPerson; // owns the company's goals
let manager: Actor;
let peer: Actor;
let admin: Actor;
let stranger: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Actors(app, world);
  organization = await world.organization({ leadersShareFirst: false });
  cycle = await world.cycle(organization);
  next = await world.cycle(organization);
  boss = await world.person(organization);
  manager = await cast.join(organization, { name: 'Manager' });
  peer = await cast.join(organization, { name: 'Peer' });
  admin = await cast.join(organization, { name: 'Admin' });
  for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
    await world.role(admin, role);
  stranger = await cast.join(await world.organization());
});
afterAll(() => app.close());

const MAP = `query ($id: ID!, $cycleId: ID) {
  person(id: $id) {
    fitMap(cycleId: $cycleId) {
      person { id }
      placements { personalGoal { id } businessGoal { id } }
      beyondWork { id }
      unplaced { id }
      carried { id }
    }
  }
}`;

interface Shown {
  person: { id: string };
  placements: { personalGoal: { id: string }; businessGoal: { id: string } | null }[];
  beyondWork: { id: string }[] | null;
  unplaced: { id: string }[] | null;
  carried: { id: string }[] | null;
}

async function fitMap(viewer: Actor, person: TestPerson, cycleId?: string): Promise<Shown> {
  const { person: found } = await viewer.get<{ person: { fitMap: Shown } }>(MAP, { id: person.id, cycleId });
  return found.fitMap;
}

const ids = (rows: readonly { readonly id: string }[] | null | undefined): string[] | undefined =>
  rows?.map(({ id }) => id).sort();

/** A placement as a map shows it. */
const placed = (goal: TestGoal, work: TestRow | null): Shown['placements'][number] => ({
  personalGoal: { id: goal.id },
  businessGoal: work && { id: work.id },
});

describe('one’s own fit map', () => {
  it('shows its person placements, goals beyond work, and business goals that are part of nothing', async () => {
    const me = await cast.join(organization);
    const sailing = await world.goal(me, { title: 'Sail round the world' });
    const health = await world.goal(me, { title: 'Health', status: 'RESTING' });
    const piano = await world.goal(me, { title: 'Piano', visibility: 'ORGANIZATION' });
    await world.goal(me, { status: 'ACHIEVED' });
    await world.goal(me, { status: 'SET_ASIDE' });
    const owned = await world.businessGoal(me, cycle);
    const assigned = await world.businessGoal(boss, cycle);
    await world.assign(assigned, me);
    const loose = await world.businessGoal(me, cycle, { state: 'DRAFT' });
    const both = await world.businessGoal(me, next);
    await world.assign(both, me);
    for (const state of ['ACHIEVED', 'MISSED', 'CANCELLED']) await world.businessGoal(me, cycle, { state });
    await world.businessGoal(boss, cycle);
    await world.alignment(sailing, owned);
    await world.alignment(sailing, assigned);
    // What is only proposed is not placed.
    await world.alignment(piano, both, { proposedBy: peer });

    const map = await fitMap(me, me);
    expect(map.person.id).toBe(me.id);
    expect(map.placements).toEqual([placed(sailing, assigned), placed(sailing, owned)]);
    expect(ids(map.beyondWork)).toEqual(ids([health, piano]));
    expect(ids(map.carried)).toEqual(ids([owned, assigned, loose, both]));
    expect(ids(map.unplaced)).toEqual(ids([loose, both]));
  });

  it('limits the fit map to a cycle, and is empty for an unknown one', async () => {
    const me = await cast.join(organization);
    const [sailing, health] = [await world.goal(me), await world.goal(me)];
    const now = await world.businessGoal(me, cycle);
    const later = await world.businessGoal(me, next);
    const loose = await world.businessGoal(me, next);
    await world.alignment(sailing, now);
    await world.alignment(health, later);
    const ofNow = await fitMap(me, me, cycle.id);
    expect(ofNow.placements).toEqual([placed(sailing, now)]);
    expect([ids(ofNow.beyondWork), ids(ofNow.carried), ids(ofNow.unplaced)]).toEqual([
      [health.id],
      [now.id],
      [],
    ]);
    const ofNext = await fitMap(me, me, next.id);
    expect(ofNext.placements).toEqual([placed(health, later)]);
    expect([ids(ofNext.beyondWork), ids(ofNext.carried), ids(ofNext.unplaced)]).toEqual([
      [sailing.id],
      ids([later, loose]),
      [loose.id],
    ]);
    const elsewhere = await world.cycle({ id: stranger.organizationId, name: '' });
    for (const cycleId of [elsewhere.id, '00000000-0000-4000-8000-000000000000', 'no id']) {
      expect(await fitMap(me, me, cycleId)).toEqual({
        person: { id: me.id },
        placements: [],
        beyondWork: [],
        unplaced: [],
        carried: [],
      });
      expect(await fitMap(peer, me, cycleId)).toMatchObject({ placements: [], carried: null });
    }
  });
});

describe('the fit map of another person', () => {
  /** A person with a goal shared with the peer and a business goal in it; with `more`, much that is hidden. */
  async function somebody(
    more: boolean,
  ): Promise<{ person: Actor; goal: TestGoal; work: TestRow; hidden: string[] }> {
    const person = await cast.join(organization, { name: 'Somebody' });
    await world.line(person, manager);
    const goal = await world.goal(person, { title: 'Shared' });
    await world.share(goal, peer, { waits: false });
    const work = await world.businessGoal(boss, cycle);
    await world.alignment(goal, work);
    const hidden: string[] = [];
    if (more) {
      const [secret, ended, pending, empty] = [
        await world.goal(person, { title: 'Private' }),
        await world.goal(person, { title: 'Ended' }),
        await world.goal(person, { title: 'Shared with another' }),
        await world.goal(person, { title: 'Beyond work' }),
      ];
      const { id } = await world.share(ended, peer, { waits: false });
      await app.database.query('update goal_share set ended_at = now() where id = $1', [id]);
      await world.share(pending, manager, { waits: false });
      for (const one of [secret, ended, pending]) {
        hidden.push(one.id, (await world.alignment(one, work)).id);
      }
      hidden.push(empty.id);
      await world.alignment(goal, await world.businessGoal(boss, cycle), { proposedBy: manager });
    }
    return { person, goal, work, hidden };
  }

  it('shows others placements in goals that they see, and nothing from which the rest can be inferred', async () => {
    const open = await somebody(false);
    const hiding = await somebody(true);
    const like = (map: Shown, { person, goal, work }: Awaited<ReturnType<typeof somebody>>): string =>
      JSON.stringify(map)
        .replaceAll(person.id, 'person')
        .replaceAll(goal.id, 'goal')
        .replaceAll(work.id, 'work');
    for (const cycleId of [undefined, cycle.id, next.id]) {
      const shown = await fitMap(peer, hiding.person, cycleId);
      expect(like(shown, hiding)).toBe(like(await fitMap(peer, open.person, cycleId), open));
      expect(shown).toEqual({
        person: { id: hiding.person.id },
        placements: cycleId === next.id ? [] : [placed(hiding.goal, hiding.work)],
        beyondWork: null,
        unplaced: null,
        carried: null,
      });
      for (const id of hiding.hidden) expect(JSON.stringify(shown)).not.toContain(id);
    }
    // The control: all of it is there for its person.
    expect((await fitMap(hiding.person, hiding.person)).placements).toHaveLength(4);
    expect((await fitMap(hiding.person, hiding.person)).beyondWork).toHaveLength(1);
  });

  it('shows a manager what is shared with them, an administrator what everybody sees, and others nothing', async () => {
    const { person, work } = await somebody(true);
    const published = await world.goal(person, { visibility: 'ORGANIZATION' });
    await world.alignment(published, work);
    const titles = async (viewer: Actor): Promise<number> => (await fitMap(viewer, person)).placements.length;
    expect(await titles(manager)).toBe(2);
    expect(await titles(peer)).toBe(2);
    expect(await titles(admin)).toBe(1);
    expect(await titles(person)).toBe(5);
    for (const viewer of [manager, peer, admin]) {
      expect(await fitMap(viewer, person)).toMatchObject({ beyondWork: null, unplaced: null, carried: null });
    }
    expect(await stranger.get(MAP, { id: person.id })).toEqual({ person: null });
    const reading = cast.asToken(await world.apiToken(organization, ['DIRECTORY_READ'], admin));
    const { person: found } = await reading.get<{ person: { fitMap: Shown } }>(MAP, { id: person.id });
    expect(found.fitMap).toEqual({
      person: { id: person.id },
      placements: [],
      beyondWork: null,
      unplaced: null,
      carried: null,
    });
    const writing = cast.asToken(await world.apiToken(organization, ['DIRECTORY_WRITE'], admin));
    expect(await writing.refusal(MAP, { id: person.id })).toBe('NOT_PERMITTED');
  });

  it('does not reveal the cycle of a hidden draft', async () => {
    const { person, goal, work } = await somebody(false);
    const draft = await world.businessGoal(person, cycle, { state: 'DRAFT' });
    await world.alignment(goal, draft);
    const seen = (await fitMap(peer, person)).placements;
    expect(seen).toHaveLength(2);
    expect(seen).toEqual(expect.arrayContaining([placed(goal, null), placed(goal, work)]));
    expect((await fitMap(peer, person, cycle.id)).placements).toEqual([placed(goal, work)]);
    expect((await fitMap(peer, person, next.id)).placements).toEqual([]);
    expect((await fitMap(person, person, cycle.id)).placements).toEqual([
      placed(goal, draft),
      placed(goal, work),
    ]);
  });

  it('sends the same statements whatever is hidden, and no more for many people', async () => {
    const open = await somebody(false);
    const hiding = await somebody(true);
    await fitMap(peer, open.person);
    await fitMap(peer, hiding.person);
    const ofOpen = await statementsOf(() => fitMap(peer, open.person));
    const ofHiding = await statementsOf(() => fitMap(peer, hiding.person));
    expect(ofHiding).toEqual(ofOpen);
    expect(ofOpen.length).toBeGreaterThan(0);

    const EVERYBODY = `{ people(first: 100) { nodes { id fitMap { placements { id } beyondWork { id } carried { id } } } } }`;
    await peer.get(EVERYBODY);
    let answer: { people: { nodes: { id: string; fitMap: Shown }[] } } = { people: { nodes: [] } };
    const ofAll = await statementsOf(async () => {
      answer = await peer.get(EVERYBODY);
    });
    // The people, their placements, what is one's own, and the rows of that; nobody's access to be logged is new.
    expect(ofAll.length).toBeLessThanOrEqual(6);
    const maps = new Map(answer.people.nodes.map(({ id, fitMap: map }) => [id, map]));
    expect(maps.get(hiding.person.id)).toEqual({
      placements: [expect.anything()],
      beyondWork: null,
      carried: null,
    });
    expect(maps.get(peer.id)).toEqual({ placements: [], beyondWork: [], carried: [] });
  });

  it('offers no number: the type has an ID, a person and lists of goals only', async () => {
    const { __type: type } = await peer.get<{ __type: { fields: { name: string; type: object }[] } }>(
      '{ __type(name: "FitMap") { fields { name type { kind name ofType { kind name ofType { name ofType { name } } } } } } }',
    );
    expect(type.fields.map(({ name }) => name).sort()).toEqual([
      'beyondWork',
      'carried',
      'id',
      'person',
      'placements',
      'unplaced',
    ]);
    expect(JSON.stringify(type.fields)).not.toMatch(/Int|Float|Connection/);
  });
});
