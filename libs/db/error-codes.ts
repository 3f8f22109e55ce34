/**
 * The SQLSTATEs that the functions and triggers in policies/ raise, each with one meaning. A new code takes the next free
 * number of its block. test/db/error-codes.spec.ts compares this list with policies/, and keeps literals out of libs/.
 */
export const RaisedCode = {
  // 00x: reporting lines
  /** Reporting lines would form a cycle. */
  REPORTING_LINE_CYCLE: 'MU001',
  /** `reporting_line.ends_on` is derived; only `closed_on` can be written. */
  LINE_END_IS_DERIVED: 'MU002',

  // 01x: personal goals
  /** An ACTIVE share cannot become PENDING again. */
  SHARE_NOT_PENDING_AGAIN: 'MU010',
  /** A share that has ended cannot be changed. */
  SHARE_ENDED: 'MU011',

  // 02x: one-to-ones, conversations, talking points, action items
  /** Only the invited person can accept an invitation. */
  ONLY_INVITED_ACCEPTS: 'MU020',
  /** A one-to-one only moves forward: INVITED to OPEN, OPEN to ENDED. An ended one cannot be changed. */
  ONE_TO_ONE_STATE: 'MU021',
  /** The reporting line named is not the open one between the two participants. */
  NOT_THEIR_LINE: 'MU022',
  /** Only the author of a talking point can change its text and its mark. */
  POINT_TEXT_NOT_YOURS: 'MU023',
  /** A shared talking point cannot become a draft again. */
  POINT_ALREADY_SHARED: 'MU024',
  /** A closed action item cannot be changed. */
  ACTION_ITEM_CLOSED: 'MU025',
  /** Only its owner can change an action item's due date or close it. */
  ACTION_ITEM_NOT_YOURS: 'MU026',
  /** A conversation's status can be undone for seven days. */
  UNDO_EXPIRED: 'MU027',
  /** Talking points cannot be carried over in this way, or not by this person. */
  POINTS_NOT_MOVABLE: 'MU028',
  /** Talking points and action items of an ended one-to-one cannot be changed. */
  ONE_TO_ONE_ENDED: 'MU029',

  // 03x: business goals
  /** The parent does not exist or is not visible. */
  PARENT_NOT_FOUND: 'MU030',
  /** Business goals would form a cycle. */
  BUSINESS_GOAL_CYCLE: 'MU031',
  /** A published business goal cannot become a draft again. */
  ALREADY_PUBLISHED: 'MU032',
  /** Only an OPEN business goal takes check-ins. */
  NOT_OPEN_FOR_CHECK_INS: 'MU033',
  /** A published business goal with check-ins or placements cannot be deleted. */
  BUSINESS_GOAL_IN_USE: 'MU034',
  /** Only the owner can continue a business goal, while it is OPEN or MISSED, and the new goal is OPEN. */
  BUSINESS_GOAL_NOT_CONTINUABLE: 'MU035',

  // 04x: alignments
  /** The business goal is already placed in this personal goal. */
  ALREADY_PLACED: 'MU040',
  /** A proposal cannot be changed before it is placed. */
  PROPOSAL_UNCHANGEABLE: 'MU041',
  /** Only somebody who can see the business goal can place it. */
  GOAL_NOT_VISIBLE_TO_PLACER: 'MU042',

  // 05x: who is calling
  /** The function needs a signed-in caller. */
  NOT_SIGNED_IN: 'MU050',
  /** The function is for calls without a session only. */
  SERVICE_ONLY: 'MU051',

  // 06x: accounts and roles
  /** The organization would be left without an ORGANIZATION_ADMIN who can act. */
  LAST_ADMINISTRATOR: 'MU060',
  /** Another account already uses this sign-in address. */
  SIGN_IN_ADDRESS_TAKEN: 'MU061',
  /** The term for the access log can only be shortened. */
  ACCESS_LOG_TERM_LENGTHENED: 'MU062',

  // 07x: due dates of action items
  /** The due date of a late action item cannot be moved. */
  ACTION_ITEM_LATE: 'MU070',
  /** An action item cannot be due in the past. */
  DUE_IN_THE_PAST: 'MU071',

  // 08x: people import
  /** Another import into the organization is running. */
  IMPORT_RUNNING: 'MU080',
  /** Rolls a dry run back. Raised and caught inside one function. */
  DRY_RUN_ROLLBACK: 'MU081',
  /** A notice, not an error: the import begins the phase that the message names. */
  IMPORT_PHASE: 'MU082',

  // 09x: jobs
  /** No job of this task can be queued. */
  UNKNOWN_TASK: 'MU090',

  // 10x: barriers, and the minimum group size
  /** A trial ends on a future day, within a year. */
  TRIAL_END: 'MU100',
  /** The answerer or deputy of a procedure area does not exist or is no longer employed. */
  NOT_EMPLOYED: 'MU101',
  /** The procedure area does not exist. */
  NO_SUCH_AREA: 'MU102',
  /** The minimum group size cannot be lowered. */
  MINIMUM_GROUP_SIZE_RISES: 'MU103',
  /** The text of a barrier without a name cannot be stored. The message does not quote it. */
  NAMELESS_TEXT: 'MU104',

  // 11x: conversations off the record
  /** A conversation is marked as off the record, and that is taken back, while it is planned. */
  OFF_THE_RECORD_NOT_PLANNED: 'MU110',
  /** Only the participant who marked a conversation as off the record takes that back. */
  OFF_THE_RECORD_NOT_YOURS: 'MU111',
  /** Something that both participants can see was written in the conversation. */
  CONVERSATION_HAS_CONTENT: 'MU112',

  // 12x: pauses
  /** Only an open one-to-one is paused, until a day that has not passed and is within a year. */
  PAUSE_NOT_POSSIBLE: 'MU120',

  // 13x: mandates
  /** A mandate that has ended cannot be changed. */
  MANDATE_ENDED: 'MU130',
  /** Only the manager who granted a mandate can change it. */
  MANDATE_NOT_YOURS: 'MU131',
  /** Publishing a mandate needs both people. */
  PUBLICATION_NEEDS_BOTH: 'MU132',
  /** A mandate cannot end in the past. */
  MANDATE_ENDS_IN_THE_PAST: 'MU133',

  // 14x: handovers
  /** An offered promise or mandate can be taken up once. */
  ALREADY_TAKEN_UP: 'MU140',

  // 15x: feedback
  /** Feedback does not change once both participants' was revealed. */
  FEEDBACK_REVEALED: 'MU150',
  /** Only a conversation that was held on the record, and was not imported, takes feedback. */
  CONVERSATION_TAKES_NO_FEEDBACK: 'MU151',
  /** A transaction with a snapshot from before would not see that the other participant has offered. */
  FEEDBACK_ISOLATION: 'MU152',

  // 16x: pulses
  /** The pulse does not exist. */
  NO_SUCH_PULSE: 'MU160',
  /** The pulse is closed. */
  PULSE_CLOSED: 'MU161',
  /** The pulse asks the people who were employed when it opened. */
  NOT_ASKED: 'MU162',
  /** Not one score, or null, for each question, within its scale. The message does not quote them. */
  PULSE_SCORES: 'MU163',
  /** The quarter has not ended, or not 7 days ago. */
  PERIOD_NOT_SETTLED: 'MU164',

  // 18x: engagement trends
  /** A release and its figures cannot be changed or deleted, and nothing is added to them. */
  RELEASE_FROZEN: 'MU180',
  /** A figure belongs to a group of its release. */
  FIGURE_WITHOUT_GROUP: 'MU181',
} as const;
