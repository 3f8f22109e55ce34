import { Oracle } from './oracle.js';
import { addDays, dayIn, type Id, type TableName, type Tables } from './rows.js';

/**
 * An independent implementation of who can change which rows. The matrix only tries columns that the role of the API may write; the
 * checks of the catalogue cover the other columns.
 */

type Values = Readonly<Record<string, unknown>>;

/** One statement that the matrix tries. */
export type Attempt<T extends TableName = TableName> = T extends TableName
  ? | { readonly table: T; readonly action: 'INSERT'; readonly values: Values }
    | { readonly table: T; readonly action: 'UPDATE'; readonly row: Tables[T]; readonly values: Values }
    | { readonly table: T; readonly action: 'DELETE'; readonly row: Tables[T] }
  : never;

const MINUTE = 60_000_000;
const DAY = 24 * 60 * MINUTE;
/** For how long versions by one author are merged, a new action item can be deleted, and a closed one reopened. */
const FRESH = 10 * MINUTE;
const DAYS_TO_TAKE_BACK = 7;

/** The roles that can record an action. */
const RECORDED_BY: Readonly<Record<string, readonly string[]>> = {
  PERSON_CHANGED: ['PEOPLE_ADMIN'],
  DEPARTMENTS_MERGED: ['PEOPLE_ADMIN'],
  ORGANIZATION_RENAMED: ['ORGANIZATION_ADMIN'],
  API_TOKEN_CREATED: ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN'],
  ROLE_GRANTED: ['ORGANIZATION_ADMIN'],
};

interface Rule<T extends TableName> {
  readonly add?: (values: Tables[T]) => boolean;
  readonly change?: (row: Tables[T], values: Partial<Tables[T]>) => boolean;
  readonly remove?: (row: Tables[T]) => boolean;
}

/** A table or action that is missing here is permitted to nobody. */
function rulesOf(oracle: Oracle): { readonly [T in TableName]: Rule<T> } {
  const { world, viewer, self } = oracle;
  const own = (id: Id | null): boolean => viewer !== null && id === viewer;
  const administers = ({ organization_id }: { organization_id: Id }): boolean =>
    oracle.is('PEOPLE_ADMIN', organization_id);
  const rules = ({ organization_id }: { organization_id: Id }): boolean =>
    oracle.is('ORGANIZATION_ADMIN', organization_id);

  const goal = (id: Id) => world.personal_goal.find((g) => g.id === id);
  const ownsGoal = (id: Id): boolean => own(goal(id)?.owner_id ?? null);
  const businessGoal = (id: Id) => world.business_goal.find((g) => g.id === id);
  const ownsBusinessGoal = (id: Id): boolean => own(businessGoal(id)?.owner_id ?? null);
  const pair = (id: Id) => world.one_to_one.find((o) => o.id === id);
  const isOfPair = (conversationId: Id | null, pairId: Id): boolean =>
    conversationId === null ||
    world.conversation.some((c) => c.id === conversationId && c.one_to_one_id === pairId);
  const isColleague = (id: Id): boolean => {
    const person = world.person.find((p) => p.id === id);
    return person !== undefined && oracle.belongsTo(person.organization_id) && oracle.isEmployed(id);
  };
  const isWrittenIn = (id: Id): boolean =>
    world.shared_notes.some((n) => n.conversation_id === id && n.version > 0) ||
    world.action_item.some((i) => i.made_in_id === id) ||
    world.talking_point.some((p) => p.conversation_id === id && !p.draft && p.discussed) ||
    oracle.isFeedbackRevealed(id);
  const takesFeedback = (id: Id): boolean => {
    const conversation = world.conversation.find((c) => c.id === id);
    return (
      conversation?.status === 'HELD' &&
      conversation.notes_import_id === null &&
      oracle.isOnTheRecord(id) &&
      oracle.isOpenPair(conversation.one_to_one_id)
    );
  };
  const isUndoableImport = (conversationId: Id): boolean => {
    const { notes_import_id } = world.conversation.find(({ id }) => id === conversationId) ?? {};
    const { accepted_at = null } = world.notes_import.find(({ id }) => id === notes_import_id) ?? {};
    return accepted_at !== null && accepted_at > world.now - DAYS_TO_TAKE_BACK * DAY;
  };
  const ownOpenPoint = (id: Id): boolean => {
    const point = world.talking_point.find((p) => p.id === id);
    return point !== undefined && own(point.author_id) && oracle.isOpenPair(point.one_to_one_id);
  };
  const canContinue = (id: Id): boolean => {
    const goal = businessGoal(id);
    return goal !== undefined && own(goal.owner_id) && ['OPEN', 'MISSED'].includes(goal.state);
  };
  // A proposal must not reveal a draft to the owner of the personal goal.
  const bothSeeBusinessGoal = (row: { business_goal_id: Id; owner_id: Id }): boolean => {
    const business = businessGoal(row.business_goal_id);
    return (
      business !== undefined &&
      (business.state !== 'DRAFT' ||
        business.owner_id === row.owner_id ||
        world.business_goal_assignee.some(
          (a) => a.business_goal_id === business.id && a.person_id === row.owner_id,
        ))
    );
  };
  const isFresh = (at: number): boolean => at > world.now - FRESH;
  const isTodayOf = (person: Id, day: string): boolean => {
    const own = world.person_time_zone.find(({ person_id }) => person_id === person)?.time_zone;
    const { organization_id } = world.person.find(({ id }) => id === person) ?? {};
    const organizations = world.organization.find(({ id }) => id === organization_id)?.time_zone;
    return day === dayIn(own ?? organizations ?? 'UTC', world.now);
  };
  const seesArea = (id: Id): boolean =>
    world.procedure_area.some((a) => a.id === id && oracle.belongsTo(a.organization_id));
  const barrier = (id: Id) => world.barrier.find((b) => b.id === id && oracle.belongsTo(b.organization_id));
  const answersFor = (areaId: Id | null): boolean =>
    world.procedure_area.some((a) => a.id === areaId && (own(a.answerer_id) || own(a.deputy_id)));
  const line = (one: Id, other: Id) =>
    world.reporting_line.find(
      (l) =>
        oracle.isOpen(l) &&
        ((l.report_id === one && l.manager_id === other) || (l.report_id === other && l.manager_id === one)),
    );

  return {
    organization: { change: (row) => oracle.is('ORGANIZATION_ADMIN', row.id) },
    department: {
      add: administers,
      change: administers,
      remove: (row) => administers(row) && !world.person.some((p) => p.department_id === row.id),
    },
    location: {
      add: administers,
      change: administers,
      remove: (row) => administers(row) && !world.person.some((p) => p.location_id === row.id),
    },
    person: { add: administers, change: administers },
    person_time_zone: {
      add: (row) => own(row.person_id),
      change: (row) => own(row.person_id),
    },
    // Recorded by a trigger.
    conversation_retention: {},
    person_preference: {
      add: (row) => own(row.person_id),
      change: (row) => own(row.person_id),
    },
    employment_end: {
      // An organization keeps an administrator without a last day.
      add: (row) => administers(row) && !oracle.isLastAdministrator(row.person_id, row.organization_id),
      change: (row, values) =>
        administers(row) &&
        !(
          (values.ended_on ?? row.ended_on) < row.ended_on &&
          oracle.isLastAdministrator(row.person_id, row.organization_id)
        ),
      remove: administers,
    },
    reporting_line: {
      add: administers,
      change: administers,
      // The history of reporting lines cannot be changed.
      remove: (row) => administers(row) && !oracle.hasBegun(row.starts_on, row.organization_id),
    },
    reporting_line_end: {},
    goal_share_own: {},
    alignment_own: {},
    business_goal_of_leaver: {},
    role_grant: {
      add: (row) =>
        rules(row) &&
        own(row.granted_by) &&
        !own(row.person_id) &&
        oracle.isEmployed(row.person_id) &&
        world.person.find(({ id }) => id === row.person_id)?.organization_id === row.organization_id,
      remove: (row) =>
        rules(row) &&
        !(
          row.role === 'ORGANIZATION_ADMIN' && oracle.isLastAdministrator(row.person_id, row.organization_id)
        ),
    },
    // Only in the viewer's name, for an action of a role that the viewer holds.
    audit_entry: {
      add: (row) =>
        own(row.actor_id) &&
        (RECORDED_BY[row.action] ?? []).some((role) => oracle.is(role, row.organization_id)),
    },
    account: {},
    invitation: {},
    password_reset: {},
    address_change: {},
    session: {
      add: (row) =>
        row.person_id == null &&
        own(row.created_by) &&
        oracle.mayMakeTokens(row.scopes, row.organization_id) &&
        String(row.expires_at) <= addDays(world.today, 366),
      // A revocation cannot be undone.
      change: (row, values) =>
        values.revoked_at !== null &&
        (row.person_id === null
          ? oracle.mayMakeTokens(row.scopes, row.organization_id)
          : row.person_id === self),
    },
    // Only SECURITY DEFINER functions queue mails.
    outbox_mail: {},
    // Only triggers record changes.
    conversation_change: {},
    import_report: {},
    import_outcome: {},
    import_row: {},
    installation_secret: {},
    idempotency_key: {},
    throttle: {},

    personal_goal: {
      add: (row) => own(row.owner_id),
      change: (row) => own(row.owner_id),
      remove: (row) => row.owner_id === self,
    },
    personal_goal_own: { add: (row) => ownsGoal(row.goal_id), change: (row) => own(row.owner_id) },
    personal_goal_version: { add: (row) => ownsGoal(row.goal_id) },
    milestone: {
      add: (row) => ownsGoal(row.goal_id),
      change: (row) => own(row.owner_id),
      remove: (row) => own(row.owner_id),
    },
    goal_update: {
      add: (row) => ownsGoal(row.goal_id),
      change: (row) => own(row.author_id),
      remove: (row) => own(row.author_id),
    },
    goal_share: {
      add: (row) => ownsGoal(row.goal_id) && own(row.owner_id) && isColleague(row.with_id),
      // An ended share cannot be reopened or become pending again; only its time can be set.
      change: (row, values) =>
        own(row.owner_id) &&
        ('ended_at' in values
          ? row.ended_at === null
          : 'waiting' in values
            ? !oracle.isOverForGood(row)
            : !oracle.isOver(row)) &&
        !(values.waiting === true && !row.waiting),
    },
    goal_access: {
      add: (row) =>
        own(row.reader_id) &&
        goal(row.goal_id)?.visibility === 'SHARED' &&
        goal(row.goal_id)?.owner_id === row.owner_id &&
        !own(row.owner_id) &&
        oracle.seesGoal(row.goal_id) &&
        isTodayOf(row.owner_id, row.on_day),
    },

    cycle: { add: rules, change: rules },
    business_goal: {
      add: (row) =>
        own(row.owner_id) &&
        ((row.parent_id ?? null) === null || oracle.seesBusinessGoal(row.parent_id)) &&
        (row.continues_id == null || (row.state === 'OPEN' && canContinue(row.continues_id))),
      // The health is written by check-ins only.
      change: (row, values) =>
        own(row.owner_id) &&
        values.health === undefined &&
        (values.parent_id == null || oracle.seesBusinessGoal(values.parent_id)),
      // A placement that the owner cannot see does not prevent deleting the goal, because that would reveal it.
      remove: (row) =>
        own(row.owner_id) &&
        (row.state === 'DRAFT' ||
          !(
            world.check_in.some((one) => one.business_goal_id === row.id) ||
            world.alignment.some(
              (one) =>
                one.business_goal_id === row.id && one.state === 'PLACED' && oracle.mayRead('alignment', one),
            )
          )),
    },
    key_result: {
      add: (row) => ownsBusinessGoal(row.business_goal_id),
      change: (row) => ownsBusinessGoal(row.business_goal_id),
      remove: (row) => ownsBusinessGoal(row.business_goal_id),
    },
    business_goal_assignee: {
      add: (row) => ownsBusinessGoal(row.business_goal_id) && isColleague(row.person_id),
      remove: (row) => ownsBusinessGoal(row.business_goal_id),
    },
    check_in: {
      add: (row) =>
        own(row.author_id) &&
        (ownsBusinessGoal(row.business_goal_id) || oracle.isAssigned(row.business_goal_id)) &&
        businessGoal(row.business_goal_id)?.state === 'OPEN',
    },
    alignment: {
      add: (row) =>
        own(row.proposed_by_id) &&
        oracle.seesBusinessGoal(row.business_goal_id) &&
        (row.state === 'PLACED'
          ? ownsGoal(row.personal_goal_id)
          : !ownsGoal(row.personal_goal_id) &&
            oracle.seesGoal(row.personal_goal_id) &&
            goal(row.personal_goal_id)?.open_to_proposals === true &&
            bothSeeBusinessGoal(row)),
      // Nobody changes the text of a proposal before the owner places it.
      change: (row, values) =>
        own(row.owner_id) &&
        oracle.mayRead('alignment', row) &&
        (row.state === 'PLACED' ? values.state !== 'PROPOSED' : values.state === 'PLACED'),
      remove: (row) => own(row.owner_id) && row.state === 'PLACED',
    },
    alignment_decline: {
      add: (row) => {
        const alignment = world.alignment.find(({ id }) => id === row.alignment_id);
        return (
          alignment?.state === 'PROPOSED' && own(alignment.owner_id) && oracle.mayRead('alignment', alignment)
        );
      },
      remove: (row) => own(row.owner_id),
    },

    procedure_area: {
      add: (row) =>
        rules(row) && isColleague(row.answerer_id) && (row.deputy_id == null || isColleague(row.deputy_id)),
      // Somebody who left stays named until somebody else is.
      change: (row, values) =>
        rules(row) &&
        (values.answerer_id === undefined || isColleague(values.answerer_id)) &&
        (values.deputy_id == null || isColleague(values.deputy_id)),
      remove: (row) => rules(row) && !world.barrier.some((b) => b.procedure_area_id === row.id),
    },
    barrier: {
      // Without a name it is raised by a function, and appears from the worker.
      add: (row) =>
        own(row.raised_by_id) &&
        oracle.belongsTo(row.organization_id) &&
        (row.procedure_area_id == null || seesArea(row.procedure_area_id)),
      change: (row, values) =>
        rules(row) &&
        ['OPEN', 'INVESTIGATING'].includes(row.status) &&
        // The text cannot be changed, and the status comes from the answers.
        Object.keys(values).every((column) => column === 'procedure_area_id') &&
        seesArea(values.procedure_area_id ?? ''),
      // Fewer supporters than five are nobody's business, so they prevent nothing.
      remove: (row) =>
        own(row.raised_by_id) &&
        row.status === 'OPEN' &&
        world.barrier_support.filter((s) => s.barrier_id === row.id).length < 5,
    },
    barrier_answer: {
      add: (row) => own(row.by_id) && answersFor(barrier(row.barrier_id)?.procedure_area_id ?? null),
    },
    barrier_support: {
      add: (row) => {
        const supported = barrier(row.barrier_id);
        return own(row.person_id) && supported !== undefined && !own(supported.raised_by_id);
      },
      remove: (row) => own(row.person_id),
    },
    nameless_barrier: {},
    story: {
      add: (row) => {
        const about = barrier(row.barrier_id);
        return about !== undefined && (about.status === 'REMOVED' || about.trial_kept);
      },
      remove: (row) => world.story_author.some((a) => a.story_id === row.id && own(a.person_id)),
    },
    story_author: { change: (row) => own(row.person_id) },
    story_adoption: {
      add: (row) =>
        own(row.person_id) &&
        world.story.some((s) => s.id === row.story_id && oracle.belongsTo(s.organization_id)) &&
        !world.story_author.some((a) => a.story_id === row.story_id && own(a.person_id)),
      remove: (row) => own(row.person_id),
    },

    one_to_one: {
      add: (row) => {
        const other = row.first_id === viewer ? row.second_id : row.first_id;
        return (
          own(row.started_by_id) &&
          (own(row.first_id) || own(row.second_id)) &&
          isColleague(other) &&
          // With an open reporting line it is OPEN at once; without one it begins as an invitation.
          row.state === (line(row.first_id, row.second_id) === undefined ? 'INVITED' : 'OPEN')
        );
      },
      change: (row, values) =>
        oracle.seesPair(row.id) &&
        (row.state === 'INVITED' || oracle.isOpenPair(row.id)) &&
        // Only where two meet there is something to pause.
        (!('paused_until' in values) || row.state === 'OPEN') &&
        (values.state === undefined ||
          values.state === row.state ||
          // Only the invited person can accept, and an ended one-to-one cannot be reopened.
          (row.state === 'INVITED' && values.state === 'OPEN' && !own(row.started_by_id)) ||
          (row.state === 'OPEN' && values.state === 'ENDED')),
    },
    one_to_one_decline: {
      add: (row) => {
        const asked = pair(row.one_to_one_id);
        return (
          asked?.state === 'INVITED' &&
          own(row.person_id) &&
          oracle.seesPair(asked.id) &&
          !own(asked.started_by_id)
        );
      },
    },
    conversation: {
      add: (row) => oracle.isOpenPair(row.one_to_one_id),
      // A closed one can be reopened for 7 days, and not changed otherwise. Either participant marks a planned one as off the record, while
      // nothing that both can see is in it, and takes back their own mark.
      change: (row, values) =>
        oracle.isOpenPair(row.one_to_one_id) &&
        (!('off_the_record_by_id' in values) ||
          (row.status === 'PLANNED' &&
            own(row.off_the_record_by_id ?? values.off_the_record_by_id ?? null) &&
            (values.off_the_record_by_id === null || !isWrittenIn(row.id)))) &&
        (row.closed_at === null ||
          (values.status === 'PLANNED' &&
            row.notes_import_id === null &&
            row.closed_at > world.now - DAYS_TO_TAKE_BACK * DAY)),
    },
    talking_point: {
      add: (row) =>
        own(row.author_id) &&
        oracle.isOpenPair(row.one_to_one_id) &&
        isOfPair(row.raised_in_id ?? null, row.one_to_one_id) &&
        oracle.isOnTheRecord(row.conversation_id) &&
        oracle.isOnTheRecord(row.raised_in_id),
      // In an open one-to-one the author can change the text; either participant can order and mark what both can see.
      change: (row, values) =>
        oracle.seesPoint(row.id) &&
        oracle.isOpenPair(row.one_to_one_id) &&
        (own(row.author_id) ||
          Object.keys(values).every(
            (c) =>
              ['position', 'discussed', 'standing'].includes(c) ||
              (c === 'draft' && values.draft === row.draft),
          )),
      remove: (row) => own(row.author_id) && oracle.isOpenPair(row.one_to_one_id),
    },
    talking_point_subject: {
      add: (row) =>
        ownOpenPoint(row.point_id) &&
        (row.personal_goal_id == null
          ? oracle.seesBusinessGoal(row.business_goal_id)
          : oracle.seesGoal(row.personal_goal_id)),
      remove: (row) => own(row.author_id),
    },
    talking_point_version: {
      add: (row) => ownOpenPoint(row.point_id),
      change: (row) => ownOpenPoint(row.point_id) && isFresh(row.started_at),
    },
    talking_point_carry: {},
    shared_notes: {
      change: (row, values) =>
        oracle.isOpenPair(oracle.pairOfConversation(row.conversation_id)) &&
        oracle.isOnTheRecord(row.conversation_id) &&
        own(values.updated_by_id ?? null),
    },
    shared_notes_version: {
      add: (row) =>
        own(row.author_id) &&
        oracle.isOpenPair(oracle.pairOfNotes(row.notes_id)) &&
        oracle.isOnTheRecord(oracle.conversationOfNotes(row.notes_id)),
      change: (row) =>
        own(row.author_id) &&
        oracle.isOpenPair(oracle.pairOfNotes(row.notes_id)) &&
        oracle.isOnTheRecord(oracle.conversationOfNotes(row.notes_id)) &&
        isFresh(row.started_at),
    },
    private_notes: {
      add: (row) =>
        own(row.author_id) &&
        oracle.seesPair(oracle.pairOfConversation(row.conversation_id)) &&
        oracle.isOnTheRecord(row.conversation_id) &&
        !isUndoableImport(row.conversation_id),
      // Off the record all that is left is emptying them.
      change: (row, values) =>
        own(row.author_id) && (oracle.isOnTheRecord(row.conversation_id) || values.text === ''),
    },
    // Nothing changes once it was revealed. Before that, an offer can be withdrawn and the whole deleted, whatever became of the conversation.
    conversation_feedback: {
      add: (row) => own(row.author_id) && takesFeedback(row.conversation_id),
      change: (row, values) =>
        own(row.author_id) &&
        !oracle.isFeedbackRevealed(row.conversation_id) &&
        (takesFeedback(row.conversation_id) ||
          (values.offered === false && Object.keys(values).length === 1)),
      remove: (row) => own(row.author_id) && !oracle.isFeedbackRevealed(row.conversation_id),
    },
    action_item: {
      add: (row) => {
        const of = pair(row.one_to_one_id);
        return (
          own(row.created_by_id) &&
          oracle.isOpenPair(row.one_to_one_id) &&
          isOfPair(row.made_in_id ?? null, row.one_to_one_id) &&
          oracle.isOnTheRecord(row.made_in_id) &&
          (row.owner_id === of?.first_id || row.owner_id === of?.second_id)
        );
      },
      change: (row, values) => {
        if (!oracle.seesPair(row.one_to_one_id)) return false;
        // Its owner can reopen a closed one for 10 minutes, and not change it otherwise.
        if (row.closed_at !== null)
          return (
            own(row.owner_id) && isFresh(row.closed_at) && values.state === 'OPEN' && !('text' in values)
          );
        // In an ended one-to-one it can only be closed.
        if (!oracle.isOpenPair(row.one_to_one_id) && ('text' in values || 'due_on' in values)) return false;
        if ('due_on' in values && row.late_at !== null && row.late_at <= world.now) return false;
        return own(row.owner_id) || !('state' in values || 'due_on' in values);
      },
      remove: (row) => own(row.created_by_id) && isFresh(row.created_at),
    },
    notes_import: {
      add: (row) => own(row.proposed_by_id) && oracle.isOpenPair(row.one_to_one_id),
      // Withdrawn or declined.
      remove: (row) => oracle.seesNotesImport(row.id) && row.accepted_at === null,
    },
    // Only together with the import.
    notes_import_section: {},
    agenda_template: {
      add: (row) => own(row.owner_id) && oracle.belongsTo(row.organization_id),
      change: (row) => own(row.owner_id),
      remove: (row) => own(row.owner_id),
    },
    action_item_version: {
      add: (row) => own(row.author_id) && oracle.isOpenPair(oracle.pairOfItem(row.item_id)),
      change: (row) =>
        own(row.author_id) && oracle.isOpenPair(oracle.pairOfItem(row.item_id)) && isFresh(row.started_at),
    },
    mandate: {
      add: (row) =>
        own(row.granted_by_id) &&
        world.reporting_line.some(
          (l) =>
            l.id === row.line_id &&
            l.report_id === row.to_id &&
            l.manager_id === row.granted_by_id &&
            oracle.isOpen(l),
        ),
      // The manager changes the text and the last day. The second of the two publishes it, after the first has asked.
      change: (row, values) => {
        const asked = world.mandate_own.find(
          ({ mandate_id }) => mandate_id === row.id,
        )?.publication_asked_by_id;
        return (
          oracle.isOfMandate(row) &&
          oracle.holds(row) &&
          (own(row.granted_by_id) || !('text' in values || 'last_day' in values)) &&
          (values.published !== true || row.published || (asked != null && !own(asked)))
        );
      },
    },
    mandate_own: {
      change: (row, values) =>
        oracle.isOfMandate(row) &&
        (values.publication_asked_by_id == null || own(values.publication_asked_by_id)),
    },
    handover: {
      // From the manager of a line that ended in the last 90 days, to the present manager, who is another.
      add: (row) => {
        const line = world.reporting_line.find(({ id }) => id === row.line_id);
        const present = world.reporting_line.find(
          (l) => l.report_id === row.person_id && l.kind === 'PRIMARY' && oracle.isOpen(l),
        );
        return (
          own(row.person_id) &&
          line?.kind === 'PRIMARY' &&
          line.report_id === row.person_id &&
          line.manager_id === row.from_id &&
          line.ends_on === row.opened_on &&
          line.ends_on > line.starts_on &&
          oracle.hasBegun(line.ends_on, line.organization_id) &&
          !oracle.hasBegun(addDays(line.ends_on, 90), line.organization_id) &&
          present?.manager_id === row.to_id &&
          row.to_id !== row.from_id
        );
      },
    },
    handover_offer: {
      // Only in the transaction that completes the handover, which the scenarios try.
      change: (row, values) => {
        const handover = world.handover.find(({ line_id }) => line_id === row.line_id);
        const item = world.action_item.find(({ id }) => id === values.action_item_id);
        const between = pair(item?.one_to_one_id ?? '');
        return (
          oracle.isOfferedTo(row.line_id) &&
          row.action_item_id === null &&
          row.mandate_id === null &&
          item !== undefined &&
          own(item.owner_id) &&
          [between?.first_id, between?.second_id].includes(handover?.person_id)
        );
      },
    },
    erasure: {
      add: (row) => self !== null && row.person_id === self && row.organization_id === oracle.home,
      remove: (row) => row.person_id === self && row.executed_at === null,
    },
    trend_release: {},
    trend_erratum: {},
    trend_group: {},
    trend_cell: {},
    trend_participant: {},
    trend_figure_people: {},
    trend_response: {
      add: (row) =>
        own(row.by_id) &&
        world.trend_release.some((r) => r.id === row.release_id && r.granularity === 'QUARTER') &&
        oracle.respondsFor(row.release_id, row.tree, row.group_key),
      change: (row) => oracle.respondsFor(row.release_id, row.tree, row.group_key),
    },
    // Also in the 90 days after leaving.
    data_export: {
      add: (row) => self !== null && row.person_id === self && row.organization_id === oracle.home,
    },
    // Functions write them.
    engagement_period: {},
    period_member: {},
    period_group: {},
    pulse: {},
    pulse_question: {},
    pulse_answer_waiting: {},
    pulse_answer: {},
    pulse_pseudonym: {},
    pulse_respondent: {},
    pulse_participation: {},
  };
}

const known = new WeakMap<Oracle, ReturnType<typeof rulesOf>>();

/** Whether this statement has an effect when this session sends it. */
export function may(oracle: Oracle, attempt: Attempt): boolean {
  const all = known.get(oracle) ?? rulesOf(oracle);
  known.set(oracle, all);
  // Each rule takes the rows of one table, which the type of the attempt ensures.
  const rule = all[attempt.table] as Rule<TableName> as {
    add?: (values: Values) => boolean;
    change?: (row: unknown, values: Values) => boolean;
    remove?: (row: unknown) => boolean;
  };
  switch (attempt.action) {
    case 'INSERT':
      return rule.add?.(attempt.values) ?? false;
    case 'UPDATE':
      return rule.change?.(attempt.row, attempt.values) ?? false;
    case 'DELETE':
      return rule.remove?.(attempt.row) ?? false;
  }
}

/** The latest end date that an attempt uses. */
export const soon = (today: string): string => addDays(today, 30);
