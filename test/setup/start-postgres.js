import { randomBytes } from 'node:crypto';
import { databaseEnvironment, ensureDatabase } from '../../scripts/database.mjs';
import { startPostgres } from '../../scripts/postgres.mjs';
import { capture, projectEnvironment, projectNode } from '../../scripts/processes.mjs';
import { setup } from '../../scripts/setup.mjs';

/**
 * Once for each run of Jest: a throw-away PostgreSQL (or the server of DATABASE_ADMIN_URL) with one migrated database, which
 * test/setup/database.ts clones. Roles belong to a whole server, so on a shared one each run has separate names.
 *
 * TEST_DATABASE names a database on that server that is cloned in its place, with all that it holds, under the roles that it has:
 * the restore drill looks so whether the policies of a restored database hold.
 */
export default async function startTestPostgres() {
  await setup();
  const run = randomBytes(4).toString('hex');
  const given = process.env.DATABASE_ADMIN_URL;
  if (given && process.env.TEST_DATABASE) {
    Object.assign(process.env, { NODE_ENV: 'test', TEST_TEMPLATE: process.env.TEST_DATABASE });
    return;
  }
  const server = given
    ? { adminUrl: given, password: randomBytes(24).toString('hex'), stop: () => undefined }
    : await startPostgres({ throwaway: true });
  try {
    const rolePrefix = given ? `mutual_test_${run}` : 'mutual';
    const template = `${given ? rolePrefix : 'mutual'}_template`;
    const templateUrl = await ensureDatabase(server.adminUrl, template);
    const environment = {
      NODE_ENV: 'test',
      ...databaseEnvironment(templateUrl, rolePrefix, server.password),
      ROLE_PREFIX: rolePrefix,
    };
    const migrated = await capture(projectNode(), ['dist/apps/cli/main.js', 'migrate'], {
      env: projectEnvironment(environment),
    });
    if (migrated.code !== 0) {
      throw new Error(`The tests' database could not be migrated:\n${migrated.stdout}${migrated.stderr}`);
    }
    // Inherited by the workers, and read by test/setup/database.ts alone.
    Object.assign(process.env, environment, { TEST_TEMPLATE: template });
    globalThis.testPostgres = { server, given, rolePrefix };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
