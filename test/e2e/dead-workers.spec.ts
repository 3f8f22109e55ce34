import type { INestApplicationContext } from '@nestjs/common';
import { Database, LockConnection } from '#db';
import { readSettings } from '#settings';
import { makeLog } from '#telemetry';
import { startWorker } from '../../apps/worker/worker.js';
import { JobQueueRepository } from '../../libs/jobs/job-queue.repository.js';
import { startApp, type TestApp } from './app.js';
import { pause } from './mailbox.js';

/** Whose jobs are given to others: those of workers that have died, and of no other. */
let app: TestApp;
let worker: INestApplicationContext;
let database: Database;
let queue: JobQueueRepository;

beforeAll(async () => {
  app = await startApp();
  const settings = readSettings(
    {
      NODE_ENV: 'test',
      WORKER_DATABASE_URL: app.testDatabase.workerUrl,
      ROLE_PREFIX: app.testDatabase.rolePrefix,
      LOG_LEVEL: 'silent',
    },
    'worker',
  );
  worker = await startWorker(settings, makeLog(settings), { pollEveryMs: 50 });
  database = worker.get(Database, { strict: false });
  queue = worker.get(JobQueueRepository, { strict: false });
});
afterAll(async () => {
  await worker.close();
  await app.close();
});

/** A job that this process holds. */
async function heldBy(holder: string): Promise<string> {
  const { rows } = await app.database.query<{ id: string }>(
    `with added as (select id from graphile_worker.add_job('held', run_at => now() + interval '1 hour'))
     select id from added`,
  );
  const id = rows[0]?.id ?? '';
  await app.database.query(
    'update graphile_worker._private_jobs set locked_at = now(), locked_by = $2 where id = $1',
    [id, holder],
  );
  return id;
}

async function holderOf(id: string): Promise<string | null | undefined> {
  const { rows } = await app.database.query<{ by: string | null }>(
    'select locked_by as by from graphile_worker._private_jobs where id = $1',
    [id],
  );
  return rows[0]?.by;
}

const release = (): Promise<number> => database.write(null, (em) => queue.releaseOfDead(em));
const holds = (id: string, holder: string): Promise<boolean> =>
  database.write(null, (em) => queue.lockHeld(em, id, holder));

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(20);
}

/** Its holder is dead, so it is released, by this test or by the worker. */
const untilReleased = (id: string): Promise<void> =>
  until(async () => {
    await release();
    return (await holderOf(id)) === null;
  });

it('releases the jobs of a worker that has died, and none of a living one', async () => {
  const living = await LockConnection.connect(app.testDatabase.workerUrl, 'a worker');
  await living.lock('living');
  const [kept, lost] = [await heldBy('living'), await heldBy('dead')];
  await untilReleased(lost);
  for (let tries = 0; tries < 20; tries += 1) expect(await release()).toBe(0);
  expect(await holderOf(kept)).toBe('living');
  expect(living.isOpen).toBe(true);

  // Its connection ends, as when its process is killed.
  await living.close();
  await untilReleased(kept);
});

it('lets a worker know that it has lost its lock, and commit nothing more of its jobs', async () => {
  const living = await LockConnection.connect(app.testDatabase.workerUrl, 'a worker that loses its lock');
  await living.lock('losing');
  const id = await heldBy('losing');
  expect(await holds(id, 'losing')).toBe(true);
  await app.database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'a worker that loses its lock'`,
  );
  await living.ended;
  expect(living.isOpen).toBe(false);
  await untilReleased(id);
  expect(await holds(id, 'losing')).toBe(false);
});

it('does not release a job while a transaction of it is open', async () => {
  const id = await heldBy('committing');
  let released: Promise<number> | undefined;
  await database.write(null, async (em) => {
    expect(await queue.lockHeld(em, id, 'committing')).toBe(true);
    // The holder has no lock any more: it could be released, were it not for this transaction.
    released = app.database
      .query(`set lock_timeout = '50ms'; select graphile_worker.force_unlock_workers(array['committing'])`)
      .then(
        () => 1,
        () => 0,
      );
    expect(await released).toBe(0);
  });
  await app.database.query('reset lock_timeout');
  await untilReleased(id);
});

it('starts again under a new id when a worker loses its connections, and goes on', async () => {
  const ids = async (): Promise<string[]> => {
    const { rows } = await app.database.query<{ pid: string }>(
      `select pid::text from pg_stat_activity where datname = current_database() and application_name = 'mutual worker lock'`,
    );
    return rows.map(({ pid }) => pid);
  };
  const before = await ids();
  expect(before).toHaveLength(1);
  // As when the database restarts: the lock, the queue, and the transactions of jobs.
  await app.database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name like 'mutual worker%'`,
  );
  await until(async () => {
    const now = await ids();
    return now.length === 1 && now[0] !== before[0];
  });
  const { rows } = await app.database.query<{ id: string }>(
    `select id from graphile_worker.add_job('delete_given_up_jobs')`,
  );
  await until(async () => (await holderOf(rows[0]?.id ?? '')) === undefined);
});
