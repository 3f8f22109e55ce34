import {
  addDays,
  dayIn,
  keyOf,
  startOfDay,
  type Id,
  type TableName,
  type Tables,
  type World,
} from './rows.js';

/**
 * An independent implementation of who can see which rows, over plain objects. It is written from the rules in docs/domain.md, shares
 * no code with the policies, and is compared with them row by row.
 */

const DAY = 86_400_000_000;
const DAYS_TO_FETCH_ONES_OWN = 90;
const DAYS_UNUSED = 16;
const DAYS_TO_ANSWER = 30;

type Share = Tables['goal_share'];
type Pair = Tables['one_to_one'];

/** Scopes, and the role that can create tokens with them. */
const MAKERS: Readonly<Record<string, string>> = {
  TRENDS_READ: 'HR_ANALYST',
  DIRECTORY_READ: 'PEOPLE_ADMIN',
  DIRECTORY_WRITE: 'PEOPLE_ADMIN',
  SCHEMA_READ: 'ORGANIZATION_ADMIN',
};

/** A world as one session sees it. `sessionHash` null or unknown: an anonymous caller. */
export class Oracle {
  /** The person of the session, including a former employee during their 90 days of access. */
  readonly self: Id | null = null;
  /** The person of the session while they are employed. */
  readonly viewer: Id | null = null;
  /** The organization of the session's person or API token. */
  readonly home: Id | null = null;
  readonly sessionId: Id | null = null;
  readonly scopes: readonly string[] = [];
  private readonly roles: ReadonlySet<string> = new Set();
  private readonly shares: readonly Share[];
  private readonly seen = new Map<string, boolean>();

  constructor(
    readonly world: World,
    sessionHash: string | null,
  ) {
    const session = world.session.find(({ token_hash }) => token_hash === `\\x${String(sessionHash)}`);
    if (session && this.isAlive(session)) {
      this.home = session.organization_id;
      this.sessionId = session.id;
      this.scopes = session.scopes;
      this.self = session.person_id;
      if (this.self !== null && this.isEmployed(this.self)) {
        this.viewer = this.self;
        const own = world.role_grant.filter(({ person_id }) => person_id === this.self);
        this.roles = new Set(own.map(({ role }) => role));
      }
    }
    this.shares = world.goal_share.filter((share) => share.with_id === this.viewer && this.isActive(share));
  }

  private isAlive(session: Tables['session']): boolean {
    const { world } = this;
    if (session.revoked_at !== null || session.expires_at <= world.now) return false;
    if (session.person_id === null) return this.isBacked(session);
    if (session.last_seen_at <= world.now - DAYS_UNUSED * DAY) return false;
    const account = world.account.find(({ person_id }) => person_id === session.person_id);
    // Disabling an account does not shorten a former employee's 90 days of access.
    if (this.isEmployed(session.person_id)) return account?.disabled_at === null;
    return !this.isForgotten(session.person_id);
  }

  /** An API token is valid while its creator is employed and holds the roles for all of its scopes. */
  private isBacked({ created_by, scopes }: Tables['session']): boolean {
    return (
      created_by !== null &&
      this.isEmployed(created_by) &&
      scopes.every((scope) =>
        this.world.role_grant.some((r) => r.person_id === created_by && r.role === MAKERS[scope]),
      )
    );
  }

  // ------------------------------------------------------------------------------------------------- people

  private endOf(person: Id): Tables['employment_end'] | undefined {
    return this.world.employment_end.find(({ person_id }) => person_id === person);
  }

  private zoneOf(organization: Id): string {
    return this.world.organization.find(({ id }) => id === organization)?.time_zone ?? 'UTC';
  }

  /** Whether this day of the organization has begun. */
  hasBegun(day: string, organization: Id): boolean {
    return startOfDay(day, this.zoneOf(organization)) <= this.world.now;
  }

  /** The last day is part of the employment. */
  isEmployed(person: Id): boolean {
    const end = this.endOf(person);
    return end === undefined || !this.hasBegun(addDays(end.ended_on, 1), end.organization_id);
  }

  /** Ninety days after the last day or the day on which it was recorded, whichever is later. */
  private isForgotten(person: Id): boolean {
    const end = this.endOf(person);
    if (end === undefined) return false;
    const written = dayIn(this.zoneOf(end.organization_id), end.recorded_at);
    const last = written > end.ended_on ? written : end.ended_on;
    return this.hasBegun(addDays(last, DAYS_TO_FETCH_ONES_OWN + 1), end.organization_id);
  }

  /** An employed person of this organization. */
  belongsTo(organization: Id): boolean {
    return this.viewer !== null && organization === this.home;
  }

  /** A person of this organization with this role. */
  is(role: string, organization: Id): boolean {
    return this.belongsTo(organization) && this.roles.has(role);
  }

  /** A person of this organization with this role and an account that can use it now. */
  private canAdminister(person: Id): boolean {
    const account = this.world.account.find(({ person_id }) => person_id === person);
    return (
      account?.disabled_at === null &&
      this.isEmployed(person) &&
      this.world.role_grant.some((r) => r.person_id === person && r.role === 'ORGANIZATION_ADMIN')
    );
  }

  /** Whether this is the only person who can administer the organization and has no last day. */
  isLastAdministrator(person: Id, organization: Id): boolean {
    return (
      this.canAdminister(person) &&
      !this.world.role_grant.some(
        (r) =>
          r.organization_id === organization &&
          r.person_id !== person &&
          this.canAdminister(r.person_id) &&
          this.endOf(r.person_id) === undefined,
      )
    );
  }

  private readsDirectory(organization: Id): boolean {
    return this.belongsTo(organization) || this.hasScope('DIRECTORY_READ', organization);
  }

  hasScope(scope: string, organization: Id): boolean {
    return this.scopes.includes(scope) && organization === this.home;
  }

  mayMakeTokens(scopes: readonly string[], organization: Id): boolean {
    return scopes.length > 0 && scopes.every((scope) => this.is(MAKERS[scope] ?? '', organization));
  }

  /** Former employees still read the names that the audience, the access log and the parts of their own goals contain. */
  private isNamedInOwnGoals(person: Id): boolean {
    return (
      this.self !== null &&
      (this.world.goal_share.some((s) => s.owner_id === this.self && s.with_id === person) ||
        this.world.goal_access.some((a) => a.owner_id === this.self && a.reader_id === person) ||
        this.world.alignment.some((a) => a.owner_id === this.self && a.proposed_by_id === person))
    );
  }

  private isOfLine(line: { report_id: Id; manager_id: Id }): boolean {
    return this.viewer !== null && (line.report_id === this.viewer || line.manager_id === this.viewer);
  }

  isOpen(line: Tables['reporting_line']): boolean {
    const begun = (day: string): boolean => this.hasBegun(day, line.organization_id);
    return begun(line.starts_on) && (line.ends_on === null || !begun(line.ends_on));
  }

  // ------------------------------------------------------------------------------------------------- goals

  /** A share that is over for good: ended, expired, its reporting line ended, or one of the two people has been gone for ninety days. */
  isOverForGood(share: Share): boolean {
    const { world } = this;
    if (share.ended_at !== null) return true;
    if (share.expires_at !== null && share.expires_at <= world.now) return true;
    const line = world.reporting_line.find(({ id }) => id === share.line_id);
    if (line?.closed_on != null && this.hasBegun(line.closed_on, line.organization_id)) return true;
    return this.isForgotten(share.owner_id) || this.isForgotten(share.with_id);
  }

  /** A share that is over, or suspended because one of the two people has left. */
  isOver(share: Share): boolean {
    return this.isOverForGood(share) || !this.isEmployed(share.owner_id) || !this.isEmployed(share.with_id);
  }

  /** A share that is neither pending nor over. Making a goal PRIVATE ends its shares, so it has no active ones. */
  isActive(share: Share): boolean {
    const goal = this.world.personal_goal.find(({ id }) => id === share.goal_id);
    return !share.waiting && !this.isOver(share) && goal?.visibility !== 'PRIVATE';
  }

  private sharesOf(goalId: Id): readonly Share[] {
    return this.shares.filter(({ goal_id }) => goal_id === goalId);
  }

  /** A goal whose parts are all visible: the owner's, or one that is visible to the organization. */
  private seesWhole(goal: Tables['personal_goal']): boolean {
    if (goal.owner_id === this.self) return true;
    return (
      goal.visibility === 'ORGANIZATION' &&
      this.belongsTo(goal.organization_id) &&
      this.isEmployed(goal.owner_id)
    );
  }

  seesGoal(goalId: Id): boolean {
    const goal = this.world.personal_goal.find(({ id }) => id === goalId);
    return goal !== undefined && (this.seesWhole(goal) || this.sharesOf(goalId).length > 0);
  }

  /** A milestone or an update. `times`: when it was added, and when its content changed. */
  private seesPart(goalId: Id, times: readonly (number | null)[]): boolean {
    const goal = this.world.personal_goal.find(({ id }) => id === goalId);
    if (goal === undefined) return false;
    return (
      this.seesWhole(goal) ||
      this.sharesOf(goalId).some(
        (share) =>
          share.includes_past ||
          times.some((time) => time !== null && time >= (share.became_active_at ?? Infinity)),
      )
    );
  }

  isAssigned(businessGoalId: Id): boolean {
    return (
      this.viewer !== null &&
      this.world.business_goal_assignee.some(
        (a) => a.business_goal_id === businessGoalId && a.person_id === this.viewer,
      )
    );
  }

  seesBusinessGoal(businessGoalId: Id | null): boolean {
    const goal = this.world.business_goal.find(({ id }) => id === businessGoalId);
    if (goal === undefined || !this.belongsTo(goal.organization_id)) return false;
    return goal.state !== 'DRAFT' || goal.owner_id === this.viewer || this.isAssigned(goal.id);
  }

  /** A proposal lapses thirty days after it was made, or when its proposer loses sight of the goal. */
  private isProposalAlive(alignment: Tables['alignment']): boolean {
    return (alignment.proposed_at ?? 0) > this.world.now - DAYS_TO_ANSWER * DAY;
  }

  // ------------------------------------------------------------------------------------------------- one-to-ones

  private isOfPair(pair: Pair): boolean {
    return this.viewer !== null && (pair.first_id === this.viewer || pair.second_id === this.viewer);
  }

  private hasLapsed(pair: Pair): boolean {
    return pair.state === 'INVITED' && pair.invited_at <= this.world.now - DAYS_TO_ANSWER * DAY;
  }

  hasDeclined(pairId: Id): boolean {
    return this.world.one_to_one_decline.some(
      (d) => d.one_to_one_id === pairId && d.person_id === this.viewer,
    );
  }

  seesPair(pairId: Id): boolean {
    const pair = this.world.one_to_one.find(({ id }) => id === pairId);
    return pair !== undefined && this.isOfPair(pair) && !this.hasLapsed(pair) && !this.hasDeclined(pairId);
  }

  /** Open, and neither of the two has left. */
  isOpenPair(pairId: Id): boolean {
    const pair = this.world.one_to_one.find(({ id }) => id === pairId);
    return (
      pair !== undefined &&
      this.isOfPair(pair) &&
      pair.state === 'OPEN' &&
      this.isEmployed(pair.first_id) &&
      this.isEmployed(pair.second_id)
    );
  }

  pairOfConversation(conversationId: Id): Id {
    return this.world.conversation.find(({ id }) => id === conversationId)?.one_to_one_id ?? '';
  }

  /** What the two say in a conversation off the record is written nowhere. */
  isOnTheRecord(conversationId: Id | null): boolean {
    const conversation = this.world.conversation.find(({ id }) => id === conversationId);
    return (conversation?.off_the_record_by_id ?? null) === null;
  }

  /** Both participants have offered feedback on the conversation. */
  isFeedbackRevealed(conversationId: Id): boolean {
    const offers = this.world.conversation_feedback.filter(
      ({ conversation_id, offered }) => conversation_id === conversationId && offered,
    );
    return new Set(offers.map(({ author_id }) => author_id)).size === 2;
  }

  /** A proposal that nobody answers lapses. */
  seesNotesImport(importId: Id): boolean {
    const notesImport = this.world.notes_import.find(({ id }) => id === importId);
    return (
      notesImport !== undefined &&
      this.seesPair(notesImport.one_to_one_id) &&
      (notesImport.accepted_at !== null || notesImport.proposed_at > this.world.now - DAYS_TO_ANSWER * DAY)
    );
  }

  conversationOfNotes(notesId: Id): Id | null {
    return this.world.shared_notes.find(({ id }) => id === notesId)?.conversation_id ?? null;
  }

  pairOfNotes(notesId: Id): Id {
    const notes = this.world.shared_notes.find(({ id }) => id === notesId);
    return this.pairOfConversation(notes?.conversation_id ?? '');
  }

  pairOfItem(itemId: Id): Id {
    return this.world.action_item.find(({ id }) => id === itemId)?.one_to_one_id ?? '';
  }

  isOfMandate(row: { readonly granted_by_id: Id; readonly to_id: Id }): boolean {
    return this.viewer !== null && (row.granted_by_id === this.viewer || row.to_id === this.viewer);
  }

  /** The person; and the new manager while they manage the person, if something is offered to them. */
  seesHandover(lineId: Id): boolean {
    const handover = this.world.handover.find(({ line_id }) => line_id === lineId);
    if (handover === undefined || this.viewer === null) return false;
    return handover.person_id === this.viewer || this.isOfferedTo(lineId);
  }

  isOfferedTo(lineId: Id): boolean {
    const handover = this.world.handover.find(({ line_id }) => line_id === lineId);
    return (
      handover !== undefined &&
      this.viewer !== null &&
      handover.to_id === this.viewer &&
      this.world.handover_offer.some(({ line_id }) => line_id === lineId) &&
      this.world.reporting_line.some(
        (line) =>
          line.report_id === handover.person_id && line.manager_id === handover.to_id && this.isOpen(line),
      )
    );
  }

  /** Neither ended nor past its last day, in a reporting line that has not ended. */
  holds(mandate: Tables['mandate']): boolean {
    const line = this.world.reporting_line.find(({ id }) => id === mandate.line_id);
    return (
      mandate.ended_at === null &&
      (mandate.expires_at === null || mandate.expires_at > this.world.now) &&
      line !== undefined &&
      this.isOpen(line)
    );
  }

  seesPoint(pointId: Id): boolean {
    const point = this.world.talking_point.find(({ id }) => id === pointId);
    return (
      point !== undefined &&
      this.seesPair(point.one_to_one_id) &&
      (!point.draft || point.author_id === this.viewer)
    );
  }

  // ------------------------------------------------------------------------------------------------- every table

  // ------------------------------------------------------------------------------------------------- trends

  /** HR and tokens for trends from the release on; other people, by the setting of the organization, once it is published. */
  private readsRelease(id: Id): boolean {
    const release = this.world.trend_release.find((r) => r.id === id);
    if (release === undefined) return false;
    const { organization_id: of } = release;
    if (this.hasScope('TRENDS_READ', of) || this.is('HR_ANALYST', of)) return true;
    if (!this.belongsTo(of) || release.published_at > this.world.now) return false;
    const visible = this.world.organization.find((o) => o.id === of)?.trends_visible_to ?? 'EVERYONE';
    const leads = this.world.reporting_line.some((l) => l.manager_id === this.viewer && this.isOpen(l));
    return visible === 'EVERYONE' || (visible === 'LEADERS_AND_HR' && leads);
  }

  /** Who speaks for a group of a release that they can read. */
  respondsFor(releaseId: Id, tree: string, key: string): boolean {
    const group = this.world.trend_group.find(
      (g) => g.release_id === releaseId && g.tree === tree && g.key === key,
    );
    return (
      group !== undefined &&
      this.readsRelease(releaseId) &&
      (this.is('HR_ANALYST', group.organization_id) ||
        (this.viewer !== null && group.head_id === this.viewer))
    );
  }

  private readonly readers: { [T in TableName]: (row: Tables[T]) => boolean } = {
    organization: ({ id }) =>
      (this.self !== null && id === this.home) ||
      this.readsDirectory(id) ||
      this.hasScope('DIRECTORY_WRITE', id),
    department: (row) => this.readsDirectory(row.organization_id),
    location: (row) => this.readsDirectory(row.organization_id),
    person: (row) =>
      this.readsDirectory(row.organization_id) || row.id === this.self || this.isNamedInOwnGoals(row.id),
    person_time_zone: (row) => this.readsDirectory(row.organization_id) || row.person_id === this.self,
    conversation_retention: () => false,
    person_preference: (row) => row.person_id === this.viewer,
    employment_end: (row) =>
      row.person_id === this.self ||
      this.is('PEOPLE_ADMIN', row.organization_id) ||
      (this.hasBegun(row.ended_on, row.organization_id) && this.readsDirectory(row.organization_id)),
    reporting_line: (row) =>
      this.is('PEOPLE_ADMIN', row.organization_id) ||
      this.isOfLine(row) ||
      (this.hasBegun(row.starts_on, row.organization_id) && this.readsDirectory(row.organization_id)),
    reporting_line_end: (row) =>
      this.is('PEOPLE_ADMIN', row.organization_id) ||
      (this.isOfLine(row) && (row.leaver_id === null || row.leaver_id === this.viewer)) ||
      (this.hasBegun(row.ends_on, row.organization_id) && this.readsDirectory(row.organization_id)),
    role_grant: (row) =>
      (this.viewer !== null && row.person_id === this.viewer) ||
      this.is('ORGANIZATION_ADMIN', row.organization_id),
    audit_entry: (row) => this.is('AUDITOR', row.organization_id),
    account: (row) => row.person_id === this.self,
    invitation: (row) => this.is('PEOPLE_ADMIN', row.organization_id),
    password_reset: () => false,
    address_change: () => false,
    session: (row) =>
      row.person_id === null
        ? this.mayMakeTokens(row.scopes, row.organization_id)
        : row.person_id === this.self,
    outbox_mail: () => false,
    conversation_change: () => false,
    import_report: (row) =>
      this.is('PEOPLE_ADMIN', row.organization_id) ||
      (row.token_id !== null && row.token_id === this.sessionId),
    import_outcome: (row) =>
      this.is('PEOPLE_ADMIN', row.organization_id) ||
      (row.token_id !== null && row.token_id === this.sessionId),
    import_row: () => false,
    installation_secret: () => false,
    idempotency_key: () => false,
    throttle: () => false,

    personal_goal: (row) => this.seesGoal(row.id),
    personal_goal_own: (row) => row.owner_id === this.self,
    personal_goal_version: (row) => row.owner_id === this.self,
    milestone: (row) => this.seesPart(row.goal_id, [row.created_at, row.reached_at]),
    goal_update: (row) => this.seesPart(row.goal_id, [row.created_at]),
    goal_share: (row) => row.owner_id === this.self || (row.with_id === this.viewer && this.isActive(row)),
    goal_share_own: (row) => row.owner_id === this.self,
    goal_access: (row) =>
      row.owner_id === this.self || (this.viewer !== null && row.reader_id === this.viewer),

    cycle: (row) => this.belongsTo(row.organization_id),
    business_goal: (row) => this.seesBusinessGoal(row.id),
    key_result: (row) => this.seesBusinessGoal(row.business_goal_id),
    business_goal_assignee: (row) => this.seesBusinessGoal(row.business_goal_id),
    business_goal_of_leaver: () => false,
    check_in: (row) => this.seesBusinessGoal(row.business_goal_id),
    alignment: (row) =>
      row.state === 'PLACED'
        ? this.seesGoal(row.personal_goal_id)
        : this.isProposalAlive(row) &&
          (row.owner_id === this.self ||
            (row.proposed_by_id === this.viewer && this.seesGoal(row.personal_goal_id))),
    alignment_own: (row) =>
      row.owner_id === this.self ||
      (row.proposed_by_id === this.viewer &&
        this.world.alignment.some((a) => a.id === row.alignment_id && this.mayRead('alignment', a))),
    alignment_decline: (row) => row.owner_id === this.self,

    procedure_area: (row) => this.belongsTo(row.organization_id),
    barrier: (row) => this.belongsTo(row.organization_id),
    barrier_answer: (row) => this.belongsTo(row.organization_id),
    barrier_support: (row) => this.viewer !== null && row.person_id === this.viewer,
    nameless_barrier: () => false,
    story: (row) => this.belongsTo(row.organization_id),
    story_author: (row) =>
      (this.viewer !== null && row.person_id === this.viewer) ||
      (row.named && this.belongsTo(row.organization_id)),
    story_adoption: (row) => this.viewer !== null && row.person_id === this.viewer,

    one_to_one: (row) => this.seesPair(row.id),
    one_to_one_decline: (row) => this.viewer !== null && row.person_id === this.viewer,
    conversation: (row) => this.seesPair(row.one_to_one_id),
    talking_point: (row) => this.seesPoint(row.id),
    talking_point_subject: (row) =>
      this.seesPoint(row.point_id) &&
      (row.personal_goal_id === null
        ? this.seesBusinessGoal(row.business_goal_id)
        : this.seesGoal(row.personal_goal_id)),
    talking_point_version: (row) => row.author_id === this.viewer && this.seesPoint(row.point_id),
    talking_point_carry: (row) => this.seesPoint(row.point_id),
    shared_notes: (row) => this.seesPair(this.pairOfConversation(row.conversation_id)),
    shared_notes_version: (row) => this.seesPair(this.pairOfNotes(row.notes_id)),
    private_notes: (row) => this.viewer !== null && row.author_id === this.viewer,
    conversation_feedback: (row) =>
      this.viewer !== null &&
      (row.author_id === this.viewer ||
        (this.seesPair(this.pairOfConversation(row.conversation_id)) &&
          this.isFeedbackRevealed(row.conversation_id))),
    action_item: (row) => this.seesPair(row.one_to_one_id),
    action_item_version: (row) => this.seesPair(this.pairOfItem(row.item_id)),
    notes_import: (row) => this.seesNotesImport(row.id),
    notes_import_section: (row) => this.seesNotesImport(row.import_id),
    agenda_template: (row) => this.viewer !== null && row.owner_id === this.viewer,
    mandate: (row) =>
      this.isOfMandate(row) || (row.published && this.belongsTo(row.organization_id) && this.holds(row)),
    mandate_own: (row) => this.isOfMandate(row),
    handover: (row) => this.seesHandover(row.line_id),
    handover_offer: (row) => this.seesHandover(row.line_id),
    erasure: (row) => row.person_id === this.self && row.executed_at === null,
    data_export: (row) => row.person_id === this.self && row.expires_at > this.world.now,

    engagement_period: (row) => this.belongsTo(row.organization_id),
    pulse: (row) => this.belongsTo(row.organization_id),
    pulse_question: (row) => this.belongsTo(row.organization_id),
    // Nobody's, not even of the person who answered.
    period_member: () => false,
    period_group: () => false,
    pulse_answer_waiting: () => false,
    pulse_answer: () => false,
    pulse_pseudonym: () => false,
    pulse_respondent: () => false,
    pulse_participation: () => false,
    trend_release: (row) => this.readsRelease(row.id),
    trend_erratum: (row) => this.readsRelease(row.release_id),
    trend_group: (row) => this.readsRelease(row.release_id),
    trend_cell: (row) => this.readsRelease(row.release_id),
    trend_response: (row) => this.readsRelease(row.release_id),
    // The worker's release of later periods alone, through functions.
    trend_participant: () => false,
    trend_figure_people: () => false,
  };

  /** Whether this row exists for the viewer. */
  mayRead<T extends TableName>(table: T, row: Tables[T]): boolean {
    const key = `${table}/${keyOf(table, row)}`;
    const known = this.seen.get(key);
    if (known !== undefined) return known;
    const answer = this.readers[table](row);
    this.seen.set(key, answer);
    return answer;
  }
}
