import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import {
  World,
  day as dayIn,
  hours,
  type TestGoal,
  type TestOrganization,
  type TestPerson,
  type TestRow,
} from '../factories/world.js';
import { keyOf, type TableName, type Tables } from './rows.js';
import { hashOf } from './session-queries.js';

/** A kind of caller, with one session. */
export interface Actor {
  readonly name: string;
  /** Their token; null for an anonymous caller. */
  readonly token: string | null;
  /** The hash by which the database identifies their session. */
  readonly hash: string | null;
}

export interface Company {
  readonly actors: readonly Actor[];
  /** The names of the rows in docs/visibility.md, by table and key. */
  readonly names: ReadonlyMap<string, string>;
}

const SCOPES = ['TRENDS_READ', 'DIRECTORY_READ', 'DIRECTORY_WRITE', 'SCHEMA_READ'];
const BOTH = ['DIRECTORY_READ', 'DIRECTORY_WRITE'];
const ROLES = ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'];
const HERE = 'Europe/Berlin';
const day = (offset: number): string => dayIn(offset, HERE);
const daysAgo = (days: number): Date => hours(-24 * days);

/** Builds the organization of the matrix, and a second one, in an empty database. */
export async function buildCompany(admin: pg.Client): Promise<Company> {
  const builder = new Builder(new World(admin));
  await builder.build();
  return builder;
}

type Goals = Record<'secret' | 'shared' | 'wide' | 'leaver', TestGoal>;
type People = Record<string, TestPerson>;

/**
 * The organization is described around one person, "the owner": their rows, and everybody with some relation to them. For each row
 * that a caller must not see there is one that they can see, as a control.
 */
class Builder implements Company {
  readonly actors: Actor[] = [];
  readonly names = new Map<string, string>();
  private readonly people: People = {};
  private organization!: TestOrganization;

  constructor(private readonly world: World) {}

  async build(): Promise<void> {
    this.organization = await this.world.organization({ name: 'Here', timeZone: HERE });
    this.name('organization', this.organization, 'the organization');
    await this.directory();
    await this.sessions();
    const goals = await this.goals();
    await this.businessGoals(goals);
    await this.barriers();
    await this.pulses();
    await this.oneToOnes(goals);
    await this.mandates();
    await this.administration();
    await this.trends();
    await this.leavings();
    await this.neighbours();
  }

  // ------------------------------------------------------------------------------------------------- helpers

  private name<T extends TableName>(table: T, row: Partial<Tables[T]>, name: string): void {
    this.names.set(`${table}/${keyOf(table, row as Tables[T])}`, name);
  }

  /** Inserts a row and records its name. */
  private async put<T extends TableName>(
    table: T,
    name: string | null,
    values: Record<string, unknown>,
    organization: TestOrganization = this.organization,
  ): Promise<Tables[T]> {
    const row = await this.world.insert<Tables[T] & Record<string, unknown>>(table, {
      organization_id: organization.id,
      ...values,
    });
    if (name !== null) this.name(table, row, name);
    return row;
  }

  private who(name: string): TestPerson {
    const person = this.people[name];
    if (person === undefined) throw new Error(`nobody is called ${name}`);
    return person;
  }

  private act(name: string, token: string | null): void {
    this.actors.push({ name, token, hash: token === null ? null : hashOf(token) });
  }

  /** Adds a caller with an account and a valid session. */
  private async join(name: string, options: Parameters<World['person']>[1] = {}): Promise<TestPerson> {
    const person = await this.world.person(this.organization, { name, ...options });
    this.people[name] = person;
    this.act(name, await this.world.signIn(person));
    return person;
  }

  private async session(name: string, values: Record<string, unknown>): Promise<void> {
    const token = randomBytes(32).toString('base64url');
    await this.put('session', null, {
      label: name,
      expires_at: hours(24),
      token_hash: createHash('sha256').update(token).digest(),
      ...values,
    });
    this.act(name, token);
  }

  // ------------------------------------------------------------------------------------------------- people

  private async directory(): Promise<void> {
    const { world } = this;
    const department = await world.department(this.organization);
    this.name('department', department, 'a department');
    const location = await world.location(this.organization);
    this.name('location', location, 'a location');
    this.name('department', await world.department(this.organization), 'an unused department');
    this.name('location', await world.location(this.organization), 'an unused location');
    await this.join('the owner', { departmentId: department.id, locationId: location.id });
    for (const name of [
      'the counterpart',
      'shared with',
      'shared with, past included',
      'share ended',
      'share expired',
      'share ended with its line',
      'manager, share waiting',
      'dotted-line manager',
      "manager's manager",
      'peer',
      'assignee',
      'invited by the owner',
      'inviting the owner',
      'declined by the owner',
      'whose invitation lapsed',
      'reporting to the manager until a day to come',
      'reporting to the peer from a day to come',
      'leaving on a day to come',
      'reporting to somebody leaving',
      'on their last day',
      'left 30 days ago',
      'left 90 days ago',
      'left 91 days ago',
      'disabled account',
      ...ROLES,
    ]) {
      await this.join(name);
    }
    this.people['not invited yet'] = await world.person(this.organization, { name: 'not invited yet' });
    this.name('person', this.who('the owner'), 'somebody in the directory');
    this.name('person', this.who('left 30 days ago'), 'somebody who has left');
    for (const role of ROLES) await world.role(this.who(role), role);
    await world.role(this.who('left 30 days ago'), 'PEOPLE_ADMIN');
    await world.role(this.who('left 30 days ago'), 'AUDITOR');
    await world.role(this.who('disabled account'), 'ORGANIZATION_ADMIN');
    this.name('role_grant', { person_id: this.who('AUDITOR').id, role: 'AUDITOR' }, 'the role of an AUDITOR');
    for (const person of ['the owner', 'left 30 days ago']) {
      const zone = { person_id: this.who(person).id, time_zone: 'Asia/Tokyo' };
      await this.put('person_time_zone', person === 'the owner' ? "the owner's time zone" : null, zone);
      await this.put('person_preference', person === 'the owner' ? "the owner's preferences" : null, {
        person_id: this.who(person).id,
        reminders_by_mail: false,
      });
    }
    await this.lines();
  }

  private async lines(): Promise<void> {
    const { world } = this;
    const manager = this.who('manager, share waiting');
    await world.line(manager, this.who("manager's manager"));
    await world.line(this.who('peer'), manager);
    await world.line(this.who('shared with'), manager);
    await world.line(this.who('left 30 days ago'), manager);
    const dotted = await world.line(this.who('the owner'), this.who('dotted-line manager'), {
      kind: 'DOTTED',
    });
    this.name('reporting_line', dotted, 'a line that began');
    const ending = await world.line(this.who('reporting to the manager until a day to come'), manager, {
      until: day(15),
    });
    this.name(
      'reporting_line_end',
      { line_id: ending.id, by_leaving: false },
      'the end of a line on a day to come',
    );
    const beginning = await world.line(
      this.who('reporting to the peer from a day to come'),
      this.who('peer'),
      { from: day(20) },
    );
    this.name('reporting_line', beginning, 'a line that begins on a day to come');
    const leaving = this.who('leaving on a day to come');
    // Also ended by hand on a later day, which stays visible to people who could see it before the leaving.
    const below = await world.line(this.who('reporting to somebody leaving'), leaving, { until: day(12) });
    this.name(
      'reporting_line_end',
      { line_id: below.id, by_leaving: true },
      'the end of a line since somebody is leaving',
    );
    await world.line(leaving, manager);
  }

  private async sessions(): Promise<void> {
    const { world } = this;
    const owner = this.who('the owner');
    await this.session("the owner's expired session", { person_id: owner.id, expires_at: hours(-1) });
    await this.session("the owner's revoked session", { person_id: owner.id, revoked_at: hours(-1) });
    await this.session("the owner's session unused for 16 days", {
      person_id: owner.id,
      last_seen_at: daysAgo(16),
    });
    const mine = await world.find('session', (await this.firstSessionOf(owner)).id);
    this.name('session', mine, "the owner's session");
    this.name('account', { person_id: owner.id }, "the owner's account");
    // People who create API tokens, and are not callers.
    for (const name of ['maker of tokens', 'maker on their last day', 'maker who has left']) {
      const maker = await world.person(this.organization, { name });
      this.people[name] = maker;
      for (const role of name === 'maker of tokens' ? ROLES : ['PEOPLE_ADMIN']) await world.role(maker, role);
    }
    const madeBy = (name: string): { created_by: string } => ({ created_by: this.who(name).id });
    const maker = madeBy('maker of tokens');
    const directory = { scopes: ['DIRECTORY_READ'] };
    await this.session('API token without a maker', directory);
    await this.session('API token of a maker without the role', { ...directory, ...madeBy('peer') });
    await this.session('API token of a maker with one of two roles', {
      scopes: ['DIRECTORY_READ', 'TRENDS_READ'],
      ...madeBy('PEOPLE_ADMIN'),
    });
    for (const name of ['maker on their last day', 'maker who has left']) {
      await this.session(`API token of a ${name}`, { ...directory, ...madeBy(name) });
    }
    for (const scope of SCOPES) {
      await this.session(`API token ${scope}`, { scopes: [scope], ...maker });
      const { id } = await this.firstSessionOf(null);
      this.name('session', { id }, `an API token with ${scope}`);
    }
    await this.session('API token with two scopes', { scopes: ['TRENDS_READ', 'DIRECTORY_READ'], ...maker });
    await this.session('API token that reads and writes the directory', { scopes: BOTH, ...maker });
    await this.session('expired API token', { scopes: SCOPES, ...maker, expires_at: hours(-1) });
    await this.session('revoked API token', { scopes: SCOPES, ...maker, revoked_at: hours(-1) });
    this.act('nobody', null);
    this.act('a token that never was', randomBytes(32).toString('base64url'));
    await world.admin.query('update account set disabled_at = now() where person_id = $1', [
      this.who('disabled account').id,
    ]);
  }

  /** The session of a person, or the API token that was created last. */
  private async firstSessionOf(person: TestPerson | null): Promise<{ id: string }> {
    const { rows } = await this.world.admin.query<{ id: string }>(
      `select id from session where person_id is not distinct from $1 order by id ${person === null ? 'desc' : ''} limit 1`,
      [person?.id ?? null],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('no session');
    return row;
  }

  // ------------------------------------------------------------------------------------------------- goals

  private async goals(): Promise<Goals> {
    const { world } = this;
    const owner = this.who('the owner');
    const secret = await this.goalWithParts(owner, 'a PRIVATE goal', {
      visibility: 'PRIVATE',
      openToProposals: true,
    });
    const shared = await this.goalWithParts(owner, 'a SHARED goal', { openToProposals: true });
    const wide = await this.goalWithParts(owner, 'an ORGANIZATION goal', {
      visibility: 'ORGANIZATION',
      openToProposals: true,
    });
    const withdrawn = await this.goalWithParts(owner, 'a goal made PRIVATE again', {});

    const since = { activeSince: daysAgo(10), waits: false };
    const share = async (name: string, options = {}): Promise<void> => {
      const made = await world.share(shared, this.who(name), { ...since, ...options });
      this.name('goal_share', made, `the share: ${name}`);
      this.name('goal_share_own', { share_id: made.id }, `when it was made, the share: ${name}`);
    };
    await share('shared with');
    await share('shared with, past included', { includesPast: true });
    await share('share ended', { endedAt: daysAgo(1) });
    await share('share expired', { expiresAt: hours(-1) });
    await share('left 30 days ago');

    // Created during an earlier reporting line. The share with the next manager is pending.
    const former = this.who('share ended with its line');
    const line = await world.line(owner, former);
    await share('share ended with its line');
    await world.admin.query('update reporting_line set closed_on = $2 where id = $1', [line.id, day(-30)]);
    await world.line(owner, this.who('manager, share waiting'), { from: day(-30) });
    await share('manager, share waiting', { waits: true });

    await world.share(withdrawn, this.who('shared with'), since);
    await world.admin.query(`update personal_goal set visibility = 'PRIVATE' where id = $1`, [withdrawn.id]);

    // Without the row that only the owner sees, as during the creation of a goal.
    const half = { owner_id: owner.id, title: 'Half written', visibility: 'SHARED' };
    const { id } = await this.put('personal_goal', null, half);
    await world.share(
      { id, ownerId: owner.id, organizationId: owner.organizationId, title: '' },
      this.who('shared with'),
      since,
    );

    const theirs = await this.goalWithParts(this.who('shared with'), null, {});
    await world.share(theirs, owner, since);
    // Its owner will have left, and nobody else can read it then.
    const left = this.who('left 30 days ago');
    const leaver = await this.goalWithParts(left, 'a goal of somebody who has left', {});
    await world.share(leaver, this.who('shared with'), since);
    await this.goalWithParts(left, 'their ORGANIZATION goal', { visibility: 'ORGANIZATION' });
    for (const name of ['left 90 days ago', 'left 91 days ago', 'disabled account']) {
      await this.goalWithParts(this.who(name), null, { visibility: 'SHARED' });
    }

    // The last day is part of the employment.
    const last = await this.goalWithParts(this.who('on their last day'), null, {});
    await world.share(last, this.who('shared with'), since);

    const access = async (goal: TestGoal, reader: string, name: string | null = null): Promise<void> => {
      await this.put('goal_access', name, {
        reader_id: this.who(reader).id,
        goal_id: goal.id,
        owner_id: goal.ownerId,
        on_day: day(-3),
        kind: 'OPENED',
      });
    };
    await access(shared, 'shared with', 'a read by somebody it is shared with');
    await access(shared, 'share ended');
    await access(theirs, 'the owner');
    await access(leaver, 'shared with, past included');
    await access(theirs, 'left 30 days ago');
    return { secret, shared, wide, leaver };
  }

  private async goalWithParts(
    owner: TestPerson,
    name: string | null,
    options: Parameters<World['goal']>[1],
  ): Promise<TestGoal> {
    const { world } = this;
    const goal = await world.goal(owner, { visibility: 'SHARED', area: 'Faith', ...options });
    const called = (what: string): string | null => (name === null ? null : `${what} of ${name}`);
    if (name !== null) this.name('personal_goal', goal, name);
    if (name !== null) this.name('personal_goal_own', { goal_id: goal.id }, called('area and times')!);
    await this.put('personal_goal_version', called('an earlier wording'), {
      goal_id: goal.id,
      version: 1,
      owner_id: owner.id,
      title: 'Earlier words',
    });
    const before = { goal_id: goal.id, author_id: owner.id, created_at: daysAgo(20), at: daysAgo(20) };
    await this.put('goal_update', called('an update from before the share'), { ...before, text: 'Before' });
    const after = { ...before, created_at: daysAgo(5), at: daysAgo(5), text: 'After' };
    await this.put('goal_update', called('an update from after the share'), after);
    await this.put('goal_update', called('an update from before the share, dated after it'), {
      ...before,
      at: daysAgo(5),
      text: 'Moved forward',
    });
    await this.put('goal_update', called('an update from after the share, dated before it'), {
      ...after,
      at: daysAgo(20),
      text: 'Dated back',
    });
    const milestone = { goal_id: goal.id, owner_id: owner.id, title: 'Milestone', position: 1 };
    await this.put('milestone', called('a milestone from before the share'), {
      ...milestone,
      created_at: daysAgo(20),
    });
    await this.put('milestone', called('one from before, reached after it'), {
      ...milestone,
      created_at: daysAgo(20),
      reached_on: day(-5),
      reached_at: daysAgo(5),
    });
    await this.put('milestone', called('one from before, reached before it'), {
      ...milestone,
      created_at: daysAgo(20),
      reached_on: day(-15),
      reached_at: daysAgo(15),
    });
    await this.put('milestone', called('a milestone from after the share'), {
      ...milestone,
      created_at: daysAgo(5),
    });
    return goal;
  }

  // ------------------------------------------------------------------------------------------------- business goals

  private businessCounter = 0;

  private async businessGoals(goals: Goals): Promise<void> {
    const { world } = this;
    const owner = this.who('the owner');
    const cycle = await world.cycle(this.organization);
    this.name('cycle', cycle, 'a cycle');
    const make = async (
      name: string,
      by: TestPerson,
      state: string,
      assigned: readonly string[] = [],
      parentId?: string,
      continuesId?: string,
    ): Promise<TestRow> => {
      this.businessCounter += 1;
      const goal = await world.businessGoal(by, cycle, {
        title: `Business goal ${String(this.businessCounter)}`,
        state,
        ...(parentId !== undefined && { parentId }),
        ...(continuesId !== undefined && { continuesId }),
      });
      this.name('business_goal', goal, name);
      const of = { business_goal_id: goal.id };
      await this.put('key_result', `a key result of ${name}`, {
        ...of,
        title: 'Result',
        unit: 'pieces',
        start_value: 0,
        current_value: 1,
        target_value: 10,
        position: 1,
      });
      for (const person of assigned) {
        await this.put('business_goal_assignee', `an assignment to ${name}`, {
          ...of,
          person_id: this.who(person).id,
        });
      }
      return goal;
    };
    const peer = this.who('peer');
    const running = await make("a business goal, the peer's", peer, 'OPEN', ['the owner', 'assignee']);
    await make("a draft, the peer's", peer, 'DRAFT', ['assignee']);
    const ownDraft = await make("a draft, the owner's", owner, 'DRAFT', ['assignee']);
    const own = await make("a business goal, the owner's", owner, 'OPEN', ['assignee'], running.id);
    const cancelled = await make("a cancelled business goal, the owner's", owner, 'CANCELLED');
    const quiet = await make("a business goal in a PRIVATE goal, the peer's", peer, 'OPEN');
    const later = await make(
      "one that continues another, the owner's",
      owner,
      'MISSED',
      [],
      undefined,
      own.id,
    );
    await make('one of somebody leaving', this.who('leaving on a day to come'), 'OPEN');
    await this.put('business_goal_of_leaver', 'that a business goal was handed on', {
      business_goal_id: running.id,
      leaver_id: this.who('left 30 days ago').id,
      owner_id: peer.id,
      version: 1,
    });
    for (const goal of [running, own, ownDraft, later]) {
      await this.put('check_in', goal === own ? "a check-in on the owner's" : null, {
        business_goal_id: goal.id,
        author_id: this.who('assignee').id,
        confidence: 3,
        health: 'ON_TRACK',
      });
    }

    const place = async (goal: TestGoal, business: TestRow, name: string): Promise<void> => {
      const placed = await world.alignment(goal, business);
      this.name('alignment', placed, name);
      this.name('alignment_own', { alignment_id: placed.id }, `when it was made: ${name}`);
    };
    await place(goals.secret, running, 'placed in a PRIVATE goal');
    await place(goals.secret, quiet, "the peer's, placed in a PRIVATE goal");
    await place(goals.shared, own, 'placed in a SHARED goal');
    await place(goals.wide, running, 'placed in an ORGANIZATION goal');
    await place(goals.wide, ownDraft, 'a draft placed in an ORGANIZATION goal');
    const propose = async (by: string, business: TestRow, name: string, days: number): Promise<TestRow> => {
      const made = await world.alignment(goals.shared, business, {
        proposedBy: this.who(by),
        createdAt: daysAgo(days),
      });
      this.name('alignment', made, name);
      this.name('alignment_own', { alignment_id: made.id }, `when it was made: ${name}`);
      return made;
    };
    await propose('shared with', running, 'a proposal of somebody it is shared with', 3);
    await propose('shared with', cancelled, 'a proposal that lapsed', 31);
    await propose('share ended', running, 'a proposal of somebody whose share ended', 3);
    // An answered proposal names its proposer, also to an owner who has left.
    const answered = await world.alignment(goals.leaver, running, { proposedBy: this.who('assignee') });
    await world.admin.query(`update alignment set state = 'PLACED' where id = $1`, [answered.id]);
    const declined = await propose('shared with, past included', running, 'a declined proposal', 3);
    await this.put('alignment_decline', 'the no to a proposal', {
      alignment_id: declined.id,
      owner_id: owner.id,
    });
  }

  // ------------------------------------------------------------------------------------------------- barriers

  private async barriers(): Promise<void> {
    const person = (name: string): { person_id: string } => ({ person_id: this.who(name).id });
    const area = await this.put('procedure_area', 'a procedure area', {
      name: 'Purchasing',
      answerer_id: this.who('peer').id,
      deputy_id: this.who('the counterpart').id,
    });
    const left = await this.put('procedure_area', 'a procedure area whose answerer has left', {
      name: 'Travel',
      answerer_id: this.who('left 30 days ago').id,
      deputy_id: this.who('assignee').id,
    });
    await this.put('procedure_area', 'a procedure area without barriers', {
      name: 'Archive',
      answerer_id: this.who('peer').id,
    });
    const barrier = (
      name: string,
      by: string | null,
      area_id: string | null,
      values = {},
    ): Promise<Tables['barrier']> =>
      this.put('barrier', name, {
        title: 'Three signatures',
        hinders_customers: true,
        raised_by_id: by === null ? null : this.who(by).id,
        procedure_area_id: area_id,
        ...values,
      });
    const named = await barrier('a barrier raised by the owner', 'the owner', area.id);
    const nameless = await barrier('a barrier without a name', null, left.id);
    await barrier('a barrier without an area', 'shared with', null);
    const removed = await barrier('a barrier that was removed', 'peer', area.id);
    const kept = await barrier('a barrier whose trial was kept', null, area.id, { trial_kept: true });
    const answer = { barrier_id: removed.id, by_id: this.who('peer').id, text: 'Gone' };
    await this.put('barrier_answer', 'an answer', { ...answer, status: 'REMOVED' });
    await this.put('barrier_answer', null, { ...answer, barrier_id: named.id, status: 'INVESTIGATING' });

    await this.put('barrier_support', "the owner's support of a barrier", {
      barrier_id: nameless.id,
      ...person('the owner'),
    });
    await this.put('barrier_support', "a peer's support of the owner's barrier", {
      barrier_id: named.id,
      ...person('peer'),
    });
    await this.put('nameless_barrier', 'a barrier without a name that has not appeared yet', {
      title: 'Nobody says so',
      hinders_customers: false,
      staged_on: day(0),
    });
    const story = async (
      about: Tables['barrier'],
      by: string,
      isNamed: boolean,
    ): Promise<Tables['story']> => {
      const whose = `${by === 'the owner' ? "the owner's" : "a peer's"} story`;
      const added = await this.put('story', whose, { barrier_id: about.id, text: 'We dropped it' });
      await this.put('story_author', `the author of ${whose}${isNamed ? ', named' : ', not named'}`, {
        story_id: added.id,
        named: isNamed,
        ...person(by),
      });
      return added;
    };
    const own = await story(removed, 'the owner', false);
    const theirs = await story(kept, 'peer', true);
    await this.put('story_adoption', "the owner's adoption of a story", {
      story_id: theirs.id,
      ...person('the owner'),
    });
    await this.put('story_adoption', "a peer's adoption of the owner's story", {
      story_id: own.id,
      ...person('peer'),
    });
  }

  // ------------------------------------------------------------------------------------------------- pulses

  private async pulses(): Promise<void> {
    const quarter = await this.put('engagement_period', 'a quarter', {
      granularity: 'QUARTER',
      key: '2020-Q1',
      starts_on: '2020-01-01',
      ends_on: '2020-03-31',
      starts_at: '2020-01-01',
      ends_at: hours(24),
      minimum_group_size: 5,
    });
    const month = await this.put('engagement_period', 'a month', {
      granularity: 'MONTH',
      key: '2020-01',
      quarter_id: quarter.id,
      starts_on: '2020-01-01',
      ends_on: '2020-01-31',
      starts_at: '2020-01-01',
      ends_at: hours(24),
      minimum_group_size: 5,
    });
    const pulse = await this.put('pulse', 'an open pulse', {
      period_id: month.id,
      quarter_id: quarter.id,
      closes_at: hours(24),
    });
    await this.put('pulse_question', 'a question of a pulse', {
      pulse_id: pulse.id,
      position: 1,
      question_id: 'voice-1',
      driver: 'VOICE',
      scale: 'ONE_TO_FIVE',
    });
    await this.put('period_group', 'the name of a department', {
      period_id: month.id,
      tree: 'DEPARTMENT',
      group_id: month.id,
      name: 'Sales of that month',
    });
    for (const name of ['the owner', 'the counterpart', 'peer'] as const) {
      const whose = name === 'the owner' ? "the owner's" : name === 'peer' ? "a peer's" : "the counterpart's";
      const { id: person_id } = this.who(name);
      await this.put('period_member', `${whose} groups in a month`, { period_id: month.id, person_id });
      const { respondent } = await this.put('pulse_respondent', `${whose} respondent`, { person_id });
      const tie = { quarter_id: quarter.id, person_id, respondent };
      const { pseudonym } = await this.put('pulse_pseudonym', `${whose} pseudonym`, tie);
      const answer = { pulse_id: pulse.id, pseudonym, scores: [4] };
      if (name === 'the owner')
        await this.put('pulse_answer_waiting', `${whose} answer of this minute`, answer);
      else await this.put('pulse_answer', `${whose} answer`, answer);
      await this.put('pulse_participation', `${whose} participation`, { period_id: quarter.id, respondent });
    }
  }

  // ------------------------------------------------------------------------------------------------- one-to-ones

  private async oneToOnes(goals: Goals): Promise<void> {
    const { world } = this;
    const owner = this.who('the owner');
    const pair = async (
      name: string,
      from: TestPerson,
      to: TestPerson,
      options: Parameters<World['oneToOne']>[2] = {},
    ): Promise<TestRow> => {
      const made = await world.oneToOne(from, to, options);
      this.name('one_to_one', made, name);
      return made;
    };
    const counterpart = this.who('the counterpart');
    const open = await pair('an open one-to-one', owner, counterpart);
    await this.talk(open, owner, counterpart, 'an open one-to-one', goals.secret);
    const former = this.who('share ended');
    const ended = await pair('an ended one-to-one', former, owner, { state: 'ENDED' });
    await this.talk(ended, owner, former, 'an ended one-to-one', goals.wide);
    const left = this.who('left 30 days ago');
    const withLeaver = await pair('a one-to-one with somebody who has left', owner, left);
    await this.talk(withLeaver, owner, left, 'a one-to-one with somebody who has left', goals.shared);
    const others = await pair('a one-to-one of two others', this.who('peer'), this.who('shared with'));
    await this.talk(others, this.who('peer'), this.who('shared with'), null, null);

    const proposal = async (of: TestRow, by: TestPerson, name: string, days = 0): Promise<void> => {
      const proposed = { one_to_one_id: of.id, proposed_by_id: by.id, proposed_at: daysAgo(days) };
      const { id } = await this.put('notes_import', name, proposed);
      const section = { import_id: id, held_on: '2020-01-01', text: 'Old notes' };
      await this.put('notes_import_section', `the notes of ${name}`, section);
    };
    await proposal(open, owner, 'a proposed import of notes');
    await proposal(ended, former, 'a proposed import of notes in an ended one-to-one');
    await proposal(withLeaver, owner, 'a proposed import of notes that lapsed', 30);
    await proposal(others, this.who('peer'), 'a proposed import of notes of two others');
    for (const [days, name] of [
      [2, 'an import accepted two days ago'],
      [8, 'an import accepted eight days ago'],
    ] as const) {
      const accepted = { one_to_one_id: open.id, proposed_by_id: owner.id, accepted_at: daysAgo(days) };
      const { id } = await this.put('notes_import', name, accepted);
      const held = await world.conversation(open, { status: 'HELD', scheduledAt: daysAgo(100 + days) });
      await world.admin.query(
        'update conversation set notes_import_id = $2, closed_at = now() where id = $1',
        [held.id, id],
      );
      this.name('conversation', held, `a conversation of ${name}`);
    }
    for (const [name, author] of [
      ["the owner's template for agendas", owner],
      ["the counterpart's template for agendas", counterpart],
      ['a template for agendas of somebody who has left', left],
    ] as const) {
      const list = { owner_id: author.id, name: 'Template', points: ['How are you?'] };
      await this.put('agenda_template', name, list);
    }
    for (const [name, person, expires_at] of [
      ["the owner's export", owner, undefined],
      ["the owner's export that has expired", owner, new Date()],
      ["the counterpart's export", counterpart, undefined],
      ['an export of somebody who has left', left, undefined],
    ] as const) {
      await this.put('data_export', name, { person_id: person.id, content: Buffer.from('PK'), expires_at });
    }
    for (const [name, person, executed_at] of [
      ["the owner's pending erasure", owner, undefined],
      ["the owner's finished erasure", owner, new Date()],
      ['a pending erasure of somebody who has left', left, undefined],
    ] as const) {
      await this.put('erasure', name, { person_id: person.id, executed_at });
    }
    await pair('an invitation by the owner', owner, this.who('invited by the owner'), { state: 'INVITED' });
    await pair('an invitation of the owner', this.who('inviting the owner'), owner, { state: 'INVITED' });
    const declined = await pair(
      'an invitation that the owner declined',
      this.who('declined by the owner'),
      owner,
      {
        state: 'INVITED',
      },
    );
    await this.put('one_to_one_decline', 'the no to an invitation', {
      one_to_one_id: declined.id,
      person_id: owner.id,
    });
    await pair('an invitation that lapsed', this.who('whose invitation lapsed'), owner, {
      state: 'INVITED',
      invitedAt: daysAgo(31),
    });
  }

  /** The texts of two people. `one` is the owner if the owner participates. */
  private async talk(
    pair: TestRow,
    one: TestPerson,
    other: TestPerson,
    place: string | null,
    about: TestGoal | null,
  ): Promise<void> {
    const { world } = this;
    const called = (what: string): string | null => (place === null ? null : `${what} in ${place}`);
    const label = <T extends TableName>(table: T, row: Partial<Tables[T]>, what: string): void => {
      if (place !== null) this.name(table, row, `${what} in ${place}`);
    };
    const planned = await world.conversation(pair);
    label('conversation', planned, 'a planned conversation');
    const held = await world.conversation(pair, { status: 'HELD' });
    label('conversation', held, 'a held conversation');
    const long = await world.conversation(pair, { status: 'HELD', scheduledAt: daysAgo(8) });
    label('conversation', long, 'one held eight days ago');
    await world.admin.query('delete from shared_notes where conversation_id = $1', [long.id]);
    const bare = await world.conversation(pair, { status: 'HELD', scheduledAt: hours(-30) });
    label('conversation', bare, 'a held one in which nothing was written');

    const empty = await world.conversation(pair, { scheduledAt: hours(60) });
    label('conversation', empty, 'a planned one without points');
    const silent = await world.conversation(pair, { scheduledAt: hours(72) });
    await this.put('private_notes', called("the owner's private notes from before"), {
      conversation_id: silent.id,
      author_id: one.id,
      text: 'For myself',
    });
    await world.admin.query('update conversation set off_the_record_by_id = $2 where id = $1', [
      silent.id,
      one.id,
    ]);
    label('conversation', silent, 'a planned one off the record');

    const point = async (author: TestPerson, what: string, options = {}): Promise<TestRow> => {
      const made = await world.talkingPoint(planned, author, options);
      label('talking_point', made, what);
      await this.put('talking_point_version', called(`an earlier wording of ${what}`), {
        point_id: made.id,
        version: 1,
        author_id: author.id,
        text: 'Earlier words',
      });
      await this.put('talking_point_carry', called(`that it was carried: ${what}`), {
        point_id: made.id,
        from_id: held.id,
        to_id: planned.id,
        position: 1,
      });
      return made;
    };
    const options = about === null ? {} : { about };
    const first = await point(one, "the owner's point", options);
    label('talking_point_subject', { point_id: first.id }, "what the owner's point is about");
    const draft = await point(one, "the owner's draft", { draft: true, ...options });
    label('talking_point_subject', { point_id: draft.id }, "what the owner's draft is about");
    await point(other, "the other's point", { discussed: true });
    await point(other, "the other's draft", { draft: true });
    await world.admin.query(
      `update talking_point_version set started_at = now() - interval '1 hour' where point_id = $1`,
      [draft.id],
    );

    const { rows } = await world.admin.query<{ id: string }>(
      'select id from shared_notes where conversation_id = $1',
      [held.id],
    );
    const notes = rows[0]?.id;
    if (notes !== undefined) {
      label('shared_notes', { id: notes }, 'shared notes');
      const version = { notes_id: notes, text: 'Notes' };
      await this.put('shared_notes_version', called('a version just written by the owner'), {
        ...version,
        version: 1,
        author_id: one.id,
      });
      await this.put('shared_notes_version', called('an older version by the other'), {
        ...version,
        version: 2,
        author_id: other.id,
        started_at: hours(-1),
      });
    }
    for (const author of [one, other]) {
      const whose = author === one ? "the owner's" : "the other's";
      await this.put('private_notes', called(`${whose} private notes`), {
        conversation_id: held.id,
        author_id: author.id,
        text: 'For myself',
      });
    }

    const reopened = await world.conversation(pair, { scheduledAt: hours(84) });
    label('conversation', reopened, 'a planned one with revealed feedback');
    for (const [conversation, author, what, offered] of [
      [held, one, "the owner's revealed feedback", true],
      [held, other, "the other's revealed feedback", true],
      [long, one, "the owner's feedback, offered", true],
      [long, other, "the other's feedback, kept", false],
      [silent, other, "the other's feedback, offered from before off the record", true],
      [planned, one, "the owner's feedback, kept, on a reopened one", false],
      [planned, other, "the other's feedback, offered, on a reopened one", true],
      [empty, one, "the owner's feedback, offered, on a reopened one", true],
      [reopened, one, "the owner's revealed feedback on a reopened one", true],
      [reopened, other, "the other's revealed feedback on a reopened one", true],
    ] as const) {
      const made = await world.feedback(conversation, author, {
        better: 'Less reporting',
        worthIt: 4,
        offered,
      });
      label('conversation_feedback', made, what);
    }

    const item = async (what: string, owner: TestPerson, options = {}): Promise<TestRow> => {
      const made = await world.actionItem(held, owner, { createdAt: hours(-2), ...options });
      label('action_item', made, what);
      return made;
    };
    const due = await item("the owner's promise, due in a week", one, { dueOn: day(7) });
    await item("the owner's promise, late", one, { dueOn: day(-2) });
    await item("the owner's promise without a date", one, { createdBy: other });
    await item("the other's promise, just written by the owner", other, {
      createdBy: one,
      createdAt: new Date(),
    });
    const done = await item("the owner's promise, done", one, { dueOn: day(7) });
    await world.admin.query(
      `update action_item set state = 'DONE', closed_at = now(), kept = true where id = $1`,
      [done.id],
    );
    const settled = await item("the owner's promise, dropped an hour ago", one, { dueOn: day(7) });
    await world.admin.query(`update action_item set state = 'DROPPED', closed_at = $2 where id = $1`, [
      settled.id,
      hours(-1),
    ]);
    const version = { item_id: due.id, text: 'Earlier words' };
    await this.put('action_item_version', called('a version just written by the owner'), {
      ...version,
      version: 1,
      author_id: one.id,
    });
    await this.put('action_item_version', called('an older version by the other'), {
      ...version,
      version: 2,
      author_id: other.id,
      started_at: hours(-1),
    });
  }

  // ------------------------------------------------------------------------------------------------- mandates

  private async mandates(): Promise<void> {
    const owner = this.who('the owner');
    const manager = this.who('manager, share waiting');
    const grant = async (
      name: string | null,
      by: TestPerson,
      to: TestPerson,
      options: Parameters<World['mandate']>[2] = {},
    ): Promise<void> => {
      const made = await this.world.mandate(by, to, options);
      if (name === null) return;
      this.name('mandate', made, name);
      this.name('mandate_own', { mandate_id: made.id }, `what only the two see of ${name}`);
    };
    await grant("the owner's mandate", manager, owner, { lastDay: day(7) });
    await grant("the owner's mandate whose publication they asked for", manager, owner, { askedBy: owner });
    await grant("the owner's mandate whose publication the manager asked for", manager, owner, {
      askedBy: manager,
    });
    const published = { published: true, askedBy: manager };
    await grant("the owner's published mandate", manager, owner, { ...published, lastDay: day(7) });
    await grant("the owner's published mandate, ended", manager, owner, { ...published, endedAt: hours(-1) });
    await grant("the owner's published mandate after its last day", manager, owner, {
      ...published,
      lastDay: day(-2),
    });
    const former = this.who('share ended with its line');
    await grant("the owner's published mandate of a former manager", former, owner, { published: true });
    await grant('a mandate in a dotted line', this.who('dotted-line manager'), owner);
    await grant(
      'a published mandate of somebody who has left',
      manager,
      this.who('left 30 days ago'),
      published,
    );
    await grant('a published mandate of two others', manager, this.who('peer'), published);
    await grant(null, manager, this.who('shared with'));
    await this.handovers(owner, manager, former);
  }

  /** The owner's manager changed; and a colleague's, who reports to somebody else again. */
  private async handovers(owner: TestPerson, manager: TestPerson, former: TestPerson): Promise<void> {
    const { world } = this;
    const line = await world.admin.query<{ id: string; ends_on: string }>(
      'select id, ends_on::text from reporting_line where report_id = $1 and manager_id = $2',
      [owner.id, former.id],
    );
    const [ended] = line.rows;
    if (ended === undefined) throw new Error('no former line');
    const handover = await this.put('handover', "the owner's handover", {
      line_id: ended.id,
      person_id: owner.id,
      from_id: former.id,
      to_id: manager.id,
      opened_on: ended.ends_on,
    });
    const talk = await world.conversation(await world.oneToOne(owner, manager), { status: 'HELD' });
    const item = await world.actionItem(talk, manager);
    const offer = { line_id: handover.line_id, kind: 'PROMISE', position: 1, text: 'A desk' };
    await this.put('handover_offer', 'a promise offered to the new manager', offer);
    await this.put('handover_offer', 'a promise that the new manager adopted', {
      ...offer,
      action_item_id: item.id,
    });
    // Not passed on yet.
    const peer = this.who('peer');
    await world.line(peer, former, { from: '2019-01-01', until: '2020-01-01' });
    const counterpart = this.who('the counterpart');
    await world.line(counterpart, former, { from: day(-300), until: day(-10) });
    await world.line(counterpart, this.who("manager's manager"), { from: day(-10) });
    const other = await world.line(this.who('assignee'), manager, { from: day(-300), until: day(-20) });
    const without = await this.put('handover', 'a handover to somebody who was the next manager', {
      line_id: other.id,
      person_id: this.who('assignee').id,
      from_id: manager.id,
      to_id: peer.id,
      opened_on: day(-20),
    });
    await world.line(this.who('assignee'), peer, { from: day(-20), until: day(-5) });
    await this.put('handover_offer', 'a promise offered to somebody who was the next manager', {
      ...offer,
      line_id: without.line_id,
    });
  }

  // ------------------------------------------------------------------------------------------------- administration

  private async administration(): Promise<void> {
    const administrator = this.who('PEOPLE_ADMIN').id;
    const token = () => randomBytes(32);
    const owner = this.who('the owner').id;
    await this.put('audit_entry', 'an entry of the audit trail', {
      actor_id: administrator,
      action: 'ROLE_GRANTED',
      subject: 'somebody',
    });
    await this.put('invitation', 'an invitation to sign in', {
      person_id: owner,
      address: 'owner@example.com',
      sent_by: administrator,
      token_hash: token(),
    });
    await this.put('password_reset', 'a link for a new password', { person_id: owner, token_hash: token() });
    await this.put('address_change', 'a change of address under way', {
      person_id: owner,
      new_address: 'new@example.com',
      old_token_hash: token(),
      new_token_hash: token(),
    });
    this.name('installation_secret', { single: true }, 'the keys of this installation');
    await this.put('idempotency_key', 'an operation that may be sent again', {
      viewer_id: owner,
      key: 'first',
      body_hash: token(),
    });
    const counted = { subject: token(), level: 1, at: new Date() };
    const subject = await this.world.insert<Tables['throttle'] & Record<string, unknown>>(
      'throttle',
      counted,
    );
    this.name('throttle', subject, 'a count of tries');
    await this.put('conversation_retention', 'an earlier term', { since: '2000-01-01', months: 60 });
    await this.put('outbox_mail', 'a mail on its way', {
      kind: 'TEXT',
      recipient: 'owner@example.com',
      about: { subject: 'Subject', text: 'Text' },
    });
    // Triggers have recorded one for most of what was written in conversations.
    await this.world.admin.query('delete from conversation_change');
    const [talk] = (
      await this.world.admin.query<{ id: string; one_to_one_id: string }>(
        'select id, one_to_one_id from conversation',
      )
    ).rows;
    const change = await this.world.insert<Tables['conversation_change'] & Record<string, unknown>>(
      'conversation_change',
      {
        one_to_one_id: talk?.one_to_one_id,
        conversation_id: talk?.id,
        typename: 'Conversation',
        node_id: talk?.id,
      },
    );
    this.name('conversation_change', change, 'a change to be announced');
    await this.importReport('an import by PEOPLE_ADMIN', { by_id: administrator }, {});
    const [writer, both] = [await this.tokenOf(['DIRECTORY_WRITE']), await this.tokenOf(BOTH)];
    await this.importReport('an import by a token that only writes', { token_id: writer }, {});
    await this.importReport("that token's dry run", { token_id: writer });
    await this.importReport('an import by a token that reads too', { token_id: both }, { token_id: both });
    await this.put('import_row', 'a row of a file being imported', {
      import_id: '00000000-0000-4000-8000-000000000001',
      line: 1,
    });
  }

  /** The id of the API token with exactly these scopes. */
  private async tokenOf(scopes: readonly string[]): Promise<string> {
    const { rows } = await this.world.admin.query<{ id: string }>(
      'select id from session where organization_id = $1 and scopes = $2 and revoked_at is null',
      [this.organization.id, scopes],
    );
    return rows[0]?.id ?? '';
  }

  /** An import report, optionally with the outcome for the directory. */
  private async importReport(
    name: string,
    by: Record<string, unknown>,
    outcome?: Record<string, unknown>,
  ): Promise<void> {
    const none = { created: 0, changed: 0, ended: 0, restored: 0, managers_changed: 0, unchanged: 1 };
    const { id } = await this.put('import_report', `the report of ${name}`, {
      ...by,
      dry_run: true,
      rows: 1,
      error_count: 0,
    });
    if (outcome === undefined) return;
    await this.put('import_outcome', `the outcome of ${name}`, {
      report_id: id,
      ...none,
      error_count: 0,
      absent_count: 0,
      ...outcome,
    });
  }

  private async leavings(): Promise<void> {
    for (const [name, offset] of [
      ['leaving on a day to come', 10],
      ['on their last day', 0],
      ['left 30 days ago', -30],
      ['left 90 days ago', -90],
      ['left 91 days ago', -91],
      ['maker on their last day', 0],
      ['maker who has left', -1],
    ] as const) {
      await this.put('employment_end', `the last day of somebody ${name}`, {
        person_id: this.who(name).id,
        ended_on: day(offset),
        // At noon: late in the evening of UTC it is the next day here, in summer earlier than in winter.
        recorded_at: offset < 0 ? new Date(`${day(offset)}T12:00:00Z`) : daysAgo(0),
      });
    }
    // As if the day had passed without a write: nothing has revoked the token explicitly.
    await this.world.admin.query('update session set revoked_at = null where created_by = $1', [
      this.who('maker who has left').id,
    ]);
  }

  // ------------------------------------------------------------------------------------------------- trends

  /** A published month and quarter, and a quarter that only HR reads yet. */
  private async trends(): Promise<void> {
    const manager = this.who('manager, share waiting');
    const hr = this.who('HR_ANALYST');
    await this.release('a published month', '2020-01', '2020-01-31', hours(-1), manager);
    const published = await this.release('a published quarter', '2020-Q1', '2020-03-31', hours(-1), manager);
    const fresh = await this.release(
      'a quarter not published yet',
      '2020-Q2',
      '2020-06-30',
      hours(1),
      manager,
    );
    const respond = async (
      release: Tables['trend_release'],
      by: TestPerson,
      group: Record<string, unknown>,
      name: string,
    ): Promise<void> => {
      await this.put('trend_response', name, {
        release_id: release.id,
        by_id: by.id,
        text: 'We listen',
        due_on: day(20),
        ...group,
      });
    };
    await this.put('trend_participant', 'the number of a manager', { person_id: manager.id });
    await this.put('trend_figure_people', 'the people behind a small figure', {
      release_id: published.id,
      population: 'MET_RATE',
      purpose: 'LATER',
      tree: 'MANAGER',
      people: [1, 2, 3],
    });
    const root = { tree: 'DEPARTMENT', group_key: 'organization' };
    await respond(published, hr, root, 'a response of HR to a published quarter');
    await respond(
      published,
      manager,
      { tree: 'MANAGER', group_key: manager.id },
      'a response of the head of a group',
    );
    await respond(fresh, hr, root, 'a response to a quarter not published yet');
  }

  private async release(
    name: string | null,
    period_key: string,
    ends_on: string,
    published_at: Date,
    head: TestPerson,
  ): Promise<Tables['trend_release']> {
    const isMonth = !period_key.includes('Q');
    const starts_on = isMonth || ends_on.startsWith('2020-03') ? '2020-01-01' : '2020-04-01';
    const release = await this.put('trend_release', name, {
      period_key,
      granularity: isMonth ? 'MONTH' : 'QUARTER',
      starts_on,
      ends_on,
      minimum_group_size: 5,
      released_at: hours(-2),
      published_at,
      row_hash: 'a'.repeat(64),
    });
    const of = { release_id: release.id };
    const called = (what: string): string | null => (name === null ? null : `${what} of ${name}`);
    await this.put('trend_erratum', called('a correction'), {
      ...of,
      text: 'Answers of one site are missing',
    });
    const group = { ...of, parent_key: null, valid_from: starts_on };
    for (const tree of ['DEPARTMENT', 'MANAGER']) {
      await this.put('trend_group', tree === 'MANAGER' ? null : called('the root'), {
        ...group,
        tree,
        key: 'organization',
        label: 'Here',
      });
    }
    await this.put('trend_group', called('a group'), {
      ...group,
      tree: 'MANAGER',
      key: head.id,
      parent_key: 'organization',
      head_id: head.id,
    });
    const cell = { ...of, rounded_to: 0.05, definition_version: 1, metric: 'MET_RATE' };
    await this.put('trend_cell', called('a figure'), {
      ...cell,
      tree: 'DEPARTMENT',
      group_key: 'organization',
      status: 'RELEASED',
      value: 0.8,
      bound: 'ROUNDED',
      people_band: 'FROM_5_TO_9',
    });
    await this.put('trend_cell', called('a suppressed figure'), {
      ...cell,
      tree: 'MANAGER',
      group_key: head.id,
      status: 'SUPPRESSED',
    });
    return release;
  }

  /** A second organization, whose people have every role in it. */
  private async neighbours(): Promise<void> {
    const { world } = this;
    const there = await world.organization({ name: 'Elsewhere' });
    const home = this.organization;
    this.organization = there;
    const one = await this.join('somebody of another organization');
    const other = await this.join('an administrator of another organization');
    for (const role of ROLES) await world.role(other, role);
    await world.line(one, other);
    await world.mandate(other, one, { published: true, askedBy: one });
    const goal = await this.goalWithParts(one, 'a goal of another organization', {
      visibility: 'ORGANIZATION',
    });
    const cycle = await world.cycle(there);
    const business = await world.businessGoal(one, cycle, {});
    this.name('business_goal', business, 'a business goal of another organization');
    await world.alignment(goal, business);
    const area = { name: 'Post', answerer_id: one.id };
    const { id: procedure_area_id } = await this.put('procedure_area', null, area);
    const hindrance = { title: 'Forms', hinders_customers: true, procedure_area_id };
    const barrier = await this.put('barrier', 'a barrier of another organization', {
      ...hindrance,
      status: 'REMOVED',
    });
    const story = await this.put('story', null, { barrier_id: barrier.id, text: 'Gone' });
    await this.put('story_author', null, { story_id: story.id, person_id: one.id, named: true });
    const pair = await world.oneToOne(one, other);
    await this.talk(pair, one, other, null, null);
    await this.put('audit_entry', null, { actor_id: other.id, action: 'ROLE_GRANTED', subject: 'somebody' });
    const release = await this.release(null, '2020-Q1', '2020-03-31', hours(-1), other);
    const response = { release_id: release.id, tree: 'MANAGER', group_key: other.id };
    await this.put('trend_response', null, { ...response, by_id: other.id, text: 'Soon', due_on: day(20) });
    await this.session('an API token of another organization', { scopes: SCOPES, created_by: other.id });
    this.organization = home;
  }
}
