import { createHash } from 'node:crypto';
import type pg from 'pg';
import {
  World,
  day,
  hours,
  type TestGoal,
  type TestOrganization,
  type TestPerson,
} from '../factories/world.js';
import { hashOf } from './session-queries.js';

/**
 * What triggers do when rows are written: short scenarios, each in a transaction that is rolled back. Each returns its differences
 * from the design.
 */
type Scenario = (context: ScenarioContext) => Promise<void>;

class ScenarioContext {
  readonly problems: string[] = [];
  readonly world: World;
  private readonly sessions = new Map<string, string>();

  constructor(
    private readonly admin: pg.Client,
    private readonly serving: string,
    readonly organization: TestOrganization,
  ) {
    this.world = new World(admin);
  }

  async person(name: string): Promise<TestPerson> {
    const person = await this.world.person(this.organization, { name });
    this.sessions.set(person.id, hashOf(await this.world.signIn(person)));
    return person;
  }

  /** Runs a statement as this person, with the policies. Returns its rows or its error code. */
  async as(
    person: TestPerson,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<{ rows: Record<string, unknown>[]; code: string | undefined }> {
    await this.admin.query('savepoint story');
    await this.admin.query(`set local role ${this.serving}`);
    await this.admin.query(`select set_config('app.session', $1, true)`, [this.sessions.get(person.id)]);
    try {
      const { rows } = await this.admin.query<Record<string, unknown>>(text, [...values]);
      await this.admin.query('reset role');
      return { rows, code: undefined };
    } catch (error) {
      await this.admin.query('rollback to story');
      return { rows: [], code: (error as { code?: string }).code };
    }
  }

  /** Whether this person sees the goal. */
  async sees(person: TestPerson, goal: TestGoal): Promise<boolean> {
    return (await this.as(person, 'select 1 from personal_goal where id = $1', [goal.id])).rows.length > 0;
  }

  /** Shares a goal as its owner, pending if the manager has not shared first. */
  async share(goal: TestGoal, owner: TestPerson, reader: TestPerson): Promise<void> {
    const { code } = await this.as(
      owner,
      `insert into goal_share (organization_id, goal_id, owner_id, with_id, waiting) values ($1, $2, $3, $4, true)`,
      [goal.organizationId, goal.id, owner.id, reader.id],
    );
    this.expect('a goal can be shared', code, undefined);
  }

  async row(sql: string, values: readonly unknown[]): Promise<Record<string, unknown> | undefined> {
    return (await this.admin.query<Record<string, unknown>>(sql, [...values])).rows[0];
  }

  expect(what: string, found: unknown, wanted: unknown): void {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) {
      this.problems.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
    }
  }

  /** A report and their manager. */
  async line(): Promise<{ report: TestPerson; manager: TestPerson; lineId: string }> {
    const report = await this.person('Rae');
    const manager = await this.person('Moe');
    const { id } = await this.world.line(report, manager);
    return { report, manager, lineId: id };
  }
}

interface ShareScenario {
  readonly report: TestPerson;
  readonly manager: TestPerson;
  readonly lineId: string;
  readonly shareId: string;
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a share waits for the manager, and only for them': async (context) => {
    const { report, manager } = await context.line();
    const goal = await context.world.goal(report);
    const colleague = await context.person('Cai');
    await context.share(goal, report, manager);
    await context.share(goal, report, colleague);
    context.expect('the manager sees what waits', await context.sees(manager, goal), false);
    context.expect('a colleague waits for nobody', await context.sees(colleague, goal), true);
    const found = await context.row('select visibility from personal_goal where id = $1', [goal.id]);
    context.expect('a waiting share makes the goal SHARED', found?.visibility, 'SHARED');
  },
  'the manager’s share activates a pending share for good': async (context) => {
    const { report, manager } = await context.line();
    const goal = await context.world.goal(report);
    await context.share(goal, report, manager);
    const other = await context.person('Cai');
    await context.share(await context.world.goal(manager), manager, other);
    context.expect('a share with somebody else opens nothing', await context.sees(manager, goal), false);
    const first = await context.world.goal(manager);
    await context.share(first, manager, report);
    context.expect('the manager’s share opens it', await context.sees(manager, goal), true);
    await context.as(manager, `update goal_share set ended_at = now() where goal_id = $1`, [first.id]);
    context.expect('it stays open', await context.sees(manager, goal), true);
    const second = await context.world.goal(report);
    await context.share(second, report, manager);
    context.expect('a new one waits again', await context.sees(manager, second), false);
  },
  'a manager’s goal that is visible to the organization activates a pending share': async (context) => {
    const { report, manager } = await context.line();
    const goal = await context.world.goal(report);
    await context.share(goal, report, manager);
    const wide = await context.world.goal(manager);
    await context.as(manager, `update personal_goal set visibility = 'ORGANIZATION' where id = $1`, [
      wide.id,
    ]);
    context.expect('the manager’s goal opens it', await context.sees(manager, goal), true);
    const second = await context.world.goal(report);
    await context.share(second, report, manager);
    context.expect('nothing waits while it is there', await context.sees(manager, second), true);
  },
  'a manager’s pending or ended share does not activate a pending share': async (context) => {
    const { report, manager } = await context.line();
    const above = await context.person('Abe');
    await context.world.line(manager, above);
    const ended = await context.world.goal(manager);
    await context.world.share(ended, report, { endedAt: new Date(), waits: false });
    await context.share(await context.world.goal(manager), manager, above);
    const goal = await context.world.goal(report);
    await context.share(goal, report, manager);
    context.expect('the share waits', await context.sees(manager, goal), false);
  },
  'disabling leadersShareFirst affects new shares only': async (context) => {
    const { report, manager } = await context.line();
    const goal = await context.world.goal(report);
    await context.share(goal, report, manager);
    const off = 'update organization set leaders_share_first = false where id = $1';
    await context.row(off, [context.organization.id]);
    context.expect('the old one waits', await context.sees(manager, goal), false);
    const second = await context.world.goal(report);
    await context.share(second, report, manager);
    context.expect('the new one does not', await context.sees(manager, second), true);
  },
  'a share begins as app.own_share_begins_pending predicts': async (context) => {
    const { world } = context;
    const { report, manager, lineId } = await context.line();
    const [dotted, former] = [await context.person('Dee'), await context.person('Fay')];
    await world.line(report, dotted, { kind: 'DOTTED' });
    await world.line(report, former, { from: '2019-01-01', until: '2020-01-01' });
    const check = async (what: string, reader: TestPerson, pending: boolean): Promise<void> => {
      const predicted = await context.as(report, 'select app.own_share_begins_pending($1) as pending', [
        reader.id,
      ]);
      context.expect(`${what}: predicted`, predicted.rows[0]?.pending, pending);
      const goal = await world.goal(report);
      await context.share(goal, report, reader);
      context.expect(`${what}: made`, await context.sees(reader, goal), !pending);
    };
    await check('a manager who has not shared', manager, true);
    await check('a DOTTED manager', dotted, false);
    await check('a former manager', former, false);
    const stranger = await context.as(dotted, 'select app.own_share_begins_pending($1) as pending', [
      manager.id,
    ]);
    context.expect('asked by a person who does not report to them', stranger.rows[0]?.pending, false);
    const first = await world.goal(manager);
    await context.share(first, manager, report);
    await check('a manager who has shared', manager, false);
    await context.as(manager, 'update goal_share set ended_at = now() where goal_id = $1', [first.id]);
    await check('a manager who has withdrawn', manager, true);
    await context.row('update organization set leaders_share_first = false where id = $1', [
      context.organization.id,
    ]);
    await check('a manager in an organization that lets shares not wait', manager, false);
    await context.row('update organization set leaders_share_first = true where id = $1', [
      context.organization.id,
    ]);
    await context.row('update reporting_line set closed_on = $2 where id = $1', [lineId, day(0)]);
    await check('a manager whose line has ended', manager, false);
  },
  'an owner activates a pending share': async (context) => {
    const { report, manager } = await context.line();
    const goal = await context.world.goal(report);
    await context.share(goal, report, manager);
    await context.as(report, 'update goal_share set waiting = false where goal_id = $1', [goal.id]);
    context.expect('the manager sees it', await context.sees(manager, goal), true);
    const back = 'update goal_share set waiting = true where goal_id = $1';
    context.expect('not taken back', (await context.as(report, back, [goal.id])).code, 'MU010');
  },
  'a share ends with its reporting line': async (context) => {
    const { report, manager, lineId } = await context.line();
    const goal = await context.world.goal(report);
    await context.world.share(goal, manager, { waits: false });
    context.expect('seen before', await context.sees(manager, goal), true);
    await context.row('update reporting_line set closed_on = $2 where id = $1', [lineId, day(0)]);
    context.expect('gone after', await context.sees(manager, goal), false);
    const ended = await context.row('select ends_on from reporting_line_end where line_id = $1', [lineId]);
    context.expect('the end can be read', ended?.ends_on, day(0));
  },
  'a share is active exactly when app.share_state returns ACTIVE': async (context) => {
    const { world } = context;
    const called = async (what: string, become: (of: ShareScenario) => Promise<unknown>, state: string) => {
      const { report, manager, lineId } = await context.line();
      const goal = await world.goal(report);
      const share = await world.share(goal, manager, { waits: false });
      await become({ report, manager, lineId, shareId: share.id });
      const now = await context.row('select app.share_state(s) as state from goal_share s where id = $1', [
        share.id,
      ]);
      context.expect(`${what}: called`, now?.state, state);
      context.expect(`${what}: read`, await context.sees(manager, goal), state === 'ACTIVE');
    };
    const set =
      (values: string) =>
      ({ shareId }: ShareScenario) =>
        context.row(`update goal_share set ${values} where id = $1`, [shareId]);
    await called('as it was made', () => Promise.resolve(), 'ACTIVE');
    await called('for a while yet', set(`expires_at = now() + interval '1 hour'`), 'ACTIVE');
    await called('expired', set('expires_at = now()'), 'ENDED');
    await called('ended', set('ended_at = now()'), 'ENDED');
    const close = ({ lineId }: ShareScenario) =>
      context.row('update reporting_line set closed_on = $2 where id = $1', [lineId, day(0)]);
    await called('its line closed', close, 'ENDED');
    await called('on the last day of its owner', ({ report }) => world.leaves(report, day(0)), 'ACTIVE');
    await called('its owner gone', ({ report }) => world.leaves(report, day(-1)), 'ENDED');
    await called('on the last day of its reader', ({ manager }) => world.leaves(manager, day(0)), 'ACTIVE');
    await called('its reader gone', ({ manager }) => world.leaves(manager, day(-1)), 'ENDED');
  },
  'a share of another person’s goal is refused before a key reveals it': async (context) => {
    const owner = await context.person('Rae');
    const reader = await context.person('Cai');
    const stranger = await context.person('Abe');
    const goal = await context.world.goal(owner);
    await context.world.share(goal, reader, { waits: false });
    const add =
      'insert into goal_share (organization_id, goal_id, owner_id, with_id) values ($1, $2, $3, $4)';
    const { code } = await context.as(stranger, add, [goal.organizationId, goal.id, stranger.id, reader.id]);
    context.expect('sharing what is not one’s own', code, '42501');
    const until = `insert into goal_share (organization_id, goal_id, owner_id, with_id, expires_at)
      values ($1, $2, $3, $4, now())`;
    const expired = await context.as(owner, until, [goal.organizationId, goal.id, owner.id, stranger.id]);
    context.expect('sharing until now', expired.code, '42501');
    await context.world.leaves(stranger, day(-1));
    const gone = await context.as(owner, add, [goal.organizationId, goal.id, owner.id, stranger.id]);
    context.expect('sharing with somebody who has left', gone.code, '42501');
  },
  'a pending share becomes active on return if the leader has shared meanwhile': async (context) => {
    const { report, manager } = await context.line();
    const goal = await context.world.goal(report);
    await context.share(goal, report, manager);
    await context.world.leaves(report, day(-1));
    const wide = await context.world.goal(manager);
    await context.as(manager, `update personal_goal set visibility = 'ORGANIZATION' where id = $1`, [
      wide.id,
    ]);
    await context.row('delete from employment_end where person_id = $1', [report.id]);
    context.expect('the manager sees it', await context.sees(manager, goal), true);
  },
  'reopening a reporting line does not revive shares': async (context) => {
    const { report, manager, lineId } = await context.line();
    const goal = await context.world.goal(report);
    await context.world.share(goal, manager, { waits: false });
    const close = 'update reporting_line set closed_on = $2 where id = $1';
    await context.row(close, [lineId, day(0)]);
    await context.row(close, [lineId, null]);
    const line = await context.row('select ends_on from reporting_line where id = $1', [lineId]);
    context.expect('the line', line?.ends_on, null);
    context.expect('read by its share', await context.sees(manager, goal), false);
  },
  'removing a last day restores shares and reporting lines, except those that had ended before': async (
    context,
  ) => {
    const { world } = context;
    const { report, manager, lineId } = await context.line();
    const goal = await world.goal(report);
    await world.share(goal, manager, { waits: false });
    const business = await world.businessGoal(report, await world.cycle(context.organization));
    await world.leaves(report, day(-3));
    context.expect('suspended', await context.sees(manager, goal), false);
    await context.row('delete from employment_end where person_id = $1', [report.id]);
    context.expect('resumed', await context.sees(manager, goal), true);
    const line = await context.row('select ends_on, leaver_id from reporting_line where id = $1', [lineId]);
    context.expect('the line goes on', line, { ends_on: null, leaver_id: null });
    const owner = await context.row('select owner_id from business_goal where id = $1', [business.id]);
    context.expect('whose the business goal is', owner?.owner_id, report.id);

    await world.leaves(report, day(-91));
    await context.row('update employment_end set ended_on = $2 where person_id = $1', [report.id, day(3)]);
    context.expect('over for good', await context.sees(manager, goal), false);
  },
  'the ninety days begin when the last day is recorded, and disabling does not shorten them': async (
    context,
  ) => {
    const person = await context.person('Rae');
    const end = 'insert into employment_end (person_id, organization_id, ended_on) values ($1, $2, $3)';
    await context.row(end, [person.id, context.organization.id, day(-200)]);
    const open = 'select app.account_is_open(a) as open from account a where a.person_id = $1';
    context.expect('a last day long past', (await context.row(open, [person.id]))?.open, true);
    await context.row('update account set disabled_at = now() where person_id = $1', [person.id]);
    context.expect('disabled', (await context.row(open, [person.id]))?.open, true);
    context.expect('reads', (await context.as(person, 'select 1 from account')).rows.length, 1);
    await context.row('delete from employment_end where person_id = $1', [person.id]);
    context.expect('disabled and employed', (await context.row(open, [person.id]))?.open, false);

    const leaver = await context.person('Lou');
    await context.row(end, [leaver.id, context.organization.id, day(-1)]);
    const later = `update employment_end set access_until = access_until + interval '1 day' where person_id = $1 returning access_until`;
    const promised = (await context.row(later, [leaver.id]))?.access_until;
    const correct = 'update employment_end set ended_on = $2 where person_id = $1 returning access_until';
    const corrected = (await context.row(correct, [leaver.id, day(-2)]))?.access_until;
    context.expect('a last day that is corrected', String(corrected), String(promised));
  },
  'business goals of leavers go to the manager of that day, and return unless they were changed': async (
    context,
  ) => {
    const { world } = context;
    const [leaver, former, next] = [
      await context.person('Rae'),
      await context.person('Moe'),
      await context.person('Abe'),
    ];
    await world.line(leaver, former, { until: day(-5) });
    await world.line(leaver, next, { from: day(-5) });
    const cycle = await world.cycle(context.organization);
    const kept = await world.businessGoal(leaver, cycle, { state: 'DRAFT' });
    const changed = await world.businessGoal(leaver, cycle);
    const owner = async ({ id }: { id: string }): Promise<unknown> =>
      (await context.row('select owner_id from business_goal where id = $1', [id]))?.owner_id;
    await world.leaves(leaver, day(-5));
    context.expect('a draft', await owner(kept), next.id);
    context.expect('another', await owner(changed), next.id);
    await context.row('update business_goal set version = version + 1 where id = $1', [changed.id]);
    await context.row('delete from employment_end where person_id = $1', [leaver.id]);
    context.expect('what nobody changed', await owner(kept), leaver.id);
    context.expect('what somebody changed', await owner(changed), next.id);

    const alone = await context.person('Ida');
    await world.line(alone, former, { until: day(-5) });
    const left = await world.businessGoal(alone, cycle);
    await world.leaves(alone, day(-5));
    context.expect('whose manager ceased to be it on the last day', await owner(left), alone.id);
  },
  'the successor of a manager who left ends the line to them': async (context) => {
    const { report, manager, lineId } = await context.line();
    const next = await context.person('Abe');
    await context.world.leaves(manager, day(-3));
    await context.world.line(report, next, { from: day(0) });
    await context.row('delete from employment_end where person_id = $1', [manager.id]);
    const line = await context.row('select ends_on, closed_on from reporting_line where id = $1', [lineId]);
    context.expect('the former line', line, { ends_on: day(0), closed_on: day(0) });
  },
  'changing the time zone of the organization moves future days': async (context) => {
    const { report, lineId } = await context.line();
    await context.world.leaves(report, day(10));
    const ends = `select extract(epoch from e.ended_at - l.ends_at)::integer as apart,
        extract(epoch from e.ended_at - (e.ended_on + 1)::timestamp at time zone 'UTC')::integer / 3600 as shift,
        l.starts_at = '2020-01-01T00:00:00Z' as kept
      from employment_end e, reporting_line l where e.person_id = $1 and l.id = $2`;
    const before = await context.row(ends, [report.id, lineId]);
    context.expect('in UTC', before, { apart: 0, shift: 0, kept: true });
    await context.row(`update organization set time_zone = 'Asia/Tokyo' where id = $1`, [
      context.organization.id,
    ]);
    const after = await context.row(ends, [report.id, lineId]);
    context.expect('in Tokyo', after, { apart: 0, shift: -9, kept: true });
  },
  'a business goal is listed as of its publication': async (context) => {
    const owner = await context.person('Rae');
    const cycle = await context.world.cycle(context.organization);
    const goal = await context.world.businessGoal(owner, cycle, { state: 'DRAFT' });
    await context.row(`update business_goal set listed_at = now() - interval '9 days' where id = $1`, [
      goal.id,
    ]);
    await context.as(owner, `update business_goal set state = 'OPEN' where id = $1`, [goal.id]);
    const listed = await context.row('select listed_at = now() as now from business_goal where id = $1', [
      goal.id,
    ]);
    context.expect('listed now', listed?.now, true);
  },
  'PRIVATE ends every share for good': async (context) => {
    const report = await context.person('Rae');
    const reader = await context.person('Cai');
    const goal = await context.world.goal(report, { visibility: 'SHARED' });
    await context.share(goal, report, reader);
    context.expect('seen before', await context.sees(reader, goal), true);
    const set = 'update personal_goal set visibility = $2 where id = $1';
    await context.as(report, set, [goal.id, 'PRIVATE']);
    context.expect('PRIVATE is unseen', await context.sees(reader, goal), false);
    await context.as(report, set, [goal.id, 'SHARED']);
    context.expect('the share stays ended', await context.sees(reader, goal), false);
    await context.as(report, 'update goal_share set ended_at = null where goal_id = $1', [goal.id]);
    context.expect('an ended share stays ended', await context.sees(reader, goal), false);
  },
  'reporting lines form no cycle': async (context) => {
    const { report, manager } = await context.line();
    const { admin } = context.world;
    await admin.query('savepoint circle');
    const closing = context.world.line(manager, report).then(
      () => 'accepted',
      (error: unknown) => (error as { code?: string }).code,
    );
    context.expect('a circle', await closing, 'MU001');
    await admin.query('rollback to circle');
    const third = await context.person('Abe');
    const planned = await context.world.line(manager, third, { from: day(5) });
    await admin.query('savepoint circle');
    const update = 'update reporting_line set manager_id = $2 where id = $1';
    const changing = admin.query(update, [planned.id, report.id]).then(
      () => 'accepted',
      (error: unknown) => (error as { code?: string }).code,
    );
    context.expect('a circle on a day to come', await changing, 'MU001');
    await admin.query('rollback to circle');
  },
  'business goals form no cycle, and a check-in sets their health': async (context) => {
    const owner = await context.person('Rae');
    const assignee = await context.person('Cai');
    const cycle = await context.world.cycle(context.organization);
    const upper = await context.world.businessGoal(owner, cycle);
    const lower = await context.world.businessGoal(owner, cycle, { parentId: upper.id });
    const parent = 'update business_goal set parent_id = $2 where id = $1';
    context.expect('a circle', (await context.as(owner, parent, [upper.id, lower.id])).code, 'MU031');
    await context.world.assign(upper, assignee);
    await context.as(
      assignee,
      `insert into check_in (organization_id, business_goal_id, author_id, confidence, health)
       values ($1, $2, $3, 2, 'OFF_TRACK')`,
      [context.organization.id, upper.id, assignee.id],
    );
    const found = await context.row('select health from business_goal where id = $1', [upper.id]);
    context.expect('the health', found?.health, 'OFF_TRACK');
    const draft = `update business_goal set state = 'DRAFT' where id = $1`;
    context.expect('no draft again', (await context.as(owner, draft, [upper.id])).code, 'MU032');
  },
  'a leaver’s business goals go to their manager': async (context) => {
    const { report, manager } = await context.line();
    const cycle = await context.world.cycle(context.organization);
    const goal = await context.world.businessGoal(report, cycle);
    await context.world.leaves(report, day(-1));
    const found = await context.row('select owner_id from business_goal where id = $1', [goal.id]);
    context.expect('whose it is', found?.owner_id, manager.id);
    const second = await context.person('Abe');
    await context.world.line(manager, second);
    await context.world.leaves(manager, day(5));
    await context.row('update employment_end set ended_on = $2 where person_id = $1', [manager.id, day(-1)]);
    const then = await context.row('select owner_id from business_goal where id = $1', [goal.id]);
    context.expect('whose it is when the end is moved', then?.owner_id, second.id);
  },
  'a placed business goal cannot be proposed, and a lapsed proposal can be repeated': async (context) => {
    const owner = await context.person('Rae');
    const proposer = await context.person('Cai');
    const cycle = await context.world.cycle(context.organization);
    const goal = await context.world.goal(owner, { visibility: 'ORGANIZATION', openToProposals: true });
    const business = await context.world.businessGoal(proposer, cycle);
    const propose = async (): Promise<string | undefined> =>
      (
        await context.as(
          proposer,
          `insert into alignment (organization_id, personal_goal_id, owner_id, business_goal_id, proposed_by_id, state)
           values ($1, $2, $3, $4, $5, 'PROPOSED')`,
          [context.organization.id, goal.id, owner.id, business.id, proposer.id],
        )
      ).code;
    const old = new Date(Date.now() - 31 * 86_400_000);
    await context.world.alignment(goal, business, { proposedBy: proposer, createdAt: old });
    context.expect('proposing again after it lapsed', await propose(), undefined);
    context.expect('proposing again before', await propose(), '23505');
    await context.world.alignment(goal, business);
    const left = await context.row(
      `select count(*)::int as left from alignment where personal_goal_id = $1 and state = 'PROPOSED'`,
      [goal.id],
    );
    context.expect('proposals left once placed', left?.left, 0);
    context.expect('proposing what is placed', await propose(), 'MU040');
  },
  'a lapsed invitation can be repeated, and every conversation has shared notes': async (context) => {
    const one = await context.person('Rae');
    const other = await context.person('Cai');
    const invitedAt = new Date(Date.now() - 31 * 86_400_000);
    await context.world.oneToOne(one, other, { state: 'INVITED', invitedAt });
    const [first, second] = [one.id, other.id].sort();
    const { code } = await context.as(
      one,
      `insert into one_to_one (organization_id, first_id, second_id, started_by_id, state, time_zone)
       values ($1, $2, $3, $4, 'INVITED', 'UTC')`,
      [context.organization.id, first, second, one.id],
    );
    context.expect('inviting again', code, undefined);
    await context.as(other, `update one_to_one set state = 'OPEN' where first_id = $1`, [first]);
    const pair = await context.row('select id from one_to_one where first_id = $1', [first]);
    const insert = `insert into conversation (organization_id, one_to_one_id, scheduled_at) values ($1, $2, now())`;
    await context.as(one, insert, [context.organization.id, pair?.id]);
    const notes = await context.row(
      `select count(*)::int as notes from shared_notes n join conversation c on c.id = n.conversation_id
       where c.one_to_one_id = $1`,
      [pair?.id],
    );
    context.expect('pages of notes', notes?.notes, 1);
  },
  'the database sets the outcome of an action item, in the time zone that its owner had when the date was set':
    async (context) => {
      const one = await context.person('Rae');
      const other = await context.person('Cai');
      const pair = await context.world.oneToOne(one, other);
      const conversation = await context.world.conversation(pair);
      const of = { person_id: one.id, organization_id: context.organization.id };
      await context.world.insert('person_time_zone', { ...of, time_zone: 'Etc/GMT+12' });
      const add = `insert into action_item (organization_id, one_to_one_id, owner_id, created_by_id, text, due_on)
      values ($1, $2, $3, $4, 'Promise', $5)`;
      const past = [context.organization.id, pair.id, one.id, other.id, day(-3)];
      context.expect('due in the past', (await context.as(other, add, past)).code, 'MU071');

      const item = await context.world.actionItem(conversation, one, { dueOn: day(2) });
      const read = `select due_at = (due_on + 1)::timestamp at time zone 'Etc/GMT+12' as "inZone", renegotiated, kept
      from action_item where id = $1`;
      context.expect('due at the end of the owner’s day', (await context.row(read, [item.id]))?.inZone, true);
      await context.row(`update person_time_zone set time_zone = 'Etc/GMT-14' where person_id = $1`, [
        one.id,
      ]);
      context.expect(
        'due at the same moment from elsewhere',
        (await context.row(read, [item.id]))?.inZone,
        true,
      );
      const forge = 'update action_item set kept = true, renegotiated = 0, due_at = now() where id = $1';
      context.expect('forging', (await context.as(one, forge, [item.id])).code, '42501');
      await context.as(one, 'update action_item set due_on = null where id = $1', [item.id]);
      context.expect('counted when removed', (await context.row(read, [item.id]))?.renegotiated, 1);
      await context.as(one, 'update action_item set due_on = $2 where id = $1', [item.id, day(3)]);
      context.expect('a first date is not counted', (await context.row(read, [item.id]))?.renegotiated, 1);
      await context.row(`update action_item set due_on = $2 where id = $1`, [item.id, day(-3)]);
      const move = 'update action_item set due_on = $2 where id = $1';
      context.expect('moving a late one', (await context.as(one, move, [item.id, day(3)])).code, 'MU070');
      await context.as(one, `update action_item set state = 'DONE' where id = $1`, [item.id]);
      context.expect('kept, done late', (await context.row(read, [item.id]))?.kept, false);
    },
  'an owner can refuse an action item that the other participant wrote, and none that they accepted': async (
    context,
  ) => {
    const one = await context.person('Rae');
    const other = await context.person('Cai');
    const pair = await context.world.oneToOne(one, other);
    // Without a session, so that no person has set its date.
    const loaded = await context.world.actionItem(await context.world.conversation(pair), one, {
      dueOn: day(2),
    });
    const add = `insert into action_item (organization_id, one_to_one_id, owner_id, created_by_id, text, due_on)
      values ($1, $2, $3, $4, 'Promise', $5) returning id`;
    const made = async (by: TestPerson, dueOn: string | null): Promise<unknown> =>
      (await context.as(by, add, [context.organization.id, pair.id, one.id, by.id, dueOn])).rows[0]?.id;
    // Late, and written some time ago.
    const dropped = async (id: unknown, daysAgo: number): Promise<unknown> => {
      const age = `update action_item set due_at = now() - interval '1 day', late_at = now() - interval '1 day', created_at = now() - make_interval(days => $2)
        where id = $1`;
      await context.row(age, [id, daysAgo]);
      await context.as(one, `update action_item set state = 'DROPPED' where id = $1`, [id]);
      return (await context.row('select kept from action_item where id = $1', [id]))?.kept;
    };
    context.expect('refused within a week', await dropped(await made(other, day(2)), 6), null);
    context.expect('dropped after a week', await dropped(await made(other, day(2)), 8), false);
    context.expect('one’s own', await dropped(await made(one, day(2)), 6), false);
    context.expect('one’s own, loaded by the owner of the tables', await dropped(loaded.id, 6), false);
    const accepted = await made(other, null);
    await context.as(one, 'update action_item set due_on = $2 where id = $1', [accepted, day(2)]);
    context.expect('a date set by the owner', await dropped(accepted, 6), false);
  },
  'talking points that wait at an ended one-to-one move to the next one of the same people': async (
    context,
  ) => {
    const one = await context.person('Rae');
    const other = await context.person('Cai');
    const former = await context.world.oneToOne(one, other);
    const conversation = await context.world.conversation(former);
    const draft = await context.world.talkingPoint(conversation, other, { draft: true });
    const promise = await context.world.actionItem(conversation, one);
    await context.row('update talking_point set conversation_id = null where id = $1', [draft.id]);
    await context.as(one, `update one_to_one set state = 'ENDED', ended_at = now() where id = $1`, [
      former.id,
    ]);
    const pair = await context.world.oneToOne(one, other, { state: 'INVITED' });
    const at = async (table: string, id: string): Promise<unknown> =>
      (await context.row(`select one_to_one_id as at from ${table} where id = $1`, [id]))?.at;
    context.expect('a draft while it is an invitation', await at('talking_point', draft.id), former.id);
    await context.as(other, `update one_to_one set state = 'OPEN' where id = $1`, [pair.id]);
    context.expect('a draft', await at('talking_point', draft.id), pair.id);
    context.expect('a promise', await at('action_item', promise.id), pair.id);
  },
  'an update without a condition changes no action items and notes of other people': async (context) => {
    const { admin } = context.world;
    // Otherwise the statement would fail on a closed action item or on an author of a different organization first.
    await admin.query('delete from shared_notes');
    await admin.query(`delete from action_item where state <> 'OPEN'`);
    const one = await context.person('Rae');
    const pair = await context.world.oneToOne(one, await context.person('Cai'));
    await context.world.actionItem(await context.world.conversation(pair), one);
    const stranger = await context.person('Abe');
    await context.as(stranger, `update action_item set text = 'Other words'`);
    const notes = `update shared_notes set text = 'Other words', updated_by_id = $1`;
    await context.as(stranger, notes, [stranger.id]);
    const written = `select count(*)::int as n from shared_notes where text = 'Other words'`;
    context.expect('notes changed by a stranger', (await context.row(written, []))?.n, 0);
    await context.as(one, notes, [one.id]);
    context.expect('notes changed by one of the two', (await context.row(written, []))?.n, 1);
    const changed = await context.row(
      `select count(*)::int as n from action_item where text = 'Other words'`,
      [],
    );
    context.expect('changed by a stranger', changed?.n, 0);
    await context.as(one, `update action_item set text = 'Other words'`);
    const own = await context.row(
      `select count(*)::int as n from action_item where text = 'Other words'`,
      [],
    );
    context.expect('changed by one of the two', own?.n, 1);
  },
  'the position of a new talking point reveals no hidden drafts, and closing records the current time':
    async (context) => {
      const one = await context.person('Rae');
      const other = await context.person('Cai');
      const pair = await context.world.oneToOne(one, other);
      const conversation = await context.world.conversation(pair);
      await context.world.talkingPoint(conversation, one, { draft: true });
      const { rows } = await context.as(
        other,
        `insert into talking_point (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, position)
       values ($1, $2, $3, $3, $4, 'Point', 1) returning position`,
        [context.organization.id, pair.id, conversation.id, other.id],
      );
      const hidden = await context.row(
        'select max(position) filter (where author_id = $2) as last from talking_point where conversation_id = $1',
        [conversation.id, one.id],
      );
      context.expect('last of all', Number(rows[0]?.position) > Number(hidden?.last), true);
      const close = `update conversation set status = 'SKIPPED', closed_at = now() + interval '1 year' where id = $1`;
      await context.as(one, close, [conversation.id]);
      const closed = await context.row(
        'select closed_at <= now() as honest from conversation where id = $1',
        [conversation.id],
      );
      context.expect('closed now', closed?.honest, true);
    },
  'a point is put off, and taken back, by somebody who sees it, while its conversation is planned': async (
    context,
  ) => {
    const [one, other] = [await context.person('Rae'), await context.person('Cai')];
    const stranger = await context.person('Vic');
    const pair = await context.world.oneToOne(one, other);
    const conversation = await context.world.conversation(pair);
    const point = await context.world.talkingPoint(conversation, one);
    const draft = await context.world.talkingPoint(conversation, one, { draft: true });
    const done = await context.world.talkingPoint(conversation, one, { discussed: true });
    const postpone = 'select app.postpone_point($1)';
    const takeBack = 'select app.return_postponed_point($1, $2) as done';
    const admit = 'select app.admit_points($1)';
    const place = async (id: string): Promise<unknown> =>
      (await context.row('select conversation_id as at from talking_point where id = $1', [id]))?.at;
    context.expect('by a stranger', (await context.as(stranger, postpone, [point.id])).code, 'MU028');
    context.expect('a hidden draft', (await context.as(other, postpone, [draft.id])).code, 'MU028');
    context.expect('a discussed one', (await context.as(other, postpone, [done.id])).code, 'MU028');
    context.expect('by the other', (await context.as(other, postpone, [point.id])).code, undefined);
    context.expect('its own draft', (await context.as(one, postpone, [draft.id])).code, undefined);
    context.expect('moved by a stranger', (await context.as(stranger, admit, [pair.id])).code, 'MU028');
    await context.as(other, admit, [pair.id]);
    context.expect('where it waits', await place(point.id), null);
    const back = async (who: TestPerson, id: string): Promise<unknown> =>
      (await context.as(who, takeBack, [id, conversation.id])).rows[0]?.done;
    context.expect('taken back by a stranger', await back(stranger, point.id), false);
    context.expect('a hidden draft taken back', await back(other, draft.id), false);
    context.expect('taken back', await back(other, point.id), true);
    context.expect('where it is again', await place(point.id), conversation.id);
  },
  'a conversation off the record has no points, and gets none': async (context) => {
    const [one, other] = [await context.person('Rae'), await context.person('Cai')];
    const pair = await context.world.oneToOne(one, other);
    const conversation = await context.world.conversation(pair);
    const later = await context.world.conversation(pair, { scheduledAt: hours(48) });
    const point = await context.world.talkingPoint(conversation, one);
    const draft = await context.world.talkingPoint(conversation, other, { draft: true });
    const waiting = await context.world.talkingPoint(later, other);
    await context.as(one, 'select app.postpone_point($1)', [waiting.id]);
    const mark = 'update conversation set off_the_record_by_id = app.viewer() where id = $1 returning 1';
    context.expect('marked', (await context.as(one, mark, [conversation.id])).rows.length, 1);
    const places = async (): Promise<unknown> =>
      (
        await context.row(
          `select array_agg(coalesce(conversation_id, raised_in_id) order by position) as at from talking_point where id = any($1)`,
          [[point.id, draft.id]],
        )
      )?.at;
    context.expect('where points are, and were raised', JSON.stringify(await places()), '[null,null]');
    await context.as(one, 'select app.admit_points($1)', [pair.id]);
    context.expect('where they go', JSON.stringify(await places()), JSON.stringify([later.id, later.id]));
    const carried = await context.row('select times_carried as n from talking_point where id = $1', [
      point.id,
    ]);
    context.expect('counted', carried?.n, 0);
    const notes = await context.row('select id from shared_notes where conversation_id = $1', [
      conversation.id,
    ]);
    const write = `update shared_notes set text = 'x', version = 1, updated_by_id = app.viewer() where id = $1 returning 1`;
    context.expect('notes', (await context.as(other, write, [notes?.id])).rows.length, 0);
    // Both can see what was written in the later one.
    await context.row(`update shared_notes set text = 'x', version = 1 where conversation_id = $1`, [
      later.id,
    ]);
    context.expect('one with notes', (await context.as(one, mark, [later.id])).code, 'MU112');
  },
  'feedback is revealed to both once both offers are committed, and does not change from then on': async (
    context,
  ) => {
    const [one, other] = [await context.person('Rae'), await context.person('Cai')];
    const pair = await context.world.oneToOne(one, other);
    const conversation = await context.world.conversation(pair, { status: 'HELD' });
    const commit = (): Promise<unknown> =>
      context.row(
        'update conversation_feedback set offered_in = null where conversation_id = $1 returning 1',
        [conversation.id],
      );
    const read = async (who: TestPerson): Promise<unknown> =>
      (await context.as(who, 'select better from conversation_feedback order by better')).rows.map(
        (r) => r.better,
      );
    const change = async (who: TestPerson, what: string): Promise<unknown> =>
      (await context.as(who, `update conversation_feedback set ${what} where author_id = app.viewer()`)).code;
    const isShared = async (): Promise<unknown> =>
      (await context.as(one, 'select app.has_shared_content($1) as is', [conversation.id])).rows[0]?.is;
    const at = async (who: TestPerson, of: TestPerson): Promise<unknown> => {
      const { id } =
        (await context.row('select id from conversation_feedback where author_id = $1', [of.id])) ?? {};
      return (await context.as(who, 'select app.feedback_at($1)::text as at', [id])).rows[0]?.at;
    };
    const jobs = async (): Promise<unknown> =>
      (
        await context.row(
          `select count(*)::int as n from graphile_worker.jobs where task_identifier = 'announce_revealed_feedback'`,
          [],
        )
      )?.n;
    const announce = async (): Promise<unknown> =>
      (await context.row('select app.announce_revealed_feedback($1) as done', [conversation.id]))?.done;
    const before = Number(await jobs());
    const add = `insert into conversation_feedback (organization_id, conversation_id, author_id, better, offered)
      values ($1, $2, app.viewer(), $3, $4)`;
    await context.as(other, add, [context.organization.id, conversation.id, 'His', true]);
    await commit();
    await context.row(
      `update conversation_feedback set written_at = now() - interval '3 hours', offered_at = now() - interval '2 hours'
       where author_id = $1 returning 1`,
      [other.id],
    );
    await context.as(one, add, [context.organization.id, conversation.id, 'Hers', false]);
    context.expect('jobs, also of what is kept', await jobs(), before + 2);
    context.expect('kept', await read(one), ['Hers']);
    context.expect('kept, by the other', await read(other), ['His']);
    context.expect('offered', await change(one, 'offered = true'), undefined);
    context.expect('jobs once it is offered', await jobs(), before + 3);
    // The transaction could still be rolled back.
    context.expect('an offer that is not committed', await read(one), ['Hers']);
    context.expect('its time', (await at(one, one)) === (await at(other, other)), false);
    context.expect('the time of what is hidden', await at(one, other), null);
    context.expect('shared before the commit', await isShared(), false);
    context.expect('withdrawn before the commit', await change(one, 'offered = false'), undefined);
    context.expect('offered again', await change(one, 'offered = true'), undefined);
    const stamps = await context.row(
      'select offered_at >= now() as own, offered_in = pg_current_xact_id() as inside from conversation_feedback where author_id = $1',
      [one.id],
    );
    context.expect('time and transaction of the offer', stamps, { own: true, inside: true });
    await commit();
    for (const who of [one, other]) {
      context.expect('revealed', await read(who), ['Hers', 'His']);
      context.expect('one time for both', await at(who, one), await at(who, other));
      context.expect('reworded', await change(who, `better = 'Other words'`), 'MU150');
      context.expect('withdrawn', await change(who, 'offered = false'), 'MU150');
      const removed = await context.as(
        who,
        'delete from conversation_feedback where author_id = app.viewer()',
      );
      context.expect('deleted', removed.code, 'MU150');
    }
    const offered = await context.row(
      'select offered_at::text as at from conversation_feedback where author_id = $1',
      [one.id],
    );
    context.expect('the time of the second offer', await at(other, one), offered?.at);
    context.expect('shared', await isShared(), true);
    context.expect('announced', await announce(), true);
    context.expect('announced again', await announce(), false);
    const counted = await context.row('select version from conversation where id = $1', [conversation.id]);
    context.expect('the version', counted?.version, 2);
  },
  'feedback that is kept or offered by one is announced to nobody': async (context) => {
    const [one, other] = [await context.person('Rae'), await context.person('Cai')];
    const conversation = await context.world.conversation(await context.world.oneToOne(one, other), {
      status: 'HELD',
    });
    const announce = async (): Promise<unknown> =>
      (await context.row('select app.announce_revealed_feedback($1) as done', [conversation.id]))?.done;
    await context.world.feedback(conversation, one, { offered: true });
    context.expect('one offer', await announce(), false);
    await context.world.feedback(conversation, other);
    context.expect('and one that is kept', await announce(), false);
    const counted = await context.row('select version from conversation where id = $1', [conversation.id]);
    context.expect('the version', counted?.version, 1);
  },
  'a withdrawn conversation leaves feedback to its author, and stays once both were revealed': async (
    context,
  ) => {
    const [one, other] = [await context.person('Rae'), await context.person('Cai')];
    const pair = await context.world.oneToOne(one, other);
    const reopened = await context.world.conversation(pair);
    const planned = async (): Promise<string> => {
      const { id } = await context.world.conversation(pair, { scheduledAt: hours(48 + Math.random()) });
      await context.row(
        'update conversation set planned_after_id = $2, series_at = scheduled_at where id = $1 returning 1',
        [id, reopened.id],
      );
      return id;
    };
    const withdraw = async (id: string): Promise<unknown> =>
      (await context.as(other, 'select app.withdraw_conversation($1, $2) as done', [id, reopened.id])).rows[0]
        ?.done;
    const first = { id: await planned(), organizationId: context.organization.id };
    await context.world.privateNotes(first, one, 'Notes');
    await context.world.feedback(first, one, { better: 'Words', offered: true });
    await context.world.feedback(first, other, { better: 'His', offered: false });
    context.expect('with hidden feedback', await withdraw(first.id), true);
    const notes = async (who: TestPerson): Promise<unknown> =>
      (await context.as(who, 'select text from private_notes where conversation_id = $1', [reopened.id]))
        .rows;
    context.expect('her notes', await notes(one), [{ text: 'Notes\n\nWords' }]);
    context.expect('his notes', await notes(other), [{ text: 'His' }]);
    const second = { id: await planned(), organizationId: context.organization.id };
    await context.world.feedback(second, one, { offered: true });
    await context.world.feedback(second, other, { offered: true });
    // Within the transaction of an offer nothing counts as revealed.
    await context.row('savepoint offered', []);
    await context.row(
      'update conversation_feedback set offered_in = pg_current_xact_id() where conversation_id = $1 and author_id = $2 returning 1',
      [second.id, other.id],
    );
    context.expect('with an offer that is not committed', await withdraw(second.id), true);
    await context.row('rollback to offered', []);
    context.expect('with revealed feedback', await withdraw(second.id), false);
  },
  'a pause moves when promises of both are late, and takes no lateness back': async (context) => {
    const [one, other] = [await context.person('Rae'), await context.person('Cai')];
    const pair = await context.world.oneToOne(one, other);
    const conversation = await context.world.conversation(pair);
    const due = (owner: TestPerson, days: number): Promise<{ id: string }> =>
      context.world.actionItem(conversation, owner, { dueOn: day(days) });
    const [mine, theirs] = [await due(one, 3), await due(other, 3)];
    const [late, far] = [await due(one, -2), await due(other, 30)];
    const pause = 'update one_to_one set paused_until = $2 where id = $1';
    const paused = async (until: string | null): Promise<string | undefined> =>
      (await context.as(other, pause, [pair.id, until])).code;
    context.expect('until yesterday', await paused(day(-2)), 'MU120');
    context.expect('for two years', await paused(day(800)), 'MU120');
    context.expect('for ten days', await paused(day(10)), undefined);
    const when = async (id: unknown): Promise<unknown> =>
      (
        await context.row(
          `select case i.late_at when o.pause_ends_at then 'pause' when i.due_at then 'due' end as at
           from action_item i join one_to_one o on o.id = i.one_to_one_id where i.id = $1`,
          [id],
        )
      )?.at;
    context.expect('one’s own', await when(mine.id), 'pause');
    context.expect('the other’s', await when(theirs.id), 'pause');
    context.expect('late already', await when(late.id), 'due');
    context.expect('due after it', await when(far.id), 'due');
    const { rows } = await context.as(
      one,
      `insert into action_item (organization_id, one_to_one_id, owner_id, created_by_id, text, due_on)
       values ($1, $2, $3, $3, 'Promise', $4) returning id`,
      [context.organization.id, pair.id, one.id, day(2)],
    );
    context.expect('made meanwhile', await when(rows[0]?.id), 'pause');
    // It fell due meanwhile.
    await context.row(`update action_item set due_at = now() - interval '1 hour' where id = $1`, [mine.id]);
    const hasTime = async (): Promise<unknown> =>
      (
        await context.row(
          `select late_at > now() + interval '24 hours' and late_at < now() + interval '50 hours' as time
           from action_item where id = $1`,
          [mine.id],
        )
      )?.time;
    context.expect('cut short', await paused(null), undefined);
    context.expect('has the next day', await hasTime(), true);
    await context.as(one, pause, [pair.id, day(20)]);
    await context.as(one, `update one_to_one set state = 'ENDED', ended_at = now() where id = $1`, [pair.id]);
    context.expect('has the next day after an end', await hasTime(), true);
    context.expect('late for good', await when(late.id), 'due');
  },
  'notes are imported once the other accepts, as they were proposed, and undone for a week': async (
    context,
  ) => {
    const [one, other] = [await context.person('Rae'), await context.person('Cai')];
    const stranger = await context.person('Vic');
    const pair = await context.world.oneToOne(one, other);
    const propose = (by: TestPerson): ReturnType<ScenarioContext['as']> =>
      context.as(
        by,
        `insert into notes_import (organization_id, one_to_one_id, proposed_by_id) values ($1, $2, $3) returning id`,
        [context.organization.id, pair.id, by.id],
      );
    const add = (by: TestPerson, id: unknown, on: string): ReturnType<ScenarioContext['as']> =>
      context.as(
        by,
        `insert into notes_import_section (organization_id, import_id, held_on, text) values ($1, $2, $3, 'Notes')`,
        [context.organization.id, id, on],
      );
    const id = (await propose(one)).rows[0]?.id;
    context.expect('its notes', (await add(one, id, '2020-01-01')).code, undefined);
    context.expect('more of them', (await add(one, id, '2020-01-08')).code, undefined);
    context.expect('by the other', (await add(other, id, '2020-01-15')).code, '42501');
    await context.row(`update notes_import set proposed_at = now() - interval '1 second' where id = $1`, [
      id,
    ]);
    context.expect('later', (await add(one, id, '2020-01-15')).code, '42501');
    const call = async (who: TestPerson, name: 'accept' | 'undo', of = id): Promise<unknown> =>
      (await context.as(who, `select app.${name}_notes_import($1) as done`, [of])).rows[0]?.done;
    context.expect('accepted by its proposer', await call(one, 'accept'), false);
    context.expect('accepted by a stranger', await call(stranger, 'accept'), false);
    context.expect('undone before', await call(one, 'undo'), false);
    context.expect('accepted by the other', await call(other, 'accept'), true);
    context.expect('accepted again', await call(other, 'accept'), false);
    const made = async (): Promise<unknown> =>
      (
        await context.row(
          `select count(*)::int as n from conversation c join shared_notes s on s.conversation_id = c.id
           where c.one_to_one_id = $1 and c.status = 'HELD' and s.text like 'Notes%'`,
          [pair.id],
        )
      )?.n;
    context.expect('conversations', await made(), 2);
    await context.row(
      `update shared_notes n set text = 'Notes, changed', version = 2 from conversation c
       where c.id = n.conversation_id and c.one_to_one_id = $1 and c.held_at < '2020-01-03' returning 1`,
      [pair.id],
    );
    context.expect('undone by a stranger', await call(stranger, 'undo'), false);
    context.expect('undone by its proposer', await call(one, 'undo'), true);
    context.expect('conversations that stay', await made(), 1);
    const second = (await propose(other)).rows[0]?.id;
    await call(one, 'accept', second);
    await context.row(`update notes_import set accepted_at = now() - interval '8 days' where id = $1`, [
      second,
    ]);
    context.expect('undone after eight days', await call(one, 'undo', second), false);
  },
  'a proposal to import notes lapses after thirty days, and a new one replaces it': async (context) => {
    const [one, other] = [await context.person('Rae'), await context.person('Cai')];
    const stranger = await context.person('Vic');
    const pair = await context.world.oneToOne(one, other);
    const propose = async (by: TestPerson): Promise<unknown> =>
      (
        await context.as(
          by,
          `insert into notes_import (organization_id, one_to_one_id, proposed_by_id) values ($1, $2, $3)
           on conflict (one_to_one_id) where accepted_at is null do nothing returning id`,
          [context.organization.id, pair.id, by.id],
        )
      ).rows[0]?.id;
    const age = (id: unknown, days: number): Promise<unknown> =>
      context.row(`update notes_import set proposed_at = now() - make_interval(days => $2) where id = $1`, [
        id,
        days,
      ]);
    const sees = async (id: unknown): Promise<number> =>
      (await context.as(other, 'select 1 from notes_import where id = $1', [id])).rows.length;
    const isThere = async (id: unknown): Promise<boolean> =>
      (await context.row('select 1 from notes_import where id = $1', [id])) !== undefined;
    const accept = async (id: unknown): Promise<unknown> =>
      (await context.as(other, 'select app.accept_notes_import($1) as done', [id])).rows[0]?.done;
    const first = await propose(one);
    await age(first, 29);
    context.expect('seen after 29 days', await sees(first), 1);
    context.expect('another one meanwhile', await propose(other), undefined);
    await context.row('select app.delete_lapsed_notes_imports(100)', []);
    context.expect('there after 29 days', await isThere(first), true);
    await age(first, 30);
    context.expect('seen after 30 days', await sees(first), 0);
    context.expect('accepted after 30 days', await accept(first), false);
    await propose(stranger);
    context.expect('there after a stranger’s attempt', await isThere(first), true);
    const second = await propose(other);
    context.expect('replaced', [second !== undefined, await isThere(first)], [true, false]);
    await age(second, 30);
    await context.row('select app.delete_lapsed_notes_imports(100)', []);
    context.expect('deleted by the worker', await isThere(second), false);
  },
  'an invitation to a one-to-one queues one mail to the sign-in address of the invited person': async (
    context,
  ) => {
    const one = await context.person('Rae');
    const other = await context.person('Cai');
    const invite = `insert into one_to_one (organization_id, first_id, second_id, started_by_id, state, time_zone)
      values ($1, least($2::uuid, $3), greatest($2::uuid, $3), $2, 'INVITED', 'UTC')`;
    const { code } = await context.as(one, invite, [context.organization.id, one.id, other.id]);
    context.expect('invited', code, undefined);
    const mail = await context.row(
      `select count(*)::int as n, min(m.recipient) = min(a.sign_in_address) as there, min(m.about ->> 'name') as name
       from outbox_mail m, account a where m.kind = 'ONE_TO_ONE_INVITATION' and a.person_id = $1`,
      [other.id],
    );
    context.expect(
      'one mail, to them, by name',
      JSON.stringify(mail),
      JSON.stringify({ n: 1, there: true, name: 'Rae' }),
    );
  },
  'texts of an ended one-to-one cannot be changed': async (context) => {
    const one = await context.person('Rae');
    const other = await context.person('Cai');
    const pair = await context.world.oneToOne(one, other);
    const conversation = await context.world.conversation(pair);
    const point = await context.world.talkingPoint(conversation, one, { draft: false });
    const item = await context.row(
      `insert into action_item (organization_id, one_to_one_id, owner_id, created_by_id, text)
       values ($1, $2, $3, $3, 'Call them') returning id`,
      [context.organization.id, pair.id, one.id],
    );
    const tries: readonly (readonly [string, string, unknown])[] = [
      [
        'shared notes',
        `update shared_notes set text = text || 'x', updated_by_id = app.viewer() where conversation_id = $1`,
        conversation.id,
      ],
      ['a point', `update talking_point set text = text || 'x' where id = $1`, point.id],
      ['a promise', `update action_item set text = text || 'x' where id = $1`, item?.id],
      ['the pair', `update one_to_one set duration_minutes = duration_minutes + 1 where id = $1`, pair.id],
      [
        'the history of a point',
        `insert into talking_point_version (point_id, version, organization_id, author_id, text)
         select id, 90 + (random() * 1e6)::int, organization_id, author_id, 'x' from talking_point where id = $1`,
        point.id,
      ],
    ];
    const done = async (statement: string, id: unknown): Promise<boolean> => {
      const { rows, code } = await context.as(one, `${statement} returning 1 as done`, [id]);
      return code === undefined && rows.length === 1;
    };
    for (const [what, statement, id] of tries)
      context.expect(`${what} before`, await done(statement, id), true);
    await context.row(`update one_to_one set state = 'ENDED', ended_at = now() where id = $1`, [pair.id]);
    for (const [what, statement, id] of tries)
      context.expect(`${what} after`, await done(statement, id), false);
    const close = `update action_item set state = 'DONE' where id = $1`;
    context.expect('closing a promise after', await done(close, item?.id), true);
  },
  'goals are imported once, into the importer’s own, PRIVATE, and by nobody who has left': async (
    context,
  ) => {
    const importer = await context.person('Ida');
    const other = await context.person('Oto');
    const theirs = await context.world.goal(other);
    const own = await context.world.goal(importer);
    const goal = (id: string): object => ({
      id,
      title: 'Sail',
      status: 'ACTIVE',
      version: 1,
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-01-02T03:04:05.678Z',
      visibility: 'ORGANIZATION',
      owner_id: other.id,
      milestones: [{ title: 'A boat', reachedOn: null }],
      updates: [{ at: '2026-01-02T03:04:05.678Z', text: 'It floats', measuredValue: null }],
      history: [{ version: 1, at: '2026-01-02T03:04:05.678Z', title: 'Sail', why: null }],
    });
    const file = JSON.stringify([goal(theirs.id), goal(own.id)]);
    const run = async (by: TestPerson): Promise<unknown> =>
      (
        await context.as(
          by,
          'select cardinality(imported) as imported, cardinality(already_there) as already_there from app.import_goals($1)',
          [file],
        )
      ).rows[0];
    context.expect('the first time', await run(importer), { imported: 1, already_there: 1 });
    context.expect('the second time', await run(importer), { imported: 0, already_there: 2 });
    const owners = await context.row(
      `select array_agg(distinct g.visibility) as visibility, array_agg(distinct g.owner_id) as owners, count(*)::int
       from personal_goal g where g.title = 'Sail'`,
      [],
    );
    context.expect('what was added', owners, {
      visibility: ['PRIVATE'],
      owners: [importer.id],
      count: 1,
    });
    await context.world.leaves(other, day(-1));
    context.expect('after leaving', await run(other), undefined);
  },
  'an erasure is carried out when it is due, once, and takes only the words of that person': async (
    context,
  ) => {
    const { report, manager, lineId } = await context.line();
    const { world } = context;
    const erase = async (target: TestPerson): Promise<unknown> =>
      (await context.row('select app.erase_person($1) as done', [target.id]))?.done;
    const due = async (target: TestPerson): Promise<unknown> =>
      (await context.row('select $1::uuid in (select app.people_to_erase(1000)) as due', [target.id]))?.due;
    const pair = await world.oneToOne(report, manager, { lineId });
    const talk = await world.conversation(pair);
    const kept = await world.actionItem(talk, report, { text: 'Kept', createdBy: manager });
    const gone = await world.actionItem(talk, manager, { text: 'Gone', createdBy: report });
    const notes = await context.row('select id from shared_notes where conversation_id = $1', [talk.id]);
    for (const [version, author, text] of [
      [1, report, 'One'],
      [2, manager, 'One\nTwo'],
    ] as const) {
      await context.row(
        'insert into shared_notes_version (notes_id, version, organization_id, author_id, text) values ($1, $2, $3, $4, $5)',
        [notes?.id, version, context.organization.id, author.id, text],
      );
      await context.row('update shared_notes set text = $2, version = $3, updated_by_id = $4 where id = $1', [
        notes?.id,
        text,
        version,
        author.id,
      ]);
    }
    const cycle = await world.cycle(context.organization);
    const goal = await world.goal(manager, { openToProposals: true, visibility: 'ORGANIZATION' });
    const placed: string[] = [];
    for (const how of [undefined, 'In other words']) {
      const work = await world.businessGoal(manager, cycle);
      const { id } = await world.alignment(goal, work, { proposedBy: report, how: 'In my words' });
      await context.as(manager, `update alignment set state = 'PLACED' where id = $1`, [id]);
      if (how !== undefined)
        await context.as(manager, 'update alignment set how = $2 where id = $1', [id, how]);
      placed.push(id);
    }

    await world.pulse(context.organization);
    context.expect('unasked', [await due(report), await erase(report)], [false, false]);
    const { code } = await context.as(
      report,
      'insert into erasure (organization_id, person_id) values ($1, $2)',
      [context.organization.id, report.id],
    );
    context.expect('asking', code, undefined);
    const mail = await context.row('select kind from outbox_mail where person_id = $1', [report.id]);
    context.expect('the mail', mail?.kind, 'ERASURE_REQUESTED');
    context.expect('at once', [await due(report), await erase(report)], [false, false]);
    await context.row('update erasure set executes_at = now() where person_id = $1', [report.id]);
    context.expect('after the time', [await due(report), await erase(report)], [true, true]);
    for (const [person, n] of [
      [report, 0],
      [manager, 1],
    ] as const) {
      const ties = await context.row('select count(*)::int as n from pulse_pseudonym where person_id = $1', [
        person.id,
      ]);
      context.expect('what leads to answers to a pulse', ties, { n });
    }
    context.expect('again', [await due(report), await erase(report)], [false, false]);
    const items = await context.row(
      'select array_agg(text order by text) as texts from action_item where id in ($1, $2)',
      [kept.id, gone.id],
    );
    context.expect('action items', items?.texts, ['(removed)', 'Kept']);
    const page = await context.row('select text from shared_notes where id = $1', [notes?.id]);
    context.expect('shared notes', page?.text, '(removed)\nTwo');
    const hows = await context.row(
      'select array_agg(how order by how) as hows from alignment where id = any ($1)',
      [placed],
    );
    context.expect('what was proposed', hows?.hows, ['In other words', null]);
    const person = await context.row('select name from person where id = $1', [report.id]);
    context.expect('the name of an employed person', person?.name, 'Rae');
    await world.leaves(report, day(-92));
    context.expect('after leaving', [await due(report), await erase(report)], [true, true]);
    const former = await context.row('select name from person where id = $1', [report.id]);
    context.expect('the name of a person who has left', former?.name, 'Former colleague');
    context.expect('once', [await due(report), await erase(report)], [false, false]);
  },
  'a mandate that is granted again is in the words of the manager who wrote it': async (context) => {
    const { world, organization } = context;
    const person = await context.person('Pam');
    const [ada, bea, cem] = [
      await context.person('Ada'),
      await context.person('Bea'),
      await context.person('Cem'),
    ];
    const lines = {
      [ada.id]: await world.line(person, ada, { from: day(-30), until: day(-20) }),
      [bea.id]: await world.line(person, bea, { from: day(-20), until: day(-10) }),
    };
    await world.line(person, cem, { from: day(-10) });
    const handOver = (from: TestPerson, to: TestPerson): Promise<unknown> =>
      world.insert('handover', {
        organization_id: organization.id,
        line_id: lines[from.id]?.id,
        person_id: person.id,
        from_id: from.id,
        to_id: to.id,
        opened_on: day(-9),
      });
    await handOver(ada, bea);
    await handOver(bea, cem);
    /** The new manager grants what was offered, in these words. */
    const grant = async (
      from: TestPerson,
      to: TestPerson,
      offered: string,
      text: string,
    ): Promise<string> => {
      const offer = await world.insert<{ id: string }>('handover_offer', {
        organization_id: organization.id,
        line_id: lines[from.id]?.id,
        kind: 'MANDATE',
        position: 0,
        text: offered,
      });
      const { id } = await world.mandate(to, person, { text });
      await context.row('update handover_offer set mandate_id = $2 where id = $1 returning 1', [
        offer.id,
        id,
      ]);
      return id;
    };
    for (const text of ['Up to 200', 'Up to 50', 'Call first']) await world.mandate(ada, person, { text });
    await grant(ada, bea, 'Up to 200', 'Up to 200');
    await grant(ada, bea, 'Up to 50', 'Up to 60');
    const changed = await grant(ada, bea, 'Call first', 'Call first');
    await context.row(`update mandate set text = 'Call' where id = $1 returning 1`, [changed]);
    await grant(bea, cem, 'Up to 200', 'Up to 200');
    const erase = async (target: TestPerson): Promise<void> => {
      await world.insert('erasure', {
        organization_id: organization.id,
        person_id: target.id,
        executes_at: new Date(0),
      });
      await context.row('select app.erase_person($1) as done', [target.id]);
    };
    const left = (): Promise<unknown> =>
      context.row(
        `select
           (select array_agg(m.text || case when m.ended_at is null then '' else ' ended' end order by m.text) from mandate m
            where m.to_id = $1 and m.granted_by_id <> $2) as granted,
           (select array_agg(o.text order by o.text) from handover_offer o join handover h on h.line_id = o.line_id
            where h.person_id = $1) as offered`,
        [person.id, ada.id],
      );
    await erase(bea);
    context.expect('after the erasure of the manager between', await left(), {
      granted: ['(removed) ended', '(removed) ended', 'Up to 200', 'Up to 200'],
      offered: ['Call first', 'Up to 200', 'Up to 200', 'Up to 50'],
    });
    await erase(ada);
    context.expect('after the erasure of the first manager', await left(), {
      granted: Array(4).fill('(removed) ended'),
      offered: Array(4).fill('(removed)'),
    });
  },
  'lines of shared notes belong to those who wrote their words first': async (context) => {
    const { report, manager, lineId } = await context.line();
    const pair = await context.world.oneToOne(report, manager, { lineId });
    const talk = await context.world.conversation(pair);
    const notes = await context.row('select id from shared_notes where conversation_id = $1', [talk.id]);
    const write = async (by: TestPerson, version: number, text: string): Promise<void> => {
      await context.row(
        `insert into shared_notes_version (notes_id, version, organization_id, author_id, text) values ($1, $2, $3, $4, $5)`,
        [notes?.id, version, context.organization.id, by.id, text],
      );
      await context.row('update shared_notes set text = $2, version = $3, updated_by_id = $4 where id = $1', [
        notes?.id,
        text,
        version,
        by.id,
      ]);
    };
    await write(report, 1, '# Ours\n\nRae is here\nTea or coffee?');
    await write(manager, 2, 'Moe too\n# Ours\n\n  Rae is here \nTea!');
    await write(report, 3, '# Ours\nMoe too\n\n  Rae is here\nTea!\nMoe too\nGood');
    const lines = async (by: TestPerson, of: TestPerson): Promise<unknown> =>
      (await context.as(by, 'select app.lines_of_author($1, $2) as lines', [notes?.id, of.id])).rows[0]
        ?.lines;
    context.expect('of the report', await lines(report, report), ['# Ours', '  Rae is here', 'Good']);
    context.expect('of the manager', await lines(report, manager), ['Moe too', 'Tea!', 'Moe too']);
    context.expect('for anybody else', await lines(await context.person('Cai'), report), []);
  },
  'offers are made as the handover is completed, a mandate as it was granted, and a handover without offers is hidden':
    async (context) => {
      const { report, manager, lineId } = await context.line();
      const next = await context.person('Mia');
      await context.world.mandate(manager, report, { text: 'Up to 200' });
      await context.row('update reporting_line set closed_on = $2 where id = $1', [lineId, day(-1)]);
      await context.world.line(report, next, { from: day(-1) });
      const insert = (by: TestPerson, from: string, to: string): ReturnType<typeof context.as> =>
        context.as(
          by,
          `insert into handover (line_id, organization_id, person_id, from_id, to_id, opened_on)
           values ($1, $2, $3, $4, $5, $6)`,
          [lineId, context.organization.id, report.id, from, to, day(-1)],
        );
      const seen = async (by: TestPerson): Promise<number> =>
        (await context.as(by, 'select from handover where line_id = $1', [lineId])).rows.length;
      const offer = async (kind: string, text: string): Promise<string | undefined> =>
        (
          await context.as(
            report,
            `insert into handover_offer (organization_id, line_id, kind, position, text) values ($1, $2, $3, 1, $4)`,
            [context.organization.id, lineId, kind, text],
          )
        ).code;
      context.expect('by the new manager', (await insert(next, manager.id, next.id)).code, '42501');
      context.expect('to somebody else', (await insert(report, manager.id, manager.id)).code, '42501');
      context.expect('by the person', (await insert(report, manager.id, next.id)).code, undefined);
      context.expect('without offers, to the new manager', await seen(next), 0);
      context.expect('a mandate in other words', await offer('MANDATE', 'Up to 2,000'), '42501');
      context.expect('a mandate as it was', await offer('MANDATE', 'Up to 200'), undefined);
      context.expect('a promise in one’s own words', await offer('PROMISE', 'A desk'), undefined);
      context.expect('with offers, to the new manager', await seen(next), 1);
      context.expect('to the former manager', await seen(manager), 0);
      await context.row(`update handover set completed_at = now() - interval '1 second' where line_id = $1`, [
        lineId,
      ]);
      context.expect('later', await offer('PROMISE', 'A chair'), '42501');
    },
  'publishing a mandate needs both people, for the text as it is': async (context) => {
    const { report, manager } = await context.line();
    const mandate = await context.world.mandate(manager, report);
    const change = (by: TestPerson, what: string): Promise<{ code: string | undefined }> =>
      context.as(by, `update mandate set ${what} where id = $1`, [mandate.id]);
    const ask = (by: TestPerson): Promise<{ code: string | undefined }> =>
      context.as(by, 'update mandate_own set publication_asked_by_id = app.viewer() where mandate_id = $1', [
        mandate.id,
      ]);
    const state = async (): Promise<unknown> => {
      const row = await context.row(
        `select m.published, o.publication_asked_by_id as asked, o.version
         from mandate m join mandate_own o on o.mandate_id = m.id where m.id = $1`,
        [mandate.id],
      );
      return JSON.stringify([row?.published, row?.asked, row?.version]);
    };
    context.expect('before anybody asked', (await change(manager, 'published = true')).code, 'MU132');
    await ask(report);
    context.expect('by the person alone', (await change(report, 'published = true')).code, 'MU132');
    await change(manager, `text = 'Other words', published = true`);
    context.expect('changed in the same statement', await state(), JSON.stringify([false, null, 2]));
    await ask(report);
    await change(manager, 'published = true');
    context.expect('by both', await state(), JSON.stringify([true, report.id, 2]));
    await change(manager, `text = 'More words'`);
    context.expect('changed later', await state(), JSON.stringify([false, null, 3]));
    await ask(manager);
    await change(report, 'published = true');
    await change(manager, 'published = false');
    context.expect('taken back', await state(), JSON.stringify([false, null, 3]));
  },
  'a mandate ends at the end of its last day where the person lives, and now when it is ended': async (
    context,
  ) => {
    const { report, manager, lineId } = await context.line();
    await context.world.insert('person_time_zone', {
      person_id: report.id,
      organization_id: context.organization.id,
      time_zone: 'Pacific/Kiritimati',
    });
    const grant = (lastDay: string): ReturnType<typeof context.as> =>
      context.as(
        manager,
        `insert into mandate (organization_id, granted_by_id, to_id, line_id, text, last_day)
         values ($1, $2, $3, $4, 'You decide', $5) returning id`,
        [context.organization.id, manager.id, report.id, lineId, lastDay],
      );
    const [today, yesterday] = [day(0, 'Pacific/Kiritimati'), day(-1, 'Pacific/Kiritimati')];
    context.expect('a day that is over there', (await grant(yesterday)).code, 'MU133');
    const { rows } = await grant(today);
    const stranger = await context.person('Vic');
    await context.as(manager, `update mandate_own set publication_asked_by_id = $1`, [manager.id]);
    await context.as(stranger, 'update mandate_own set publication_asked_by_id = null');
    const asked = await context.row(
      'select publication_asked_by_id as by from mandate_own where mandate_id = $1',
      [rows[0]?.id],
    );
    context.expect('what a stranger’s update without a condition leaves', asked?.by, manager.id);
    const id = rows[0]?.id;
    const end = await context.row(
      `select expires_at = ($2::date + 1)::timestamp at time zone 'Pacific/Kiritimati' as there from mandate where id = $1`,
      [id, today],
    );
    context.expect('the end of the day', end?.there, true);
    await context.as(report, `update mandate set ended_at = now() - interval '9 days' where id = $1`, [id]);
    const ended = await context.row('select ended_at = now() as now from mandate where id = $1', [id]);
    context.expect('ended now', ended?.now, true);
  },
  'a mandate that ended with its reporting line or by a long absence does not hold again': async (
    context,
  ) => {
    const { report, manager, lineId } = await context.line();
    const holds = async (id: string): Promise<unknown> =>
      (
        await context.row(
          'select app.mandate_ended_at(ended_at, expires_at, line_id) is null as holds from mandate where id = $1',
          [id],
        )
      )?.holds;
    const first = await context.world.mandate(manager, report);
    context.expect('at first', await holds(first.id), true);
    await context.row('update reporting_line set closed_on = $2 where id = $1', [lineId, day(-1)]);
    context.expect('after the line', await holds(first.id), false);
    await context.row('update reporting_line set closed_on = null where id = $1', [lineId]);
    context.expect('once the line is opened again', await holds(first.id), false);
    const second = await context.world.mandate(manager, report);
    await context.world.leaves(report, day(-30));
    context.expect('while the person is gone', await holds(second.id), false);
    await context.row('delete from employment_end where person_id = $1', [report.id]);
    context.expect('once a leaving is taken back', await holds(second.id), true);
    await context.world.leaves(manager, day(-120));
    await context.row('delete from employment_end where person_id = $1', [manager.id]);
    context.expect('after more than ninety days', await holds(second.id), false);
  },
  'app.share_state evaluates only stored shares, and only for the two people': async (context) => {
    const { report, manager } = await context.line();
    const stranger = await context.person('Vic');
    const goal = await context.world.goal(report);
    const share = await context.world.share(goal, manager, { waits: false });
    const judge = async (person: TestPerson): Promise<unknown> =>
      (await context.as(person, 'select app.own_share_state($1) as state', [share.id])).rows[0]?.state;
    context.expect('by its owner', await judge(report), 'ACTIVE');
    context.expect('by its reader', await judge(manager), 'ACTIVE');
    context.expect('by anybody else', await judge(stranger), null);
    await context.row('update goal_share set ended_at = now() where id = $1', [share.id]);
    context.expect('ended, by its owner', await judge(report), 'ENDED');
    context.expect('ended, by who read it', await judge(manager), null);
    const made = await context.as(stranger, 'select app.share_state(s) from goal_share s', []);
    context.expect('made-up rows', made.code, '42501');
  },
  'the end of a reporting line is computed when it is written': async (context) => {
    const [report, manager] = [await context.person('Rae'), await context.person('Moe')];
    const line = await context.world.line(report, manager, { until: day(10) });
    const end = await context.row('select ends_on = $2 as same from reporting_line_end where line_id = $1', [
      line.id,
      day(10),
    ]);
    context.expect('the copy of the end', end, { same: true });
  },
  'a leaver’s API tokens end for good, even if the last day is removed': async (context) => {
    const maker = await context.person('Mak');
    await context.world.role(maker, 'PEOPLE_ADMIN');
    const token = async (): Promise<unknown> => {
      await context.world.apiToken(context.organization, ['DIRECTORY_READ'], maker);
      return (
        await context.row('select id from session where created_by = $1 and revoked_at is null', [maker.id])
      )?.id;
    };
    const isRevoked = async (id: unknown): Promise<unknown> =>
      (await context.row('select revoked_at is not null as revoked from session where id = $1', [id]))
        ?.revoked;
    const ends = (on: string): Promise<unknown> =>
      context.row('update employment_end set ended_on = $2 where person_id = $1', [maker.id, on]);

    const moved = await token();
    await context.world.leaves(maker, day(10));
    context.expect('before a day to come', await isRevoked(moved), false);
    await ends(day(-10));
    context.expect('once the day is moved into the past', await isRevoked(moved), true);

    // As if the last day had passed without a write.
    const corrected = await token();
    await ends(day(10));
    context.expect('once a day that has passed is corrected', await isRevoked(corrected), true);
    await ends(day(-10));
    const restored = await token();
    await context.row('delete from employment_end where person_id = $1', [maker.id]);
    context.expect('once a leaving is taken back', await isRevoked(restored), true);
  },
  'external IDs and account states are for PEOPLE_ADMIN': async (context) => {
    const [admin, colleague] = [await context.person('Ona'), await context.person('Oti')];
    await context.world.role(admin, 'PEOPLE_ADMIN');
    const other = await context.world.person(context.organization, { name: 'Twin', externalId: 'Y 42' });
    const count = async (who: TestPerson, text: string, values: readonly unknown[]): Promise<number> =>
      (await context.as(who, text, values)).rows.length;
    const found = `select app.find_people($1, null, null, false, null, false, $2::text[], null, null, false, 10)`;
    const reads: readonly (readonly [string, string, readonly unknown[]])[] = [
      ['external IDs', 'select from app.external_ids($1)', [[other.id]]],
      ['account states', 'select from app.account_states($1)', [[other.id]]],
      ['similar external IDs', 'select from app.similar_external_id($1, null)', ['Y42']],
      ['people by external ID', found, ['y 42', null]],
      ['people by account', found, ['', ['NONE']]],
    ];
    for (const [what, text, values] of reads) {
      context.expect(`${what} for PEOPLE_ADMIN`, (await count(admin, text, values)) > 0, true);
      context.expect(`${what} for a colleague`, await count(colleague, text, values), 0);
    }
  },
  'supporters are counted from the minimum group up, and people who leave stay counted': async (context) => {
    const { organization } = context;
    const barrier = await context.row(
      `insert into barrier (organization_id, title, hinders_customers) values ($1, 'Forms', true) returning id`,
      [organization.id],
    );
    const people: TestPerson[] = [];
    const count = async (who: TestPerson): Promise<unknown> =>
      (await context.as(who, 'select people from app.barrier_supporters($1)', [[barrier?.id]])).rows[0]
        ?.people;
    const reader = await context.person('Ria');
    for (const number of [1, 2, 3, 4, 5]) {
      context.expect(`with ${String(number - 1)} supporters`, await count(reader), undefined);
      const person = await context.person(`Sam ${String(number)}`);
      people.push(person);
      const support =
        'insert into barrier_support (barrier_id, person_id, organization_id) values ($1, $2, $3)';
      const { code } = await context.as(person, support, [barrier?.id, person.id, organization.id]);
      context.expect('anybody supports', code, undefined);
    }
    context.expect('with five', await count(reader), 5);
    await context.world.leaves(people[0]!, day(-3));
    context.expect('once one of them has left', await count(reader), 5);
    const elsewhere = await context.world.person(await context.world.organization(), { name: 'Eli' });
    context.expect('in another organization', await count(elsewhere), undefined);
    await context.row('update organization set minimum_group_size = 6 where id = $1', [organization.id]);
    context.expect('with a larger minimum', await count(reader), undefined);
    const admin = await context.person('Ona');
    await context.world.role(admin, 'ORGANIZATION_ADMIN');
    const set = `update organization set minimum_group_size = $2 where id = $1`;
    context.expect('a lower minimum', (await context.as(admin, set, [organization.id, 5])).code, 'MU103');
    context.expect('a higher minimum', (await context.as(admin, set, [organization.id, 7])).code, undefined);
  },
  'adopters are counted from the minimum group up': async (context) => {
    const of = context.organization.id;
    const barrier = await context.row(
      `insert into barrier (organization_id, title, hinders_customers, status) values ($1, 'Forms', true, 'REMOVED') returning id`,
      [of],
    );
    const author = await context.person('Aya');
    const added = await context.as(
      author,
      `insert into story (organization_id, barrier_id, text) values ($1, $2, 'Gone') returning id`,
      [of, barrier?.id],
    );
    const story = added.rows[0]?.id;
    const written = await context.row('select person_id, named from story_author where story_id = $1', [
      story,
    ]);
    context.expect('the author', written, { person_id: author.id, named: false });
    const reader = await context.person('Ria');
    const count = async (): Promise<unknown> =>
      (await context.as(reader, 'select people from app.story_adopters($1)', [[story]])).rows[0]?.people;
    for (const number of [1, 2, 3, 4, 5]) {
      context.expect(`with ${String(number - 1)} adopters`, await count(), undefined);
      const person = await context.person(`Sam ${String(number)}`);
      await context.as(
        person,
        'insert into story_adoption (story_id, person_id, organization_id) values ($1, $2, $3)',
        [story, person.id, of],
      );
    }
    context.expect('with five', await count(), 5);
    const elsewhere = await context.world.person(await context.world.organization(), { name: 'Eli' });
    const foreign = await context.as(elsewhere, 'select people from app.story_adopters($1)', [[story]]);
    context.expect('in another organization', foreign.rows, []);
  },
  'a barrier without a name appears the next day, and belongs to nobody': async (context) => {
    const of = context.organization.id;
    const author = await context.person('Nia');
    const raise = `select app.raise_nameless_barrier('Forms', null, null, true, $1)::text as on`;
    const own = await context.row(
      `insert into procedure_area (organization_id, name, answerer_id) values ($1, 'Travel', $2) returning id`,
      [of, author.id],
    );
    const there = await context.world.organization();
    const stranger = await context.world.person(there);
    const foreign = await context.row(
      `insert into procedure_area (organization_id, name, answerer_id) values ($1, 'Travel', $2) returning id`,
      [there.id, stranger.id],
    );
    context.expect('an area of others', (await context.as(author, raise, [foreign?.id])).code, 'MU102');
    context.expect('without a session', (await context.as(stranger, raise, [null])).code, 'MU050');
    const waiting = (): Promise<unknown> =>
      context.row('select count(*)::int as n from nameless_barrier where organization_id = $1', [of]);
    for (const time of ['once', 'twice']) {
      const raised = await context.as(author, raise, [own?.id]);
      context.expect(`the day, raised ${time}`, raised.rows, [
        { on: (await context.row(`select (app.today_in($1) + 1)::text as on`, [of]))?.on },
      ]);
      context.expect(`waiting, raised ${time}`, await waiting(), { n: 1 });
    }
    const publish = (): Promise<unknown> => context.row('select app.publish_nameless_barriers() as n', []);
    const row = 'select id, shuffled from nameless_barrier where organization_id = $1';
    const before = await context.row(row, [of]);
    context.expect('on the same day', await publish(), { n: 0 });
    const after = await context.row(row, [of]);
    context.expect('written again', [after?.id === before?.id, after?.shuffled], [false, true]);
    await context.row('update nameless_barrier set staged_on = staged_on - 1 where organization_id = $1', [
      of,
    ]);
    context.expect('on the next day', await publish(), { n: 1 });
    context.expect('waiting then', await waiting(), { n: 0 });
    const found = await context.row(
      `select title, raised_by_id, procedure_area_id = $2 as area, created_on = app.today_in($1) as today,
              answer_due_on - created_on as due from barrier where organization_id = $1`,
      [of, own?.id],
    );
    context.expect('the barrier', found, {
      title: 'Forms',
      raised_by_id: null,
      area: true,
      today: true,
      due: 14,
    });
  },
  'a barrier is deleted by who raised it, before an answer and before its supporters are counted': async (
    context,
  ) => {
    const of = context.organization.id;
    const [author, other] = [await context.person('Ada'), await context.person('Bob')];
    const raise = async (by: TestPerson | null, supporters: number, status: string): Promise<unknown> => {
      const barrier = await context.row(
        `insert into barrier (organization_id, title, hinders_customers, raised_by_id, status) values ($1, 'Forms', true, $2, $3) returning id`,
        [of, by?.id ?? null, status],
      );
      for (let n = 0; n < supporters; n += 1) {
        const { id } = await context.person(`Supporter ${String(n)}`);
        await context.world.insert('barrier_support', {
          organization_id: of,
          barrier_id: barrier?.id,
          person_id: id,
        });
      }
      return barrier?.id;
    };
    const isDeleted = async (by: TestPerson, id: unknown): Promise<unknown> =>
      (await context.as(by, 'delete from barrier where id = $1 returning id', [id])).rows.length;
    const supported = await raise(author, 4, 'OPEN');
    context.expect('by another person', await isDeleted(other, supported), 0);
    context.expect('with four supporters', await isDeleted(author, supported), 1);
    context.expect('with five', await isDeleted(author, await raise(author, 5, 'OPEN')), 0);
    context.expect('answered', await isDeleted(author, await raise(author, 0, 'INVESTIGATING')), 0);
    context.expect('without a name', await isDeleted(author, await raise(null, 0, 'OPEN')), 0);
  },
  'a pulse is answered by the people who were employed when it opened, until it closes': async (context) => {
    const [ana, ben] = [await context.person('Ana'), await context.person('Ben')];
    const { id } = await context.world.pulse(context.organization);
    const late = await context.person('Cleo');
    const answer = async (
      person: TestPerson,
      scores: readonly unknown[],
      pulse = id,
    ): Promise<string | undefined> =>
      (await context.as(person, 'select app.answer_pulse($1, $2::smallint[])', [pulse, scores])).code;
    const own = async (person: TestPerson): Promise<unknown> =>
      (await context.as(person, 'select answered from app.own_pulses() where pulse_id = $1', [id])).rows;
    const stored = async (table: string): Promise<unknown> =>
      context.row(
        `select coalesce(jsonb_agg(to_jsonb(scores)), '[]') as scores from ${table} where pulse_id = $1`,
        [id],
      );
    const store = (): Promise<unknown> => context.row('select app.store_pulse_answers() as n', []);
    await store();
    context.expect('before an answer', await own(ana), [{ answered: false }]);
    context.expect('somebody who joined later', await own(late), []);
    context.expect('somebody who joined later answers', await answer(late, [1, 1, 1]), 'MU162');
    context.expect('a score above its scale', await answer(ana, [6, 1, 1]), 'MU163');
    context.expect('a score above the other scale', await answer(ana, [1, 1, 11]), 'MU163');
    context.expect('a score below its scale', await answer(ana, [1, 0, 1]), 'MU163');
    context.expect('too few scores', await answer(ana, [1, 1]), 'MU163');
    context.expect('an answer', await answer(ana, [4, null, 0]), undefined);
    context.expect('after an answer', await own(ana), [{ answered: true }]);
    context.expect('for somebody else', await own(ben), [{ answered: false }]);
    context.expect('a changed answer', await answer(ana, [5, 5, 10]), undefined);
    context.expect('waiting', await stored('pulse_answer_waiting'), { scores: [[5, 5, 10]] });
    context.expect('storing', await store(), { n: 1 });
    context.expect('waiting then', await stored('pulse_answer_waiting'), { scores: [] });
    context.expect('stored', await stored('pulse_answer'), { scores: [[5, 5, 10]] });
    context.expect('known to its author', await own(ana), [{ answered: true }]);
    await answer(ana, [1, null, null]);
    await store();
    context.expect('stored in place of it', await stored('pulse_answer'), { scores: [[1, null, null]] });
    await answer(ana, [null, null, null]);
    context.expect('withdrawn', await own(ana), [{ answered: false }]);
    await store();
    context.expect('stored after it was withdrawn', await stored('pulse_answer'), { scores: [] });
    const elsewhere = await context.world.organization();
    const stranger = await context.world.person(elsewhere);
    const foreign = await context.world.pulse(elsewhere);
    context.expect('the pulse of others', await answer(ana, [1, 1, 1], foreign.id), 'MU160');
    context.expect('without a session', await answer(stranger, [1, 1, 1], foreign.id), 'MU050');
    await context.world.leaves(ben, day(-2));
    context.expect('somebody who has left', await answer(ben, [1, 1, 1]), 'MU050');
    context.expect('what they were asked', await own(ben), []);
    await context.row('update pulse set closes_at = now() where id = $1', [id]);
    context.expect('a closed pulse', await answer(ana, [1, 1, 1]), 'MU161');
  },
  'the answers of a quarter are destroyed with what leads to their authors': async (context) => {
    const [ana, ben] = [await context.person('Ana'), await context.person('Ben')];
    const { id, quarterId: quarter } = await context.world.pulse(context.organization);
    const cleo = await context.person('Cleo');
    const answer = 'select app.answer_pulse($1, $2::smallint[])';
    await context.as(ana, answer, [id, [4, null, 9]]);
    await context.as(ben, answer, [id, [2, 2, 2]]);
    await context.row('select app.store_pulse_answers()', []);
    // Another organization's, of a quarter that ended at the same time.
    const there = await context.world.organization();
    const stranger = await context.world.person(there);
    const foreign = await context.world.pulse(there);
    await context.row(
      `insert into pulse_answer (pulse_id, pseudonym, organization_id, scores)
       select $1, pseudonym, organization_id, '{1,1,1}' from pulse_pseudonym where person_id = $2`,
      [foreign.id, stranger.id],
    );
    const count = async (table: string, organization = context.organization.id): Promise<unknown> =>
      (
        await context.row(`select count(*)::int as n from ${table} where organization_id = $1`, [
          organization,
        ])
      )?.n;
    const answers = async (): Promise<unknown> =>
      (
        await context.row(
          `select coalesce(jsonb_agg(to_jsonb(scores) order by scores), '[]') as all from app.pulse_answers($1)`,
          [quarter],
        )
      )?.all;
    const ended = (days: string): Promise<unknown> =>
      context.row(
        `with ended as (
           update engagement_period set starts_at = now() - interval '200 days', ends_at = now() - $1::interval
           where organization_id = any ($2)
         )
         update pulse set closes_at = now() - $1::interval where organization_id = any ($2)`,
        [days, [context.organization.id, there.id]],
      );
    const refusal = async (): Promise<unknown> => {
      await context.row(
        `do $$ begin perform app.destroy_pulse_answers('${quarter}'); exception when sqlstate 'MU164' then
           perform set_config('test.refused', 'yes', true); end $$`,
        [],
      );
      return (await context.row(`select current_setting('test.refused', true) as refused`, []))?.refused;
    };
    const overdue = async (): Promise<unknown> =>
      (await context.row('select app.destroy_overdue_pulse_answers() as n', []))?.n;
    await ended('6 days 23 hours');
    context.expect('six days after the quarter', await answers(), []);
    context.expect('destroying them then', await refusal(), 'yes');
    await ended('7 days');
    context.expect('seven days after the quarter', await answers(), [
      [2, 2, 2],
      [4, null, 9],
    ]);
    const participants = async (): Promise<unknown> =>
      (
        await context.row(
          `select count(distinct respondent)::int as n from app.pulse_participants($1, now() - interval '30 days')`,
          [context.organization.id],
        )
      )?.n;
    context.expect('who took part', await participants(), 2);
    const answered = async (person: TestPerson): Promise<unknown> =>
      (await context.as(person, 'select answered from app.own_pulses()')).rows;
    await context.row('select app.forget_pulse_respondent($1)', [ana.id]);
    context.expect('answers after an erasure', ((await answers()) as unknown[]).length, 2);
    context.expect('who took part after an erasure', await participants(), 2);
    context.expect('what is known of the erased person', await answered(ana), []);
    const ties = 'select count(*)::int as n from pulse_pseudonym where person_id = $1';
    context.expect('what leads to them', await context.row(ties, [ana.id]), { n: 0 });
    context.expect('what leads to others', await context.row(ties, [ben.id]), { n: 1 });
    // The quarter's own pulse asks nobody twice.
    await context.row(`select app.open_pulse(e, '[]') from engagement_period e where e.id = $1`, [quarter]);
    context.expect('the erased person, asked again', await answered(ana), []);
    await context.row('delete from pulse where period_id = $1', [quarter]);

    context.expect('overdue at once', await overdue(), 0);
    const file = `select pg_relation_filenode('pulse_answer')::text as file`;
    const before = await context.row(file, []);
    const rewrite = async (): Promise<unknown> =>
      (await context.row('select app.rewrite_pulse_tables() as done', []))?.done;
    context.expect('written again before that', await rewrite(), false);
    const destroy = async (): Promise<unknown> =>
      (await context.row('select app.destroy_pulse_answers($1) as n', [quarter]))?.n;
    context.expect('destroyed', await destroy(), 2);
    context.expect('destroyed again', await destroy(), 0);
    for (const table of ['pulse_answer', 'pulse_pseudonym', 'period_member']) {
      context.expect(`${table} then`, await count(table), 0);
      context.expect(`${table} of others`, Number(await count(table, there.id)) > 0, true);
    }
    context.expect('participation', await count('pulse_participation'), 2);
    context.expect('who took part then', await participants(), 2);
    context.expect('known to its author', await answered(ben), [{ answered: true }]);
    context.expect('known to nobody else', await answered(cleo), []);
    context.expect('known of nobody who was erased', await answered(ana), []);
    context.expect('written again', await rewrite(), true);
    context.expect('written again once', await rewrite(), false);
    context.expect('in a new file', (await context.row(file, []))?.file === before?.file, false);
    context.expect('of others, written again', await count('pulse_answer', there.id), 1);

    const forget = async (): Promise<unknown> =>
      (await context.row('select app.forget_pulse_participation(10) as n', []))?.n;
    context.expect('forgotten at once', await forget(), 0);
    await ended('60 days');
    context.expect('overdue after 60 days', await overdue(), 1);
    context.expect('of others then', await count('pulse_answer', there.id), 0);
    await context.row(
      `update engagement_period set starts_at = now() - interval '3 years', ends_at = now() - interval '24 months'
       where organization_id = $1`,
      [context.organization.id],
    );
    context.expect('forgotten after 24 months', await forget(), 2);
    context.expect('participation then', await count('pulse_participation'), 0);
    context.expect('of others still', await count('pulse_participation', there.id), 1);
    context.expect(
      'who was who',
      await context.row(ties.replace('pulse_pseudonym', 'pulse_respondent'), [ben.id]),
      {
        n: 0,
      },
    );
  },
  'a period fixes its members, and begins where the one before ended': async (context) => {
    const of = context.organization.id;
    const { report, manager } = await context.line();
    const boss = await context.person('Bo');
    await context.world.line(manager, boss);
    await context.world.line(report, boss, { kind: 'DOTTED', from: '2021-01-01' });
    const gone = await context.person('Gil');
    await context.world.leaves(gone, day(-2));
    const soon = await context.person('Sam');
    await context.row('update person set hired_on = $2 where id = $1', [soon.id, day(3)]);
    const department = await context.world.department(context.organization, 'Sales');
    await context.row('update person set department_id = $2 where id = $1', [report.id, department.id]);
    const muted = await context.person('Mia');
    await context.row(
      'insert into person_preference (person_id, organization_id, reminders_by_mail) values ($1, $2, false)',
      [muted.id, of],
    );
    const blocked = await context.person('Dee');
    await context.row('update account set disabled_at = now() where person_id = $1', [blocked.id]);
    // The month and quarter before ended three hours late, by another time zone.
    const before = `insert into engagement_period (
        organization_id, granularity, key, quarter_id, starts_on, ends_on, starts_at, ends_at, minimum_group_size
      )
      select $1, $2, '2001-' || $3, $4, first - 40, first - 1, first - interval '40 days', (first + interval '3 hours') at time zone 'UTC', 5
      from (select date_trunc($2, app.today_in($1))::date) d (first) returning id`;
    const quarterBefore = await context.row(before, [of, 'QUARTER', 'Q1', null]);
    await context.row(before, [of, 'MONTH', '01', quarterBefore?.id]);
    const open = `select app.open_period($1, date_trunc('month', app.today_in($1))::date + $2::integer, $3, $4) as opened`;
    const questions = (id: string): string => JSON.stringify([{ id, driver: 'VOICE', scale: 'ONE_TO_FIVE' }]);
    const opened = async (organization: string, days: number): Promise<unknown> =>
      (await context.row(open, [organization, days, questions('month'), questions('quarter')]))?.opened;
    context.expect('next month', await opened(of, 31), false);
    context.expect('this month', await opened(of, 0), true);
    context.expect('this month again', await opened(of, 0), false);
    const period = await context.row(
      `select m.id, m.starts_at at time zone 'UTC' = m.starts_on + interval '3 hours' as follows,
              q.starts_at at time zone 'UTC' = q.starts_on + interval '3 hours' as quarter_follows,
              m.key = to_char(app.today_in($1), 'YYYY-MM') as key, m.minimum_group_size as minimum,
              q.ends_at >= m.ends_at as within
       from engagement_period m join engagement_period q on q.id = m.quarter_id
       where m.organization_id = $1 and m.key > '2002'`,
      [of],
    );
    const { id, ...found } = period ?? {};
    context.expect('the month', found, {
      follows: true,
      quarter_follows: true,
      key: true,
      minimum: 5,
      within: true,
    });
    const members = async (): Promise<unknown> =>
      (
        await context.row(
          `select jsonb_agg(jsonb_build_array(p.name, d.name, b.name) order by p.name) as all
           from period_member m join person p on p.id = m.person_id
           left join department d on d.id = m.department_id left join person b on b.id = m.manager_id
           where m.period_id = $1`,
          [id],
        )
      )?.all;
    const all = [
      ['Bo', null, null],
      ['Dee', null, null],
      ['Mia', null, null],
      ['Moe', null, 'Bo'],
      ['Rae', 'Sales', 'Moe'],
    ];
    context.expect('its members', await members(), all);
    const list = async (query: string): Promise<unknown> => (await context.row(query, [id]))?.all;
    context.expect(
      'its groups',
      await list(
        `select jsonb_agg(jsonb_build_array(g.tree, g.name, p.name) order by g.tree, g.name) as all
         from app.period_groups($1) g left join person p on p.id = g.parent_id`,
      ),
      [
        ['DEPARTMENT', 'Sales', null],
        ['MANAGER', 'Bo', null],
        ['MANAGER', 'Moe', 'Bo'],
      ],
    );
    context.expect(
      'how many have which',
      await list(
        `select jsonb_agg(people order by people, department_id, manager_id) as all from app.period_classes($1)`,
      ),
      [1, 1, 3],
    );
    await context.row('update person set department_id = null where id = $1', [report.id]);
    await context.row('update organization set minimum_group_size = 9 where id = $1', [of]);
    context.expect('its members after a transfer', await members(), [
      ...all.slice(0, 4),
      ['Rae', 'Sales', 'Moe'],
    ]);

    const due = async (organization: string): Promise<unknown> =>
      (
        await context.row(
          'select count(*)::int as n from app.periods_to_open(100000) where organization_id = $1',
          [organization],
        )
      )?.n;
    for (const rhythm of ['MONTHLY', 'QUARTERLY', 'OFF']) {
      const other = await context.world.organization();
      const [reader, quiet] = [await context.world.person(other), await context.world.person(other)];
      for (const person of [reader, quiet]) await context.world.signIn(person);
      await context.row(
        'insert into person_preference (person_id, organization_id, reminders_by_mail) values ($1, $2, false)',
        [quiet.id, other.id],
      );
      await context.row('update organization set pulse_rhythm = $2 where id = $1', [other.id, rhythm]);
      context.expect('created within the month', await due(other.id), 0);
      await context.row(`update organization set created_at = now() - interval '40 days' where id = $1`, [
        other.id,
      ]);
      context.expect('created before the month', await due(other.id), 1);
      await opened(other.id, 0);
      context.expect('opened already', await due(other.id), 0);
      const state = await context.row(
        `select count(p.id)::int as pulses, coalesce(max(q.question_id), '') as question,
                (select count(*)::int from outbox_mail m where m.organization_id = $1 and m.kind = 'PULSE_OPEN') as mails,
                (select count(*)::int from engagement_period e where e.organization_id = $1 and e.ends_at >= now() + interval '14 days'
                   and e.granularity = case $2 when 'MONTHLY' then 'MONTH' when 'QUARTERLY' then 'QUARTER' end) as expected
         from pulse p join pulse_question q on q.pulse_id = p.id where p.organization_id = $1`,
        [other.id, rhythm],
      );
      const { pulses, mails, expected, question } = state ?? {};
      context.expect(`pulses, ${rhythm}`, [pulses, mails], [expected, expected]);
      const asked = rhythm === 'MONTHLY' ? 'month' : 'quarter';
      context.expect(`questions, ${rhythm}`, question, expected === 1 ? asked : '');
    }
    const mailed = await context.world.organization();
    const [reader, quiet, shut] = [
      await context.world.person(mailed),
      await context.world.person(mailed),
      await context.world.person(mailed),
    ];
    for (const person of [reader, quiet, shut]) await context.world.signIn(person);
    await context.world.person(mailed);
    await context.row(
      'insert into person_preference (person_id, organization_id, reminders_by_mail) values ($1, $2, false)',
      [quiet.id, mailed.id],
    );
    await context.row('update account set disabled_at = now() where person_id = $1', [shut.id]);
    const { id: pulse } = await context.world.pulse(mailed);
    await context.row('select app.announce_pulse($1)', [pulse]);
    context.expect(
      'who is mailed',
      await context.row(
        `select jsonb_agg(person_id) as people, max(about ->> 'questions') as questions from outbox_mail
         where organization_id = $1 and kind = 'PULSE_OPEN'`,
        [mailed.id],
      ),
      { people: [reader.id], questions: '3' },
    );
  },
  'the status and due date of a barrier follow from its answers': async (context) => {
    const of = context.organization.id;
    const [answerer, admin] = [await context.person('Ana'), await context.person('Ona')];
    await context.world.role(admin, 'ORGANIZATION_ADMIN');
    const area = await context.row(
      `insert into procedure_area (organization_id, name, answerer_id) values ($1, 'Travel', $2) returning id`,
      [of, answerer.id],
    );
    const barrier = await context.row(
      `insert into barrier (organization_id, title, hinders_customers, created_on) values ($1, 'Forms', true, app.today_in($1) - 20)
       returning id`,
      [of],
    );
    const state = async (): Promise<unknown> =>
      context.row(
        `select status, trial_kept, answer_due_on - app.today_in(organization_id) as due from barrier where id = $1`,
        [barrier?.id],
      );
    context.expect('raised 20 days ago', await state(), { status: 'OPEN', trial_kept: false, due: -6 });
    const assign = 'update barrier set procedure_area_id = $2 where id = $1';
    await context.as(admin, assign, [barrier?.id, area?.id]);
    context.expect('given to an area', await state(), { status: 'OPEN', trial_kept: false, due: 14 });
    const answer = async (status: string, days: number | null): Promise<string | undefined> =>
      (
        await context.as(
          answerer,
          `insert into barrier_answer (organization_id, barrier_id, status, text, by_id, required_by_law, trial_until)
           values ($1, $2, $3, 'Words', $4, 'Art. 1', app.today_in($1) + $5::integer)`,
          [of, barrier?.id, status, answerer.id, days],
        )
      ).code;
    await context.row('update barrier set answer_due_on = answer_due_on - 12 where id = $1', [barrier?.id]);
    await answer('INVESTIGATING', null);
    context.expect('investigating', await state(), { status: 'INVESTIGATING', trial_kept: false, due: 2 });
    context.expect('a trial until today', await answer('TRIAL_WITHOUT', 0), 'MU100');
    context.expect('a trial for two years', await answer('TRIAL_WITHOUT', 730), 'MU100');
    context.expect('a trial', await answer('TRIAL_WITHOUT', 30), undefined);
    context.expect('on trial', await state(), { status: 'TRIAL_WITHOUT', trial_kept: false, due: 44 });
    await answer('TRIAL_WITHOUT', 60);
    context.expect('still on trial', await state(), { status: 'TRIAL_WITHOUT', trial_kept: true, due: 74 });
    await answer('STAYS', null);
    context.expect('stays', await state(), { status: 'STAYS', trial_kept: true, due: 74 });
    await answer('INVESTIGATING', null);
    context.expect('opened again', await state(), { status: 'INVESTIGATING', trial_kept: true, due: 14 });
  },
  'the answerer is reminded once, or the deputy of an answerer who has left': async (context) => {
    const of = context.organization.id;
    const [answerer, deputy] = [await context.person('Ana'), await context.person('Dan')];
    const area = await context.row(
      `insert into procedure_area (organization_id, name, answerer_id, deputy_id) values ($1, 'Travel', $2, $3) returning id`,
      [of, answerer.id, deputy.id],
    );
    const raise = (due: number): Promise<unknown> =>
      context.row(
        `insert into barrier (organization_id, title, hinders_customers, procedure_area_id, answer_due_on)
         values ($1, 'Forms', true, $2, app.today_in($1) + $3::integer) returning id`,
        [of, area?.id, due],
      );
    const remind = async (): Promise<unknown> => {
      await context.row(`delete from outbox_mail where kind = 'BARRIERS_DUE'`, []);
      await context.row('select app.remind_of_due_barriers()', []);
      return context.row(
        `select count(*)::int as n, min(person_id::text) as to, min(about ->> 'barriers') as barriers
         from outbox_mail where kind = 'BARRIERS_DUE'`,
        [],
      );
    };
    const none = { n: 0, to: null, barriers: null };
    await raise(4);
    context.expect('four days before', await remind(), none);
    await raise(3);
    await raise(-1);
    context.expect('three days before', await remind(), { n: 1, to: answerer.id, barriers: '2' });
    context.expect('again', await remind(), none);
    await context.world.leaves(answerer, day(-3));
    await raise(1);
    context.expect('once the answerer has left', await remind(), { n: 1, to: deputy.id, barriers: '1' });
  },
  'administrators are reminded of areas for which nobody answers, every fortnight': async (context) => {
    const of = context.organization.id;
    const [answerer, deputy] = [await context.person('Ana'), await context.person('Dan')];
    const [admin, former, people] = [
      await context.person('Oda'),
      await context.person('Ole'),
      await context.person('Ola'),
    ];
    for (const one of [admin, former]) await context.world.role(one, 'ORGANIZATION_ADMIN');
    await context.world.role(people, 'PEOPLE_ADMIN');
    await context.world.leaves(former, day(-9));
    const elsewhere = await context.world.person(await context.world.organization());
    await context.world.role(elsewhere, 'ORGANIZATION_ADMIN');
    await context.world.signIn(elsewhere);
    for (const [name, deputyId] of [
      ['Travel', deputy.id],
      ['Post', null],
    ]) {
      await context.row(
        'insert into procedure_area (organization_id, name, answerer_id, deputy_id) values ($1, $2, $3, $4) returning id',
        [of, name, answerer.id, deputyId],
      );
    }
    const remind = async (): Promise<unknown> => {
      await context.row(`delete from outbox_mail where kind = 'AREAS_WITHOUT_ANSWERER'`, []);
      await context.row('select app.remind_of_areas_without_answerer()', []);
      const found = await context.row(
        `select array_agg(person_id order by person_id) as to, min(about ->> 'names') as names
         from outbox_mail where kind = 'AREAS_WITHOUT_ANSWERER'`,
        [],
      );
      return found;
    };
    const none = { to: null, names: null };
    context.expect('while both are there', await remind(), none);
    await context.world.leaves(answerer, day(-3));
    context.expect('without an answerer and a deputy', await remind(), { to: [admin.id], names: 'Post' });
    context.expect('an hour later', await remind(), none);
    await context.world.leaves(deputy, day(-2));
    context.expect('once the deputy has left too', await remind(), { to: [admin.id], names: 'Travel' });
    await context.row(
      `update procedure_area set admins_reminded_at = now() - interval '14 days' where organization_id = $1 returning 1`,
      [of],
    );
    context.expect('a fortnight later', await remind(), { to: [admin.id], names: 'Post\nTravel' });
  },
  'a new term for conversations is recorded, and the access log is never kept longer': async (context) => {
    const admin = await context.person('Oda');
    await context.world.role(admin, 'ORGANIZATION_ADMIN');
    const terms = (): Promise<unknown> =>
      context.row(
        'select array_agg(months order by since) as months from conversation_retention where organization_id = $1',
        [context.organization.id],
      );
    const change = async (column: string, months: number): Promise<string | undefined> =>
      (
        await context.as(admin, `update organization set ${column} = $2 where id = $1`, [
          context.organization.id,
          months,
        ])
      ).code;
    context.expect('at the beginning', await terms(), { months: [24] });
    context.expect('shorter', await change('conversation_retention_months', 12), undefined);
    context.expect('afterwards', await terms(), { months: [24, 12] });
    context.expect('a shorter access log', await change('access_log_retention_months', 6), undefined);
    context.expect('a longer access log', await change('access_log_retention_months', 7), 'MU062');
  },
  'each queued mail has a job': async (context) => {
    const jobs = (): Promise<unknown> =>
      context.row(
        `select count(*)::int as n from graphile_worker.jobs where task_identifier = 'send_mail'`,
        [],
      );
    const before = (await jobs()) as { n: number };
    await context.row(
      `insert into outbox_mail (kind, recipient) values ('PASSWORD_RESET', 'a@example.com'), ('PASSWORD_RESET', 'b@example.com')
       returning id`,
      [],
    );
    context.expect('after two mails', await jobs(), { n: before.n + 2 });
  },
  'connections of sessions that have ended are found': async (context) => {
    const { world } = context;
    const [here, left] = [await context.person('Hal'), await context.person('Leo')];
    const revoked = hashOf(await world.signIn(here));
    const [live, former, unknown] = [
      hashOf(await world.signIn(here)),
      hashOf(await world.signIn(left)),
      hashOf('unknown'),
    ];
    await context.row(`update session set revoked_at = now() where token_hash = decode($1, 'hex')`, [
      revoked,
    ]);
    await world.leaves(left, day(-2));
    const { rows } = await context.as(here, 'select array(select app.ended_sessions($1)) as ended', [
      [live, revoked, former, unknown],
    ]);
    context.expect('what has ended', rows[0]?.ended, [revoked, former, unknown]);
  },
  'the end of access is known to those who have left, and not before': async (context) => {
    const { world } = context;
    const [here, leaving, left] = [
      await context.person('Hal'),
      await context.person('Liv'),
      await context.person('Leo'),
    ];
    await world.leaves(leaving, day(5));
    await world.leaves(left, day(-2));
    for (const [who, known] of [
      [here, false],
      [leaving, false],
      [left, true],
    ] as const) {
      const { rows } = await context.as(who, 'select app.access_ends_at() > now() as known', []);
      context.expect(`for ${who.name}`, rows[0]?.known ?? false, known);
    }
  },
  'a change of what both participants can see is announced': async (context) => {
    const { world } = context;
    const [ana, lee] = [await context.person('Ana'), await context.person('Lee')];
    const pair = await world.oneToOne(ana, lee);
    const talk = await world.conversation(pair);
    const later = await world.conversation(pair, { scheduledAt: hours(48) });
    const names = new Map([
      [pair.id, 'pair'],
      [talk.id, 'talk'],
      [later.id, 'later'],
    ]);
    const name = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? '?'));
    /** What was recorded since the last time: the conversation, the type, the node, and whether it was removed. */
    const check = async (what: string, ...wanted: readonly string[]): Promise<void> => {
      const { changes } = (await context.row(
        `with gone as (delete from conversation_change where one_to_one_id = $1 returning *)
         select coalesce(jsonb_agg(gone), '[]') as changes from gone`,
        [pair.id],
      )) as {
        changes: { conversation_id: string | null; typename: string; node_id: string; removed: boolean }[];
      };
      const found = changes.map(({ conversation_id: at, typename, node_id: node, removed }) =>
        [name(at) ?? 'all', typename, name(node), ...(removed ? ['removed'] : [])].join(' '),
      );
      context.expect(what, found.toSorted(), wanted.toSorted());
    };
    const change = async (person: TestPerson, text: string, values: readonly unknown[]): Promise<void> => {
      const { code } = await context.as(person, text, values);
      context.expect(text, code, undefined);
    };
    const add = async (author: TestPerson, label: string, draft: boolean): Promise<string> => {
      const { rows } = await context.as(
        author,
        `insert into talking_point (organization_id, one_to_one_id, conversation_id, author_id, text, draft)
         values ($1, $2, $3, $4, $5, $6) returning id`,
        [author.organizationId, pair.id, talk.id, author.id, label, draft],
      );
      const id = String(rows[0]?.id);
      names.set(id, label);
      return id;
    };
    await check('a new conversation');
    const hidden = await add(ana, 'hidden', true);
    const own = await add(ana, 'own', true);
    await check('a draft');
    await change(ana, `update talking_point set text = 'Other words', version = 2 where id = $1`, [hidden]);
    await change(ana, 'select app.place_point($1, null)', [hidden]);
    await check('a change and a move of a draft');
    const first = await add(ana, 'first', false);
    await check('a shared point', 'talk TalkingPoint first', 'talk Conversation talk');
    const second = await add(lee, 'second', false);
    await check('another one', 'talk TalkingPoint second', 'talk Conversation talk');
    await change(ana, 'select app.place_point($1, $2)', [hidden, second]);
    await change(ana, 'select app.place_point($1, $2)', [first, own]);
    await check('moves between drafts, which the other does not see');
    await change(lee, 'select app.place_point($1, $2)', [second, first]);
    await check('a move', 'talk Conversation talk');
    await change(lee, 'update talking_point set discussed = true, version = 2 where id = $1', [first]);
    await check('a discussed point', 'talk TalkingPoint first');
    await change(ana, 'update talking_point set draft = false, version = 3 where id = $1', [own]);
    await check('a draft that is shared', 'talk TalkingPoint own', 'talk Conversation talk');
    await change(lee, 'select app.postpone_point($1)', [own]);
    await check('a point that is put off', 'talk TalkingPoint own', 'talk Conversation talk');
    await change(lee, 'select app.admit_points($1)', [pair.id]);
    await check('a point that moves on', 'later TalkingPoint own', 'later Conversation later');
    await change(ana, 'select app.postpone_point($1)', [hidden]);
    await change(ana, 'select app.admit_points($1)', [pair.id]);
    await check('a draft that moves on');
    await change(lee, 'delete from talking_point where id = $1', [second]);
    await check('a deleted point', 'talk TalkingPoint second removed', 'talk Conversation talk');
    await change(ana, 'delete from talking_point where id = $1', [hidden]);
    await check('a deleted draft');
    await change(
      ana,
      `insert into private_notes (conversation_id, author_id, organization_id, text) values ($1, $2, $3, 'x')`,
      [talk.id, ana.id, ana.organizationId],
    );
    await change(ana, `update private_notes set text = 'y', version = 2 where conversation_id = $1`, [
      talk.id,
    ]);
    await check('private notes');
    const notes = await context.row('select id from shared_notes where conversation_id = $1', [talk.id]);
    names.set(String(notes?.id), 'notes');
    await change(
      ana,
      'update shared_notes set text = $2, version = 1, updated_by_id = $3 where conversation_id = $1',
      [talk.id, 'Words', ana.id],
    );
    await check('shared notes', 'talk SharedNotes notes');
    const { rows } = await context.as(
      lee,
      `insert into action_item (organization_id, one_to_one_id, made_in_id, owner_id, created_by_id, text)
       values ($1, $2, $3, $4, $4, 'Soon') returning id`,
      [lee.organizationId, pair.id, talk.id, lee.id],
    );
    const item = String(rows[0]?.id);
    names.set(item, 'item');
    await check('an action item', 'all ActionItem item', 'talk Conversation talk');
    await change(lee, `update action_item set state = 'DONE', version = 2 where id = $1`, [item]);
    await check('a closed action item', 'all ActionItem item');
    await change(lee, 'delete from action_item where id = $1', [item]);
    await check('a deleted action item', 'all ActionItem item removed', 'talk Conversation talk');
    await context.row('update conversation set reminded_before = scheduled_at where id = $1', [talk.id]);
    await check('a reminder');
    await change(
      ana,
      `update conversation set scheduled_at = now() + interval '2 hours', version = 2 where id = $1`,
      [talk.id],
    );
    await check('a moved conversation', 'talk Conversation talk');
    await change(ana, `update one_to_one set duration_minutes = 20 where id = $1`, [pair.id]);
    await check('a changed one-to-one');
    await change(ana, `update one_to_one set state = 'ENDED', ended_at = now() where id = $1`, [pair.id]);
    await check('a one-to-one that ends', 'all OneToOne pair');
    await context.row('delete from conversation where id = $1', [later.id]);
    const gone = (await context.row(
      'select count(*)::int as n from conversation_change where conversation_id = $1 and removed',
      [later.id],
    )) as { n: number };
    context.expect('a deleted conversation', gone.n > 0, true);
  },
  'what was released does not change, and nothing is added to it': async (context) => {
    const { manager } = await context.line();
    const of = context.organization.id;
    const periodOf = async (key: string, from: string, to: string): Promise<unknown> =>
      (
        await context.row(
          `insert into engagement_period (organization_id, granularity, key, starts_on, ends_on, starts_at, ends_at, minimum_group_size)
           values ($1, 'QUARTER', $2, $3, $4, now() - interval '40 days', now() - interval '10 days', 5) returning id`,
          [of, key, from, to],
        )
      )?.id;
    const begin = async (period: unknown): Promise<unknown> =>
      (await context.row('select app.begin_trend_release($1) as id', [period]))?.id;
    const addGroups = 'select app.add_trend_groups($1, $2, $3, $4, $5, $6, $7)';
    const groups = (parent: string) => [
      ['MANAGER', 'MANAGER', 'MANAGER'],
      ['organization', manager.id, 'above'],
      ['Here', null, 'Above'],
      [null, parent, 'organization'],
      [null, manager.id, null],
    ];
    const addCells = `select app.add_trend_cells(
      $1, $2, array['MANAGER'], array[$3], array['MET_RATE'], array[null], array['RELEASED'], array[0.85], array['ROUNDED'], array[0.05],
      array['FROM_5_TO_9'], array[1])`;
    const complete = 'select app.complete_trend_release($1, $2)';
    const release = async (period: unknown, parent: string): Promise<unknown> => {
      const id = await begin(period);
      await context.row(addGroups, [id, period, ...groups(parent)]);
      await context.row(addCells, [id, of, manager.id]);
      await context.row(complete, [id, period]);
      return id;
    };
    const quarter = await periodOf('2020-Q1', '2020-01-01', '2020-03-31');
    const first = await release(quarter, 'organization');
    const second = await release(await periodOf('2020-Q2', '2020-04-01', '2020-06-30'), 'above');
    const third = await release(await periodOf('2020-Q3', '2020-07-01', '2020-09-30'), 'above');
    context.expect('a period is released once', await begin(quarter), null);
    const begins = async (id: unknown): Promise<unknown> =>
      (
        await context.row('select valid_from::text from trend_group where release_id = $1 and key = $2', [
          id,
          manager.id,
        ])
      )?.valid_from;
    context.expect('the first span', await begins(first), '2020-01-01');
    context.expect('another parent', await begins(second), '2020-04-01');
    context.expect('the same parent again', await begins(third), '2020-04-01');

    const refused = async (
      what: string,
      sql: string,
      values: readonly unknown[],
      code: string,
    ): Promise<void> => {
      await context.row('savepoint refused', []);
      const found = await context.row(sql, values).then(
        () => 'done',
        (error: unknown) => (error as { code?: string }).code,
      );
      await context.row('rollback to refused', []);
      context.expect(what, found, code);
    };
    await refused('groups of a release', addGroups, [first, quarter, ...groups('organization')], 'MU180');
    await refused('figures of a release', addCells, [first, of, 'above'], 'MU180');
    await context.row(
      `insert into trend_erratum (organization_id, release_id, text) values ($1, $2, 'Note')`,
      [of, first],
    );
    for (const table of ['trend_release', 'trend_erratum', 'trend_group', 'trend_cell']) {
      await refused(
        `a change of ${table}`,
        `update ${table} set organization_id = organization_id`,
        [],
        'MU180',
      );
      await refused(`a removal from ${table}`, `delete from ${table}`, [], 'MU180');
    }
    const last = await periodOf('2020-Q4', '2020-10-01', '2020-12-31');
    const unfinished = await begin(last);
    context.expect(
      'a period out of turn',
      await begin(await periodOf('2021-Q1', '2021-01-01', '2021-03-31')),
      null,
    );
    await context.row(addCells, [unfinished, of, 'nothing']);
    await refused('a figure without a group', complete, [unfinished, last], 'MU181');
    await refused('a batch without its release', 'set constraints all immediate', [], '23503');

    const hash = createHash('sha256')
      .update(`MANAGER,${manager.id},above,MET_RATE,,RELEASED,0.85,ROUNDED,0.05,FROM_5_TO_9,1`)
      .digest('hex');
    const stored = await context.row('select row_hash from trend_release where id = $1', [second]);
    context.expect('the hash of the figures', stored?.row_hash, hash);

    const analyst = await context.person('Ada');
    await context.world.role(analyst, 'HR_ANALYST');
    const names = await context.as(analyst, 'select name from app.trend_head_names($1)', [
      [manager.id, analyst.id],
    ]);
    context.expect('the heads of groups', names.rows, [{ name: 'Moe' }]);
    const written = await context.as(
      analyst,
      `insert into trend_response (organization_id, release_id, tree, group_key, text, by_id, due_on)
       values ($1, $2, 'MANAGER', $3, 'Soon', $4, '2030-01-01') returning id`,
      [of, second, manager.id, analyst.id],
    );
    await context.as(analyst, `update trend_response set state = 'DONE' where id = $1`, [
      written.rows[0]?.id,
    ]);
    const response = await context.row('select version from trend_response where id = $1', [
      written.rows[0]?.id,
    ]);
    context.expect('the version of a response', response?.version, 2);
  },
  'the account of the last administrator cannot be disabled': async (context) => {
    const [only, other] = [await context.person('Ona'), await context.person('Oti')];
    await context.world.role(only, 'ORGANIZATION_ADMIN');
    await context.world.role(other, 'PEOPLE_ADMIN');
    const disable = 'select app.set_account_disabled($1, true) as done';
    context.expect('the only one', (await context.as(other, disable, [only.id])).code, 'MU060');
    await context.world.role(other, 'ORGANIZATION_ADMIN');
    context.expect('one of two', (await context.as(other, disable, [only.id])).rows, [{ done: true }]);
  },
};

/** Runs all scenarios and returns their differences, one line each. `first`: only the first difference. */
export async function runScenarios(
  admin: pg.Client,
  prefix: string,
  { first = false } = {},
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    await admin.query('begin');
    try {
      const organization = await new World(admin).organization();
      const context = new ScenarioContext(admin, `${prefix}_serving`, organization);
      await scenario(context);
      problems.push(...context.problems.map((problem) => `${name}: ${problem}`));
    } catch (error) {
      problems.push(`${name}: ${String(error)}`);
    } finally {
      await admin.query('rollback');
    }
    if (first && problems.length > 0) break;
  }
  return problems;
}

export const scenarioCount = Object.keys(SCENARIOS).length;
