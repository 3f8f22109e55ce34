import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, MigrationExecutor, type EntityManager, type QueryRunner } from 'typeorm';
import { applyPolicies, createdObjects, holders, isInUse, policiesAreCurrent } from './apply-policies.js';
import { MIGRATIONS_TABLE, baseOptions } from '../data-source.js';
import { installJobQueue } from './job-queue.js';
import {
  compareMigrations,
  migrationClass,
  migrationFiles,
  migrationsFolder,
  readMigrations,
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
} from '../server-check.js';
import { Sql, rows } from '../sql.js';
import { StartError } from '../start-error.js';

export interface MigrateOptions {
  /** DATABASE_ADMIN_URL: its login owns everything and never serves. */
  readonly adminUrl: string;
  /** DATABASE_URL: the login that serves, created if it is missing. */
  readonly appUrl: string;
  /** WORKER_DATABASE_URL: the worker's login, created if it is missing; without it, only its group is. */
  readonly workerUrl?: string | undefined;
  /** The prefix of role names; 'mutual' by default. */
  readonly rolePrefix?: string;
  readonly log: (line: string) => void;
  /** The migrations to run, with `policies/` beside them, for tests; the package's own by default. */
  readonly folder?: string;
  /** How long to retry while tables are in use, in milliseconds; ten minutes by default. */
  readonly patienceMs?: number;
}

/** How long migrate retries while tables are in use. */
const PATIENCE_MS = 10 * 60_000;
/** How long one try waits for its locks: doubled each time, and less than a second, after which PostgreSQL checks for deadlocks. */
const FIRST_LOCK_MS = 100;
const LONGEST_LOCK_MS = 800;

/** The key of the advisory lock that every migrate takes. */
const LOCK = 7_305_688_413;

/**
 * Brings a database up to date: roles, numbered migrations, policies. Safe to run at any time and concurrently: one run works, the
 * others wait and then find nothing to do. An unchanged database is not locked.
 *
 * @returns the migrations that it ran, in order.
 * @throws StartError with instructions, or the error of a failed migration, which is rolled back.
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
      'WORKER_DATABASE_URL names a login that DATABASE_URL or DATABASE_ADMIN_URL names too: the worker needs its own, since it alone may read the outbox and run jobs.',
    );
  }
  const roles = { app: appRole(prefix), worker: workerRole(prefix) };
  const files = await migrationFiles(folder);
  const changes = new Map<string, readonly string[]>();
  const dataSource = new DataSource({
    ...baseOptions(adminUrl, 'mutual migrate'),
    connectTimeoutMS: 10_000,
    poolErrorHandler: () => undefined,
    migrations: files.map((file) => migrationClass(file, (lines) => changes.set(file.name, lines))),
  });
  try {
    await dataSource.initialize();
  } catch (cause) {
    throw unreachable(adminUrl, 'DATABASE_ADMIN_URL', cause);
  }
  // One connection does everything, so that the lock cannot be lost meanwhile.
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
    const patience = new Patience(runner, options.patienceMs ?? PATIENCE_MS, log);
    const before = await recorded(runner.manager);
    // First: migrations may queue jobs.
    await patience.whileInUse((lockMs) => installJobQueue(adminUrl, lockMs));
    await patience.whileInUse(async () => {
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'each';
      await executor.executePendingMigrations();
    });
    const done = (await recorded(runner.manager)).filter((name) => !before.includes(name));
    for (const name of done) {
      log(`Migrated: ${name.replace(/\d{13}$/, '')}`);
      for (const line of changes.get(name) ?? []) log(`  ${line}`);
    }
    const policies = {
      text: await readPolicies(folder, roles),
      migrated: createdObjects(await readMigrations(files)),
      groups: Object.values(roles),
    };
    await patience.whileInUse(async (patienceMs) => {
      if (await policiesAreCurrent(runner, policies)) return;
      for (const note of await applyPolicies(runner, policies, { patienceMs, compare: done.length === 0 }))
        log(note);
    });
    return done;
  } finally {
    // Closing the connection would release the lock too, but later.
    await runner.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
    await runner.release();
    await dataSource.destroy();
  }
}

/**
 * Whether the code and the database match, for /ready, with the login that serves.
 *
 * @param em of any transaction, also one without a viewer
 */
export async function pendingMigrations(
  em: EntityManager,
  folder = migrationsFolder(),
): Promise<MigrationState> {
  return compareMigrations(await recorded(em), await migrationFiles(folder));
}

/** Works before the table exists. */
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
 * Retries while tables are in use. Each try waits for locks only briefly, because requests queue behind a session that waits for a
 * strong lock; the pauses between tries are several times as long.
 */
class Patience {
  private readonly end: number;

  constructor(
    private readonly runner: QueryRunner,
    private readonly milliseconds: number,
    private readonly log: (line: string) => void,
  ) {
    this.end = performance.now() + milliseconds;
  }

  /** @throws StartError when the time is over; any other error of `work` */
  async whileInUse(work: (lockMs: number) => Promise<void>): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const lockMs = Math.min(FIRST_LOCK_MS * 2 ** attempt, LONGEST_LOCK_MS);
      try {
        await work(lockMs);
        return;
      } catch (error) {
        if (!isInUse(error)) throw error;
        const by = await holders(this.runner);
        const pauseMs = lockMs * (4 + 4 * Math.random());
        const left = this.end - performance.now() - pauseMs;
        if (left < 0) {
          throw new StartError(
            `Tables were in use for ${inWords(this.milliseconds)}${by && `, by ${by}`}, and migrate gave up: end what holds them, or run it again when there is less going on.`,
            { cause: error },
          );
        }
        this.log(
          `Tables are in use${by && ` by ${by}`}: trying again in ${(pauseMs / 1_000).toFixed(1)} s, for ${inWords(left)} more.`,
        );
        await pause(pauseMs);
      }
    }
  }
}

function inWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  return seconds < 120 ? `${String(seconds)} s` : `${String(Math.round(seconds / 60))} minutes`;
}

function newer(url: string, unknown: readonly string[]): StartError {
  return new StartError(
    `The database at ${placeOf(url)} was migrated by a newer version (${unknown.join(', ')} is unknown here): start that version, or restore a backup from before.`,
  );
}
