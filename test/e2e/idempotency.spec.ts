import pg from 'pg';
import { World, type TestOrganization, type TestPerson } from '../factories/world.js';
import { startApp, type Answer, type TestApp } from './app.js';

/** A file of people with one row. */
const ONE_PERSON =
  'external_id,email,name,title,department,location,manager_external_id,hired_on,left_on\n17,,Grace Hopper,,,,,,\n';

let app: TestApp;
let world: World;
let organization: TestOrganization;
let me: TestPerson;
let token: string;
beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
});
afterAll(() => app.close());
beforeEach(async () => {
  organization = await world.organization();
  me = await world.person(organization);
  token = await world.signIn(me);
});

const CREATE = `mutation Create($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id title } } }`;
const UPDATE = `mutation ($input: UpdatePersonalGoalInput!) {
  updatePersonalGoal(input: $input) {
    __typename
    ... on PersonalGoalPayload { personalGoal { id title ownerView { version } } }
    ... on EditConflict { current { ... on PersonalGoal { id title ownerView { version } } } }
  }
}`;
const DELETE = `mutation ($id: ID!) { deletePersonalGoal(input: { id: $id }) { deletedId } }`;

interface Created {
  readonly createPersonalGoal: { readonly personalGoal: { readonly id: string; readonly title: string } };
}

function send<Data = Created>(
  key: string | undefined,
  query: string,
  variables: Record<string, unknown>,
  as = token,
): Promise<Answer<Data>> {
  return app.graphql<Data>(query, variables, as, key === undefined ? {} : { 'idempotency-key': key });
}

function code(answer: Answer<unknown>): string | undefined {
  return answer.errors[0]?.extensions.code;
}

async function goalsOf(person: TestPerson): Promise<string[]> {
  const { rows } = await app.database.query<{ title: string }>(
    'select title from personal_goal where owner_id = $1 order by title',
    [person.id],
  );
  return rows.map(({ title }) => title);
}

async function keysOf(person: TestPerson): Promise<{ key: string; results: object }[]> {
  const { rows } = await app.database.query<{ key: string; results: object }>(
    'select key, results from idempotency_key where viewer_id = $1',
    [person.id],
  );
  return rows;
}

describe('a key', () => {
  it('stands for one body: another one is refused, and nothing is done', async () => {
    const { data } = await send('k', CREATE, { input: { title: 'Swim', area: 'Health' } });
    const others: [string, Record<string, unknown>][] = [
      [CREATE, { input: { title: 'Swim far', area: 'Health' } }],
      [CREATE.replace('id title', 'id'), { input: { title: 'Swim', area: 'Health' } }],
      [CREATE.replace('Create(', 'Other('), { input: { title: 'Swim', area: 'Health' } }],
      // Under another name in the answer it is not mistaken for a field that was never done.
      [
        CREATE.replace('createPersonalGoal', 'a: createPersonalGoal'),
        { input: { title: 'Swim', area: 'Health' } },
      ],
    ];
    for (const [query, variables] of others) {
      expect(code(await send('k', query, variables))).toBe('IDEMPOTENCY_KEY_REUSED');
    }
    expect(await goalsOf(me)).toEqual(['Swim']);
    // The same body is the same in whatever order its names come; another key is another operation.
    expect((await send('k', CREATE, { input: { area: 'Health', title: 'Swim' } })).data).toEqual(data);
    expect((await send('other', CREATE, { input: { title: 'Swim far' } })).errors).toEqual([]);
    expect(await goalsOf(me)).toEqual(['Swim', 'Swim far']);
  });

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(201)],
    ['with a blank', 'two words'],
    ['beyond ASCII', 'clé'],
    ['with a control character', 'a\tb'],
  ])('that is %s is refused by its name', async (_what, key) => {
    const { errors } = await send(key, CREATE, { input: { title: 'Swim' } });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'Idempotency-Key' }],
    });
    expect(await goalsOf(me)).toEqual([]);
  });

  it('of 200 visible characters works', async () => {
    const key = `!~"'\\;--${'k'.repeat(192)}`;
    const first = await send(key, CREATE, { input: { title: 'Swim' } });
    expect(first.errors).toEqual([]);
    expect((await send(key, CREATE, { input: { title: 'Swim' } })).data).toEqual(first.data);
    expect(await goalsOf(me)).toEqual(['Swim']);
  });

  it('is the viewer’s: another person’s equal key is another, another session’s is the same', async () => {
    const friend = await world.person(organization);
    const first = await send('k', CREATE, { input: { title: 'Swim' } });
    const theirs = await send('k', CREATE, { input: { title: 'Swim' } }, await world.signIn(friend));
    expect(theirs.errors).toEqual([]);
    expect(theirs.data).not.toEqual(first.data);
    const elsewhere = await send('k', CREATE, { input: { title: 'Swim' } }, await world.signIn(me));
    expect(elsewhere.data).toEqual(first.data);
    expect([await goalsOf(me), await goalsOf(friend)]).toEqual([['Swim'], ['Swim']]);
  });

  it('works for an API token too', async () => {
    const api = await world.apiToken(organization, ['DIRECTORY_READ', 'DIRECTORY_WRITE']);
    const IMPORT = `mutation ($input: ImportPeopleInput!) { importPeople(input: $input) { importReport { id created } } }`;
    const input = { csv: ONE_PERSON, dryRun: false };
    const first = await send<{ importPeople: unknown }>('k', IMPORT, { input }, api);
    expect(first.data).toMatchObject({ importPeople: { importReport: { created: 1 } } });
    expect((await send('k', IMPORT, { input }, api)).data).toEqual(first.data);
    // Without it there is a second report.
    expect((await send(undefined, IMPORT, { input }, api)).data).toMatchObject({
      importPeople: { importReport: { created: 0 } },
    });
  });

  it('counts for nothing with a query, and with nobody signed in', async () => {
    const WHO = '{ viewer { person { id } } }';
    expect((await send('two words', WHO, {})).errors).toEqual([]);
    expect(
      code(await app.graphql(CREATE, { input: { title: 'x' } }, undefined, { 'idempotency-key': 'k' })),
    ).toBe('UNAUTHENTICATED');
  });

  it('is over after 24 hours, and then removed', async () => {
    const first = await send('k', CREATE, { input: { title: 'Swim' } });
    await send('fresh', CREATE, { input: { title: 'Sing' } });
    const age = (interval: string): Promise<unknown> =>
      app.database.query(
        `update idempotency_key set at = now() - $2::interval where viewer_id = $1 and key = 'k'`,
        [me.id, interval],
      );
    await age('23 hours 59 minutes');
    expect((await send('k', CREATE, { input: { title: 'Swim' } })).data).toEqual(first.data);
    await age('24 hours');
    // Over, though still there: it may stand for another body.
    expect((await send('k', CREATE, { input: { title: 'Swim again' } })).errors).toEqual([]);
    expect(await goalsOf(me)).toEqual(['Sing', 'Swim', 'Swim again']);

    await age('24 hours');
    await app.database.query('select app.delete_expired_keys_and_throttles()');
    expect((await keysOf(me)).map(({ key }) => key)).toEqual(['fresh']);
  });
});

describe('what is kept', () => {
  it('is ids and types, nobody’s words', async () => {
    await send('k', CREATE, {
      input: { title: 'Leave the company', why: 'My mother is ill', area: 'Family' },
    });
    const [row] = await keysOf(me);
    const { rows } = await app.database.query<{ id: string }>(
      'select id from personal_goal where owner_id = $1',
      [me.id],
    );
    expect(row).toEqual({
      key: 'k',
      results: { createPersonalGoal: { id: rows[0]!.id, __typename: 'PersonalGoal' } },
    });
  });

  it('is nothing of a mutation that failed, which may be sent again', async () => {
    const goal = await world.goal(me, { title: 'Swim' });
    const ADD = `mutation ($input: AddPersonalGoalUpdateInput!) {
      addPersonalGoalUpdate(input: $input) { personalGoalUpdate { text } } }`;
    const input = { goalId: goal.id, text: 'A length' };
    await app.database.query(
      'alter table goal_update add constraint no_lengths check (text <> $$A length$$) not valid',
    );
    expect(code(await send('k', ADD, { input }))).toBe('INTERNAL_SERVER_ERROR');
    expect(await keysOf(me)).toEqual([]);
    await app.database.query('alter table goal_update drop constraint no_lengths');
    const added = { addPersonalGoalUpdate: { personalGoalUpdate: { text: 'A length' } } };
    expect((await send('k', ADD, { input })).data).toEqual(added);
    expect((await send('k', ADD, { input })).data).toEqual(added);
  });

  it('is out of reach of the serving role', async () => {
    await send('k', CREATE, { input: { title: 'Swim' } });
    const serving = new pg.Client({ connectionString: app.testDatabase.appUrl });
    await serving.connect();
    const attempt = (query: string): Promise<string> =>
      serving.query(query).then(
        ({ rowCount }) => `${String(rowCount)} rows`,
        (error: unknown) => (error as { code: string }).code,
      );
    for (const table of ['idempotency_key', 'installation_secret', 'throttle']) {
      expect(await attempt(`select * from ${table}`)).toBe('42501');
      expect(await attempt(`delete from ${table}`)).toBe('42501');
    }
    expect(await attempt(`select app.keyed_hash('x')`)).toBe('42501');
    expect(await attempt(`select app.count_attempts('{a}', '{1}', '{1}', '{1}', '{1}')`)).toBe('42501');
    expect(await attempt(`select app.claim_idempotency_key('k', 'f', 'x')`)).toBe('MU050');
    // The same connection may ask what is its to ask.
    expect(await attempt(`select app.delete_expired_keys_and_throttles()`)).toBe('42501');
    expect(await attempt(`select app.charge_cost('me', 1, 100)`)).toBe('1 rows');
    await serving.end();
  });
});

describe('sent again', () => {
  it('it reads what is there now, not what was', async () => {
    const { data } = await send('k', CREATE, { input: { title: 'Swim' } });
    const { id } = data!.createPersonalGoal.personalGoal;
    await send(undefined, UPDATE, { input: { id, version: 1, title: 'Swim a mile' } });
    expect((await send('k', CREATE, { input: { title: 'Swim' } })).data).toEqual({
      createPersonalGoal: { personalGoal: { id, title: 'Swim a mile' } },
    });
    await send(undefined, DELETE, { id });
    const gone = await send('k', CREATE, { input: { title: 'Swim' } });
    expect([gone.data, code(gone)]).toEqual([{ createPersonalGoal: null }, 'NOT_FOUND']);
    expect(await goalsOf(me)).toEqual([]);
  });

  it('it shows nothing that the viewer has lost sight of', async () => {
    const other = await world.person(organization);
    const cycle = await world.cycle(organization);
    const draft = await world.businessGoal(me, cycle, { state: 'DRAFT', title: 'Buy a rival' });
    const HAND_ON = `mutation ($input: UpdateBusinessGoalInput!) {
      updateBusinessGoal(input: $input) { __typename ... on BusinessGoalPayload { businessGoal { title } } }
    }`;
    const input = { id: draft.id, version: 1, ownerId: other.id };
    const handedOn = { updateBusinessGoal: { __typename: 'BusinessGoalPayload', businessGoal: null } };
    expect((await send('k', HAND_ON, { input })).data).toEqual(handedOn);
    expect((await send('k', HAND_ON, { input })).data).toEqual(handedOn);

    await world.role(me, 'PEOPLE_ADMIN');
    const INVITE = `mutation ($ids: [ID!]!) { invitePeople(input: { personIds: $ids }) { invitations { id person { id } } } }`;
    const invited = await send<{ invitePeople: { invitations: object[] } }>('i', INVITE, { ids: [other.id] });
    expect(invited.data?.invitePeople.invitations).toHaveLength(1);
    expect((await send('i', INVITE, { ids: [other.id] })).data).toEqual(invited.data);
    await app.database.query('delete from role_grant where person_id = $1', [me.id]);
    const refused = await send('i', INVITE, { ids: [other.id] });
    expect([refused.data, code(refused)]).toEqual([{ invitePeople: null }, 'NOT_PERMITTED']);
  });

  it('a refusal that is an answer stays one, with the present state', async () => {
    const goal = await world.goal(me, { title: 'Swim' });
    const input = { id: goal.id, version: 7, title: 'Dive' };
    const conflict = (title: string, version: number): object => ({
      updatePersonalGoal: {
        __typename: 'EditConflict',
        current: { id: goal.id, title, ownerView: { version } },
      },
    });
    expect((await send('k', UPDATE, { input })).data).toEqual(conflict('Swim', 1));
    await send(undefined, UPDATE, { input: { id: goal.id, version: 1, title: 'Float' } });
    expect((await send('k', UPDATE, { input })).data).toEqual(conflict('Float', 2));
  });

  it('each of several fields is done once, and what failed is tried again', async () => {
    await world.role(me, 'PEOPLE_ADMIN');
    const here = await world.location(organization, 'Bern');
    const taken = await world.location(organization, 'Basel');
    const BOTH = `mutation ($goal: CreatePersonalGoalInput!, $rename: RenameInput!) {
      one: createPersonalGoal(input: $goal) { personalGoal { id } }
      two: createPersonalGoal(input: $goal) { personalGoal { id } }
      renameLocation(input: $rename) { organization { locations { name } } }
    }`;
    const variables = { goal: { title: 'Swim' }, rename: { id: here.id, name: 'Basel' } };
    const first = await send<Record<string, unknown>>('k', BOTH, variables);
    expect(code(first)).toBe('CONFLICT');
    expect(await goalsOf(me)).toEqual(['Swim', 'Swim']);
    await app.database.query(`update location set name = 'Zug' where id = $1`, [taken.id]);
    const second = await send<Record<string, unknown>>('k', BOTH, variables);
    expect(second.errors).toEqual([]);
    expect(second.data).toMatchObject({
      renameLocation: { organization: { locations: [{ name: 'Basel' }, { name: 'Zug' }] } },
    });
    const third = await send<Record<string, unknown>>('k', BOTH, variables);
    expect(third.data).toEqual(second.data);
    expect(await goalsOf(me)).toEqual(['Swim', 'Swim']);
  });
});

describe('sent again while it still runs', () => {
  /** Makes every change of this goal wait. */
  async function hold(goalId: string): Promise<() => Promise<void>> {
    const other = new pg.Client({ connectionString: app.testDatabase.adminUrl });
    await other.connect();
    await other.query('begin');
    await other.query('select 1 from personal_goal where id = $1 for update', [goalId]);
    return async () => {
      await other.query('rollback');
      await other.end();
    };
  }
  /** Until so many transactions wait for a lock. */
  async function waiting(count: number): Promise<void> {
    for (;;) {
      const { rows } = await app.database.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rows.length >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  it('it waits, and gets the same answer', async () => {
    const goal = await world.goal(me, { title: 'Swim' });
    const letGo = await hold(goal.id);
    const input = { id: goal.id, version: 1, title: 'Dive' };
    const first = send<object>('k', UPDATE, { input });
    await waiting(1);
    const others = [send<object>('k', UPDATE, { input }), send<object>('k', UPDATE, { input })];
    await waiting(3);
    await letGo();
    const answers = await Promise.all([first, ...others]);
    expect(answers.map(({ errors }) => errors)).toEqual([[], [], []]);
    expect(new Set(answers.map(({ data }) => JSON.stringify(data)))).toHaveProperty('size', 1);
    expect(answers[0].data).toMatchObject({
      updatePersonalGoal: { personalGoal: { title: 'Dive', ownerView: { version: 2 } } },
    });
  });

  it('returns UNAVAILABLE for a repeated request if the first one takes too long', async () => {
    const goal = await world.goal(me, { title: 'Swim' });
    const letGo = await hold(goal.id);
    const input = { id: goal.id, version: 1, title: 'Dive' };
    const first = send<object>('k', UPDATE, { input });
    await waiting(1);
    const second = await send<object>('k', UPDATE, { input });
    expect(second.errors).toMatchObject([
      {
        message: expect.stringContaining('still running') as string,
        extensions: { code: 'IDEMPOTENCY_KEY_IN_USE', retryAfter: 1 },
      },
    ]);
    await letGo();
    expect((await first).data).toMatchObject({
      updatePersonalGoal: { personalGoal: { ownerView: { version: 2 } } },
    });
    expect((await send('k', UPDATE, { input })).data).toEqual((await first).data);
  });
});
