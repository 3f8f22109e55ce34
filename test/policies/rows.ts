import { Temporal } from '@js-temporal/polyfill';

/** A row's id. */
export type Id = string;
/** YYYY-MM-DD. */
export type Day = string;
/** Microseconds since 1970, as exact as the database has them. */
export type Moment = number;

interface OfOrganization {
  readonly organization_id: Id;
}

/** What the oracle knows of each table: the columns that decide who sees and changes a row, and its key. */
export interface Tables {
  organization: {
    readonly id: Id;
    readonly time_zone: string;
    readonly trends_visible_to?: 'EVERYONE' | 'LEADERS_AND_HR' | 'HR';
  };
  department: OfOrganization & { readonly id: Id };
  location: OfOrganization & { readonly id: Id };
  person: OfOrganization & {
    readonly id: Id;
    readonly department_id: Id | null;
    readonly location_id: Id | null;
  };
  person_time_zone: OfOrganization & { readonly person_id: Id; readonly time_zone: string };
  conversation_retention: OfOrganization & { readonly id: Id };
  person_preference: OfOrganization & { readonly person_id: Id; readonly reminders_by_mail: boolean };
  employment_end: OfOrganization & {
    readonly person_id: Id;
    readonly ended_on: Day;
    readonly recorded_at: Moment;
  };
  reporting_line: OfOrganization & {
    readonly id: Id;
    readonly report_id: Id;
    readonly manager_id: Id;
    readonly kind: 'PRIMARY' | 'DOTTED';
    readonly starts_on: Day;
    readonly closed_on: Day | null;
    readonly ends_on: Day | null;
    readonly leaver_id: Id | null;
  };
  reporting_line_end: OfOrganization & {
    readonly line_id: Id;
    readonly by_leaving: boolean;
    readonly report_id: Id;
    readonly manager_id: Id;
    readonly ends_on: Day;
    readonly leaver_id: Id | null;
  };
  role_grant: OfOrganization & {
    readonly person_id: Id;
    readonly role: string;
    readonly granted_by: Id | null;
  };
  audit_entry: OfOrganization & { readonly id: Id; readonly actor_id: Id | null; readonly action: string };
  account: OfOrganization & { readonly person_id: Id; readonly disabled_at: Moment | null };
  invitation: OfOrganization & { readonly id: Id; readonly person_id: Id };
  password_reset: OfOrganization & { readonly id: Id };
  address_change: OfOrganization & { readonly person_id: Id };
  session: OfOrganization & {
    readonly id: Id;
    readonly person_id: Id | null;
    readonly scopes: readonly string[];
    readonly created_by: Id | null;
    readonly last_seen_at: Moment;
    readonly expires_at: Moment;
    readonly revoked_at: Moment | null;
    /** As PostgreSQL writes bytes. */
    readonly token_hash: string;
  };
  outbox_mail: { readonly id: Id };
  conversation_change: { readonly id: Id };
  import_report: OfOrganization & { readonly id: Id; readonly token_id: Id | null };
  import_outcome: OfOrganization & { readonly report_id: Id; readonly token_id: Id | null };
  import_row: OfOrganization & { readonly import_id: Id; readonly line: number };
  installation_secret: { readonly single: boolean };
  idempotency_key: OfOrganization & { readonly viewer_id: Id; readonly key: string };
  throttle: { readonly subject: string };
  personal_goal: OfOrganization & {
    readonly id: Id;
    readonly owner_id: Id;
    readonly visibility: 'PRIVATE' | 'SHARED' | 'ORGANIZATION';
    readonly open_to_proposals: boolean;
  };
  personal_goal_own: OfOrganization & { readonly goal_id: Id; readonly owner_id: Id };
  personal_goal_version: OfOrganization & {
    readonly goal_id: Id;
    readonly version: number;
    readonly owner_id: Id;
  };
  milestone: OfOrganization & {
    readonly id: Id;
    readonly goal_id: Id;
    readonly owner_id: Id;
    readonly created_at: Moment;
    readonly reached_at: Moment | null;
  };
  goal_update: OfOrganization & {
    readonly id: Id;
    readonly goal_id: Id;
    readonly author_id: Id;
    readonly at: Moment;
    readonly created_at: Moment;
  };
  goal_share: OfOrganization & {
    readonly id: Id;
    readonly goal_id: Id;
    readonly owner_id: Id;
    readonly with_id: Id;
    readonly includes_past: boolean;
    readonly waiting: boolean;
    readonly line_id: Id | null;
    readonly expires_at: Moment | null;
    readonly became_active_at: Moment | null;
    readonly ended_at: Moment | null;
  };
  goal_share_own: OfOrganization & { readonly share_id: Id; readonly owner_id: Id };
  goal_access: OfOrganization & {
    readonly reader_id: Id;
    readonly goal_id: Id;
    readonly on_day: Day;
    readonly kind: 'LISTED' | 'OPENED';
    readonly owner_id: Id;
  };
  cycle: OfOrganization & { readonly id: Id };
  business_goal: OfOrganization & {
    readonly id: Id;
    readonly owner_id: Id;
    readonly parent_id: Id | null;
    readonly continues_id: Id | null;
    readonly state: string;
    readonly health: string | null;
  };
  key_result: OfOrganization & { readonly id: Id; readonly business_goal_id: Id };
  business_goal_assignee: OfOrganization & { readonly business_goal_id: Id; readonly person_id: Id };
  business_goal_of_leaver: OfOrganization & { readonly business_goal_id: Id };
  check_in: OfOrganization & { readonly id: Id; readonly business_goal_id: Id; readonly author_id: Id };
  alignment: OfOrganization & {
    readonly id: Id;
    readonly personal_goal_id: Id;
    readonly owner_id: Id;
    readonly business_goal_id: Id;
    readonly proposed_by_id: Id;
    readonly state: 'PROPOSED' | 'PLACED';
    readonly proposed_at: Moment | null;
  };
  alignment_own: OfOrganization & {
    readonly alignment_id: Id;
    readonly owner_id: Id;
    readonly proposed_by_id: Id;
  };
  alignment_decline: OfOrganization & { readonly alignment_id: Id; readonly owner_id: Id };
  procedure_area: OfOrganization & {
    readonly id: Id;
    readonly answerer_id: Id;
    readonly deputy_id: Id | null;
  };
  barrier: OfOrganization & {
    readonly id: Id;
    readonly procedure_area_id: Id | null;
    readonly raised_by_id: Id | null;
    readonly status: string;
    readonly trial_kept: boolean;
  };
  barrier_answer: OfOrganization & { readonly id: Id; readonly barrier_id: Id; readonly by_id: Id };
  barrier_support: OfOrganization & { readonly barrier_id: Id; readonly person_id: Id };
  nameless_barrier: OfOrganization & { readonly id: Id };
  story: OfOrganization & { readonly id: Id; readonly barrier_id: Id };
  story_author: OfOrganization & { readonly story_id: Id; readonly person_id: Id; readonly named: boolean };
  story_adoption: OfOrganization & { readonly story_id: Id; readonly person_id: Id };
  one_to_one: OfOrganization & {
    readonly id: Id;
    readonly first_id: Id;
    readonly second_id: Id;
    readonly started_by_id: Id;
    readonly state: 'INVITED' | 'OPEN' | 'ENDED';
    readonly line_id: Id | null;
    readonly invited_at: Moment;
    readonly paused_until: Day | null;
  };
  one_to_one_decline: OfOrganization & { readonly one_to_one_id: Id; readonly person_id: Id };
  conversation: OfOrganization & {
    readonly id: Id;
    readonly one_to_one_id: Id;
    readonly status: 'PLANNED' | 'HELD' | 'SKIPPED' | 'CANCELLED';
    readonly closed_at: Moment | null;
    readonly off_the_record_by_id: Id | null;
    readonly notes_import_id: Id | null;
  };
  talking_point: OfOrganization & {
    readonly id: Id;
    readonly one_to_one_id: Id;
    readonly conversation_id: Id | null;
    readonly raised_in_id: Id | null;
    readonly author_id: Id;
    readonly draft: boolean;
    readonly discussed: boolean;
  };
  talking_point_subject: OfOrganization & {
    readonly point_id: Id;
    readonly author_id: Id;
    readonly personal_goal_id: Id | null;
    readonly business_goal_id: Id | null;
  };
  talking_point_version: OfOrganization & {
    readonly point_id: Id;
    readonly version: number;
    readonly author_id: Id;
    readonly started_at: Moment;
  };
  talking_point_carry: OfOrganization & { readonly point_id: Id; readonly from_id: Id };
  shared_notes: OfOrganization & {
    readonly id: Id;
    readonly conversation_id: Id;
    readonly updated_by_id: Id | null;
    readonly version: number;
  };
  shared_notes_version: OfOrganization & {
    readonly notes_id: Id;
    readonly version: number;
    readonly author_id: Id;
    readonly started_at: Moment;
  };
  private_notes: OfOrganization & {
    readonly conversation_id: Id;
    readonly author_id: Id;
    readonly text: string;
  };
  conversation_feedback: OfOrganization & {
    readonly id: Id;
    readonly conversation_id: Id;
    readonly author_id: Id;
    readonly better: string | null;
    readonly worth_it: number | null;
    readonly offered: boolean;
  };
  action_item: OfOrganization & {
    readonly id: Id;
    readonly one_to_one_id: Id;
    readonly made_in_id: Id | null;
    readonly owner_id: Id;
    readonly created_by_id: Id;
    readonly due_on: Day | null;
    readonly late_at: Moment | null;
    readonly state: 'OPEN' | 'DONE' | 'DROPPED';
    readonly closed_at: Moment | null;
    readonly created_at: Moment;
  };
  notes_import: OfOrganization & {
    readonly id: Id;
    readonly one_to_one_id: Id;
    readonly proposed_by_id: Id;
    readonly proposed_at: Moment;
    readonly accepted_at: Moment | null;
  };
  notes_import_section: OfOrganization & { readonly import_id: Id; readonly held_on: Day };
  agenda_template: OfOrganization & { readonly id: Id; readonly owner_id: Id };
  action_item_version: OfOrganization & {
    readonly item_id: Id;
    readonly version: number;
    readonly author_id: Id;
    readonly started_at: Moment;
  };
  mandate: OfOrganization & {
    readonly id: Id;
    readonly granted_by_id: Id;
    readonly to_id: Id;
    readonly line_id: Id;
    readonly expires_at: Moment | null;
    readonly published: boolean;
    readonly ended_at: Moment | null;
  };
  mandate_own: OfOrganization & {
    readonly mandate_id: Id;
    readonly granted_by_id: Id;
    readonly to_id: Id;
    readonly publication_asked_by_id: Id | null;
  };
  handover: OfOrganization & {
    readonly line_id: Id;
    readonly person_id: Id;
    readonly from_id: Id;
    readonly to_id: Id;
    readonly opened_on: Day;
    readonly completed_at: Moment;
  };
  handover_offer: OfOrganization & {
    readonly id: Id;
    readonly line_id: Id;
    readonly kind: 'PROMISE' | 'MANDATE';
    readonly action_item_id: Id | null;
    readonly mandate_id: Id | null;
  };
  erasure: OfOrganization & {
    readonly id: Id;
    readonly person_id: Id;
    readonly executed_at: Moment | null;
  };
  data_export: OfOrganization & { readonly id: Id; readonly person_id: Id; readonly expires_at: Moment };
  engagement_period: OfOrganization & { readonly id: Id };
  period_member: OfOrganization & { readonly period_id: Id; readonly person_id: Id };
  period_group: OfOrganization & {
    readonly period_id: Id;
    readonly tree: 'DEPARTMENT' | 'LOCATION';
    readonly group_id: Id;
  };
  pulse: OfOrganization & { readonly id: Id; readonly period_id: Id };
  pulse_question: OfOrganization & { readonly pulse_id: Id; readonly position: number };
  pulse_answer_waiting: OfOrganization & { readonly pulse_id: Id; readonly pseudonym: Id };
  pulse_answer: OfOrganization & { readonly pulse_id: Id; readonly pseudonym: Id };
  pulse_pseudonym: OfOrganization & {
    readonly pseudonym: Id;
    readonly quarter_id: Id;
    readonly person_id: Id | null;
  };
  pulse_respondent: OfOrganization & { readonly respondent: Id; readonly person_id: Id };
  pulse_participation: OfOrganization & { readonly period_id: Id; readonly respondent: Id };
  trend_release: OfOrganization & {
    readonly id: Id;
    readonly granularity: 'MONTH' | 'QUARTER';
    readonly published_at: Moment;
  };
  trend_erratum: OfOrganization & { readonly id: Id; readonly release_id: Id };
  trend_group: OfOrganization & {
    readonly release_id: Id;
    readonly tree: string;
    readonly key: string;
    readonly head_id: Id | null;
  };
  trend_cell: OfOrganization & {
    readonly release_id: Id;
    readonly tree: string;
    readonly group_key: string;
    readonly metric: string;
    readonly driver: string | null;
  };
  trend_participant: OfOrganization & { readonly number: number };
  trend_figure_people: OfOrganization & {
    readonly release_id: Id;
    readonly population: string;
    readonly tree: string;
  };
  trend_response: OfOrganization & {
    readonly id: Id;
    readonly release_id: Id;
    readonly tree: string;
    readonly group_key: string;
    readonly by_id: Id;
  };
}

export type TableName = keyof Tables;

/** The columns that name a row of each table. The order is the one in which docs/visibility.md has the tables. */
export const KEYS: { readonly [T in TableName]: readonly (keyof Tables[T] & string)[] } = {
  organization: ['id'],
  department: ['id'],
  location: ['id'],
  person: ['id'],
  person_time_zone: ['person_id'],
  conversation_retention: ['id'],
  person_preference: ['person_id'],
  employment_end: ['person_id'],
  reporting_line: ['id'],
  reporting_line_end: ['line_id', 'by_leaving'],
  role_grant: ['person_id', 'role'],
  audit_entry: ['id'],
  account: ['person_id'],
  invitation: ['id'],
  password_reset: ['id'],
  address_change: ['person_id'],
  session: ['id'],
  outbox_mail: ['id'],
  conversation_change: ['id'],
  import_report: ['id'],
  import_outcome: ['report_id'],
  import_row: ['import_id', 'line'],
  installation_secret: ['single'],
  idempotency_key: ['viewer_id', 'key'],
  throttle: ['subject'],
  personal_goal: ['id'],
  personal_goal_own: ['goal_id'],
  personal_goal_version: ['goal_id', 'version'],
  milestone: ['id'],
  goal_update: ['id'],
  goal_share: ['id'],
  goal_share_own: ['share_id'],
  goal_access: ['reader_id', 'goal_id', 'on_day', 'kind'],
  cycle: ['id'],
  business_goal: ['id'],
  key_result: ['id'],
  business_goal_assignee: ['business_goal_id', 'person_id'],
  business_goal_of_leaver: ['business_goal_id'],
  check_in: ['id'],
  alignment: ['id'],
  alignment_own: ['alignment_id'],
  alignment_decline: ['alignment_id'],
  procedure_area: ['id'],
  barrier: ['id'],
  barrier_answer: ['id'],
  barrier_support: ['barrier_id', 'person_id'],
  nameless_barrier: ['id'],
  story: ['id'],
  story_author: ['story_id'],
  story_adoption: ['story_id', 'person_id'],
  one_to_one: ['id'],
  one_to_one_decline: ['one_to_one_id'],
  conversation: ['id'],
  talking_point: ['id'],
  talking_point_subject: ['point_id'],
  talking_point_version: ['point_id', 'version'],
  talking_point_carry: ['point_id', 'from_id'],
  shared_notes: ['id'],
  shared_notes_version: ['notes_id', 'version'],
  private_notes: ['conversation_id', 'author_id'],
  conversation_feedback: ['id'],
  action_item: ['id'],
  action_item_version: ['item_id', 'version'],
  notes_import: ['id'],
  notes_import_section: ['import_id', 'held_on'],
  agenda_template: ['id'],
  mandate: ['id'],
  mandate_own: ['mandate_id'],
  handover: ['line_id'],
  handover_offer: ['id'],
  data_export: ['id'],
  erasure: ['id'],
  engagement_period: ['id'],
  period_member: ['period_id', 'person_id'],
  period_group: ['period_id', 'tree', 'group_id'],
  pulse: ['id'],
  pulse_question: ['pulse_id', 'position'],
  pulse_answer_waiting: ['pulse_id', 'pseudonym'],
  pulse_answer: ['pulse_id', 'pseudonym'],
  pulse_pseudonym: ['pseudonym'],
  pulse_respondent: ['respondent'],
  pulse_participation: ['period_id', 'respondent'],
  trend_release: ['id'],
  trend_erratum: ['id'],
  trend_group: ['release_id', 'tree', 'key'],
  trend_cell: ['release_id', 'tree', 'group_key', 'metric'],
  trend_response: ['id'],
  trend_participant: ['number'],
  trend_figure_people: ['release_id', 'population', 'tree'],
};

export const TABLES = Object.keys(KEYS) as TableName[];

/** Everything that there is, as plain objects, at one moment. */
export type World = { readonly [T in TableName]: readonly Tables[T][] } & {
  readonly now: Moment;
  /** In UTC. */
  readonly today: Day;
};

/** A row's key as one text, to compare sets of rows. */
export function keyOf<T extends TableName>(table: T, row: Tables[T]): string {
  return KEYS[table].map((column) => String(row[column])).join('/');
}

/** The day that it is at a moment in a place. */
export function dayIn(timeZone: string, moment: Moment): Day {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(moment / 1000));
}

const starts = new Map<string, Moment>();

/** The first instant of a day in a place, worked out by Temporal. */
export function startOfDay(day: Day, timeZone: string): Moment {
  const key = `${day} ${timeZone}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  const start = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds * 1000;
  starts.set(key, start);
  return start;
}

/** A day so many days later. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
