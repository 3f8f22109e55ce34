import { createHash, randomBytes } from 'node:crypto';
import type { Client, Pool } from 'pg';

/**
 * A day counted from today: -1 is yesterday.
 *
 * @param timeZone of the organization: its days are those of lines and employment
 */
export function day(offset: number, timeZone = 'UTC'): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
  return new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10);
}

/** A moment counted from now, in hours. */
export function hours(offset: number): Date {
  return new Date(Date.now() + offset * 3_600_000);
}

export interface TestOrganization {
  readonly id: string;
  readonly name: string;
}
export interface TestPerson {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly email: string;
}
export interface TestGoal {
  readonly id: string;
  readonly organizationId: string;
  readonly ownerId: string;
  readonly title: string;
}
export interface TestRow {
  readonly id: string;
  readonly organizationId: string;
}

export interface TestPulse {
  readonly id: string;
  readonly periodId: string;
  readonly quarterId: string;
}

type Values = Record<string, unknown>;

/** One of the other scale among them. */
const PULSE_QUESTIONS = [
  { id: 'mutual-trust-1', driver: 'MUTUAL_TRUST', scale: 'ONE_TO_FIVE' },
  { id: 'voice-1', driver: 'VOICE', scale: 'ONE_TO_FIVE' },
  { id: 'recommend-1', driver: 'RECOMMEND', scale: 'ZERO_TO_TEN' },
];

/** Who makes API tokens with a scope. */
const MAKERS: Readonly<Record<string, string>> = {
  TRENDS_READ: 'HR_ANALYST',
  DIRECTORY_READ: 'PEOPLE_ADMIN',
  DIRECTORY_WRITE: 'PEOPLE_ADMIN',
  SCHEMA_READ: 'ORGANIZATION_ADMIN',
};

/**
 * Builds worlds for tests, straight as the role that owns the tables: policies do not apply to it, triggers do.
 * Everything else about a test goes through the service or the serving role.
 */
export class World {
  private count = 0;
  private latest = 0;

  constructor(readonly admin: Client | Pool) {}

  /** Inserts one row (columns in snake_case; undefined is left to its default) and returns it. */
  async insert<T extends Values>(table: string, values: Values): Promise<T> {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    const columns = given.map(([column]) => `"${column}"`).join(', ');
    const places = given.map((_, index) => `$${String(index + 1)}`).join(', ');
    const result = await this.admin.query<T>(
      `insert into "${table}" (${columns}) values (${places}) returning *`,
      given.map(([, value]) => value),
    );
    const [row] = result.rows;
    if (row === undefined) throw new Error(`nothing inserted into ${table}`);
    return row;
  }

  async organization(
    options: { name?: string; timeZone?: string; leadersShareFirst?: boolean } = {},
  ): Promise<TestOrganization> {
    return this.insert<TestOrganization & Values>('organization', {
      name: options.name ?? `Organization ${this.next()}`,
      time_zone: options.timeZone,
      leaders_share_first: options.leadersShareFirst,
    });
  }

  async department(organization: TestOrganization, name = `Department ${this.next()}`): Promise<TestRow> {
    return this.row('department', organization.id, { name });
  }

  async location(organization: TestOrganization, name = `Location ${this.next()}`): Promise<TestRow> {
    return this.row('location', organization.id, { name });
  }

  /** A person without an account; `signIn` gives them one. */
  async person(
    organization: TestOrganization,
    options: {
      name?: string;
      email?: string;
      externalId?: string;
      title?: string;
      departmentId?: string;
      locationId?: string;
      hiredOn?: string;
    } = {},
  ): Promise<TestPerson> {
    const name = options.name ?? `Person ${this.next()}`;
    const email =
      options.email ?? `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}.${this.next()}@example.com`;
    const { id } = await this.row('person', organization.id, {
      name,
      email,
      external_id: options.externalId,
      title: options.title,
      department_id: options.departmentId,
      location_id: options.locationId,
      hired_on: options.hiredOn,
    });
    return { id, organizationId: organization.id, name, email };
  }

  /** The last day of somebody's employment, which was written down on that day, or before. */
  async leaves(person: TestPerson, endedOn: string): Promise<void> {
    await this.insert('employment_end', {
      person_id: person.id,
      organization_id: person.organizationId,
      ended_on: endedOn,
      recorded_at: new Date(Math.min(Date.now(), Date.parse(endedOn))),
    });
  }

  /** A reporting line from `from` (default: long ago) until it is closed on `until` (not included; default: open). */
  async line(
    report: TestPerson,
    manager: TestPerson,
    options: { kind?: 'PRIMARY' | 'DOTTED'; from?: string; until?: string } = {},
  ): Promise<TestRow> {
    return this.row('reporting_line', report.organizationId, {
      report_id: report.id,
      manager_id: manager.id,
      kind: options.kind ?? 'PRIMARY',
      starts_on: options.from ?? '2020-01-01',
      closed_on: options.until,
    });
  }

  /** Opens the present periods and a pulse of the month, which asks everybody who is employed now. Mails nobody. */
  async pulse(
    organization: TestOrganization,
    questions: readonly object[] = PULSE_QUESTIONS,
  ): Promise<TestPulse> {
    const setRhythm = 'update organization set pulse_rhythm = $2 where id = $1';
    // Whether the month has a pulse depends on its day.
    await this.admin.query(setRhythm, [organization.id, 'OFF']);
    await this.admin.query(
      `select app.open_period($1, date_trunc('month', app.today_in($1))::date, '[]', '[]')`,
      [organization.id],
    );
    await this.admin.query(setRhythm, [organization.id, 'MONTHLY']);
    const opened = await this.admin.query<{ id: string }>(
      `select app.open_pulse(e, $2) as id from engagement_period e where e.organization_id = $1 and e.granularity = 'MONTH'`,
      [organization.id, JSON.stringify(questions)],
    );
    const { rows } = await this.admin.query<TestPulse>(
      'select id, period_id as "periodId", quarter_id as "quarterId" from pulse where id = $1',
      [opened.rows[0]?.id],
    );
    const [pulse] = rows;
    if (!pulse) throw new Error('no pulse was opened');
    return pulse;
  }

  async role(person: TestPerson, role: string): Promise<void> {
    await this.insert('role_grant', { person_id: person.id, role, organization_id: person.organizationId });
  }

  /** Gives the person an account if they have none, and a live session. Returns its bearer token. */
  async signIn(person: TestPerson): Promise<string> {
    await this.admin.query(
      `insert into account (person_id, organization_id, sign_in_address, password_hash)
       values ($1, $2, $3, 'no password opens this account') on conflict do nothing`,
      [person.id, person.organizationId, person.email],
    );
    return this.session(person.organizationId, { person_id: person.id });
  }

  /** An API token with these scopes, made by this person or, where their roles do not give them, by somebody else. Returns the token. */
  async apiToken(
    organization: TestOrganization,
    scopes: readonly string[],
    by?: TestPerson,
  ): Promise<string> {
    const maker = by && (await this.mayMake(by, scopes)) ? by : await this.maker(organization, scopes);
    return this.session(organization.id, { scopes: [...scopes], created_by: maker.id });
  }

  private async mayMake({ id }: TestPerson, scopes: readonly string[]): Promise<boolean> {
    const { rows } = await this.admin.query<{ role: string }>(
      'select role from role_grant where person_id = $1',
      [id],
    );
    return scopes.every((scope) => rows.some(({ role }) => role === MAKERS[scope]));
  }

  /** Somebody without an account who holds the roles for these scopes. */
  private async maker(organization: TestOrganization, scopes: readonly string[]): Promise<TestPerson> {
    const maker = await this.person(organization, { name: `Maker of tokens ${this.next()}` });
    for (const role of new Set(scopes.map((scope) => MAKERS[scope]))) {
      if (role !== undefined) await this.role(maker, role);
    }
    return maker;
  }

  async goal(
    owner: TestPerson,
    options: {
      title?: string;
      why?: string;
      area?: string;
      visibility?: 'PRIVATE' | 'SHARED' | 'ORGANIZATION';
      status?: string;
      openToProposals?: boolean;
      createdAt?: Date;
    } = {},
  ): Promise<TestGoal> {
    const title = options.title ?? `Goal ${this.next()}`;
    const { id } = await this.row('personal_goal', owner.organizationId, {
      owner_id: owner.id,
      title,
      why: options.why,
      visibility: options.visibility,
      status: options.status,
      open_to_proposals: options.openToProposals,
    });
    const created = options.createdAt ?? this.moment();
    await this.insert('personal_goal_own', {
      goal_id: id,
      organization_id: owner.organizationId,
      owner_id: owner.id,
      area: options.area,
      created_at: created,
      updated_at: created,
    });
    return { id, organizationId: owner.organizationId, ownerId: owner.id, title };
  }

  /** A share as the database settles it: it waits if it asks to (default) and the rules say so. */
  async share(
    goal: TestGoal,
    reader: TestPerson,
    options: {
      waits?: boolean;
      includesPast?: boolean;
      expiresAt?: Date;
      /** When it became readable, unless it waits. */
      activeSince?: Date;
      endedAt?: Date;
    } = {},
  ): Promise<TestRow & { readonly waiting: boolean }> {
    return this.row('goal_share', goal.organizationId, {
      goal_id: goal.id,
      owner_id: goal.ownerId,
      with_id: reader.id,
      waiting: options.waits ?? true,
      includes_past: options.includesPast,
      expires_at: options.expiresAt,
      became_active_at: options.activeSince,
      ended_at: options.endedAt,
    });
  }

  /** An update, written when it is dated unless `createdAt` says otherwise. */
  async goalUpdate(
    goal: TestGoal,
    options: { text?: string; at?: Date; createdAt?: Date; measuredValue?: number } = {},
  ): Promise<TestRow> {
    return this.row('goal_update', goal.organizationId, {
      goal_id: goal.id,
      author_id: goal.ownerId,
      text: options.text ?? `Update ${this.next()}`,
      measured_value: options.measuredValue,
      at: options.at,
      created_at: options.createdAt ?? options.at,
    });
  }

  async milestone(
    goal: TestGoal,
    options: { title?: string; createdAt?: Date; reachedOn?: string; reachedAt?: Date } = {},
  ): Promise<TestRow> {
    return this.row('milestone', goal.organizationId, {
      goal_id: goal.id,
      owner_id: goal.ownerId,
      title: options.title ?? `Milestone ${this.next()}`,
      position: ++this.count,
      created_at: options.createdAt,
      reached_on: options.reachedOn,
      reached_at: options.reachedAt ?? (options.reachedOn === undefined ? undefined : new Date()),
    });
  }

  /** Of 91 days. */
  async cycle(
    organization: TestOrganization,
    name = `Cycle ${this.next()}`,
    startsIn = -30,
  ): Promise<TestRow> {
    const days = { starts_on: day(startsIn), ends_on: day(startsIn + 90) };
    return this.row('cycle', organization.id, { name, ...days });
  }

  async businessGoal(
    owner: TestPerson,
    cycle: TestRow,
    options: { title?: string; state?: string; parentId?: string; continuesId?: string } = {},
  ): Promise<TestRow> {
    return this.row('business_goal', owner.organizationId, {
      owner_id: owner.id,
      cycle_id: cycle.id,
      title: options.title ?? `Business goal ${this.next()}`,
      state: options.state ?? 'OPEN',
      parent_id: options.parentId,
      continues_id: options.continuesId,
    });
  }

  async assign(businessGoal: TestRow, person: TestPerson): Promise<void> {
    await this.insert('business_goal_assignee', {
      business_goal_id: businessGoal.id,
      person_id: person.id,
      organization_id: businessGoal.organizationId,
    });
  }

  /** Placed by the goal's owner, unless somebody else proposes. */
  async alignment(
    goal: TestGoal,
    businessGoal: TestRow,
    options: { how?: string; proposedBy?: TestPerson; createdAt?: Date } = {},
  ): Promise<TestRow> {
    return this.row('alignment', goal.organizationId, {
      personal_goal_id: goal.id,
      owner_id: goal.ownerId,
      business_goal_id: businessGoal.id,
      how: options.how,
      proposed_by_id: options.proposedBy?.id ?? goal.ownerId,
      state: options.proposedBy === undefined ? 'PLACED' : 'PROPOSED',
      proposed_at: options.createdAt,
    });
  }

  async oneToOne(
    starter: TestPerson,
    other: TestPerson,
    options: {
      state?: 'INVITED' | 'OPEN' | 'ENDED';
      lineId?: string;
      recurrence?: string;
      invitedAt?: Date;
    } = {},
  ): Promise<TestRow> {
    const [first, second] = [starter.id, other.id].sort();
    return this.row('one_to_one', starter.organizationId, {
      first_id: first,
      second_id: second,
      started_by_id: starter.id,
      state: options.state ?? 'OPEN',
      line_id: options.lineId,
      recurrence: options.recurrence,
      recurrence_starts_at: options.recurrence === undefined ? undefined : hours(24),
      time_zone: 'Europe/Berlin',
      invited_at: options.invitedAt,
      ended_at: options.state === 'ENDED' ? new Date() : undefined,
    });
  }

  async conversation(
    oneToOne: TestRow,
    options: { status?: 'PLANNED' | 'HELD' | 'SKIPPED' | 'CANCELLED'; scheduledAt?: Date } = {},
  ): Promise<TestRow> {
    const status = options.status ?? 'PLANNED';
    const scheduledAt = options.scheduledAt ?? hours(status === 'PLANNED' ? 24 : -24);
    return this.row('conversation', oneToOne.organizationId, {
      one_to_one_id: oneToOne.id,
      status,
      scheduled_at: scheduledAt,
      held_at: status === 'HELD' ? scheduledAt : undefined,
      closed_at: status === 'PLANNED' ? undefined : scheduledAt,
    });
  }

  async talkingPoint(
    conversation: TestRow,
    author: TestPerson,
    options: { text?: string; draft?: boolean; discussed?: boolean; about?: TestGoal } = {},
  ): Promise<TestRow> {
    const { one_to_one_id: oneToOneId } = await this.find('conversation', conversation.id);
    const point = await this.row('talking_point', conversation.organizationId, {
      one_to_one_id: oneToOneId,
      conversation_id: conversation.id,
      raised_in_id: conversation.id,
      author_id: author.id,
      text: options.text ?? `Point ${this.next()}`,
      draft: options.draft ?? false,
      discussed: options.discussed,
      position: ++this.count,
    });
    if (options.about !== undefined) {
      await this.insert('talking_point_subject', {
        point_id: point.id,
        organization_id: conversation.organizationId,
        author_id: author.id,
        personal_goal_id: options.about.id,
      });
    }
    return point;
  }

  agendaTemplate(owner: TestPerson, points: readonly string[] = ['How are you?']): Promise<TestRow> {
    const name = `Template ${this.next()}`;
    return this.row('agenda_template', owner.organizationId, { owner_id: owner.id, name, points });
  }

  async privateNotes(
    conversation: TestRow,
    author: TestPerson,
    text = `Private ${this.next()}`,
  ): Promise<void> {
    await this.insert('private_notes', {
      conversation_id: conversation.id,
      author_id: author.id,
      organization_id: conversation.organizationId,
      text,
    });
  }

  /** What a participant says about a conversation that was held; kept by default. */
  feedback(
    conversation: TestRow,
    author: TestPerson,
    options: { better?: string; worthIt?: number; offered?: boolean } = {},
  ): Promise<TestRow> {
    const offered = options.offered ?? false;
    return this.row('conversation_feedback', conversation.organizationId, {
      conversation_id: conversation.id,
      author_id: author.id,
      better: options.better ?? `Better ${this.next()}`,
      worth_it: options.worthIt,
      offered,
      offered_at: offered ? new Date() : undefined,
    });
  }

  async actionItem(
    conversation: TestRow,
    owner: TestPerson,
    options: { text?: string; dueOn?: string; createdBy?: TestPerson; createdAt?: Date } = {},
  ): Promise<TestRow> {
    const { one_to_one_id: oneToOneId } = await this.find('conversation', conversation.id);
    return this.row('action_item', conversation.organizationId, {
      one_to_one_id: oneToOneId,
      made_in_id: conversation.id,
      owner_id: owner.id,
      created_by_id: options.createdBy?.id ?? owner.id,
      text: options.text ?? `Promise ${this.next()}`,
      due_on: options.dueOn,
      created_at: options.createdAt,
    });
  }

  /** A mandate, by default without a last day and not published. Depends on the latest line between the two. */
  async mandate(
    manager: TestPerson,
    to: TestPerson,
    options: {
      text?: string;
      lastDay?: string;
      published?: boolean;
      askedBy?: TestPerson;
      endedAt?: Date;
    } = {},
  ): Promise<TestRow> {
    const { rows } = await this.admin.query<{ id: string }>(
      'select id from reporting_line where report_id = $1 and manager_id = $2 order by starts_on desc limit 1',
      [to.id, manager.id],
    );
    const made = await this.row<TestRow>('mandate', to.organizationId, {
      granted_by_id: manager.id,
      to_id: to.id,
      line_id: rows[0]?.id,
      text: options.text ?? `Mandate ${this.next()}`,
      last_day: options.lastDay,
      published: options.published,
      ended_at: options.endedAt,
    });
    if (options.askedBy)
      await this.admin.query('update mandate_own set publication_asked_by_id = $2 where mandate_id = $1', [
        made.id,
        options.askedBy.id,
      ]);
    return made;
  }

  /** One row as it stands, past every policy. */
  async find(table: string, id: string): Promise<Values> {
    const result = await this.admin.query<Values>(`select * from "${table}" where id = $1`, [id]);
    const [row] = result.rows;
    if (row === undefined) throw new Error(`no such row in ${table}`);
    return row;
  }

  private async row<T extends TestRow>(table: string, organizationId: string, values: Values): Promise<T> {
    const inserted = await this.insert<Values & { id: string }>(table, {
      organization_id: organizationId,
      ...values,
    });
    return { ...inserted, organizationId } as unknown as T;
  }

  private async session(organizationId: string, values: Values): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.insert('session', {
      organization_id: organizationId,
      label: 'test',
      expires_at: hours(24),
      token_hash: createHash('sha256').update(token).digest(),
      ...values,
    });
    return token;
  }

  /** Now, and later than every moment before it: what is made one after the other must not fall into one millisecond. */
  private moment(): Date {
    this.latest = Math.max(Date.now(), this.latest + 1);
    return new Date(this.latest);
  }

  private next(): string {
    return `${String(++this.count)}-${randomBytes(3).toString('hex')}`;
  }
}
