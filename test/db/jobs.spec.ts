import pg from 'pg';
import { World } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';

let test: TestDatabase;
let admin: pg.Client;
let app: pg.Client;

beforeAll(async () => {
  test = await createTestDatabase();
  admin = new pg.Client({ connectionString: test.adminUrl });
  app = new pg.Client({ connectionString: test.appUrl });
  await Promise.all([admin.connect(), app.connect()]);
});
afterAll(async () => {
  await Promise.all([admin.end(), app.end()]);
  await test.drop();
});
beforeEach(() => admin.query('delete from graphile_worker._private_jobs; delete from outbox_mail'));

async function refused(client: pg.Client, statement: string): Promise<string | undefined> {
  return client.query(statement).then(
    () => undefined,
    (error: unknown) => (error as pg.DatabaseError).code,
  );
}

const ID = '01234567-89ab-4cde-8f01-23456789abcd';

describe('app.enqueue_jobs', () => {
  it('writes the row that graphile_worker.add_job writes, in every column but ids and times', async () => {
    await admin.query(`select app.enqueue_jobs('send_mail', array['${ID}'::uuid]);
      select graphile_worker.add_job('send_mail', json_build_object('id', '${ID}'), max_attempts => 21)`);
    const { rows } = await admin.query<Record<string, unknown>>(
      `select to_jsonb(j) - array['id', 'run_at', 'created_at', 'updated_at'] as job from graphile_worker._private_jobs j order by id`,
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(rows[1]);
    expect(rows[0]).toMatchObject({ job: { payload: { id: ID }, max_attempts: 21, locked_by: null } });
  });

  it('queues nothing for a task that is not listed', async () => {
    expect(
      await refused(admin, `select app.enqueue_jobs('delete_given_up_jobs', array['${ID}'::uuid])`),
    ).toBe('MU090');
  });

  it('takes no lock that other commits wait for', async () => {
    const other = new pg.Client({ connectionString: test.adminUrl });
    await other.connect();
    const notified: string[] = [];
    other.on('notification', ({ channel }) => notified.push(channel));
    await other.query('listen "jobs:insert"; listen done');
    await admin.query(`select app.enqueue_jobs('send_mail', array['${ID}'::uuid]); notify done`);
    await other.query('select 1');
    await other.end();
    expect(notified).toEqual(['done']);
  });
});

describe('a mail and its job', () => {
  it('exist if and only if the transaction commits', async () => {
    await app.query(`begin; select app.request_password_reset('a@example.com'); rollback`);
    await app.query(`begin; select app.request_password_reset('b@example.com'); commit`);
    const { rows } = await admin.query(
      `select m.recipient from outbox_mail m full join graphile_worker._private_jobs j on j.payload ->> 'id' = m.id::text`,
    );
    expect(rows).toEqual([{ recipient: 'b@example.com' }]);
  });

  it('become at most ten password resets an hour for one account, however many are queued', async () => {
    const world = new World(admin);
    const person = await world.person(await world.organization(), { email: 'flooded@example.com' });
    await world.signIn(person);
    await app.query(`select app.request_password_reset('flooded@example.com') from generate_series(1, 15)`);
    const { rows } = await admin.query<{ linked: number; left: number }>(
      `with linked as materialized (
         select app.link_mail(id, uuid_send(gen_random_uuid())) as recipient from outbox_mail order by id
       )
       select count(recipient)::int as linked from linked`,
    );
    expect(rows[0]?.linked).toBe(10);
    // The others are deleted.
    const { rows: left } = await admin.query('select from outbox_mail');
    expect(left).toHaveLength(10);
  });

  it('are one for one, also for mails of one statement', async () => {
    await admin.query(
      `insert into outbox_mail (kind, recipient) select 'TEXT', n || '@example.com' from generate_series(1, 100) n`,
    );
    const { rows } = await admin.query(
      `select count(*)::int as jobs, count(m.id)::int as mails
       from graphile_worker._private_jobs j full join outbox_mail m on m.id::text = j.payload ->> 'id'`,
    );
    expect(rows).toEqual([{ jobs: 100, mails: 100 }]);
  });
});

it.each([
  ['reads', 'select * from graphile_worker._private_jobs'],
  ['reads', 'select * from graphile_worker.jobs'],
  ['adds', `insert into graphile_worker._private_jobs (task_id) values (1)`],
  ['adds', `select graphile_worker.add_job('send_mail', '{}')`],
  ['adds', `select app.enqueue_jobs('send_mail', array['${ID}'::uuid])`],
  ['releases', `select graphile_worker.force_unlock_workers(array['x'])`],
  ['reads', `select * from app.queued_mail('${ID}')`],
  ['reads', 'select * from outbox_mail'],
])('the login of the API %s no job and no mail: %s', async (_, statement) => {
  await admin.query(
    `insert into outbox_mail (id, kind, recipient) values ('${ID}', 'TEXT', 'x@example.com')`,
  );
  expect(await refused(app, statement)).toBe('42501');
  // Its owner may: it is the login that is refused, not the statement.
  expect(await refused(admin, statement)).toBeUndefined();
});
