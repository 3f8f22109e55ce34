import { createHash, randomBytes } from 'node:crypto';
import {
  day,
  hours,
  type TestGoal,
  type TestOrganization,
  type TestPerson,
  type World,
} from '../factories/world.js';

/** Every kind of caller that there is. */
export const CALLERS = [
  'anonymous',
  'employee',
  'manager',
  'PEOPLE_ADMIN',
  'ORGANIZATION_ADMIN',
  'HR_ANALYST',
  'AUDITOR',
  'former employee',
  'token TRENDS_READ',
  'token DIRECTORY_READ',
  'token DIRECTORY_WRITE',
  'token SCHEMA_READ',
  'person of another organization',
] as const;
export type CallerKind = (typeof CALLERS)[number];

/** A caller, with separate organizations. */
export interface Caller {
  readonly kind: CallerKind;
  /** Undefined: anonymous, or an API token. */
  readonly person: TestPerson | undefined;
  readonly role: string | undefined;
  readonly token: string | undefined;
  /** Their own, and another: nothing crosses. */
  readonly organizationIds: readonly string[];
}

interface Company {
  readonly organization: TestOrganization;
  readonly self: TestPerson;
  readonly boss: TestPerson;
}

/** A company and another one, where each text of each row holds words found nowhere else. */
export async function populate(world: World, kind: CallerKind, mark: () => string): Promise<Caller> {
  const here = await new Builder(world, mark).company(kind);
  const there = await new Builder(world, mark).company('employee');
  const as = (person: TestPerson | undefined, token: string | undefined, role?: string): Caller => {
    return { kind, person, token, role, organizationIds: [here.organization.id, there.organization.id] };
  };
  switch (kind) {
    case 'anonymous':
      return as(undefined, undefined);
    case 'person of another organization':
      return as(there.self, await world.signIn(there.self));
    case 'token TRENDS_READ':
    case 'token DIRECTORY_READ':
    case 'token DIRECTORY_WRITE':
    case 'token SCHEMA_READ':
      return as(undefined, await world.apiToken(here.organization, [kind.slice('token '.length)], here.boss));
    case 'PEOPLE_ADMIN':
    case 'ORGANIZATION_ADMIN':
    case 'HR_ANALYST':
    case 'AUDITOR':
      await world.role(here.self, kind);
      return as(here.self, await world.signIn(here.self), kind);
    case 'employee':
    case 'manager':
    case 'former employee':
      return as(here.self, await world.signIn(here.self));
  }
}

/** A small company around one person, and what two others have between them. */
class Builder {
  private organization!: TestOrganization;

  constructor(
    private readonly world: World,
    private readonly mark: () => string,
  ) {}

  async company(kind: CallerKind): Promise<Company> {
    const { world } = this;
    this.organization = await world.organization({ name: this.words('Company') });
    const departmentId = (await world.department(this.organization, this.words('Department'))).id;
    const locationId = (await world.location(this.organization, this.words('Place'))).id;
    const at = { departmentId, locationId };
    const boss = await this.person('Boss', at);
    const self = await this.person('Self', at);
    const peer = await this.person('Peer', at);
    const quiet = await this.person('Quiet', {});
    const silent = await this.person('Silent', {});
    const report = await this.person('Report', {});
    const leaver = await this.person('Leaver', {});

    const line = await world.line(self, boss);
    await world.line(peer, boss);
    await world.line(quiet, silent);
    const reports = kind === 'manager' || kind === 'former employee';
    if (reports) await world.line(report, self);
    await world.line(leaver, peer);
    await world.leaves(leaver, day(14));
    await world.role(boss, 'PEOPLE_ADMIN');
    await world.role(boss, 'ORGANIZATION_ADMIN');
    await world.role(quiet, 'HR_ANALYST');

    await this.goals(self, [boss, peer, quiet]);
    await this.goals(boss, [self, peer]);
    await this.goals(peer, [self, quiet]);
    await this.goals(quiet, [silent, self]);
    if (reports) await this.goals(report, [self]);
    await this.businessGoals(self, boss, quiet);
    await this.barriers([self, boss, peer, quiet, silent, report]);

    await this.oneToOne(self, boss, line.id);
    await this.oneToOne(quiet, silent);
    await this.oneToOne(boss, peer);
    if (reports) await this.oneToOne(report, self);
    await world.oneToOne(peer, self, { state: 'INVITED' });
    await world.oneToOne(self, quiet, { state: 'INVITED' });
    await this.administration(boss, quiet);
    if (kind === 'former employee') await world.leaves(self, day(-20));
    return { organization: this.organization, self, boss };
  }

  private words(what: string): string {
    return `${what} ${this.mark()}`;
  }

  /** Somebody with an account, whose address for signing in is not the directory's. */
  private async person(
    name: string,
    at: { departmentId?: string; locationId?: string },
  ): Promise<TestPerson> {
    const person = await this.world.person(this.organization, {
      name: this.words(name),
      email: `${this.mark()}@example.com`,
      externalId: this.mark(),
      title: this.words('Title'),
      ...at,
    });
    await this.world.signIn(person);
    await this.world.admin.query('update account set sign_in_address = $2 where person_id = $1', [
      person.id,
      `${this.mark()}@example.org`,
    ]);
    return person;
  }

  private async goals(owner: TestPerson, others: readonly TestPerson[]): Promise<void> {
    const { world } = this;
    for (const visibility of ['PRIVATE', 'SHARED', 'ORGANIZATION'] as const) {
      const goal = await world.goal(owner, {
        title: this.words(visibility),
        why: this.words('Why'),
        area: this.words('Area'),
        visibility,
        openToProposals: visibility !== 'PRIVATE',
      });
      await world.insert('personal_goal_version', {
        organization_id: owner.organizationId,
        goal_id: goal.id,
        version: 0,
        owner_id: owner.id,
        title: this.words('Earlier'),
      });
      await world.goalUpdate(goal, { text: this.words('Past update'), at: hours(-240) });
      await world.milestone(goal, { title: this.words('Past milestone'), createdAt: hours(-240) });
      if (visibility === 'SHARED') await this.shares(goal, others);
      await world.goalUpdate(goal, { text: this.words('Update') });
      await world.milestone(goal, { title: this.words('Milestone') });
    }
  }

  /** The first reads it, all of it; the second from now on; the third did once. */
  private async shares(goal: TestGoal, [first, second, third]: readonly TestPerson[]): Promise<void> {
    const { world } = this;
    if (first) await world.share(goal, first, { waits: false, includesPast: true });
    if (second) await world.share(goal, second, { activeSince: hours(-48) });
    if (third) await world.share(goal, third, { waits: false, endedAt: hours(-1) });
    if (first) {
      await world.insert('goal_access', {
        organization_id: goal.organizationId,
        reader_id: first.id,
        goal_id: goal.id,
        owner_id: goal.ownerId,
        on_day: day(-2),
        kind: 'OPENED',
      });
    }
  }

  private async businessGoals(self: TestPerson, boss: TestPerson, quiet: TestPerson): Promise<void> {
    const { world } = this;
    const cycle = await world.cycle(this.organization, this.words('Cycle'));
    for (const [owner, assignee] of [
      [self, boss],
      [boss, self],
      [quiet, boss],
    ] as const) {
      for (const state of ['DRAFT', 'OPEN']) {
        const goal = await world.businessGoal(owner, cycle, { title: this.words(state), state });
        if (owner !== quiet || state !== 'DRAFT') await world.assign(goal, assignee);
        const of = { organization_id: owner.organizationId, business_goal_id: goal.id };
        await world.insert('key_result', {
          ...of,
          title: this.words('Key result'),
          unit: this.words('unit'),
          start_value: 0,
          current_value: 1,
          target_value: 10,
          position: 1,
        });
        const checkIn = {
          author_id: owner.id,
          text: this.words('Check-in'),
          confidence: 3,
          health: 'AT_RISK',
        };
        await world.insert('check_in', { ...of, ...checkIn });
        const part = await world.goal(owner, { title: this.words('Served'), visibility: 'PRIVATE' });
        await world.alignment(part, goal, { how: this.words('How') });
      }
    }
    const open = await world.goal(self, {
      title: this.words('Open'),
      visibility: 'ORGANIZATION',
      openToProposals: true,
    });
    const offered = await world.businessGoal(quiet, cycle, { title: this.words('Offered') });
    await world.alignment(open, offered, { how: this.words('Proposal'), proposedBy: quiet });
  }

  /** Raised by each person and one without a name; the last has five supporters. */
  private async barriers(people: readonly TestPerson[]): Promise<void> {
    const { world } = this;
    const [self, boss] = people;
    const of = { organization_id: this.organization.id };
    const area = await world.insert('procedure_area', {
      ...of,
      name: this.words('Area'),
      answerer_id: self?.id,
      deputy_id: boss?.id,
    });
    for (const raiser of [...people.slice(0, 3), undefined]) {
      const barrier = await world.insert('barrier', {
        ...of,
        procedure_area_id: raiser === boss ? undefined : area.id,
        title: this.words('Barrier'),
        description: this.words('Description'),
        proposed_remedy: this.words('Remedy'),
        hinders_customers: raiser === undefined,
        raised_by_id: raiser?.id,
      });
      const supporters = raiser === undefined ? people.slice(1) : people.slice(-2);
      for (const { id } of supporters)
        await world.insert('barrier_support', { ...of, barrier_id: barrier.id, person_id: id });
      if (raiser === self) continue;
      await world.insert('barrier_answer', {
        ...of,
        barrier_id: barrier.id,
        status: 'REMOVED',
        text: this.words('Answer'),
        by_id: boss?.id,
      });
      const story = await world.insert('story', { ...of, barrier_id: barrier.id, text: this.words('Story') });
      const author = { ...of, story_id: story.id, person_id: people[2]?.id, named: raiser === boss };
      await world.insert('story_author', author);
      for (const { id } of people.slice(3))
        await world.insert('story_adoption', { ...of, story_id: story.id, person_id: id });
    }
    await world.insert('nameless_barrier', {
      ...of,
      title: this.words('Nameless'),
      hinders_customers: true,
      staged_on: day(0),
    });
    await world.pulse(this.organization);
  }

  private async oneToOne(first: TestPerson, second: TestPerson, lineId?: string): Promise<void> {
    const { world } = this;
    const pair = await world.oneToOne(first, second, {
      recurrence: 'FREQ=WEEKLY',
      ...(lineId !== undefined && { lineId }),
    });
    if (lineId !== undefined) {
      const { rows } = await world.admin.query<{ manager_id: string }>(
        'select manager_id from reporting_line where id = $1',
        [lineId],
      );
      const [manager, report] = rows[0]?.manager_id === first.id ? [first, second] : [second, first];
      await world.mandate(manager, report, { text: this.words('Mandate') });
    }
    for (const status of ['HELD', 'PLANNED'] as const) {
      const conversation = await world.conversation(pair, { status });
      if (status === 'HELD') {
        await world.feedback(conversation, second, { better: this.words('Feedback'), offered: true });
      }
      // A conversation comes with its notes, empty.
      const notes = await world.admin.query<{ id: string }>(
        `update shared_notes set text = $2, version = 1, updated_at = now(), updated_by_id = $3
         where conversation_id = $1 returning id`,
        [conversation.id, this.words('Notes'), first.id],
      );
      await world.insert('shared_notes_version', {
        organization_id: first.organizationId,
        notes_id: notes.rows[0]?.id,
        version: 1,
        author_id: first.id,
        text: this.words('Notes before'),
      });
      for (const author of [first, second]) {
        await world.privateNotes(conversation, author, this.words('Private notes'));
        await world.talkingPoint(conversation, author, { text: this.words('Point') });
        const secret = await world.goal(author, { title: this.words('Spoken of') });
        await world.talkingPoint(conversation, author, {
          text: this.words('Draft'),
          draft: true,
          about: secret,
        });
        await world.actionItem(conversation, author, { text: this.words('Promise'), dueOn: day(3) });
      }
    }
  }

  private async administration(boss: TestPerson, quiet: TestPerson): Promise<void> {
    const { world } = this;
    const of = { organization_id: boss.organizationId };
    await world.apiToken(this.organization, ['DIRECTORY_READ'], boss);
    await world.apiToken(this.organization, ['TRENDS_READ'], quiet);
    await world.insert('audit_entry', {
      ...of,
      actor_id: boss.id,
      action: 'ROLE_GRANTED',
      subject: this.words('Subject'),
    });
    await world.insert('invitation', {
      ...of,
      person_id: quiet.id,
      address: `${this.mark()}@example.net`,
      sent_by: boss.id,
      token_hash: createHash('sha256').update(randomBytes(32)).digest(),
    });
    const counts = [
      'created',
      'changed',
      'ended',
      'restored',
      'managers_changed',
      'unchanged',
      'error_count',
    ];
    const errors = JSON.stringify([{ line: 2, column: 'name', message: this.words('Error') }]);
    const report = await world.insert<{ id: string }>('import_report', {
      ...of,
      by_id: boss.id,
      dry_run: false,
      rows: 1,
      error_count: 1,
      errors,
    });
    await world.insert('import_outcome', {
      ...of,
      report_id: report.id,
      ...Object.fromEntries(counts.map((count) => [count, 1])),
      absent_count: 1,
      absent: JSON.stringify([this.mark()]),
      errors,
    });
  }
}
