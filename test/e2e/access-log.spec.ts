import pg from 'pg';
import { day, World, type TestGoal, type TestOrganization, type TestRow } from '../factories/world.js';
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
  organization = await world.organization({ timeZone: 'Europe/Berlin' });
});
afterAll(() => app.close());

/** A goal that is shared with a reader, and everything through which the reader could see something of it. */
interface SharedGoal {
  readonly owner: Actor;
  readonly reader: Actor;
  readonly goal: TestGoal;
  readonly share: TestRow;
  readonly update: TestRow;
  /** Business goals: one is placed in the goal, the other is not. */
  readonly placed: TestRow;
  readonly alignment: TestRow;
  readonly unplaced: TestRow;
  /** A conversation of the two people, and a talking point about the goal. */
  readonly conversation: TestRow;
  readonly point: TestRow;
}

async function createSharedGoal(): Promise<SharedGoal> {
  const [owner, reader] = [await actors.join(organization), await actors.join(organization)];
  const goal = await world.goal(owner, { title: 'Learn to dive', openToProposals: true });
  const share = await world.share(goal, reader, { includesPast: true });
  const update = await world.goalUpdate(goal, { text: 'First breath under water' });
  await world.milestone(goal, { title: 'Open water' });
  const cycle = await world.cycle(organization);
  const [placed, unplaced] = [await world.businessGoal(owner, cycle), await world.businessGoal(owner, cycle)];
  const alignment = await world.alignment(goal, placed, { how: 'It pays for the breath' });
  const conversation = await world.conversation(await world.oneToOne(owner, reader));
  const point = await world.talkingPoint(conversation, owner, { about: goal });
  return { owner, reader, goal, share, update, placed, alignment, unplaced, conversation, point };
}

interface Entry {
  reader_id: string;
  goal_id: string;
  owner_id: string;
  on_day: string;
  kind: string;
}

async function entries(goal: TestGoal): Promise<Entry[]> {
  const { rows } = await app.database.query<Entry>(
    `select reader_id, goal_id, owner_id, on_day::text, kind from goal_access where goal_id = $1 order by kind`,
    [goal.id],
  );
  return rows;
}

const kinds = async (goal: TestGoal) => (await entries(goal)).map(({ kind }) => kind);

const OPEN = 'query ($id: ID!) { personalGoal(id: $id) { title } }';

/** A field that returns something of a personal goal, and the access that it records. */
interface LoggedField {
  readonly query: string;
  readonly variables: (shared: SharedGoal) => Record<string, unknown>;
  readonly kind: 'LISTED' | 'OPENED';
  /** Runs first. */
  readonly before?: (shared: SharedGoal) => Promise<unknown>;
  /** A mutation that cannot be repeated. */
  readonly once?: true;
}

const PLACE = `mutation ($personal: ID!, $business: ID!) {
  placeBusinessGoal(input: { personalGoalId: $personal, businessGoalId: $business }) { __typename } }`;

/**
 * Every field of the schema that leads to a personal goal or a part of one. A new field fails the test below until it is added here
 * with how it is logged, or why it returns nothing of another person.
 */
const FIELDS: Record<
  string,
  LoggedField | 'own goals only' | 'part of a returned goal' | 'never a personal goal'
> = {
  'Query.personalGoal': { query: OPEN, variables: ({ goal }) => ({ id: goal.id }), kind: 'OPENED' },
  'Query.node': {
    query: 'query ($goal: ID!) { node(id: $goal) { id } }',
    variables: ({ goal }) => ({ goal: goal.id }),
    kind: 'OPENED',
  },
  'Query.nodes': {
    query: 'query ($update: ID!) { nodes(ids: [$update]) { ... on PersonalGoalUpdate { text } } }',
    variables: ({ update }) => ({ update: update.id }),
    kind: 'OPENED',
  },
  'Person.personalGoals': {
    query:
      'query ($owner: ID!) { node(id: $owner) { ... on Person { personalGoals { pageInfo { hasNextPage } } } } }',
    variables: ({ owner }) => ({ owner: owner.id }),
    kind: 'LISTED',
  },
  'Viewer.sharedWithMe': {
    query: '{ viewer { sharedWithMe { edges { cursor } } } }',
    variables: () => ({}),
    kind: 'LISTED',
  },
  'PersonalGoalShare.goal': {
    query: 'query ($share: ID!) { node(id: $share) { ... on PersonalGoalShare { goal { id } } } }',
    variables: ({ share }) => ({ share: share.id }),
    kind: 'LISTED',
  },
  'AccessLogEntry.goal': {
    query: '{ viewer { ownReads { nodes { goal { title } } } } }',
    variables: () => ({}),
    kind: 'LISTED',
    before: ({ reader, goal }) => reader.get(OPEN, { id: goal.id }),
  },
  'Alignment.personalGoal': {
    query: 'query ($alignment: ID!) { node(id: $alignment) { ... on Alignment { personalGoal { title } } } }',
    variables: ({ alignment }) => ({ alignment: alignment.id }),
    kind: 'LISTED',
    before: ({ reader, goal }) => reader.get(OPEN, { id: goal.id }),
  },
  'FitMap.placements': {
    query: 'query ($owner: ID!) { node(id: $owner) { ... on Person { fitMap { placements { how } } } } }',
    variables: ({ owner }) => ({ owner: owner.id }),
    kind: 'LISTED',
  },
  'AlignmentPayload.alignment': {
    query: PLACE,
    variables: ({ goal, unplaced }) => ({ personal: goal.id, business: unplaced.id }),
    kind: 'OPENED',
    once: true,
  },
  'AlreadyPlaced.alignment': {
    query: PLACE,
    variables: ({ goal, placed }) => ({ personal: goal.id, business: placed.id }),
    kind: 'OPENED',
  },
  'TalkingPoint.about': {
    query: 'query ($point: ID!) { node(id: $point) { ... on TalkingPoint { about { __typename } } } }',
    variables: ({ point }) => ({ point: point.id }),
    kind: 'LISTED',
  },
  'Conversation.goals': {
    query: 'query ($conversation: ID!) { conversation(id: $conversation) { goals { __typename } } }',
    variables: ({ conversation }) => ({ conversation: conversation.id }),
    kind: 'LISTED',
  },
  'Suggestion.about': {
    query:
      'query ($planned: ID!) { conversation(id: $planned) { preparation { suggestions { about { __typename ... on PersonalGoal { title } } } } } }',
    variables: ({ conversation }) => ({ planned: conversation.id }),
    kind: 'LISTED',
  },
  'FitMap.beyondWork': 'own goals only',
  'PersonalGoal.alignments': 'part of a returned goal',
  'PersonalGoal.milestones': 'part of a returned goal',
  'PersonalGoal.updates': 'part of a returned goal',
  'PersonalGoalPayload.personalGoal': 'own goals only',
  'PersonalGoalUpdatePayload.personalGoal': 'own goals only',
  'PersonalGoalUpdatePayload.personalGoalUpdate': 'own goals only',
  'EditConflict.current': 'own goals only',
  'SearchResult.node': 'own goals only',
  'AuditEntry.subject': 'never a personal goal',
};

const LOGGED = Object.entries(FIELDS).flatMap(([name, field]): [string, LoggedField][] =>
  typeof field === 'string' ? [] : [[name, field]],
);

describe('access log coverage', () => {
  it('covers every field of the schema that leads to a personal goal', async () => {
    const { reader } = await createSharedGoal();
    interface TypeRef {
      name: string | null;
      ofType: TypeRef | null;
    }
    const { __schema } = await reader.get<{
      __schema: {
        types: {
          name: string;
          fields: { name: string; type: TypeRef }[] | null;
          possibleTypes: { name: string }[] | null;
        }[];
      };
    }>(`{ __schema { types { name possibleTypes { name }
      fields { name type { name ofType { name ofType { name ofType { name } } } } } } } }`);
    const named = (type: TypeRef): string => (type.ofType ? named(type.ofType) : (type.name ?? ''));
    const parts = new Set(['PersonalGoal', 'Milestone', 'PersonalGoalUpdate', 'Alignment']);
    const shows = new Set(
      __schema.types
        .filter(
          ({ name, possibleTypes }) => parts.has(name) || possibleTypes?.some((one) => parts.has(one.name)),
        )
        .map(({ name }) => name),
    );
    const found = __schema.types.flatMap((type) =>
      /(Connection|Edge)$/.test(type.name)
        ? []
        : (type.fields ?? [])
            .filter((field) => shows.has(named(field.type).replace(/Connection$/, '')))
            .map((field) => `${type.name}.${field.name}`),
    );
    expect(found.filter((name) => !(name in FIELDS))).toEqual([]);
    expect(Object.keys(FIELDS).filter((name) => !found.includes(name))).toEqual([]);
  });

  it.each(LOGGED)('records %s before the response', async (_, { query, variables, kind, before }) => {
    const set = await createSharedGoal();
    await before?.(set);
    const earlier = await kinds(set.goal);
    expect(earlier).not.toContain(kind);
    await set.reader.get(query, variables(set));
    const recorded = (await entries(set.goal)).filter((entry) => !earlier.includes(entry.kind));
    expect(recorded).toEqual([
      {
        reader_id: set.reader.id,
        goal_id: set.goal.id,
        owner_id: set.owner.id,
        on_day: expect.any(String) as string,
        kind,
      },
    ]);
  });

  it.each(LOGGED)(
    'returns no data from %s if the read cannot be recorded',
    async (_, { query, variables, before, once }) => {
      const set = await createSharedGoal();
      await before?.(set);
      const answer = await whileNothingCanBeRecorded(() => set.reader.ask(query, variables(set)));
      expect(answer.data ?? null).toBeNull();
      expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL_SERVER_ERROR']);
      expect(JSON.stringify(answer.errors)).not.toMatch(/dive|water|breath/i);
      // The operation succeeds as soon as its read can be recorded.
      if (once !== true) expect((await set.reader.ask(query, variables(set))).errors).toEqual([]);
    },
  );

  it('records no extra kind for milestones, updates and alignments of a returned goal', async () => {
    const { reader, goal } = await createSharedGoal();
    const { personalGoal } = await reader.get<{ personalGoal: unknown }>(
      'query ($id: ID!) { personalGoal(id: $id) { milestones { title } updates { nodes { text } } alignments { how } } }',
      { id: goal.id },
    );
    expect(personalGoal).toEqual({
      milestones: [{ title: 'Open water' }],
      updates: { nodes: [{ text: 'First breath under water' }] },
      alignments: [{ how: 'It pays for the breath' }],
    });
    expect(await kinds(goal)).toEqual(['OPENED']);
  });
});

describe('an access log entry', () => {
  it('exists once per reader, goal, day and kind, also for concurrent reads', async () => {
    const { owner, reader, goal } = await createSharedGoal();
    const LIST = 'query ($id: ID!) { node(id: $id) { ... on Person { personalGoals { nodes { title } } } } }';
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        index % 2 ? reader.get(OPEN, { id: goal.id }) : reader.get(LIST, { id: owner.id }),
      ),
    );
    expect(await kinds(goal)).toEqual(['LISTED', 'OPENED']);
    const second = await createSharedGoal();
    await second.reader.get(
      'query ($id: ID!) { personalGoal(id: $id) { title } viewer { sharedWithMe { nodes { id } } } }',
      { id: second.goal.id },
    );
    expect(await kinds(second.goal)).toEqual(['LISTED', 'OPENED']);
  });

  it('is not written again on the same day', async () => {
    const { reader, goal } = await createSharedGoal();
    await reader.get(OPEN, { id: goal.id });
    const answer = await whileNothingCanBeRecorded(() => reader.get(OPEN, { id: goal.id }));
    expect(answer).toEqual({ personalGoal: { title: 'Learn to dive' } });
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', null])(
    'carries the day in the owner’s time zone (%s)',
    async (timeZone) => {
      const { owner, reader, goal } = await createSharedGoal();
      if (timeZone !== null) {
        await world.insert('person_time_zone', {
          person_id: owner.id,
          organization_id: organization.id,
          time_zone: timeZone,
        });
      }
      const today = () =>
        new Intl.DateTimeFormat('en-CA', { timeZone: timeZone ?? 'Europe/Berlin' }).format(new Date());
      const before = today();
      await reader.get(OPEN, { id: goal.id });
      expect([before, today()]).toContain((await entries(goal))[0]?.on_day);
    },
  );

  it('is not written for own goals or goals visible to the organization', async () => {
    const { owner, reader, goal } = await createSharedGoal();
    const [curious, open] = [
      await actors.join(organization),
      await world.goal(owner, { visibility: 'ORGANIZATION' }),
    ];
    await world.share(open, reader);
    const words = await world.goalUpdate(open);
    const everything = `query ($goal: ID!, $open: ID!, $update: ID!, $owner: ID!) {
      personalGoal(id: $goal) { title updates { nodes { text } } milestones { title } }
      node(id: $open) { ... on PersonalGoal { title basis updates { nodes { text } } } }
      update: node(id: $update) { ... on PersonalGoalUpdate { text } }
      owner: node(id: $owner) { ... on Person { personalGoals { nodes { title } } } } }`;
    const variables = { goal: goal.id, open: open.id, update: words.id, owner: owner.id };
    await owner.get(everything, variables);
    await curious.get(everything, variables);
    const { node } = await reader.get<{ node: { basis: string } }>(everything, variables);
    expect(node.basis).toBe('ORGANIZATION_WIDE');
    expect(await entries(open)).toEqual([]);
    expect((await entries(goal)).map((entry) => entry.reader_id)).toEqual([reader.id, reader.id]);
  });

  it('is required for SHARED goals of others only, so that other reads work without the log', async () => {
    const { owner, reader, goal } = await createSharedGoal();
    const open = await world.goal(owner, { title: 'Open', visibility: 'ORGANIZATION' });
    const hidden = await world.goal(owner);
    const answers = await whileNothingCanBeRecorded(() =>
      Promise.all([
        owner.get(OPEN, { id: goal.id }),
        reader.get(OPEN, { id: open.id }),
        reader.get(OPEN, { id: hidden.id }),
      ]),
    );
    expect(answers).toEqual([
      { personalGoal: { title: 'Learn to dive' } },
      { personalGoal: { title: 'Open' } },
      { personalGoal: null },
    ]);
  });
});

describe('a share that ends while its goal is being read', () => {
  it('produces neither an entry nor data', async () => {
    const { owner, reader, goal, share } = await createSharedGoal();
    const blocker = new pg.Client({ connectionString: app.testDatabase.adminUrl });
    await blocker.connect();
    try {
      // The goal is read before this lock is released, and the log is written afterwards.
      await blocker.query('begin; lock table goal_access in access exclusive mode');
      const answer = reader.ask(OPEN, { id: goal.id });
      await waitUntil(async () => {
        const { rows } = await app.database.query(
          `select 1 from pg_locks where relation = 'goal_access'::regclass and not granted`,
        );
        return rows.length > 0;
      });
      await owner.get(
        'mutation ($id: ID!) { endShare(input: { id: $id }) { personalGoalShare { state } } }',
        {
          id: share.id,
        },
      );
      await blocker.query('commit');
      const { data, errors } = await answer;
      expect(data ?? null).toBeNull();
      expect(errors[0]?.extensions.code).toBe('CONFLICT');
      expect(await entries(goal)).toEqual([]);
    } finally {
      await blocker.end();
    }
  });
});

describe('an operation that ends its session after reading a goal', () => {
  it('returns no data, because the read cannot be recorded', async () => {
    const { reader, goal, placed } = await createSharedGoal();
    const { data, errors } = await reader.ask(
      `mutation ($personal: ID!, $business: ID!) {
        placeBusinessGoal(input: { personalGoalId: $personal, businessGoalId: $business }) {
          ... on AlreadyPlaced { alignment { how personalGoal { title } } } }
        signOut { __typename } }`,
      { personal: goal.id, business: placed.id },
    );
    expect(data ?? null).toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['CONFLICT']);
    expect(await entries(goal)).toEqual([]);
  });
});

describe('accessLog and ownReads', () => {
  const LOG = `query ($first: Int, $after: String) { viewer { accessLog(first: $first, after: $after) {
    nodes { reader { id } owner { id } goal { title } on kind } edges { cursor } pageInfo { hasNextPage endCursor } } } }`;
  const OWN_READS = '{ viewer { ownReads { nodes { reader { id } owner { id } goal { title } on kind } } } }';
  interface Log {
    nodes: {
      reader: { id: string };
      owner: { id: string };
      goal: { title: string } | null;
      on: string;
      kind: string;
    }[];
    edges: { cursor: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  }
  const log = async (viewer: Actor, variables = {}) =>
    (await viewer.get<{ viewer: { accessLog: Log } }>(LOG, variables)).viewer.accessLog;
  const ownReads = async (viewer: Actor) =>
    (await viewer.get<{ viewer: { ownReads: Log } }>(OWN_READS)).viewer.ownReads.nodes;

  it('show entries to the owner, their own reads to a reader, and nothing to anybody else', async () => {
    const { owner, reader, goal } = await createSharedGoal();
    const another = await actors.join(organization);
    await world.share(goal, another);
    await reader.get(OPEN, { id: goal.id });
    await another.get(OPEN, { id: goal.id });
    const seen = (await log(owner)).nodes;
    expect(seen.map((entry) => entry.reader.id).sort()).toEqual([reader.id, another.id].sort());
    expect(seen[0]).toMatchObject({
      owner: { id: owner.id },
      goal: { title: 'Learn to dive' },
      kind: 'OPENED',
    });
    expect((await ownReads(reader)).map((entry) => entry.reader.id)).toEqual([reader.id]);
    expect((await log(reader)).nodes).toEqual([]);
    expect(await ownReads(owner)).toEqual([]);
    const admin = await actors.join(organization);
    for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
      await world.role(admin, role);
    expect([(await log(admin)).nodes, await ownReads(admin)]).toEqual([[], []]);
  });

  it('list the reads of one goal in its ownerView', async () => {
    const { owner, reader, goal } = await createSharedGoal();
    const other = await world.goal(owner, { title: 'Another' });
    await world.share(other, reader);
    await reader.get(OPEN, { id: goal.id });
    await reader.get(OPEN, { id: other.id });
    await reader.get('{ viewer { sharedWithMe { nodes { id } } } }');
    const OF_GOAL = `query ($id: ID!) { personalGoal(id: $id) { ownerView {
      accessLog { nodes { reader { id } goal { id } kind } } } } }`;
    for (const { id } of [goal, other]) {
      expect(await owner.get(OF_GOAL, { id })).toEqual({
        personalGoal: {
          ownerView: {
            accessLog: {
              nodes: ['OPENED', 'LISTED'].map((kind) => ({ reader: { id: reader.id }, goal: { id }, kind })),
            },
          },
        },
      });
      expect(await reader.get(OF_GOAL, { id })).toEqual({ personalGoal: { ownerView: null } });
    }
  });

  it('keep entries without the goal after it is withdrawn or deleted', async () => {
    const { owner, reader, goal } = await createSharedGoal();
    await reader.get(OPEN, { id: goal.id });
    expect(await ownReads(reader)).toMatchObject([{ goal: { title: 'Learn to dive' } }]);
    await app.database.query('update goal_share set ended_at = now() where goal_id = $1', [goal.id]);
    expect((await ownReads(reader)).map((entry) => entry.goal)).toEqual([null, null]);
    expect((await log(owner)).nodes.map((entry) => entry.goal?.title)).toEqual([
      'Learn to dive',
      'Learn to dive',
    ]);
    await owner.get('mutation ($id: ID!) { deletePersonalGoal(input: { id: $id }) { deletedId } }', {
      id: goal.id,
    });
    expect((await log(owner)).nodes.map((entry) => [entry.reader.id, entry.goal])).toEqual([
      [reader.id, null],
      [reader.id, null],
    ]);
  });

  it('are paged, newest day first, with cursors that hold days and no times', async () => {
    const { owner, goal } = await createSharedGoal();
    const other = await world.goal(owner);
    for (const offset of [-1, -3, -2]) {
      for (const about of [goal, other]) {
        for (const kind of ['LISTED', 'OPENED']) {
          await world.insert('goal_access', {
            reader_id: (await actors.join(organization)).id,
            goal_id: about.id,
            owner_id: owner.id,
            organization_id: organization.id,
            on_day: day(offset),
            kind,
          });
        }
      }
    }
    const days: string[] = [];
    const cursors: string[] = [];
    let after: string | null = null;
    do {
      const page: Log = await log(owner, { first: 5, after });
      days.push(...page.nodes.map(({ on }) => on));
      cursors.push(...page.edges.map(({ cursor }) => Buffer.from(cursor, 'base64url').toString()));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(days).toEqual([-1, -2, -3].flatMap((offset) => Array.from({ length: 4 }, () => day(offset))));
    expect(new Set(cursors).size).toBe(12);
    for (const cursor of cursors) expect(cursor).not.toMatch(/\d\d:\d\d/);
  });
});

/** Revokes the API role's right to write the log while `work` runs. */
async function whileNothingCanBeRecorded<T>(work: () => Promise<T>): Promise<T> {
  const { rows } = await app.database.query<{ grantee: string }>(
    `select grantee from information_schema.role_table_grants
     where table_name = 'goal_access' and privilege_type = 'INSERT' and grantee <> current_user`,
  );
  expect(rows).toHaveLength(1);
  const role = pg.escapeIdentifier(rows[0]?.grantee ?? '');
  await app.database.query(`revoke insert on goal_access from ${role}`);
  try {
    return await work();
  } finally {
    await app.database.query(`grant insert on goal_access to ${role}`);
  }
}

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It never came to it.');
}
