import { World, day, hours, type TestOrganization } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';
import { pause } from './mailbox.js';
import { statementsOf } from './statements.js';
import { Subscriber } from './subscriber.js';
import { writer, writingPair, type Writer, type WritingPair } from './writing.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
});
afterAll(() => app.close());

interface Feedback {
  readonly id: string;
  readonly author: { readonly id: string };
  readonly better: string | null;
  readonly worthIt: number | null;
  readonly offered: boolean;
  readonly at: string;
}
interface Talk {
  readonly version: number;
  readonly feedback: readonly Feedback[];
}
const FEEDBACK = 'id author { id } better worthIt offered at';
const mutation = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { result: ${name}(input: $input) { conversation { version feedback { ${FEEDBACK} } } } }`;
const GIVE = mutation('giveFeedback', 'GiveFeedbackInput');
const WITHDRAW = mutation('withdrawFeedback', 'WithdrawFeedbackInput');
const READ = `query ($id: ID!) { conversation(id: $id) { version feedback { ${FEEDBACK} } } }`;
const MARK = `mutation ($input: SetOffTheRecordInput!) { result: setOffTheRecord(input: $input) { conversation { id } } }`;

/** A one-to-one of Ana and Lee, and a conversation that they have held. */
async function held(options: { recurrence?: string } = {}): Promise<WritingPair> {
  const pair = await writingPair(app, world, organization, options);
  await pair.lee.hold(pair.talk);
  return pair;
}
async function give(who: Writer, conversationId: string, input: object): Promise<Talk> {
  const variables = { input: { conversationId, offered: true, ...input } };
  return (await who.get<{ result: { conversation: Talk } }>(GIVE, variables)).result.conversation;
}
async function withdraw(who: Writer, conversationId: string): Promise<Talk> {
  const variables = { input: { conversationId } };
  return (await who.get<{ result: { conversation: Talk } }>(WITHDRAW, variables)).result.conversation;
}
async function read(who: Writer, id: string): Promise<Talk> {
  const { conversation } = await who.get<{ conversation: Talk | null }>(READ, { id });
  if (conversation === null) throw new Error('The conversation is hidden.');
  return conversation;
}
const wordsOf = ({ feedback }: Talk): (string | null)[] => feedback.map(({ better }) => better);
const readWords = async (who: Writer, id: string): Promise<(string | null)[]> => wordsOf(await read(who, id));
const refusal = (who: Writer, query: string, input: object): Promise<string> =>
  who.code(query, input as Record<string, unknown>);

describe('feedback on a one-to-one', () => {
  it('is revealed to both at the same moment, once both have offered theirs', async () => {
    const { ana, lee, talk } = await held();
    const before = (await read(lee, talk)).version;
    const given = await give(ana, talk, { better: 'Start with what customers say', worthIt: 4 });
    expect(given.feedback).toEqual([
      {
        id: expect.any(String) as string,
        author: { id: ana.id },
        better: 'Start with what customers say',
        worthIt: 4,
        offered: true,
        at: expect.any(String) as string,
      },
    ]);
    expect(await read(lee, talk)).toEqual({ version: before, feedback: [] });

    const answer = await give(lee, talk, { better: 'More time for your goals' });
    // To each their own comes first, and both have the time of the reveal.
    expect(wordsOf(answer)).toEqual(['More time for your goals', 'Start with what customers say']);
    expect(answer.feedback.map(({ author }) => author.id)).toEqual([lee.id, ana.id]);
    expect(new Set(answer.feedback.map(({ at }) => at)).size).toBe(1);
    const { feedback } = await read(ana, talk);
    expect(feedback).toEqual(answer.feedback.toReversed());
    expect(Date.parse(feedback[0]!.at)).toBeGreaterThan(Date.parse(given.feedback[0]!.at));
  });

  it('tells neither an offer nor its absence before that', async () => {
    // In one of two pairs Lee has offered, in the other nobody has written anything.
    const [silent, offering] = [await held(), await held()];
    await give(offering.lee, offering.talk, { better: 'Something', worthIt: 1 });
    const everything = `query ($id: ID!, $pair: ID!) {
      conversation(id: $id) {
        __typename status scheduledAt heldAt version offTheRecord feedback { ${FEEDBACK} } privateNotes { text }
        sharedNotes { version updatedAt } talkingPoints { id } actionItems { id }
        preparation { suggestions { __typename } }
      }
      oneToOne(id: $pair) { version conversations { nodes { version feedback { better } } } search(text: "Something") { nodes { id } } }
      viewer { nextConversations { nodes { version } } }
    }`;
    const seen = async ({ ana, id, talk }: WritingPair): Promise<object> => {
      const found = await ana.get<{ conversation: Record<string, unknown> }>(everything, {
        id: talk,
        pair: id,
      });
      return { ...found, conversation: { ...found.conversation, scheduledAt: '', heldAt: '' } };
    };
    expect(await seen(offering)).toEqual(await seen(silent));

    /** What Ana is answered to what she does, without ids and times, and the statements that it takes. */
    const does = async (pair: WritingPair): Promise<object> => {
      const answers: object[] = [];
      const say = async (act: () => Promise<Talk>): Promise<void> => {
        const statements = await statementsOf(async () => {
          const { version, feedback } = await act();
          answers.push({
            version,
            words: feedback.map(({ better, worthIt, offered }) => [better, worthIt, offered]),
          });
        });
        answers.push(statements);
      };
      const { ana, talk } = pair;
      await say(() => withdraw(ana, talk));
      await say(() => give(ana, talk, { better: 'Kept', offered: false }));
      await say(() => withdraw(ana, talk));
      await say(() => give(ana, talk, { better: 'Still kept', worthIt: 2, offered: false }));
      await say(() => give(ana, talk, { better: null, worthIt: null, offered: false }));
      return answers;
    };
    expect(await does(offering)).toEqual(await does(silent));

    // Offering, which reveals both in one of the pairs, sends the same statements.
    const statements: string[][] = [];
    for (const { ana, talk } of [offering, silent]) {
      statements.push(await statementsOf(() => give(ana, talk, { better: 'Offered' })));
    }
    expect(statements[0]).toEqual(statements[1]);
    expect(await readWords(offering.ana, offering.talk)).toEqual(['Offered', 'Something']);
    expect(await readWords(silent.ana, silent.talk)).toEqual(['Offered']);
  });

  it('counts as a change of the conversation once it was revealed, and not before', async () => {
    const { ana, lee, talk } = await held();
    const { version } = await read(ana, talk);
    await app.sendMail();
    await give(ana, talk, { better: 'Listen longer' });
    await withdraw(ana, talk);
    await give(ana, talk, { better: 'Listen longer', worthIt: 3 });
    await give(lee, talk, { better: 'Kept', offered: false });
    // The jobs of both offers run, and find nothing to do.
    await settled();
    expect((await read(lee, talk)).version).toBe(version);
    await give(lee, talk, { better: 'Ask more' });
    await settled();
    for (const who of [ana, lee]) expect((await read(who, talk)).version).toBe(version + 1);
  });

  it('reaches a client that is subscribed once it was revealed, and nothing does before', async () => {
    const { ana, lee, talk } = await held();
    await app.sendMail();
    // That the conversation was held is announced first.
    await pause(1_000);
    const [hers, his] = [new Subscriber(app, ana.token), new Subscriber(app, lee.token)];
    try {
      const watched = [await hers.watch(talk), await his.watch(talk)];
      await give(ana, talk, { better: 'Kept', offered: false });
      await give(ana, talk, { better: 'Ask more' });
      await withdraw(ana, talk);
      await give(ana, talk, { better: 'Ask more' });
      await settled();
      await pause(600);
      expect(watched.map(({ events }) => events.length)).toEqual([1, 1]);
      const { version } = await read(ana, talk);
      await give(lee, talk, { better: 'Listen longer' });
      for (const each of watched) {
        expect(await each.next(({ __typename }) => __typename === 'Conversation')).toMatchObject({
          id: talk,
          version: version + 1,
        });
      }
    } finally {
      await Promise.all([hers.close(), his.close()]);
    }
  });

  it('shows what is kept to its author only, also after the other has offered', async () => {
    const { ana, lee, talk } = await held();
    await give(ana, talk, { better: 'For myself', worthIt: 2, offered: false });
    await give(lee, talk, { better: 'For both' });
    expect(await readWords(ana, talk)).toEqual(['For myself']);
    expect(await readWords(lee, talk)).toEqual(['For both']);
    // It is revealed once it is offered.
    await give(ana, talk, { better: 'For both, too', worthIt: 2 });
    expect(await readWords(lee, talk)).toEqual(['For both', 'For both, too']);
  });

  it('can be reworded, withdrawn, offered again and deleted until both have offered', async () => {
    const { ana, lee, talk } = await held();
    await give(ana, talk, { better: 'First words', worthIt: 5 });
    expect((await give(ana, talk, { better: 'Better words' })).feedback).toMatchObject([
      { better: 'Better words', worthIt: null, offered: true },
    ]);
    expect((await withdraw(ana, talk)).feedback).toMatchObject([{ better: 'Better words', offered: false }]);
    expect((await withdraw(ana, talk)).feedback).toMatchObject([{ offered: false }]);
    await give(lee, talk, { worthIt: 5 });
    // Lee has offered, and she still withdraws what she did not offer.
    expect((await withdraw(ana, talk)).feedback).toMatchObject([{ offered: false }]);
    expect(await give(ana, talk, { offered: false })).toMatchObject({ feedback: [] });
    expect(await give(ana, talk, { offered: false })).toMatchObject({ feedback: [] });
    await give(ana, talk, { worthIt: 1 });
    expect((await read(lee, talk)).feedback).toMatchObject([
      { worthIt: 5, better: null },
      { worthIt: 1, better: null },
    ]);
  });

  it('does not change once it was revealed', async () => {
    const { ana, lee, talk } = await held();
    await give(ana, talk, { better: 'Hers' });
    await give(lee, talk, { better: 'His' });
    const revealed = await read(ana, talk);
    for (const who of [ana, lee]) {
      expect(await refusal(who, GIVE, { conversationId: talk, better: 'Other words', offered: true })).toBe(
        'CONFLICT',
      );
      expect(await refusal(who, GIVE, { conversationId: talk, offered: false })).toBe('CONFLICT');
      expect(await refusal(who, WITHDRAW, { conversationId: talk })).toBe('CONFLICT');
    }
    // Offering the same again is no change.
    expect((await give(ana, talk, { better: 'Hers' })).feedback).toEqual(revealed.feedback);
    expect((await read(ana, talk)).feedback).toEqual(revealed.feedback);
  });

  it('is for a conversation that was held on the record, in an open one-to-one', async () => {
    const pair = await writingPair(app, world, organization);
    const { ana, lee, talk } = pair;
    const input = { conversationId: talk, better: 'Words', offered: false };
    expect(await refusal(ana, GIVE, input)).toBe('CONFLICT');
    await ana.skip(talk);
    expect(await refusal(ana, GIVE, input)).toBe('CONFLICT');
    const silent = await ana.schedule(pair.id, hours(5));
    await lee.get(MARK, { input: { id: silent.id, offTheRecord: true } });
    await ana.hold(silent.id);
    expect(await refusal(ana, GIVE, { ...input, conversationId: silent.id })).toBe('CONFLICT');

    const last = await ana.schedule(pair.id, hours(9));
    await ana.hold(last.id);
    await give(ana, last.id, { better: 'Hers' });
    await ana.end(pair.id);
    expect(await refusal(lee, GIVE, { ...input, conversationId: last.id })).toBe('CONFLICT');
    expect(await refusal(ana, GIVE, { ...input, conversationId: last.id, offered: true })).toBe('CONFLICT');
    // What is hers can still be withdrawn and deleted.
    expect((await withdraw(ana, last.id)).feedback).toMatchObject([{ better: 'Hers', offered: false }]);
    expect(await give(ana, last.id, { offered: false })).toMatchObject({ feedback: [] });
  });

  it('refuses imported conversations, values out of range and empty offers', async () => {
    const { ana, talk, id } = await held();
    const { rows } = await app.database.query<{ id: string }>(
      `insert into notes_import (organization_id, one_to_one_id, proposed_by_id, accepted_at) values ($1, $2, $3, now() - interval '1 year')
       returning id`,
      [organization.id, id, ana.id],
    );
    const imported = await world.conversation({ id, organizationId: organization.id }, { status: 'HELD' });
    await app.database.query('update conversation set notes_import_id = $2 where id = $1', [
      imported.id,
      rows[0]?.id,
    ]);
    expect(await refusal(ana, GIVE, { conversationId: imported.id, worthIt: 3, offered: false })).toBe(
      'CONFLICT',
    );
    for (const [input, path] of [
      [{ worthIt: 0, offered: true }, 'input.worthIt'],
      [{ worthIt: 6, offered: true }, 'input.worthIt'],
      [{ better: ' ', offered: true }, 'input.better'],
      [{ better: 'x'.repeat(2_001), offered: true }, 'input.better'],
      [{ offered: true }, 'input.offered'],
    ] as const) {
      expect((await ana.refused(GIVE, { conversationId: talk, ...input })).extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path }],
      });
    }
    expect(await readWords(ana, talk)).toEqual([]);
  });

  it('is for the two only: not for a colleague, a manager above or an administrator', async () => {
    const { ana, lee, talk } = await held();
    await give(ana, talk, { better: 'Hers' });
    await give(lee, talk, { better: 'His' });
    const others = [await writer(app, world, organization), await writer(app, world, organization)];
    await world.line(lee.person, others[0]!.person);
    for (const role of ['HR_ANALYST', 'PEOPLE_ADMIN', 'ORGANIZATION_ADMIN', 'AUDITOR']) {
      await world.role(others[1]!.person, role);
    }
    for (const other of others) {
      expect(await other.get(READ, { id: talk })).toEqual({ conversation: null });
      expect(await refusal(other, GIVE, { conversationId: talk, worthIt: 3, offered: true })).toBe(
        'NOT_FOUND',
      );
      expect(await refusal(other, WITHDRAW, { conversationId: talk })).toBe('NOT_FOUND');
    }
  });

  it('cannot be completed after one of the two has left', async () => {
    const { ana, lee, talk } = await held();
    await give(ana, talk, { better: 'Hers' });
    await world.leaves(ana.person, day(-1));
    expect(await refusal(lee, GIVE, { conversationId: talk, worthIt: 3, offered: true })).toBe('CONFLICT');
    expect(await readWords(lee, talk)).toEqual([]);
  });
});

describe('feedback on a conversation that is planned again', () => {
  it('stays as it is while the conversation is reopened', async () => {
    const { ana, lee, talk } = await held();
    await give(ana, talk, { better: 'Hers' });
    await lee.reopen(talk);
    expect(await readWords(ana, talk)).toEqual(['Hers']);
    expect(await refusal(lee, GIVE, { conversationId: talk, worthIt: 3, offered: true })).toBe('CONFLICT');
    await lee.hold(talk);
    await give(lee, talk, { better: 'His' });
    expect(await readWords(ana, talk)).toEqual(['Hers', 'His']);
  });

  it('prevents a mark as off the record only once it was revealed', async () => {
    const { ana, lee, talk } = await held();
    await give(lee, talk, { better: 'His' });
    await ana.reopen(talk);
    // Ana does not learn that Lee has offered.
    await ana.get(MARK, { input: { id: talk, offTheRecord: true } });
    expect(await refusal(lee, GIVE, { conversationId: talk, better: 'Other', offered: true })).toBe(
      'CONFLICT',
    );
    expect((await withdraw(lee, talk)).feedback).toMatchObject([{ better: 'His', offered: false }]);
    await ana.get(MARK, { input: { id: talk, offTheRecord: false } });
    await ana.hold(talk);
    await give(lee, talk, { better: 'His' });
    await give(ana, talk, { better: 'Hers' });
    await ana.reopen(talk);
    expect(await refusal(ana, MARK, { id: talk, offTheRecord: true })).toBe('CONFLICT');
  });

  it('moves to its author’s private notes if the conversation is withdrawn, and keeps it once it was revealed', async () => {
    for (const revealed of [false, true]) {
      const pair = await writingPair(app, world, organization, { recurrence: 'FREQ=DAILY' });
      const { ana, lee } = pair;
      await ana.hold(pair.talk);
      const { oneToOne } = await ana.get<{ oneToOne: { next: { id: string } } }>(
        'query ($id: ID!) { oneToOne(id: $id) { next { id } } }',
        { id: pair.id },
      );
      const next = oneToOne.next.id;
      await ana.hold(next);
      await ana.writePrivate(next, 'Notes');
      await give(ana, next, { better: 'Hers', worthIt: 2 });
      if (revealed) await give(lee, next, { better: 'His' });
      await ana.reopen(next);
      await lee.reopen(pair.talk);
      const left = await ana.get<{ conversation: Talk | null }>(READ, { id: next });
      if (revealed) expect(wordsOf(left.conversation!)).toEqual(['Hers', 'His']);
      else {
        expect(left).toEqual({ conversation: null });
        expect((await ana.read(pair.talk)).privateNotes).toMatchObject({ text: 'Notes\n\nHers' });
        expect((await lee.read(pair.talk)).privateNotes).toBeNull();
      }
    }
  });
});

/** Waits until the worker has run all jobs that are queued now. */
async function settled(): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const { rows } = await app.database.query<{ left: string }>(
      'select count(*) as left from graphile_worker._private_jobs',
    );
    if (rows[0]?.left === '0') return;
    await pause(20);
  }
  throw new Error('The worker does not run its jobs.');
}
