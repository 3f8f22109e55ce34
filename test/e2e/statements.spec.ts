import { World, day, hours, type TestPerson } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { statementsOf, transactionsOf } from './statements.js';

/** "Prepare my one-to-one": the pair, the counterpart, ten of their goals, the last five conversations with all their texts. */
const PREPARE = `query Prepare($id: ID!) {
  oneToOne(id: $id) {
    id state recurrence durationMinutes
    counterpart {
      id name title
      personalGoals(first: 10) { nodes { id title status horizon basis } }
    }
    conversations(first: 5) {
      nodes {
        id status scheduledAt heldAt
        talkingPoints { id text discussed timesCarried author { id name } }
        actionItems { id text state dueOn standing owner { id name } }
      }
    }
  }
}`;

interface Prepared {
  oneToOne: {
    counterpart: { personalGoals: { nodes: { title: string }[] } };
    conversations: { nodes: { talkingPoints: object[]; actionItems: object[] }[] };
  };
}

/** What these took when they were written; fewer is better. */
const NEXT_STATEMENTS = 8;
const ADD_STATEMENTS = 9;
const WRITE_STATEMENTS = 10;
const HOLD_STATEMENTS = 17;
const POSTPONE_STATEMENTS = 12;
const OFF_THE_RECORD_STATEMENTS = 14;
const PAUSE_STATEMENTS = 14;
const FEEDBACK_STATEMENTS = 8;
/** Reading the open pulse with its questions, and answering it. */
const PULSE_STATEMENTS = [8, 8];
/** Listing what can be passed on, completing, adopting one promise, and listing what was offered. */
const HANDOVER_STATEMENTS = [7, 8, 11, 5];

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
});
afterAll(() => app.close());

/** A manager and a report with so much of everything. */
async function pairWith(amount: { goals: number; conversations: number; each: number }): Promise<{
  id: string;
  manager: TestPerson;
  token: string;
}> {
  const organization = await world.organization({ leadersShareFirst: false });
  const manager = await world.person(organization);
  const report = await world.person(organization);
  const line = await world.line(report, manager);
  for (let index = 0; index < amount.goals; index++) await world.share(await world.goal(report), manager);
  const pair = await world.oneToOne(manager, report, { lineId: line.id });
  for (let index = 0; index < amount.conversations; index++) {
    const conversation = await world.conversation(pair, {
      status: 'HELD',
      scheduledAt: hours(-24 * (index + 1)),
    });
    for (let each = 0; each < amount.each; each++) {
      const author = each % 2 === 0 ? manager : report;
      await world.talkingPoint(conversation, author);
      await world.actionItem(conversation, author);
    }
  }
  return { id: pair.id, manager, token: await world.signIn(manager) };
}

async function prepare({
  id,
  token,
}: {
  id: string;
  token: string;
}): Promise<{ data: Prepared; sent: string[] }> {
  let data: Prepared | undefined;
  const sent = await statementsOf(async () => {
    const answer = await app.graphql<Prepared>(PREPARE, { id }, token);
    expect(answer.errors).toEqual([]);
    data = answer.data ?? undefined;
  });
  if (!data) throw new Error('no answer');
  return { data, sent };
}

/** "My next conversations", with what is to be talked about. */
const NEXT = `{ viewer { nextConversations(first: 20) { nodes {
  id scheduledAt oneToOne { id counterpart { id name } }
  talkingPoints { id text position draft timesCarried author { id name } raisedIn { id } }
  actionItems { id text owner { id name } }
  sharedNotes { id text updatedBy { id name } }
} } } }`;

const ADD_POINT = `mutation ($input: AddTalkingPointInput!) { addTalkingPoint(input: $input) { talkingPoint {
  id text position draft version author { id name } conversation { id }
} } }`;
const MY_GOALS = '{ viewer { person { personalGoals(first: 20) { nodes { id title why } } } } }';
const WRITE_NOTES = `mutation ($input: WriteSharedNotesInput!) { writeSharedNotes(input: $input) {
  ... on SharedNotesPayload { sharedNotes { id text version updatedBy { id name } } }
} }`;
const HOLD = `mutation ($input: HoldConversationInput!) { holdConversation(input: $input) { conversation {
  id status heldAt oneToOne { id next { id talkingPoints { id timesCarried } } }
} } }`;

/** Somebody with so many one-to-ones, each with a conversation ahead and so much written everywhere. */
async function busy(amount: { pairs: number; each: number }): Promise<{ token: string; talks: string[] }> {
  const organization = await world.organization();
  const person = await world.person(organization);
  const talks: string[] = [];
  for (let index = 0; index < amount.pairs; index++) {
    const other = await world.person(organization);
    const line = await world.line(other, person);
    const pair = await world.oneToOne(person, other, { lineId: line.id, recurrence: 'FREQ=WEEKLY' });
    for (let past = 1; past < amount.each; past++)
      await world.conversation(pair, { status: 'HELD', scheduledAt: hours(-24 * past) });
    const conversation = await world.conversation(pair, { scheduledAt: hours(index + 1) });
    talks.push(conversation.id);
    for (let each = 0; each < amount.each; each++) {
      for (const author of [person, other]) {
        await world.talkingPoint(conversation, author, { draft: each % 3 === 2 });
        await world.actionItem(conversation, author);
      }
    }
  }
  return { token: await world.signIn(person), talks };
}

/** How many statements an operation takes, and its answer. */
async function counted(
  query: string,
  variables: Record<string, unknown>,
  token: string,
): Promise<{ data: Record<string, unknown>; sent: number }> {
  const answers: Record<string, unknown>[] = [];
  const sent = await statementsOf(async () => {
    const answer = await app.graphql(query, variables, token);
    expect(answer.errors).toEqual([]);
    if (answer.data) answers.push(answer.data);
  });
  const [data] = answers;
  if (data === undefined) throw new Error('no answer');
  return { data, sent: sent.length };
}

const OFFERS = `offered { id text dueOn adopted { id } } offeredMandates { id text granted { id } }`;
const HANDOVERS = `{ viewer { handovers { id from { name } to { name } formerShares { id } openActionItems { id text } formerMandates { id text } ${OFFERS} } } }`;
const COMPLETE_HANDOVER = `mutation ($input: CompleteHandoverInput!) { completeHandover(input: $input) { handover { id ${OFFERS} } } }`;
const ADOPT_OFFER = `mutation ($input: AdoptActionItemInput!) { adoptActionItem(input: $input) { actionItem { id text dueOn } } }`;

/** Ana, whose manager changed to Mia, with so many shares, mandates and promises of the former one. */
async function changeOfManager(each: number): Promise<{
  ana: string;
  mia: { id: string; token: string };
  line: string;
  mandateIds: string[];
}> {
  const organization = await world.organization();
  const [ana, lee, mia] = [
    await world.person(organization),
    await world.person(organization),
    await world.person(organization),
  ];
  const line = await world.line(ana, lee, { from: day(-90) });
  const talk = await world.conversation(await world.oneToOne(ana, lee, { lineId: line.id }));
  const mandateIds: string[] = [];
  for (let index = 0; index < each; index++) {
    await world.share(await world.goal(ana), lee, { waits: false });
    await world.actionItem(talk, lee);
    mandateIds.push((await world.mandate(lee, ana)).id);
  }
  await app.database.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(0)]);
  await world.line(ana, mia, { from: day(0) });
  await world.oneToOne(ana, mia);
  return {
    ana: await world.signIn(ana),
    mia: { id: mia.id, token: await world.signIn(mia) },
    line: line.id,
    mandateIds,
  };
}

/** A pair with a planned conversation, on whose agenda are so many points, and so many promises that fall due in a week. */
interface Agenda {
  readonly pair: string;
  readonly talk: string;
  readonly held: string;
  readonly point: string;
  readonly token: string;
}
async function agendaWith(each: number): Promise<Agenda> {
  const organization = await world.organization();
  const [one, other] = [await world.person(organization), await world.person(organization)];
  const pair = await world.oneToOne(one, other);
  const talk = await world.conversation(pair);
  const earlier = await world.conversation(pair, { status: 'HELD' });
  const points = [];
  for (let index = 0; index < each; index++) {
    points.push(await world.talkingPoint(talk, index % 2 === 0 ? one : other));
    await world.actionItem(earlier, one, { dueOn: day(7) });
  }
  return {
    pair: pair.id,
    talk: talk.id,
    held: earlier.id,
    point: points[0]!.id,
    token: await world.signIn(one),
  };
}

describe('the SQL statements of an operation', () => {
  it('my next conversations with points, promises and notes take as many, however much there is', async () => {
    interface Next {
      viewer: { nextConversations: { nodes: { talkingPoints: object[]; actionItems: object[] }[] } };
    }
    const small = await counted(NEXT, {}, (await busy({ pairs: 1, each: 1 })).token);
    const large = await counted(NEXT, {}, (await busy({ pairs: 7, each: 6 })).token);
    const { nodes } = (large.data as unknown as Next).viewer.nextConversations;
    expect(nodes).toHaveLength(7);
    // Of each twelve, two are drafts of the other.
    for (const { talkingPoints, actionItems } of nodes) {
      expect(talkingPoints).toHaveLength(10);
      expect(actionItems).toHaveLength(12);
    }
    expect(large.sent).toBe(small.sent);
    expect(large.sent).toBeLessThanOrEqual(NEXT_STATEMENTS);
  });

  it.each([
    [
      'adding a talking point',
      ADD_POINT,
      (id: string) => ({ target: { conversationId: id }, text: 'One more' }),
      ADD_STATEMENTS,
    ],
    [
      'writing shared notes',
      WRITE_NOTES,
      (id: string) => ({ conversationId: id, version: 0, text: 'We talked' }),
      WRITE_STATEMENTS,
    ],
    ['holding a conversation', HOLD, (id: string) => ({ target: { conversationId: id } }), HOLD_STATEMENTS],
  ])('%s takes as many, however much there is', async (_, query, input, most) => {
    const few = await busy({ pairs: 1, each: 1 });
    const many = await busy({ pairs: 3, each: 9 });
    const small = await counted(query, { input: input(few.talks[0]!) }, few.token);
    const large = await counted(query, { input: input(many.talks[1]!) }, many.token);
    expect(large.sent).toBe(small.sent);
    expect(large.sent).toBeLessThanOrEqual(most);
  });

  it.each([
    [
      'putting a talking point off',
      'postponeTalkingPoint(input: $input) { conversation { id } }',
      'PostponeTalkingPointInput',
      ({ talk, point }: Agenda) => ({ id: point, conversationId: talk }),
      POSTPONE_STATEMENTS,
    ],
    [
      'marking a conversation as off the record',
      'setOffTheRecord(input: $input) { conversation { offTheRecord } }',
      'SetOffTheRecordInput',
      ({ talk }: Agenda) => ({ id: talk, offTheRecord: true }),
      OFF_THE_RECORD_STATEMENTS,
    ],
    [
      'giving feedback',
      'giveFeedback(input: $input) { conversation { id feedback { id } } }',
      'GiveFeedbackInput',
      ({ held }: Agenda) => ({ conversationId: held, better: 'Fewer slides', offered: true }),
      FEEDBACK_STATEMENTS,
    ],
    [
      'pausing a one-to-one',
      'pauseOneToOne(input: $input) { oneToOne { pausedUntil } }',
      'PauseOneToOneInput',
      ({ pair }: Agenda) => ({ id: pair, until: day(9) }),
      PAUSE_STATEMENTS,
    ],
  ])('%s takes as many, however much there is', async (_, field, type, input, most) => {
    const query = `mutation ($input: ${type}!) { ${field} }`;
    const sent: number[] = [];
    for (const each of [1, 12]) {
      const agenda = await agendaWith(each);
      sent.push((await counted(query, { input: input(agenda) }, agenda.token)).sent);
    }
    expect(sent[1]).toBe(sent[0]);
    expect(sent[1]).toBeLessThanOrEqual(most);
  });

  it('a pulse takes as many, however many people it asks', async () => {
    const sent: (readonly number[])[] = [];
    for (const people of [1, 9]) {
      const organization = await world.organization();
      const token = await world.signIn(await world.person(organization));
      for (let index = 1; index < people; index++) await world.person(organization);
      const { id } = await world.pulse(organization);
      const read = '{ viewer { openPulse { id answered period { key } questions { id text } } } }';
      const answer =
        'mutation ($input: AnswerPulseInput!) { answerPulse(input: $input) { pulse { id answered } } }';
      const input = { id, scores: [{ questionId: 'voice-1', score: 3 }] };
      sent.push([(await counted(read, {}, token)).sent, (await counted(answer, { input }, token)).sent]);
    }
    expect(sent[1]).toEqual(sent[0]);
    sent[0]?.forEach((count, index) => {
      expect(count).toBeLessThanOrEqual(PULSE_STATEMENTS[index] ?? 0);
    });
  });

  it('handovers take as many, however much is passed on', async () => {
    const sent: (readonly number[])[] = [];
    for (const each of [1, 9]) {
      const { ana, mia, line, mandateIds } = await changeOfManager(each);
      const listed = await counted(HANDOVERS, {}, ana);
      const input = {
        id: line,
        toId: mia.id,
        mandateIds,
        promises: mandateIds.map((_, index) => ({ text: 'A desk', dueOn: day(index + 2) })),
      };
      const completed = await counted(COMPLETE_HANDOVER, { input }, ana);
      const { completeHandover } = completed.data as {
        completeHandover: { handover: { offered: { id: string }[]; offeredMandates: object[] } };
      };
      const { offered, offeredMandates } = completeHandover.handover;
      expect([offered.length, offeredMandates.length]).toEqual([each, each]);
      const adopted = await counted(ADOPT_OFFER, { input: { id: offered[0]!.id } }, mia.token);
      sent.push([listed.sent, completed.sent, adopted.sent, (await counted(HANDOVERS, {}, mia.token)).sent]);
    }
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[1]).toEqual(HANDOVER_STATEMENTS);
  });

  it('preparing a one-to-one takes at most 8, however much there is', async () => {
    const small = await prepare(await pairWith({ goals: 1, conversations: 1, each: 1 }));
    const large = await prepare(await pairWith({ goals: 14, conversations: 9, each: 6 }));

    expect(large.data.oneToOne.counterpart.personalGoals.nodes).toHaveLength(10);
    expect(large.data.oneToOne.conversations.nodes).toHaveLength(5);
    for (const { talkingPoints, actionItems } of large.data.oneToOne.conversations.nodes) {
      expect(talkingPoints).toHaveLength(6);
      expect(actionItems).toHaveLength(6);
    }
    expect(large.sent).toHaveLength(small.sent.length);
    expect(large.sent.length).toBeLessThanOrEqual(8);
  });

  it('what a known operation reads comes with few messages, also for somebody who never asked it', async () => {
    const pairs = [];
    for (let index = 0; index < 8; index++)
      pairs.push(await pairWith({ goals: 2, conversations: 2, each: 2 }));
    const messages: [number, number][] = [];
    for (const { id, token } of pairs) {
      await app.graphql('{ viewer { roles } }', {}, token);
      messages.push([
        await transactionsOf(() => prepare({ id, token })),
        await transactionsOf(() => app.graphql(MY_GOALS, {}, token)),
      ]);
    }
    // Compiled at the third execution, and looked at three times. What was shown for the first time goes into the access log.
    expect(messages.at(-1)).toEqual([2 + 1, 1]);
    expect(messages[0]?.[0]).toBeGreaterThan(3);
    expect(messages[0]?.[1]).toBeGreaterThan(1);
  });
});
