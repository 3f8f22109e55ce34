import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Actors, type Actor } from '../e2e/actors.js';
import { startApp, type TestApp } from '../e2e/app.js';
import { dump, STAYING, Words, writeEverything } from '../e2e/canaries.js';
import { everything, exportOf } from '../e2e/exports.js';
import { production } from '../e2e/production.js';
import { World, day, type TestOrganization, type TestPerson } from '../factories/world.js';
import { rounds, seed } from '../setup/prove.js';

/*
 * Workers that are killed while they erase: a person is erased completely or not at all, the next worker takes the job up again, and at the
 * end nothing of what the people wrote is left.
 */

/** Tables that an erasure changes, in the order in which it does. The worker is killed while it waits for one of them. */
const TABLES = [
  'personal_goal',
  'talking_point',
  'action_item_version',
  'shared_notes_version',
  'idempotency_key',
  'outbox_mail',
  'person',
  'audit_entry',
];
const STOPS = TABLES.filter((_, index) => (index + 1) % rounds(4, 1) === 0);
const PEOPLE = rounds(12, 240);
const KILLS = rounds(1, 20);

let app: TestApp;
let admin: pg.Client;
let world: World;
let organization: TestOrganization;
let workerLogin: string;
const log: string[] = [];
const workers: ChildProcess[] = [];

beforeAll(async () => {
  app = await startApp({ ...production, LOG_LEVEL: 'debug' }, (line) => log.push(line));
  admin = new pg.Client({ connectionString: app.testDatabase.adminUrl });
  await admin.connect();
  world = new World(app.database);
  organization = await world.organization({ leadersShareFirst: false });
  workerLogin = new URL(app.testDatabase.workerUrl).username;
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await admin.end();
  await app.close();
});

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, ['dist/apps/worker/main.js'], {
    env: {
      ...process.env,
      ...production,
      WORKER_DATABASE_URL: app.testDatabase.workerUrl,
      ROLE_PREFIX: app.testDatabase.rolePrefix,
      LOG_LEVEL: 'debug',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  workers.push(worker);
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => log.push(text));
  }
  return worker;
}

/** Ends it in the middle of what it does, and waits until the database has noticed. */
async function kill(worker: ChildProcess, meanwhile: () => Promise<unknown> = () => Promise.resolve()) {
  const ended = once(worker, 'exit');
  worker.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  await meanwhile();
  await until('the database has closed its connections', async () => (await connections()) === 0);
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`After a minute it is still not so that ${what}.`);
    await pause(20);
  }
}

async function number(query: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await app.database.query<{ n: number }>(query, [...values]);
  return rows[0]?.n ?? 0;
}

const connections = (): Promise<number> =>
  number(
    'select count(*)::int as n from pg_stat_activity where datname = current_database() and usename = $1',
    [workerLogin],
  );

/** How many connections of the worker wait for a table or for a row. */
const waiting = (): Promise<number> =>
  number(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and usename = $1 and wait_event_type = 'Lock'`,
    [workerLogin],
  );

const jobs = (): Promise<number> =>
  number(
    `select count(*)::int as n from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'erase_people'`,
  );

const addJob = (): Promise<unknown> => app.database.query(`select graphile_worker.add_job('erase_people')`);

const erasures = (): Promise<number> =>
  number(`select count(*)::int as n from audit_entry where action = 'DATA_ERASED'`);

/** Where words of somebody are stored: a line for each row, with its table. */
async function stored(words: Words): Promise<string[]> {
  const text = await dump(app.database);
  return text
    .split('\n')
    .map((row) => `${/^[\w.]+/.exec(row)?.[0] ?? ''} ${words.in(row).join(', ')}`)
    .filter((row) => !row.endsWith(' '))
    .sort();
}

it('erases nothing when it is killed at any point, and everything when another worker continues', async () => {
  const cast = new Actors(app, world);
  const writer = await cast.join(organization, { name: 'Robin' });
  const manager = await cast.join(organization, { name: 'Lee' });
  const report = await cast.join(organization, { name: 'Rae' });
  for (const role of ['PEOPLE_ADMIN', 'ORGANIZATION_ADMIN']) {
    await world.role(writer, role);
    await world.role(manager, role);
  }
  await world.line(writer, manager, { from: day(-9) });
  await world.line(report, writer);
  const own = new Words('somebody who is erased');
  const theirs = new Words('the others');
  await writeEverything(world, { organization, writer, manager, report }, own, theirs);
  await world.leaves(writer, day(-100));
  const before = await stored(own);
  expect(before.length).toBeGreaterThan(30);

  await addJob();
  for (const table of STOPS) {
    await admin.query('begin');
    await admin.query(`lock table ${table} in share mode`);
    const worker = startWorker();
    await until(`a worker waits for ${table}`, async () => (await waiting()) > 0);
    // The lock is free once the process is gone: the statement goes on, and nobody commits it.
    await kill(worker, () => admin.query('rollback'));
    expect({ table, stored: await stored(own), jobs: await jobs() }).toEqual({
      table,
      stored: before,
      jobs: 1,
    });
  }
  expect(await erasures()).toBe(0);

  const worker = startWorker();
  await until('the job is done', async () => (await jobs()) === 0);
  expect(await erasures()).toBe(1);
  const after = await dump(app.database);
  expect(own.in(after)).toEqual([...STAYING].sort());
  expect(theirs.places.filter((place) => !theirs.in(after).includes(place))).toEqual([]);
  expect(own.in(everything(await exportOf(app.url, manager)))).toEqual([]);
  expect(own.in(log.join('\n'))).toEqual([]);
  expect(log.join('\n')).toContain('people erased');
  await kill(worker);
});

/** What is left of somebody who wrote a goal, a point, private notes and a line of shared notes: all of it is erased together. */
const LEFT = `
  select p.id, (select count(*) from personal_goal g where g.owner_id = p.id)::int
    + (select count(*) from talking_point t where t.author_id = p.id)::int
    + (select count(*) from private_notes n where n.author_id = p.id)::int
    + (select count(*) from shared_notes n where n.text like '%' || p.id || '%')::int
    + (select count(*) from shared_notes_version v where v.text like '%' || p.id || '%')::int
    + case when p.name = 'Former colleague' then 0 else 1 end as parts,
    (select count(*) from audit_entry a where a.action = 'DATA_ERASED' and a.subject like '%' || p.id || '%')::int as entries
  from person p where p.id = any ($1)`;
const PARTS = 6;

it('erases each of many people completely or not at all while workers are killed', async () => {
  const random = seed('erasures while workers are killed');
  const other = await world.person(organization, { name: 'Kim' });
  const people: TestPerson[] = [];
  for (let index = 0; index < PEOPLE; index += 1) {
    const person = await world.person(organization);
    const pair = await world.oneToOne(person, other);
    const talk = await world.conversation(pair, { status: 'HELD' });
    await world.goal(person);
    await world.talkingPoint(talk, person);
    await world.talkingPoint(talk, other, { text: `Kim ${person.id}` });
    await world.privateNotes(talk, person, 'Mine');
    const notes = await new Actors(app, world).signIn(person);
    await write(notes, talk.id, `A line of ${person.id}`);
    people.push(person);
  }
  for (const person of people) await world.leaves(person, day(-100));
  const ids = people.map(({ id }) => id);
  const state = async (): Promise<{ erased: number; partly: string[]; twice: string[] }> => {
    const { rows } = await app.database.query<{ id: string; parts: number; entries: number }>(LEFT, [ids]);
    return {
      erased: rows.filter(({ parts }) => parts === 0).length,
      partly: rows.filter(({ parts, entries }) => parts !== (entries > 0 ? 0 : PARTS)).map(({ id }) => id),
      twice: rows.filter(({ entries }) => entries > 1).map(({ id }) => id),
    };
  };
  const whole = { partly: [], twice: [] };
  expect(await state()).toEqual({ erased: 0, ...whole });

  await addJob();
  for (let kills = 0; kills < KILLS; kills += 1) {
    const enough = Math.floor((PEOPLE * (kills + 1)) / (KILLS + 1));
    // However fast the worker is, it does not get past this person before it is killed.
    const left = (await app.database.query<{ id: string; parts: number }>(LEFT, [ids])).rows.filter(
      ({ parts }) => parts > 0,
    );
    await admin.query('begin');
    await admin.query('select from person where id = $1 for no key update', [left[random % left.length]?.id]);
    const worker = startWorker();
    await until(
      `${String(enough)} people are erased, or the worker waits`,
      async () => (await state()).erased >= enough || (await waiting()) > 0,
    );
    await pause((random * (kills + 1)) % 40);
    await kill(worker, () => admin.query('rollback'));
    const { erased, ...rest } = await state();
    expect(rest).toEqual(whole);
    expect(erased).toBeLessThan(PEOPLE);
  }
  const worker = startWorker();
  await until('the job is done', async () => (await jobs()) === 0);
  expect(await state()).toEqual({ erased: PEOPLE, ...whole });
  expect(
    await number(`select count(*)::int as n from talking_point where author_id = $1 and text like 'Kim %'`, [
      other.id,
    ]),
  ).toBe(PEOPLE);
  await kill(worker);
  process.stdout.write(`${String(PEOPLE)} people erased, ${String(KILLS)} workers killed meanwhile\n`);
});

async function write(actor: Actor, conversationId: string, text: string): Promise<void> {
  await actor.get(
    'mutation ($input: WriteSharedNotesInput!) { writeSharedNotes(input: $input) { ... on SharedNotesPayload { sharedNotes { id } } } }',
    { input: { conversationId, version: 0, text } },
  );
}
