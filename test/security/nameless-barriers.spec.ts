import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startApp, type Answer, type TestApp } from '../e2e/app.js';
import { OtlpReceiver } from '../e2e/otlp.js';
import { production } from '../e2e/production.js';
import { World, day, type TestOrganization, type TestPerson } from '../factories/world.js';
import { dumpTables, tablesOf, written } from './dump.js';

/*
 * A barrier without a name must not lead to its author: not by rows, ids, order, times, the log, traces, sessions, costs or statistics.
 * What is compared is everything that there is before and after one was raised. What a barrier with a name leaves by the same means
 * shows that the comparison sees such traces.
 */

const NAMED = `mutation ($input: RaiseBarrierInput!) { raiseBarrier(input: $input) { barrier { id } } }`;
const NAMELESS = `mutation ($input: RaiseNamelessBarrierInput!) { raiseNamelessBarrier(input: $input) { appearsOn } }`;
const WORDS = {
  title: 'zqNobody says so',
  description: 'zqLong',
  proposedRemedy: 'zqLess',
  hindersCustomers: true,
};

interface Line {
  readonly message: string;
  readonly requestId?: string;
}

let app: TestApp;
let world: World;
let receiver: OtlpReceiver;
let workerLogin: pg.Client;
let organization: TestOrganization;
let author: TestPerson;
let token: string;
const lines: Line[] = [];

beforeAll(async () => {
  receiver = await OtlpReceiver.start();
  app = await startApp(
    {
      ...production,
      LOG_LEVEL: 'trace',
      // A budget that every operation writes to the database.
      COST_PER_MINUTE: '20',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
      OTEL_METRIC_EXPORT_INTERVAL: '600000',
    },
    (line) => lines.push(JSON.parse(line) as Line),
  );
  world = new World(app.database);
  workerLogin = new pg.Client({ connectionString: app.testDatabase.workerUrl });
  await workerLogin.connect();
  organization = await world.organization();
});
beforeEach(async () => {
  author = await world.person(organization);
  token = await world.signIn(author);
  await app.database.query('truncate nameless_barrier');
});
afterAll(async () => {
  await workerLogin.end();
  await app.close();
  await receiver.stop();
});

/** As after an hour without a request: the next one is recorded. */
async function wasAway(): Promise<void> {
  await app.database.query(
    `update session set last_seen_at = now() - interval '1 hour' where person_id = $1`,
    [author.id],
  );
}

const send = (document: string, input: object, headers?: Record<string, string>): Promise<Answer> =>
  app.graphql(document, { input }, token, headers);

const publish = async (): Promise<number | undefined> => {
  const { rows } = await workerLogin.query<{ n: number }>('select app.publish_nameless_barriers() as n');
  return rows[0]?.n;
};

/** The ids of the requests in the log, and of the traces that were exported. */
async function observed(answers: readonly Answer[]): Promise<{ logged: boolean[]; traced: boolean[] }> {
  // A later request has been exported: everything before it has been too.
  const last = await app.graphql('{ viewer { person { id } } }', {}, token);
  const idOf = (answer: Answer): string => answer.headers.get('x-request-id') ?? 'none';
  const isTraced = (id: string): boolean =>
    receiver.spans.some(({ attributes }) => attributes['mutual.request_id'] === id);
  for (let tries = 0; !isTraced(idOf(last)); tries++) {
    if (tries > 2_000) throw new Error('no spans were exported');
    await sleep(10);
  }
  return {
    logged: answers.map((answer) => lines.some(({ requestId }) => requestId === idOf(answer))),
    traced: answers.map((answer) => isTraced(idOf(answer))),
  };
}

it('a barrier without a name writes one row, which leads to nobody; one with a name leads to its author', async () => {
  await wasAway();
  const before = await dumpTables(app.database);
  const named = await send(NAMED, WORDS, { 'idempotency-key': 'a-named-one' });
  expect(named.errors).toEqual([]);
  const between = await dumpTables(app.database);
  // A foreign key locks the rows that it refers to, and the lock stays in their system columns.
  expect(tablesOf(written(before, between))).toEqual([
    'barrier',
    'idempotency_key',
    'organization',
    'person',
    'session',
    'throttle',
  ]);
  expect(written(before, between).join('\n')).toContain(author.id);

  await wasAway();
  const start = await dumpTables(app.database);
  const nameless = await send(NAMELESS, WORDS);
  expect([nameless.errors, nameless.data]).toEqual([[], { raiseNamelessBarrier: { appearsOn: day(1) } }]);
  const changes = written(start, await dumpTables(app.database));
  expect(tablesOf(changes)).toEqual(['nameless_barrier']);
  expect(changes).toHaveLength(1);
  const { rows } = await app.database.query<Record<string, unknown>>(`select * from nameless_barrier`);
  expect(rows[0]).toEqual({
    id: expect.stringMatching(/^.{14}4/) as string, // UUID version 4: no time
    organization_id: organization.id,
    procedure_area_id: null,
    title: WORDS.title,
    description: WORDS.description,
    proposed_remedy: WORDS.proposedRemedy,
    hinders_customers: true,
    staged_on: expect.any(Date) as Date,
    shuffled: false,
  });
  const text = changes.join();
  for (const about of [author.id, author.email, createHash('sha256').update(token).digest('hex')]) {
    expect(text).not.toContain(about);
  }
  const types = await app.database.query<{ type: string }>(
    `select distinct format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid in ('nameless_barrier'::regclass, 'barrier'::regclass) and attnum > 0 and not attisdropped order by 1`,
  );
  expect(types.rows.map(({ type }) => type)).toEqual(['boolean', 'date', 'text', 'uuid']);
});

it('neither the log nor the traces contain its request, also where it is refused', async () => {
  const named = await send(NAMED, { ...WORDS, title: 'Another' });
  const nameless = await send(NAMELESS, { ...WORDS, title: 'zqLogged' });
  const refused = await send(NAMELESS, { ...WORDS, title: 'zqLogged', procedureAreaId: author.id });
  expect([named.errors, nameless.errors]).toEqual([[], []]);
  expect(refused.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect(await observed([named, nameless, refused])).toEqual({
    logged: [true, false, false],
    traced: [true, false, false],
  });
  expect(JSON.stringify(receiver.spans)).not.toMatch(/raise_nameless|raiseNameless/);
  expect(JSON.stringify(lines)).not.toMatch(/raise_nameless|raiseNameless|zqLogged/);
});

it('statistics of statements and connections show its statement at most, and no value', async () => {
  await send(NAMELESS, { ...WORDS, title: 'zqStatistics' });
  const { rows } = await app.database.query<{ query: string }>(
    'select query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  const text = rows.map(({ query }) => query).join('\n');
  expect(text).not.toContain('zqStatistics');
  expect(text).not.toContain(createHash('sha256').update(token).digest('hex'));
  // ANALYZE would copy the words into pg_statistic, in the order in which they came.
  const options = await app.database.query(
    `select reloptions from pg_class where relname = 'nameless_barrier'`,
  );
  expect(options.rows).toEqual([{ reloptions: ['autovacuum_enabled=false'] }]);
});

it('the worker writes what waits again, in a new file, and lets it appear the next day in random order', async () => {
  const titles = Array.from({ length: 9 }, (_, index) => `Barrier ${String(index)}`);
  for (const title of titles) await send(NAMELESS, { ...WORDS, title });
  const state = async (): Promise<{ file: string; xmin: string[]; ids: string[] }> => {
    const file = await app.database.query<{ file: string }>(
      `select pg_relation_filenode('nameless_barrier')::text as file`,
    );
    const { rows } = await app.database.query<{ xmin: string; id: string }>(
      'select xmin::text, id from nameless_barrier',
    );
    const xmin = [...new Set(rows.map((row) => row.xmin))];
    return { file: file.rows[0]?.file ?? '', xmin, ids: rows.map(({ id }) => id) };
  };
  const raised = await state();
  expect(raised.xmin).toHaveLength(9);
  expect(await publish()).toBe(0);
  const shuffled = await state();
  expect(shuffled.xmin).toHaveLength(1);
  expect(raised.xmin).not.toContain(shuffled.xmin[0]);
  expect(shuffled.file).not.toBe(raised.file);
  expect(shuffled.ids.filter((id) => raised.ids.includes(id))).toEqual([]);
  expect(await publish()).toBe(0);
  expect(await state()).toEqual(shuffled);

  // The day ends.
  await app.database.query('update nameless_barrier set staged_on = staged_on - 1');
  expect(await publish()).toBe(9);
  expect((await state()).ids).toEqual([]);
  const { rows } = await app.database.query<{ title: string; xmin: string; raised_by_id: string | null }>(
    `select title, xmin::text, raised_by_id from barrier where title like 'Barrier _' and created_on = $1`,
    [day(0)],
  );
  expect([...rows.map(({ title }) => title)].sort()).toEqual(titles);
  // The physical order is one of 362,880.
  expect(rows.map(({ title }) => title)).not.toEqual(titles);
  expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
  expect(rows.every(({ raised_by_id }) => raised_by_id === null)).toBe(true);

  await app.database.query('delete from throttle');
  const reader = await world.signIn(await world.person(organization));
  const list = await app.graphql<{ barriers: { nodes: { id: string; raisedBy: null }[] } }>(
    '{ barriers { nodes { id raisedBy { id } createdOn } } }',
    {},
    reader,
  );
  const ids = list.data?.barriers.nodes.map(({ id }) => id) ?? [];
  expect(ids).toEqual([...ids].sort().reverse());
});

it('is the only field of its operation, whatever else the operation holds', async () => {
  const field = 'raiseNamelessBarrier(input: { title: "zqAlone", hindersCustomers: false })';
  const named = 'raiseBarrier(input: { title: "zqAlone", hindersCustomers: false }) { barrier { id } }';
  const documents = [
    `mutation { ${field} { appearsOn } ${named} }`,
    `mutation { ${named} ${field} { appearsOn } }`,
    `mutation { a: ${field} { appearsOn } b: ${field} { appearsOn } }`,
    `mutation { __typename ${field} { appearsOn } }`,
    `mutation { ... { ${field} { appearsOn } } }`,
    `mutation { ...F } fragment F on Mutation { ${field} { appearsOn } }`,
    `mutation { __typename ...F } fragment F on Mutation { ... on Mutation { ${field} { appearsOn } } }`,
  ];
  for (const document of documents) {
    const { errors } = await app.graphql(document, {}, token);
    expect([document, errors[0]?.extensions.code]).toEqual([document, 'GRAPHQL_VALIDATION_FAILED']);
  }
  const { rows } = await app.database.query(
    `select 1 from nameless_barrier union all select 1 from barrier where title = 'zqAlone'`,
  );
  expect(rows).toEqual([]);
});

it('is one barrier when it is sent again, takes no Idempotency-Key, and is limited for the day without a row', async () => {
  const input = { ...WORDS, title: 'zqAgain' };
  expect((await send(NAMELESS, input, { 'idempotency-key': 'k' })).errors[0]?.extensions.code).toBe(
    'BAD_USER_INPUT',
  );
  const before = await dumpTables(app.database);
  const answers: (string | undefined)[] = [];
  for (let count = 0; count < 10; count++)
    answers.push((await send(NAMELESS, input)).errors[0]?.extensions.code);
  // The refused one counted.
  expect(answers).toEqual([...Array.from({ length: 9 }, () => undefined), 'RATE_LIMITED']);
  const changes = written(before, await dumpTables(app.database));
  expect([tablesOf(changes), changes.length]).toEqual([['nameless_barrier'], 1]);
});

it('is raised by nobody who is not signed in and employed', async () => {
  const former = await world.person(organization);
  const session = await world.signIn(former);
  await world.leaves(former, day(-5));
  const hash = createHash('sha256').update(session).digest('hex');
  const login = new pg.Client({ connectionString: app.testDatabase.appUrl });
  await login.connect();
  const raise = `select app.raise_nameless_barrier('Words', null, null, true, null)`;
  const codeOf = async (text: string): Promise<string | undefined> =>
    login.query(text).then(
      () => undefined,
      (error: unknown) => (error as { code?: string }).code,
    );
  expect(await codeOf(raise)).toBe('MU050');
  await login.query(`select set_config('app.session', $1, false)`, [hash]);
  expect(await codeOf(raise)).toBe('MU050');
  expect(await codeOf('select * from nameless_barrier')).toBe('42501');
  expect(await codeOf('select app.publish_nameless_barriers()')).toBe('42501');
  await login.query(`select set_config('app.session', $1, false)`, [
    createHash('sha256').update(token).digest('hex'),
  ]);
  expect(await codeOf(`select app.raise_nameless_barrier('', null, null, true, null)`)).toBe('MU104');
  expect(await codeOf(raise)).toBeUndefined();
  await login.end();
});
