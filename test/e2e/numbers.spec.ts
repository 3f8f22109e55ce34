import { World, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;
let ada: Actor;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization();
  ada = await actors.join(organization, { name: 'Ada' });
});
afterAll(() => app.close());

const CREATE = `mutation ($input: CreatePersonalGoalInput!) {
  createPersonalGoal(input: $input) { personalGoal { id measure { unit start current target } } } }`;

interface Goal {
  readonly id: string;
  readonly measure: Record<string, unknown> | null;
}

async function measured(): Promise<Goal> {
  const input = { title: 'Run', measure: { unit: 'km', start: 0, target: 10 } };
  return (await ada.get<{ createPersonalGoal: { personalGoal: Goal } }>(CREATE, { input })).createPersonalGoal
    .personalGoal;
}

/** Row counts of the tables that hold these numbers. */
async function counts(): Promise<unknown> {
  const { rows } = await app.database.query(
    `select (select count(*) from personal_goal) as goals, (select count(*) from goal_update) as updates,
            (select count(*) from business_goal) as business_goals, (select count(*) from key_result) as key_results`,
  );
  return rows[0];
}

/** Every Float input of the API: path, mutation, the input with one literal, and the IDs that it needs. */
const PLACES: [string, string, (value: string) => string, (goal: Goal, businessGoal: object) => object][] = [
  [
    'measure.start',
    'createPersonalGoal',
    (n) => `title: "x", measure: { unit: "u", start: ${n}, target: 1 }`,
    () => ({}),
  ],
  [
    'measure.current',
    'createPersonalGoal',
    (n) => `title: "x", measure: { unit: "u", start: 0, current: ${n}, target: 1 }`,
    () => ({}),
  ],
  [
    'measure.target',
    'createPersonalGoal',
    (n) => `title: "x", measure: { unit: "u", start: 0, target: ${n} }`,
    () => ({}),
  ],
  [
    'measure.target',
    'updatePersonalGoal',
    (n) => `version: 1, measure: { unit: "u", start: 0, target: ${n} }`,
    ({ id }) => ({ id }),
  ],
  [
    'measuredValue',
    'addPersonalGoalUpdate',
    (n) => `text: "x", measuredValue: ${n}`,
    ({ id }) => ({ goalId: id }),
  ],
  // The ID does not matter: the number is refused before the update is looked up.
  ['measuredValue', 'updatePersonalGoalUpdate', (n) => `measuredValue: ${n}`, ({ id }) => ({ id })],
  [
    'keyResults.0.start',
    'createBusinessGoal',
    (n) => `title: "x", keyResults: [{ title: "k", unit: "u", start: ${n}, target: 1 }]`,
    (_, { cycleId }: { cycleId?: string }) => ({ cycleId }),
  ],
  [
    'keyResults.0.target',
    'setKeyResults',
    (n) => `version: 1, keyResults: [{ title: "k", unit: "u", start: 0, target: ${n} }]`,
    (_, { id }: { id?: string }) => ({ id }),
  ],
  [
    'keyResults.0.current',
    'setKeyResults',
    (n) => `version: 1, keyResults: [{ title: "k", unit: "u", start: 0, current: ${n}, target: 1 }]`,
    (_, { id }: { id?: string }) => ({ id }),
  ],
  [
    'progress',
    'updateBusinessGoal',
    (n) => `version: 1, progress: ${n}`,
    (_, { id }: { id?: string }) => ({ id }),
  ],
];

const SELECTIONS: Record<string, string> = {
  updatePersonalGoal: '__typename',
  updateBusinessGoal: '__typename',
  addPersonalGoalUpdate: 'personalGoalUpdate { id }',
  updatePersonalGoalUpdate: 'personalGoalUpdate { id }',
  createPersonalGoal: 'personalGoal { id }',
  createBusinessGoal: 'businessGoal { id }',
  setKeyResults: '__typename',
};

describe('a number that cannot be stored', () => {
  // Too large for a double, or so large or small that progress would be infinite or inexact.
  const NUMBERS = ['1e400', '-1e400', `1${'0'.repeat(400)}`, '1e308', '1.1e15', '5e-324', '-1e-16'];

  it.each(PLACES)('is refused at %s of %s, and nothing is written', async (path, mutation, fields, ids) => {
    const goal = await measured();
    const cycle = await world.cycle(organization);
    const businessGoal = await world.businessGoal(ada, cycle);
    const given = Object.entries(ids(goal, { ...businessGoal, cycleId: cycle.id }))
      .map(([name, id]) => `${name}: ${JSON.stringify(id)}`)
      .join(', ');
    const before = await counts();
    for (const number of NUMBERS) {
      // Progress has no lower limit but 0.
      if (path === 'progress' && number === '5e-324') continue;
      const { errors } = await ada.ask(
        `mutation { ${mutation}(input: { ${[given, fields(number)].filter(Boolean).join(', ')} }) { ${SELECTIONS[mutation]!} } }`,
      );
      expect([number, errors.map(({ extensions }) => extensions.code)]).toEqual([number, ['BAD_USER_INPUT']]);
      expect(errors[0]?.extensions.fields).toEqual([
        { path: `input.${path}`, code: 'OUT_OF_RANGE', message: expect.any(String) as unknown },
      ]);
    }
    expect(await counts()).toEqual(before);
    const read = await ada.get<{ personalGoal: Goal }>(
      'query ($id: ID!) { personalGoal(id: $id) { measure { start current target } } }',
      { id: goal.id },
    );
    expect(read.personalGoal.measure).toEqual({ start: 0, current: 0, target: 10 });
  });

  it.each(['1e400', '1e308', '5e-324'])('is refused in variables: %s', async (number) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` },
      body: JSON.stringify({
        query: CREATE,
        variables: { input: { title: 'x', measure: { unit: 'u', start: 0, target: 'NUMBER' } } },
      }).replace('"NUMBER"', number),
    });
    const { errors } = (await response.json()) as {
      errors: { extensions: { code: string; fields: { path: string }[] } }[];
    };
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(errors[0]?.extensions.fields.map(({ path }) => path)).toEqual(['input.measure.target']);
  });

  it.each(['1e15', '-1e15', '1e-15', '0', '-0.0', '0.1'])(
    'of an allowed size is stored and returned: %s',
    async (number) => {
      const { createPersonalGoal } = await ada.get<{ createPersonalGoal: { personalGoal: Goal } }>(
        `mutation { createPersonalGoal(input: { title: "x", measure: { unit: "u", start: 7, target: ${number} } }) {
        personalGoal { measure { target } } } }`,
      );
      expect(Number(createPersonalGoal.personalGoal.measure?.target) + 0).toBe(Number(number) + 0);
    },
  );

  it('is refused by the database as well', async () => {
    const goal = await measured();
    for (const number of ['Infinity', '-Infinity', 'NaN', '1e16', '1e-300']) {
      await expect(
        app.database.query('update personal_goal set measure_target = $1 where id = $2', [number, goal.id]),
      ).rejects.toThrow('personal_goal_finite_measure');
      await expect(
        app.database.query(
          'insert into goal_update (organization_id, goal_id, author_id, text, measured_value) values ($1, $2, $3, $4, $5)',
          [organization.id, goal.id, ada.id, 'x', number],
        ),
      ).rejects.toThrow('goal_update_finite_value');
    }
  });
});

it('refuses a number that is no 32-bit integer where an Int is required', async () => {
  const goal = await measured();
  for (const version of ['2147483648', '-2147483649', '1e400', `1${'0'.repeat(400)}`, '1.5']) {
    const { errors } = await ada.ask(
      `mutation { updatePersonalGoal(input: { id: "${goal.id}", version: ${version}, title: "x" }) { __typename } }`,
    );
    expect([version, errors.map(({ extensions }) => extensions.fields?.[0]?.path)]).toEqual([
      version,
      ['input.version'],
    ]);
  }
});
