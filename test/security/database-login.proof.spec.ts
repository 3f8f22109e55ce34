import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { WORKER_FUNCTIONS } from '../policies/catalogue.js';
import { callableFunctions, checkCalls } from '../policies/function-calls.js';
import { createTestFixture, type TestFixture } from '../policies/fixture.js';
import { connect, fingerprint, hashOf, tryAll } from '../policies/session-queries.js';
import { ATTACKERS, checkSqlStates } from '../policies/sqlstates.js';
import { long } from '../setup/prove.js';

/**
 * Somebody holds the login of the API, as injected SQL would, and sends any SQL: without a session, with their own session,
 * never with the session of the person whose rows they are after.
 */
/** Whose sessions the attacker has. */
const attackers = long
  ? ATTACKERS
  : [
      'nobody',
      'the counterpart',
      'shared with, past included',
      'somebody of another organization',
      'API token SCHEMA_READ',
    ];

let fixture: TestFixture;
let worker: pg.Client;
let role: string;
beforeAll(async () => {
  fixture = await createTestFixture();
  worker = await connect(fixture.database.workerUrl);
  role = `${fixture.prefix}_app`;
});
afterAll(async () => {
  await worker.end();
  await fixture.end();
});

/** The SQLSTATE of each statement, sent by itself without a session. */
async function refusals(client: pg.Client, statements: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const statement of statements) {
    await client.query('begin');
    found[statement] = await client.query(statement).then(
      () => 'done',
      (error: unknown) => (error as pg.DatabaseError).code ?? 'none',
    );
    await client.query('rollback');
  }
  return found;
}

const all = (statements: readonly string[], state: string): Record<string, string> =>
  Object.fromEntries(statements.map((statement) => [statement, state]));

const FORBIDDEN = '42501';

describe.each([
  ['the API', () => fixture.app],
  ['the worker', () => worker],
])('the login of %s', (_, client) => {
  it('creates nothing whose name could be found before ours', async () => {
    const statements = [
      'create temp table business_goal (id uuid)',
      'create temp view person as select 1',
      'create temp sequence counter',
      'select 1 into temp person',
      'create temp table copied as select 1',
      'create function pg_temp.today() returns int language sql return 1',
      'create type pg_temp.kind as enum ()',
      'create table public.mine (id int)',
      'create table app.mine (id int)',
      'create function public.lower(text) returns text language sql return $1',
      'create schema mine',
      'create extension dblink',
      'create extension file_fdw',
      'create publication everything for all tables',
      'create event trigger listening on ddl_command_end execute function pg_notify()',
    ];
    const found = await refusals(client(), statements);
    expect(
      Object.entries(found).filter(
        ([, state]) => !['42501', '42883', '42704', '42P13', '0A000'].includes(state),
      ),
    ).toEqual([]);
    expect(statements.slice(0, 5).map((statement) => found[statement])).toEqual(Array(5).fill(FORBIDDEN));
  });

  it('becomes no other role', async () => {
    const own = await client().query<{ name: string }>(
      `select rolname as name from pg_roles where not pg_has_role(session_user, oid, 'MEMBER')
         and rolname <> 'pg_database_owner'
         -- Other test files create and drop these at the same time.
         and rolname not like 'mutual\\_migrate\\_%'`,
    );
    const names = own.rows.map(({ name }) => pg.escapeIdentifier(name));
    // Of pg_database_owner nobody can be made a member at all.
    expect(names.length).toBeGreaterThan(5);
    const statements = [
      ...names.map((name) => `set role ${name}`),
      ...names.map((name) => `set session authorization ${name}`),
      ...names.map((name) => `grant ${name} to current_user`),
      'alter role current_user bypassrls',
      'alter role current_user superuser',
      'alter table personal_goal disable row level security',
      'alter table personal_goal no force row level security',
      'drop policy personal_goal_select_visible on personal_goal',
      'create policy mine on personal_goal using (true)',
      'alter table action_item disable trigger action_item_guard',
      `set session_replication_role = 'replica'`,
      'set row_security = off; select * from personal_goal',
    ];
    expect(await refusals(client(), statements)).toEqual(all(statements, FORBIDDEN));
  });

  it('reads no files, runs no programs and ends no other connection', async () => {
    const statements = [
      `select pg_read_file('postgresql.conf')`,
      `select pg_read_binary_file('postgresql.conf')`,
      `select * from pg_ls_dir('.')`,
      `select pg_stat_file('postgresql.conf')`,
      `select lo_import('/etc/hostname')`,
      `select lo_export(1, 'stolen')`,
      `copy person to 'stolen'`,
      `copy person from '/etc/hostname'`,
      `copy person to program 'cat'`,
      'select pg_reload_conf()',
      'select pg_switch_wal()',
      'select * from pg_hba_file_rules',
      'select * from pg_authid',
      'select * from pg_shadow',
      'select * from pg_statistic',
      'select * from pg_largeobject',
      'select * from pg_user_mappings',
    ];
    const found = await refusals(client(), statements);
    expect(
      Object.entries(found).filter(
        ([statement, state]) => state !== FORBIDDEN && !statement.endsWith('pg_user_mappings'),
      ),
    ).toEqual([]);
    const [other] = (await fixture.admin.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
    const ending = [
      `select pg_terminate_backend(${String(other?.pid)})`,
      `select pg_cancel_backend(${String(other?.pid)})`,
    ];
    expect(await refusals(client(), ending)).toEqual(all(ending, FORBIDDEN));
  });
});

describe('the login of the API', () => {
  it('sees in the catalogue and in statistics nothing of what rows say', async () => {
    const { app, admin, world } = fixture;
    await admin.query('analyze');
    const { rows } = await app.query<{ name: string }>(
      `select tablename as name from pg_stats where schemaname in ('public', 'app')
       union all select tablename from pg_stats_ext where schemaname = 'public'
       union all select tablename from pg_stats_ext_exprs where schemaname = 'public'`,
    );
    // Its own list of migrations holds nothing about anybody.
    expect(rows.filter(({ name }) => name !== 'schema_migration')).toEqual([]);
    const secrets = new Set([
      ...world.session.map(({ token_hash }) => token_hash.slice(2)),
      ...world.personal_goal.map(({ id }) => id),
    ]);
    for (const view of [
      'pg_stat_activity',
      'pg_locks',
      'pg_prepared_statements',
      'pg_cursors',
      'pg_settings',
      'pg_db_role_setting',
    ]) {
      const text = JSON.stringify((await app.query(`select * from ${view}`)).rows);
      expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
    }
  });

  it('sees of statements of other connections their text, never their values', async () => {
    const owner = fixture.actors.find(({ name }) => name === 'the owner');
    const other = await connect(fixture.database.appUrl);
    try {
      // As the service asks (libs/db/driver/session-settings.ts): values apart from the text.
      await other.query(`select set_config('app.session', $1, false)`, [owner?.hash]);
      const text = JSON.stringify((await fixture.app.query('select * from pg_stat_activity')).rows);
      expect(text).toContain('set_config');
      expect(text).not.toContain(owner?.hash);
    } finally {
      await other.end();
    }
  });

  it('reaches nothing in the catalogue but our tables and functions', async () => {
    const { rows } = await fixture.app.query<{ name: string }>(
      `select 'schema ' || nspname as name from pg_namespace
       where has_schema_privilege(oid, 'USAGE') and nspname not in ('pg_catalog', 'information_schema', 'public', 'app')
       union all
       select relkind::text || ' ' || oid::regclass::text from pg_class
       where relnamespace in ('public'::regnamespace, 'app'::regnamespace) and relkind not in ('r', 'p', 'i', 'I')
         and (case relkind when 'S' then has_sequence_privilege(oid, 'USAGE, SELECT, UPDATE') else has_table_privilege(oid, 'SELECT') end)
       union all
       select 'foreign server ' || srvname from pg_foreign_server where has_server_privilege(oid, 'USAGE')
       union all
       select 'tablespace ' || spcname from pg_tablespace where has_tablespace_privilege(oid, 'CREATE') and spcname <> 'pg_default'
       union all
       select 'setting ' || parname from pg_parameter_acl where has_parameter_privilege(parname, 'SET, ALTER SYSTEM')`,
    );
    expect(rows.map(({ name }) => name)).toEqual([]);
  });

  it('reads of no row who has locked or written it', async () => {
    const { rows } = await fixture.app.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and has_any_column_privilege(oid, 'SELECT') and relname <> 'schema_migration'`,
    );
    expect(rows.length).toBeGreaterThan(30);
    const statements = rows.flatMap(({ name }) =>
      ['xmin', 'xmax', 'cmin', 'cmax', 'ctid', 'tableoid'].map((column) => `select ${column} from ${name}`),
    );
    expect(await refusals(fixture.app, statements)).toEqual(all(statements, FORBIDDEN));
  });

  it('keeps by an open transaction neither a session nor a share that has ended since', async () => {
    const { admin, world, actors, company } = fixture;
    const reader = actors.find(({ name }) => name === 'shared with');
    const session = world.session.find(({ token_hash }) => token_hash.slice(2) === reader?.hash);
    const share = world.goal_share.find(
      ({ with_id, id }) =>
        with_id === session?.person_id && company.names.get(`goal_share/${id}`) !== undefined,
    );
    const [seen, lasting] = [randomBytes(32), randomBytes(32)];
    await admin.query(
      `insert into session (organization_id, person_id, label, token_hash, expires_at)
       values ($1, $2, 'short', $3, now() + interval '2 seconds'), ($1, $2, 'long', $4, now() + interval '1 hour')`,
      [session?.organization_id, session?.person_id, seen, lasting],
    );
    const [short, long] = [await connect(fixture.database.appUrl), await connect(fixture.database.appUrl)];
    try {
      const goals = async (client: pg.Client): Promise<number> =>
        (await client.query('select id from personal_goal where id = $1', [share?.goal_id])).rowCount ?? 0;
      const people = async (client: pg.Client): Promise<number> =>
        (await client.query('select id from person')).rowCount ?? 0;
      await admin.query('begin');
      await admin.query(`update goal_share set expires_at = now() + interval '2 seconds' where id = $1`, [
        share?.id,
      ]);
      await admin.query('commit');
      for (const [client, token] of [
        [short, seen],
        [long, lasting],
      ] as const) {
        await client.query('begin');
        await client.query(`select set_config('app.session', $1, true)`, [token.toString('hex')]);
        expect(await goals(client)).toBe(1);
        expect(await people(client)).toBeGreaterThan(10);
      }
      await sleep(2_500);
      expect(await people(short)).toBe(0);
      expect(await goals(short)).toBe(0);
      expect(await people(long)).toBeGreaterThan(10);
      expect(await goals(long)).toBe(0);
    } finally {
      await Promise.all([short.end(), long.end()]);
      await admin.query('delete from session where token_hash in ($1, $2)', [seen, lasting]);
      await admin.query('alter table goal_share disable trigger goal_share_before_update');
      await admin.query('update goal_share set expires_at = $2 where id = $1', [
        share?.id,
        share?.expires_at === null ? null : new Date(Number(share?.expires_at) / 1000),
      ]);
      await admin.query('alter table goal_share enable trigger goal_share_before_update');
    }
  });

  it('is answered by a prepared statement as whom it executes it', async () => {
    const { app, actors } = fixture;
    const owner = actors.find(({ name }) => name === 'the owner');
    const as = async (hash: string): Promise<number> => {
      await app.query('begin');
      await app.query(
        `select set_config('app.session', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)`,
        [hash],
      );
      const { rowCount } = await app.query('execute mine');
      await app.query('commit');
      return rowCount ?? 0;
    };
    await app.query('prepare mine as select id from personal_goal');
    try {
      expect(await as(owner?.hash ?? '')).toBeGreaterThan(2);
      expect(await as('')).toBe(0);
      expect(await as(hashOf('a token that never was'))).toBe(0);
      const other = await connect(fixture.database.appUrl);
      await expect(other.query('execute mine')).rejects.toMatchObject({ code: '26000' });
      await other.end();
    } finally {
      await app.query('deallocate mine');
    }
  });

  it('passes the guards by no search path', async () => {
    const { app, world, actors } = fixture;
    const counterpart = actors.find(({ name }) => name === 'the counterpart');
    const refused: string[] = [];
    for (const path of ['public', '', 'pg_catalog', 'app', 'pg_temp, public', 'information_schema, public']) {
      const tries = [
        ...world.talking_point
          .filter(({ draft }) => !draft)
          .map(({ id }) => `update public.talking_point set text = 'x' where id = '${id}'`),
        ...world.action_item.map(
          ({ id }) => `update public.action_item set due_on = '2030-01-01' where id = '${id}'`,
        ),
      ];
      await app.query(`select set_config('search_path', $1, false)`, [path]);
      const outcomes = await tryAll(app, counterpart?.hash ?? null, tries);
      refused.push(
        outcomes.map((outcome) => ('code' in outcome ? outcome.code : String(outcome.rows))).join(),
      );
    }
    await app.query('reset search_path');
    expect(refused[0]).toMatch(/MU023/);
    expect(refused[0]).toMatch(/MU026/);
    expect(new Set(refused).size).toBe(1);
  });

  it('takes no mail out, puts none in, and makes no link', async () => {
    const { app, admin, world } = fixture;
    const person = world.account[0]?.person_id ?? '';
    const organization = world.account[0]?.organization_id ?? '';
    const statements = [
      'select * from outbox_mail',
      'select count(*) from outbox_mail',
      'select app.delete_undeliverable_mail()',
      'select * from graphile_worker._private_jobs',
      `select graphile_worker.add_job('send_mail')`,
      `select app.link_mail('${person}', sha256('mine'))`,
      `select app.mail_sent('${person}')`,
      `select app.queued_mail('${person}')`,
      'select app.waiting_mail()',
      `select app.end_credentials('${person}', true)`,
      `insert into outbox_mail (kind, recipient) values ('PASSWORD_RESET', 'mine@example.com')`,
      `insert into outbox_mail (kind, recipient, about) values ('TEXT', 'owner@example.com', '{}')`,
      `insert into password_reset (organization_id, person_id, token_hash) values ('${organization}', '${person}', sha256('mine'))`,
      `insert into invitation (organization_id, person_id, address, token_hash) values ('${organization}', '${person}', 'a@example.com', sha256('mine'))`,
      `update invitation set token_hash = sha256('mine')`,
      `update address_change set new_token_hash = sha256('mine')`,
    ];
    const before = await fingerprint(admin);
    expect(await refusals(app, statements)).toEqual(all(statements, FORBIDDEN));
    expect(await fingerprint(admin)).toBe(before);
  });

  it('gets no account by asking for a link: only the worker knows its secret', async () => {
    const { app, admin } = fixture;
    const [account] = (
      await admin.query<{ person_id: string; address: string }>(
        `select person_id, sign_in_address as address from account where disabled_at is null order by 1 limit 1`,
      )
    ).rows;
    const mine = randomBytes(32);
    await app.query('select app.request_password_reset($1)', [account?.address]);
    // The worker sends it with a new secret.
    const queued = await worker.query<{ id: string; kind: string }>(
      `select mail.id, m.kind from graphile_worker._private_jobs j, json_to_record(j.payload) mail (id uuid), app.queued_mail(mail.id) m`,
    );
    const reset = queued.rows.find(({ kind }) => kind === 'PASSWORD_RESET');
    const secret = randomBytes(32).toString('base64url');
    const linked = await worker.query<{ to: string }>('select app.link_mail($1, $2) as to', [
      reset?.id,
      Buffer.from(hashOf(secret), 'hex'),
    ]);
    expect(linked.rows).toEqual([{ to: account?.address }]);
    const use = `select app.reset_password($1, 'x', $2, 'mine') is not null as opened`;
    const guessed = await app.query<{ opened: boolean }>(use, [mine, randomBytes(32)]);
    expect(guessed.rows).toEqual([{ opened: false }]);
    // With the secret, which only the mail contains, it works.
    await app.query('begin');
    const known = await app.query<{ opened: boolean }>(use, [
      Buffer.from(hashOf(secret), 'hex'),
      randomBytes(32),
    ]);
    expect(known.rows).toEqual([{ opened: true }]);
    await app.query('rollback');
  });

  it('answers a write about a hidden row like one about nothing', async () => {
    const before = await fingerprint(fixture.admin);
    const { statements, differences } = await checkSqlStates(fixture, role, { actors: attackers });
    process.stdout.write(
      `${String(statements)} statements, ${String(differences.length)} answered differently\n`,
    );
    expect(differences.slice(0, 3)).toEqual([]);
    expect(await fingerprint(fixture.admin)).toBe(before);
  });

  it('is answered by every function about a hidden row like about nothing', async () => {
    const before = await fingerprint(fixture.admin);
    const { calls, differences } = await checkCalls(fixture, role, attackers);
    process.stdout.write(`${String(calls)} calls, ${String(differences.length)} answered differently\n`);
    expect(differences.slice(0, 3)).toEqual([]);
    expect(await fingerprint(fixture.admin)).toBe(before);
  });

  it('waits for nobody who holds a row that it may not see, and so holds none', async () => {
    const holder = await connect(fixture.database.adminUrl);
    try {
      await holder.query('begin');
      for (const table of [
        'person',
        'personal_goal',
        'business_goal',
        'one_to_one',
        'conversation',
        'account',
        'invitation',
        'alignment',
        'goal_share',
        'talking_point',
      ]) {
        await holder.query(`select from ${table} for no key update`);
      }
      const { differences: answered } = await checkCalls(fixture, role, [
        'nobody',
        'AUDITOR',
        'an administrator of another organization',
      ]);
      expect(answered.slice(0, 3)).toEqual([]);
      const { differences } = await checkSqlStates(fixture, role, {
        tables: ['goal_share', 'alignment', 'one_to_one'],
        actors: ['nobody', 'somebody of another organization'],
        lockTimeout: '10ms',
      });
      expect(differences.slice(0, 3)).toEqual([]);
    } finally {
      await holder.query('rollback');
      await holder.end();
    }
  });
});

describe('the login of the worker', () => {
  it('reads and writes no table but those of the queue, and calls what its tasks need and nothing else', async () => {
    const { rows: tables } = await worker.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
         and relname <> 'schema_migration'
         and (has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE') or has_any_column_privilege(oid, 'SELECT, INSERT, UPDATE'))`,
    );
    expect(tables).toEqual([]);
    const functions = await callableFunctions(fixture.admin, `${fixture.prefix}_worker`);
    expect(functions.map(({ name }) => name).filter((name) => name.startsWith('app.'))).toEqual(
      WORKER_FUNCTIONS.map((name) => `app.${name}`),
    );
  });
});
