import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { DataSource, MigrationExecutor, type EntityManager, type QueryRunner } from 'typeorm';
import { MIGRATIONS_TABLE, baseOptions } from './data-source.js';
import { isDeadlock, sqlState } from './errors.js';
import {
  compareMigrations,
  migrationClass,
  migrationFiles,
  migrationsFolder,
  readPolicies,
  type MigrationState,
} from './migration-files.js';
import { appRole, ensureRoles, revokeTemporary, workerRole } from './roles.js';
import {
  SERVER_FACTS,
  checkServer,
  loginOf,
  placeOf,
  unreachable,
  type ServerFacts,
} from './server-check.js';
import { Sql, rows } from './sql.js';
import { StartError } from './start-error.js';

export interface MigrateOptions {
  /** DATABASE_ADMIN_URL: its login will own everything, and never serves. */
  readonly adminUrl: string;
  /** DATABASE_URL: the login that serves, created if it is missing. */
  readonly appUrl: string;
  /** WORKER_DATABASE_URL: the worker's login, created if it is missing; without it, only its group is. */
  readonly workerUrl?: string | undefined;
  /** Role names carry it; 'mutual' unless told. */
  readonly rolePrefix?: string;
  readonly log: (line: string) => void;
  /** The migrations to run, with `policies/` beside them, for tests; the package's own by default. */
  readonly folder?: string;
}

const POLICY_ATTEMPTS = 10;
const LOCK_NOT_AVAILABLE = '55P03';

/** Any number that nobody else uses: all that migrate takes this one advisory lock of the database. */
const LOCK = 7_305_688_413;

/**
 * Brings a database up to date: roles, numbered migrations, policies. Safe to run at any time and from several places at once:
 * one works, the others wait, and then find nothing to do.
 *
 * @returns the migrations that it ran, in order.
 * @throws StartError with what to do; whatever failed inside a migration, which is rolled back by itself.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { adminUrl, appUrl, workerUrl, log } = options;
  const prefix = options.rolePrefix ?? 'mutual';
  const folder = options.folder ?? migrationsFolder();
  const login = loginOf(appUrl, 'DATABASE_URL');
  if (login.name === loginOf(adminUrl, 'DATABASE_ADMIN_URL').name) {
    throw new StartError(
      'DATABASE_URL and DATABASE_ADMIN_URL name the same login: the one that owns the tables must not serve, so name another in DATABASE_URL.',
    );
  }
  const worker = workerUrl === undefined ? undefined : loginOf(workerUrl, 'WORKER_DATABASE_URL');
  if (worker && [login.name, loginOf(adminUrl, 'DATABASE_ADMIN_URL').name].includes(worker.name)) {
    throw new StartError(
      'WORKER_DATABASE_URL names a login that DATABASE_URL or DATABASE_ADMIN_URL names too: the worker needs its own, since it alone may read the outbox.',
    );
  }
  const roles = { app: appRole(prefix), worker: workerRole(prefix) };
  const files = await migrationFiles(folder);
  const dataSource = new DataSource({
    ...baseOptions(adminUrl, 'mutual migrate'),
    connectTimeoutMS: 10_000,
    poolErrorHandler: () => undefined,
    migrations: files.map(migrationClass),
  });
  try {
    await dataSource.initialize();
  } catch (cause) {
    throw unreachable(adminUrl, 'DATABASE_ADMIN_URL', cause);
  }
  // One connection does it all, so that the lock cannot be lost while the work goes on.
  const runner = dataSource.createQueryRunner();
  try {
    const [facts] = (await runner.query(SERVER_FACTS)) as [ServerFacts];
    checkServer(facts, adminUrl);
    await lock(runner, log);
    await ensureRoles(runner, roles.app, 'DATABASE_URL', login);
    await ensureRoles(runner, roles.worker, 'WORKER_DATABASE_URL', worker);
    await revokeTemporary(runner, Object.values(roles));
    const { unknown } = compareMigrations(await recorded(runner.manager), files);
    if (unknown.length > 0) throw newer(adminUrl, unknown);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    const done = await executor.executePendingMigrations();
    for (const migration of done) log(`Migrated: ${migration.name.replace(/\d{13}$/, '')}`);
    await applyPolicies(runner, await readPolicies(folder, roles), Object.values(roles), log);
    return done.map((migration) => migration.name);
  } catch (error) {
    if (sqlState(error) !== LOCK_NOT_AVAILABLE && !isDeadlock(error)) throw error;
    throw new StartError(
      'A table was in use for too long, and migrate gave up: run it again when there is less going on.',
      { cause: error },
    );
  } finally {
    // Ends the connection, and with it the lock.
    await runner.release();
    await dataSource.destroy();
  }
}

/**
 * Whether the code and the database fit together, for /ready: as the role that serves.
 *
 * @param em of any transaction, also one of nobody
 */
export async function pendingMigrations(
  em: EntityManager,
  folder = migrationsFolder(),
): Promise<MigrationState> {
  return compareMigrations(await recorded(em), await migrationFiles(folder));
}

/** Also asked before there is a table. */
async function recorded(em: EntityManager): Promise<string[]> {
  const [found] = await rows<{ table: string | null }>(
    em,
    new Sql([`select to_regclass('${MIGRATIONS_TABLE}') as table`], []),
  );
  if (!found?.table) return [];
  const names = await rows<{ name: string }>(
    em,
    new Sql([`select name from ${MIGRATIONS_TABLE} order by id`], []),
  );
  return names.map(({ name }) => name);
}

async function lock(runner: QueryRunner, log: (line: string) => void): Promise<void> {
  const [free] = (await runner.query('select pg_try_advisory_lock($1) as taken', [LOCK])) as [
    { taken: boolean },
  ];
  if (free.taken) return;
  log('Another migrate is running: waiting for it.');
  await runner.query('select pg_advisory_lock($1)', [LOCK]);
}

/**
 * In one transaction, so that nobody ever sees half of the policies. It locks every table for a moment; where people are at work it may
 * have to try again. The list of migrations is TypeORM's table and not in policies/: its only rule is here, that whoever serves
 * may read it and nobody may write.
 */
async function applyPolicies(
  runner: QueryRunner,
  policies: string,
  groups: readonly string[],
  log: (line: string) => void,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await runner.startTransaction();
    try {
      await runner.query(`set local lock_timeout = '2s'`);
      await runner.query(policies);
      await runner.query(`
        alter table ${MIGRATIONS_TABLE} enable row level security;
        drop policy if exists read on ${MIGRATIONS_TABLE};
        create policy read on ${MIGRATIONS_TABLE} for select using (true);
        grant select on ${MIGRATIONS_TABLE} to ${groups.map((group) => pg.escapeIdentifier(group)).join(', ')};
      `);
      await runner.commitTransaction();
      return;
    } catch (error) {
      await runner.rollbackTransaction();
      if (attempt === POLICY_ATTEMPTS || !(isDeadlock(error) || sqlState(error) === LOCK_NOT_AVAILABLE))
        throw error;
    }
    log('Tables are in use: applying the policies again.');
    await pause(500 + Math.random() * 1_000);
  }
}

function newer(url: string, unknown: readonly string[]): StartError {
  return new StartError(
    `The database at ${placeOf(url)} was migrated by a newer version (${unknown.join(', ')} is unknown here): start that version, or restore a backup from before.`,
  );
}
