import { World, day, hours, type TestOrganization, type TestRow } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { statementsOf } from './statements.js';
import { Writer } from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization();
});
afterAll(() => app.close());

interface SuggestionNode {
  readonly kind: string;
  readonly text: string;
  readonly days: number | null;
  readonly count: number | null;
  readonly on: string | null;
  readonly about: { readonly __typename: string; readonly id: string; readonly title?: string } | null;
}
interface PreparationNode {
  readonly since: string | null;
  readonly suggestions: readonly SuggestionNode[];
}

const PREPARE = `query ($id: ID!) { conversation(id: $id) { preparation {
  since suggestions { kind text days count on about {
    __typename id ... on PersonalGoal { title } ... on BusinessGoal { title } ... on Person { name }
    ... on TalkingPoint { text } ... on ActionItem { text }
  } }
} } }`;
const FACTS = `query ($id: ID!) { conversation(id: $id) { preparation { since suggestions { kind text } } } }`;
const NEXT = `{ viewer { nextConversations(first: 50) { nodes {
  id preparation { suggestions { kind text about { __typename id } } }
} } } }`;
const OWN_READS = `{ viewer { ownReads(first: 50) { nodes { goal { id } kind } } } }`;

async function prepare(who: Writer, conversationId: string, query = PREPARE): Promise<PreparationNode> {
  const { conversation } = await who.get<{ conversation: { preparation: PreparationNode } }>(query, {
    id: conversationId,
  });
  return conversation.preparation;
}

const kindsOf = ({ suggestions }: PreparationNode): string[] => suggestions.map(({ kind }) => kind);
const textsOf = ({ suggestions }: PreparationNode): string[] => suggestions.map(({ text }) => text);
const ofKind = ({ suggestions }: PreparationNode, kind: string): SuggestionNode[] =>
  suggestions.filter((one) => one.kind === kind);

interface Pair {
  readonly ana: Writer;
  readonly lee: Writer;
  readonly pair: TestRow;
  readonly held: TestRow;
  readonly talk: TestRow;
}

/** Ana reports to Lee. They met 10 days ago and meet again tomorrow. */
async function pairOf(options: { recurrence?: string; anaHiredOn?: string } = {}): Promise<Pair> {
  const person = async (name: string, hiredOn?: string): Promise<Writer> => {
    const made = await world.person(organization, { name, ...(hiredOn !== undefined && { hiredOn }) });
    return new Writer(app, made, await world.signIn(made));
  };
  const ana = await person('Ana Reyes', options.anaHiredOn);
  const lee = await person('Lee Morgan');
  const line = await world.line(ana.person, lee.person);
  const pair = await world.oneToOne(lee.person, ana.person, {
    lineId: line.id,
    ...(options.recurrence !== undefined && { recurrence: options.recurrence }),
  });
  const held = await world.conversation(pair, { status: 'HELD', scheduledAt: hours(-240) });
  const talk = await world.conversation(pair);
  return { ana, lee, pair, held, talk };
}

describe('preparation', () => {
  it('puts the viewer’s late promises first, then sharing first, carried points and what is due', async () => {
    const { ana, lee, held, talk } = await pairOf();
    await world.actionItem(held, lee.person, { text: 'Ask for the budget', dueOn: day(-3) });
    await world.actionItem(held, ana.person, { text: 'Call the customer', dueOn: day(-5) });
    await world.actionItem(held, lee.person, { text: 'Book a room', dueOn: day(3) });
    await world.actionItem(held, lee.person, { text: 'Far away', dueOn: day(40) });
    const point = await world.talkingPoint(talk, ana.person, { text: 'Holiday rota' });
    await app.database.query('update talking_point set times_carried = 2 where id = $1', [point.id]);

    const prepared = await prepare(lee, talk.id);
    expect(prepared.since).toBe(((await world.find('conversation', held.id)).held_at as Date).toISOString());
    expect(kindsOf(prepared)).toEqual([
      'ACTION_ITEM_LATE',
      'SHARE_FIRST',
      'CARRIED_POINT',
      'ACTION_ITEM_DUE',
      'ACTION_ITEM_LATE',
    ]);
    expect(textsOf(prepared)).toEqual([
      expect.stringMatching(/^Your promise is [23] days late: Ask for the budget$/),
      'Ana Reyes can read none of your goals. Leaders share first.',
      'Carried over twice: Holiday rota',
      expect.stringMatching(/^Your promise is due in [23] days: Book a room$/),
      expect.stringMatching(/^The promise of Ana Reyes is [45] days late: Call the customer$/),
    ]);
    expect(prepared.suggestions.map(({ about }) => about?.__typename)).toEqual([
      'ActionItem',
      'Person',
      'TalkingPoint',
      'ActionItem',
      'ActionItem',
    ]);
    const [first] = (await prepare(ana, talk.id)).suggestions;
    expect(first).toMatchObject({ kind: 'ACTION_ITEM_LATE', about: { text: 'Call the customer' } });
  });

  it('shows news of goals that the other participant shares, and nothing of other goals', async () => {
    const { ana, lee, talk } = await pairOf();
    const secret = await world.goal(ana.person, { title: 'Secret plan' });
    const shared = await world.goal(ana.person, { title: 'Learn to sail' });
    const waiting = await world.goal(ana.person, { title: 'Waits for Lee' });
    await world.share(shared, lee.person, { waits: false, activeSince: hours(-300) });
    await world.share(waiting, lee.person);
    for (const goal of [secret, shared, waiting]) {
      await world.goalUpdate(goal, { at: hours(-48) });
      await world.goalUpdate(goal, { at: hours(-24) });
      await world.milestone(goal, {
        title: `Step of ${goal.title}`,
        createdAt: hours(-24),
        reachedOn: day(-1),
      });
    }
    const seen = await prepare(lee, talk.id);
    expect(textsOf(seen)).toEqual([
      'Ana Reyes can read none of your goals. Leaders share first.',
      'Milestone reached: Step of Learn to sail (Learn to sail)',
      '2 updates since you last met: Learn to sail',
    ]);
    // The owner is reminded of all of them.
    const own = await prepare(ana, talk.id);
    expect(
      ofKind(own, 'GOAL_UPDATED')
        .map(({ about }) => about?.title)
        .sort(),
    ).toEqual(['Learn to sail', 'Secret plan', 'Waits for Lee']);
    expect(ofKind(own, 'MILESTONE_REACHED')).toHaveLength(3);
  });

  it('leaves out updates from before the share, and from before the last conversation', async () => {
    const { ana, lee, talk } = await pairOf();
    const fresh = await world.goal(ana.person, { title: 'Shared yesterday' });
    await world.share(fresh, lee.person, { waits: false, activeSince: hours(-20) });
    await world.goalUpdate(fresh, { at: hours(-48) });
    const old = await world.goal(ana.person, { title: 'Shared long ago' });
    await world.share(old, lee.person, { waits: false, activeSince: hours(-900) });
    await world.goalUpdate(old, { at: hours(-400) });
    expect(ofKind(await prepare(lee, talk.id), 'GOAL_UPDATED')).toEqual([]);
    expect(ofKind(await prepare(ana, talk.id), 'GOAL_UPDATED').map(({ about }) => about?.title)).toEqual([
      'Shared yesterday',
    ]);
  });

  it('logs a suggestion about a shared goal as a read, even where only its text is requested', async () => {
    const { ana, lee, talk } = await pairOf();
    const shared = await world.goal(ana.person);
    await world.share(shared, lee.person, { waits: false, activeSince: hours(-300) });
    await world.goalUpdate(shared, { at: hours(-24) });
    const quiet = await world.goal(ana.person);
    await world.share(quiet, lee.person, { waits: false, activeSince: hours(-300) });

    expect(kindsOf(await prepare(lee, talk.id, FACTS))).toContain('GOAL_UPDATED');
    const { viewer } = await lee.get<{ viewer: { ownReads: { nodes: unknown[] } } }>(OWN_READS);
    expect(viewer.ownReads.nodes).toEqual([{ goal: { id: shared.id }, kind: 'LISTED' }]);
    await prepare(ana, talk.id);
    const { rows } = await app.database.query('select 1 from goal_access where reader_id = $1', [ana.id]);
    expect(rows).toEqual([]);
  });

  it('says to every manager who shares nothing that leaders share first, whether or not a share waits', async () => {
    const withWaiting = await pairOf();
    await world.share(await world.goal(withWaiting.ana.person), withWaiting.lee.person);
    const without = await pairOf();
    const texts = await Promise.all(
      [withWaiting, without].map(async ({ lee, talk }) => textsOf(await prepare(lee, talk.id))),
    );
    expect(texts[0]).toEqual(['Ana Reyes can read none of your goals. Leaders share first.']);
    expect(texts[1]).toEqual(texts[0]);
    expect(kindsOf(await prepare(without.ana, without.talk.id))).not.toContain('SHARE_FIRST');

    const { ana, lee, talk } = without;
    const share = await world.share(await world.goal(lee.person), ana.person, { waits: false });
    expect(kindsOf(await prepare(lee, talk.id))).not.toContain('SHARE_FIRST');
    await app.database.query('update goal_share set ended_at = now() where id = $1', [share.id]);
    expect(kindsOf(await prepare(lee, talk.id))).toContain('SHARE_FIRST');
    await world.goal(lee.person, { visibility: 'ORGANIZATION' });
    expect(kindsOf(await prepare(lee, talk.id))).not.toContain('SHARE_FIRST');
  });

  it('counts shared points only, so that drafts of the other participant do not show', async () => {
    const { ana, lee, talk } = await pairOf();
    await world.talkingPoint(talk, lee.person, { text: 'One' });
    expect(kindsOf(await prepare(ana, talk.id))).not.toContain('AGENDA_ONE_SIDED');
    await world.talkingPoint(talk, lee.person, { text: 'Two' });
    const draft = await world.talkingPoint(talk, ana.person, { text: 'Hidden', draft: true });
    expect(ofKind(await prepare(lee, talk.id), 'AGENDA_ONE_SIDED')).toMatchObject([
      { text: 'All 2 points are yours', count: 2, about: null },
    ]);
    expect(ofKind(await prepare(ana, talk.id), 'AGENDA_ONE_SIDED')).toMatchObject([
      { text: 'All 2 points are of Lee Morgan' },
    ]);
    await ana.share(draft.id);
    expect(kindsOf(await prepare(lee, talk.id))).not.toContain('AGENDA_ONE_SIDED');
  });

  it('does not show carried drafts of the other participant', async () => {
    const { ana, lee, talk } = await pairOf();
    await world.talkingPoint(talk, ana.person, { text: 'Only mine', draft: true });
    await app.database.query('update talking_point set times_carried = 1 where conversation_id = $1', [
      talk.id,
    ]);
    expect(ofKind(await prepare(ana, talk.id), 'CARRIED_POINT')).toMatchObject([
      { text: 'Carried over once: Only mine', count: 1 },
    ]);
    expect(kindsOf(await prepare(lee, talk.id))).not.toContain('CARRIED_POINT');
  });

  it('mentions business goals that are off track or part of no own goal, and own goals that are quiet', async () => {
    const { ana, lee, talk } = await pairOf();
    const cycle = await world.cycle(organization);
    const placed = await world.businessGoal(ana.person, cycle, { title: 'Placed' });
    const unplaced = await world.businessGoal(lee.person, cycle, { title: 'Faster answers' });
    await world.assign(unplaced, ana.person);
    await app.database.query(`update business_goal set health = 'OFF_TRACK' where id = $1`, [placed.id]);
    const goal = await world.goal(ana.person, { title: 'Grow', createdAt: hours(-24 * 75) });
    await world.alignment(goal, placed);

    const own = await prepare(ana, talk.id);
    expect(textsOf(own)).toEqual([
      'Off track: Placed',
      'Part of none of your goals: Faster answers',
      'Unchanged for 75 days: Grow',
    ]);
    const seen = await prepare(lee, talk.id);
    expect(textsOf(seen)).toEqual([
      'Ana Reyes can read none of your goals. Leaders share first.',
      'Off track: Placed',
      'Part of none of your goals: Faster answers',
    ]);
  });

  it('says when the two have not met for longer than their rhythm, and names anniversaries', async () => {
    const weekly = await pairOf({
      recurrence: 'FREQ=DAILY',
      anaHiredOn: `${String(new Date().getFullYear() - 3)}${day(2).slice(4)}`,
    });
    const prepared = await prepare(weekly.lee, weekly.talk.id);
    expect(ofKind(prepared, 'NOT_MET_LATELY')).toMatchObject([{ text: 'Last met 10 days ago', days: 10 }]);
    expect(ofKind(prepared, 'ANNIVERSARY')).toMatchObject([
      { about: { __typename: 'Person', id: weekly.ana.id } },
    ]);
    const monthly = await pairOf({ recurrence: 'FREQ=MONTHLY' });
    expect(kindsOf(await prepare(monthly.lee, monthly.talk.id))).toEqual(['SHARE_FIRST']);
  });

  it('is empty for a conversation that is over and for a one-to-one that has ended, and absent for others', async () => {
    const { ana, lee, pair, held, talk } = await pairOf();
    await world.actionItem(held, lee.person, { dueOn: day(-3) });
    expect(await prepare(lee, held.id)).toEqual({ since: null, suggestions: [] });
    await app.database.query(`update one_to_one set state = 'ENDED', ended_at = now() where id = $1`, [
      pair.id,
    ]);
    expect(await prepare(ana, talk.id)).toEqual({ since: null, suggestions: [] });

    const other = await pairOf();
    expect(await other.lee.get(PREPARE, { id: talk.id })).toEqual({ conversation: null });
  });

  it('turns a suggestion about a goal into an empty draft about it', async () => {
    const { ana, lee, talk } = await pairOf();
    const shared = await world.goal(ana.person);
    await world.share(shared, lee.person, { waits: false, activeSince: hours(-300) });
    await world.goalUpdate(shared, { at: hours(-24) });
    const [suggestion] = ofKind(await prepare(lee, talk.id), 'GOAL_UPDATED');
    const point = await lee.add({
      target: { conversationId: talk.id },
      text: '',
      aboutId: suggestion?.about?.id,
      draft: true,
    });
    expect(point).toMatchObject({
      text: '',
      draft: true,
      about: { __typename: 'PersonalGoal', id: shared.id },
    });
  });

  it('takes at most 6 statements for one conversation, and no more for the conversations of many pairs', async () => {
    const { ana, lee, held, talk } = await pairOf();
    await world.actionItem(held, lee.person, { dueOn: day(-3) });
    const point = await world.talkingPoint(talk, ana.person);
    await app.database.query('update talking_point set times_carried = 1 where id = $1', [point.id]);
    const goal = await world.goal(ana.person, { visibility: 'ORGANIZATION' });
    await world.goalUpdate(goal, { at: hours(-24) });
    await world.businessGoal(lee.person, await world.cycle(organization));

    const withNodes = await statementsOf(() => prepare(lee, talk.id));
    const withoutPreparation = await statementsOf(() =>
      lee.get('query ($id: ID!) { conversation(id: $id) { id } }', { id: talk.id }),
    );
    expect(withNodes.length - withoutPreparation.length).toBe(6);

    const one = await statementsOf(() => lee.get(NEXT));
    for (let count = 0; count < 4; count += 1) {
      const report = await world.person(organization);
      const line = await world.line(report, lee.person);
      const pair = await world.oneToOne(lee.person, report, { lineId: line.id });
      const before = await world.conversation(pair, { status: 'HELD' });
      await world.actionItem(before, lee.person, { dueOn: day(-3) });
      await world.conversation(pair);
    }
    const many = await statementsOf(() => lee.get(NEXT));
    expect(many).toHaveLength(one.length);
  });
});

describe('the question bank', () => {
  const QUESTIONS = `query ($id: ID!, $topic: QuestionTopic, $after: ID, $language: QuestionLanguage) {
    questions(oneToOneId: $id, topic: $topic, after: $after, language: $language) { id text topic }
  }`;
  interface Question {
    readonly id: string;
    readonly text: string;
    readonly topic: string;
  }
  const ask = async (who: Writer, id: string, variables: Record<string, unknown> = {}): Promise<Question[]> =>
    (await who.get<{ questions: Question[] }>(QUESTIONS, { id, ...variables })).questions;

  it('offers two questions at a time, the first about customers, in English or German', async () => {
    const { lee, pair } = await pairOf();
    const questions = await ask(lee, pair.id);
    expect(questions.map(({ text }) => text)).toEqual([
      'What did a customer tell you lately that we should hear?',
      'Which question do customers ask you again and again?',
    ]);
    const [german] = await ask(lee, pair.id, { language: 'DE' });
    expect(german).toMatchObject({
      id: questions[0]?.id,
      text: 'Was hat dir in letzter Zeit ein Kunde gesagt, das wir hören sollten?',
    });
    expect(await ask(lee, pair.id, { after: questions[1]?.id, topic: 'TRUST' })).toMatchObject([
      { topic: 'TRUST' },
      { topic: 'TRUST' },
    ]);
    const seen = new Set<string>();
    for (let after: string | undefined; ;) {
      const page = await ask(lee, pair.id, { after });
      for (const { id } of page) seen.add(id);
      after = page.at(-1)?.id;
      if (page.length < 2) break;
    }
    expect(seen.size).toBeGreaterThanOrEqual(120);
  });

  it('does not offer what the two took up in their last 10 conversations, and does not reveal drafts by that', async () => {
    const { ana, lee, pair, talk } = await pairOf();
    const [first, second] = await ask(lee, pair.id);
    const draft = await ana.add({
      target: { conversationId: talk.id },
      text: first?.text,
      questionId: first?.id,
      draft: true,
    });
    expect((await ask(ana, pair.id))[0]).toEqual(second);
    expect((await ask(lee, pair.id))[0]).toEqual(first);
    await ana.share(draft.id);
    expect((await ask(lee, pair.id))[0]).toEqual(second);

    await app.database.query('update talking_point set discussed = true where id = $1', [draft.id]);
    await lee.hold(talk.id);
    for (let count = 1; count <= 9; count += 1) {
      await world.conversation(pair, { status: 'HELD', scheduledAt: hours(count * 24) });
    }
    expect((await ask(lee, pair.id))[0]).toEqual(second);
    await world.conversation(pair, { status: 'HELD', scheduledAt: hours(300) });
    expect((await ask(lee, pair.id))[0]).toEqual(first);
  });

  it('rejects a question that does not exist, and a one-to-one of other people', async () => {
    const { lee, pair, talk } = await pairOf();
    const { errors } = await lee.send(QUESTIONS, { id: pair.id, after: 'customers-999' });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] });
    const other = await pairOf();
    const refused = await other.lee.send(QUESTIONS, { id: pair.id });
    expect(refused.errors[0]?.extensions.code).toBe('NOT_FOUND');
    const { errors: unknown } = await lee.send(
      'mutation ($input: AddTalkingPointInput!) { addTalkingPoint(input: $input) { talkingPoint { id } } }',
      { input: { target: { conversationId: talk.id }, text: 'A question', questionId: 'nothing' } },
    );
    expect(unknown[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.questionId' }],
    });
  });
});
