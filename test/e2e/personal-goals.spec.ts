import { day, World, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';
import { statementsOf } from './statements.js';

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;
let ada: Actor;
let colleague: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization({ timeZone: 'Europe/Berlin' });
  ada = await actors.join(organization, { name: 'Ada' });
  colleague = await actors.join(organization, { name: 'Colleague' });
});
afterAll(() => app.close());

const GOAL = `fragment goal on PersonalGoal {
  id title why horizon targetOn status visibility basis openToProposals viewerCanPropose
  measure { unit start current target } owner { name }
  milestones { id title reachedOn } updates { nodes { id text measuredValue at author { name } } }
  ownerView {
    area version createdAt updatedAt history { nodes { version title why at } }
    shares { nodes { id } } audience { person { name } basis waits since lastDay } accessLog { nodes { kind } }
  }
}`;
const CREATE = `mutation ($input: CreatePersonalGoalInput!) {
  createPersonalGoal(input: $input) { personalGoal { ...goal } } } ${GOAL}`;
const UPDATE = `mutation ($input: UpdatePersonalGoalInput!) { updatePersonalGoal(input: $input) {
  __typename
  ... on PersonalGoalPayload { personalGoal { ...goal } }
  ... on EditConflict { current { ... on PersonalGoal { ...goal } } }
} } ${GOAL}`;
const DELETE = `mutation ($id: ID!) { deletePersonalGoal(input: { id: $id }) { deletedId } }`;
const SET_MILESTONES = `mutation ($input: SetMilestonesInput!) { setMilestones(input: $input) {
  __typename
  ... on PersonalGoalPayload { personalGoal { ...goal } }
  ... on EditConflict { current { ... on PersonalGoal { ...goal } } }
} } ${GOAL}`;
const REACH = `mutation ($input: ReachMilestoneInput!) { reachMilestone(input: $input) { personalGoal { ...goal } } } ${GOAL}`;
const ADD_UPDATE = `mutation ($input: AddPersonalGoalUpdateInput!) { addPersonalGoalUpdate(input: $input) {
  personalGoalUpdate { id text measuredValue at author { name } } personalGoal { ...goal } } } ${GOAL}`;
const UPDATE_UPDATE = `mutation ($input: UpdatePersonalGoalUpdateInput!) { updatePersonalGoalUpdate(input: $input) {
  personalGoalUpdate { id text measuredValue at author { name } } personalGoal { ...goal } } } ${GOAL}`;
const DELETE_UPDATE = `mutation ($id: ID!) { deletePersonalGoalUpdate(input: { id: $id }) { deletedId } }`;
const READ = `query ($id: ID!) { personalGoal(id: $id) { ...goal } } ${GOAL}`;

interface Goal {
  id: string;
  title: string;
  milestones: { id: string; title: string; reachedOn: string | null }[];
  updates: { nodes: { id: string; text: string }[] };
  ownerView: {
    area: string | null;
    version: number;
    updatedAt: string;
    history: { nodes: { version: number; title: string }[] };
  } | null;
  [field: string]: unknown;
}

async function create(input: Record<string, unknown>, by = ada): Promise<Goal> {
  const data = await by.get<{ createPersonalGoal: { personalGoal: Goal } }>(CREATE, { input });
  return data.createPersonalGoal.personalGoal;
}

async function update(input: Record<string, unknown>, by = ada): Promise<Goal> {
  const data = await by.get<{ updatePersonalGoal: { __typename: string; personalGoal: Goal } }>(UPDATE, {
    input,
  });
  expect(data.updatePersonalGoal.__typename).toBe('PersonalGoalPayload');
  return data.updatePersonalGoal.personalGoal;
}

async function read(id: string, by = ada): Promise<Goal | null> {
  return (await by.get<{ personalGoal: Goal | null }>(READ, { id })).personalGoal;
}

async function setMilestones(goal: Goal, milestones: unknown[]): Promise<Goal> {
  const input = { id: goal.id, version: goal.ownerView?.version, milestones };
  const data = await ada.get<{ setMilestones: { __typename: string; personalGoal: Goal } }>(SET_MILESTONES, {
    input,
  });
  expect(data.setMilestones.__typename).toBe('PersonalGoalPayload');
  return data.setMilestones.personalGoal;
}

async function reach(input: Record<string, unknown>): Promise<Goal> {
  const data = await ada.get<{ reachMilestone: { personalGoal: Goal } }>(REACH, { input });
  return data.reachMilestone.personalGoal;
}

interface Written {
  personalGoalUpdate: { id: string; text: string; measuredValue: number | null; at: string };
  personalGoal: Goal;
}

async function addUpdate(goal: Goal, input: Record<string, unknown>): Promise<Written> {
  const data = await ada.get<{ addPersonalGoalUpdate: Written }>(ADD_UPDATE, {
    input: { goalId: goal.id, ...input },
  });
  return data.addPersonalGoalUpdate;
}

async function updateUpdate(input: Record<string, unknown>): Promise<Written> {
  const data = await ada.get<{ updatePersonalGoalUpdate: Written }>(UPDATE_UPDATE, { input });
  return data.updatePersonalGoalUpdate;
}

describe('createPersonalGoal', () => {
  it('creates a PRIVATE goal from a title', async () => {
    const goal = await create({ title: 'See the northern lights' });
    expect(goal).toMatchObject({
      title: 'See the northern lights',
      why: null,
      horizon: null,
      targetOn: null,
      status: 'ACTIVE',
      visibility: 'PRIVATE',
      basis: 'OWNER',
      openToProposals: false,
      viewerCanPropose: false,
      measure: null,
      owner: { name: 'Ada' },
      milestones: [],
      updates: { nodes: [] },
      ownerView: {
        area: null,
        version: 1,
        history: { nodes: [{ version: 1, title: 'See the northern lights', why: null }] },
        shares: { nodes: [] },
        audience: [{ person: { name: 'Ada' }, basis: 'OWNER', waits: false, lastDay: null }],
        accessLog: { nodes: [] },
      },
    });
    expect(await read(goal.id)).toEqual(goal);
  });

  it('stores every field', async () => {
    const input = {
      title: 'Run a marathon',
      why: 'My father did.\n\n*And I promised it.*',
      horizon: 'LIFE',
      targetOn: '2031-04-20',
      status: 'RESTING',
      visibility: 'ORGANIZATION',
      openToProposals: true,
    };
    const goal = await create({
      ...input,
      area: 'Gesundheit',
      measure: { unit: 'km', start: 5, target: 42.195 },
    });
    expect(goal).toMatchObject({
      ...input,
      measure: { unit: 'km', start: 5, current: 5, target: 42.195 },
      ownerView: { area: 'Gesundheit' },
    });
    expect(await read(goal.id)).toEqual(goal);
  });

  it.each([
    ['a blank title', { title: '  ' }, 'input.title'],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, 'input.title'],
    ['a title of two lines', { title: 'two\nlines' }, 'input.title'],
    ['what Postgres cannot keep', { title: 'nul \0' }, 'input.title'],
    ['an area of 101 characters', { title: 'ok', area: 'x'.repeat(101) }, 'input.area'],
    ['20,001 characters', { title: 'ok', why: 'x'.repeat(20_001) }, 'input.why'],
    ['a day that no calendar has', { title: 'ok', targetOn: '2031-02-30' }, 'input.targetOn'],
    ['a blank unit', { title: 'ok', measure: { unit: ' ', start: 0, target: 1 } }, 'input.measure.unit'],
  ])('refuses %s, naming the field', async (_, input, path) => {
    const { errors } = await ada.ask(CREATE, { input });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
  });

  it('refuses an API token', async () => {
    const token = actors.asToken(await world.apiToken(organization, ['DIRECTORY_WRITE']));
    expect(await token.refusal(CREATE, { input: { title: 'A machine’s' } })).toBe('NOT_PERMITTED');
  });
});

describe('updatePersonalGoal', () => {
  it('leaves omitted fields, clears null fields, and increments the version', async () => {
    const goal = await create({
      title: 'Learn Portuguese',
      why: 'For Inês',
      area: 'Family',
      horizon: 'FEW_YEARS',
      targetOn: '2029-01-01',
      measure: { unit: 'lessons', start: 0, current: 3, target: 50 },
      openToProposals: true,
    });
    const first = await update({ id: goal.id, version: 1, area: null, status: 'RESTING' });
    expect(first).toEqual({
      ...goal,
      status: 'RESTING',
      ownerView: { ...goal.ownerView, area: null, version: 2, updatedAt: first.ownerView?.updatedAt },
    });
    expect(first.ownerView?.updatedAt).not.toBe(goal.ownerView?.updatedAt);

    const second = await update({
      id: goal.id,
      version: 2,
      why: null,
      horizon: null,
      targetOn: null,
      measure: null,
    });
    expect(second).toMatchObject({
      title: 'Learn Portuguese',
      why: null,
      horizon: null,
      targetOn: null,
      measure: null,
    });
    expect(second).toMatchObject({ status: 'RESTING', openToProposals: true, ownerView: { version: 3 } });
  });

  it('keeps earlier wordings in the history of the owner', async () => {
    const goal = await create({ title: 'One', why: 'First' });
    await update({ id: goal.id, version: 1, title: 'Two' });
    await update({ id: goal.id, version: 2, area: 'Home' });
    const last = await update({ id: goal.id, version: 3, why: 'Second' });
    expect(last.ownerView?.history.nodes).toMatchObject([
      { version: 4, title: 'Two', why: 'Second' },
      { version: 2, title: 'Two', why: 'First' },
      { version: 1, title: 'One', why: 'First' },
    ]);
  });

  it('returns EditConflict with the current goal for an outdated version', async () => {
    const goal = await create({ title: 'Mine', visibility: 'PRIVATE' });
    const present = await update({ id: goal.id, version: 1, title: 'Mine, edited on the phone' });
    const { updatePersonalGoal } = await ada.get<{ updatePersonalGoal: unknown }>(UPDATE, {
      input: { id: goal.id, version: 1, title: 'Mine, edited on the desk' },
    });
    expect(updatePersonalGoal).toEqual({ __typename: 'EditConflict', current: present });
    expect(await read(goal.id)).toEqual(present);
  });

  it('accepts one of several concurrent edits', async () => {
    const goal = await create({ title: 'Contended' });
    const results = await Promise.all(
      ['left', 'right', 'middle'].map((title) =>
        ada.get<{ updatePersonalGoal: { __typename: string } }>(UPDATE, {
          input: { id: goal.id, version: 1, title },
        }),
      ),
    );
    const names = results.map(({ updatePersonalGoal }) => updatePersonalGoal.__typename).sort();
    expect(names).toEqual(['EditConflict', 'EditConflict', 'PersonalGoalPayload']);
    expect((await read(goal.id))?.ownerView?.version).toBe(2);
  });

  it.each(['title', 'status', 'visibility', 'openToProposals'])('refuses null for %s', async (field) => {
    const goal = await create({ title: 'Whole' });
    const { errors } = await ada.ask(UPDATE, { input: { id: goal.id, version: 1, [field]: null } });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        { path: `input.${field}`, message: expect.stringMatching(/ cannot be cleared\.$/) as unknown },
      ],
    });
  });

  it('keeps the current value of a measure that is replaced without one', async () => {
    const goal = await create({
      title: 'Read',
      measure: { unit: 'books', start: 0, current: 7, target: 20 },
    });
    const changed = await update({
      id: goal.id,
      version: 1,
      measure: { unit: 'books', start: 0, target: 30 },
    });
    expect(changed.measure).toEqual({ unit: 'books', start: 0, current: 7, target: 30 });
  });
});

describe('setMilestones', () => {
  it('keeps the IDs of listed milestones, orders them, and deletes the others', async () => {
    const goal = await create({ title: 'Build a boat' });
    const first = await setMilestones(goal, [{ title: 'Keel' }, { title: 'Hull' }, { title: 'Sail' }]);
    const [keel, hull, sail] = first.milestones;
    expect(first.milestones.map(({ title }) => title)).toEqual(['Keel', 'Hull', 'Sail']);
    expect(first.ownerView?.version).toBe(2);

    const second = await setMilestones(first, [
      { id: sail?.id, title: 'Sails', reachedOn: '2026-01-05' },
      { title: 'Launch' },
      { id: keel?.id, title: 'Keel' },
    ]);
    expect(second.milestones).toEqual([
      { id: sail?.id, title: 'Sails', reachedOn: '2026-01-05' },
      { id: expect.not.stringMatching(String(hull?.id)) as string, title: 'Launch', reachedOn: null },
      { id: keel?.id, title: 'Keel', reachedOn: null },
    ]);

    const third = await setMilestones(second, [{ id: sail?.id, title: 'Sails' }]);
    expect(third.milestones).toEqual([{ id: sail?.id, title: 'Sails', reachedOn: '2026-01-05' }]);
    const fourth = await setMilestones(third, [{ id: sail?.id, title: 'Sails', reachedOn: null }]);
    expect(fourth.milestones).toEqual([{ id: sail?.id, title: 'Sails', reachedOn: null }]);
    expect((await setMilestones(fourth, [])).milestones).toEqual([]);
  });

  it('refuses another goal’s milestone, a milestone twice, and a day in the future', async () => {
    const [goal, other] = [await create({ title: 'Here' }), await create({ title: 'There' })];
    const { milestones } = await setMilestones(other, [{ title: 'Of the other' }]);
    const refuse = async (list: unknown[], version = goal.ownerView?.version) => {
      const { errors } = await ada.ask(SET_MILESTONES, {
        input: { id: goal.id, version, milestones: list },
      });
      return errors[0]?.extensions;
    };
    expect(await refuse([{ id: milestones[0]?.id, title: 'Mine now' }])).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.milestones.0.id' }],
    });
    expect(await refuse([{ title: 'ok' }, { title: '' }])).toMatchObject({
      fields: [{ path: 'input.milestones.1.title' }],
    });
    expect(await refuse([{ title: 'Soon', reachedOn: day(3) }])).toMatchObject({
      fields: [{ path: 'input.milestones.0.reachedOn' }],
    });
    const own = await setMilestones(goal, [{ title: 'Own' }]);
    const id = own.milestones[0]?.id;
    expect(
      await refuse(
        [
          { id, title: 'a' },
          { id, title: 'b' },
        ],
        own.ownerView?.version,
      ),
    ).toMatchObject({
      fields: [{ path: 'input.milestones.1.id', message: 'ID of milestone 2 must not be listed twice.' }],
    });
    expect((await read(other.id))?.milestones).toEqual(milestones);
  });

  it('reports every fault of a list of milestones at once', async () => {
    const goal = await create({ title: 'Here' });
    const { errors } = await ada.ask(SET_MILESTONES, {
      input: {
        id: goal.id,
        version: goal.ownerView?.version,
        milestones: [
          { title: 'Soon', reachedOn: day(3) },
          { id: goal.id, title: 'Of nothing' },
          { title: 'Later', reachedOn: day(4) },
        ],
      },
    });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        { path: 'input.milestones.0.reachedOn', code: 'OUT_OF_RANGE' },
        { path: 'input.milestones.1.id', code: 'INVALID' },
        {
          path: 'input.milestones.2.reachedOn',
          message: 'Date reached of milestone 3 must not be in the future.',
        },
      ],
    });
  });
});

describe('setMilestones with an outdated version', () => {
  it('returns the current goal and changes nothing', async () => {
    const goal = await create({ title: 'Edited twice' });
    const current = await setMilestones(goal, [{ title: 'First' }]);
    const { setMilestones: result } = await ada.get<{ setMilestones: unknown }>(SET_MILESTONES, {
      input: { id: goal.id, version: 1, milestones: [{ title: 'Second' }] },
    });
    expect(result).toEqual({ __typename: 'EditConflict', current });
    expect(await read(goal.id)).toEqual(current);
  });
});

describe('reachMilestone', () => {
  const steps = async () => {
    const goal = await setMilestones(await create({ title: 'Learn to sail' }), [
      { title: 'Theory' },
      { title: 'Practice' },
    ]);
    return { goal, theory: goal.milestones[0]!, practice: goal.milestones[1]! };
  };
  const today = day(0, 'Europe/Berlin');

  it('marks one milestone as reached today and leaves the others', async () => {
    const { theory, practice } = await steps();
    const goal = await reach({ id: theory.id });
    expect(goal.milestones).toEqual([{ ...theory, reachedOn: today }, practice]);
    expect(goal.ownerView?.version).toBe(3);
    expect(await read(goal.id)).toEqual(goal);
  });

  it('takes an earlier day, corrects it, and takes it back', async () => {
    const { theory } = await steps();
    expect((await reach({ id: theory.id, reachedOn: day(-30) })).milestones[0]?.reachedOn).toBe(day(-30));
    expect((await reach({ id: theory.id, reachedOn: day(-29) })).milestones[0]?.reachedOn).toBe(day(-29));
    const back = await reach({ id: theory.id, reachedOn: null });
    expect(back.milestones[0]).toEqual(theory);
    expect(back.ownerView?.version).toBe(5);
  });

  it('changes nothing when it is repeated', async () => {
    const { theory, practice } = await steps();
    const first = await reach({ id: theory.id, reachedOn: day(-3) });
    expect(await reach({ id: theory.id, reachedOn: day(-3) })).toEqual(first);
    expect(await reach({ id: theory.id })).toEqual(first);
    expect(await reach({ id: practice.id, reachedOn: null })).toEqual(first);
  });

  it('refuses a day in the future, naming the field', async () => {
    const { theory } = await steps();
    const { errors } = await ada.ask(REACH, { input: { id: theory.id, reachedOn: day(3) } });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.reachedOn' }],
    });
  });

  it('makes an edit of an earlier version outdated', async () => {
    const { goal, theory } = await steps();
    await reach({ id: theory.id });
    const { setMilestones: result } = await ada.get<{ setMilestones: { __typename: string } }>(
      SET_MILESTONES,
      {
        input: { id: goal.id, version: goal.ownerView?.version, milestones: [] },
      },
    );
    expect(result.__typename).toBe('EditConflict');
  });

  it('shows a milestone from before a share to the reader from then on, until it is taken back', async () => {
    const { goal, theory, practice } = await steps();
    await world.share({ ...goal, ownerId: ada.id, organizationId: organization.id }, colleague);
    const seen = async () => (await read(goal.id, colleague))?.milestones.map(({ title }) => title);
    expect(await seen()).toEqual([]);
    await reach({ id: practice.id, reachedOn: day(-200) });
    expect(await seen()).toEqual([practice.title]);
    // Correcting the day does not change who sees it.
    await reach({ id: practice.id, reachedOn: day(-2) });
    expect(await seen()).toEqual([practice.title]);
    await reach({ id: practice.id, reachedOn: null });
    expect(await seen()).toEqual([]);
    expect(await colleague.refusal(REACH, { input: { id: theory.id } })).toBe('NOT_FOUND');
  });
});

describe('personal goal updates', () => {
  it('form the history of the goal and move its measure', async () => {
    const goal = await create({ title: 'Save', measure: { unit: 'EUR', start: 0, target: 1000 } });
    const first = await addUpdate(goal, { text: 'Opened the account' });
    expect(first).toMatchObject({
      personalGoalUpdate: { text: 'Opened the account', measuredValue: null, author: { name: 'Ada' } },
      personalGoal: { measure: { current: 0 }, ownerView: { version: 1 } },
    });
    const second = await addUpdate(goal, { text: 'First month', measuredValue: 120.5 });
    expect(second.personalGoal).toMatchObject({ measure: { current: 120.5 }, ownerView: { version: 2 } });
    expect(await read(goal.id)).toEqual(second.personalGoal);
    expect(second.personalGoal.updates.nodes).toMatchObject([
      { text: 'First month', measuredValue: 120.5 },
      { text: 'Opened the account' },
    ]);

    expect(await ada.get(DELETE_UPDATE, { id: first.personalGoalUpdate.id })).toEqual({
      deletePersonalGoalUpdate: { deletedId: first.personalGoalUpdate.id },
    });
    expect((await read(goal.id))?.updates.nodes).toMatchObject([{ text: 'First month' }]);
    expect(await ada.refusal(DELETE_UPDATE, { id: first.personalGoalUpdate.id })).toBe('NOT_FOUND');
  });

  it('keep a measured value in a goal without a measure, and need a text', async () => {
    const goal = await create({ title: 'Unmeasured' });
    expect(await addUpdate(goal, { text: '12 of something', measuredValue: 12 })).toMatchObject({
      personalGoalUpdate: { measuredValue: 12 },
      personalGoal: { measure: null },
    });
    const { errors } = await ada.ask(ADD_UPDATE, { input: { goalId: goal.id, text: ' \n ' } });
    expect(errors[0]?.extensions).toMatchObject({ fields: [{ path: 'input.text' }] });
  });

  it('can be dated back, and are listed by their date', async () => {
    const goal = await create({ title: 'Remember' });
    await addUpdate(goal, { text: 'Now' });
    const at = '2019-04-20T10:00:00.000Z';
    const { personalGoalUpdate, personalGoal } = await addUpdate(goal, { text: 'In 2019', at });
    expect(personalGoalUpdate.at).toBe(at);
    await addUpdate(goal, { text: 'In 2021', at: '2021-01-01T00:00:00Z' });
    expect(personalGoal.ownerView?.version).toBe(1);
    expect((await read(goal.id))?.updates.nodes.map(({ text }) => text)).toEqual([
      'Now',
      'In 2021',
      'In 2019',
    ]);
  });

  it('can be changed by their owner, field by field', async () => {
    const goal = await create({ title: 'Reword' });
    const { personalGoalUpdate: made } = await addUpdate(goal, { text: 'Frist', measuredValue: 3 });
    const { id } = made;
    expect((await updateUpdate({ id, text: 'First' })).personalGoalUpdate).toEqual({
      ...made,
      text: 'First',
    });
    const at = '2020-02-29T12:00:00.000Z';
    expect((await updateUpdate({ id, at })).personalGoalUpdate).toEqual({ ...made, text: 'First', at });
    const cleared = await updateUpdate({ id, measuredValue: null });
    expect(cleared.personalGoalUpdate).toEqual({ ...made, text: 'First', at, measuredValue: null });
    expect(await updateUpdate({ id })).toEqual(cleared);
    expect((await read(goal.id))?.updates.nodes).toEqual([cleared.personalGoalUpdate]);
  });

  it.each([
    ['a time in the future', { at: new Date(Date.now() + 60_000).toISOString() }, 'at'],
    ['a time before 1900', { at: '1899-12-31T23:59:59Z' }, 'at'],
    ['no time', { at: null }, 'at'],
    ['a blank text', { text: ' ' }, 'text'],
    ['no text', { text: null }, 'text'],
  ])('refuse %s, naming the field', async (_, fields, path) => {
    const goal = await create({ title: 'Dated' });
    const { personalGoalUpdate } = await addUpdate(goal, { text: 'As it was' });
    const { errors } = await ada.ask(UPDATE_UPDATE, { input: { id: personalGoalUpdate.id, ...fields } });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: `input.${path}` }],
    });
    const adding = await ada.ask(ADD_UPDATE, { input: { goalId: goal.id, text: 'New', ...fields } });
    expect(adding.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await read(goal.id))?.updates.nodes).toMatchObject([{ text: 'As it was' }]);
  });

  it('set the current value of the measure only if none with a value has a later date', async () => {
    const goal = await create({ title: 'Weigh', measure: { unit: 'kg', start: 90, target: 80 } });
    const june = await addUpdate(goal, { text: 'June', measuredValue: 86, at: '2026-06-01T00:00:00Z' });
    expect(june.personalGoal).toMatchObject({ measure: { current: 86 }, ownerView: { version: 2 } });
    const may = await addUpdate(goal, { text: 'May', measuredValue: 88, at: '2026-05-01T00:00:00Z' });
    expect(may.personalGoal).toMatchObject({ measure: { current: 86 }, ownerView: { version: 2 } });
    await addUpdate(goal, { text: 'No value', at: '2026-07-01T00:00:00Z' });
    const corrected = await updateUpdate({ id: june.personalGoalUpdate.id, measuredValue: 85.5 });
    expect(corrected.personalGoal).toMatchObject({ measure: { current: 85.5 }, ownerView: { version: 3 } });
    const moved = await updateUpdate({ id: may.personalGoalUpdate.id, at: '2026-06-15T00:00:00Z' });
    expect(moved.personalGoal).toMatchObject({ measure: { current: 88 }, ownerView: { version: 4 } });
    // Rewording an update leaves a measure that the owner has set since.
    await update({ id: goal.id, version: 4, measure: { unit: 'kg', start: 90, current: 87, target: 80 } });
    const reworded = await updateUpdate({ id: may.personalGoalUpdate.id, text: 'Mid June' });
    expect(reworded.personalGoal).toMatchObject({ measure: { current: 87 }, ownerView: { version: 5 } });
  });

  it('are listed in pages, latest date first', async () => {
    const goal = await world.goal(ada);
    for (const text of ['1', '2', '3', '4', '5']) await world.goalUpdate(goal, { text });
    const page = `query ($id: ID!, $after: String) { personalGoal(id: $id) {
      updates(first: 2, after: $after) { nodes { text } pageInfo { hasNextPage endCursor } } } }`;
    const texts: string[] = [];
    let after: string | null = null;
    do {
      const found: {
        personalGoal: {
          updates: { nodes: { text: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
        };
      } = await ada.get(page, { id: goal.id, after });
      const { nodes, pageInfo } = found.personalGoal.updates;
      texts.push(...nodes.map(({ text }) => text));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(texts).toEqual(['5', '4', '3', '2', '1']);
  });
});

describe('deletePersonalGoal', () => {
  it('deletes the goal with all of its parts', async () => {
    const goal = await create({ title: 'Gone soon', area: 'Secret' });
    await setMilestones(goal, [{ title: 'A step' }]);
    await addUpdate(goal, { text: 'words' });
    const reader = await actors.join(organization);
    await world.share({ ...goal, ownerId: ada.id, organizationId: organization.id }, reader);
    expect(await ada.get(DELETE, { id: goal.id })).toEqual({ deletePersonalGoal: { deletedId: goal.id } });
    expect(await read(goal.id)).toBeNull();
    for (const table of [
      'personal_goal_own',
      'personal_goal_version',
      'milestone',
      'goal_update',
      'goal_share',
    ]) {
      const { rows } = await app.database.query(`select 1 from ${table} where goal_id = $1`, [goal.id]);
      expect([table, rows]).toEqual([table, []]);
    }
    expect(await ada.refusal(DELETE, { id: goal.id })).toBe('NOT_FOUND');
  });
});

describe('Person.personalGoals', () => {
  const LIST = `query ($id: ID!, $first: Int, $after: String, $status: [PersonalGoalStatus!]) { person: node(id: $id) { ... on Person {
    personalGoals(first: $first, after: $after, status: $status) {
      nodes { title basis viewerCanPropose ownerView { area version createdAt } } pageInfo { hasNextPage endCursor } } } } }`;
  interface List {
    person: {
      personalGoals: {
        nodes: { title: string; [field: string]: unknown }[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
    };
  }

  it('lists the viewer’s own goals newest first, by status, in pages', async () => {
    const owner = await actors.join(organization);
    for (const [index, status] of ['ACTIVE', 'ACHIEVED', 'ACTIVE', 'SET_ASIDE'].entries()) {
      const createdAt = new Date(Date.UTC(2026, index, 1));
      await world.goal(owner, { title: `Goal of month ${String(index)}`, status, createdAt, area: 'Own' });
    }
    const titles = async (variables: Record<string, unknown>) => {
      const { person } = await owner.get<List>(LIST, { id: owner.id, ...variables });
      return person.personalGoals.nodes.map(({ title }) => title.at(-1));
    };
    expect(await titles({})).toEqual(['3', '2', '1', '0']);
    expect(await titles({ status: ['ACTIVE', 'ACHIEVED'] })).toEqual(['2', '1', '0']);
    expect(await titles({ status: [] })).toEqual([]);
    const { person } = await owner.get<List>(LIST, { id: owner.id, first: 2 });
    expect(person.personalGoals.pageInfo.hasNextPage).toBe(true);
    expect(await titles({ first: 2, after: person.personalGoals.pageInfo.endCursor })).toEqual(['1', '0']);
  });

  it.each([undefined, ['ACTIVE']])(
    'pages without gaps or duplicates, for the owner and for others (status: %s)',
    async (status) => {
      const [owner, reader] = [await actors.join(organization), await actors.join(organization)];
      const made = [];
      for (let index = 0; index < 23; index++) {
        // Five goals share a creation time, so that their IDs decide the order.
        const createdAt = new Date(Date.UTC(2026, Math.floor(index / 5), 1));
        const values = {
          status: index % 3 === 0 ? 'RESTING' : 'ACTIVE',
          visibility: index % 4 === 0 ? ('PRIVATE' as const) : ('ORGANIZATION' as const),
        };
        const { id } = await world.goal(owner, { title: String(index), createdAt, ...values });
        made.push({ id, title: String(index), createdAt: createdAt.getTime(), ...values });
      }
      const wanted = made.filter((goal) => status === undefined || status.includes(goal.status));
      const read = async (by: Actor) => {
        const titles: string[] = [];
        for (let after: string | null = null; ;) {
          const { person }: List = await by.get<List>(LIST, { id: owner.id, first: 4, after, status });
          titles.push(...person.personalGoals.nodes.map(({ title }) => title));
          if (!person.personalGoals.pageInfo.hasNextPage) return titles;
          after = person.personalGoals.pageInfo.endCursor;
        }
      };
      const byId = wanted.sort((a, b) => (a.id < b.id ? 1 : -1));
      const visible = byId.filter(({ visibility }) => visibility === 'ORGANIZATION');
      expect(await read(reader)).toEqual(visible.map(({ title }) => title));
      expect(await read(owner)).toEqual(
        byId.toSorted((a, b) => b.createdAt - a.createdAt).map(({ title }) => title),
      );
    },
  );

  it('lists visible goals to others without owner-only fields', async () => {
    const owner = await actors.join(organization);
    await world.goal(owner, { title: 'Private', area: 'Own' });
    await world.goal(owner, { title: 'For everybody', visibility: 'ORGANIZATION', area: 'Own' });
    const shared = await world.goal(owner, { title: 'For the colleague', area: 'Own' });
    await world.share(shared, colleague);
    const list = async (reader: Actor) =>
      (await reader.get<List>(LIST, { id: owner.id })).person.personalGoals.nodes.sort((a, b) =>
        a.title < b.title ? -1 : 1,
      );
    const hidden = { viewerCanPropose: false, ownerView: null };
    expect(await list(colleague)).toEqual([
      { title: 'For everybody', basis: 'ORGANIZATION_WIDE', ...hidden },
      { title: 'For the colleague', basis: 'SHARED_BY_NAME', ...hidden },
    ]);
    expect(await list(ada)).toEqual([{ title: 'For everybody', basis: 'ORGANIZATION_WIDE', ...hidden }]);
    expect(await list(owner)).toHaveLength(3);
  });
});

describe('a page of goals with their parts', () => {
  it('takes one statement for each kind of row', async () => {
    const [owner, reader] = [await actors.join(organization), await actors.join(organization)];
    for (let count = 0; count < 15; count++) {
      const goal = await world.goal(owner, { area: 'Own' });
      await world.share(goal, reader);
      await world.goalUpdate(goal);
      await world.milestone(goal);
    }
    const own = await statementsOf(() =>
      owner.get(`{ viewer { person { personalGoals { nodes {
        owner { name } milestones { title } updates(first: 3) { nodes { text author { name } } }
        ownerView { area version createdAt updatedAt shares { nodes { state with { name } } }
          audience { basis person { name } } accessLog { nodes { reader { name } } } history { nodes { title } } } } } } } }`),
    );
    // The session; the person; goals; milestones; updates; shares; audience; access log; history; and people.
    expect(own.length).toBeLessThanOrEqual(10);

    const LIST = `{ viewer { sharedWithMe { nodes { title owner { name } milestones { title } updates(first: 3) { nodes { text } } } } } }`;
    // The session; goals; owners; milestones; updates; and the access log, once a day.
    expect(await statementsOf(() => reader.get(LIST))).toHaveLength(6);
    expect(await statementsOf(() => reader.get(LIST))).toHaveLength(5);
  });
});

describe('a person who does not own the goal', () => {
  const attempts = (
    goalId: string,
    updateId: string,
    milestoneId: string,
  ): [string, string, Record<string, unknown>][] => [
    ['update', UPDATE, { input: { id: goalId, version: 1, title: 'Taken over' } }],
    ['delete', DELETE, { id: goalId }],
    ['milestones', SET_MILESTONES, { input: { id: goalId, version: 1, milestones: [] } }],
    ['reach', REACH, { input: { id: milestoneId } }],
    ['add update', ADD_UPDATE, { input: { goalId, text: 'From outside' } }],
    ['change update', UPDATE_UPDATE, { input: { id: updateId, text: 'From outside' } }],
    ['delete update', DELETE_UPDATE, { id: updateId }],
    ['share', SHARE, { input: { goalId, personId: colleague.id } }],
    [
      'who would see',
      'query ($goalId: ID!) { whoWouldSee(goalId: $goalId, visibility: SHARED, personIds: []) { waits } }',
      { goalId },
    ],
  ];
  const SHARE = `mutation ($input: ShareGoalInput!) { shareGoal(input: $input) { personalGoalShare { id } } }`;

  it('gets NOT_FOUND from every mutation of a goal that they cannot see', async () => {
    const hidden = await world.goal(ada, { title: 'Hidden' });
    const words = await world.goalUpdate(hidden);
    const step = await world.milestone(hidden);
    const none = '0198c0de-0000-7000-8000-000000000000';
    for (const [name, query, variables] of attempts(hidden.id, words.id, step.id)) {
      const there = await colleague.ask(query, variables);
      const nowhere = await colleague.ask(
        query,
        attempts(none, none, none).find(([one]) => one === name)?.[2],
      );
      expect([name, there.errors[0]?.extensions.code]).toEqual([name, 'NOT_FOUND']);
      expect({ ...there, headers: null }).toEqual({ ...nowhere, headers: null });
    }
    expect(await read(hidden.id)).toMatchObject({ title: 'Hidden', ownerView: { version: 1 } });
  });

  it('gets NOT_PERMITTED from every mutation of a goal that they can see', async () => {
    const open = await world.goal(ada, { title: 'Open', visibility: 'ORGANIZATION' });
    const words = await world.goalUpdate(open);
    const step = await world.milestone(open);
    for (const [name, query, variables] of attempts(open.id, words.id, step.id)) {
      expect([name, await colleague.refusal(query, variables)]).toEqual([name, 'NOT_PERMITTED']);
    }
    expect(await read(open.id)).toMatchObject({
      title: 'Open',
      ownerView: { version: 1 },
      milestones: [{ id: step.id, reachedOn: null }],
      updates: { nodes: [{ id: words.id }] },
    });
  });

  it('sees no owner-only field of a goal that they can see', async () => {
    const open = await world.goal(ada, { title: 'Open', area: 'Faith', visibility: 'ORGANIZATION' });
    expect(await read(open.id)).toMatchObject({
      ownerView: { area: 'Faith', version: 1, shares: { nodes: [] }, audience: [{}, {}] },
    });
    expect(await read(open.id, colleague)).toMatchObject({
      title: 'Open',
      basis: 'ORGANIZATION_WIDE',
      ownerView: null,
    });
  });

  it('may propose if the goal is open to proposals, unlike its owner', async () => {
    const open = await world.goal(ada, { visibility: 'ORGANIZATION', openToProposals: true });
    expect(await read(open.id)).toMatchObject({ openToProposals: true, viewerCanPropose: false });
    expect(await read(open.id, colleague)).toMatchObject({ openToProposals: true, viewerCanPropose: true });
  });
});

describe('a person whose employment has ended', () => {
  it('reads and deletes their own goals, audience and access log, and nothing else', async () => {
    const reader = await actors.join(organization, { name: 'Reader' });
    const leaver = await actors.join(organization, { name: 'Leaver' });
    const goal = await world.goal(leaver, { title: 'Mine for ever', area: 'Home' });
    await world.goalUpdate(goal, { text: 'So far' });
    await world.share(goal, reader);
    const own = await world.goal(leaver, { title: 'To everybody', visibility: 'ORGANIZATION' });
    const openOfOther = await world.goal(colleague, {
      title: 'Of a colleague',
      visibility: 'ORGANIZATION',
    });
    expect((await read(goal.id, reader))?.title).toBe('Mine for ever');
    await world.leaves(leaver, day(-1));

    expect(await read(goal.id, reader)).toBeNull();
    expect(await read(own.id, reader)).toBeNull();
    expect(await read(openOfOther.id, reader)).not.toBeNull();

    expect(await read(goal.id, leaver)).toMatchObject({
      title: 'Mine for ever',
      basis: 'OWNER',
      updates: { nodes: [{ text: 'So far' }] },
      ownerView: {
        area: 'Home',
        audience: [{ person: { name: 'Leaver' }, basis: 'OWNER' }],
        accessLog: { nodes: [{ kind: 'OPENED' }] },
      },
    });
    expect(await read(own.id, leaver)).toMatchObject({ ownerView: { audience: [{ basis: 'OWNER' }] } });
    const { viewer } = await leaver.get<{ viewer: unknown }>(
      `{ viewer { person { name personalGoals { nodes { title ownerView { shares { nodes { state with { name } } } } } } }
         accessLog { nodes { reader { name } goal { title } kind } } sharedWithMe { nodes { id } } shares { nodes { id } } } }`,
    );
    expect(viewer).toEqual({
      person: {
        name: 'Leaver',
        personalGoals: {
          nodes: [
            { title: 'To everybody', ownerView: { shares: { nodes: [] } } },
            {
              title: 'Mine for ever',
              ownerView: { shares: { nodes: [{ state: 'ENDED', with: { name: 'Reader' } }] } },
            },
          ],
        },
      },
      accessLog: {
        nodes: [{ reader: { name: 'Reader' }, goal: { title: 'Mine for ever' }, kind: 'OPENED' }],
      },
      sharedWithMe: { nodes: [] },
      shares: { nodes: [] },
    });

    expect(await read(openOfOther.id, leaver)).toBeNull();
    expect(await leaver.refusal(CREATE, { input: { title: 'New' } })).toBe('NOT_PERMITTED');
    expect(await leaver.refusal(UPDATE, { input: { id: goal.id, version: 1, title: 'x' } })).toBe(
      'NOT_PERMITTED',
    );
    expect(await leaver.get(DELETE, { id: goal.id })).toEqual({ deletePersonalGoal: { deletedId: goal.id } });
  });
});
