import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { World, day as dayIn, hours } from '../factories/world.js';
import type { GoalEvent, PairPlan, PersonPlan, Plan } from './random-plan.js';
import type { Id } from './rows.js';

interface Person {
  readonly id: Id;
  readonly organizationId: Id;
  readonly plan: PersonPlan;
}
interface Goal {
  readonly id: Id;
  readonly owner: Person;
  visibility: string;
}
/** What is to become of a share, worked out here apart from the triggers that settle it. */
interface ExpectedShare {
  readonly id: Id;
  readonly goal: Goal;
  readonly owner: Person;
  readonly reader: Person;
  readonly expired: boolean;
  readonly lineId: Id | null;
  waiting: boolean;
  ended: boolean;
}
type DayOf = (offset: number) => string;
type Values = Record<string, unknown>;

/** The hashes of the sessions in a world that was built, and what its shares were expected to be and are not. */
export interface Built {
  readonly sessions: readonly (string | null)[];
  readonly problems: readonly string[];
}

const ago = (days: number): Date => hours(24 * days);
const dayAt = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);

/** Writes a planned world as the role that owns the tables, in the transaction that is open. */
export async function buildWorld(admin: pg.Client, plan: Plan): Promise<Built> {
  return new Builder(admin, plan).build();
}

class Builder {
  private readonly world: World;
  private readonly people: Person[] = [];
  private readonly goals: Goal[] = [];
  private readonly shares: ExpectedShare[] = [];
  private readonly business: { id: Id; organizationId: Id }[] = [];
  private readonly sessions: (string | null)[] = [null];
  /** The PRIMARY line that is open while shares are made, by report. */
  private readonly open = new Map<Id, { id: Id; managerId: Id }>();
  private readonly closings: (() => Promise<void>)[] = [];
  /** By organization. */
  private readonly zones = new Map<Id, string>();

  constructor(
    private readonly admin: pg.Client,
    private readonly plan: Plan,
  ) {
    this.world = new World(admin);
  }

  async build(): Promise<Built> {
    await this.directory();
    await this.writeGoals();
    for (const event of this.plan.events) await this.happen(event);
    await this.readings();
    await this.businessGoals();
    await this.barriers();
    await this.pairs();
    await this.mandates();
    await this.handovers();
    await this.trends();
    for (const close of this.closings) await close();
    await this.leavings();
    return { sessions: this.sessions, problems: await this.compareShares() };
  }

  /** Days of an organization. */
  private daysOf(organizationId: Id): DayOf {
    return (offset) => dayIn(offset, this.zones.get(organizationId));
  }

  private async put(table: string, values: Values): Promise<Id> {
    return (await this.world.insert<{ id: Id }>(table, values)).id;
  }

  // ------------------------------------------------------------------------------------------------- people

  private async directory(): Promise<void> {
    const [here, there] = [randomUUID(), randomUUID()];
    for (const [id, time_zone] of [
      [here, this.plan.zones[0]],
      [there, this.plan.zones[1]],
    ] as const) {
      const leaders_share_first = this.plan.leadersShareFirst;
      this.zones.set(id, time_zone);
      await this.put('organization', { id, name: id, leaders_share_first, time_zone });
      await this.put('department', { organization_id: id, name: 'Department' });
    }
    for (const plan of this.plan.people) {
      const organizationId = plan.elsewhere ? there : here;
      const id = await this.put('person', { organization_id: organizationId, name: 'Somebody' });
      const person = { id, organizationId, plan };
      this.people.push(person);
      await this.account(person);
      for (const role of plan.roles) await this.world.role({ ...person, name: '', email: '' }, role);
    }
    for (const [place, person] of this.people.entries()) {
      // Only upwards in the list, so that no circle closes on any day.
      const above = this.people.slice(0, place).filter((p) => p.organizationId === person.organizationId);
      await this.lines(person, above, 'PRIMARY', person.plan.primary);
      await this.lines(person, above, 'DOTTED', person.plan.dotted);
    }
    // Each organization keeps an administrator, who makes the tokens.
    for (const id of [here, there]) {
      const keeper = await this.put('person', { organization_id: id, name: 'Keeper' });
      await this.admin.query(
        `insert into account (person_id, organization_id, sign_in_address, password_hash) values ($1, $2, $3, 'x')`,
        [keeper, id, `${keeper}@example.com`],
      );
      for (const role of ['HR_ANALYST', 'ORGANIZATION_ADMIN', 'PEOPLE_ADMIN']) {
        await this.put('role_grant', { person_id: keeper, role, organization_id: id });
      }
      const scopesOfThisOne = id === here ? this.plan.tokens : [];
      for (const scopes of scopesOfThisOne) await this.session(id, { scopes, created_by: keeper });
    }
    await this.administration(here);
    await this.administration(there);
  }

  private async account({ id, organizationId, plan }: Person): Promise<void> {
    await this.admin.query(
      `insert into account (person_id, organization_id, sign_in_address, password_hash, disabled_at)
       values ($1, $2, $3, 'x', $4)`,
      [id, organizationId, `${id}@example.com`, plan.session === 'DISABLED' ? new Date() : null],
    );
    await this.session(organizationId, {
      person_id: id,
      ...(plan.session === 'EXPIRED' && { expires_at: hours(-1) }),
      ...(plan.session === 'REVOKED' && { revoked_at: hours(-1) }),
      ...(plan.session === 'UNUSED' && { last_seen_at: hours(-16 * 24 - 1) }),
    });
  }

  private async session(organizationId: Id, values: Values): Promise<void> {
    const hash = createHash('sha256').update(randomUUID()).digest();
    await this.put('session', {
      organization_id: organizationId,
      label: 'Session',
      expires_at: hours(24),
      token_hash: hash,
      ...values,
    });
    this.sessions.push(hash.toString('hex'));
  }

  private async lines(
    report: Person,
    above: readonly Person[],
    kind: 'PRIMARY' | 'DOTTED',
    plan: PersonPlan['primary'],
  ): Promise<void> {
    const pick = (index: number): Person | undefined => above[index % above.length];
    if (plan === null || above.length === 0) return;
    const day = this.daysOf(report.organizationId);
    const put = async (managerId: Id, starts: number, ends: number | null): Promise<Id> =>
      this.put('reporting_line', {
        organization_id: report.organizationId,
        report_id: report.id,
        manager_id: managerId,
        kind,
        starts_on: day(starts),
        closed_on: ends === null ? null : day(ends),
      });
    const before = plan.before === null ? undefined : pick(plan.before);
    if (before !== undefined) await put(before.id, -100, plan.starts);
    const manager = pick(plan.manager);
    if (manager === undefined) return;
    const closes = plan.ends !== null && plan.ends <= 0;
    const ends = plan.ends === null ? null : Math.max(plan.ends, plan.starts);
    const id = await put(manager.id, plan.starts, closes ? null : ends);
    if (kind === 'PRIMARY') this.open.set(report.id, { id, managerId: manager.id });
    if (ends !== null) {
      this.closings.push(async () => {
        await this.admin.query('update reporting_line set closed_on = $2 where id = $1', [id, day(ends)]);
        const after = plan.after === null ? undefined : pick(plan.after);
        if (after !== undefined) await put(after.id, ends + 5, null);
      });
    }
  }

  private async administration(organizationId: Id): Promise<void> {
    const person = this.people.find((p) => p.organizationId === organizationId);
    if (person === undefined) return;
    const of = { organization_id: organizationId };
    await this.put('audit_entry', { ...of, actor_id: person.id, action: 'SOMETHING', subject: 'somebody' });
    const token = createHash('sha256').update(randomUUID()).digest();
    const invitation = { ...of, person_id: person.id, address: 'a@example.com', token_hash: token };
    await this.put('invitation', invitation);
    await this.put('person_time_zone', { ...of, person_id: person.id, time_zone: 'Asia/Tokyo' });
    await this.put('person_preference', { ...of, person_id: person.id, reminders_by_mail: false });
    for (const executed_at of [new Date(0), undefined]) {
      await this.put('erasure', { ...of, person_id: person.id, executed_at });
    }
    await this.pulse(of, person.id);
    for (const expires_at of [new Date(0), undefined]) {
      await this.put('data_export', { ...of, person_id: person.id, content: Buffer.from('PK'), expires_at });
    }
  }

  private async pulse(of: Values, person_id: Id): Promise<void> {
    const quarter_id = await this.put('engagement_period', {
      ...of,
      granularity: 'QUARTER',
      key: '2020-Q1',
      starts_on: '2020-01-01',
      ends_on: '2020-03-31',
      starts_at: '2020-01-01',
      ends_at: '2020-04-01',
      minimum_group_size: 5,
    });
    const [period_id, respondent, pseudonym] = [quarter_id, randomUUID(), randomUUID()];
    const pulse_id = await this.put('pulse', { ...of, period_id, quarter_id, closes_at: hours(24) });
    const question = { question_id: 'voice-1', driver: 'VOICE', scale: 'ONE_TO_FIVE' };
    await this.put('pulse_question', { ...of, pulse_id, position: 1, ...question });
    await this.put('period_member', { ...of, period_id, person_id });
    await this.put('period_group', {
      ...of,
      period_id,
      tree: 'LOCATION',
      group_id: randomUUID(),
      name: 'Porto',
    });
    await this.put('pulse_respondent', { ...of, respondent, person_id });
    await this.put('pulse_pseudonym', { ...of, pseudonym, quarter_id, person_id, respondent });
    await this.put('pulse_answer', { ...of, pulse_id, pseudonym, scores: [4] });
    await this.put('pulse_answer_waiting', { ...of, pulse_id, pseudonym, scores: [2] });
    await this.put('pulse_participation', { ...of, period_id, respondent });
  }

  private async leavings(): Promise<void> {
    for (const { id, organizationId, plan } of this.people) {
      if (plan.ended === null) continue;
      const day = this.daysOf(organizationId);
      const recorded_at = ago(-plan.recorded);
      const values = {
        person_id: id,
        organization_id: organizationId,
        ended_on: day(plan.ended),
        recorded_at,
      };
      await this.put('employment_end', values);
      if (plan.restored === 'NO') continue;
      // What was over by then is so for good, whatever the day becomes.
      const zone = this.zones.get(organizationId) ?? 'UTC';
      const written = dayAt(zone, recorded_at);
      const last = written > values.ended_on ? written : values.ended_on;
      if (last < day(-90)) {
        for (const share of this.shares) {
          if (share.owner.id === id || share.reader.id === id) share.ended = true;
        }
      }
      await this.admin.query(
        plan.restored === 'MOVED'
          ? 'update employment_end set ended_on = ended_on + 40 where person_id = $1'
          : 'delete from employment_end where person_id = $1',
        [id],
      );
    }
  }

  // ------------------------------------------------------------------------------------------------- goals

  private person(index: number): Person {
    const found = this.people[index % this.people.length];
    if (found === undefined) throw new Error('a world without people');
    return found;
  }

  private async writeGoals(): Promise<void> {
    for (const plan of this.plan.goals) {
      const owner = this.person(plan.owner);
      const of = { organization_id: owner.organizationId, owner_id: owner.id };
      const values = { ...of, title: 'Goal', open_to_proposals: plan.openToProposals };
      const goal_id = await this.put('personal_goal', values);
      this.goals.push({ id: goal_id, owner, visibility: 'PRIVATE' });
      await this.put('personal_goal_own', { ...of, goal_id, area: 'Faith' });
      await this.put('personal_goal_version', { ...of, goal_id, version: 1, title: 'Words' });
      for (const { written, reached } of plan.milestones) {
        await this.put('milestone', {
          ...of,
          goal_id,
          title: 'Milestone',
          position: 1,
          created_at: ago(written),
          ...(reached !== null && { reached_on: dayIn(reached), reached_at: ago(reached) }),
        });
      }
      for (const { written, dated } of plan.updates) {
        await this.put('goal_update', {
          organization_id: owner.organizationId,
          goal_id,
          author_id: owner.id,
          text: 'Update',
          at: ago(dated),
          created_at: ago(written),
        });
      }
    }
  }

  private isOver(share: ExpectedShare): boolean {
    return share.ended || share.expired;
  }

  /** Whether this leader lets this person read something of theirs. */
  private hasShared(leader: Person, person: Person): boolean {
    return (
      this.goals.some((g) => g.owner === leader && g.visibility === 'ORGANIZATION') ||
      this.shares.some((s) => s.owner === leader && s.reader === person && !s.waiting && !this.isOver(s))
    );
  }

  private letThrough(leader: Person, person: Person | null): void {
    for (const share of this.shares) {
      if (share.reader === leader && (person === null || share.owner === person) && !this.isOver(share)) {
        share.waiting = false;
      }
    }
  }

  private async happen(event: GoalEvent): Promise<void> {
    switch (event.kind) {
      case 'SHARE': {
        const goal = this.goals[event.goal % this.goals.length];
        const reader = this.person(event.with);
        if (goal === undefined || reader === goal.owner) return;
        if (reader.organizationId !== goal.owner.organizationId) return;
        if (this.shares.some((s) => s.goal === goal && s.reader === reader && !s.ended)) return;
        await this.share(goal, reader, event);
        return;
      }
      case 'END': {
        const share = this.shares[event.share % this.shares.length];
        if (share === undefined || share.ended) return;
        share.ended = true;
        await this.admin.query('update goal_share set ended_at = now() where id = $1', [share.id]);
        return;
      }
      case 'LET_THROUGH': {
        const share = this.shares[event.share % this.shares.length];
        if (share === undefined || this.isOver(share)) return;
        share.waiting = false;
        await this.admin.query('update goal_share set waiting = false where id = $1', [share.id]);
        return;
      }
      case 'VISIBILITY': {
        const goal = this.goals[event.goal % this.goals.length];
        if (goal === undefined) return;
        goal.visibility = event.visibility;
        if (event.visibility === 'PRIVATE') {
          for (const share of this.shares.filter((s) => s.goal === goal)) share.ended = true;
        }
        if (event.visibility === 'ORGANIZATION') this.letThrough(goal.owner, null);
        const set = 'update personal_goal set visibility = $2 where id = $1';
        await this.admin.query(set, [goal.id, event.visibility]);
      }
    }
  }

  private async share(
    goal: Goal,
    reader: Person,
    event: Extract<GoalEvent, { kind: 'SHARE' }>,
  ): Promise<void> {
    const { owner } = goal;
    const line = this.open.get(owner.id);
    const lineId = line?.managerId === reader.id ? line.id : null;
    const waiting =
      event.waits && lineId !== null && this.plan.leadersShareFirst && !this.hasShared(reader, owner);
    const id = await this.put('goal_share', {
      organization_id: owner.organizationId,
      goal_id: goal.id,
      owner_id: owner.id,
      with_id: reader.id,
      waiting: event.waits,
      includes_past: event.past,
      became_active_at: ago(event.at),
      ...(event.expires !== null && { expires_at: hours(event.expires) }),
    });
    const expired = event.expires !== null && event.expires < 0;
    this.shares.push({ id, goal, owner, reader, expired, lineId, waiting, ended: false });
    if (goal.visibility === 'PRIVATE') goal.visibility = 'SHARED';
    // A share that has expired when it is made activates nothing.
    if (!waiting && !expired) this.letThrough(owner, reader);
  }

  private async compareShares(): Promise<readonly string[]> {
    const problems: string[] = [];
    for (const share of this.shares) {
      const row = await this.world.find('goal_share', share.id);
      const found = [row.waiting, row.ended_at !== null, row.line_id];
      const expected = [share.waiting, share.ended, share.lineId];
      if (JSON.stringify(found) !== JSON.stringify(expected)) {
        problems.push(`a share is ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
      }
    }
    for (const goal of this.goals) {
      const row = await this.world.find('personal_goal', goal.id);
      if (row.visibility !== goal.visibility) {
        problems.push(`a goal is ${String(row.visibility)} instead of ${goal.visibility}`);
      }
    }
    return problems;
  }

  private async readings(): Promise<void> {
    for (const plan of this.plan.access) {
      const goal = this.goals[plan.goal % this.goals.length];
      const reader = this.person(plan.reader);
      if (goal === undefined || goal.owner === reader) continue;
      if (goal.owner.organizationId !== reader.organizationId) continue;
      await this.admin.query(
        `insert into goal_access (reader_id, goal_id, on_day, kind, owner_id, organization_id)
         values ($1, $2, $3, 'OPENED', $4, $5) on conflict do nothing`,
        [reader.id, goal.id, dayIn(-2), goal.owner.id, reader.organizationId],
      );
    }
  }

  // ------------------------------------------------------------------------------------------------- business goals

  private async businessGoals(): Promise<void> {
    const cycles = new Map<Id, Id>();
    for (const { organizationId } of this.people) {
      if (cycles.has(organizationId)) continue;
      const values = {
        organization_id: organizationId,
        name: 'Cycle',
        starts_on: dayIn(-9),
        ends_on: dayIn(9),
      };
      cycles.set(organizationId, await this.put('cycle', values));
    }
    for (const plan of this.plan.business) {
      const { id: owner_id, organizationId } = this.person(plan.owner);
      const of = { organization_id: organizationId };
      const state = plan.state;
      const cycle_id = cycles.get(organizationId);
      const id = await this.put('business_goal', {
        ...of,
        owner_id,
        cycle_id,
        title: 'Business goal',
        state,
      });
      this.business.push({ id, organizationId });
      const within = { ...of, business_goal_id: id };
      const result = { title: 'Result', unit: 'pieces', start_value: 0, current_value: 0, target_value: 1 };
      await this.put('key_result', { ...within, ...result, position: 1 });
      const assignees = new Set(
        plan.assignees.map((n) => this.person(n)).filter((p) => p.organizationId === organizationId),
      );
      for (const { id: person_id } of assignees)
        await this.put('business_goal_assignee', { ...within, person_id });
      if (plan.checkIn && state === 'OPEN') {
        await this.put('check_in', { ...within, author_id: owner_id, confidence: 3, health: 'ON_TRACK' });
      }
    }
    const placed = new Set<string>();
    for (const plan of this.plan.alignments) await this.align(plan, placed);
  }

  private async align(plan: Plan['alignments'][number], taken: Set<string>): Promise<void> {
    const goal = this.goals[plan.goal % this.goals.length];
    const business = this.business[plan.business % this.business.length];
    if (goal === undefined || business?.organizationId !== goal.owner.organizationId) return;
    const key = goal.id + business.id;
    if (taken.has(key)) return;
    taken.add(key);
    const proposer = plan.proposer === null ? goal.owner : this.person(plan.proposer);
    if (proposer.organizationId !== business.organizationId) return;
    const proposed = proposer !== goal.owner;
    const of = { organization_id: business.organizationId, owner_id: goal.owner.id };
    const alignment_id = await this.put('alignment', {
      ...of,
      personal_goal_id: goal.id,
      business_goal_id: business.id,
      proposed_by_id: proposer.id,
      state: proposed ? 'PROPOSED' : 'PLACED',
      proposed_at: new Date(ago(plan.at).getTime() + 60_000),
    });
    if (proposed && plan.declined) await this.put('alignment_decline', { ...of, alignment_id });
  }

  // ------------------------------------------------------------------------------------------------- barriers

  private async barriers(): Promise<void> {
    for (const [place, plan] of this.plan.barriers.entries()) {
      const { id: answerer_id, organizationId } = this.person(plan.answerer);
      const of = { organization_id: organizationId };
      const inside = (index: number): Id | undefined => {
        const person = this.person(index);
        return person.organizationId === organizationId ? person.id : undefined;
      };
      const deputy = plan.deputy === null ? undefined : inside(plan.deputy);
      const area = await this.put('procedure_area', {
        ...of,
        name: `Area ${String(place)}`,
        answerer_id,
        deputy_id: deputy === answerer_id ? undefined : deputy,
      });
      const barrier_id = await this.put('barrier', {
        ...of,
        procedure_area_id: plan.inArea ? area : undefined,
        title: 'Barrier',
        hinders_customers: true,
        raised_by_id: plan.raiser === null ? undefined : inside(plan.raiser),
      });
      if (plan.status !== 'OPEN') {
        const answer = { ...of, barrier_id, by_id: answerer_id, text: 'Answer' };
        await this.put('barrier_answer', { ...answer, status: plan.status });
      }
      for (const person_id of new Set(plan.supporters.map(inside))) {
        if (person_id !== undefined) await this.put('barrier_support', { ...of, barrier_id, person_id });
      }
      const author = plan.story === null ? undefined : inside(plan.story.author);
      if (plan.story === null || author === undefined) continue;
      const story_id = await this.put('story', { ...of, barrier_id, text: 'Story' });
      const { named } = plan.story;
      await this.put('story_author', { ...of, story_id, person_id: author, named });
      const adopter = inside(plan.story.adopter);
      if (adopter !== undefined && adopter !== author)
        await this.put('story_adoption', { ...of, story_id, person_id: adopter });
    }
  }

  // ------------------------------------------------------------------------------------------------- one-to-ones

  private async pairs(): Promise<void> {
    const met = new Set<string>();
    for (const plan of this.plan.pairs) {
      const people = [this.person(plan.one), this.person(plan.other)].sort((a, b) => (a.id < b.id ? -1 : 1));
      const [first, second] = people;
      if (first === undefined || second === undefined || first === second) continue;
      if (first.organizationId !== second.organizationId || met.has(first.id + second.id)) continue;
      met.add(first.id + second.id);
      const of = { organization_id: first.organizationId };
      const starter = plan.startedByFirst ? first : second;
      await this.put('agenda_template', {
        ...of,
        owner_id: starter.id,
        name: first.id + second.id,
        points: ['Point'],
      });
      const id = await this.put('one_to_one', {
        ...of,
        first_id: first.id,
        second_id: second.id,
        started_by_id: starter.id,
        state: plan.state,
        time_zone: 'UTC',
        invited_at: new Date(ago(plan.invited).getTime() + 60_000),
        ...(plan.state === 'ENDED' && { ended_at: hours(-1) }),
      });
      if (plan.state === 'INVITED') {
        const asked = starter === first ? second : first;
        const decline = { ...of, one_to_one_id: id, person_id: asked.id };
        if (plan.declined) await this.put('one_to_one_decline', decline);
        continue;
      }
      await this.talk(id, first, second, plan);
    }
  }

  /** Made while the lines that are to close have not closed yet. */
  private async mandates(): Promise<void> {
    const { rows: lines } = await this.admin.query<{
      id: Id;
      organization_id: Id;
      report_id: Id;
      manager_id: Id;
    }>('select id, organization_id, report_id, manager_id from reporting_line order by id');
    for (const { line: which, expires, published, ended } of this.plan.mandates) {
      const line = lines[which % lines.length];
      if (line === undefined) return;
      const id = await this.put('mandate', {
        organization_id: line.organization_id,
        granted_by_id: line.manager_id,
        to_id: line.report_id,
        line_id: line.id,
        text: 'You decide',
        published,
        ...(expires !== null && { last_day: dayIn(0) }),
        ...(ended && { ended_at: hours(-1) }),
      });
      if (expires !== null)
        await this.admin.query(
          `update mandate set expires_at = now() + make_interval(mins => $2) where id = $1`,
          [id, expires],
        );
    }
  }

  private async handovers(): Promise<void> {
    const { rows: lines } = await this.admin.query<{
      id: Id;
      organization_id: Id;
      report_id: Id;
      manager_id: Id;
    }>('select id, organization_id, report_id, manager_id from reporting_line order by id');
    const completed = new Set<Id>();
    for (const { line: which, to, offers } of this.plan.handovers) {
      const line = lines[which % lines.length];
      if (line === undefined || completed.has(line.id)) continue;
      completed.add(line.id);
      const of = { organization_id: line.organization_id, line_id: line.id };
      const next = lines.findLast(({ id, report_id }) => report_id === line.report_id && id !== line.id);
      const anybody = this.people.filter(({ organizationId }) => organizationId === line.organization_id);
      const to_id = to === null ? (next ?? line).manager_id : anybody[to % anybody.length]?.id;
      await this.world.insert('handover', {
        ...of,
        person_id: line.report_id,
        from_id: line.manager_id,
        to_id,
        opened_on: dayIn(0),
      });
      for (const [position, kind] of offers.entries())
        await this.put('handover_offer', { ...of, kind, position, text: 'A desk' });
    }
  }

  private async trends(): Promise<void> {
    for (const [place, plan] of this.plan.releases.entries()) {
      const { head, quarter, published, responses } = plan;
      const year = `${2010 + place}`;
      const people = this.people.filter((p) => p.plan.elsewhere === plan.elsewhere);
      const leader = people[head % people.length];
      if (leader === undefined) continue;
      const of = { organization_id: leader.organizationId };
      const release_id = await this.put('trend_release', {
        ...of,
        period_key: quarter ? `${year}-Q1` : `${year}-03`,
        granularity: quarter ? 'QUARTER' : 'MONTH',
        starts_on: quarter ? `${year}-01-01` : `${year}-03-01`,
        ends_on: `${year}-03-31`,
        minimum_group_size: 5,
        released_at: hours(-2),
        published_at: hours(published),
        row_hash: '0'.repeat(64),
      });
      const in_release = { ...of, release_id };
      await this.put('trend_erratum', { ...in_release, text: 'Note' });
      const group = { ...in_release, tree: 'MANAGER', valid_from: `${year}-01-01` };
      await this.world.insert('trend_group', { ...group, key: 'organization', label: 'Organization' });
      await this.world.insert('trend_group', {
        ...group,
        key: leader.id,
        parent_key: 'organization',
        head_id: leader.id,
      });
      await this.world.insert('trend_cell', {
        ...in_release,
        tree: 'MANAGER',
        group_key: leader.id,
        metric: 'MET_RATE',
        status: 'SUPPRESSED',
        rounded_to: 0.05,
        definition_version: 1,
      });
      for (const { by, root } of responses) {
        await this.put('trend_response', {
          ...in_release,
          tree: 'MANAGER',
          group_key: root ? 'organization' : leader.id,
          by_id: people[by % people.length]?.id,
          text: 'Soon',
          due_on: '2030-01-01',
        });
      }
    }
  }

  private async talk(one_to_one_id: Id, first: Person, second: Person, plan: PairPlan): Promise<void> {
    const of = { organization_id: first.organizationId };
    const conversation_id = await this.put('conversation', { ...of, one_to_one_id, scheduled_at: hours(24) });
    await this.put('conversation', {
      ...of,
      one_to_one_id,
      scheduled_at: hours(48),
      off_the_record_by_id: plan.startedByFirst ? first.id : second.id,
    });
    const import_id = await this.put('notes_import', {
      ...of,
      one_to_one_id,
      proposed_by_id: first.id,
      proposed_at: ago(plan.importProposed),
    });
    await this.put('notes_import_section', { ...of, import_id, held_on: '2020-01-01', text: 'Notes' });
    for (const point of plan.points) {
      const author_id = (point.byFirst ? first : second).id;
      const point_id = await this.put('talking_point', {
        ...of,
        one_to_one_id,
        conversation_id,
        author_id,
        text: 'Point',
        draft: point.draft,
        position: 1,
      });
      await this.put('talking_point_version', { ...of, point_id, version: 1, author_id, text: 'Words' });
      await this.put('talking_point_carry', { ...of, point_id, from_id: conversation_id, position: 1 });
      if (point.about === null) continue;
      const { personal, which } = point.about;
      const inside = (id: Id): boolean => id === first.organizationId;
      const goals = personal
        ? this.goals.filter((g) => inside(g.owner.organizationId))
        : this.business.filter((b) => inside(b.organizationId));
      const about = goals[which % goals.length]?.id;
      const column = personal ? 'personal_goal_id' : 'business_goal_id';
      if (about !== undefined)
        await this.put('talking_point_subject', { ...of, point_id, author_id, [column]: about });
    }
    const { rows } = await this.admin.query<{ id: Id }>(
      'select id from shared_notes where conversation_id = $1',
      [conversation_id],
    );
    const version = { ...of, version: 1, author_id: first.id, text: 'Words' };
    await this.put('shared_notes_version', { ...version, notes_id: rows[0]?.id });
    if (plan.privateNotes) {
      await this.put('private_notes', { ...of, conversation_id, author_id: second.id, text: 'For myself' });
    }
    for (const [index, offered] of plan.feedback.entries()) {
      if (offered === null) continue;
      const author_id = [first, second][index]?.id;
      const given = { ...of, conversation_id, author_id, worth_it: 3, offered };
      await this.put('conversation_feedback', { ...given, offered_at: offered ? hours(-1) : null });
    }
    if (plan.promise) {
      const made = { one_to_one_id, made_in_id: conversation_id, text: 'Promise' };
      const item_id = await this.put('action_item', {
        ...of,
        ...made,
        owner_id: first.id,
        created_by_id: second.id,
      });
      await this.put('action_item_version', { ...version, item_id });
    }
  }
}
