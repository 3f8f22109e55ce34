import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { startApp, type TestApp } from './app.js';

const ACCEPT = `mutation ($token: String!) {
  acceptInvitation(input: { token: $token, password: "violet tram nods" }) {
    viewer { roles signInEmail person { name } }
  }
}`;

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs the operator's command as it is installed. */
function create(...args: readonly string[]): Promise<Outcome> {
  const { adminUrl, appUrl, rolePrefix } = app.testDatabase;
  const env = {
    ...process.env,
    DATABASE_ADMIN_URL: adminUrl,
    DATABASE_URL: appUrl,
    ROLE_PREFIX: rolePrefix,
    PUBLIC_URL: 'https://mutual.example.com',
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/apps/cli/main.js', 'organization', 'create', ...args],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      },
    );
  });
}

function tokenIn({ output }: Outcome): string {
  return /^https:\/\/mutual\.example\.com\/accept-invitation#([\w-]{43})$/m.exec(output)?.[1] ?? '';
}

const fresh = (): string => randomBytes(4).toString('hex');

it('makes an organization whose first administrator sets their password by the printed link', async () => {
  const name = `Bäckerei ${fresh()}`;
  const outcome = await create(
    name,
    '--admin',
    'Lee@example.com',
    '--admin-name',
    'Lee Ångström',
    '--time-zone',
    'europe/berlin',
  );
  expect(outcome.code).toBe(0);
  const { data } = await app.graphql(ACCEPT, { token: tokenIn(outcome) });
  expect(data).toEqual({
    acceptInvitation: {
      viewer: {
        roles: ['ORGANIZATION_ADMIN', 'PEOPLE_ADMIN'],
        signInEmail: 'Lee@example.com',
        person: { name: 'Lee Ångström' },
      },
    },
  });
  const { rows } = await app.database.query<{ zone: string; actions: string[] }>(
    `select o.time_zone as zone, array_agg(a.action order by a.id) as actions
     from organization o join audit_entry a on a.organization_id = o.id where o.name = $1 group by o.id`,
    [name],
  );
  expect(rows).toEqual([{ zone: 'Europe/Berlin', actions: ['ORGANIZATION_CREATED', 'PERSON_INVITED'] }]);
});

it('gives a new link as long as nobody has signed in, and none after that', async () => {
  const name = `Works ${fresh()}`;
  const address = `ada.${fresh()}@example.com`;
  const first = await create(name, '--admin', address);
  // Other spellings of the same name and address.
  const second = await create(
    ` ${name.toUpperCase()}\u200b`,
    '--admin',
    ` ${address.toUpperCase().replace('@', '＠')}\n`,
  );
  expect([first.code, second.code]).toEqual([0, 0]);
  const stranger = await create(name, '--admin', `eve.${fresh()}@example.com`);
  expect(stranger).toMatchObject({
    code: 1,
    output: expect.stringContaining('exists. Choose a different name') as string,
  });
  const dead = await app.graphql(ACCEPT, { token: tokenIn(first) });
  expect(dead.errors[0]?.extensions.code).toBe('NOT_FOUND');
  expect((await app.graphql(ACCEPT, { token: tokenIn(second) })).errors).toEqual([]);
  expect(await create(name, '--admin', address)).toMatchObject({
    code: 1,
    output: `Another account signs in with ${address}. Use a different address for this administrator.\n`,
  });
});

it.each([
  [['Works', '--admin', 'no address']],
  [['Works', '--admin', 'ada@example.com', '--time-zone', 'Mars/Olympus']],
  [['Works', '--admin', 'ada@example.com', '--time-zone', 'IST']],
  [[' ', '--admin', 'ada@example.com']],
  [['\u200b\u202e', '--admin', 'ada@example.com']],
  [['Works']],
])('refuses %j in one sentence', async (args) => {
  const { code, output } = await create(...args);
  expect(code).toBe(1);
  expect(output).toMatch(/^error: /);
  expect(output).not.toMatch(/^\s+at /m);
});
