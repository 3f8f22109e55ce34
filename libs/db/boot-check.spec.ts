import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.js';
import { assertServable } from './boot-check.js';
import { checkServer } from './server-check.js';
import { StartError } from './start-error.js';

let test: TestDatabase;
let admin: pg.Client;
let login: string;

beforeAll(async () => {
  test = await createTestDatabase();
  admin = new pg.Client({ connectionString: test.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await test.drop();
});

/** A login of this test's own, since roles are shared with the other tests of the run. */
beforeEach(async () => {
  login = `${test.rolePrefix}_boot_${Math.random().toString(36).slice(2, 10)}`;
  await admin.query(`create role ${login} login password 'secret'; grant ${test.rolePrefix}_app to ${login}`);
});

afterEach(async () => {
  await admin.query(`reassign owned by ${login} to current_user; drop owned by ${login}; drop role ${login}`);
});

function url(changes: { login?: string; password?: string; database?: string; port?: string } = {}): string {
  const changed = new URL(test.adminUrl);
  changed.username = changes.login ?? login;
  changed.password = changes.password ?? 'secret';
  if (changes.database !== undefined) changed.pathname = `/${changes.database}`;
  if (changes.port !== undefined) changed.port = changes.port;
  return changed.href;
}

/** Each wrong is put right again, so that the same login is then let through: the denial was about the wrong. */
async function wrong(make: string, message: string | RegExp, undo: string): Promise<void> {
  expect(await assertServable({ url: url() })).toEqual([]);
  await admin.query(make);
  try {
    const refused = assertServable({ url: url() });
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(StartError);
  } finally {
    await admin.query(undo);
  }
  expect(await assertServable({ url: url() })).toEqual([]);
}

it('lets a login serve that owns nothing, on a migrated database', async () => {
  expect(await assertServable({ url: test.appUrl })).toEqual([]);
});

it('says that a server which accepts connections and then hangs cannot be reached', async () => {
  const silent = createServer();
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  // As far as the first query it is Postgres.
  const sockets: Socket[] = [];
  let asked = false;
  silent.on('connection', (socket) => {
    const postgres = connect(Number(new URL(test.appUrl).port), '127.0.0.1');
    sockets.push(socket, postgres);
    for (const each of [socket, postgres]) each.on('error', () => undefined);
    socket.on('data', (data) => {
      asked ||= data.includes('server_version_num');
      if (!asked) postgres.write(data);
    });
    postgres.on('data', (data) => socket.write(data));
  });
  const url = new URL(test.appUrl);
  url.port = String((silent.address() as AddressInfo).port);
  const refused = assertServable({ url: url.href, patienceMs: 3_000 });
  await expect(refused).rejects.toThrow(StartError);
  await expect(refused).rejects.toThrow(/cannot be reached/);
  expect(asked).toBe(true);
  for (const socket of sockets) socket.destroy();
  silent.close();
});

it('refuses the administrator’s own login', async () => {
  const own = new URL(test.adminUrl);
  await expect(assertServable({ url: own.href })).rejects.toThrow(`is, or can become, "${own.username}"`);
});

it('refuses a login that bypasses row-level security', () =>
  wrong(`alter role ${login} bypassrls`, `is, or can become, "${login}"`, `alter role ${login} nobypassrls`));

it('refuses a superuser', () =>
  wrong(`alter role ${login} superuser`, `is, or can become, "${login}"`, `alter role ${login} nosuperuser`));

it('refuses a login that can become a role which bypasses it, also without inheriting', () =>
  wrong(
    `create role ${login}_mighty bypassrls; grant ${login}_mighty to ${login} with inherit false, set true`,
    `can become, "${login}_mighty"`,
    `drop role ${login}_mighty`,
  ));

it.each([
  [
    'table',
    'create table public.mine (); alter table public.mine enable row level security; create policy p on public.mine using (true)',
    'relation mine',
    'drop table public.mine',
  ],
  [
    'function',
    'create function app.mine() returns int language sql return 1',
    /function app\.mine\(\)/,
    'drop function app.mine()',
  ],
])('refuses a login that owns a %s', (kind, make, message, undo) =>
  wrong(
    `${make}; alter ${kind} ${kind === 'table' ? 'public.mine' : 'app.mine()'} owner to ${login}`,
    message,
    undo,
  ),
);

it('refuses a login that can become the owner of a table', () =>
  wrong(
    `create role ${login}_owner; create view public.ours as select 1; alter view public.ours owner to ${login}_owner; grant ${login}_owner to ${login}`,
    'owner of, the relation ours',
    `drop view public.ours; drop role ${login}_owner`,
  ));

it('refuses a login that owns the database', async () => {
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  const database = pg.escapeIdentifier(rows[0]?.name ?? '');
  await wrong(
    `alter database ${database} owner to ${login}`,
    /owner of, the database /,
    `alter database ${database} owner to current_user`,
  );
});

it.each(['temporary', 'create'])('refuses a login with the right %s on the database', async (right) => {
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  const database = pg.escapeIdentifier(rows[0]?.name ?? '');
  await wrong(
    `grant ${right} on database ${database} to ${login}`,
    `has the right ${right.toUpperCase()} on the database`,
    `revoke ${right} on database ${database} from ${login}`,
  );
  await wrong(
    `grant ${right} on database ${database} to public`,
    `has the right ${right.toUpperCase()} on the database`,
    `revoke ${right} on database ${database} from public`,
  );
});

it.each(['pg_monitor', 'pg_signal_backend', 'another group'])(
  'refuses a member of %s beside its own group',
  async (kind) => {
    const group = `${test.rolePrefix}_app`;
    const other = kind === 'another group' ? `${test.rolePrefix}_worker` : kind;
    expect(await assertServable({ url: url(), group })).toEqual([]);
    await admin.query(`grant ${other} to ${login}`);
    await expect(assertServable({ url: url(), group })).rejects.toThrow(
      `The login of DATABASE_URL is a member of "`,
    );
    await admin.query(`revoke ${other} from ${login}`);
    expect(await assertServable({ url: url(), group })).toEqual([]);
  },
);

it('refuses a schema in which it could create things', () =>
  wrong(
    'grant create on schema public to public',
    'may create things in the schema "public"',
    'revoke create on schema public from public',
  ));

it('refuses a table without row-level security, or without a policy, in whatever schema', async () => {
  const undo = 'drop schema elsewhere cascade';
  await wrong(
    'create schema elsewhere; create table elsewhere.open (id int)',
    'without a policy: elsewhere.open',
    undo,
  );
  await wrong(
    'create schema elsewhere; create table elsewhere.bare (id int); alter table elsewhere.bare enable row level security',
    'without a policy: elsewhere.bare',
    undo,
  );
  await wrong(
    'create schema elsewhere; create table elsewhere.off (id int); create policy p on elsewhere.off using (true)',
    'without a policy: elsewhere.off',
    undo,
  );
});

it('refuses a database that was never migrated', async () => {
  await expect(assertServable({ url: url({ database: 'postgres' }) })).rejects.toThrow(
    /is not migrated \(\d+ to go\): run/,
  );
});

it('says why it cannot get in, and never the password', async () => {
  const failures = [
    [url({ password: 'wrong-word' }), /refuses the login of DATABASE_URL/],
    [url({ database: 'nowhere' }), /There is no such database as 127\.0\.0\.1:\d+\/nowhere/],
    [url({ port: '1' }), /cannot be reached \(ECONNREFUSED\): start it, or correct DATABASE_URL/],
    [
      'postgres://someone:secret@no-such-host.invalid/mutual',
      /no-such-host\.invalid:5432\/mutual cannot be reached \((ENOTFOUND|EAI_AGAIN)\)/,
    ],
  ] as const;
  for (const [bad, message] of failures) {
    const error = await assertServable({ url: bad }).catch((caught: unknown) => caught as Error);
    expect(error).toBeInstanceOf(StartError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toMatch(/secret|wrong-word|\n/);
  }
});

it('refuses a server that is too old, and a wrong encoding', () => {
  const place = 'postgres://a:b@db.example:5433/mutual';
  expect(() => {
    checkServer({ version: 170_006, encoding: 'UTF8' }, place);
  }).toThrow('PostgreSQL 17 at db.example:5433/mutual is too old');
  expect(() => {
    checkServer({ version: 180_000, encoding: 'LATIN1' }, place);
  }).toThrow('has the encoding LATIN1');
  expect(() => {
    checkServer({ version: 190_000, encoding: 'UTF8' }, place);
  }).not.toThrow();
});
