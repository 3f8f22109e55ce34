import { createHash } from 'node:crypto';
import pg from 'pg';
import { startApp, type Answer, type TestApp } from '../e2e/app.js';
import { production } from '../e2e/production.js';
import { World, type TestOrganization, type TestPerson, type TestPulse } from '../factories/world.js';
import { dumpTables, tablesOf, written } from './dump.js';

/*
 * Nobody learns what somebody answered to a pulse, or whether they did: not from rows that the answer writes, ids, order, times, the log or
 * statistics, and not with the login of the API and the session of anybody. What is compared is everything that there is before and after.
 */

const ANSWER = `mutation ($input: AnswerPulseInput!) { answerPulse(input: $input) { pulse { id answered } } }`;

interface Line {
  readonly message: string;
  readonly requestId?: string;
}

let app: TestApp;
let world: World;
let worker: pg.Client;
let organization: TestOrganization;
let author: TestPerson;
let colleague: TestPerson;
let token: string;
let pulse: TestPulse;
const lines: Line[] = [];

beforeAll(async () => {
  // A budget that every operation writes to the database.
  app = await startApp({ ...production, LOG_LEVEL: 'trace', COST_PER_MINUTE: '20' }, (line) =>
    lines.push(JSON.parse(line) as Line),
  );
  world = new World(app.database);
  worker = new pg.Client({ connectionString: app.testDatabase.workerUrl });
  await worker.connect();
});
beforeEach(async () => {
  organization = await world.organization();
  author = await world.person(organization);
  colleague = await world.person(organization);
  token = await world.signIn(author);
  pulse = await world.pulse(organization);
  await app.database.query('truncate pulse_answer_waiting');
});
afterAll(async () => {
  await worker.end();
  await app.close();
});

const send = (given: readonly number[], of = token): Promise<Answer> => {
  const ids = ['mutual-trust-1', 'voice-1', 'recommend-1'];
  const scores = given.map((score, index) => ({ questionId: ids[index], score }));
  return app.graphql(ANSWER, { input: { id: pulse.id, scores } }, of);
};

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const store = async (): Promise<number | undefined> =>
  (await worker.query<{ n: number }>('select app.store_pulse_answers() as n')).rows[0]?.n;

it('an answer writes one row, without its author and a time, and none that says that it was changed', async () => {
  await app.database.query(
    `update session set last_seen_at = now() - interval '1 hour' where person_id = $1`,
    [author.id],
  );
  const start = await dumpTables(app.database);
  const { errors, data } = await send([4, 2, 9]);
  expect([errors, data]).toEqual([[], { answerPulse: { pulse: { id: pulse.id, answered: true } } }]);
  const changes = written(start, await dumpTables(app.database));
  expect([tablesOf(changes), changes.length]).toEqual([['pulse_answer_waiting'], 1]);
  for (const about of [author.id, author.email, hashOf(token)]) expect(changes.join()).not.toContain(about);
  const types = await app.database.query<{ type: string }>(
    `select distinct format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid in ('pulse_answer_waiting'::regclass, 'pulse_answer'::regclass, 'pulse_participation'::regclass)
       and attnum > 0 and not attisdropped order by 1`,
  );
  expect(types.rows.map(({ type }) => type)).toEqual(['smallint[]', 'uuid']);
  await send([1, 1, 1]);
  expect(await store()).toBe(1);
  const { rows } = await app.database.query('select scores from pulse_answer where pulse_id = $1', [
    pulse.id,
  ]);
  expect(rows).toEqual([{ scores: [1, 1, 1] }]);
});

it('the worker stores answers in random order, by its own transaction, and drops the file that held them', async () => {
  const people: TestPerson[] = [];
  const other = await world.organization();
  for (let index = 0; index < 9; index++) people.push(await world.person(other));
  organization = other;
  pulse = await world.pulse(other);
  for (const [index, person] of people.entries()) {
    const { errors } = await send([1 + (index % 5), 3, index], await world.signIn(person));
    expect(errors).toEqual([]);
  }
  const file = async (): Promise<unknown> =>
    (await app.database.query(`select pg_relation_filenode('pulse_answer_waiting') as file`)).rows[0];
  const before = await file();
  const transactions = await app.database.query<{ xmin: string }>(
    'select xmin::text from pulse_answer_waiting',
  );
  expect(await store()).toBe(9);
  expect(await store()).toBe(0);
  expect(await file()).not.toEqual(before);
  const { rows } = await app.database.query<{ xmin: string; last: number }>(
    'select xmin::text, scores[3] as last from pulse_answer where pulse_id = $1 order by ctid',
    [pulse.id],
  );
  // The physical order is one of 362,880.
  expect(rows.map(({ last }) => last)).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(rows.map(({ last }) => last).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
  expect(transactions.rows.map(({ xmin }) => xmin)).not.toContain(rows[0]?.xmin);
});

it('neither the log nor statistics contain an answer or its request', async () => {
  const read = await app.graphql('{ viewer { openPulse { id } } }', {}, token);
  const answered = await send([5, 5, 5]);
  const refused = await send([9]);
  expect(refused.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  const idOf = (answer: Answer): string => answer.headers.get('x-request-id') ?? 'none';
  const logged = (answer: Answer): boolean => lines.some(({ requestId }) => requestId === idOf(answer));
  expect([logged(read), logged(answered), logged(refused)]).toEqual([true, false, false]);
  expect(JSON.stringify(lines)).not.toMatch(/answer_pulse|answerPulse/);
  await app.database.query('analyze pulse_answer, pulse_answer_waiting, pulse_pseudonym, pulse_respondent');
  const { rows } = await app.database.query(
    `select tablename, attname from pg_stats where tablename like 'pulse\\_%' and attname in
       ('scores', 'person_id', 'pseudonym', 'respondent', 'department_id', 'location_id', 'manager_id')`,
  );
  expect(rows).toEqual([]);
});

it('nobody reads an answer or its author with the login of the API, and the worker only once the period has settled', async () => {
  await send([3, 3, 3]);
  await store();
  const login = new pg.Client({ connectionString: app.testDatabase.appUrl });
  await login.connect();
  const codeOf = async (client: pg.Client, text: string): Promise<string | undefined> =>
    client.query(text).then(
      () => undefined,
      (error: unknown) => (error as { code?: string }).code,
    );
  const tables = [
    'period_member',
    'period_group',
    'pulse_answer',
    'pulse_answer_waiting',
    'pulse_participation',
    'pulse_pseudonym',
    'pulse_respondent',
  ];
  const administrator = await world.person(organization);
  for (const role of ['ORGANIZATION_ADMIN', 'PEOPLE_ADMIN', 'HR_ANALYST', 'AUDITOR']) {
    await world.role(administrator, role);
  }
  const callers = [token, await world.signIn(colleague), await world.signIn(administrator)];
  for (const caller of callers) {
    await login.query(`select set_config('app.session', $1, false)`, [hashOf(caller)]);
    for (const table of tables) {
      expect([table, await codeOf(login, `select * from ${table}`)]).toEqual([table, '42501']);
      expect([table, await codeOf(login, `delete from ${table}`)]).toEqual([table, '42501']);
    }
    for (const call of [
      `app.pulse_answers('${pulse.quarterId}')`,
      `app.pulse_participants('${organization.id}', '-infinity')`,
      `app.period_classes('${pulse.periodId}')`,
      `app.destroy_pulse_answers('${pulse.quarterId}')`,
      'app.store_pulse_answers()',
      'app.rewrite_pulse_tables()',
    ]) {
      expect([call, await codeOf(login, `select * from ${call}`)]).toEqual([call, '42501']);
    }
    const own = await login.query('select answered from app.own_pulses()');
    expect(own.rows).toEqual(caller === callers[2] ? [] : [{ answered: caller === token }]);
  }
  await login.end();

  for (const table of tables)
    expect([table, await codeOf(worker, `select * from ${table}`)]).toEqual([table, '42501']);
  const answers = async (): Promise<unknown[]> =>
    (await worker.query<object>('select * from app.pulse_answers($1)', [pulse.quarterId])).rows;
  expect(await answers()).toEqual([]);
  expect(await codeOf(worker, `select app.destroy_pulse_answers('${pulse.quarterId}')`)).toBe('MU164');
  await app.database.query(
    `update engagement_period set starts_at = now() - interval '200 days', ends_at = now() - interval '7 days' where organization_id = $1`,
    [organization.id],
  );
  expect(await answers()).toMatchObject([{ scores: [3, 3, 3], period_id: pulse.periodId }]);
  expect(await codeOf(worker, `select app.destroy_pulse_answers('${pulse.quarterId}')`)).toBeUndefined();
  expect(await answers()).toEqual([]);
});

it('after the release of a quarter nothing is left of its answers, in no table and no file of one', async () => {
  const department = await world.department(organization);
  await app.database.query('update person set department_id = $2 where id = $1', [author.id, department.id]);
  await send([5, 4, 10]);
  await store();
  const { rows: ties } = await app.database.query<{ pseudonym: string }>(
    'select pseudonym from pulse_pseudonym where person_id = $1',
    [author.id],
  );
  const pseudonym = ties[0]?.pseudonym ?? 'none';
  const holders = async (): Promise<string[]> => {
    const rows = [...(await dumpTables(app.database))];
    return rows.filter(([, text]) => text.includes(pseudonym)).map(([place]) => place.split(' ')[0] ?? '');
  };
  const bytes = async (): Promise<boolean[]> => {
    await app.database.query('checkpoint');
    const { rows } = await app.database.query<{ found: boolean }>(
      `select position(decode(replace($1, '-', ''), 'hex') in pg_read_binary_file(pg_relation_filepath(t::regclass))) > 0 as found
       from unnest(array['pulse_answer', 'pulse_pseudonym']) t`,
      [pseudonym],
    );
    return rows.map(({ found }) => found);
  };
  expect((await holders()).sort()).toEqual(['pulse_answer', 'pulse_pseudonym']);
  expect(await bytes()).toEqual([true, true]);
  await app.database.query(
    `update engagement_period set starts_at = now() - interval '200 days', ends_at = now() - interval '8 days' where organization_id = $1`,
    [organization.id],
  );
  await worker.query('select app.destroy_pulse_answers($1)', [pulse.quarterId]);
  expect(await holders()).toEqual([]);
  // Deleted rows stay on their pages.
  expect(await bytes()).toEqual([true, true]);
  await app.runTask('forget_pulse_answers');
  expect(await bytes()).toEqual([false, false]);
  const kept = await app.database.query(
    `select n.department_id is null as without, r.person_id from pulse_participation n join pulse_respondent r using (respondent)
     where n.period_id = $1`,
    [pulse.periodId],
  );
  expect(kept.rows).toEqual([{ without: true, person_id: author.id }]);
});

it('is the only field of its operation, takes no Idempotency-Key, and is counted without a row', async () => {
  const field = `answerPulse(input: { id: "${pulse.id}", scores: [] })`;
  for (const document of [
    `mutation { __typename ${field} { pulse { id } } }`,
    `mutation { a: ${field} { pulse { id } } b: ${field} { pulse { id } } }`,
  ]) {
    const { errors } = await app.graphql(document, {}, token);
    expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  }
  const input = { id: pulse.id, scores: [] };
  const keyed = await app.graphql(ANSWER, { input }, token, { 'idempotency-key': 'k' });
  expect(keyed.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  const before = await dumpTables(app.database);
  const codes: (string | undefined)[] = [];
  for (let count = 0; count < 10; count++) codes.push((await send([3])).errors[0]?.extensions.code);
  expect(codes).toEqual([...Array.from({ length: 9 }, () => undefined), 'RATE_LIMITED']);
  expect(tablesOf(written(before, await dumpTables(app.database)))).toEqual(['pulse_answer_waiting']);
});
