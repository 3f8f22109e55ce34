import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { answeredPulses, closedQuarter } from '../factories/closed-quarter.js';
import { World, hours, type TestPerson } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { rounds } from '../setup/prove.js';
import { provideDatabase, runCommand, startServer, type DatabaseEnvironment, type Server } from './server.js';

/*
 * Workers that are killed while they release trends, two of them at once, and a database that goes down in the middle: a period is released completely or
 * not at all, once, and answers are destroyed with the release and not before.
 */

/** Tables that the release of a quarter writes, in the order in which it does. The worker is killed while it waits for one of them. */
const POINTS = [
  'trend_participant',
  'trend_group',
  'trend_cell',
  'trend_figure_people',
  'trend_release',
  'pulse_participation',
  'pulse_answer',
  'pulse_pseudonym',
  'period_member',
];
/** In the short form the first writes, the middle and the last. */
const STOPS = POINTS.filter((_, index) => index % rounds(4, 1) === 0);
const RACES = rounds(1, 10);
const QUARTER_OF_RACE = (race: number): string =>
  `${String(2020 + Math.floor(race / 4))}-Q${String((race % 4) + 1)}`;

/** Of what a release is made, and what it is made from. */
const WRITTEN = [
  'trend_release',
  'trend_group',
  'trend_cell',
  'trend_figure_people',
  'trend_participant',
  'pulse_participation',
];
const READ = ['pulse_answer', 'pulse_pseudonym', 'period_member', 'pulse', 'pulse_question'];

let test: TestDatabase;
let admin: pg.Client;
let locker: pg.Client;
let world: World;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  admin = new pg.Client({ connectionString: test.adminUrl });
  locker = new pg.Client({ connectionString: test.adminUrl });
  await Promise.all([admin.connect(), locker.connect()]);
  world = new World(admin);
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await Promise.all([admin.end(), locker.end()]);
  await test.drop();
});

function startWorker(environment: Readonly<Record<string, string>>): ChildProcess {
  const worker = spawn(process.execPath, ['dist/apps/worker/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'mutual@example.com',
      LOG_LEVEL: 'error',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.push(worker);
  return worker;
}

const worker = (): ChildProcess =>
  startWorker({ WORKER_DATABASE_URL: test.workerUrl, ROLE_PREFIX: test.rolePrefix });

async function kill(process: ChildProcess): Promise<void> {
  const ended = once(process, 'exit');
  process.kill('SIGKILL');
  await ended;
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 90_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`After 90 seconds it is still not so that ${what}.`);
    await pause(20);
  }
}

async function number(client: pg.Client, query: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await client.query<{ n: number }>(query, [...values]);
  return rows[0]?.n ?? 0;
}

const jobs = (client: pg.Client): Promise<number> =>
  number(
    client,
    `select count(*)::int as n from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'release_trends'`,
  );

/** How many connections of the worker wait for a table. */
const waiting = (): Promise<number> =>
  number(
    admin,
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and usename = $1 and wait_event_type = 'Lock'`,
    [new URL(test.workerUrl).username],
  );

const releaseNow = (client: pg.Client): Promise<unknown> =>
  client.query(`select graphile_worker.add_job('release_trends')`);

/** The number of rows of each table, and a digest of those that a release reads. */
async function state(client: pg.Client): Promise<Record<string, unknown>> {
  const counts: Record<string, unknown> = {};
  for (const table of [...WRITTEN, ...READ]) {
    const { rows } = await client.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest from ${table} t`,
    );
    counts[table] = rows[0]?.digest;
  }
  return counts;
}

/** An organization in which a quarter is due, with answers and conversations of 56 people. */
async function dueQuarter(of: World, key = '2025-Q1'): Promise<string> {
  const organization = await of.organization();
  const department = await of.department(organization);
  const people: TestPerson[] = [];
  const boss = await of.person(organization);
  for (let team = 0; team < 5; team++) {
    const manager = await of.person(organization);
    await of.line(manager, boss);
    for (let one = 0; one < 10; one++) {
      const report = await of.person(organization, team % 2 === 0 ? { departmentId: department.id } : {});
      people.push(report);
      await of.line(report, manager);
      if (one > 1) continue;
      const pair = await of.oneToOne(manager, report);
      await of.conversation(pair, { status: 'HELD', scheduledAt: hours(-50 * 24) });
    }
  }
  const quarter = await closedQuarter(of.admin, organization, { key, hasDaysOfKey: true });
  await answeredPulses(
    of.admin,
    { organizationId: organization.id, quarter },
    people.map(({ id }) => id),
  );
  return organization.id;
}

/** What is released of an organization: four periods, all of it, once, with nothing left of its answers. */
async function expectReleased(client: pg.Client, organization: string): Promise<void> {
  const { rows } = await client.query<{ key: string; hashed: boolean; cells: boolean }>(
    `select r.period_key as key, r.row_hash = app.trend_row_hash(r.id) as hashed,
       (select count(*) from trend_cell c where c.release_id = r.id)
         = (select count(*) from trend_group g where g.release_id = r.id) * case r.granularity when 'MONTH' then 7 else 14 end
           + case r.granularity when 'MONTH' then 0 else 6 end as cells
     from trend_release r where r.organization_id = $1 order by r.period_key`,
    [organization],
  );
  expect(rows).toHaveLength(4);
  for (const { hashed, cells } of rows) expect([hashed, cells]).toEqual([true, true]);
  for (const table of ['trend_group', 'trend_cell', 'trend_figure_people']) {
    expect(
      await number(
        client,
        `select count(*)::int as n from ${table} t where not exists (select from trend_release r where r.id = t.release_id)`,
      ),
    ).toBe(0);
  }
  expect(
    await number(client, 'select count(*)::int as n from pulse_answer where organization_id = $1', [
      organization,
    ]),
  ).toBe(0);
  expect(
    await number(
      client,
      'select count(*)::int as n from engagement_period where organization_id = $1 and answers_destroyed_at is not null',
      [organization],
    ),
  ).toBe(1);
}

it(
  'releases nothing of a quarter when its worker is killed at any point, and all of it when another continues',
  async () => {
    const organization = await dueQuarter(world);
    // The months are released: what is killed in what follows is the release of the quarter, which destroys answers.
    const endQuarter = (days: number): Promise<unknown> =>
      admin.query(
        `update engagement_period set ends_at = now() - make_interval(days => $2) where organization_id = $1 and granularity = 'QUARTER'`,
        [organization, days],
      );
    await endQuarter(6);
    await releaseNow(admin);
    const first = worker();
    await until('the months are released', async () => (await jobs(admin)) === 0);
    await kill(first);
    await endQuarter(10);
    expect(await number(admin, 'select count(*)::int as n from trend_release')).toBe(3);
    const before = await state(admin);

    await releaseNow(admin);
    for (const table of STOPS) {
      await locker.query('begin');
      await locker.query(`lock table ${table} in share mode`);
      const killed = worker();
      await until(`a worker waits for ${table}`, async () => (await waiting()) > 0);
      await kill(killed);
      await locker.query('rollback');
      await until('its transaction is rolled back', async () => (await waiting()) === 0);
      expect({ table, state: await state(admin), jobs: await jobs(admin) }).toEqual({
        table,
        state: before,
        jobs: 1,
      });
    }
    const last = worker();
    await until('the job is done', async () => (await jobs(admin)) === 0);
    await expectReleased(admin, organization);
    await kill(last);
  },
  rounds(240_000, 900_000),
);

it(
  'releases a period once when two workers begin it at once, and the other finds nothing to do',
  async () => {
    for (let race = 0; race < RACES; race++) {
      const organization = await dueQuarter(world, QUARTER_OF_RACE(race));
      const clients = await Promise.all(
        [0, 1].map(async () => {
          const client = new pg.Client({ connectionString: test.workerUrl });
          await client.connect();
          return client;
        }),
      );
      const { rows: due } = await clients[0]!.query<{ id: string }>(
        'select period_id as id from app.due_trend_periods() where organization_id = $1',
        [organization],
      );
      expect(due).toHaveLength(4);
      // Neither waits for the other, and none begins a period before those that come first: the quarter without its months.
      const begin = async (client: pg.Client, id: string): Promise<boolean> =>
        (await client.query<{ id: string | null }>('select app.begin_trend_release($1) as id', [id])).rows[0]
          ?.id !== null;
      await Promise.all(clients.map((client) => client.query('begin')));
      const begun = await Promise.all(clients.map((client) => begin(client, due[0]!.id)));
      expect(begun.sort()).toEqual([false, true]);
      await Promise.all(clients.map((client) => client.query('rollback')));
      await Promise.all(clients.map((client) => client.query('begin')));
      for (const { id } of due.slice(1)) {
        expect(await Promise.all(clients.map((client) => begin(client, id)))).toEqual([false, false]);
      }
      await Promise.all(clients.map((client) => client.query('rollback')));
      await Promise.all(clients.map((client) => client.end()));

      // As whole processes: two jobs, one for each, at the same moment.
      const both = [worker(), worker()];
      await until(
        'both are connected',
        async () =>
          (await number(
            admin,
            `select count(distinct client_port)::int as n from pg_stat_activity where datname = current_database() and usename = $1`,
            [new URL(test.workerUrl).username],
          )) >= 2,
      );
      await releaseNow(admin);
      await releaseNow(admin);
      await until('both jobs are done', async () => (await jobs(admin)) === 0);
      await expectReleased(admin, organization);
      await Promise.all(both.map(kill));
    }
  },
  rounds(240_000, 900_000),
);

describe('a database that goes down in the middle', () => {
  let server: Server;
  let environment: DatabaseEnvironment;

  beforeAll(async () => {
    server = await startServer();
    environment = await provideDatabase(server, 'test');
    await runCommand(environment, 'migrate');
  });
  afterAll(() => server.stop());

  it(
    'has nothing of the release after it is up again, and the worker that waited releases it',
    async () => {
      const connect = async (): Promise<pg.Client> => {
        const client = new pg.Client({ connectionString: environment.DATABASE_ADMIN_URL });
        client.on('error', () => undefined);
        await client.connect();
        return client;
      };
      let client = await connect();
      const organization = await dueQuarter(new World(client));
      const before = await state(client);
      const holder = await connect();
      await holder.query('begin');
      await holder.query('lock table trend_release in share mode');
      await releaseNow(client);
      const running = startWorker(environment);
      await until(
        'a worker waits for the release',
        async () =>
          (await number(
            client,
            `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query like '%complete_trend_release%'`,
          )) > 0,
      );
      await server.crash();
      await server.restart();
      client = await connect();
      const after = await state(client);
      expect(after).toEqual({ ...before, trend_participant: after.trend_participant });
      expect(after.trend_participant).toBe(before.trend_participant);
      // The job is held by a worker that may still run, or be started again by its supervisor.
      if (running.exitCode !== null || running.signalCode !== null) startWorker(environment);
      await client.query(
        `update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = now() where locked_by is not null or attempts > 0`,
      );
      await until('the job is done', async () => (await jobs(client)) === 0);
      await expectReleased(client, organization);
      await client.end();
    },
    rounds(240_000, 600_000),
  );
});
