import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { World, hours, type TestOrganization, type TestPerson, type TestRow } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';

/** The tables as they were before migrations/0025. */
const BEFORE = `
  drop index conversation_planned_key;
  alter table talking_point drop constraint talking_point_raised_in_fkey;
  alter table talking_point add constraint talking_point_organization_id_one_to_one_id_raised_in_id_fkey
    foreign key (organization_id, one_to_one_id, raised_in_id)
    references conversation (organization_id, one_to_one_id, id) on delete set null (raised_in_id);
  alter table action_item drop constraint action_item_made_in_fkey;
  alter table action_item add constraint action_item_organization_id_one_to_one_id_made_in_id_fkey
    foreign key (organization_id, one_to_one_id, made_in_id)
    references conversation (organization_id, one_to_one_id, id) on delete set null (made_in_id);
  drop trigger one_to_one_after_open on one_to_one;
`;

let database: TestDatabase;
let admin: pg.Client;
let world: World;
let ana: TestPerson;
let lee: TestPerson;
let organization: TestOrganization;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  world = new World(admin);
  organization = await world.organization();
  ana = await world.person(organization);
  lee = await world.person(organization);
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

beforeEach(() => admin.query(`begin; ${BEFORE}`));
afterEach(() => admin.query('rollback'));

async function migrate(): Promise<void> {
  await admin.query(await readFile('migrations/0025-one-conversation-a-moment.sql', 'utf8'));
}

async function minutes(pair: TestRow, since: Date): Promise<Map<string, number>> {
  const { rows } = await admin.query<{ id: string; at: Date }>(
    'select id, scheduled_at as at from conversation where one_to_one_id = $1',
    [pair.id],
  );
  return new Map(rows.map(({ id, at }) => [id, (at.getTime() - since.getTime()) / 60_000]));
}

it('separates conversations that are planned at the same time, and deletes those without content', async () => {
  const pair = await world.oneToOne(ana, lee);
  const at = hours(30);
  const made: TestRow[] = [];
  for (let count = 0; count < 5; count += 1) made.push(await world.conversation(pair, { scheduledAt: at }));
  const [, withPoint, , withNotes, withPrivate] = made as [TestRow, TestRow, TestRow, TestRow, TestRow];
  const soonAfter = await world.conversation(pair, { scheduledAt: new Date(at.getTime() + 60_000) });
  const skipped = await world.conversation(pair, { scheduledAt: at, status: 'SKIPPED' });
  const point = await world.talkingPoint(withPoint, ana, { draft: true });
  await admin.query('update shared_notes set version = 1 where conversation_id = $1', [withNotes.id]);
  await world.privateNotes(withPrivate, lee);
  const empty = await world.oneToOne(ana, await world.person(organization));
  const first = await world.conversation(empty, { scheduledAt: at });
  await world.conversation(empty, { scheduledAt: at });
  await migrate();
  const found = await minutes(pair, at);
  expect([...found.keys()].sort()).toEqual(
    [withPoint, withNotes, withPrivate, soonAfter, skipped].map(({ id }) => id).sort(),
  );
  const moments = [withPoint, withNotes, withPrivate, soonAfter].map(({ id }) => found.get(id) ?? NaN);
  expect(new Set(moments).size).toBe(4);
  expect(moments[0]).toBe(0);
  expect(Math.max(...moments)).toBeLessThanOrEqual(4);
  expect(found.get(skipped.id)).toBe(0);
  expect((await world.find('talking_point', point.id)).conversation_id).toBe(withPoint.id);
  expect([...(await minutes(empty, at)).keys()]).toEqual([first.id]);
});

it('moves talking points that wait at an ended one-to-one to the current one of the same people', async () => {
  const former = await world.oneToOne(ana, lee);
  const talk = await world.conversation(former, { status: 'HELD' });
  const points = [
    await world.talkingPoint(talk, ana),
    await world.talkingPoint(talk, lee, { draft: true }),
    await world.talkingPoint(talk, ana, { discussed: true }),
  ];
  await admin.query('update talking_point set conversation_id = null, times_carried = 2');
  const promises = [await world.actionItem(talk, ana), await world.actionItem(talk, lee)];
  await admin.query(`update action_item set state = 'DONE' where id = $1`, [promises[1]!.id]);
  await admin.query(`update one_to_one set state = 'ENDED', ended_at = now() where id = $1`, [former.id]);
  const now = await world.oneToOne(lee, ana);
  await migrate();
  for (const [index, of] of [now, now, former].entries()) {
    expect(await world.find('talking_point', points[index]!.id)).toMatchObject({
      one_to_one_id: of.id,
      raised_in_id: talk.id,
      times_carried: 2,
    });
  }
  expect((await world.find('action_item', promises[0]!.id)).one_to_one_id).toBe(now.id);
  expect((await world.find('action_item', promises[1]!.id)).one_to_one_id).toBe(former.id);
});
