import type pg from 'pg';
import { TABLES } from './rows.js';

/**
 * What is wrong with the catalogue, one line each; empty when nothing is.
 *
 * @param options.first ends with the first check that finds something
 */
export async function checkCatalogue(
  admin: pg.Client,
  prefix: string,
  { first = false }: { first?: boolean } = {},
): Promise<readonly string[]> {
  const app = `${prefix}_app`;
  const checks = [
    () => checkColumns(admin, app),
    ...Object.entries(CHECKS).map(([says, sql]) => async () => {
      const { rows } = await admin.query<{ name: string }>(
        sql.replaceAll('$app', `'${app}'`).replaceAll('$worker', `'${prefix}_worker'`),
      );
      return rows.map(({ name }) => `${name} ${says}`);
    }),
    () => checkRoles(admin, prefix),
  ];
  const problems: string[] = [];
  for (const check of checks) {
    problems.push(...(await check()));
    if (first && problems.length > 0) break;
  }
  return problems;
}

/** The migrations' own list: it holds no row about anybody, and the service reads it before anybody is signed in. */
const NOT_PEOPLES = `'schema_migration'`;

/** What the worker alone may call: it takes mail out of the outbox, makes the secrets of links, and does what the calendar brings. */
export const WORKER_FUNCTIONS = [
  'add_trend_cells',
  'add_trend_figure_people',
  'add_trend_groups',
  'announce_conversation_changes',
  'announce_revealed_feedback',
  'announce_token_ends',
  'apply_due_address_changes',
  'begin_trend_release',
  'complete_trend_release',
  'delete_expired_access_log',
  'delete_expired_action_items',
  'delete_expired_conversations',
  'delete_expired_exports',
  'delete_expired_keys_and_throttles',
  'delete_expired_links',
  'delete_finished_erasures',
  'delete_lapsed_notes_imports',
  'delete_lapsed_proposals',
  'delete_undeliverable_mail',
  'destroy_overdue_pulse_answers',
  'destroy_pulse_answers',
  'due_trend_periods',
  'erase_person',
  'forget_pulse_participation',
  'forget_trend_history',
  'forget_trend_months',
  'link_mail',
  'mail_sent',
  'one_to_ones_to_plan',
  'open_period',
  'people_to_erase',
  'period_classes',
  'period_groups',
  'periods_to_open',
  'plan_conversation',
  'publish_nameless_barriers',
  'pulse_answers',
  'pulse_participants',
  'pulse_questions',
  'queued_mail',
  'register_trend_participants',
  'remind_after_conversations',
  'remind_before_conversations',
  'remind_leavers',
  'remind_of_areas_without_answerer',
  'remind_of_due_barriers',
  'rewrite_pulse_tables',
  'store_pulse_answers',
  'transfer_goals_of_leavers',
  'trend_answer_groups',
  'trend_groups',
  'trend_history',
  'trend_managers',
  'trend_months',
  'trend_people',
  'trend_questions',
  'trend_values',
  'waiting_mail',
];
const WORKERS = WORKER_FUNCTIONS.map((name) => `'${name}'`).join(', ');

/** The tables and functions of the queue. */
const JOBS = `n.nspname = 'graphile_worker'`;

const OURS = `n.nspname in ('public', 'app')
  and not exists (select 1 from pg_depend x where x.objid = o.oid and x.deptype = 'e')`;
const TABLE = `from pg_class o join pg_namespace n on n.oid = o.relnamespace
  where ${OURS} and o.relkind in ('r', 'p') and o.relname not in (${NOT_PEOPLES})`;
const FUNCTION = `from pg_proc o join pg_namespace n on n.oid = o.pronamespace where ${OURS}`;

/** Each finds the names of which its sentence is true and should not be. */
const CHECKS: Readonly<Record<string, string>> = {
  'has no row-level security': `select relname as name ${TABLE} and not relrowsecurity`,
  'has no policy': `select relname as name ${TABLE}
    and not exists (select 1 from pg_policy p where p.polrelid = o.oid)`,
  'has no line in the matrix': `select relname as name ${TABLE}
    and relname not in (${TABLES.map((table) => `'${table}'`).join(', ')})`,
  'is a policy for others than the serving role': `select polrelid::regclass || '.' || polname as name from pg_policy
    where polroles <> array[$app::regrole::oid] and polrelid::regclass::text not in (${NOT_PEOPLES})
      and polrelid not in (select oid from pg_class where relnamespace = 'graphile_worker'::regnamespace)`,
  'is a policy that lets everything through': `select tablename || '.' || policyname as name from pg_policies
    where (qual = 'true' or with_check = 'true') and tablename not in (${NOT_PEOPLES}) and schemaname <> 'graphile_worker'`,
  'gives the API a right on the queue': `
    select nspname as name from pg_namespace n where ${JOBS} and has_schema_privilege($app, n.oid, 'USAGE, CREATE')
    union all
    select relname from pg_class o join pg_namespace n on n.oid = o.relnamespace
    where ${JOBS} and o.relkind in ('r', 'p', 'v', 'S')
      and (o.relkind <> 'S' and (has_table_privilege($app, o.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
          or has_any_column_privilege($app, o.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
        or o.relkind = 'S' and has_sequence_privilege($app, o.oid, 'USAGE, SELECT, UPDATE'))
    union all
    select o.proname from pg_proc o join pg_namespace n on n.oid = o.pronamespace
    where ${JOBS} and has_function_privilege($app, o.oid, 'EXECUTE')`,
  'is a table of the queue without row-level security, or a policy on one for others than the worker': `
    select relname as name from pg_class o join pg_namespace n on n.oid = o.relnamespace
    where ${JOBS} and o.relkind in ('r', 'p') and not o.relrowsecurity
    union all
    select policyname from pg_policies where schemaname = 'graphile_worker' and roles <> array[$worker::name]`,
  'queues jobs, and may be called directly': `select o.proname as name ${FUNCTION} and o.proname = 'enqueue_jobs'
    and (has_function_privilege($app, o.oid, 'EXECUTE') or has_function_privilege($worker, o.oid, 'EXECUTE'))`,
  'is a view without security_invoker': `select o.relname as name
    from pg_class o join pg_namespace n on n.oid = o.relnamespace
    where ${OURS} and o.relkind = 'v' and not coalesce(o.reloptions @> array['security_invoker=true'], false)`,
  'is a materialized view, which has no policies': `select o.relname as name
    from pg_class o join pg_namespace n on n.oid = o.relnamespace where ${OURS} and o.relkind = 'm'`,
  'runs as its owner without pinning search_path': `select o.proname as name ${FUNCTION} and o.prosecdef
    and not exists (
      select 1 from unnest(o.proconfig) c
      where c in ('search_path=pg_catalog, public, pg_temp', 'search_path=pg_catalog, pg_temp')
    )`,
  'runs as its owner and may be called by everybody': `select o.proname as name ${FUNCTION} and o.prosecdef
    and (o.proacl is null or exists (
      select 1 from aclexplode(o.proacl) a where a.grantee = 0 and a.privilege_type = 'EXECUTE'
    ))`,
  // What a login may call is written here: another function it may call must be judged before it is added.
  'may be called by the worker, or by the API where it is the worker’s': `select o.proname as name ${FUNCTION}
    and (
      has_function_privilege($worker, o.oid, 'EXECUTE') and n.nspname = 'app'
        and o.proname not in (${WORKERS})
      or has_function_privilege($app, o.oid, 'EXECUTE') and o.proname in (${WORKERS})
    )`,
  'grants the worker rights on a table': `select relname as name ${TABLE} and has_table_privilege($worker, o.oid, 'SELECT, INSERT, UPDATE, DELETE')
    union all
    select relname ${TABLE} and has_any_column_privilege($worker, o.oid, 'SELECT, INSERT, UPDATE')`,
  'looks a table up by its name at run time': `select tgname as name from pg_trigger
    where not tgisinternal and pg_get_triggerdef(oid) ~ 'row_security_active\\(''[a-z_]+''::text\\)'`,
  'is leakproof': `select o.proname as name ${FUNCTION} and o.proleakproof`,
  'is a log that the serving role can change or truncate': `select t || ' ' || p as name
    from unnest(array['audit_entry', 'goal_access', 'trend_cell', 'trend_erratum', 'trend_group', 'trend_release']) t, unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p
    where has_table_privilege($app, t, p) or (p = 'UPDATE' and has_any_column_privilege($app, t, p))`,
  'grants the serving role more than access to rows': `select relname || ' ' || p as name
    ${TABLE.replace('where', `cross join unnest(array['TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) p where`)}
    and has_table_privilege($app, o.oid, p)`,
  'is granted to everybody': `select o.relname as name
    from pg_class o join pg_namespace n on n.oid = o.relnamespace, aclexplode(o.relacl) a
    where ${OURS} and a.grantee = 0
    union all
    select attrelid::regclass || '.' || attname from pg_attribute t, aclexplode(t.attacl) a
    where a.grantee = 0 and attrelid::regclass::text not like 'pg_%' and attrelid > 16384`,
  'is a trigger that is switched off': `select tgname as name from pg_trigger where tgenabled <> 'O'`,
  // A foreign key between two tables of an organization carries organization_id, or has another one from the same column that
  // does.
  'is a foreign key that could lead into another organization': `
    with keys as (
      select c.conname, c.conrelid, c.confrelid,
             (select array_agg(a.attname::text order by k.place)
              from unnest(c.conkey) with ordinality k(attnum, place)
              join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum) as columns,
             (select array_agg(a.attname::text order by k.place)
              from unnest(c.confkey) with ordinality k(attnum, place)
              join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum) as target
      from pg_constraint c where c.contype = 'f' and c.confrelid <> 'organization'::regclass
    )
    select conname as name from keys k
    where (not columns @> array['organization_id']
           or target[array_position(columns, 'organization_id')] <> 'organization_id')
      and not exists (
        select 1 from keys o where o.conrelid = k.conrelid and o.columns @> k.columns and o.columns @> array['organization_id']
      )`,
};

async function checkRoles(admin: pg.Client, prefix: string): Promise<readonly string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `with known as (select unnest(array['_app', '_serving', '_worker', '_working']) as ending),
       serving as (select * from pg_roles where rolname in (select $1 || ending from known)),
       owner as (select distinct relowner as oid from pg_class where relnamespace = 'public'::regnamespace)
     select $1 || ending || ' is not there' as name from known
     where $1 || ending not in (select rolname from serving)
     union all
     select rolname || ' may create temporary tables, or schemas' from serving
     where has_database_privilege(serving.oid, current_database(), 'TEMPORARY')
       or has_database_privilege(serving.oid, current_database(), 'CREATE')
     union all
     select member.rolname || ' is a member of ' || role.rolname
     from pg_auth_members m join serving member on member.oid = m.member join pg_roles role on role.oid = m.roleid
     where (member.rolname, role.rolname) not in (($1 || '_serving', $1 || '_app'), ($1 || '_working', $1 || '_worker'))
     union all
     select rolname || ' could bypass the policies' from serving
     where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
     union all
     select rolname || ' can become the owner of the tables' from serving, owner
     where pg_has_role(serving.oid, owner.oid, 'MEMBER')
     union all
     select distinct rolname || ' owns ' || d.classid::regclass from serving
     join pg_shdepend d on d.refobjid = serving.oid and d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
     union all
     select rolname || ' can make things in ' || nspname from serving, pg_namespace
     where nspname in ('public', 'app') and has_schema_privilege(serving.oid, pg_namespace.oid, 'CREATE')`,
    [prefix],
  );
  return rows.map(({ name }) => name);
}

/** Columns that the serving role cannot read. Of tables that are not listed, everybody who sees a row can read all columns. */
const UNREADABLE: Readonly<Record<string, readonly string[] | 'all'>> = {
  barrier: ['reminded_for'],
  nameless_barrier: 'all',
  business_goal_assignee: ['assigned_at'],
  business_goal_of_leaver: 'all',
  employment_end: ['access_until', 'erased_at', 'recorded_at'],
  erasure: ['executed_at'],
  goal_update: ['created_at'],
  milestone: ['created_at'],
  person: ['external_id'],
  procedure_area: ['admins_reminded_at'],
  account: [
    'disabled_at',
    'password_changed_at',
    'password_hash',
    'reminded_month_before',
    'reminded_week_before',
  ],
  conversation_change: 'all',
  conversation_feedback: ['announced', 'offered_at', 'offered_in', 'written_at'],
  conversation_retention: 'all',
  address_change: 'all',
  idempotency_key: 'all',
  import_row: 'all',
  installation_secret: 'all',
  invitation: ['address', 'token_hash'],
  outbox_mail: 'all',
  password_reset: 'all',
  period_group: 'all',
  period_member: 'all',
  pulse_answer: 'all',
  pulse_answer_waiting: 'all',
  pulse_participation: 'all',
  pulse_pseudonym: 'all',
  pulse_respondent: 'all',
  reporting_line: ['closed_at', 'closed_on', 'created_at', 'ends_at', 'ends_on', 'leaver_id'],
  talking_point: ['created_at'],
  session: ['announced_end', 'token_hash'],
  throttle: 'all',
  trend_figure_people: 'all',
  trend_participant: 'all',
};

/** Whose a row is, and where it belongs, never changes by an UPDATE; these may point elsewhere. */
const POINTERS = [
  'barrier.procedure_area_id',
  'business_goal.cycle_id',
  'business_goal.parent_id',
  'conversation.off_the_record_by_id',
  'handover_offer.action_item_id',
  'handover_offer.mandate_id',
  'mandate_own.publication_asked_by_id',
  'one_to_one.line_id',
  'person.department_id',
  'person.external_id',
  'person.location_id',
  'procedure_area.answerer_id',
  'procedure_area.deputy_id',
  'shared_notes.updated_by_id',
];

/** Columns that the database derives from others: the serving role cannot write them. */
const DERIVED = [
  'action_item.closed_at',
  'action_item.due_at',
  'action_item.due_set_by_owner',
  'action_item.kept',
  'action_item.late_at',
  'action_item.renegotiated',
  'barrier.answer_due_on',
  'barrier.created_on',
  'barrier.first_due_on',
  'barrier.status',
  'business_goal.health',
  'conversation_feedback.announced',
  'conversation_feedback.offered_at',
  'conversation_feedback.offered_in',
  'conversation_feedback.written_at',
  'one_to_one.pause_began_at',
  'one_to_one.pause_ends_at',
  'one_to_one.pause_over_at',
  'mandate.expires_at',
  'story.created_on',
];

async function checkColumns(admin: pg.Client, app: string): Promise<readonly string[]> {
  const { rows } = await admin.query<{
    at: string;
    name: string;
    system: boolean;
    readable: boolean;
    writable: boolean;
  }>(
    `select relname as at, attname as name, attnum < 0 as system, has_column_privilege($1, o.oid, attnum, 'SELECT') as readable,
            has_column_privilege($1, o.oid, attnum, 'UPDATE') as writable
     from pg_attribute a join pg_class o on o.oid = a.attrelid join pg_namespace n on n.oid = o.relnamespace
     where ${OURS} and o.relkind in ('r', 'p') and not attisdropped
       and relname not in (${NOT_PEOPLES})`,
    [app],
  );
  return rows.flatMap(({ at, name, system, readable, writable }) => {
    const hidden = UNREADABLE[at] ?? [];
    const should = !system && hidden !== 'all' && !hidden.includes(name);
    const fixed =
      (/(^id|_id|_by|^created_at)$/.test(name) && !POINTERS.includes(`${at}.${name}`)) ||
      DERIVED.includes(`${at}.${name}`);
    return [
      ...(readable === should
        ? []
        : [`${at}.${name} is ${readable ? 'readable' : 'not readable'} by the serving role`]),
      ...(writable && fixed ? [`${at}.${name} can be changed by the serving role`] : []),
    ];
  });
}
