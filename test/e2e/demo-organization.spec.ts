import pg from 'pg';
import { hashPassword } from '../../libs/auth/passwords.js';
import { DEMO_PASSWORD } from '#demo';
import { readSettings } from '#settings';
import { makeLog } from '#telemetry';
import { loadDemo } from '../../apps/cli/demo/load.js';
import { COMPANY } from '../../apps/cli/demo/people.js';
import { createServer } from '../../apps/api/server.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { production } from './production.js';

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

/** Whether the server would listen with these settings. */
async function starts(environment: Record<string, string>): Promise<true> {
  const settings = readSettings({
    DATABASE_URL: testDatabase.appUrl,
    ROLE_PREFIX: testDatabase.rolePrefix,
    LOG_LEVEL: 'silent',
    ...environment,
  });
  const app = await createServer(settings, makeLog(settings));
  await app.close();
  return true;
}

async function change(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabase.adminUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const REFUSED =
  /^This database holds the demo organization, whose password is published, under whatever name: /;

it('is served everywhere but in production, unless it is named there', async () => {
  expect(await starts(production)).toBe(true);
  await loadDemo({ adminUrl: testDatabase.adminUrl, passwordHash: () => hashPassword(DEMO_PASSWORD) });
  await expect(starts(production)).rejects.toThrow(REFUSED);
  expect(await starts({ NODE_ENV: 'test' })).toBe(true);
  expect(await starts({ ...production, ALLOW_DEMO_ORGANIZATION: COMPANY.name })).toBe(true);
  await expect(starts({ ...production, ALLOW_DEMO_ORGANIZATION: 'yes' })).rejects.toThrow(
    'ALLOW_DEMO_ORGANIZATION must be Quince & Gander',
  );

  await change(`update organization set name = 'Serious Business'`);
  await expect(starts(production)).rejects.toThrow(REFUSED);
});
