import {
  World,
  day,
  hours,
  type TestOrganization,
  type TestPerson,
  type TestRow,
} from '../factories/world.js';
import { startApp, type TestApp } from './app.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;
let ana: TestPerson;
let bo: TestPerson;
let token: string;

beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
});
beforeEach(async () => {
  organization = await world.organization();
  ana = await world.person(organization, { name: 'Ana' });
  bo = await world.person(organization, { name: 'Bo' });
  await world.role(ana, 'ORGANIZATION_ADMIN');
  token = await world.signIn(ana);
});
afterAll(() => app.close());

const MONTH = 31 * 24;

async function set(settings: string): Promise<readonly { path: string }[]> {
  const { errors } = await app.graphql(
    `mutation { updateSettings(input: { ${settings} }) { organization { id } } }`,
    {},
    token,
  );
  return errors.flatMap(({ extensions }) => extensions.fields ?? []);
}

async function exists(table: string, id: string): Promise<boolean> {
  const { rows } = await app.database.query(`select from ${table} where id = $1`, [id]);
  return rows.length > 0;
}

describe('conversations', () => {
  it('are deleted after their term with notes, discussed points and closed action items; what is open stays', async () => {
    const pair = await world.oneToOne(ana, bo);
    const old = await world.conversation(pair, { status: 'HELD', scheduledAt: hours(-25 * MONTH) });
    const recent = await world.conversation(pair, { status: 'HELD', scheduledAt: hours(-22 * MONTH) });
    const discussed = await world.talkingPoint(old, ana, { discussed: true });
    const draft = await world.talkingPoint(old, bo, { draft: true });
    const open = await world.actionItem(old, ana);
    const done = await world.actionItem(old, bo);
    const outside = await world.actionItem(old, bo);
    await app.database.query(`update action_item set state = 'DONE' where id = any($1)`, [
      [done.id, outside.id],
    ]);
    await app.database.query(
      `update action_item set made_in_id = null, closed_at = now() - interval '25 months' where id = $1`,
      [outside.id],
    );
    await world.privateNotes(old, ana);
    await world.feedback(old, ana, { offered: true });
    await world.feedback(old, bo);
    await app.runTask('delete_expired_records');
    expect(await exists('conversation', old.id)).toBe(false);
    expect(await exists('conversation', recent.id)).toBe(true);
    expect(await exists('talking_point', discussed.id)).toBe(false);
    expect(await exists('action_item', done.id)).toBe(false);
    expect(await exists('action_item', outside.id)).toBe(false);
    expect(await world.find('talking_point', draft.id)).toMatchObject({
      conversation_id: null,
      one_to_one_id: pair.id,
    });
    expect(await world.find('action_item', open.id)).toMatchObject({ made_in_id: null, state: 'OPEN' });
    for (const table of ['shared_notes', 'private_notes', 'conversation_feedback']) {
      const { rows } = await app.database.query(`select from ${table} where conversation_id = $1`, [old.id]);
      expect(rows).toEqual([]);
    }
  });

  it('have a shorter term at once, and a longer one only if they come after the change', async () => {
    const pair = await world.oneToOne(ana, bo);
    const held = (monthsAgo: number): Promise<TestRow> =>
      world.conversation(pair, { status: 'HELD', scheduledAt: hours(-monthsAgo * MONTH) });
    const [eight, five] = [await held(8), await held(5)];
    expect(await set('conversationRetentionMonths: 6')).toEqual([]);
    expect(await set('conversationRetentionMonths: 60')).toEqual([]);
    await app.runTask('delete_expired_records');
    expect(await exists('conversation', eight.id)).toBe(false);
    expect(await exists('conversation', five.id)).toBe(true);
    // The changes happened seven months ago: what was held before has the short term, what was held after it the long one.
    await app.database.query(
      `update conversation_retention set since = since - interval '7 months'
       where organization_id = $1 and since > '-infinity'`,
      [organization.id],
    );
    const before = await held(7.5);
    const after = await held(6.5);
    await app.runTask('delete_expired_records');
    expect(await exists('conversation', before.id)).toBe(false);
    expect(await exists('conversation', after.id)).toBe(true);
    expect(await exists('conversation', five.id)).toBe(true);
  });

  it('refuse a term that is out of range', async () => {
    expect((await set('conversationRetentionMonths: 0'))[0]?.path).toBe('input.conversationRetentionMonths');
    expect((await set('conversationRetentionMonths: 121'))[0]?.path).toBe(
      'input.conversationRetentionMonths',
    );
  });
});

describe('the access log', () => {
  it('is deleted after its term, which is only ever shortened', async () => {
    const goal = await world.goal(ana, { visibility: 'SHARED' });
    for (const days of [-400, -300, -100]) {
      await world.insert('goal_access', {
        reader_id: bo.id,
        goal_id: goal.id,
        on_day: day(days),
        kind: 'OPENED',
        owner_id: ana.id,
        organization_id: organization.id,
      });
    }
    const days = async (): Promise<number> => {
      const { rows } = await app.database.query('select from goal_access where goal_id = $1', [goal.id]);
      return rows.length;
    };
    await app.runTask('delete_expired_records');
    expect(await days()).toBe(2);
    expect(await set('accessLogRetentionMonths: 6')).toEqual([]);
    await app.runTask('delete_expired_records');
    expect(await days()).toBe(1);
    expect((await set('accessLogRetentionMonths: 7'))[0]?.path).toBe('input.accessLogRetentionMonths');
    await expect(
      app.database.query('update organization set access_log_retention_months = 7 where id = $1', [
        organization.id,
      ]),
    ).rejects.toMatchObject({ code: 'MU062' });
    const { data } = await app.graphql(
      '{ organization { settings { conversationRetentionMonths accessLogRetentionMonths } } }',
      {},
      token,
    );
    expect(data).toEqual({
      organization: { settings: { conversationRetentionMonths: 24, accessLogRetentionMonths: 6 } },
    });
  });
});

describe('people who have left', () => {
  it('are reminded 30 and 7 days before their access ends, once each', async () => {
    await world.signIn(bo);
    await world.leaves(bo, day(-1));
    const { rows } = await app.database.query<{ address: string }>(
      'select sign_in_address as address from account where person_id = $1',
      [bo.id],
    );
    const address = rows[0]?.address ?? '';
    const left = async (interval: string): Promise<number> => {
      await app.database.query('alter table employment_end disable trigger user');
      await app.database.query(
        'update employment_end set access_until = now() + $2::interval where person_id = $1 and access_until > now() + $2::interval',
        [bo.id, interval],
      );
      await app.database.query('alter table employment_end enable trigger user');
      await app.runTask('remind_leavers');
      await app.runTask('remind_leavers');
      for (;;) {
        const { rows: waiting } = await app.database.query('select from outbox_mail');
        if (waiting.length === 0) return (await app.mailbox.all(address)).length;
      }
    };
    expect(await left('40 days')).toBe(0);
    expect(await left('29 days')).toBe(1);
    expect((await app.mailbox.all(address))[0]?.text).toContain(organization.name);
    expect(await left('6 days')).toBe(2);
  });
});
