import type pg from 'pg';
import { WORKER_FUNCTIONS, checkCatalogue } from './catalogue.js';
import type { TestFixture } from './fixture.js';
import { checkReads, checkWrites } from './matrix.js';
import type { Attempt } from './oracle-writes.js';
import { EDITS, type Check, type Edit } from './function-edits.js';
import { TABLES, type TableName } from './rows.js';
import { runScenarios } from './scenarios.js';
import { ATTACKERS, checkSqlStates } from './sqlstates.js';

/** The policies with one fault. Its checks run in this order until one disagrees. */
export interface Mutant {
  readonly name: string;
  readonly apply: readonly string[];
  readonly restore: readonly string[];
  readonly checks: readonly Check[];
}

interface Policy {
  readonly table: TableName;
  readonly name: string;
  readonly command: 'SELECT' | Attempt['action'] | 'ALL';
  readonly using: string | null;
  readonly check: string | null;
}

async function all<Row extends pg.QueryResultRow>(
  admin: pg.Client,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  return (await admin.query<Row>(text, [...values])).rows;
}

/** Every mutant of the policies of this database. */
export async function makeMutants({ admin, prefix, readable }: TestFixture): Promise<readonly Mutant[]> {
  return [
    ...(await policyMutants(admin, prefix)),
    ...(await parentMutants(admin)),
    ...(await functionMutants(admin)),
    ...(await triggerMutants(admin)),
    ...(await grantMutants(admin, prefix, readable)),
  ];
}

// --------------------------------------------------------------------------------------------------- policies

async function policyMutants(admin: pg.Client, prefix: string): Promise<readonly Mutant[]> {
  const policies = await all<Policy>(
    admin,
    `select tablename as table, policyname as name, cmd as command, qual as using, with_check as check
     from pg_policies where schemaname = 'public' and tablename <> 'schema_migration' order by 1, 2`,
  );
  return policies.flatMap((policy) => {
    const { table, name, command, using, check } = policy;
    const on = `policy ${name} on ${table}`;
    const drop = `drop ${on}`;
    const create =
      `create ${on} for ${command} to ${prefix}_app` +
      (using === null ? '' : ` using (${using})`) +
      (check === null ? '' : ` with check (${check})`);
    const checks: Check[] =
      command === 'ALL'
        ? ['catalogue']
        : command === 'SELECT'
          ? [{ reads: [table] }]
          : [{ writes: [table], actions: [command] }, 'scenarios'];
    const mutant = (what: string, apply: string): Mutant => ({
      name: `${table}.${name} ${what}`,
      apply: [apply],
      restore: what === 'dropped' ? [create] : [drop, create],
      checks,
    });
    return [
      mutant('dropped', drop),
      ...(using === null || using === 'true'
        ? []
        : [mutant('with using (true)', `alter ${on} using (true)`)]),
      ...(check === null || check === 'true'
        ? []
        : [mutant('with check (true)', `alter ${on} with check (true)`)]),
    ];
  });
}

/** Policies that ask for a parent so that no unique key answers for a hidden row first; each without that. */
const ASKING_FOR_PARENTS: readonly (readonly [table: TableName, policy: string])[] = [
  ['employment_end', 'employment_end_insert_people_admin'],
  ['reporting_line', 'reporting_line_insert_people_admin'],
  ['role_grant', 'role_grant_insert_organization_admin'],
  ['personal_goal_own', 'personal_goal_own_insert_own'],
  ['personal_goal_version', 'personal_goal_version_insert_own'],
  ['goal_share', 'goal_share_insert_own'],
  ['alignment', 'alignment_insert_placed'],
  ['alignment_decline', 'alignment_decline_insert_own'],
  ['one_to_one', 'one_to_one_insert_starter'],
  ['talking_point_subject', 'talking_point_subject_insert_author'],
  ['talking_point_version', 'talking_point_version_insert_author'],
];

async function parentMutants(admin: pg.Client): Promise<readonly Mutant[]> {
  const mutants: Mutant[] = [];
  for (const [table, name] of ASKING_FOR_PARENTS) {
    const [policy] = await all<{ check: string }>(
      admin,
      `select with_check as check from pg_policies where tablename = '${table}' and policyname = '${name}'`,
    );
    if (policy === undefined)
      throw new Error(`${table} has no policy ${name} any more: write its mutants again`);
    const loose = withoutParents(policy.check);
    if (loose === policy.check) throw new Error(`${table}.${name} asks for no parent any more`);
    mutants.push({
      name: `${table}.${name} without asking for the parent`,
      apply: [`alter policy ${name} on ${table} with check (${loose})`],
      restore: [`alter policy ${name} on ${table} with check (${policy.check})`],
      checks: [{ sqlStates: table }],
    });
  }
  return mutants;
}

/** An expression in which everything that must exist, or be the viewer's own, counts as given. */
function withoutParents(expression: string): string {
  const own = expression.replace(/app\.is_own_open_point\([a-z_]+\)/, 'true');
  let text = own;
  for (let at = text.indexOf('EXISTS ('); at >= 0; at = text.indexOf('EXISTS (', at + 1)) {
    if (text.slice(0, at).endsWith('NOT (')) continue;
    let depth = 0;
    let end = at + 'EXISTS '.length;
    do {
      if (text[end] === '(') depth += 1;
      if (text[end] === ')') depth -= 1;
      end += 1;
    } while (depth > 0);
    text = `${text.slice(0, at)}true${text.slice(end)}`;
  }
  return text;
}

// --------------------------------------------------------------------------------------------------- functions

/** A function's definition, and the same with something else in it. */
async function edited(
  admin: pg.Client,
  name: string,
  replace: Edit['replace'],
): Promise<{ readonly was: string; readonly becomes: string }> {
  const [found] = await all<{ was: string }>(
    admin,
    `select pg_get_functiondef(p.oid) as was from pg_proc p where p.oid::regproc::text = '${name}'`,
  );
  if (found === undefined) throw new Error(`${name} does not exist any more: rewrite its mutants`);
  const becomes = replace.reduce((text, [from, to]) => {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`${name} has no ${String(from)} any more: rewrite its mutants`);
    return next;
  }, found.was);
  return { was: found.was, becomes };
}

async function functionMutants(admin: pg.Client): Promise<readonly Mutant[]> {
  const mutants: Mutant[] = [];
  for (const edit of EDITS) {
    const parts = [await edited(admin, edit.function, edit.replace)];
    for (const { function: name, replace } of edit.also ?? []) parts.push(await edited(admin, name, replace));
    mutants.push({
      name: `${edit.function}: ${edit.what}`,
      apply: parts.map(({ becomes }) => becomes),
      restore: parts.map(({ was }) => was),
      checks: edit.checks,
    });
  }
  return mutants;
}

// --------------------------------------------------------------------------------------------------- triggers, grants

/** Triggers that only lock, which shows between two connections: test/db/days.spec.ts, test/db/account-functions.spec.ts. */
const LOCKS = ['goal_share_acquire_goal_lock', 'token_made'];

async function triggerMutants(admin: pg.Client): Promise<readonly Mutant[]> {
  const triggers = await all<{ name: string; table: TableName; create: string }>(
    admin,
    `select tgname as name, tgrelid::regclass::text as table, pg_get_triggerdef(oid) as create
     from pg_trigger where not tgisinternal and tgname <> all ($1) order by 2, 1`,
    [LOCKS],
  );
  return triggers.map(({ name, table, create }) => ({
    name: `${table}.${name} dropped`,
    apply: [`drop trigger ${name} on ${table}`],
    restore: [create],
    checks: ['scenarios', { writes: [table] }],
  }));
}

/** Things given away that no row policy would notice; what the catalogue's checks are for. */
async function grantMutants(
  admin: pg.Client,
  prefix: string,
  readable: readonly TableName[],
): Promise<readonly Mutant[]> {
  const app = `${prefix}_app`;
  const mutant = (name: string, apply: string, restore: string): Mutant => ({
    name,
    apply: [apply],
    restore: [restore],
    checks: ['catalogue'],
  });
  const grant = (what: string, to = app): Mutant =>
    mutant(`grant ${what} to ${to}`, `grant ${what} to ${to}`, `revoke ${what} from ${to}`);
  const hidden = [
    'password_hash) on account',
    'disabled_at) on account',
    'token_hash) on session',
    'token_hash) on invitation',
    'address) on invitation',
    'token_hash) on password_reset',
    'new_token_hash) on address_change',
    'ends_on) on reporting_line',
    'leaver_id) on reporting_line',
    'about) on outbox_mail',
    'closed_on) on reporting_line',
    'external_id) on person',
    'recorded_at) on employment_end',
    'access_until) on employment_end',
    'created_at) on milestone',
    'created_at) on goal_update',
    'created_at) on talking_point',
    'assigned_at) on business_goal_assignee',
    'title) on nameless_barrier',
    'scores) on pulse_answer',
    'scores) on pulse_answer_waiting',
    'person_id) on pulse_pseudonym',
    'person_id) on pulse_respondent',
    'respondent) on pulse_participation',
    'department_id) on period_member',
    'reminded_for) on barrier',
    'xmax) on one_to_one',
    'xmin) on personal_goal',
    'ctid) on person',
  ];
  const fixed = [
    'owner_id) on personal_goal',
    'with_id) on goal_share',
    'created_at) on goal_update',
    'author_id) on talking_point',
    'created_at) on action_item',
    'due_at) on action_item',
    'late_at) on action_item',
    'pause_ends_at) on one_to_one',
    'due_set_by_owner) on action_item',
    'kept) on action_item',
    'renegotiated) on action_item',
    'closed_at) on action_item',
    'organization_id) on person',
    'health) on business_goal',
    'raised_by_id) on barrier',
    'status) on barrier',
    'created_on) on barrier',
    'person_id) on story_author',
    'continues_id) on business_goal',
    'by_id) on trend_response',
  ];
  const [database] = await all<{ name: string }>(admin, 'select current_database() as name');
  const functions = await all<{ name: string; definition: string }>(
    admin,
    `select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition
     from pg_proc p where p.pronamespace = 'app'::regnamespace and p.prosecdef order by 1`,
  );
  return [
    ...hidden.map((column) => grant(`select (${column}`)),
    ...fixed.map((column) => grant(`update (${column}`)),
    ...['audit_entry', 'goal_access', 'trend_cell', 'trend_release'].flatMap((table) =>
      ['update', 'delete', 'truncate'].map((action) => grant(`${action} on ${table}`)),
    ),
    ...functions
      .filter(({ name }) => WORKER_FUNCTIONS.some((one) => name.startsWith(`app.${one}(`)))
      .map(({ name }) => grant(`execute on function ${name}`)),
    ...[`${prefix}_app`, `${prefix}_worker`].map((role) =>
      grant('execute on function app.enqueue_jobs(text, uuid[], timestamptz)', role),
    ),
    grant('usage on schema graphile_worker'),
    grant('select on graphile_worker._private_jobs'),
    grant('insert on graphile_worker._private_jobs', 'public'),
    grant('execute on function graphile_worker.force_unlock_workers(text[])'),
    mutant(
      'a policy for the API on the jobs',
      `create policy jobs_app on graphile_worker._private_jobs for select to ${prefix}_app using (true)`,
      'drop policy jobs_app on graphile_worker._private_jobs',
    ),
    grant('execute on function app.end_credentials(uuid, boolean)', `${prefix}_worker`),
    grant('insert (recipient) on outbox_mail', `${prefix}_worker`),
    grant('select on person', `${prefix}_worker`),
    grant(`temporary on database ${database?.name ?? ''}`, 'public'),
    grant(`create on database ${database?.name ?? ''}`),
    mutant(
      'the API as a member of the worker',
      `grant ${prefix}_worker to ${prefix}_serving`,
      `revoke ${prefix}_worker from ${prefix}_serving`,
    ),
    grant('references on personal_goal'),
    grant('trigger on personal_goal'),
    grant('select on person', 'public'),
    grant('create on schema public'),
    ...functions.map(({ name }) => grant(`execute on function ${name}`, 'public')),
    ...functions.map(({ name, definition }) =>
      mutant(`${name} without a pinned search_path`, `alter function ${name} reset search_path`, definition),
    ),
    ...TABLES.map((table) =>
      mutant(
        `${table} without row-level security`,
        `alter table ${table} disable row level security`,
        `alter table ${table} enable row level security`,
      ),
    ),
    mutant(
      'a table that the matrix does not know',
      'create table forgotten (id uuid); alter table forgotten enable row level security',
      'drop table forgotten',
    ),
    mutant('a view that asks as its owner', 'create view people as select * from person', 'drop view people'),
    mutant(
      'a materialized view',
      'create materialized view people as select * from person',
      'drop materialized view people',
    ),
    mutant(
      'a guard that looks its table up by name',
      `create or replace trigger talking_point_guard before update on talking_point
       for each row when (row_security_active('talking_point')) execute function app.talking_point_guard()`,
      `create or replace trigger talking_point_guard before update on talking_point
       for each row when (row_security_active('talking_point'::regclass)) execute function app.talking_point_guard()`,
    ),
    mutant(
      'a leakproof function',
      'alter function app.today() leakproof',
      'alter function app.today() not leakproof',
    ),
    mutant(
      'a trigger switched off',
      'alter table goal_share disable trigger goal_share_before_insert',
      'alter table goal_share enable trigger goal_share_before_insert',
    ),
    mutant(
      'a foreign key across organizations',
      `alter table business_goal drop constraint business_goal_organization_id_parent_id_fkey,
       add constraint astray foreign key (parent_id) references business_goal (id)`,
      `alter table business_goal drop constraint astray, add constraint business_goal_organization_id_parent_id_fkey
       foreign key (organization_id, parent_id) references business_goal (organization_id, id)
       on update cascade on delete set null (parent_id)`,
    ),
    ...readable
      .slice(0, 1)
      .map((table) =>
        mutant(
          `a table of the serving role's own`,
          `alter table ${table} owner to ${app}`,
          `alter table ${table} owner to current_user`,
        ),
      ),
  ];
}

// --------------------------------------------------------------------------------------------------- trying them

/** The first disagreement that a mutant causes; undefined without one. The policies are restored afterwards. */
export async function catchMutant(fixture: TestFixture, mutant: Mutant): Promise<string | undefined> {
  const { admin } = fixture;
  try {
    for (const statement of mutant.apply) await admin.query(statement);
    for (const check of mutant.checks) {
      const [found] = await run(fixture, check);
      if (found !== undefined) return found;
    }
    return undefined;
  } finally {
    for (const statement of mutant.restore) await admin.query(statement);
  }
}

async function run(fixture: TestFixture, check: Check): Promise<readonly string[]> {
  if (check === 'catalogue') return checkCatalogue(fixture.admin, fixture.prefix, { first: true });
  if (check === 'scenarios') return runScenarios(fixture.admin, fixture.prefix, { first: true });
  if ('sqlStates' in check) {
    const { differences } = await checkSqlStates(fixture, `${fixture.prefix}_app`, {
      tables: [check.sqlStates],
      actors: ATTACKERS,
      first: true,
    });
    return differences;
  }
  const found =
    'reads' in check
      ? await checkReads(fixture, fixture.readable, { tables: check.reads, first: true })
      : await checkWrites(fixture, {
          tables: check.writes,
          first: true,
          ...(check.actions && { actions: check.actions }),
        });
  return found.disagreements;
}

/** Everything in the catalogue that mutants touch, as one text: the same before and after all of them. */
export async function policiesAsText(admin: pg.Client): Promise<string> {
  const [found] = await all<{ text: string }>(
    admin,
    `select string_agg(line, E'\\n' order by line) as text from (
       select concat_ws(' ', tablename, policyname, roles, cmd, qual, with_check) as line from pg_policies
       union all
       select concat_ws(' ', p.oid::regprocedure, md5(pg_get_functiondef(p.oid)), p.proacl) from pg_proc p
       where p.pronamespace = 'app'::regnamespace
       union all
       select concat_ws(' ', tgrelid::regclass, pg_get_triggerdef(oid), tgenabled) from pg_trigger where not tgisinternal
       union all
       select concat_ws(' ', relname, relrowsecurity, relowner, relkind) from pg_class
       where relnamespace = 'public'::regnamespace
     ) lines`,
  );
  return found?.text ?? '';
}
