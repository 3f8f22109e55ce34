import { jest } from '@jest/globals';
import pg from 'pg';
import { hashPassword } from '../../libs/auth/passwords.js';
import { DEMO_PASSWORD } from '#demo';
import { afterRestoreCommand } from '../../apps/cli/after-restore.js';
import { loadDemo } from '../../apps/cli/demo/load.js';
import { addressOf } from '../../apps/cli/demo/rows.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { withApp, type TestApp } from './app.js';

const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { token } }`;

let testDatabase: TestDatabase;
let database: pg.Client;
const environment = { ...process.env };
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = new pg.Client({ connectionString: testDatabase.adminUrl });
  await database.connect();
  await loadDemo({ adminUrl: testDatabase.adminUrl, passwordHash: () => hashPassword(DEMO_PASSWORD) });
  process.env.DATABASE_ADMIN_URL = testDatabase.adminUrl;
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = { ...environment };
  await database.end();
  await testDatabase.drop();
});

/** Runs the command, and gives what it prints. */
async function afterRestore(...args: readonly string[]): Promise<string[]> {
  const printed: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
  await afterRestoreCommand.parseAsync(args, { from: 'user' });
  return printed;
}

/** Runs `work` while the service serves. */
const serving = <T>(work: (app: TestApp) => Promise<T>): Promise<T> => withApp({}, work, testDatabase);

async function codeOfSignIn(app: TestApp): Promise<string | undefined> {
  const { errors } = await app.graphql(SIGN_IN, {
    input: { email: addressOf('leonie'), password: DEMO_PASSWORD },
  });
  return errors[0]?.extensions.code;
}

/** A digest of every table. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await database.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    const digest = await database.query<{ digest: string }>(
      `select md5(coalesce(string_agg(t::text, ' ' order by t::text collate "C"), '')) as digest from ${name} t`,
    );
    found[name] = digest.rows[0]?.digest ?? '';
  }
  return found;
}

it('is refused while the database is in use, and changes nothing', async () => {
  await serving(async (app) => {
    await app.graphql('{ __typename }');
    expect(await codeOfSignIn(app)).toBeUndefined();
    const before = await everything();
    await expect(afterRestore('--backup-of', '2999-01-01T00:00Z')).rejects.toThrow(
      /^This database is in use by mutual(?:, mutual listener)?\. /,
    );
    expect(await everything()).toEqual(before);
  });
});

it('is refused where somebody signed in after the backup', async () => {
  expect(await serving(codeOfSignIn)).toBeUndefined();
  const before = await everything();
  await expect(afterRestore('--backup-of', '2001-01-01T00:00Z')).rejects.toThrow(
    /^A session was opened in this database at .*, after the time of --backup-of\. /,
  );
  expect(await everything()).toEqual(before);
});

it('changes what can be ended, the audit trail, and nothing else; the second time it finds nothing', async () => {
  const before = await everything();
  await afterRestore('--backup-of', '2999-01-01T00:00Z');
  const after = await everything();
  expect(
    Object.keys(after)
      .filter((table) => after[table] !== before[table])
      .sort(),
  ).toEqual([
    'alignment',
    'alignment_own',
    'audit_entry',
    'goal_share',
    'invitation',
    'personal_goal',
    'session',
  ]);
  const words = `select md5(string_agg(concat_ws('|', id, owner_id, title, why, horizon, target_on, status), ' ' order by id)) as digest from personal_goal`;
  const { rows } = await database.query(words);
  expect((await afterRestore('--backup-of', '2999-01-01T00:00Z')).slice(0, 8)).toEqual([
    '0 sessions and API tokens ended',
    '0 invitations withdrawn',
    '0 password reset links withdrawn',
    '0 changes of sign-in addresses cancelled',
    '0 waiting mails deleted',
    '0 shares ended',
    '0 goals made private',
    '0 proposals withdrawn',
  ]);
  expect((await database.query(words)).rows).toEqual(rows);
});

it('leaves passwords unless asked; then none opens an account, nor does what sign-in gives away of it', async () => {
  await afterRestore('--backup-of', '2999-01-01T00:00Z');
  expect(await serving(codeOfSignIn)).toBeUndefined();

  await afterRestore('--backup-of', '2999-01-01T00:00Z', '--passwords');
  await serving(async (app) => {
    expect(await codeOfSignIn(app)).toMatch(/^(UNAUTHENTICATED|INVALID_CREDENTIALS)$/);
    const { rows } = await database.query<{ parameters: string; stored: string }>(
      `select app.password_parameters(sign_in_address) as parameters, password_hash as stored from account
       where sign_in_address = $1`,
      [addressOf('leonie')],
    );
    expect(rows[0]?.parameters).toMatch(/^\$argon2id\$/);
    expect(rows[0]?.stored.slice(rows[0].parameters.length)).toMatch(/^\$[A-Za-z0-9+/]{43}$/);
    const hashes = await database.query('select distinct password_hash from account');
    const accounts = await database.query('select from account');
    expect(hashes.rowCount).toBe(accounts.rowCount);
  });
});

it.each(['yesterday', '2026-05-04', '2026-05-04T03:00'])(
  'asks for a time with its zone: %s',
  async (time) => {
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${String(code)}`);
    });
    const output: string[] = [];
    afterRestoreCommand.configureOutput({ writeErr: (text) => output.push(text) });
    await expect(afterRestore('--backup-of', time)).rejects.toThrow('exit 1');
    expect(output.join('')).toContain('It must be a time with its zone, for example 2026-05-04T03:00Z.');
  },
);
