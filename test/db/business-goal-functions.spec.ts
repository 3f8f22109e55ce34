import { createHash } from 'node:crypto';
import pg from 'pg';
import { World, day, hours, type TestGoal, type TestPerson, type TestRow } from '../factories/world.js';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';

/**
 * The policies and SECURITY DEFINER functions of business goals and alignments, called with plain SQL as the role of the API, like an
 * attacker who can inject SQL. Each denial has a positive control.
 */
let database: TestDatabase;
let admin: pg.Client;
let app: pg.Client;
let world: World;
let cycle: TestRow;
let goal: TestRow; // Olga's, assigned to Ari
let draft: TestRow; // the same, as a draft
let keyResult: TestRow;
let life: TestGoal; // Olga's own, shared with Ari, open to proposals
let proposal: TestRow; // of the goal for it, by Ari
const sessions: Record<string, string> = {};
const people: Record<string, TestPerson> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  app = new pg.Client({ connectionString: database.appUrl });
  await Promise.all([admin.connect(), app.connect()]);
  world = new World(admin);
  const organization = await world.organization({ leadersShareFirst: false });
  for (const name of ['olga', 'ari', 'eve', 'admin']) await join(name, organization);
  await join('stranger', await world.organization());
  for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR']) {
    await world.role(person('admin'), role);
  }
  sessions.token = hex(await world.apiToken(organization, ['DIRECTORY_READ', 'DIRECTORY_WRITE']));
  sessions.nobody = '';
  cycle = await world.cycle(organization);
  goal = await world.businessGoal(person('olga'), cycle);
  draft = await world.businessGoal(person('olga'), cycle, { state: 'DRAFT' });
  for (const one of [goal, draft]) await world.assign(one, person('ari'));
  const values = {
    organization_id: organization.id,
    start_value: 0,
    current_value: 0,
    target_value: 1,
    position: 0,
  };
  keyResult = await world.insert<TestRow & Record<string, unknown>>('key_result', {
    ...values,
    business_goal_id: goal.id,
    title: 'K',
    unit: 'u',
  });
  life = await world.goal(person('olga'), { openToProposals: true });
  await world.share(life, person('ari'), { waits: false });
  proposal = await world.alignment(life, goal, { proposedBy: person('ari') });
});
afterAll(async () => {
  await Promise.all([admin.end(), app.end()]);
  await database.drop();
});

async function join(name: string, organization: { id: string; name: string }): Promise<void> {
  people[name] = await world.person(organization);
  sessions[name] = hex(await world.signIn(people[name]));
}

function person(name: string): TestPerson {
  const found = people[name];
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}

function hex(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * The outcome of one statement as the role of the API with a person's session: its error code, its result, or the number of rows it
 * changed. It is rolled back.
 */
async function comesTo(who: string, statement: string, values: readonly unknown[]): Promise<unknown> {
  await app.query('begin');
  try {
    await app.query(`select set_config('app.session', $1, true)`, [sessions[who]]);
    const { rows, rowCount } = await app.query<{ result: unknown }>(statement, [...values]);
    return rows[0]?.result ?? rowCount;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await app.query('rollback');
  }
}

/** The same for several people. */
async function forAll(
  statement: string,
  values: readonly unknown[],
  names: readonly string[] = ['olga', 'ari', 'eve', 'admin', 'stranger', 'token', 'nobody'],
): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const name of names) all[name] = await comesTo(name, statement, values);
  return all;
}

const FORBIDDEN = '42501';
const nobodyElse = (what: unknown): Record<string, unknown> => ({
  eve: what,
  admin: what,
  stranger: what,
  token: what,
  nobody: what,
});

it('lets only the owner edit a business goal, and transfer it through app.transfer_business_goal only', async () => {
  expect(await forAll(`update business_goal set title = 'X' where id = $1`, [goal.id])).toEqual({
    olga: 1,
    ari: 0,
    ...nobodyElse(0),
  });
  expect(
    await comesTo('olga', 'update business_goal set owner_id = $2 where id = $1', [
      goal.id,
      person('eve').id,
    ]),
  ).toBe(FORBIDDEN);
  const handOn = 'select app.transfer_business_goal($1, $2, $3) as result';
  expect(await forAll(handOn, [goal.id, 1, person('eve').id])).toEqual({
    olga: true,
    ari: false,
    ...nobodyElse(false),
  });
  expect(await comesTo('olga', handOn, [draft.id, 1, person('eve').id])).toBe(true);
  expect(await comesTo('olga', handOn, [goal.id, 2, person('eve').id])).toBe(false);
  expect(await comesTo('olga', handOn, [goal.id, 1, person('stranger').id])).toBe(false);
  const left = await world.person({ id: goal.organizationId, name: '' });
  await world.leaves(left, day(-1));
  expect(await comesTo('olga', handOn, [goal.id, 1, left.id])).toBe(false);

  const behind = await world.businessGoal(left, cycle);
  const unseen = await world.businessGoal(left, cycle, { state: 'DRAFT' });
  expect(await forAll(handOn, [behind.id, 1, person('eve').id])).toEqual({
    olga: false,
    ari: false,
    ...nobodyElse(false),
    admin: true,
  });
  expect(await comesTo('admin', handOn, [unseen.id, 1, person('eve').id])).toBe(false);
  expect(await comesTo('admin', `update business_goal set title = 'X' where id = $1`, [behind.id])).toBe(0);
});

it('lets assignees check in, and edit nothing', async () => {
  const setValue = 'select app.set_current_values($1, $2, array[$3]::uuid[], array[0.5]) as result';
  expect(await forAll(setValue, [goal.id, 1, keyResult.id])).toEqual({
    olga: true,
    ari: true,
    ...nobodyElse(false),
  });
  expect(await comesTo('ari', setValue, [goal.id, 2, keyResult.id])).toBe(false);
  expect(await comesTo('ari', setValue, [goal.id, 1, goal.id])).toBe(false);
  expect(await comesTo('ari', setValue, [draft.id, 1, keyResult.id])).toBe(false);
  const checkIn = `insert into check_in (organization_id, business_goal_id, author_id, confidence, health)
    values ($1, $2, $3, 3, 'AT_RISK') returning 1 as result`;
  for (const [name, result] of Object.entries({
    olga: 1,
    ari: 1,
    eve: FORBIDDEN,
    admin: FORBIDDEN,
    stranger: FORBIDDEN,
  })) {
    const values = [goal.organizationId, goal.id, person(name).id];
    expect([name, await comesTo(name, checkIn, values)]).toEqual([name, result]);
  }
  // In another person's name, and for a draft: the error reveals nothing to a person who cannot see it.
  expect(await comesTo('ari', checkIn, [goal.organizationId, goal.id, person('olga').id])).toBe(FORBIDDEN);
  expect(await comesTo('eve', checkIn, [draft.organizationId, draft.id, person('eve').id])).toBe(FORBIDDEN);
  expect(await comesTo('ari', checkIn, [draft.organizationId, draft.id, person('ari').id])).toBe('MU033');

  expect(await forAll(`update key_result set current_value = 1 where id = $1`, [keyResult.id])).toEqual({
    olga: 1,
    ari: 0,
    ...nobodyElse(0),
  });
  expect(await forAll('delete from key_result where id = $1', [keyResult.id])).toEqual({
    olga: 1,
    ari: 0,
    ...nobodyElse(0),
  });
  const assign = `insert into business_goal_assignee (business_goal_id, person_id, organization_id)
    values ($1, $2, $3) returning 1 as result`;
  expect(await forAll(assign, [goal.id, person('eve').id, goal.organizationId])).toEqual({
    olga: 1,
    ari: FORBIDDEN,
    ...nobodyElse(FORBIDDEN),
  });
  expect(await forAll('delete from business_goal_assignee where business_goal_id = $1', [goal.id])).toEqual({
    olga: 1,
    ari: 0,
    ...nobodyElse(0),
  });
});

it('refuses a parent that the caller cannot see, and to make a published goal a draft', async () => {
  const mine = await world.businessGoal(person('eve'), cycle);
  const move = 'update business_goal set parent_id = $2 where id = $1 returning 1 as result';
  expect(await comesTo('eve', move, [mine.id, goal.id])).toBe(1);
  expect(await comesTo('eve', move, [mine.id, draft.id])).toBe('MU030');
  expect(await comesTo('eve', move, [mine.id, '00000000-0000-4000-8000-000000000000'])).toBe('MU030');
  const make = `insert into business_goal (organization_id, owner_id, cycle_id, parent_id, title)
    values ($1, $2, $3, $4, 'T') returning 1 as result`;
  const values = [mine.organizationId, person('eve').id, cycle.id];
  expect(await comesTo('eve', make, [...values, goal.id])).toBe(1);
  expect(await comesTo('eve', make, [...values, draft.id])).toBe('MU030');
  expect(await comesTo('eve', `update business_goal set state = 'DRAFT' where id = $1`, [mine.id])).toBe(
    'MU032',
  );
  expect(await comesTo('eve', `update business_goal set state = 'CANCELLED' where id = $1`, [mine.id])).toBe(
    1,
  );
});

it('lets only the owner of the personal goal place, answer and delete alignments', async () => {
  const insert = `insert into alignment
      (organization_id, personal_goal_id, owner_id, business_goal_id, proposed_by_id, state)
    values ($1, $2, $3, $4, $5, $6) returning 1 as result`;
  const values = (work: TestRow, by: string, state: string): unknown[] => [
    life.organizationId,
    life.id,
    life.ownerId,
    work.id,
    person(by).id,
    state,
  ];
  const other = await world.businessGoal(person('ari'), cycle);
  const hidden = await world.businessGoal(person('ari'), cycle, { state: 'DRAFT' });
  expect(await comesTo('olga', insert, values(other, 'olga', 'PLACED'))).toBe(1);
  expect(await comesTo('ari', insert, values(other, 'ari', 'PROPOSED'))).toBe(1);
  for (const name of ['ari', 'eve', 'admin', 'stranger']) {
    expect(await comesTo(name, insert, values(other, name, 'PLACED'))).toBe(FORBIDDEN);
    expect(await comesTo(name, insert, values(other, 'olga', 'PLACED'))).toBe(FORBIDDEN);
  }
  for (const name of ['eve', 'admin', 'stranger']) {
    expect(await comesTo(name, insert, values(other, name, 'PROPOSED'))).toBe(FORBIDDEN);
  }
  expect(await comesTo('ari', insert, values(other, 'olga', 'PROPOSED'))).toBe(FORBIDDEN);
  expect(await comesTo('olga', insert, values(hidden, 'olga', 'PLACED'))).toBe(FORBIDDEN);
  expect(await comesTo('ari', insert, values(hidden, 'ari', 'PROPOSED'))).toBe(FORBIDDEN);

  const accept = `update alignment set state = 'PLACED' where id = $1`;
  expect(await forAll(accept, [proposal.id])).toEqual({ olga: 1, ari: 0, ...nobodyElse(0) });
  expect(
    await forAll(`update alignment set how = 'X' where id = $1`, [proposal.id], ['olga', 'ari', 'eve']),
  ).toEqual({
    olga: 'MU041',
    ari: 0,
    eve: 0,
  });
  const decline = `insert into alignment_decline (alignment_id, organization_id, owner_id)
    values ($1, $2, $3) returning 1 as result`;
  expect(await forAll(decline, [proposal.id, proposal.organizationId, life.ownerId])).toEqual({
    olga: 1,
    ari: FORBIDDEN,
    ...nobodyElse(FORBIDDEN),
  });
  const placed = await world.alignment(life, other);
  expect(await comesTo('olga', decline, [placed.id, placed.organizationId, life.ownerId])).toBe(FORBIDDEN);
  expect(await forAll('delete from alignment where id = $1', [placed.id])).toEqual({
    olga: 1,
    ari: 0,
    ...nobodyElse(0),
  });
  expect(await forAll('delete from alignment where id = $1', [proposal.id])).toEqual({
    olga: 0,
    ari: 0,
    ...nobodyElse(0),
  });
  expect(await comesTo('ari', insert, values(other, 'ari', 'PROPOSED'))).toBe('MU040');
});

it('transfers and deletes only what is due in transfer_goals_of_leavers and delete_lapsed_proposals', async () => {
  const leaver = await world.person({ id: goal.organizationId, name: '' });
  await world.line(leaver, person('eve'));
  const behind = await world.businessGoal(leaver, cycle);
  await admin.query('alter table employment_end disable trigger employment_end_added');
  await world.leaves(leaver, day(-1));
  await admin.query('alter table employment_end enable trigger employment_end_added');
  const lapsed = await world.alignment(life, behind, {
    proposedBy: person('ari'),
    createdAt: hours(-24 * 31),
  });
  await admin.query('select app.transfer_goals_of_leavers(), app.delete_lapsed_proposals()');
  expect((await world.find('business_goal', behind.id)).owner_id).toBe(person('eve').id);
  await expect(world.find('alignment', lapsed.id)).rejects.toThrow('no such row');
  expect((await world.find('business_goal', goal.id)).owner_id).toBe(person('olga').id);
  expect((await world.find('alignment', proposal.id)).state).toBe('PROPOSED');
});
