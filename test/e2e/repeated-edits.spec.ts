import { day, hours, World, type TestOrganization, type TestRow } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

/** Edits that are sent again without an Idempotency-Key because the response was lost, and edits that change nothing. */
let app: TestApp;
let world: World;
let actors: Actors;
let organization: TestOrganization;
let ada: Actor;
let ben: Actor;
let pair: TestRow;
let talk: TestRow;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  actors = new Actors(app, world);
  organization = await world.organization();
});
afterAll(() => app.close());

beforeEach(async () => {
  ada = await actors.join(organization);
  ben = await actors.join(organization);
  pair = await world.oneToOne(ada, ben);
  talk = await world.conversation(pair, { scheduledAt: hours(50) });
});

type Input = Record<string, unknown>;

interface Edit {
  readonly name: string;
  readonly input: string;
  readonly selection: string;
  /** The object to edit, the IDs in the input, and its version. */
  readonly given: () => Promise<{ row: TestRow; ids: Input; version: number; table: string }>;
  readonly changes: readonly Input[];
  /** A different edit of the first version, which is outdated by then. */
  readonly later: Input;
  readonly late: 'EditConflict' | 'CONFLICT';
}

const EDITS: Edit[] = [
  {
    name: 'updatePersonalGoal',
    input: 'UpdatePersonalGoalInput',
    selection: `__typename ... on PersonalGoalPayload { personalGoal { id title measure { current } ownerView { version history { nodes { version } } } } }`,
    given: async () => {
      const goal = await world.goal(ada);
      return { row: goal, ids: { id: goal.id }, version: 1, table: 'personal_goal_own' };
    },
    changes: [
      { title: 'Another title' },
      { why: 'So', area: 'Family', horizon: 'LIFE', targetOn: '2030-01-01' },
      { measure: { unit: 'km', start: 0, target: 10 }, status: 'RESTING', visibility: 'ORGANIZATION' },
    ],
    later: { title: 'A third title' },
    late: 'EditConflict',
  },
  {
    name: 'setMilestones',
    input: 'SetMilestonesInput',
    selection: `__typename ... on PersonalGoalPayload { personalGoal { id ownerView { version } milestones { id title reachedOn } } }`,
    given: async () => {
      const goal = await world.goal(ada);
      return { row: goal, ids: { id: goal.id }, version: 1, table: 'personal_goal_own' };
    },
    changes: [{ milestones: [{ title: 'One', reachedOn: '2026-01-01' }, { title: 'Two' }] }],
    later: { milestones: [{ title: 'Two' }] },
    late: 'EditConflict',
  },
  {
    name: 'updateBusinessGoal',
    input: 'UpdateBusinessGoalInput',
    selection: `__typename ... on BusinessGoalPayload { businessGoal { id version title state progress } }`,
    given: async () => {
      const goal = await world.businessGoal(ada, await world.cycle(organization));
      return { row: goal, ids: { id: goal.id }, version: 1, table: 'business_goal' };
    },
    changes: [{ title: 'Another' }, { state: 'ACHIEVED', description: 'So', progress: 0.5 }],
    later: { title: 'A third' },
    late: 'EditConflict',
  },
  {
    name: 'setKeyResults',
    input: 'SetKeyResultsInput',
    selection: `__typename ... on BusinessGoalPayload { businessGoal { id version keyResults { id title current } } }`,
    given: async () => {
      const goal = await world.businessGoal(ada, await world.cycle(organization));
      return { row: goal, ids: { id: goal.id }, version: 1, table: 'business_goal' };
    },
    changes: [{ keyResults: [{ title: 'K', unit: 'u', start: 0, target: 1 }] }],
    later: { keyResults: [] },
    late: 'EditConflict',
  },
  {
    name: 'updateTalkingPoint',
    input: 'UpdateTalkingPointInput',
    selection: `__typename ... on TalkingPointPayload { talkingPoint { id version text discussed history { version } about { ... on PersonalGoal { id } } } }`,
    given: async () => {
      const point = await world.talkingPoint(talk, ada);
      return { row: point, ids: { id: point.id }, version: 1, table: 'talking_point' };
    },
    changes: [{ text: 'Other words' }, { discussed: true }],
    later: { text: 'Third words' },
    late: 'EditConflict',
  },
  {
    name: 'updateActionItem',
    input: 'UpdateActionItemInput',
    selection: `__typename ... on ActionItemPayload { actionItem { id version text dueOn renegotiated history { version } } }`,
    given: async () => {
      const item = await world.actionItem(talk, ada, { dueOn: day(5) });
      return { row: item, ids: { id: item.id }, version: 1, table: 'action_item' };
    },
    changes: [{ text: 'Other words' }, { dueOn: day(9) }, { dueOn: null, text: 'Some' }],
    later: { text: 'Third words' },
    late: 'EditConflict',
  },
  {
    name: 'writeSharedNotes',
    input: 'WriteSharedNotesInput',
    selection: `__typename ... on SharedNotesPayload { sharedNotes { id version text history { version } } }`,
    given: async () => {
      const { rows } = await app.database.query<{ id: string }>(
        'select id from shared_notes where conversation_id = $1',
        [talk.id],
      );
      return {
        row: { ...talk, id: rows[0]!.id },
        ids: { conversationId: talk.id },
        version: 0,
        table: 'shared_notes',
      };
    },
    changes: [{ text: 'Some notes' }],
    later: { text: 'Other notes' },
    late: 'EditConflict',
  },
  {
    name: 'moveConversation',
    input: 'MoveConversationInput',
    selection: `__typename ... on ConversationPayload { conversation { id version scheduledAt } }`,
    given: () => Promise.resolve({ row: talk, ids: { id: talk.id }, version: 1, table: 'conversation' }),
    changes: [{ scheduledAt: hours(60).toISOString() }],
    later: { scheduledAt: hours(70).toISOString() },
    late: 'EditConflict',
  },
  {
    name: 'rescheduleOneToOne',
    input: 'RescheduleOneToOneInput',
    selection: `__typename ... on OneToOnePayload { oneToOne { id version durationMinutes timeZone recurrence startsAt } }`,
    given: () => Promise.resolve({ row: pair, ids: { id: pair.id }, version: 1, table: 'one_to_one' }),
    changes: [{ durationMinutes: 45, timeZone: 'Europe/Lisbon' }],
    later: { durationMinutes: 50 },
    late: 'EditConflict',
  },
];

async function versionOf(table: string, row: TestRow): Promise<number | undefined> {
  const key = table === 'personal_goal_own' ? 'goal_id' : 'id';
  const { rows } = await app.database.query<{ version: number }>(
    `select version from ${table} where ${key} = $1`,
    [row.id],
  );
  return rows[0]?.version;
}

describe.each(EDITS)('$name', ({ name, input, selection, given, changes, later, late }) => {
  const mutation = `mutation ($input: ${input}!) { result: ${name}(input: $input) { ${selection} } }`;

  it.each(changes.map((change) => [JSON.stringify(change), change]))(
    'sent again succeeds, changes nothing and gives the same answer: %s',
    async (_, change) => {
      const { row, ids, version: seen, table } = await given();
      const edit = { input: { ...ids, version: seen, ...change } };
      const first = await ada.get<{ result: Input }>(mutation, edit);
      expect(first.result.__typename).not.toBe('EditConflict');
      expect(await versionOf(table, row)).toBe(seen + 1);
      expect(await ada.get(mutation, edit)).toEqual(first);
      expect(await ada.get(mutation, edit)).toEqual(first);
      // With the current version it changes nothing either.
      expect(await ada.get(mutation, { input: { ...edit.input, version: seen + 1 } })).toEqual(first);
      expect(await versionOf(table, row)).toBe(seen + 1);
      // A different edit of the earlier version is still outdated.
      const other = await ada.ask<{ result: Input }>(mutation, {
        input: { ...ids, version: seen, ...later },
      });
      expect(other.errors[0]?.extensions.code ?? other.data?.result.__typename).toBe(late);
      expect(await versionOf(table, row)).toBe(seen + 1);
    },
  );
});

it('a transfer of a business goal that its former owner sends again has one effect with a key, and is refused without', async () => {
  const goal = await world.businessGoal(ada, await world.cycle(organization));
  const mutation = `mutation ($input: UpdateBusinessGoalInput!) { updateBusinessGoal(input: $input) {
    __typename ... on BusinessGoalPayload { businessGoal { version title owner { id } } } } }`;
  const edit = { input: { id: goal.id, version: 1, ownerId: ben.id } };
  const send = async (): Promise<unknown> =>
    (await app.graphql(mutation, edit, ada.token, { 'idempotency-key': 'transfer' })).data;
  const first = await send();
  expect(first).toMatchObject({ updateBusinessGoal: { businessGoal: { owner: { id: ben.id } } } });
  expect(await send()).toEqual(first);
  for (const input of [edit.input, { ...edit.input, version: 2, ownerId: ada.id }])
    expect(await ada.refusal(mutation, { input })).toBe('NOT_PERMITTED');
});

it('what a point is about is compared for its author alone', async () => {
  const goal = await world.goal(ada, { title: 'Secret' });
  const point = await world.talkingPoint(talk, ada, { about: goal });
  const mutation = `mutation ($input: UpdateTalkingPointInput!) { updateTalkingPoint(input: $input) { __typename } }`;
  const input = { id: point.id, version: 9, aboutId: goal.id };
  expect(await ada.get(mutation, { input })).toEqual({
    updateTalkingPoint: { __typename: 'TalkingPointPayload' },
  });
  for (const aboutId of [goal.id, (await world.goal(ben)).id, null]) {
    expect(await ben.get(mutation, { input: { ...input, aboutId } })).toEqual({
      updateTalkingPoint: { __typename: 'EditConflict' },
    });
  }
});

it('private notes sent again succeed', async () => {
  const mutation = `mutation ($input: WritePrivateNotesInput!) {
    writePrivateNotes(input: $input) {
      __typename ... on ConversationPayload { conversation { id privateNotes { text version } } }
      ... on EditConflict { current { ... on PrivateNotes { text version } } }
    } }`;
  const edit = { input: { conversationId: talk.id, text: 'Mine', version: 0 } };
  const first = await ada.get(mutation, edit);
  expect(await ada.get(mutation, edit)).toEqual(first);
  expect(await ada.get(mutation, { input: { ...edit.input, text: 'Others' } })).toEqual({
    writePrivateNotes: { __typename: 'EditConflict', current: { text: 'Mine', version: 1 } },
  });
});

describe('a check-in', () => {
  const mutation = `mutation ($input: CheckInBusinessGoalInput!) {
    checkInBusinessGoal(input: $input) {
      __typename ... on CheckInPayload { checkIn { id } businessGoal { version health keyResults { id current } } } } }`;

  it('with values raises the version by one, and sent again is the same check-in', async () => {
    const goal = await world.businessGoal(ada, await world.cycle(organization));
    const { setKeyResults } = await ada.get<{
      setKeyResults: { businessGoal: { keyResults: { id: string }[] } };
    }>(
      `mutation ($input: SetKeyResultsInput!) { setKeyResults(input: $input) { ... on BusinessGoalPayload { businessGoal { keyResults { id } } } } }`,
      {
        input: {
          id: goal.id,
          version: 1,
          keyResults: [{ title: 'K', unit: 'u', start: 0, target: 10 }],
        },
      },
    );
    const keyResultId = setKeyResults.businessGoal.keyResults[0]!.id;
    const input = {
      id: goal.id,
      health: 'AT_RISK',
      confidence: 3,
      text: 'Halfway',
      version: 2,
      currentValues: [{ keyResultId, current: 5 }],
    };
    const outdated = { checkInBusinessGoal: { __typename: 'EditConflict' } };
    const first = await ada.get<{ checkInBusinessGoal: object }>(mutation, { input });
    expect(first.checkInBusinessGoal).toMatchObject({
      businessGoal: { version: 3, health: 'AT_RISK', keyResults: [{ current: 5 }] },
    });
    expect(await ada.get(mutation, { input })).toEqual(first);
    // Based on the same version, but different.
    for (const other of [
      { text: 'Other' },
      { confidence: 4 },
      { currentValues: [{ keyResultId, current: 6 }] },
    ]) {
      expect(await ada.get(mutation, { input: { ...input, ...other } })).toEqual(outdated);
    }
    await world.assign(goal, ben);
    expect(await ben.get(mutation, { input })).toEqual(outdated);
  });

  it('that changes the health raises the version by one, and one that does not leaves it', async () => {
    const goal = await world.businessGoal(ada, await world.cycle(organization));
    for (const [health, raised] of [
      ['AT_RISK', 2],
      ['AT_RISK', 2],
      ['ON_TRACK', 3],
    ] as const) {
      const input = { id: goal.id, health, confidence: 3 };
      expect(await ada.get(mutation, { input })).toMatchObject({
        checkInBusinessGoal: { businessGoal: { version: raised, health } },
      });
    }
  });
});
