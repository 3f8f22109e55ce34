import { startApp, startAppOn, type TestApp } from '../e2e/app.js';
import { copyTestDatabase, sharedTestDatabase, type TestDatabase } from '../setup/database.js';
import { loadSeparately } from '../setup/service.js';

/** The service in both ways of executing operations. */
export interface ServerPair {
  readonly fast: TestApp;
  readonly plain: TestApp;
  close(): Promise<void>;
}

/** No caller is to run out of what they may spend: that is tried elsewhere. */
const SETTINGS = { COST_PER_MINUTE: '0' };

/** ServerPair on one database. Its modules belong to this test file, which may replace methods of them. */
export async function startServerPair(environment: Record<string, string> = {}): Promise<ServerPair> {
  await loadSeparately();
  const fast = await startApp({ ...SETTINGS, EXECUTION: 'fast', ...environment });
  return pair(fast, sharedTestDatabase(fast.testDatabase), environment);
}

/** Each on a separate copy of a database, to which nobody may be connected. */
export async function startOnCopies(original: TestDatabase): Promise<ServerPair> {
  await loadSeparately();
  const copy = await copyTestDatabase(original);
  return pair(await startAppOn(original, { ...SETTINGS, EXECUTION: 'fast' }), copy);
}

async function pair(
  fast: TestApp,
  database: TestDatabase,
  environment: Record<string, string> = {},
): Promise<ServerPair> {
  const plain = await startAppOn(database, { ...SETTINGS, EXECUTION: 'plain', ...environment }).catch(
    async (error: unknown) => {
      await fast.close();
      throw error;
    },
  );
  return {
    fast,
    plain,
    close: async () => {
      // The database is the fast one's where it is shared.
      await plain.close();
      await fast.close();
    },
  };
}
