import type { Attempt } from './oracle-writes.js';
import type { TableName } from './rows.js';

/** What could notice that something is wrong: which part of the proof, on which tables. */
export type Check =
  | 'catalogue'
  | 'stories'
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

/** A helper function of the policies without one of its conditions. */
export interface Edit {
  readonly what: string;
  readonly function: string;
  /** The text to replace, which must exist, and its replacement. */
  readonly replace: readonly (readonly [string | RegExp, string])[];
  readonly checks: readonly Check[];
  /** Other things to undo together with it, where two rules guard the same. */
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
    checks: ['stories'],
  },
  {
    what: 'a share outlives ninety days of absence where the leaving is moved',
    function: 'app.employment_end_updated',
    replace: [['b.access_until <= now()', 'false']],
    checks: ['stories'],
  },
  {
    what: 'a leaving that is moved ends shares that were suspended',
    function: 'app.employment_end_removed',
    replace: [['b.access_until <= now()', 'true']],
    checks: ['stories'],
  },
  {
    what: 'the ninety days are counted from the last day, whenever it was written',
    function: 'app.employment_end_before_write',
    replace: [['greatest(new.ended_on, (new.recorded_at at time zone zone)::date)', 'new.ended_on']],
    checks: ['stories'],
  },
  {
    what: 'correcting the last day shortens the ninety days',
    function: 'app.employment_end_before_write',
    replace: [['greatest(new.access_until, old.access_until)', 'new.access_until']],
    checks: ['stories'],
  },
  {
    what: 'a line’s end by leaving is taken for one by hand',
    function: 'app.line_end',
    replace: [['e.person_id in (l.report_id, l.manager_id)', 'false']],
    checks: ['stories'],
  },
  {
    what: 'disabling shortens the ninety days',
    function: 'app.account_is_open',
    replace: [
      ['else a.disabled_at is null', 'else true'],
      ['e.access_until > now()', 'e.access_until > now() and a.disabled_at is null'],
    ],
    checks: ['stories'],
  },
  {
    what: 'a goal of a leaver comes back though it was changed since',
    function: 'app.return_goals_of_leavers',
    replace: [['and b.version = w.version', '']],
    checks: ['stories'],
  },
  {
    what: 'goals go to the person who ceased to be manager on the last day',
    function: 'app.transfer_goals_of_leavers',
    replace: [['l.ends_on > e.ended_on', 'l.ends_on >= e.ended_on']],
    checks: ['stories'],
  },
  {
    what: 'goals do not go to the person who became manager on the last day',
    function: 'app.transfer_goals_of_leavers',
    replace: [['l.starts_on <= e.ended_on', 'l.starts_on < e.ended_on']],
    checks: ['stories'],
  },
  {
    what: 'shares that do not expire',
    function: 'app.active_share_ids',
    replace: [[/and \(s\.expires_at is null or s\.expires_at > clock_timestamp\(\)\)/, '']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'shares that outlive their line',
    function: 'app.active_share_ids',
    replace: [['l.closed_at <= clock_timestamp()', 'false']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'shares that outlive an employment',
    function: 'app.active_share_ids',
    replace: [['e.ended_at <= clock_timestamp()', 'false']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'shares that end with the last day and not after it',
    function: 'app.active_share_ids',
    replace: [['e.ended_at <= clock_timestamp()', `e.ended_at <= clock_timestamp() + interval '1 day'`]],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'shares that are called ACTIVE after they have expired',
    function: 'app.share_state',
    replace: [[/or s\.expires_at <= now\(\)/, '']],
    checks: ['stories'],
  },
  {
    what: 'shares that are called ACTIVE after their line has closed',
    function: 'app.share_state',
    replace: [[/or exists \(select 1 from reporting_line l[^)]*now\(\)\)/, '']],
    checks: ['stories'],
  },
  {
    what: 'shares that are called ACTIVE after an employment',
    function: 'app.share_state',
    replace: [['e.ended_at <= now()', 'false']],
    checks: ['stories'],
  },
  {
    what: 'shares that are called ENDED on the last day and not after it',
    function: 'app.share_state',
    replace: [['e.ended_at <= now()', `e.ended_at <= now() + interval '1 day'`]],
    checks: ['stories'],
  },
  {
    what: 'shares that are called ENDED for their owner only, not for their reader',
    function: 'app.share_state',
    replace: [['in (s.owner_id, s.with_id)', 'in (s.with_id, s.with_id)']],
    checks: ['stories'],
  },
  {
    what: 'waiting shares that are read',
    function: 'app.active_share_ids',
    replace: [['and not s.waiting', '']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'ended shares that are read',
    function: 'app.active_share_ids',
    replace: [['and s.ended_at is null', '']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'everybody’s shares are one’s own',
    function: 'app.active_share_ids',
    replace: [['s.with_id = (select app.viewer())', 'true']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'goals of all shares, not of those that are ACTIVE',
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
    what: 'a waiting or ended share counts as having shared first',
    function: 'app.has_shared_first',
    replace: [
      ['and s.ended_at is null', ''],
      [/and app\.share_state\(s\) = 'ACTIVE'/, ''],
    ],
    checks: ['stories'],
  },
  {
    what: 'having shared with anybody counts as having shared first',
    function: 'app.has_shared_first',
    replace: [['and s.with_id = with_person_id', '']],
    checks: ['stories'],
  },
  {
    what: 'everybody has shared first',
    function: 'app.has_shared_first',
    replace: [['select exists', 'select true or exists']],
    checks: ['stories'],
  },
  {
    what: 'nobody has shared first',
    function: 'app.has_shared_first',
    replace: [
      [/select exists \(/, 'select false and exists ('],
      [/or exists \(/, 'or false and exists ('],
    ],
    checks: ['stories'],
  },
  {
    what: 'a goal for the organization does not count as having shared first',
    function: 'app.has_shared_first',
    replace: [[`g.visibility = 'ORGANIZATION'`, 'false']],
    checks: ['stories'],
  },
  {
    what: 'a setting that nobody asks for',
    function: 'app.share_begins_pending',
    replace: [['and o.leaders_share_first', '']],
    checks: ['stories'],
  },
  {
    what: 'a share with a DOTTED manager that waits',
    function: 'app.share_begins_pending',
    replace: [[`and l.kind = 'PRIMARY'`, '']],
    checks: ['stories'],
  },
  {
    what: 'a share with a former manager that waits',
    function: 'app.share_begins_pending',
    replace: [['and (l.ends_at is null or now() < l.ends_at)', '']],
    checks: ['stories'],
  },
  {
    what: 'a share that waits for a manager who has shared',
    function: 'app.share_begins_pending',
    replace: [['and not app.has_shared_first(with_id, owner_id)', '']],
    checks: ['stories'],
  },
  {
    what: 'a share that is inserted without the decision whether it waits',
    function: 'app.goal_share_before_insert',
    replace: [['new.waiting and app.share_begins_pending(new.owner_id, new.with_id)', 'new.waiting']],
    checks: ['stories'],
  },
  {
    what: 'a prediction that says nobody would wait',
    function: 'app.own_share_begins_pending',
    replace: [['app.viewer()', 'null']],
    checks: ['stories'],
  },
  {
    what: 'a share that rests on no line',
    function: 'app.goal_share_before_insert',
    replace: [[/new\.line_id := \([\s\S]*?\n {2}\);/, 'new.line_id := new.line_id;']],
    checks: ['stories'],
  },
  {
    what: 'a leader’s share that lets nothing through',
    function: 'app.goal_share_after_insert',
    replace: [[`if app.share_state(new) = 'ACTIVE'`, 'if false']],
    checks: ['stories'],
  },
  {
    what: 'anybody’s share lets through what waits for a leader',
    function: 'app.goal_share_after_insert',
    replace: [
      ['and s.with_id = new.owner_id', ''],
      ['s.owner_id = new.with_id', 's.with_id = new.owner_id'],
    ],
    checks: ['stories'],
  },
  {
    what: 'an expired session lives',
    function: 'app.live_session',
    replace: [['and s.expires_at > clock_timestamp()', '']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a revoked session lives',
    function: 'app.live_session',
    replace: [['and s.revoked_at is null', '']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a disabled account lives',
    function: 'app.live_session',
    replace: [['and (a.disabled_at is null or e.ended_at <= clock_timestamp())', '']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'a session unused for sixteen days lives',
    function: 'app.live_session',
    replace: [[/'16 days'/, `'17 days'`]],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'somebody who has left keeps their access for ever',
    function: 'app.live_session',
    replace: [['and (e.access_until is null or e.access_until > clock_timestamp())', '']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'somebody who has left has a day less to fetch what is theirs',
    function: 'app.live_session',
    replace: [
      ['e.access_until > clock_timestamp()', `e.access_until > clock_timestamp() + interval '1 day'`],
    ],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'somebody who has left has a day more',
    function: 'app.live_session',
    replace: [
      ['e.access_until > clock_timestamp()', `e.access_until > clock_timestamp() - interval '1 day'`],
    ],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'somebody who has left is employed',
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
    what: 'any session will do',
    function: 'app.live_session',
    replace: [[/s\.token_hash = decode\([\s\S]*?'hex'\)/, 'true']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'roles of the whole organization are everybody’s',
    function: 'app.organization_as',
    replace: [['r.person_id = i.person_id', 'r.organization_id = i.organization_id']],
    checks: [{ reads: SOME_OF_EACH }],
  },
  {
    what: 'somebody who has left is a viewer',
    function: 'app.viewer',
    replace: [['where employed', '']],
    checks: [{ reads: [...GOAL_TABLES, ...PAIR_TABLES] }],
  },
  {
    what: 'somebody who has left reads nothing of theirs',
    function: 'app.signed_in_person',
    replace: [[/from app\.live_session\(\)/, 'from app.live_session() where employed']],
    checks: [{ reads: GOAL_TABLES }],
  },
  {
    what: 'somebody who has left, or a token, belongs to the organization',
    function: 'app.organization',
    replace: [['where employed', '']],
    checks: [{ reads: ['cycle', 'business_goal', 'personal_goal'] }],
  },
  {
    what: 'every token belongs home',
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
    checks: ['stories'],
  },
  {
    what: 'everybody reads account states',
    function: 'app.account_states',
    replace: [[`p.organization_id = (select app.organization_as('PEOPLE_ADMIN'))`, 'true']],
    checks: ['stories'],
  },
  {
    what: 'everybody finds out similar external IDs',
    function: 'app.similar_external_id',
    replace: [[`p.organization_id = (select app.organization_as('PEOPLE_ADMIN'))`, 'true']],
    checks: ['stories'],
  },
  {
    what: 'everybody filters people by account',
    function: 'app.find_people',
    replace: [[/ or \(account_states is not null and app\.organization_as\('PEOPLE_ADMIN'\) is null\)/, '']],
    checks: ['stories'],
  },
  {
    what: 'everybody finds people by external ID',
    function: 'app.find_people',
    replace: [[' and app.organization_of_external_ids() is not null', '']],
    checks: ['stories'],
  },
  {
    what: 'everybody may import',
    function: 'app.import_organization',
    replace: [[/where[\s\S]*any \(i\.scopes\)/, '']],
    checks: [{ reads: ['organization'] }],
  },
  {
    what: 'every role makes every token',
    function: 'app.scopes_of_roles',
    replace: [[/'HR_ANALYST' = any \(roles\)/, 'true']],
    checks: [{ reads: ['session'] }],
  },
  {
    what: 'an API token outlives the role of its maker',
    function: 'app.can_grant_scopes',
    replace: [['scopes <@ app.scopes_of_roles(creator)', 'true']],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'an API token works with one of the roles of its scopes',
    function: 'app.can_grant_scopes',
    replace: [['scopes <@ app.scopes_of_roles(creator)', 'scopes && app.scopes_of_roles(creator)']],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'an API token outlives the employment of its maker',
    function: 'app.can_grant_scopes',
    replace: [['e.ended_at <= clock_timestamp()', 'false']],
    checks: [{ reads: ['person'] }],
  },
  {
    what: 'an API token ends with the last day of its maker and not after it',
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
    what: 'everybody is named in everybody’s goals',
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
    what: 'everybody’s one-to-ones are one’s own',
    function: 'app.one_to_one_ids',
    replace: [
      [/\(o\.first_id = \(select app\.viewer\(\)\) or o\.second_id = \(select app\.viewer\(\)\)\)/, 'true'],
    ],
    checks: [{ reads: PAIR_TABLES }],
  },
  {
    what: 'the second of two sees nothing',
    function: 'app.one_to_one_ids',
    replace: [[/or o\.second_id = \(select app\.viewer\(\)\)/, '']],
    checks: [{ reads: PAIR_TABLES }],
  },
  {
    what: 'one writes in ended one-to-ones',
    function: 'app.open_one_to_one_ids',
    replace: [[`and o.state = 'OPEN'`, '']],
    checks: [{ writes: ['conversation', 'talking_point', 'action_item'] }],
  },
  {
    what: 'one writes to somebody who has left',
    function: 'app.open_one_to_one_ids',
    replace: [['e.ended_at <= now()', 'false']],
    checks: [{ writes: ['conversation', 'talking_point', 'action_item'] }],
  },
  {
    what: 'a closed line opens one-to-ones',
    function: 'app.open_line_id',
    replace: [[/and \(l\.ends_at is null or now\(\) < l\.ends_at\)/, '']],
    checks: [{ writes: ['one_to_one'] }],
  },
  {
    what: 'a line to come opens one-to-ones',
    function: 'app.open_line_id',
    replace: [['and l.starts_at <= now()', '']],
    checks: [{ writes: ['one_to_one'] }],
  },
  {
    what: 'a closed promise is changed',
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
    what: 'one refuses what one wrote oneself',
    function: 'app.is_refusable',
    replace: [['(owner_id <> created_by_id)', 'true']],
    checks: ['stories'],
  },
  {
    what: 'one refuses a due date that one set',
    function: 'app.is_refusable',
    replace: [['(NOT due_set_by_owner)', 'true']],
    checks: ['stories'],
  },
  {
    what: 'one refuses at any time',
    function: 'app.is_refusable',
    replace: [[`'7 days'`, `'9 days'`]],
    checks: ['stories'],
  },
  {
    what: 'a date that the owner sets counts as the other’s',
    function: 'app.action_item_derive',
    replace: [['coalesce(new.owner_id = app.viewer(), new.due_set_by_owner)', 'new.due_set_by_owner']],
    checks: ['stories'],
  },
  {
    what: 'the other side closes a promise',
    function: 'app.action_item_guard',
    replace: [['or new.state is distinct from old.state', '']],
    checks: [{ writes: ['action_item'], actions: ['UPDATE'] }],
  },
  {
    what: 'the other side moves the date of a promise',
    function: 'app.action_item_guard',
    replace: [['new.due_on is distinct from old.due_on or', '']],
    checks: [{ writes: ['action_item'], actions: ['UPDATE'] }],
  },
  {
    what: 'the date of a late promise moves',
    function: 'app.action_item_guard',
    replace: [['app.has_passed(old.due_at)', 'false']],
    checks: ['stories'],
  },
  {
    what: 'a promise may be due in the past',
    function: 'app.action_item_guard',
    replace: [['app.has_passed(new.due_at)', 'false']],
    checks: ['stories'],
  },
  {
    what: 'a date that moves is not counted',
    function: 'app.action_item_guard',
    replace: [['old.renegotiated + 1', 'old.renegotiated']],
    checks: ['stories'],
  },
  {
    what: 'a promise that is done late was kept',
    function: 'app.action_item_derive',
    replace: [['when app.has_passed(new.due_at) then false', '']],
    checks: ['stories'],
  },
  {
    what: 'a promise is due when UTC’s day ends',
    function: 'app.action_item_derive',
    replace: [['app.usable_time_zone(z.time_zone, o.time_zone)', `'UTC'`]],
    checks: ['stories'],
  },
  {
    what: 'the inviting person accepts',
    function: 'app.one_to_one_guard',
    replace: [['app.viewer() = old.started_by_id', 'false']],
    checks: [{ writes: ['one_to_one'], actions: ['UPDATE'] }],
  },
  {
    what: 'an ended one-to-one opens again',
    function: 'app.one_to_one_guard',
    replace: [[`old.state = 'ENDED' and new.state <> 'ENDED'`, 'false']],
    also: [{ function: 'app.one_to_one_ended_guard', replace: [[`old.state <> 'INVITED'`, 'false']] }],
    checks: [{ writes: ['one_to_one'], actions: ['UPDATE'] }],
  },
  {
    what: 'a conversation is taken back after eight days',
    function: 'app.conversation_guard',
    replace: [[`'7 days'`, `'9 days'`]],
    checks: [{ writes: ['conversation'], actions: ['UPDATE'] }],
  },
  {
    what: 'a share waits again',
    function: 'app.goal_share_before_update',
    replace: [['new.waiting and not old.waiting', 'false']],
    checks: [{ writes: ['goal_share'], actions: ['UPDATE'] }],
  },
  {
    what: 'a share that is over lives again',
    function: 'app.goal_share_before_update',
    replace: [
      [`app.share_state(old) = 'ENDED'`, 'false'],
      ['app.share_is_over(old)', 'false'],
    ],
    checks: [{ writes: ['goal_share'], actions: ['UPDATE'] }],
  },
  {
    what: 'PRIVATE leaves shares alive, and nothing else asks',
    function: 'app.personal_goal_visibility_changed',
    replace: [[`if new.visibility = 'PRIVATE'`, 'if false']],
    also: [{ function: 'app.active_share_ids', replace: [[`and g.visibility <> 'PRIVATE'`, '']] }],
    checks: ['stories'],
  },
  {
    what: 'a share that anybody judges',
    function: 'app.own_share_state',
    replace: [[/and \(s\.owner_id = app\.signed_in_person\(\) or [^;]*\)\n/, '\n']],
    checks: ['stories'],
  },
  {
    what: 'a history that anybody in the pair writes',
    function: 'app.is_own_open_point',
    replace: [['and t.author_id = app.viewer()', '']],
    checks: [{ sqlStates: 'talking_point_version' }],
  },
  {
    what: 'a history that is written on when the pair has ended',
    function: 'app.is_own_open_point',
    replace: [['and t.one_to_one_id = any (app.open_one_to_one_ids())', '']],
    checks: ['stories'],
  },
  {
    what: 'points that the other participant marks as coming from a customer',
    function: 'app.talking_point_guard',
    replace: [[' or new.from_customer is distinct from old.from_customer', '']],
    checks: [{ writes: ['talking_point'] }],
  },
  {
    what: 'points that are reworded when the pair has ended',
    function: 'app.talking_point_guard',
    replace: [['old.one_to_one_id <> all (app.open_one_to_one_ids())', 'false']],
    checks: ['stories'],
  },
  {
    what: 'promises that are reworded when the pair has ended',
    function: 'app.action_item_guard',
    replace: [['old.one_to_one_id <> all (app.open_one_to_one_ids())', 'false']],
    checks: ['stories'],
  },
];
