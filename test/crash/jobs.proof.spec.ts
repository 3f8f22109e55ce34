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
/** When each address got a mail. */
const arrived = new Map<string, number[]>();

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
        arrived.set(to, [...(arrived.get(to) ?? []), performance.now()]);
        done();
      });
    },
  });
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

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, ['dist/apps/worker/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      WORKER_DATABASE_URL: test.workerUrl,
      ROLE_PREFIX: test.rolePrefix,
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'mutual@example.com',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  workers.push(worker);
  return worker;
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

it(
  'runs every job of a committed transaction, none of a rolled-back one, while workers are killed',
  async () => {
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
    const write = async (): Promise<void> => {
      const client = new pg.Client({ connectionString: test.appUrl });
      await client.connect();
      while (next < TRANSACTIONS) {
        next += 1;
        const address = `p${String(next)}@example.com`;
        const isRolledBack = random() < ROLLED_BACK;
        await client.query('begin');
        await client.query('select app.request_password_reset($1)', [address]);
        await client.query(isRolledBack ? 'rollback' : 'commit');
        if (isRolledBack) rolledBack.push(address);
        else committed.add(address);
        // Writes go on for as long as workers are killed.
        await pause((KILLS * 3_000 * WRITERS) / TRANSACTIONS);
      }
      await client.end();
    };

    /** How long jobs that a killed worker held were held by nobody alive. */
    const releases: number[] = [];
    const kill = async (): Promise<void> => {
      const survivor = startWorker();
      for (let kills = 0; kills < KILLS; kills += 1) {
        const victim = startWorker();
        // In the middle of its work, and of its start.
        await pause(1_500 + random() * 2_000);
        victim.kill('SIGKILL');
        await once(victim, 'exit');
        releases.push(await released());
      }
      expect(survivor.exitCode).toBeNull();
    };
    await Promise.all([...Array.from({ length: WRITERS }, write), kill()]);

    const end = performance.now() + rounds(90_000, 600_000);
    while ((await waitingMails()) > 0 && performance.now() < end) await pause(100);

    const missing = [...committed.keys()].filter((address) => !arrived.has(address));
    const wrong = rolledBack.filter((address) => arrived.has(address));
    const twice = [...arrived.values()].filter((times) => times.length > 1).length;
    expect({ missing, wrong }).toEqual({ missing: [], wrong: [] });
    const { rows: stuck } = await admin.query(
      `select t.identifier, j.locked_by, j.attempts from graphile_worker._private_jobs j
       join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'send_mail'`,
    );
    expect(stuck).toEqual([]);

    process.stdout.write(
      `${String(TRANSACTIONS)} transactions, ${String(rolledBack.length)} rolled back, ${String(releases.length)} workers killed: ` +
        `${String(committed.size)} mails, ${String(twice)} sent twice, jobs of killed workers released within ` +
        `${(Math.max(...releases) / 1_000).toFixed(1)} s\n`,
    );
    expect(Math.max(...releases)).toBeLessThan(60_000);
  },
  rounds(240_000, 1_500_000),
);

async function waitingMails(): Promise<number> {
  const { rows } = await admin.query<{ left: number }>('select count(*)::int as left from outbox_mail');
  return rows[0]?.left ?? 0;
}

/** Waits until the jobs that are held now are done or held by others. @returns how long it took, in milliseconds */
async function released(): Promise<number> {
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
    if (still.length === 0) return performance.now() - began;
    await pause(50);
  }
}
