import { createHash } from 'node:crypto';
import { World, hours, type TestOrganization } from '../factories/world.js';
import { cpuTimeOf } from '../setup/cpu.js';
import { Actors, type Actor } from './actors.js';
import { startApp, withApp, type TestApp } from './app.js';
import { exportOf, json } from './exports.js';

const IMPORT =
  'mutation ($file: String!) { importMyGoals(input: { file: $file }) { importedIds presentIds } }';

interface GoalsFile {
  format: string;
  formatVersion: number;
  purpose?: string;
  goals: Record<string, unknown>[];
}

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;
beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Actors(app, world);
  organization = await world.organization();
});
afterAll(() => app.close());

/** A life in goals: every field, every state, texts of many kinds, equal instants. */
async function live(there: TestApp, actor: Actor): Promise<void> {
  const factory = new World(there.database);
  const create = async (input: Record<string, unknown>): Promise<string> => {
    const { createPersonalGoal: made } = await actor.get<{
      createPersonalGoal: { personalGoal: { id: string } };
    }>(
      'mutation ($input: CreatePersonalGoalInput!) { createPersonalGoal(input: $input) { personalGoal { id } } }',
      { input },
    );
    return made.personalGoal.id;
  };
  const sail = await create({
    title: 'Sail around the world 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩‍👩‍👧',
    why: '# Because\n\n- of the *sea*\n- "quoted", \\ escaped, \ttabbed, <b>bold</b>, مرحبا, e\u0301',
    area: 'Sea & sky',
    horizon: 'LIFE',
    targetOn: '2099-12-31',
    measure: { unit: 'sm', start: -0.1, current: 0.30000000000000004, target: 1e15 },
  });
  await actor.get(
    `mutation ($id: ID!) {
       updatePersonalGoal(input: { id: $id, version: 1, title: "Sail around the whole world" }) { __typename }
       setMilestones(input: { id: $id, version: 2, milestones: [
         { title: "Second in time, first in order", reachedOn: "2025-06-07" }, { title: "A crew" }, { title: "Home", reachedOn: "1901-01-01" }] }) { __typename }
       a: addPersonalGoalUpdate(input: { goalId: $id, text: "Now" }) { personalGoal { id } }
       b: addPersonalGoalUpdate(input: { goalId: $id, text: "Long ago", measuredValue: -5.5, at: "1950-05-06T07:08:09.123Z" }) { personalGoal { id } }
     }`,
    { id: sail },
  );
  const at = new Date('2024-02-29T12:00:00.500Z');
  for (const status of ['ACTIVE', 'RESTING', 'ACHIEVED', 'SET_ASIDE']) {
    // All of the same millisecond.
    const goal = await factory.goal(actor, { title: `A goal that is ${status}`, status, createdAt: at });
    for (const text of ['one', 'two', 'three', 'four', 'five']) await factory.goalUpdate(goal, { text, at });
  }
  await create({ title: 'Say little', status: 'RESTING', visibility: 'ORGANIZATION', openToProposals: true });
}

/** The goals of a file without what an installation gives them. */
function withoutIds({ goals }: GoalsFile): object[] {
  return goals.map(({ id: _, ...rest }) => rest);
}

async function goalsOf(there: TestApp, actor: Actor): Promise<GoalsFile> {
  await there.database.query('delete from throttle');
  return json(await exportOf(there.url, actor), 'goals.json') as GoalsFile;
}

async function importInto(actor: Actor, file: unknown): Promise<unknown> {
  const { importMyGoals: done } = await actor.get<{
    importMyGoals: { importedIds: string[]; presentIds: string[] };
  }>(IMPORT, {
    file: typeof file === 'string' ? file : JSON.stringify(file),
  });
  return { imported: done.importedIds.length, alreadyThere: done.presentIds.length };
}

const minimal = (more: Record<string, unknown> = {}): GoalsFile => ({
  format: 'mutual-goals',
  formatVersion: 1,
  goals: [
    {
      id: '0b0c3b44-8c6b-4a1e-9e0d-0d6f1c1a1111',
      title: 'Sail',
      status: 'ACTIVE',
      version: 1,
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-01-02T03:04:05.678Z',
      milestones: [],
      updates: [],
      history: [],
      ...more,
    },
  ],
});

describe('importing goals', () => {
  it('gives back what was exported from another installation, with nothing changed but ids and visibility', async () => {
    const robin = await cast.join(organization, { name: 'Robin' });
    await live(app, robin);
    const exported = await goalsOf(app, robin);
    expect(exported.goals).toHaveLength(6);
    await withApp({}, async (other) => {
      const there = new World(other.database);
      const home = await there.organization();
      const arrivals = new Actors(other, there);
      const same = await arrivals.join(home, { name: 'Robin, years later' });
      const colleague = await arrivals.join(home);
      expect(await importInto(same, exported)).toEqual({ imported: 6, alreadyThere: 0 });
      const again = await goalsOf(other, same);
      expect(withoutIds(again)).toEqual(withoutIds(exported));
      expect(again.goals.filter(({ id }) => exported.goals.some((goal) => goal.id === id))).toEqual([]);
      // In the same order in the API.
      const list = `{ viewer { person { personalGoals(first: 50) { nodes { title visibility openToProposals
        milestones { title reachedOn } updates { nodes { text at measuredValue } } ownerView { version createdAt } } } } } }`;
      interface Listed {
        viewer: { person: { personalGoals: { nodes: { visibility: string; openToProposals: boolean }[] } } };
      }
      const before = (await robin.get<Listed>(list)).viewer.person.personalGoals.nodes;
      const after = (await same.get<Listed>(list)).viewer.person.personalGoals.nodes;
      expect(after).toEqual(
        before.map((goal) => ({ ...goal, visibility: 'PRIVATE', openToProposals: false })),
      );
      expect(
        await colleague.get('query ($id: ID!) { person(id: $id) { personalGoals { nodes { id } } } }', {
          id: same.id,
        }),
      ).toEqual({ person: { personalGoals: { nodes: [] } } });
    });
  });

  it('gives back in a fresh installation what was exported and then erased', async () => {
    const mara = await cast.join(organization, { name: 'Mara' });
    await live(app, mara);
    const exported = await goalsOf(app, mara);
    await mara.get('mutation { eraseMyData(input: { dryRun: false }) { erasure { id } } }');
    await app.database.query('update erasure set executes_at = now() where person_id = $1', [mara.id]);
    await app.runTask('erase_people');
    expect((await goalsOf(app, mara)).goals).toEqual([]);
    await withApp({}, async (other) => {
      const there = new World(other.database);
      const again = await new Actors(other, there).join(await there.organization(), { name: 'Mara' });
      expect(await importInto(again, exported)).toEqual({ imported: 6, alreadyThere: 0 });
      expect(withoutIds(await goalsOf(other, again))).toEqual(withoutIds(exported));
    });
    // And in the same one.
    expect(await importInto(mara, exported)).toEqual({ imported: 6, alreadyThere: 0 });
    expect(withoutIds(await goalsOf(app, mara))).toEqual(withoutIds(exported));
  });

  it('changes nothing when the file is imported again, nor where its goals are there already', async () => {
    const mia = await cast.join(organization);
    await live(app, mia);
    const exported = await goalsOf(app, mia);
    expect(await importInto(mia, exported)).toEqual({ imported: 0, alreadyThere: 6 });
    const sven = await cast.join(organization);
    expect(await importInto(sven, exported)).toEqual({ imported: 6, alreadyThere: 0 });
    const first = await goalsOf(app, sven);
    expect(await importInto(sven, exported)).toEqual({ imported: 0, alreadyThere: 6 });
    expect(await goalsOf(app, sven)).toEqual(first);
    // What was changed since stays changed; what was deleted since comes back.
    const [changed, deleted] = first.goals;
    await sven.get(
      `mutation ($changed: ID!, $version: Int!, $deleted: ID!) {
         updatePersonalGoal(input: { id: $changed, version: $version, title: "Another title" }) { __typename }
         deletePersonalGoal(input: { id: $deleted }) { deletedId } }`,
      { changed: changed!.id, version: changed!.version, deleted: deleted!.id },
    );
    expect(await importInto(sven, exported)).toEqual({ imported: 1, alreadyThere: 5 });
    const titles = (await goalsOf(app, sven)).goals.map(({ title }) => title);
    expect(titles).toContain('Another title');
    expect(titles).toContain(deleted!.title);
    // Mia's goals are hers, whatever Sven imports under their ids.
    expect(await goalsOf(app, mia)).toEqual(exported);
  });

  it('imports once what is sent twice at the same time', async () => {
    const person = await cast.join(organization);
    const file = minimal();
    const results = await Promise.all([importInto(person, file), importInto(person, file)]);
    expect(results).toContainEqual({ imported: 1, alreadyThere: 0 });
    expect(results).toContainEqual({ imported: 0, alreadyThere: 1 });
    expect((await goalsOf(app, person)).goals).toHaveLength(1);
  });

  it('ignores what it does not know, and reads a file without what is optional', async () => {
    const person = await cast.join(organization);
    const file = JSON.stringify(minimal()).replace(
      '"title"',
      `"visibility":"ORGANIZATION","ownerId":"${person.id}","__proto__":{"title":"No"},"deep":${'['.repeat(5_000)}${']'.repeat(5_000)},"title"`,
    );
    expect(await importInto(person, file)).toEqual({ imported: 1, alreadyThere: 0 });
    expect(
      await person.get(
        '{ viewer { person { personalGoals { nodes { title visibility why measure { unit } } } } } }',
      ),
    ).toEqual({
      viewer: {
        person: {
          personalGoals: { nodes: [{ title: 'Sail', visibility: 'PRIVATE', why: null, measure: null }] },
        },
      },
    });
  });

  it('reports the first fifty faults of a file with hundreds of thousands, and does no work for the others', async () => {
    const person = await cast.join(organization);
    const updates = Array.from({ length: 10_000 }, () => ({}));
    const file = JSON.stringify({ ...minimal(), goals: Array.from({ length: 33 }, () => ({ updates })) });
    const spent = await cpuTimeOf(async () => {
      const { errors } = await person.ask(IMPORT, { file });
      expect(errors[0]?.extensions.fields).toHaveLength(50);
    });
    // With a report of all faults it was more than ten seconds.
    expect(spent).toBeLessThan(3_000);
  });

  it('measures a text as it is stored, which can be longer than in the file', async () => {
    const person = await cast.join(organization);
    const text = '\u0958'.repeat(20_000);
    const file = JSON.stringify({
      ...minimal(),
      goals: [
        { ...minimal().goals[0], updates: [{ at: '2025-01-01T00:00:00Z', text, measuredValue: null }] },
      ],
    });
    const { errors } = await person.ask(IMPORT, { file });
    expect(errors[0]?.extensions.fields).toMatchObject([
      { path: 'input.file.goals.0.updates.0.text', code: 'TOO_LONG' },
    ]);
  });

  const LONG = 'x'.repeat(201);
  it.each<[string, unknown, [path: string, code: string][]]>([
    ['is not JSON', 'goals: none', [['input.file', 'INVALID']]],
    ['is empty', '', [['input.file', 'INVALID']]],
    ['is a list', [], [['input.file', 'INVALID']]],
    ['is null', 'null', [['input.file', 'INVALID']]],
    [
      'is another file of the export',
      { format: 'mutual-work', formatVersion: 1 },
      [['input.file.format', 'INVALID']],
    ],
    ['is of another version', { ...minimal(), formatVersion: 2 }, [['input.file.formatVersion', 'INVALID']]],
    ['has no goals', { format: 'mutual-goals', formatVersion: 1 }, [['input.file.goals', 'INVALID']]],
    [
      'has a goal that is none',
      { ...minimal(), goals: [null, 3, 'x'] },
      [
        ['input.file.goals.0', 'INVALID'],
        ['input.file.goals.1', 'INVALID'],
        ['input.file.goals.2', 'INVALID'],
      ],
    ],
    [
      'has a goal twice',
      { ...minimal(), goals: [...minimal().goals, ...minimal().goals] },
      [['input.file.goals.1.id', 'DUPLICATE']],
    ],
    [
      'has many faults',
      minimal({
        id: 'x',
        title: ' ',
        why: 7,
        area: LONG,
        horizon: 'SOON',
        targetOn: '2026-02-30',
        status: 'toString',
        version: 0,
        createdAt: 'yesterday',
        updatedAt: '2999-01-01T00:00:00Z',
        measure: { unit: 'km', start: 0, current: '5', target: 1e16 },
        milestones: [{ title: LONG }],
        updates: [{ at: '1800-01-01T00:00:00Z', text: '' }, 5],
        history: {},
      }),
      [
        ['input.file.goals.0.version', 'OUT_OF_RANGE'],
        ['input.file.goals.0.history', 'INVALID'],
        ['input.file.goals.0.id', 'INVALID'],
        ['input.file.goals.0.title', 'REQUIRED'],
        ['input.file.goals.0.why', 'INVALID'],
        ['input.file.goals.0.area', 'TOO_LONG'],
        ['input.file.goals.0.horizon', 'INVALID'],
        ['input.file.goals.0.targetOn', 'INVALID'],
        ['input.file.goals.0.status', 'INVALID'],
        ['input.file.goals.0.measure.current', 'OUT_OF_RANGE'],
        ['input.file.goals.0.measure.target', 'OUT_OF_RANGE'],
        ['input.file.goals.0.createdAt', 'INVALID'],
        ['input.file.goals.0.updatedAt', 'OUT_OF_RANGE'],
        ['input.file.goals.0.milestones.0.title', 'TOO_LONG'],
        ['input.file.goals.0.updates.0.at', 'OUT_OF_RANGE'],
        ['input.file.goals.0.updates.0.text', 'REQUIRED'],
        ['input.file.goals.0.updates.1', 'INVALID'],
      ],
    ],
    [
      'has wordings that cannot be',
      minimal({
        history: [
          { version: 1, at: '2026-01-01T00:00:00Z', title: 'Sail' },
          { version: 1, at: '2026-01-01T00:00:00Z', title: 'Sail' },
          { version: 9, at: '2026-01-01T00:00:00Z', title: 'Sail\n' },
        ],
      }),
      [
        ['input.file.goals.0.history.2.version', 'OUT_OF_RANGE'],
        ['input.file.goals.0.history.2.title', 'INVALID'],
        ['input.file.goals.0.history', 'DUPLICATE'],
      ],
    ],
    [
      'has a text that cannot be stored',
      minimal({ why: 'a\u0000b' }),
      [['input.file.goals.0.why', 'INVALID']],
    ],
    [
      'has too many goals',
      { ...minimal(), goals: Array.from({ length: 501 }, () => ({})) },
      [['input.file.goals', 'TOO_MANY']],
    ],
  ])('refuses a file that %s, with the path, and imports nothing of it', async (_, file, faults) => {
    const person = await cast.join(organization);
    const good = minimal().goals[0]!;
    const withGood =
      typeof file === 'object' &&
      file !== null &&
      'goals' in file &&
      Array.isArray(file.goals) &&
      file.goals.length < 500
        ? {
            ...file,
            goals: [...(file.goals as object[]), { ...good, id: '0b0c3b44-8c6b-4a1e-9e0d-0d6f1c1a2222' }],
          }
        : file;
    const { data, errors } = await person.ask(IMPORT, {
      file: typeof withGood === 'string' ? withGood : JSON.stringify(withGood),
    });
    expect(data).toEqual({ importMyGoals: null });
    const { code, fields } = errors[0]!.extensions as unknown as {
      code: string;
      fields: { path: string; code: string }[];
    };
    expect(code).toBe('BAD_USER_INPUT');
    expect(fields.map((field) => [field.path, field.code])).toEqual(faults);
    expect((await goalsOf(app, person)).goals).toEqual([]);
  });

  it('is refused, as a new goal is, where a person would have more than 500 goals', async () => {
    const person = await cast.join(organization);
    const [goal] = minimal().goals;
    const file = (first: number, count: number): string =>
      JSON.stringify({
        ...minimal(),
        goals: Array.from({ length: count }, (_, n) => ({
          ...goal,
          id: `0b0c3b44-8c6b-4a1e-9e0d-${String(first + n).padStart(12, '0')}`,
        })),
      });
    const fault = async (query: string, variables: Record<string, unknown>): Promise<unknown> =>
      (await person.ask(query, variables)).errors[0]?.extensions.fields;
    expect(await fault(IMPORT, { file: file(0, 499) })).toBeUndefined();
    const tooMany = (path: string, sentence: string): object[] => [
      { path, code: 'TOO_MANY', message: `${sentence}; a person can have at most 500. Delete some first.` },
    ];
    // One that is there already, and two that are not.
    expect(await fault(IMPORT, { file: file(498, 3) })).toEqual(
      tooMany('input.file', 'File would make 501 goals'),
    );
    const create = `mutation { createPersonalGoal(input: { title: "One more" }) { personalGoal { id } } }`;
    expect(await fault(create, {})).toBeUndefined();
    expect(await fault(create, {})).toEqual(tooMany('input', 'Input would make 501 goals'));
    // What is there already is no more.
    expect(await fault(IMPORT, { file: file(0, 499) })).toBeUndefined();
    const { rows } = await app.database.query('select from personal_goal where owner_id = $1', [person.id]);
    expect(rows).toHaveLength(500);
  });

  it('is all or nothing also where the database refuses a goal', async () => {
    const person = await cast.join(organization);
    const session = createHash('sha256').update(person.token).digest('hex');
    const run = async (goals: object[]): Promise<void> => {
      await app.database.query("select set_config('app.session', $1, false)", [session]);
      await app.database.query('select app.import_goals($1)', [JSON.stringify(goals)]);
    };
    const [goal] = minimal().goals;
    await expect(
      run([goal!, { ...goal, id: '0b0c3b44-8c6b-4a1e-9e0d-0d6f1c1a3333', horizon: 'SOON' }]),
    ).rejects.toMatchObject({
      code: '23514',
    });
    expect((await goalsOf(app, person)).goals).toEqual([]);
  });

  it('leaves milestones and updates out of shares that do not include the past', async () => {
    const person = await cast.join(organization);
    const reader = await cast.join(organization);
    await importInto(
      person,
      minimal({
        milestones: [{ title: 'A boat', reachedOn: '2025-01-01' }],
        updates: [{ at: hours(-1).toISOString(), text: 'An update', measuredValue: null }],
      }),
    );
    const [goal] = (await goalsOf(app, person)).goals;
    await person.get(
      'mutation ($id: ID!, $with: ID!) { shareGoal(input: { goalId: $id, personId: $with }) { __typename } }',
      { id: goal!.id, with: reader.id },
    );
    expect(
      await reader.get(
        'query ($id: ID!) { personalGoal(id: $id) { title milestones { title } updates { nodes { text } } } }',
        { id: goal!.id },
      ),
    ).toEqual({ personalGoal: { title: 'Sail', milestones: [], updates: { nodes: [] } } });
  });
});
