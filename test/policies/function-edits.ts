import type { Attempt } from './oracle-writes.js';
import type { TableName } from './rows.js';

/** The check that should detect a mutant, and on which tables. */
export type Check =
  | 'catalogue'
  | 'scenarios'
  | { readonly sqlStates: TableName }
  | { readonly reads: readonly TableName[] }
  | { readonly writes: readonly TableName[]; readonly actions?: readonly Attempt['action'][] };

const GOAL_TABLES: readonly TableName[] = [
  'goal_share',
  'personal_goal',
  'milestone',
  'goal_update',
  'alignment',
];
const PAIR_TABLES: readonly TableName[] = ['one_to_one', 'conversation', 'talking_point', 'action_item'];
const SOME_OF_EACH: readonly TableName[] = [
  'personal_goal',
  'person',
  'session',
  'audit_entry',
  'cycle',
  'organization',
];

/** A mutant: a helper function of the policies without one of its conditions. */
export interface Edit {
  readonly what: string;
  readonly function: string;
  /** The text to replace, which must exist, and its replacement. */
  readonly replace: readonly (readonly [string | RegExp, string])[];
  readonly checks: readonly Check[];
  /** Edits that are made with it, because two rules enforce the same. */
  readonly also?: readonly {
    readonly function: string;
    readonly replace: readonly (readonly [string | RegExp, string])[];
  }[];
}

export const EDITS: readonly Edit[] = [
  {
    what: 'a leaving ends shares for good',
    function: 'app.share_is_over',
    replace: [['e.access_until <= now()', 'e.ended_at <= now()']],
    checks: ['scenarios'],
  },
  {
    what: 'a share survives ninety days of absence if the last day is moved',
    function: 'app.employment_end_updated',
    replace: [['b.access_until <= now()', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'moving a last day ends suspended shares',
    function: 'app.employment_end_removed',
    replace: [['b.access_until <= now()', 'true']],
    checks: ['scenarios'],
  },
  {
    what: 'the ninety days are always counted from the last day',
    function: 'app.employment_end_before_write',
    replace: [['greatest(new.ended_on, (new.recorded_at at time zone zone)::date)', 'new.ended_on']],
    checks: ['scenarios'],
  },
  {
    what: 'the end of a reporting line by leaving counts as one by hand',
    function: 'app.line_end',
    replace: [['e.person_id in (l.report_id, l.manager_id)', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'disabling shortens the ninety days',
    function: 'app.account_is_open',
    replace: [
      ['else a.disabled_at is null', 'else true'],
      ['e.access_until > now()', 'e.access_until > now() and a.disabled_at is null'],
    ],
    checks: ['scenarios'],
  },
  {
    what: 'a goal of a leaver returns although it was changed since',
    function: 'app.return_goals_of_leavers',
    replace: [['and b.version = w.version', '']],
    checks: ['scenarios'],
  },
  {
    what: 'goals go to the person who stopped being manager on the last day',
    function: 'app.transfer_goals_of_leavers',
    replace: [['l.ends_on > e.ended_on', 'l.ends_on >= e.ended_on']],
    checks: ['scenarios'],
  },
  {
    what: 'goals do not go to the person who became manager on the last day',
    function: 'app.transfer_goals_of_leavers',
    replace: [['l.starts_on <= e.ended_on', 'l.starts_on < e.ended_on']],
    checks: ['scenarios'],
  },
  {
    what: 'shares that do not expire',
    function: 'app.active_share_ids',
    replace: [[/and \(s\.expires_at is null or s\.expires_at > clock_timestamp\(\)\)/, '']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'shares that survive their reporting line',
    function: 'app.active_share_ids',
    replace: [['l.closed_at <= clock_timestamp()', 'false']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'shares that survive an employment',
    function: 'app.active_share_ids',
    replace: [['e.ended_at <= clock_timestamp()', 'false']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'shares that end at the beginning of the last day',
    function: 'app.active_share_ids',
    replace: [['e.ended_at <= clock_timestamp()', `e.ended_at <= clock_timestamp() + interval '1 day'`]],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'expired shares that are shown as ACTIVE',
    function: 'app.share_state',
    replace: [[/or s\.expires_at <= now\(\)/, '']],
    checks: ['scenarios'],
  },
  {
    what: 'shares that are shown as ACTIVE after their reporting line has ended',
    function: 'app.share_state',
    replace: [[/or exists \(select 1 from reporting_line l[^)]*now\(\)\)/, '']],
    checks: ['scenarios'],
  },
  {
    what: 'shares that are shown as ACTIVE after an employment',
    function: 'app.share_state',
    replace: [['e.ended_at <= now()', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'shares that are shown as ENDED on the last day',
    function: 'app.share_state',
    replace: [['e.ended_at <= now()', `e.ended_at <= now() + interval '1 day'`]],
    checks: ['scenarios'],
  },
  {
    what: 'shares that are shown as ENDED to their owner but not to their reader',
    function: 'app.share_state',
    replace: [['in (s.owner_id, s.with_id)', 'in (s.with_id, s.with_id)']],
    checks: ['scenarios'],
  },
  {
    what: 'pending shares that can be read',
    function: 'app.active_share_ids',
    replace: [['and not s.waiting', '']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'ended shares that can be read',
    function: 'app.active_share_ids',
    replace: [['and s.ended_at is null', '']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'the shares of all people count as the viewer’s',
    function: 'app.active_share_ids',
    replace: [['s.with_id = (select app.viewer())', 'true']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'goals of all shares, not only of ACTIVE ones',
    function: 'app.shared_goal_ids',
    replace: [[/s\.id = any \(app\.active_share_ids\(\)\)/, 's.with_id = app.viewer()']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'the past of every shared goal',
    function: 'app.goal_ids_with_past',
    replace: [['and s.includes_past', '']],
    checks: [{ reads: ['milestone', 'goal_update'] }],
  },
  {
    what: 'the past of no shared goal',
    function: 'app.goal_ids_with_past',
    replace: [['and s.includes_past', 'and false']],
    checks: [{ reads: ['milestone', 'goal_update'] }],
  },
  {
    what: 'a pending or ended share counts as having shared first',
    function: 'app.has_shared_first',
    replace: [
      ['and s.ended_at is null', ''],
      [/and app\.share_state\(s\) = 'ACTIVE'/, ''],
    ],
    checks: ['scenarios'],
  },
  {
    what: 'having shared with anybody counts as having shared first',
    function: 'app.has_shared_first',
    replace: [['and s.with_id = with_person_id', '']],
    checks: ['scenarios'],
  },
  {
    what: 'everybody has shared first',
    function: 'app.has_shared_first',
    replace: [['select exists', 'select true or exists']],
    checks: ['scenarios'],
  },
  {
    what: 'nobody has shared first',
    function: 'app.has_shared_first',
    replace: [
      [/select exists \(/, 'select false and exists ('],
      [/or exists \(/, 'or false and exists ('],
    ],
    checks: ['scenarios'],
  },
  {
    what: 'a goal visible to the organization does not count as having shared first',
    function: 'app.has_shared_first',
    replace: [[`g.visibility = 'ORGANIZATION'`, 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'a setting that is ignored',
    function: 'app.share_begins_pending',
    replace: [['and o.leaders_share_first', '']],
    checks: ['scenarios'],
  },
  {
    what: 'a pending share with a DOTTED manager',
    function: 'app.share_begins_pending',
    replace: [[`and l.kind = 'PRIMARY'`, '']],
    checks: ['scenarios'],
  },
  {
    what: 'a pending share with a former manager',
    function: 'app.share_begins_pending',
    replace: [['and (l.ends_at is null or now() < l.ends_at)', '']],
    checks: ['scenarios'],
  },
  {
    what: 'a pending share with a manager who has shared',
    function: 'app.share_begins_pending',
    replace: [['and not app.has_shared_first(with_id, owner_id)', '']],
    checks: ['scenarios'],
  },
  {
    what: 'a share that is inserted without deciding whether it is pending',
    function: 'app.goal_share_before_insert',
    replace: [['new.waiting and app.share_begins_pending(new.owner_id, new.with_id)', 'new.waiting']],
    checks: ['scenarios'],
  },
  {
    what: 'a prediction that no share would be pending',
    function: 'app.own_share_begins_pending',
    replace: [['app.viewer()', 'null']],
    checks: ['scenarios'],
  },
  {
    what: 'a share without its reporting line',
    function: 'app.goal_share_before_insert',
    replace: [[/new\.line_id := \([\s\S]*?\n {2}\);/, 'new.line_id := new.line_id;']],
    checks: ['scenarios'],
  },
  {
    what: 'a leader’s share that activates no pending share',
    function: 'app.goal_share_after_insert',
    replace: [[`if app.share_state(new) = 'ACTIVE'`, 'if false']],
    checks: ['scenarios'],
  },
  {
    what: 'any share activates shares that are pending for a leader',
    function: 'app.goal_share_after_insert',
    replace: [
      ['and s.with_id = new.owner_id', ''],
      ['s.owner_id = new.with_id', 's.with_id = new.owner_id'],
    ],
    checks: ['scenarios'],
  },
  {
    what: 'an expired session is valid',
    function: 'app.live_session',
    replace: [['and s.expires_at > clock_timestamp()', '']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a revoked session is valid',
    function: 'app.live_session',
    replace: [['and s.revoked_at is null', '']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a session of a disabled account is valid',
    function: 'app.live_session',
    replace: [['and (a.disabled_at is null or e.ended_at <= clock_timestamp())', '']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a session unused for sixteen days is valid',
    function: 'app.live_session',
    replace: [[/'16 days'/, `'17 days'`]],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a former employee keeps their access without limit',
    function: 'app.live_session',
    replace: [['and (e.access_until is null or e.access_until > clock_timestamp())', '']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a former employee has access for a day less',
    function: 'app.live_session',
    replace: [
      ['e.access_until > clock_timestamp()', `e.access_until > clock_timestamp() + interval '1 day'`],
    ],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a former employee has access for a day more',
    function: 'app.live_session',
    replace: [
      ['e.access_until > clock_timestamp()', `e.access_until > clock_timestamp() - interval '1 day'`],
    ],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a former employee counts as employed',
    function: 'app.live_session',
    replace: [
      [
        's.person_id is not null and (e.ended_at is null or e.ended_at > clock_timestamp()),',
        's.person_id is not null,',
      ],
    ],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'any session is accepted',
    function: 'app.live_session',
    replace: [[/s\.token_hash = decode\([\s\S]*?'hex'\)/, 'true']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'everybody has the roles of the whole organization',
    function: 'app.organization_as',
    replace: [['r.person_id = i.person_id', 'r.organization_id = i.organization_id']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a former employee is a viewer',
    function: 'app.viewer',
    replace: [['where employed', '']],
    checks: [{ reads: [...GOAL_TABLES, ...PAIR_TABLES] }],
  },
  {
    what: 'a former employee reads none of their goals',
    function: 'app.signed_in_person',
    replace: [[/from app\.live_session\(\)/, 'from app.live_session() where employed']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'a former employee or a token is a member of the organization',
    function: 'app.organization',
    replace: [['where employed', '']],
    checks: [{ reads: ['cycle', 'business_goal', 'personal_goal'] }],
  },
  {
    what: 'every token is a member of the organization',
    function: 'app.signed_in_organization',
    replace: [['where person_id is not null', '']],
    checks: [{ reads: ['organization'] }],
  },
  {
    what: 'every token reads the directory',
    function: 'app.directory_organization',
    replace: [[/where employed or .*/, 'where true']],
    checks: [{ reads: ['person', 'department'] }],
  },
  {
    what: 'a token for imports reads the directory',
    function: 'app.directory_organization',
    replace: [[`'DIRECTORY_READ' = any (scopes)`, `scopes && array['DIRECTORY_READ', 'DIRECTORY_WRITE']`]],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'any role is every role',
    function: 'app.organization_as',
    replace: [['and r.role = organization_as.role', '']],
    checks: [{ reads: ['audit_entry', 'invitation'] }],
  },
  {
    what: 'no role is every role',
    function: 'app.organization_as',
    replace: [[/and exists \([\s\S]*organization_as\.role\)/, '']],
    checks: [{ reads: ['audit_entry', 'invitation'] }],
  },
  {
    what: 'every role reads external IDs',
    function: 'app.organization_of_external_ids',
    replace: [[/and exists \([\s\S]*'PEOPLE_ADMIN'\)/, '']],
    checks: ['scenarios'],
  },
  {
    what: 'everybody reads account states',
    function: 'app.account_states',
    replace: [[`p.organization_id = (select app.organization_as('PEOPLE_ADMIN'))`, 'true']],
    checks: ['scenarios'],
  },
  {
    what: 'everybody finds out similar external IDs',
    function: 'app.similar_external_id',
    replace: [[`p.organization_id = (select app.organization_as('PEOPLE_ADMIN'))`, 'true']],
    checks: ['scenarios'],
  },
  {
    what: 'everybody filters people by account',
    function: 'app.find_people',
    replace: [[/ or \(account_states is not null and app\.organization_as\('PEOPLE_ADMIN'\) is null\)/, '']],
    checks: ['scenarios'],
  },
  {
    what: 'everybody finds people by external ID',
    function: 'app.find_people',
    replace: [[' and app.organization_of_external_ids() is not null', '']],
    checks: ['scenarios'],
  },
  {
    what: 'everybody may import',
    function: 'app.import_organization',
    replace: [[/where[\s\S]*any \(i\.scopes\)/, '']],
    checks: [{ reads: ['organization'] }],
  },
  {
    what: 'every role creates every token',
    function: 'app.scopes_of_roles',
    replace: [[/'HR_ANALYST' = any \(roles\)/, 'true']],
    checks: [{ reads: ['session'] }],
  },
  {
    what: 'an API token survives the role of its creator',
    function: 'app.can_grant_scopes',
    replace: [['scopes <@ app.scopes_of_roles(creator)', 'true']],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'an API token is valid with only one of the roles for its scopes',
    function: 'app.can_grant_scopes',
    replace: [['scopes <@ app.scopes_of_roles(creator)', 'scopes && app.scopes_of_roles(creator)']],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'an API token survives the employment of its creator',
    function: 'app.can_grant_scopes',
    replace: [['e.ended_at <= clock_timestamp()', 'false']],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'an API token ends at the beginning of its creator’s last day',
    function: 'app.can_grant_scopes',
    replace: [['e.ended_at <= clock_timestamp()', `e.ended_at <= clock_timestamp() + interval '1 day'`]],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'every role records every action',
    function: 'app.recorded_actions',
    replace: [['on a.role = r.role', 'on true']],
    checks: [{ writes: ['audit_entry'], actions: ['INSERT'] }],
  },
  {
    what: 'somebody without a role records actions',
    function: 'app.recorded_actions',
    replace: [['join role_grant r on r.person_id = i.person_id', 'join role_grant r on true']],
    checks: [{ writes: ['audit_entry'], actions: ['INSERT'] }],
  },
  {
    what: 'the last administrator loses the role',
    function: 'app.role_grant_removed',
    replace: [[`old.role = 'ORGANIZATION_ADMIN'`, 'false']],
    checks: [{ writes: ['role_grant'], actions: ['DELETE'] }],
  },
  {
    what: 'the last administrator leaves',
    function: 'app.leaver_account_written',
    replace: [['perform app.require_administrator(o.organization_id)', 'perform o.organization_id']],
    checks: [{ writes: ['employment_end'], actions: ['INSERT'] }],
  },
  {
    what: 'an administrator without an open account is enough',
    function: 'app.require_administrator',
    replace: [['and a.disabled_at is null', '']],
    checks: [{ writes: ['role_grant'], actions: ['DELETE'] }],
  },
  {
    what: 'everybody counts as named in every goal',
    function: 'app.people_of_own_goals',
    replace: [[/on s\.owner_id = i\.person_id where not i\.employed/, 'on true']],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'nobody’s access log names a person',
    function: 'app.people_of_own_goals',
    replace: [[/on a\.owner_id = i\.person_id where not i\.employed/, 'on false']],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'everybody continues every goal',
    function: 'app.business_goal_guard',
    replace: [['b.owner_id = (select app.viewer())', 'true']],
    checks: [{ writes: ['business_goal'], actions: ['INSERT'] }],
  },
  {
    what: 'a goal in any state is continued',
    function: 'app.business_goal_guard',
    replace: [[`b.state in ('OPEN', 'MISSED')`, 'true']],
    checks: [{ writes: ['business_goal'], actions: ['INSERT'] }],
  },
  {
    what: 'a draft continues a goal',
    function: 'app.business_goal_guard',
    replace: [[`and new.state = 'OPEN'`, '']],
    checks: [{ writes: ['business_goal'], actions: ['INSERT'] }],
  },
  {
    what: 'a goal with check-ins is deleted',
    function: 'app.business_goal_guard',
    replace: [['where c.business_goal_id = old.id', 'where false']],
    checks: [{ writes: ['business_goal'], actions: ['DELETE'] }],
  },
  {
    what: 'a placed goal is deleted',
    function: 'app.business_goal_guard',
    replace: [['where a.business_goal_id = old.id', 'where false']],
    checks: [{ writes: ['business_goal'], actions: ['DELETE'] }],
  },
  {
    what: 'a hidden placement refuses a deletion',
    function: 'app.business_goal_guard',
    replace: [['LANGUAGE plpgsql', 'LANGUAGE plpgsql SECURITY DEFINER']],
    checks: [{ writes: ['business_goal'], actions: ['DELETE'] }],
  },
  {
    what: 'a closed goal takes check-ins',
    function: 'app.check_in_requires_open_goal',
    replace: [[`and b.state = 'OPEN'`, '']],
    checks: [{ writes: ['check_in'], actions: ['INSERT'] }],
  },
  {
    what: 'everybody is assigned to every goal',
    function: 'app.assigned_goal_ids',
    replace: [['where a.person_id = (select app.viewer())', '']],
    checks: [{ reads: ['business_goal'] }],
  },
  {
    what: 'nobody has declined',
    function: 'app.declined_one_to_one_ids',
    replace: [['where d.person_id = (select app.viewer())', 'where false']],
    checks: [{ reads: ['one_to_one'] }],
  },
  {
    what: 'the one-to-ones of all people count as the viewer’s',
    function: 'app.one_to_one_ids',
    replace: [
      [/\(o\.first_id = \(select app\.viewer\(\)\) or o\.second_id = \(select app\.viewer\(\)\)\)/, 'true'],
    ],
    checks: [{ reads: PAIR_TABLES }],
  },
  {
    what: 'the second participant sees nothing',
    function: 'app.one_to_one_ids',
    replace: [[/or o\.second_id = \(select app\.viewer\(\)\)/, '']],
    checks: [{ reads: PAIR_TABLES }],
  },
  {
    what: 'a participant writes in ended one-to-ones',
    function: 'app.open_one_to_one_ids',
    replace: [[`and o.state = 'OPEN'`, '']],
    checks: [{ writes: ['conversation', 'talking_point', 'action_item'] }],
  },
  {
    what: 'a participant writes to somebody who has left',
    function: 'app.open_one_to_one_ids',
    replace: [['e.ended_at <= now()', 'false']],
    checks: [{ writes: ['conversation', 'talking_point', 'action_item'] }],
  },
  {
    what: 'an ended reporting line opens one-to-ones',
    function: 'app.open_line_id',
    replace: [[/and \(l\.ends_at is null or now\(\) < l\.ends_at\)/, '']],
    checks: [{ writes: ['one_to_one'] }],
  },
  {
    what: 'a future reporting line opens one-to-ones',
    function: 'app.open_line_id',
    replace: [['and l.starts_at <= now()', '']],
    checks: [{ writes: ['one_to_one'] }],
  },
  {
    what: 'a closed action item is changed',
    function: 'app.action_item_guard',
    replace: [[`old.state <> 'OPEN'`, 'false']],
    checks: [{ writes: ['action_item'], actions: ['UPDATE'] }],
  },
  {
    what: 'an action item is reopened an hour after it was closed',
    function: 'app.action_item_guard',
    replace: [[`old.closed_at <= now() - interval '10 minutes'`, 'false']],
    checks: [{ writes: ['action_item'], actions: ['UPDATE'] }],
  },
  {
    what: 'an owner refuses an action item that they wrote',
    function: 'app.is_refusable',
    replace: [['(owner_id <> created_by_id)', 'true']],
    checks: ['scenarios'],
  },
  {
    what: 'an owner refuses a due date that they set',
    function: 'app.is_refusable',
    replace: [['(NOT due_set_by_owner)', 'true']],
    checks: ['scenarios'],
  },
  {
    what: 'an owner refuses at any time',
    function: 'app.is_refusable',
    replace: [[`'7 days'`, `'9 days'`]],
    checks: ['scenarios'],
  },
  {
    what: 'a due date that the owner sets counts as the other participant’s',
    function: 'app.action_item_derive',
    replace: [['coalesce(new.owner_id = app.viewer(), new.due_set_by_owner)', 'new.due_set_by_owner']],
    checks: ['scenarios'],
  },
  {
    what: 'the other participant closes an action item',
    function: 'app.action_item_guard',
    replace: [['or new.state is distinct from old.state', '']],
    checks: [{ writes: ['action_item'], actions: ['UPDATE'] }],
  },
  {
    what: 'the other participant moves a due date',
    function: 'app.action_item_guard',
    replace: [['new.due_on is distinct from old.due_on or', '']],
    checks: [{ writes: ['action_item'], actions: ['UPDATE'] }],
  },
  {
    what: 'the due date of a late action item moves',
    function: 'app.action_item_guard',
    replace: [['app.has_passed(old.due_at)', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'an action item can be due in the past',
    function: 'app.action_item_guard',
    replace: [['app.has_passed(new.due_at)', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'a moved due date is not counted',
    function: 'app.action_item_guard',
    replace: [['old.renegotiated + 1', 'old.renegotiated']],
    checks: ['scenarios'],
  },
  {
    what: 'an action item that is done late counts as kept',
    function: 'app.action_item_derive',
    replace: [['when app.has_passed(new.due_at) then false', '']],
    checks: ['scenarios'],
  },
  {
    what: 'an action item is due at the end of the day in UTC',
    function: 'app.action_item_derive',
    replace: [['app.usable_time_zone(z.time_zone, o.time_zone)', `'UTC'`]],
    checks: ['scenarios'],
  },
  {
    what: 'the inviting person accepts',
    function: 'app.one_to_one_guard',
    replace: [['app.viewer() = old.started_by_id', 'false']],
    checks: [{ writes: ['one_to_one'], actions: ['UPDATE'] }],
  },
  {
    what: 'an ended one-to-one is reopened',
    function: 'app.one_to_one_guard',
    replace: [[`old.state = 'ENDED' and new.state <> 'ENDED'`, 'false']],
    also: [{ function: 'app.one_to_one_ended_guard', replace: [[`old.state <> 'INVITED'`, 'false']] }],
    checks: [{ writes: ['one_to_one'], actions: ['UPDATE'] }],
  },
  {
    what: 'a mandate that was ended holds',
    function: 'app.mandate_ended_at',
    replace: [['SELECT mandate_ended_at.ended_at AS at', 'SELECT NULL::timestamptz AS at']],
    checks: [{ reads: ['mandate'] }],
  },
  {
    what: 'a mandate holds after its last day',
    function: 'app.mandate_ended_at',
    replace: [['SELECT mandate_ended_at.expires_at', 'SELECT NULL::timestamptz']],
    checks: [{ reads: ['mandate'] }],
  },
  {
    what: 'a mandate survives its reporting line',
    function: 'app.mandate_ended_at',
    replace: [['l.line_id = mandate_ended_at.line_id', 'false']],
    checks: [{ reads: ['mandate'] }],
  },
  {
    what: 'everybody grants mandates to everybody with a manager',
    function: 'app.open_line_of_report',
    replace: [['l.manager_id = app.viewer()', 'true']],
    checks: [{ writes: ['mandate'], actions: ['INSERT'] }],
  },
  {
    what: 'a former manager grants mandates',
    function: 'app.open_line_of_report',
    replace: [['and (l.ends_at is null or now() < l.ends_at)', '']],
    checks: [{ writes: ['mandate'], actions: ['INSERT'] }],
  },
  {
    what: 'a future manager grants mandates',
    function: 'app.open_line_of_report',
    replace: [['l.starts_at <= now() and', '']],
    checks: [{ writes: ['mandate'], actions: ['INSERT'] }],
  },
  {
    what: 'a mandate that has ended is changed',
    function: 'app.mandate_guard',
    replace: [['app.mandate_ended_at(old.ended_at, old.expires_at, old.line_id) is not null', 'false']],
    checks: [{ writes: ['mandate'], actions: ['UPDATE'] }],
  },
  {
    what: 'a person changes what they may decide',
    function: 'app.mandate_guard',
    replace: [['is_changed and old.granted_by_id <> app.viewer()', 'false']],
    checks: [{ writes: ['mandate'], actions: ['UPDATE'] }],
  },
  {
    what: 'one of the two publishes a mandate',
    function: 'app.mandate_guard',
    replace: [['and o.publication_asked_by_id <> app.viewer()', '']],
    checks: [{ writes: ['mandate'], actions: ['UPDATE'] }],
  },
  {
    what: 'a changed mandate stays published',
    function: 'app.mandate_guard',
    replace: [['new.published := false', 'null']],
    checks: ['scenarios'],
  },
  {
    what: 'a mandate ends in the past',
    function: 'app.mandate_guard',
    replace: [['app.has_passed(new.expires_at)', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'a mandate ended at another moment than now',
    function: 'app.mandate_guard',
    replace: [['case when new.ended_at is not null then now() end', 'new.ended_at']],
    checks: ['scenarios'],
  },
  {
    what: 'an agreement to publish survives a change of the mandate',
    function: 'app.mandate_after_write',
    replace: [['version = version + 1, publication_asked_by_id = null', 'version = version + 1']],
    checks: ['scenarios'],
  },
  {
    what: 'an agreement to publish survives taking the publication back',
    function: 'app.mandate_after_write',
    replace: [['old.published and not new.published', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'a mandate ends at the end of the day in UTC',
    function: 'app.mandate_derive',
    replace: [['app.usable_time_zone(z.time_zone, o.time_zone)', `'UTC'`]],
    checks: ['scenarios'],
  },
  {
    what: 'a mandate holds again when its reporting line is opened again',
    function: 'app.reporting_line_reopened',
    replace: [['update mandate m set ended_at = now()', 'update mandate m set ended_at = null']],
    checks: ['scenarios'],
  },
  {
    what: 'a mandate holds again after more than ninety days of absence',
    function: 'app.end_shares_and_mandates_of_leavers',
    replace: [['update mandate m set ended_at = now()', 'update mandate m set ended_at = null']],
    checks: ['scenarios'],
  },
  {
    what: 'a conversation is reopened after eight days',
    function: 'app.conversation_guard',
    replace: [[`'7 days'`, `'9 days'`]],
    checks: [{ writes: ['conversation'], actions: ['UPDATE'] }],
  },
  {
    what: 'an active share becomes pending again',
    function: 'app.goal_share_before_update',
    replace: [['new.waiting and not old.waiting', 'false']],
    checks: [{ writes: ['goal_share'], actions: ['UPDATE'] }],
  },
  {
    what: 'an ended share is reopened',
    function: 'app.goal_share_before_update',
    replace: [
      [`app.share_state(old) = 'ENDED'`, 'false'],
      ['app.share_is_over(old)', 'false'],
    ],
    checks: [{ writes: ['goal_share'], actions: ['UPDATE'] }],
  },
  {
    what: 'PRIVATE does not end shares, and no other rule checks it',
    function: 'app.personal_goal_visibility_changed',
    replace: [[`if new.visibility = 'PRIVATE'`, 'if false']],
    also: [{ function: 'app.active_share_ids', replace: [[`and g.visibility <> 'PRIVATE'`, '']] }],
    checks: ['scenarios'],
  },
  {
    what: 'the state of a share is returned to anybody',
    function: 'app.own_share_state',
    replace: [[/and \(s\.owner_id = app\.signed_in_person\(\) or [^;]*\)\n/, '\n']],
    checks: ['scenarios'],
  },
  {
    what: 'everybody answers for every area',
    function: 'app.answerable_area_ids',
    replace: [['where a.answerer_id = (select app.viewer())', '']],
    checks: [{ writes: ['barrier_answer'], actions: ['INSERT'] }],
  },
  {
    what: 'the deputy does not answer',
    function: 'app.answerable_area_ids',
    replace: [['where a.deputy_id = (select app.viewer())', 'where false']],
    checks: [{ writes: ['barrier_answer'], actions: ['INSERT'] }],
  },
  {
    what: 'somebody who has left answers for an area',
    function: 'app.procedure_area_people',
    replace: [['e.ended_at <= now()', 'false']],
    checks: [{ writes: ['procedure_area'] }],
  },
  {
    what: 'the minimum group size is lowered',
    function: 'app.organization_minimum_group_size_rises',
    replace: [[/raise exception [^;]*;/, 'return new;']],
    checks: ['scenarios'],
  },
  ...(['app.barrier_supporters', 'app.story_adopters'] as const).flatMap((name): Edit[] => [
    {
      what: 'every count is shown',
      function: name,
      replace: [['having count(*) >= o.minimum_group_size', '']],
      checks: ['scenarios'],
    },
    {
      what: 'a count of one fewer is shown',
      function: name,
      replace: [['count(*) >= o.minimum_group_size', 'count(*) >= o.minimum_group_size - 1']],
      checks: ['scenarios'],
    },
    {
      what: 'other organizations are counted',
      function: name,
      replace: [[/[sa]\.organization_id = \(select app\.organization\(\)\)/, 'true']],
      checks: ['scenarios'],
    },
  ]),
  {
    what: 'somebody without a session raises a barrier',
    function: 'app.raise_nameless_barrier',
    replace: [['if home is null then', 'if false then']],
    checks: ['scenarios'],
  },
  {
    what: 'an area of others takes a barrier without a name',
    function: 'app.raise_nameless_barrier',
    replace: [['and a.organization_id = home', '']],
    checks: ['scenarios'],
  },
  {
    what: 'a barrier that is sent again appears twice',
    function: 'app.raise_nameless_barrier',
    replace: [[/where not exists \([\s\S]*?remedy\)\n {4}\)/, '']],
    checks: ['scenarios'],
  },
  {
    what: 'a barrier without a name appears at once',
    function: 'app.publish_nameless_barriers',
    replace: [
      [
        'from unnest(waiting) w where w.staged_on < app.today_in(w.organization_id)',
        'from unnest(waiting) w',
      ],
    ],
    checks: ['scenarios'],
  },
  {
    what: 'a waiting barrier keeps the transaction of its author',
    function: 'app.publish_nameless_barriers',
    replace: [['not n.shuffled or', '']],
    checks: ['scenarios'],
  },
  {
    what: 'investigating puts the due date off',
    function: 'app.barrier_answered',
    replace: [[`b.status in ('REMOVED', 'STAYS')`, 'true']],
    checks: ['scenarios'],
  },
  {
    what: 'a trial needs no answer when it is over',
    function: 'app.barrier_answered',
    replace: [[`when new.status = 'TRIAL_WITHOUT' then new.trial_until + 14`, '']],
    checks: ['scenarios'],
  },
  {
    what: 'a first trial counts as kept',
    function: 'app.barrier_answered',
    replace: [
      [`(new.status = 'TRIAL_WITHOUT' and b.status = 'TRIAL_WITHOUT')`, `new.status = 'TRIAL_WITHOUT'`],
    ],
    checks: ['scenarios'],
  },
  {
    what: 'a trial ends in the past',
    function: 'app.barrier_answer_trial_ends',
    replace: [['new.trial_until <= today', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'a trial lasts for years',
    function: 'app.barrier_answer_trial_ends',
    replace: [['new.trial_until > today + 366', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'an answerer who has left is reminded',
    function: 'app.remind_of_due_barriers',
    replace: [['e.ended_at <= now()', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'an answerer is reminded every minute',
    function: 'app.remind_of_due_barriers',
    replace: [['and b.reminded_for is distinct from b.answer_due_on', '']],
    checks: ['scenarios'],
  },
  {
    what: 'either participant writes the history of a text',
    function: 'app.is_own_open_point',
    replace: [['and t.author_id = app.viewer()', '']],
    checks: [{ sqlStates: 'talking_point_version' }],
  },
  {
    what: 'the history of a text is written in an ended one-to-one',
    function: 'app.is_own_open_point',
    replace: [['and t.one_to_one_id = any (app.open_one_to_one_ids())', '']],
    checks: ['scenarios'],
  },
  {
    what: 'talking points are changed in an ended one-to-one',
    function: 'app.talking_point_guard',
    replace: [['old.one_to_one_id <> all (app.open_one_to_one_ids())', 'false']],
    checks: ['scenarios'],
  },
  {
    what: 'action items are changed in an ended one-to-one',
    function: 'app.action_item_guard',
    replace: [['old.one_to_one_id <> all (app.open_one_to_one_ids())', 'false']],
    checks: ['scenarios'],
  },
];
