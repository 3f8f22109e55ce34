import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.js';
import { assertServable } from './boot-check.js';
import { servingDataSource } from './data-source.js';
import { Database } from './database.js';
import { migrate, pendingMigrations } from './migrate.js';
import { StartError } from './start-error.js';

const FIRST =
  'create table shelf (id int primary key); create table book (id int primary key, shelf_id int references shelf);';
const SECOND = 'alter table book add column title text;';
const POLICIES = `
  do $$ declare found record; begin
    for found in select format('drop policy %I on %I', policyname, tablename) as command from pg_policies where schemaname = 'public'
    loop execute found.command; end loop;
  end $$;
  revoke all on all tables in schema public from public, :"app";
  grant usage on schema public to :"app";
  alter table shelf enable row level security;
  alter table book enable row level security;
  grant select on shelf, book to :"app";
  create policy read on shelf for select to :"app" using (id::text <> '0');
  create policy read on book for select to :"app" using (true);
`;

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

/** An empty database and role names of its own, for each test. */
beforeEach(async () => {
  name = `${test.rolePrefix}_migrate_${randomBytes(4).toString('hex')}`;
  prefix = name;
  await admin.query(`create database ${pg.escapeIdentifier(name)} template template0 encoding 'UTF8'`);
  adminUrl = at(test.adminUrl, { database: name });
  appUrl = at(test.adminUrl, { database: name, login: `${prefix} serving`, password: 'p:a@s/s wörd' });
  folder = join(await mkdtemp(join(tmpdir(), 'mutual-migrate-')), 'migrations');
  await mkdir(folder);
  await mkdir(join(folder, '../policies'));
  await write({ '0001-shelves.sql': FIRST, '../policies/00-all.sql': POLICIES });
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

function run(log: (line: string) => void = () => undefined, rolePrefix = prefix): Promise<string[]> {
  return migrate({ adminUrl, appUrl, rolePrefix, folder, log });
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

it('gives up on a table in use instead of queueing everybody behind it, and says so', async () => {
  await run();
  await write({ '0002-titles.sql': SECOND });
  const holder = new pg.Client({ connectionString: adminUrl });
  await holder.connect();
  await holder.query('begin; select * from book');
  try {
    await expect(run()).rejects.toThrow('A table was in use for too long');
  } finally {
    await holder.end();
  }
  expect(await run()).toEqual(['titles1000000000002']);
});

it('waits with the policies for tables in use', async () => {
  await run();
  const holder = new pg.Client({ connectionString: adminUrl });
  await holder.connect();
  await holder.query('begin; select * from shelf');
  const lines: string[] = [];
  const again = run((line) => {
    lines.push(line);
    void holder.query('commit');
  });
  expect(await again).toEqual([]);
  expect(lines).toEqual(['Tables are in use: applying the policies again.']);
  await holder.end();
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
    ['policies that name no role', { '../policies/00-all.sql': 'select 1' }, 'none of them names :"app"'],
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
