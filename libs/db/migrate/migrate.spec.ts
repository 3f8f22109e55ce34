import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { assertServable } from '../boot-check.js';
import { servingDataSource } from '../data-source.js';
import { Database } from '../database.js';
import { migrate, pendingMigrations } from './migrate.js';
import { schemaText } from './schema-text.js';
import { StartError } from '../start-error.js';

const FIRST =
  'create table shelf (id int primary key); create table book (id int primary key, shelf_id int references shelf);';
const SECOND = 'alter table book add column title text;';
const POLICIES = `
  grant usage on schema public to :"app";
  alter table shelf enable row level security;
  alter table book enable row level security;
  grant select on shelf, book to :"app";
  create policy read on shelf for select to :"app" using (id::text <> '0');
  create policy read on book for select to :"app" using (true);
`;
/** With everything that policies/ may hold. */
const RICH = `
  create schema if not exists app;
  alter default privileges revoke execute on functions from public;
  ${POLICIES}
  grant usage on schema app to :"app";
  grant update (shelf_id) on book to :"app";
  create policy change on book for update to :"app" using (false);
  create or replace function app.first_shelf() returns integer language sql stable set search_path = pg_catalog, public, pg_temp
    as 'select min(id) from shelf';
  create or replace function app.on_first_shelf() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp
    as 'begin new.shelf_id := coalesce(new.shelf_id, app.first_shelf()); return new; end';
  create or replace trigger on_first_shelf before insert on book for each row execute function app.on_first_shelf();
  create or replace view filled with (security_invoker) as select shelf_id from book;
  grant execute on function app.first_shelf() to :"app";
  grant select on filled to :"app";
`;
/** What only migrations make: a column needs the one, a trigger of theirs the other. */
const FUNCTIONS = `
  create function plain(words text) returns text language sql immutable as 'select lower(words)';
  alter table book add column title text, add column plain_title text generated always as (plain(title)) stored;
  create function titled() returns trigger language plpgsql as 'begin return null; end';
  create trigger titled after insert on book for each row execute function titled();
`;

/** The tables that graphile-worker brings need policies too. */
const JOBS = [
  '_private_jobs',
  '_private_job_queues',
  '_private_tasks',
  '_private_known_crontabs',
  'migrations',
]
  .map(
    (table) => `
      alter table graphile_worker.${table} enable row level security;
      create policy worker on graphile_worker.${table} for select to :"worker" using (true);
      grant select on graphile_worker.${table} to :"worker";`,
  )
  .join('');

let test: TestDatabase;
let admin: pg.Client;
let folder: string;
let name: string;
let prefix: string;
let adminUrl: string;
let appUrl: string;

beforeAll(async () => {
  test = await createTestDatabase();
  admin = new pg.Client({ connectionString: test.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await test.drop();
});

/** An empty database and separate role names for each test. */
beforeEach(async () => {
  name = `${test.rolePrefix}_migrate_${randomBytes(4).toString('hex')}`;
  prefix = name;
  await admin.query(`create database ${pg.escapeIdentifier(name)} template template0 encoding 'UTF8'`);
  adminUrl = at(test.adminUrl, { database: name });
  appUrl = at(test.adminUrl, { database: name, login: `${prefix} serving`, password: 'p:a@s/s wörd' });
  folder = join(await mkdtemp(join(tmpdir(), 'mutual-migrate-')), 'migrations');
  await mkdir(folder);
  await mkdir(join(folder, '../policies'));
  await write({
    '0001-shelves.sql': FIRST,
    '../policies/00-all.sql': POLICIES,
    '../policies/03-jobs.sql': JOBS,
  });
});

afterEach(async () => {
  await admin.query(`drop database ${pg.escapeIdentifier(name)} with (force)`);
  for (const role of [`${prefix}_app`, `${prefix} serving`])
    await admin.query(`drop role if exists ${pg.escapeIdentifier(role)}`);
  await rm(join(folder, '..'), { recursive: true });
});

function at(url: string, to: { database?: string; login?: string; password?: string }): string {
  const changed = new URL(url);
  if (to.database !== undefined) changed.pathname = `/${encodeURIComponent(to.database)}`;
  if (to.login !== undefined) changed.username = encodeURIComponent(to.login);
  if (to.password !== undefined) changed.password = encodeURIComponent(to.password);
  return changed.href;
}

async function write(files: Record<string, string>): Promise<void> {
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
}

function run(log: (line: string) => void = () => undefined, patienceMs = 10 * 60_000): Promise<string[]> {
  return migrate({ adminUrl, appUrl, rolePrefix: prefix, folder, log, patienceMs });
}

/** The lines that migrate prints. */
async function output(): Promise<string[]> {
  const lines: string[] = [];
  await run((line) => lines.push(line));
  return lines;
}

/** Everything in the database's catalogue that migrate answers for. */
async function catalogue(): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('set search_path = public');
    const defaults = await client.query(
      'select defaclrole::regrole, defaclnamespace, defaclobjtype, defaclacl from pg_default_acl order by 1, 2, 3',
    );
    const aggregates = await client.query(
      `select aggfnoid from pg_aggregate where aggfnoid::oid >= 16384 order by 1`,
    );
    const text = await schemaText(async (query) => (await client.query<{ sql: string }>(query)).rows);
    return text + JSON.stringify([defaults.rows, aggregates.rows]);
  } finally {
    await client.end();
  }
}

/** A connection with a transaction that holds what the statement has locked, until it is ended. */
async function hold(statement: string): Promise<pg.Client> {
  const holder = new pg.Client({ connectionString: adminUrl, application_name: 'a long report' });
  await holder.connect();
  await holder.query(`begin; ${statement}`);
  return holder;
}

async function ask<Row extends pg.QueryResultRow>(url: string, query: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}

it('brings an empty database to life: roles, tables, policies; and the login of the URL can sign in and serve', async () => {
  const lines: string[] = [];
  expect(await run((line) => lines.push(line))).toEqual(['shelves1000000000001']);
  expect(lines).toEqual(['Migrated: shelves']);
  await ask(adminUrl, 'insert into shelf values (0), (1)');
  expect(await ask(appUrl, 'select id from shelf')).toEqual([{ id: 1 }]);
  await expect(ask(appUrl, 'insert into shelf values (2)')).rejects.toThrow('permission denied');
  const [login] = await ask(
    adminUrl,
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles where rolname = '${prefix} serving'`,
  );
  expect(login).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolcanlogin: true,
  });
  expect(await assertServable({ url: appUrl, folder })).toEqual([]);
});

it('runs only what is new, and the policies again each time', async () => {
  await run();
  await write({ '0002-titles.sql': SECOND, '../policies/00-all.sql': POLICIES.replace(`'0'`, `'1'`) });
  await expect(assertServable({ url: appUrl, folder })).rejects.toThrow('is not migrated (1 to go)');
  expect(await run()).toEqual(['titles1000000000002']);
  expect(await run()).toEqual([]);
  await ask(adminUrl, 'insert into shelf values (0), (1)');
  expect(await ask(appUrl, 'select id from shelf')).toEqual([{ id: 0 }]);
});

it('reports how many rows a migration changed and deleted, and what it added to the audit trail', async () => {
  await run();
  await ask(adminUrl, 'insert into shelf values (1), (2), (3); insert into book values (1, 1), (2, 2)');
  await write({
    '0002-shelves.sql': `
      create table audit_entry (action text, subject text);
      delete from book where id = 1;
      update shelf set id = id + 10 where id <> 2;
      insert into audit_entry select 'SHELF_MOVED', 'Shelf ' || generate_series(1, 22);`,
    '0003-nothing.sql': 'update shelf set id = 0 where id = 99;',
  });
  const lines = await output();
  expect(lines.slice(0, 4)).toEqual([
    'Migrated: shelves',
    '  book: 1 row deleted',
    '  shelf: 2 rows changed',
    '  SHELF_MOVED: Shelf 1',
  ]);
  expect(lines.slice(-2)).toEqual(['  and 2 more in the audit trail', 'Migrated: nothing']);
});

it('may be run four times at once', async () => {
  await write({ '0001-shelves.sql': `${FIRST} select pg_sleep(0.2);`, '0002-titles.sql': SECOND });
  const lines: string[] = [];
  const ran = await Promise.all(Array.from({ length: 4 }, () => run((line) => lines.push(line))));
  expect(ran.flat().sort()).toEqual(['shelves1000000000001', 'titles1000000000002']);
  expect(lines.filter((line) => line.startsWith('Another migrate'))).toHaveLength(3);
  expect(await assertServable({ url: appUrl, folder })).toEqual([]);
});

it('may be run at once for several databases of one server, whose roles they share', async () => {
  const others = [1, 2, 3].map((n) => `${name}_${String(n)}`);
  for (const one of others)
    await admin.query(`create database ${pg.escapeIdentifier(one)} template template0 encoding 'UTF8'`);
  try {
    await Promise.all(
      others.map((database) =>
        migrate({
          adminUrl: at(adminUrl, { database }),
          appUrl: at(appUrl, { database }),
          rolePrefix: prefix,
          folder,
          log: () => undefined,
        }),
      ),
    );
    for (const database of others) await assertServable({ url: at(appUrl, { database }), folder });
  } finally {
    for (const one of others) await admin.query(`drop database ${pg.escapeIdentifier(one)} with (force)`);
  }
});

it('rolls back what fails, keeps what was done before it, and goes on where it stopped', async () => {
  await write({ '0002-titles.sql': `${SECOND} select 1/0;` });
  await expect(run()).rejects.toThrow('migrations/0002-titles.sql failed: division by zero');
  expect(await ask(adminUrl, 'select name from schema_migration')).toEqual([
    { name: 'shelves1000000000001' },
  ]);
  await write({ '0002-titles.sql': SECOND });
  expect(await run()).toEqual(['titles1000000000002']);
});

it('never leaves half of the policies', async () => {
  await run();
  await write({ '../policies/00-all.sql': `${POLICIES} select 1/0;`.replace(`'0'`, `'1'`) });
  await expect(run()).rejects.toThrow('division by zero');
  await ask(adminUrl, 'insert into shelf values (0), (1)');
  expect(await ask(appUrl, 'select id from shelf')).toEqual([{ id: 1 }]);
});

it('gives up on a table in use for too long, and says who uses it', async () => {
  await run();
  await write({ '0002-titles.sql': SECOND });
  const holder = await hold('select * from book');
  try {
    await expect(run(undefined, 1_000)).rejects.toThrow(
      /^Tables were in use for 1 s, by a long report \(process \d+, idle in transaction for \d+ s\), and migrate gave up: /,
    );
  } finally {
    await holder.end();
  }
  expect(await run()).toEqual(['titles1000000000002']);
});

it.each([
  ['a migration', { '0002-titles.sql': SECOND }, ['titles1000000000002']],
  ['the policies', { '../policies/00-all.sql': POLICIES.replace(`'0'`, `'1'`) }, []],
])('waits with %s for tables in use, and lets readers in meanwhile', async (_, files, ran) => {
  await run();
  await write(files);
  const holder = await hold('select * from book');
  const lines: string[] = [];
  const reads: unknown[] = [];
  const again = run((line) => {
    lines.push(line);
    // Printed between two attempts, when no lock is held: a query at this moment does not wait.
    reads.push(
      ask(appUrl, 'select id from book').then(() => (lines.length < 3 ? undefined : holder.query('commit'))),
    );
  });
  expect(await again).toEqual(ran);
  await Promise.all(reads);
  await holder.end();
  expect(lines.length).toBeGreaterThanOrEqual(3);
  for (const line of lines.slice(0, 3)) {
    expect(line).toMatch(
      /^Tables are in use by a long report \(process \d+, .*\): trying again in [\d.]+ s, for 10 minutes more\.$/,
    );
  }
});

describe('where nothing has changed', () => {
  it.each([
    'select * from shelf, book',
    'insert into book values (1)',
    'lock table shelf, book in row exclusive mode',
  ])('waits for nobody and keeps nobody waiting: %s', async (statement) => {
    await write({ '../policies/00-all.sql': RICH, '0002-functions.sql': FUNCTIONS });
    await run();
    const holder = await hold(statement);
    const ended = new AbortController();
    const lines: string[] = [];
    const again = run((line) => lines.push(line), 1_000).finally(() => {
      ended.abort();
    });
    let reads = 0;
    const reader = new pg.Client({ connectionString: appUrl });
    await reader.connect();
    await reader.query(`set lock_timeout = '1ms'`);
    while (!ended.signal.aborted) {
      await reader.query('select count(*) from shelf, book');
      reads += 1;
    }
    await reader.end();
    expect(await again).toEqual([]);
    expect(lines).toEqual([]);
    expect(reads).toBeGreaterThan(0);
    await holder.end();
  });

  it('asks for no lock that a reader or a writer would wait for', async () => {
    await run();
    // Conflicts with all that is stronger than what readers and writers take themselves.
    const holder = await hold('lock table shelf, book, schema_migration in row exclusive mode');
    expect(await run(undefined, 0)).toEqual([]);
    await holder.end();
  });
});

describe('makes the database what the files are', () => {
  beforeEach(async () => {
    await write({ '../policies/00-all.sql': RICH, '0002-functions.sql': FUNCTIONS });
    await run();
  });

  it.each([
    ['a policy dropped', 'drop policy change on book'],
    ['a policy loosened', 'alter policy read on shelf using (true)'],
    ['a policy added', 'create policy more on shelf for select using (true)'],
    ['row security off', 'alter table shelf disable row level security'],
    ['row security forced', 'alter table shelf force row level security'],
    ['a right on a table', 'grant delete on shelf to public'],
    ['a right on a column', 'grant insert (id) on shelf to "APP"'],
    ['a right taken away', 'revoke update (shelf_id) on book from "APP"'],
    ['a right on the list of migrations', 'grant insert on schema_migration to "APP"'],
    ['a right on a schema', 'grant create on schema app to "APP"'],
    ['a right on a function', 'grant execute on function app.first_shelf() to public'],
    ['a right passed on', 'grant select on shelf to "APP" with grant option'],
    ['a default right', 'alter default privileges in schema public grant select on tables to "APP"'],
    ['another default right', 'alter default privileges grant execute on functions to public'],
    [
      'a function changed',
      `create or replace function app.first_shelf() returns integer language sql as 'select 7'`,
    ],
    ['a function that gets other rights', 'alter function app.first_shelf() security definer'],
    [
      'a function of another type',
      `drop function app.first_shelf(); create function app.first_shelf() returns bigint language sql as 'select 7::bigint'`,
    ],
    ['a function added', `create function app.second_shelf() returns integer language sql as 'select 7'`],
    [
      'functions that need one another',
      `create function app.a() returns int begin atomic select 1; end; create function app.b() returns int begin atomic select app.a(); end`,
    ],
    [
      'a function that hides another',
      `create function public.min(integer) returns integer language sql as 'select 7'`,
    ],
    ['an aggregate', `create aggregate app.total(integer) (sfunc = int4pl, stype = integer)`],
    [
      'a policy on the jobs',
      'create policy app on graphile_worker._private_jobs for all to "APP" using (true)',
    ],
    ['a right on the jobs', 'grant insert on graphile_worker._private_jobs to "APP"'],
    [
      'a right on a function of the jobs',
      'grant execute on function graphile_worker.remove_job(text) to public',
    ],
    ['a right on the schema of the jobs', 'grant usage on schema graphile_worker to "APP"'],
    ['a trigger off', 'alter table book disable trigger on_first_shelf'],
    ['a trigger of a migration off', 'alter table book disable trigger titled'],
    ['a trigger dropped', 'drop trigger on_first_shelf on book'],
    ['a trigger added', 'create trigger more after insert on shelf for each row execute function titled()'],
    ['a rule', 'create rule nothing as on insert to shelf do instead nothing'],
    ['a view', 'create view everything as select * from shelf'],
    ['a view changed', 'drop view filled; create view filled as select shelf_id, id from book'],
    ['a materialized view', 'create materialized view everything as select * from shelf'],
    ['a type', `create type app.colour as enum ('red'); create domain colours as app.colour`],
  ])('%s', async (_, command) => {
    const before = await catalogue();
    await ask(adminUrl, command.replaceAll('"APP"', `"${prefix}_app"`));
    expect(await catalogue()).not.toBe(before);
    await run();
    expect(await catalogue()).toBe(before);
    expect(await output()).toEqual([]);
  });

  it('drops what is no longer in them, and names it', async () => {
    await write({
      '../policies/00-all.sql': RICH.replaceAll('first_shelf', 'lowest_shelf').replace(
        /create or replace trigger .*;/,
        '',
      ),
    });
    expect(await output()).toEqual([
      'Dropped what neither migrations/ nor policies/ contains: trigger on_first_shelf on book, function app.first_shelf(), function app.on_first_shelf().',
    ]);
    expect(await catalogue()).not.toContain('first_shelf');
    expect(await catalogue()).toContain('create trigger titled'.toUpperCase().replace('TITLED', 'titled'));
  });

  it('replaces a function that has another type now', async () => {
    await write({
      '../policies/00-all.sql': RICH.replace('first_shelf() returns integer', 'first_shelf() returns bigint'),
    });
    expect(await output()).toEqual([]);
    expect(await ask(adminUrl, 'select pg_typeof(app.first_shelf())::text as type')).toEqual([
      { type: 'bigint' },
    ]);
  });

  it('replaces a function that has another type now, and that policies, views and triggers use', async () => {
    const using = (type: string) => `${RICH}
      create or replace function app.shelf_ids() returns ${type} language sql as 'select array[1]::${type}';
      create or replace function app.has_shelf() returns boolean language sql
        begin atomic select cardinality(app.shelf_ids()) > 0; end;
      create policy mine on shelf for select using (id::text = any (app.shelf_ids()::text[]) and app.has_shelf());
      create or replace view numbers as select app.shelf_ids() as ids;
      create or replace trigger with_shelf after insert on book for each row when (app.has_shelf()) execute function app.on_first_shelf();
    `;
    await write({ '../policies/00-all.sql': using('integer[]') });
    await run();
    await write({ '../policies/00-all.sql': using('text[]') });
    expect(await output()).toEqual([]);
    expect(await ask(adminUrl, 'select pg_typeof(ids)::text as type from numbers')).toEqual([
      { type: 'text[]' },
    ]);
    expect(await catalogue()).toContain('mine');
  });

  it('lets requests that are under way go on with the functions they know', async () => {
    const before = await ask(adminUrl, `select 'app.first_shelf()'::regprocedure::oid`);
    await write({ '../policies/00-all.sql': RICH.replace('min(id)', 'max(id)') });
    await run();
    expect(await ask(adminUrl, `select 'app.first_shelf()'::regprocedure::oid`)).toEqual(before);
  });

  it('says which function of a migration was changed by hand, since it cannot put that right', async () => {
    await ask(
      adminUrl,
      `create or replace function titled() returns trigger language plpgsql as 'begin return old; end'`,
    );
    expect(await output()).toEqual([
      'Changed by hand since the last migrate: function titled(). Put the definition in migrations/ back: migrate runs each migration once.',
    ]);
  });

  it('never drops a table, a column or a row', async () => {
    await ask(
      adminUrl,
      'create table more (id integer); insert into more values (1); alter table shelf add column more text',
    );
    await run();
    expect(await ask(adminUrl, 'select id from more')).toEqual([{ id: 1 }]);
    expect(await ask(adminUrl, 'select more from shelf')).toEqual([]);
  });
});

it('tells /ready what is missing, and refuses to put old policies on a newer database', async () => {
  await run();
  await write({ '0002-titles.sql': SECOND });
  const dataSource = await servingDataSource({
    url: appUrl,
    poolSize: 1,
    statementTimeoutMs: 5_000,
  }).initialize();
  const db = new Database(dataSource, 5_000);
  const state = () => db.read(null, (em) => pendingMigrations(em, folder));
  expect(await state()).toEqual({ pending: ['titles1000000000002'], unknown: [] });
  await run();
  expect(await state()).toEqual({ pending: [], unknown: [] });

  await rm(join(folder, '0002-titles.sql'));
  expect(await state()).toEqual({ pending: [], unknown: ['titles1000000000002'] });
  await dataSource.destroy();
  await expect(run()).rejects.toThrow('migrated by a newer version (titles1000000000002 is unknown here)');
  expect(await assertServable({ url: appUrl, folder })).toEqual(['titles1000000000002']);
});

describe('refuses, in one sentence,', () => {
  it.each([
    [
      'a name that is no migration’s',
      { 'titles.sql': SECOND },
      'migrations/titles.sql is not named NNNN-name.sql',
    ],
    ['a number used twice', { '0001-again.sql': SECOND }, 'have the number 0001'],
    [
      'policies that name no role',
      { '../policies/00-all.sql': 'select 1', '../policies/03-jobs.sql': 'select 1' },
      'none of them names :"app"',
    ],
    [
      'policies that name an unknown role',
      { '../policies/00-all.sql': `${POLICIES} grant select on shelf to :"apps";` },
      ':"apps"',
    ],
  ])('%s', async (_, files: Record<string, string>, message) => {
    await write(files);
    await expect(run()).rejects.toThrow(message);
  });

  it('one login for both', async () => {
    await expect(migrate({ adminUrl, appUrl: adminUrl, folder, log: () => undefined })).rejects.toThrow(
      'name the same login',
    );
  });

  it('a server that is not there, without telling the password', async () => {
    const away = new URL(adminUrl);
    away.port = '1';
    const refused = migrate({ adminUrl: away.href, appUrl, folder, log: () => undefined });
    await expect(refused).rejects.toThrow(StartError);
    await expect(refused).rejects.toThrow(
      /^The database at 127\.0\.0\.1:1\/\S+ cannot be reached \(ECONNREFUSED\)/,
    );
    const message = await refused.catch((error: unknown) => (error as Error).message);
    expect(message).not.toContain(decodeURIComponent(away.password));
  });

  it('a database of another encoding', async () => {
    const ascii = `${name}_ascii`;
    await admin.query(
      `create database ${pg.escapeIdentifier(ascii)} template template0 encoding 'SQL_ASCII' locale 'C'`,
    );
    try {
      const refused = migrate({
        adminUrl: at(adminUrl, { database: ascii }),
        appUrl,
        folder,
        log: () => undefined,
      });
      await expect(refused).rejects.toThrow('has the encoding SQL_ASCII');
    } finally {
      await admin.query(`drop database ${pg.escapeIdentifier(ascii)}`);
    }
  });

  it('an administrator who may not manage roles', async () => {
    await admin.query(`create role "${prefix}_owner" login password 'secret'`);
    await admin.query(`alter database ${pg.escapeIdentifier(name)} owner to "${prefix}_owner"`);
    try {
      const weak = at(adminUrl, { login: `${prefix}_owner`, password: 'secret' });
      const refused = migrate({ adminUrl: weak, appUrl, rolePrefix: prefix, folder, log: () => undefined });
      await expect(refused).rejects.toThrow('give it CREATEROLE');
      await admin.query(`alter role "${prefix}_owner" createrole`);
      await migrate({ adminUrl: weak, appUrl, rolePrefix: prefix, folder, log: () => undefined });
      expect(await assertServable({ url: appUrl, folder })).toEqual([]);
    } finally {
      await admin.query(`drop database ${pg.escapeIdentifier(name)} with (force)`);
      await admin.query(`create database ${pg.escapeIdentifier(name)} template template0`);
      for (const role of [`${prefix} serving`, `${prefix}_app`, `${prefix}_owner`])
        await admin.query(`drop role "${role}"`);
    }
  });
});
