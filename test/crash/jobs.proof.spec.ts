import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { readMail } from '../e2e/mailbox.js';
import { World } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { rounds, seed } from '../setup/prove.js';

/*
 * Transactions that queue mails with the API's login, some of them rolled back, while two workers are killed again and again: each mail
 * of a committed transaction arrives, none of a rolled-back one does, and none waits for more than a minute after its worker has died.
 */
const TRANSACTIONS = rounds(300, 10_000);
const KILLS = rounds(2, 10);
const WRITERS = 8;
const ROLLED_BACK = 0.3;

let test: TestDatabase;
let admin: pg.Client;
let server: SMTPServer;
let smtpUrl: string;
const workers: ChildProcess[] = [];
/** How many mails each address got. */
const arrived = new Map<string, number>();

beforeAll(async () => {
  test = await createTestDatabase();
  admin = new pg.Client({ connectionString: test.adminUrl });
  await admin.connect();
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { to } = readMail(Buffer.concat(chunks).toString('utf8'));
        arrived.set(to, (arrived.get(to) ?? 0) + 1);
        // As long as a mail server nearby takes.
        setTimeout(done, 10);
      });
    },
  });
  // A worker that is killed resets its connections.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  smtpUrl = `smtp://127.0.0.1:${String(address.port)}`;
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await admin.end();
  await new Promise<void>((resolve) => {
    server.close(resolve);
  });
  await test.drop();
});

/** Starts a worker, and waits until it looks for jobs. One that ends before, on a busy machine, is started again, as by a supervisor. */
async function startWorker(): Promise<ChildProcess> {
  for (;;) {
    const worker = spawn(process.execPath, ['dist/apps/worker/main.js'], {
      env: {
        ...process.env,
        NODE_ENV: 'test',
        WORKER_DATABASE_URL: test.workerUrl,
        ROLE_PREFIX: test.rolePrefix,
        SMTP_URL: smtpUrl,
        MAIL_FROM: 'mutual@example.com',
        LOG_LEVEL: 'info',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    workers.push(worker);
    let output = '';
    worker.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    while (worker.exitCode === null) {
      if (output.includes('running jobs')) return worker;
      await pause(20);
    }
  }
}

/** A generator of numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

it('runs every job of a committed transaction, none of a rolled-back one, while workers are killed', async () => {
  const random = randomFrom(seed('jobs while workers are killed'));
  const world = new World(admin);
  const organization = await world.organization();
  await admin.query(
    `with somebody as (
         insert into person (organization_id, name, email)
         select $1, 'Person ' || n, 'p' || n || '@example.com' from generate_series(1, $2::int) n returning *
       )
       insert into account (person_id, organization_id, sign_in_address, password_hash)
       select id, organization_id, email, 'x' from somebody`,
    [organization.id, TRANSACTIONS],
  );

  const committed = new Set<string>();
  const rolledBack: string[] = [];
  let next = 0;
  let kills = 0;
  // An equal part of the transactions before each kill, and after the last.
  const mayWrite = (): boolean => next < (TRANSACTIONS * (kills + 1)) / (KILLS + 1);
  const write = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: test.appUrl });
    await client.connect();
    while (next < TRANSACTIONS) {
      if (!mayWrite()) {
        await pause(10);
        continue;
      }
      next += 1;
      const address = `p${String(next)}@example.com`;
      const isRolledBack = random() < ROLLED_BACK;
      await client.query('begin');
      await client.query('select app.request_password_reset($1)', [address]);
      await client.query(isRolledBack ? 'rollback' : 'commit');
      if (isRolledBack) rolledBack.push(address);
      else committed.add(address);
    }
    await client.end();
  };

  let heldWhenKilled = 0;
  /** How long jobs that a killed worker held were held by nobody alive. */
  const releases: number[] = [];
  const survivor = await startWorker();
  let victim = await startWorker();
  const kill = async (): Promise<void> => {
    while (kills < KILLS) {
      // In the middle of its work: both hold jobs, or all are done already.
      while (mayWrite() || ((await holders()) < 2 && (await waiting()).mails > 0)) await pause(10);
      victim.kill('SIGKILL');
      await once(victim, 'exit');
      const { held, after } = await released();
      heldWhenKilled += held;
      releases.push(after);
      victim = await startWorker();
      kills += 1;
    }
  };
  await Promise.all([
    ...Array.from({ length: WRITERS }, write),
    kill().catch((error: unknown) => {
      // Nobody waits for another kill.
      next = TRANSACTIONS;
      throw error;
    }),
  ]);
  expect(survivor.exitCode).toBeNull();

  const end = performance.now() + rounds(90_000, 600_000);
  while (Object.values(await waiting()).some((left) => left > 0) && performance.now() < end) await pause(100);

  const missing = [...committed.keys()].filter((address) => !arrived.has(address));
  const wrong = rolledBack.filter((address) => arrived.has(address));
  const twice = [...arrived.values()].filter((times) => times > 1).length;
  expect({ missing, wrong }).toEqual({ missing: [], wrong: [] });
  expect(await waiting()).toEqual({ mails: 0, jobs: 0 });

  process.stdout.write(
    `${String(TRANSACTIONS)} transactions, ${String(rolledBack.length)} rolled back, ${String(releases.length)} workers killed: ` +
      `${String(committed.size)} mails, ${String(twice)} sent twice; ${String(heldWhenKilled)} jobs were held at a kill, ` +
      `and released within ${(Math.max(...releases) / 1_000).toFixed(1)} s\n`,
  );
  expect(heldWhenKilled).toBeGreaterThan(0);
  expect(Math.max(...releases)).toBeLessThan(60_000);
});

async function waiting(): Promise<{ mails: number; jobs: number }> {
  const { rows } = await admin.query<{ mails: number; jobs: number }>(
    `select (select count(*)::int from outbox_mail) as mails, (
       select count(*)::int from graphile_worker._private_jobs j
       join graphile_worker._private_tasks t on t.id = j.task_id and t.identifier = 'send_mail'
     ) as jobs`,
  );
  return rows[0] ?? { mails: 0, jobs: 0 };
}

/** How many workers hold jobs. */
async function holders(): Promise<number> {
  const { rows } = await admin.query<{ holders: number }>(
    'select count(distinct locked_by)::int as holders from graphile_worker._private_jobs',
  );
  return rows[0]?.holders ?? 0;
}

/** Waits until the jobs that are held now are done or held by others. @returns how many there were, and how long it took in ms */
async function released(): Promise<{ held: number; after: number }> {
  const began = performance.now();
  const { rows: held } = await admin.query<{ id: string; by: string }>(
    'select id, locked_by as by from graphile_worker._private_jobs where locked_by is not null',
  );
  for (;;) {
    const { rows: still } = await admin.query(
      `select from graphile_worker._private_jobs j join unnest($1::bigint[], $2::text[]) held (id, by)
       on held.id = j.id and held.by = j.locked_by`,
      [held.map(({ id }) => id), held.map(({ by }) => by)],
    );
    if (still.length === 0) return { held: held.length, after: performance.now() - began };
    await pause(50);
  }
}
