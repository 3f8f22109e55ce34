import { createHash } from 'node:crypto';
import pg from 'pg';
import { World, day, hours, type TestGoal, type TestOrganization, type TestRow } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { Actors, type Actor } from './actors.js';

let app: TestApp;
let world: World;
let cast: Actors;
let organization: TestOrganization;
let cycle: TestRow;
let owner: Actor; // of the personal goals
let proposer: Actor; // with whom they are shared, and who proposes
let reader: Actor; // with whom they are shared too
let outsider: Actor; // with whom nothing is shared
let admin: Actor; // with every role
let stranger: Actor; // of another organization

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  cast = new Actors(app, world);
  organization = await world.organization();
  cycle = await world.cycle(organization);
  owner = await cast.join(organization, { name: 'Owner' });
  proposer = await cast.join(organization, { name: 'Proposer' });
  reader = await cast.join(organization, { name: 'Reader' });
  outsider = await cast.join(organization, { name: 'Outsider' });
  admin = await cast.join(organization, { name: 'Admin' });
  for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
    await world.role(admin, role);
  stranger = await cast.join(await world.organization());
});
afterAll(() => app.close());

const ALIGNMENT = `{
  id state how createdAt proposedBy { id } personalGoal { id } businessGoal { id }
}`;
const PLACE = `mutation ($input: PlaceBusinessGoalInput!) {
  placeBusinessGoal(input: $input) {
    __typename
    ... on AlignmentPayload { alignment ${ALIGNMENT} }
    ... on AlreadyPlaced { alignment ${ALIGNMENT} }
  }
}`;
const ANSWER = `mutation ($input: AnswerAlignmentInput!) { answerAlignment(input: $input) { alignment ${ALIGNMENT} } }`;
const REWORD = `mutation ($input: UpdateAlignmentInput!) { updateAlignment(input: $input) { alignment ${ALIGNMENT} } }`;
const REMOVE = `mutation ($input: DeleteInput!) { deleteAlignment(input: $input) { deletedId } }`;
const OF_GOAL = `query ($id: ID!) { personalGoal(id: $id) { alignments ${ALIGNMENT} } }`;
const NODE = `query ($id: ID!) { node(id: $id) { id ... on Alignment { state how } } }`;

interface Shown {
  id: string;
  state: string;
  how: string | null;
  createdAt: string | null;
  proposedBy: { id: string };
  personalGoal: { id: string };
  businessGoal: { id: string } | null;
}

/** A goal of the owner, open to proposals and shared with proposer and reader, and a business goal. */
async function pair(
  options: { state?: string; openToProposals?: boolean; visibility?: 'SHARED' | 'ORGANIZATION' } = {},
): Promise<{ goal: TestGoal; work: TestRow; input: { personalGoalId: string; businessGoalId: string } }> {
  const goal = await world.goal(owner, {
    openToProposals: options.openToProposals ?? true,
    ...(options.visibility && { visibility: options.visibility }),
  });
  if (options.visibility === undefined) {
    await world.share(goal, proposer, { waits: false });
    await world.share(goal, reader, { waits: false });
  }
  const work = await world.businessGoal(proposer, cycle, { state: options.state ?? 'OPEN' });
  return { goal, work, input: { personalGoalId: goal.id, businessGoalId: work.id } };
}

async function place(who: Actor, input: object): Promise<{ typename: string; alignment: Shown }> {
  const { placeBusinessGoal } = await who.get<{
    placeBusinessGoal: { __typename: string; alignment: Shown };
  }>(PLACE, { input });
  return { typename: placeBusinessGoal.__typename, alignment: placeBusinessGoal.alignment };
}

async function answer(who: Actor, input: object): Promise<Shown> {
  return (await who.get<{ answerAlignment: { alignment: Shown } }>(ANSWER, { input })).answerAlignment
    .alignment;
}

/** As somebody sees it who neither owns the goal nor proposed it. */
function untimed(alignment: Shown): Shown {
  return { ...alignment, createdAt: null };
}

/** What somebody sees in a goal; undefined where they do not see the goal. */
async function alignmentsOf(who: Actor, goal: TestGoal): Promise<Shown[] | undefined> {
  const { personalGoal } = await who.get<{ personalGoal: { alignments: Shown[] } | null }>(OF_GOAL, {
    id: goal.id,
  });
  return personalGoal?.alignments;
}

async function node(who: Actor, id: string): Promise<unknown> {
  return (await who.get<{ node: unknown }>(NODE, { id })).node;
}

/** Ages a proposal, as if it had been made some days ago. */
async function age(id: string, days: number): Promise<void> {
  await app.database.query(`update alignment set proposed_at = $2 where id = $1 and state = 'PROPOSED'`, [
    id,
    hours(-24 * days),
  ]);
}

async function endShare(goal: TestGoal, who: Actor): Promise<void> {
  await app.database.query('update goal_share set ended_at = now() where goal_id = $1 and with_id = $2', [
    goal.id,
    who.id,
  ]);
}

describe('placing', () => {
  it('shows a placement to everybody who sees the personal goal, and lets only its owner place', async () => {
    const { goal, input } = await pair();
    const { typename, alignment } = await place(owner, { ...input, how: 'Pays for the boat' });
    expect(typename).toBe('AlignmentPayload');
    expect(alignment).toMatchObject({
      state: 'PLACED',
      how: 'Pays for the boat',
      proposedBy: { id: owner.id },
      personalGoal: { id: goal.id },
      businessGoal: { id: input.businessGoalId },
    });
    expect(alignment.createdAt).not.toBeNull();
    for (const who of [owner, proposer, reader]) {
      // When it was placed is the owner's alone: it may have been before the goal was shared.
      expect(await alignmentsOf(who, goal)).toEqual([who === owner ? alignment : untimed(alignment)]);
      expect(await node(who, alignment.id)).toEqual({
        id: alignment.id,
        state: 'PLACED',
        how: alignment.how,
      });
    }
    for (const who of [outsider, admin, stranger]) {
      expect(await alignmentsOf(who, goal)).toBeUndefined();
      expect(await node(who, alignment.id)).toBeNull();
      expect(await who.refusal(REMOVE, { input: { id: alignment.id } })).toBe('NOT_FOUND');
      expect(await who.refusal(REWORD, { input: { id: alignment.id, how: 'X' } })).toBe('NOT_FOUND');
      expect(await who.refusal(ANSWER, { input: { id: alignment.id, answer: 'ACCEPT' } })).toBe('NOT_FOUND');
    }
    for (const scopes of [['DIRECTORY_READ'], ['DIRECTORY_WRITE'], ['TRENDS_READ'], ['SCHEMA_READ']]) {
      const token = cast.asToken(await world.apiToken(organization, scopes, admin));
      expect((await token.get<{ node: unknown }>(NODE, { id: alignment.id })).node).toBeNull();
      expect(await token.refusal(PLACE, { input })).toBe('NOT_PERMITTED');
    }
  });

  it('places a pair once', async () => {
    const { goal, input } = await pair();
    const first = await place(owner, { ...input, how: 'First' });
    const second = await place(owner, { ...input, how: 'Second' });
    expect(second).toEqual({ typename: 'AlreadyPlaced', alignment: first.alignment });
    expect(await place(proposer, input)).toEqual({
      typename: 'AlreadyPlaced',
      alignment: untimed(first.alignment),
    });
    expect(await alignmentsOf(owner, goal)).toEqual([first.alignment]);
  });

  it('answers simultaneous placements of a pair with the same alignment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { goal, input } = await pair();
      const all = await Promise.all(Array.from({ length: 6 }, () => place(owner, input)));
      expect(all.filter(({ typename }) => typename === 'AlignmentPayload')).toHaveLength(1);
      expect(new Set(all.map(({ alignment }) => alignment.id)).size).toBe(1);
      expect(await alignmentsOf(owner, goal)).toHaveLength(1);
    }
  });

  it('refuses to place a goal that the viewer cannot see', async () => {
    const { goal, work, input } = await pair();
    const hidden = await world.goal(owner, { openToProposals: true });
    const draft = await world.businessGoal(proposer, cycle, { state: 'DRAFT' });
    const never = '00000000-0000-4000-8000-000000000000';
    const words = async (who: Actor, changed: object): Promise<unknown> =>
      (await who.ask(PLACE, { input: { ...input, ...changed } })).errors[0]?.message;
    const nothing = await words(proposer, { personalGoalId: never });
    expect(await words(proposer, { personalGoalId: hidden.id })).toBe(nothing);
    expect(await words(outsider, { personalGoalId: goal.id })).toBe(nothing);
    expect(await words(owner, { businessGoalId: draft.id })).toBe(nothing);
    expect(await words(reader, { businessGoalId: draft.id })).toBe(nothing);
    expect(await words(stranger, {})).toBe(nothing);
    const theirs = await world.businessGoal(
      stranger,
      await world.cycle({ id: stranger.organizationId, name: '' }),
    );
    expect(await words(owner, { businessGoalId: theirs.id })).toBe(nothing);
    expect(await words(owner, { businessGoalId: work.id })).toBeUndefined();
  });

  it('lets only the owner of the personal goal change the text of a placement or delete it', async () => {
    const { input } = await pair();
    const { alignment } = await place(owner, { ...input, how: 'First' });
    const reworded = await owner.get<{ updateAlignment: { alignment: Shown } }>(REWORD, {
      input: { id: alignment.id, how: 'Better' },
    });
    expect(reworded.updateAlignment.alignment).toEqual({ ...alignment, how: 'Better' });
    const kept = await owner.get(REWORD, { input: { id: alignment.id } });
    expect(kept).toEqual(reworded);
    expect(await reader.refusal(REWORD, { input: { id: alignment.id, how: 'X' } })).toBe('NOT_PERMITTED');
    expect(await reader.refusal(REMOVE, { input: { id: alignment.id } })).toBe('NOT_PERMITTED');
    const { updateAlignment } = await owner.get<{ updateAlignment: { alignment: Shown } }>(REWORD, {
      input: { id: alignment.id, how: null },
    });
    expect(updateAlignment.alignment.how).toBeNull();
    expect(await owner.get(REMOVE, { input: { id: alignment.id } })).toEqual({
      deleteAlignment: { deletedId: alignment.id },
    });
    expect(await owner.refusal(REMOVE, { input: { id: alignment.id } })).toBe('NOT_FOUND');
    expect(await node(owner, alignment.id)).toBeNull();
  });

  it('hides a placed draft from people who cannot see it', async () => {
    const { goal } = await pair();
    const draft = await world.businessGoal(owner, cycle, { state: 'DRAFT' });
    const { alignment } = await place(owner, { personalGoalId: goal.id, businessGoalId: draft.id });
    expect(alignment.businessGoal).toEqual({ id: draft.id });
    expect(await alignmentsOf(reader, goal)).toEqual([untimed({ ...alignment, businessGoal: null })]);
    await world.assign(draft, reader);
    expect(await alignmentsOf(reader, goal)).toEqual([untimed(alignment)]);
  });
});

describe('proposing', () => {
  it('refuses a proposal where the owner takes none or cannot see the business goal', async () => {
    const closed = await pair({ openToProposals: false });
    expect(await proposer.refusal(PLACE, { input: closed.input })).toBe('NOT_PERMITTED');
    expect((await place(owner, closed.input)).typename).toBe('AlignmentPayload');
    const draft = await pair({ state: 'DRAFT' });
    expect(await proposer.refusal(PLACE, { input: draft.input })).toBe('CONFLICT');
    expect(await alignmentsOf(owner, draft.goal)).toEqual([]);
    await world.assign(draft.work, owner);
    expect((await place(proposer, draft.input)).alignment.state).toBe('PROPOSED');
  });

  it('shows a proposal to the owner and its proposer only', async () => {
    const { goal, input } = await pair({ visibility: 'ORGANIZATION' });
    const { alignment } = await place(proposer, { ...input, how: 'Perhaps' });
    expect(alignment).toMatchObject({ state: 'PROPOSED', how: 'Perhaps', proposedBy: { id: proposer.id } });
    for (const who of [owner, proposer]) {
      expect(await alignmentsOf(who, goal)).toEqual([alignment]);
      expect(await node(who, alignment.id)).toMatchObject({ state: 'PROPOSED' });
    }
    for (const who of [reader, outsider, admin]) {
      expect(await alignmentsOf(who, goal)).toEqual([]);
      expect(await node(who, alignment.id)).toBeNull();
      expect(await who.refusal(ANSWER, { input: { id: alignment.id, answer: 'ACCEPT' } })).toBe('NOT_FOUND');
    }
    const map = 'query ($id: ID!) { person(id: $id) { fitMap { placements { id } } } }';
    for (const who of [owner, proposer, reader]) {
      expect(await who.get(map, { id: owner.id })).not.toMatchObject({
        person: { fitMap: { placements: expect.arrayContaining([{ id: alignment.id }]) as unknown } },
      });
    }
  });

  it('lets the owner accept a proposal, with the proposer’s text or their own', async () => {
    const kept = await pair();
    const { alignment } = await place(proposer, { ...kept.input, how: 'Perhaps' });
    expect(await proposer.refusal(ANSWER, { input: { id: alignment.id, answer: 'ACCEPT' } })).toBe(
      'NOT_PERMITTED',
    );
    expect(await proposer.refusal(REMOVE, { input: { id: alignment.id } })).toBe('NOT_PERMITTED');
    expect(await owner.refusal(REMOVE, { input: { id: alignment.id } })).toBe('CONFLICT');
    expect(await owner.refusal(REWORD, { input: { id: alignment.id, how: 'Mine' } })).toBe('CONFLICT');
    const accepted = await answer(owner, { id: alignment.id, answer: 'ACCEPT' });
    expect(accepted).toEqual({ ...alignment, state: 'PLACED' });
    expect(await alignmentsOf(proposer, kept.goal)).toEqual([accepted]);
    expect(await alignmentsOf(reader, kept.goal)).toEqual([untimed(accepted)]);
    expect(await owner.refusal(ANSWER, { input: { id: alignment.id, answer: 'DECLINE' } })).toBe('CONFLICT');
    expect(await owner.refusal(ANSWER, { input: { id: alignment.id, answer: 'ACCEPT' } })).toBe('CONFLICT');

    const changed = await pair();
    const second = await place(proposer, { ...changed.input, how: 'Perhaps' });
    expect((await answer(owner, { id: second.alignment.id, answer: 'ACCEPT', how: 'In my words' })).how).toBe(
      'In my words',
    );
    const bare = await pair();
    const third = await place(proposer, { ...bare.input, how: 'Perhaps' });
    expect((await answer(owner, { id: third.alignment.id, answer: 'ACCEPT', how: null })).how).toBeNull();
  });

  it('refuses to accept a business goal that the owner can no longer see', async () => {
    const { work, goal, input } = await pair({ state: 'DRAFT' });
    await world.assign(work, owner);
    const { alignment } = await place(proposer, input);
    await app.database.query('delete from business_goal_assignee where business_goal_id = $1', [work.id]);
    expect(await alignmentsOf(owner, goal)).toMatchObject([{ state: 'PROPOSED', businessGoal: null }]);
    expect(await owner.refusal(ANSWER, { input: { id: alignment.id, answer: 'ACCEPT' } })).toBe('CONFLICT');
    await world.assign(work, owner);
    expect((await answer(owner, { id: alignment.id, answer: 'ACCEPT' })).state).toBe('PLACED');
  });
});

describe('declining', () => {
  interface ProposerView {
    readonly alignments: unknown;
    readonly node: unknown;
    readonly again: unknown;
    readonly others: unknown;
    readonly map: unknown;
  }

  /** All that a proposer can find out about their proposal, with ids and times made alike. */
  async function proposerView(goal: TestGoal, input: object, id: string): Promise<ProposerView> {
    const again = await proposer.ask(PLACE, { input });
    const reworded = await proposer.ask(PLACE, { input: { ...input, how: 'Please' } });
    const refusals = await Promise.all([
      proposer.ask(REMOVE, { input: { id } }),
      proposer.ask(REWORD, { input: { id, how: 'Please' } }),
      proposer.ask(ANSWER, { input: { id, answer: 'ACCEPT' } }),
      proposer.ask(ANSWER, { input: { id, answer: 'DECLINE' } }),
      proposer.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }', { ids: [id] }),
      proposer.ask('query ($id: ID!) { personalGoal(id: $id) { openToProposals } }', { id: goal.id }),
    ]);
    const map = await proposer.ask(
      'query ($id: ID!) { person(id: $id) { fitMap { placements { personalGoal { id } } beyondWork { id } unplaced { id } carried { id } } } }',
      { id: owner.id },
    );
    const ofThis = (map.data as { person: { fitMap: { placements: { personalGoal: { id: string } }[] } } })
      .person.fitMap;
    const plain = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value)
          .replaceAll(/"[\da-f]{8}-[\da-f-]{27}"/g, '"id"')
          .replaceAll(/"\d{4}-\d\d-\d\dT[^"]*"/g, '"time"'),
      );
    return {
      alignments: plain(await alignmentsOf(proposer, goal)),
      node: plain(await node(proposer, id)),
      again: plain([again, reworded].map(({ status, data, errors }) => ({ status, data, errors }))),
      others: plain(refusals.map(({ status, data, errors }) => ({ status, data, errors }))),
      map: plain({
        ...ofThis,
        placements: ofThis.placements.filter((one) => one.personalGoal.id === goal.id),
      }),
    };
  }

  async function proposed(): Promise<{ goal: TestGoal; input: object; id: string }> {
    const { goal, input } = await pair();
    const { alignment } = await place(proposer, { ...input, how: 'Perhaps' });
    return { goal, input, id: alignment.id };
  }

  it('shows its proposer the same for a declined proposal as for an unanswered one', async () => {
    const silent = await proposed();
    const declined = await proposed();
    const twice = await proposed();
    expect((await answer(owner, { id: declined.id, answer: 'DECLINE' })).state).toBe('DECLINED');
    await answer(owner, { id: twice.id, answer: 'DECLINE' });
    expect((await answer(owner, { id: twice.id, answer: 'DECLINE' })).state).toBe('DECLINED');
    const silence = await proposerView(silent.goal, silent.input, silent.id);
    expect(silence.alignments).toMatchObject([{ state: 'PROPOSED', how: 'Perhaps' }]);
    expect(silence.again).toMatchObject([{ errors: [{ extensions: { code: 'CONFLICT' } }] }, {}]);
    for (const { goal, input, id } of [declined, twice]) {
      expect(await proposerView(goal, input, id)).toEqual(silence);
      // And the control: the owner sees their answer.
      expect(await alignmentsOf(owner, goal)).toMatchObject([{ state: 'DECLINED' }]);
      expect(await node(owner, id)).toMatchObject({ state: 'DECLINED' });
    }
  });

  it('lapses a declined proposal after thirty days, like an unanswered one', async () => {
    const silent = await proposed();
    const declined = await proposed();
    await answer(owner, { id: declined.id, answer: 'DECLINE' });
    for (const days of [29.9, 30]) {
      for (const { id } of [silent, declined]) await age(id, days);
      for (const { goal, input, id } of [silent, declined]) {
        const there = days < 30;
        expect(await alignmentsOf(proposer, goal)).toHaveLength(there ? 1 : 0);
        expect(await alignmentsOf(owner, goal)).toHaveLength(there ? 1 : 0);
        expect((await node(owner, id)) !== null).toBe(there);
        expect((await node(proposer, id)) !== null).toBe(there);
        expect(await owner.refusal(ANSWER, { input: { id, answer: 'DECLINE' } })).toBe(
          there ? undefined : 'NOT_FOUND',
        );
        if (there) expect(await proposer.refusal(PLACE, { input })).toBe('CONFLICT');
      }
    }
    for (const { goal, input } of [silent, declined]) {
      expect((await place(proposer, input)).alignment.state).toBe('PROPOSED');
      expect(await alignmentsOf(owner, goal)).toMatchObject([{ state: 'PROPOSED', how: null }]);
    }
  });

  it('hides a declined proposal from a proposer who can no longer see the goal, like an unanswered one', async () => {
    const silent = await proposed();
    const declined = await proposed();
    await answer(owner, { id: declined.id, answer: 'DECLINE' });
    for (const { goal, id, input } of [silent, declined]) {
      await endShare(goal, proposer);
      expect(await node(proposer, id)).toBeNull();
      expect(await proposer.refusal(PLACE, { input })).toBe('NOT_FOUND');
    }
  });

  it('lets the owner accept a proposal that they declined', async () => {
    const { goal, id } = await proposed();
    await answer(owner, { id, answer: 'DECLINE' });
    expect((await answer(owner, { id, answer: 'ACCEPT' })).state).toBe('PLACED');
    expect(await alignmentsOf(proposer, goal)).toMatchObject([{ id, state: 'PLACED' }]);
    const { rows } = await app.database.query('select 1 from alignment_decline where alignment_id = $1', [
      id,
    ]);
    expect(rows).toEqual([]);
  });

  it('ends declined and unanswered proposals alike when the owner places the pair', async () => {
    const answers: unknown[] = [];
    for (const decline of [false, true]) {
      const { goal, input, id } = await proposed();
      const other = await place(reader, input);
      if (decline) await answer(owner, { id, answer: 'DECLINE' });
      const placed = await place(owner, { ...input, how: 'My own idea' });
      expect(placed.typename).toBe('AlignmentPayload');
      const seen = await alignmentsOf(proposer, goal);
      expect(seen).toEqual([untimed(placed.alignment)]);
      expect(await alignmentsOf(owner, goal)).toEqual([placed.alignment]);
      expect(await node(reader, other.alignment.id)).toBeNull();
      answers.push(await node(proposer, id), (await place(proposer, input)).typename);
      await owner.get(REMOVE, { input: { id: placed.alignment.id } });
      answers.push((await place(proposer, input)).alignment.state);
    }
    expect(answers).toEqual([null, 'AlreadyPlaced', 'PROPOSED', null, 'AlreadyPlaced', 'PROPOSED']);
  });

  it('stores the answer in no row that its proposer can read by SQL', async () => {
    const { id } = await proposed();
    await answer(owner, { id, answer: 'DECLINE' });
    const rowsFor = async (who: Actor, query: string): Promise<unknown[]> => {
      const client = new pg.Client({ connectionString: app.testDatabase.appUrl });
      await client.connect();
      try {
        await client.query('begin');
        const hash = createHash('sha256').update(who.token).digest('hex');
        await client.query(`select set_config('app.session', $1, true)`, [hash]);
        return (await client.query<Record<string, unknown>>(query, [id])).rows;
      } finally {
        await client.end();
      }
    };
    const DECLINES = 'select alignment_id from alignment_decline where alignment_id = $1';
    expect(await rowsFor(owner, DECLINES)).toEqual([{ alignment_id: id }]);
    expect(await rowsFor(proposer, DECLINES)).toEqual([]);
    expect(await rowsFor(proposer, 'select state from alignment where id = $1')).toEqual([
      { state: 'PROPOSED' },
    ]);
    expect(await rowsFor(proposer, 'delete from alignment where id = $1 returning id')).toEqual([]);
    expect(await rowsFor(owner, 'delete from alignment where id = $1 returning id')).toEqual([]);
    expect(
      await rowsFor(proposer, `update alignment set state = 'PLACED' where id = $1 returning id`),
    ).toEqual([]);
    await expect(rowsFor(owner, `update alignment set how = 'Mine' where id = $1`)).rejects.toThrow();
    await expect(
      rowsFor(
        proposer,
        `insert into alignment_decline (alignment_id, organization_id, owner_id)
         select id, organization_id, owner_id from alignment where id = $1`,
      ),
    ).rejects.toThrow(/row-level security/);
  });
});

describe('simultaneous changes', () => {
  it('leaves one placement and no proposal after accepting, placing and proposing at the same time', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { goal, input } = await pair();
      const { alignment } = await place(proposer, input);
      const outcomes = await Promise.all([
        owner.ask(ANSWER, { input: { id: alignment.id, answer: 'ACCEPT' } }),
        owner.ask(PLACE, { input }),
        reader.ask(PLACE, { input }),
        proposer.ask(PLACE, { input }),
      ]);
      const codes = outcomes.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
      expect(codes.filter((code) => !['CONFLICT', 'NOT_FOUND'].includes(code))).toEqual([]);
      const { rows } = await app.database.query<{ state: string }>(
        'select state from alignment where personal_goal_id = $1',
        [goal.id],
      );
      expect(rows).toEqual([{ state: 'PLACED' }]);
    }
  });

  it('stores one of two simultaneous proposals of one person', async () => {
    const { goal, input } = await pair();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => proposer.ask(PLACE, { input })));
    expect(outcomes.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(outcomes.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code))).toEqual(
      Array.from({ length: 4 }, () => 'CONFLICT'),
    );
    expect(await alignmentsOf(owner, goal)).toHaveLength(1);
  });
});

describe('the access log', () => {
  const kinds = async (goal: TestGoal, who: Actor): Promise<string[]> =>
    (
      await app.database.query<{ kind: string }>(
        'select kind from goal_access where goal_id = $1 and reader_id = $2 order by kind',
        [goal.id, who.id],
      )
    ).rows.map(({ kind }) => kind);

  it('records everybody who was shown an alignment of a shared goal in the access log', async () => {
    const { goal, input } = await pair();
    const { alignment } = await place(owner, input);
    expect(await kinds(goal, owner)).toEqual([]);
    expect(await kinds(goal, reader)).toEqual([]);
    await reader.get('query ($id: ID!) { person(id: $id) { fitMap { placements { how } } } }', {
      id: owner.id,
    });
    expect(await kinds(goal, reader)).toEqual(['LISTED']);
    await reader.get(NODE, { id: alignment.id });
    expect(await kinds(goal, reader)).toEqual(['LISTED', 'OPENED']);
    // Proposing names the goal and is answered with what is placed in it.
    await place(proposer, input);
    expect(await kinds(goal, proposer)).toContain('OPENED');
    await outsider.get(NODE, { id: alignment.id });
    expect(await kinds(goal, outsider)).toEqual([]);
  });

  it('records nobody for alignments of a goal that is visible to the organization', async () => {
    const { goal, input } = await pair({ visibility: 'ORGANIZATION' });
    const { alignment } = await place(owner, input);
    expect(await node(reader, alignment.id)).toMatchObject({ id: alignment.id });
    expect(await kinds(goal, reader)).toEqual([]);
  });
});

it('shows a person who has left the alignments in their goals, without the business goals', async () => {
  const leaver = await cast.join(organization, { name: 'Leaver' });
  const goal = await world.goal(leaver, { visibility: 'ORGANIZATION', openToProposals: true });
  const works = [await world.businessGoal(proposer, cycle), await world.businessGoal(proposer, cycle)];
  await place(leaver, { personalGoalId: goal.id, businessGoalId: works[0]?.id });
  await place(proposer, { personalGoalId: goal.id, businessGoalId: works[1]?.id });
  await world.leaves(leaver, day(-1));
  expect(await alignmentsOf(leaver, goal)).toMatchObject([
    { state: 'PLACED', businessGoal: null, proposedBy: { id: leaver.id } },
    { state: 'PROPOSED', businessGoal: null, proposedBy: { id: proposer.id } },
  ]);
  expect(await alignmentsOf(reader, goal)).toBeUndefined();
});

it('deletes lapsed proposals and nothing else', async () => {
  const old = await pair();
  const { alignment: lapsed } = await place(proposer, old.input);
  const { alignment: live } = await place(proposer, (await pair()).input);
  const { alignment: placed } = await place(owner, (await pair()).input);
  await age(lapsed.id, 31);
  await age(placed.id, 31);
  await app.database.query('select app.delete_lapsed_proposals()');
  const { rows } = await app.database.query<{ id: string }>('select id from alignment where id = any($1)', [
    [lapsed.id, live.id, placed.id],
  ]);
  expect(rows.map(({ id }) => id).sort()).toEqual([live.id, placed.id].sort());
});
