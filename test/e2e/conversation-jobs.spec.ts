import {
  World,
  day,
  hours,
  type TestOrganization,
  type TestPerson,
  type TestRow,
} from '../factories/world.js';
import { startApp, type TestApp } from './app.js';

/** What the worker does for one-to-ones: the next conversation, and reminders. */
let app: TestApp;
let world: World;
let organization: TestOrganization;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization();
});
afterAll(() => app.close());

interface Pair {
  readonly ana: TestPerson;
  readonly bo: TestPerson;
  readonly pair: TestRow;
}

/** A weekly one-to-one that began three weeks ago. */
async function weekly(options: { lineEnds?: boolean } = {}): Promise<Pair> {
  const ana = await world.person(organization, { name: 'Ana' });
  const bo = await world.person(organization, { name: 'Bo' });
  const line = await world.line(ana, bo, options.lineEnds === true ? { until: day(-1) } : {});
  const pair = await world.oneToOne(ana, bo, { lineId: line.id, recurrence: 'FREQ=WEEKLY' });
  await app.database.query('update one_to_one set recurrence_starts_at = $2 where id = $1', [
    pair.id,
    hours(-21 * 24),
  ]);
  return { ana, bo, pair };
}

async function conversationsOf({ pair }: Pair): Promise<{ status: string; hours: number }[]> {
  const { rows } = await app.database.query<{ status: string; hours: number }>(
    `select status, round(extract(epoch from scheduled_at - now()) / 3600)::int as hours
     from conversation where one_to_one_id = $1 order by scheduled_at`,
    [pair.id],
  );
  return rows;
}

/** A conversation that the recurrence planned, so many hours ago. */
async function planned({ pair }: Pair, hoursAhead: number): Promise<TestRow> {
  const conversation = await world.conversation(pair, { scheduledAt: hours(hoursAhead) });
  await app.database.query(
    `update conversation set series_at = scheduled_at, created_at = now() - interval '7 days' where id = $1`,
    [conversation.id],
  );
  return conversation;
}

describe('plan_conversations', () => {
  it('plans the next date where the planned one has passed, and leaves that one to be logged', async () => {
    const pair = await weekly();
    await planned(pair, -14 * 24);
    await app.runTask('plan_conversations');
    expect(await conversationsOf(pair)).toEqual([
      { status: 'PLANNED', hours: -14 * 24 },
      { status: 'PLANNED', hours: 7 * 24 },
    ]);
    // Once is enough.
    await app.runTask('plan_conversations');
    expect(await conversationsOf(pair)).toHaveLength(2);
  });

  it('moves the points that wait at the one-to-one into the next planned conversation', async () => {
    const pair = await weekly();
    const held = await world.conversation(pair.pair, { status: 'HELD', scheduledAt: hours(-24 * 8) });
    const point = await world.talkingPoint(held, pair.ana, { draft: true });
    await app.database.query('update talking_point set conversation_id = null where id = $1', [point.id]);
    await app.runTask('plan_conversations');
    const { rows } = await app.database.query(
      `select c.status from talking_point t join conversation c on c.id = t.conversation_id where t.id = $1`,
      [point.id],
    );
    expect(rows).toEqual([{ status: 'PLANNED' }]);
  });

  it('plans nothing where one is ahead, the reporting line has ended, or one of the two has left', async () => {
    const ahead = await weekly();
    await planned(ahead, 48);
    const withoutLine = await weekly({ lineEnds: true });
    await planned(withoutLine, -24);
    const left = await weekly();
    await planned(left, -24);
    await app.database.query(
      `insert into employment_end (person_id, organization_id, ended_on) values ($1, $2, current_date - 2)`,
      [left.bo.id, organization.id],
    );
    await app.runTask('plan_conversations');
    for (const pair of [ahead, withoutLine, left]) expect(await conversationsOf(pair)).toHaveLength(1);
  });

  it('plans a date once when it is planned by hand at the same time', async () => {
    const { pair } = await weekly();
    const plan = `select app.plan_conversation('${pair.id}', 'FREQ=WEEKLY', now() + interval '1 day') as planned`;
    expect((await app.database.query(plan)).rows).toEqual([{ planned: true }]);
    expect((await app.database.query(plan)).rows).toEqual([{ planned: false }]);
    const changed = `select app.plan_conversation('${pair.id}', 'FREQ=DAILY', now() + interval '2 days') as planned`;
    expect((await app.database.query(changed)).rows).toEqual([{ planned: false }]);
  });
});

describe('reminders by mail', () => {
  /** Both with an account and a token. */
  async function withAccounts(pair: Pair): Promise<{ token: string; addresses: [string, string] }> {
    const token = await world.signIn(pair.ana);
    await world.signIn(pair.bo);
    const { rows } = await app.database.query<{ address: string }>(
      `select sign_in_address as address from account where person_id in ($1, $2) order by person_id = $2`,
      [pair.ana.id, pair.bo.id],
    );
    return { token, addresses: [rows[0]?.address ?? '', rows[1]?.address ?? ''] };
  }

  async function mailsTo(address: string): Promise<readonly string[]> {
    await app.runTask('remind_of_conversations');
    const { rows } = await app.database.query<{ waiting: number }>(
      'select count(*)::int as waiting from outbox_mail',
    );
    if (rows[0]?.waiting !== 0) return mailsTo(address);
    return (await app.mailbox.all(address)).map(({ subject, text }) => `${subject}\n${text}`);
  }

  it('says who and when, a day before and after one that nobody has logged, and nothing of the content', async () => {
    const pair = await weekly();
    const { addresses } = await withAccounts(pair);
    const ahead = await planned(pair, 20);
    await world.talkingPoint(ahead, pair.bo, { text: 'SECRET-WORDS' });
    const [before] = await mailsTo(addresses[0]);
    expect(before).toMatch(/^One-to-one with Bo: \w+,? \d+ \w+ at \d\d:\d\d\n/);
    expect(before).not.toContain('SECRET-WORDS');
    expect((await mailsTo(addresses[1]))[0]).toContain('One-to-one with Ana');
    // Not twice.
    expect(await mailsTo(addresses[0])).toHaveLength(1);

    await app.database.query(
      `update conversation set scheduled_at = now() - interval '3 hours', series_at = null where id = $1`,
      [ahead.id],
    );
    const after = (await mailsTo(addresses[0]))[1];
    expect(after).toMatch(/^Did you and Bo meet\?\n/);
    expect(after).not.toContain('SECRET-WORDS');
    expect(await mailsTo(addresses[0])).toHaveLength(2);
  });

  it('goes out again for a conversation that was moved, and not for one that was planned within the day', async () => {
    const pair = await weekly();
    const { addresses } = await withAccounts(pair);
    const conversation = await planned(pair, 20);
    expect(await mailsTo(addresses[0])).toHaveLength(1);
    await app.database.query(
      `update conversation set scheduled_at = now() + interval '22 hours' where id = $1`,
      [conversation.id],
    );
    expect(await mailsTo(addresses[0])).toHaveLength(2);
    await world.conversation(pair.pair, { scheduledAt: hours(5) });
    expect(await mailsTo(addresses[0])).toHaveLength(2);
  });

  it('stops for a person who turns it off, and for nobody else', async () => {
    const pair = await weekly();
    const { token, addresses } = await withAccounts(pair);
    const read = '{ viewer { remindersByMail } }';
    expect((await app.graphql(read, {}, token)).data).toEqual({ viewer: { remindersByMail: true } });
    const off = `mutation { updateMyProfile(input: { remindersByMail: false }) { person { name } } }`;
    expect((await app.graphql(off, {}, token)).errors).toEqual([]);
    expect((await app.graphql(read, {}, token)).data).toEqual({ viewer: { remindersByMail: false } });
    await planned(pair, 20);
    expect(await mailsTo(addresses[0])).toEqual([]);
    expect(await mailsTo(addresses[1])).toHaveLength(1);
    const on = off.replace('false', 'true');
    expect((await app.graphql(on, {}, token)).errors).toEqual([]);
    expect((await app.graphql(read, {}, token)).data).toEqual({ viewer: { remindersByMail: true } });
  });
});
