import { createHash } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { STATEMENT_RESULT_CHANNEL, CONNECTION_CHANNEL, STATEMENT_CHANNEL, TRANSACTION_CHANNEL } from '#db';
import { OPERATION_OUTCOME_CHANNEL } from '#graphql';
import { freePort } from '../../scripts/ports.mjs';
import { World, type TestGoal, type TestPerson } from '../factories/world.js';
import { startApp, type Answer, type TestApp } from './app.js';
import { OtlpReceiver, type ReceivedSpan } from './otlp.js';
import { production } from './production.js';
import { statementsOf } from './statements.js';

/** What the process does beside requests: now and then, also while one is answered. */
const OF_TIMERS = /app\.(?:queued_mail|link_mail|mail_sent|waiting_mail)\b|graphile_worker/;

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** A line of the log, as production writes it. */
interface Line {
  readonly level: number;
  readonly time: string;
  readonly message: string;
  readonly requestId?: string;
  readonly traceId?: string;
  readonly route?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly operation?: string;
  readonly code?: string;
  readonly statements?: number;
  readonly rows?: number;
}

const CREATE = `mutation zqxjOperationName($input: CreatePersonalGoalInput!) {
  zqxjAlias: createPersonalGoal(input: $input) { personalGoal { id title why ownerView { area } } } }`;
const GOALS = '{ viewer { person { id name email personalGoals(first: 5) { nodes { id title why } } } } }';
const OF_ANOTHER =
  'query ($id: ID!) { personalGoal(id: $id) { id title why owner { name } updates { nodes { text } } } }';

/** Given along with every request; none of it is anybody's business. */
const HEADERS = {
  'user-agent': 'zqxjUserAgent',
  'x-forwarded-for': '203.0.113.7',
  'x-request-id': 'zqxjRequestId',
  baggage: 'who=zqxjBaggage',
  tracestate: 'vendor=zqxjTraceState',
};

async function until(holds: () => boolean, what: string, seconds = 5): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > seconds * 100) throw new Error(`It took too long until ${what}.`);
    await sleep(10);
  }
}

/** Figures by name and labels, as `name{a="b"}`. */
function figures(text: string): Map<string, number> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
  );
}

/** The sum of what begins so. */
function total(of: ReadonlyMap<string, number>, beginning: string): number {
  return [...of].reduce((sum, [name, value]) => (name.startsWith(beginning) ? sum + value : sum), 0);
}

describe('everything on, a service', () => {
  let app: TestApp;
  let world: World;
  let receiver: OtlpReceiver;
  let metricsUrl: string;
  let ada: TestPerson;
  let token: string;
  let goal: TestGoal;
  const lines: Line[] = [];
  const written: string[] = [];
  /** What the statements of some requests were, by the id of the request. */
  const counted = new Map<string, string[]>();
  const answers: Answer[] = [];
  let scraped = '';

  const lineOf = (requestId: string): Line | undefined =>
    lines.find((line) => line.requestId === requestId && line.route !== undefined);
  const traceOf = (traceId: string): ReceivedSpan[] =>
    receiver.spans.filter((span) => span.traceId === traceId);

  /** Sends an operation, and waits until it is logged. */
  async function ask(
    query: string,
    variables: Record<string, unknown> = {},
    by: string | undefined = token,
    headers: Record<string, string> = {},
  ): Promise<{ answer: Answer; requestId: string; line: Line }> {
    let answer: Answer | undefined;
    let requestId = '';
    const sent = await statementsOf(async () => {
      answer = await app.graphql(query, variables, by, { ...HEADERS, ...headers });
      requestId = answer.headers.get('x-request-id') ?? '';
      await until(() => lineOf(requestId) !== undefined, 'the request was logged');
    });
    counted.set(
      requestId,
      sent.filter((text) => !OF_TIMERS.test(text)),
    );
    answers.push(answer!);
    return { answer: answer!, requestId, line: lineOf(requestId)! };
  }

  beforeAll(async () => {
    receiver = await OtlpReceiver.start();
    const port = await freePort();
    metricsUrl = `http://127.0.0.1:${String(port)}/metrics`;
    app = await startApp(
      {
        ...production,
        LOG_LEVEL: 'trace',
        TRUST_PROXY: '1',
        METRICS_PORT: String(port),
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-collector',
        OTEL_TRACES_SAMPLER: 'parentbased_always_on',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=a%20test',
        OTEL_METRIC_EXPORT_INTERVAL: '500',
      },
      (line) => {
        written.push(line);
        lines.push(JSON.parse(line) as Line);
      },
    );
    world = new World(app.database);
    const organization = await world.organization({ name: 'zqxjOrganization', leadersShareFirst: false });
    ada = await world.person(organization, { name: 'zqxjAda', email: 'zqxjada@example.com' });
    const bob = await world.person(organization, { name: 'zqxjBob', email: 'zqxjbob@example.com' });
    token = await world.signIn(ada);
    goal = await world.goal(bob, { title: 'zqxjTitle', why: 'zqxjWhy' });
    await world.share(goal, ada, { waits: false });
    await world.goalUpdate(goal, { text: 'zqxjUpdate' });
  });
  afterAll(async () => {
    await app.close();
    await receiver.stop();
  });

  describe('counts', () => {
    it.each<[string, string, () => Record<string, unknown>]>([
      ['a query', GOALS, () => ({})],
      ['a query that is recorded', OF_ANOTHER, () => ({ id: goal.id })],
      [
        'a mutation',
        CREATE,
        () => ({ input: { title: 'zqxjNewTitle', why: 'zqxjNewWhy', area: 'zqxjArea' } }),
      ],
    ])('the statements of %s as they were sent', async (_what, query, variables) => {
      const { answer, line, requestId } = await ask(query, variables());
      expect(answer.errors).toEqual([]);
      const sent = counted.get(requestId) ?? [];
      expect(sent.length).toBeGreaterThan(0);
      expect(line).toMatchObject({
        route: '/graphql',
        status: 200,
        operation: query === CREATE ? 'mutation' : 'query',
        code: 'OK',
        statements: sent.length,
      });
      expect(line.rows).toBeGreaterThan(0);
    });

    it('each of many at once for itself', async () => {
      const few = () => app.graphql('{ viewer { person { name } } }', {}, token, HEADERS);
      const many = () => app.graphql(OF_ANOTHER, { id: goal.id }, token, HEADERS);
      const alone = [await ask('{ viewer { person { name } } }'), await ask(OF_ANOTHER, { id: goal.id })];
      const [one, other] = alone.map(({ line }) => line.statements);
      expect(one).not.toBe(other);
      const together = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? many() : few())));
      const ids = together.map(({ headers }) => headers.get('x-request-id') ?? '');
      await until(() => ids.every((id) => lineOf(id) !== undefined), 'all were logged');
      expect(ids.map((id) => lineOf(id)?.statements)).toEqual(ids.map((_, at) => (at % 2 ? other : one)));
    });
  });

  describe('says how', () => {
    const outcomes: [string, string, () => [string, Record<string, unknown>?, string?]][] = [
      ['what is refused', 'BAD_USER_INPUT', () => [CREATE, { input: { title: '', why: 'zqxjRefused' } }]],
      ['what nobody may know of', 'OK', () => [OF_ANOTHER, { id: ada.id }]],
      ['who is nobody', 'UNAUTHENTICATED', () => [GOALS, {}, 'zqxjUnknownToken']],
      ['what is no GraphQL', 'GRAPHQL_PARSE_FAILED', () => ['query zqxjBroken {{{']],
      ['what is not in the schema', 'GRAPHQL_VALIDATION_FAILED', () => ['{ zqxjUnknownField }']],
      [
        'a sign-in that fails',
        'INVALID_CREDENTIALS',
        () => [
          'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
          { input: { email: 'zqxjnobody@example.com', password: 'zqxjPassword of somebody' } },
        ],
      ],
    ];
    it.each(outcomes)('%s ended', async (_what, code, request) => {
      const { line } = await ask(...request());
      expect(line.code).toBe(code);
    });

    it('what fails on our side ended, with the code of the database and none of its words', async () => {
      await app.database.query(`create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'zqxjRaised %', new.title using errcode = 'P0001'; end $$`);
      await app.database.query(
        'create trigger refuse before insert on personal_goal execute function refuse()',
      );
      const { answer, line, requestId } = await ask(CREATE, { input: { title: 'zqxjFailing' } });
      await app.database.query('drop trigger refuse on personal_goal');
      expect(answer.errors[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
      expect(line).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', operation: 'mutation' });
      expect(lines.some((one) => one.requestId === requestId && one.message === 'unexpected failure')).toBe(
        true,
      );
    });

    it('what never became an operation ended', async () => {
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { ...HEADERS, 'content-type': 'application/json' },
        body: 'zqxjNoJson',
      });
      const requestId = response.headers.get('x-request-id') ?? '';
      await until(() => lineOf(requestId) !== undefined, 'it was logged');
      expect(lineOf(requestId)).toMatchObject({ operation: 'none', code: 'BAD_REQUEST', statements: 0 });
    });

    it('a request ended whose client did not wait', async () => {
      await app.database.query('begin');
      await app.database.query('lock table person in access exclusive mode');
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
      const body = JSON.stringify({ query: GOALS });
      socket.write(
        `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
      );
      const active = async (): Promise<unknown> =>
        figures(await (await fetch(metricsUrl)).text()).get('mutual_request_active');
      while ((await active()) !== 1) await sleep(20);
      await sleep(200);
      socket.destroy();
      await until(() => lines.some(({ message }) => message === 'abandoned'), 'it was logged');
      await app.database.query('rollback');
      const line = lines.find(({ message }) => message === 'abandoned');
      expect(line).toMatchObject({ code: 'ABANDONED' });
      expect(line?.ms).toBeGreaterThanOrEqual(150);
      // In milliseconds, whatever the machine does meanwhile.
      expect(line?.ms).toBeLessThan(60_000);
      while ((await active()) !== 0) await sleep(20);
    });
  });

  describe('is part of a trace', () => {
    const parent = (traceId: string, flags: string): Record<string, string> => ({
      traceparent: `00-${traceId}-b7ad6b7169203331-${flags}`,
    });
    const sampled = '0af7651916cd43dd8448eb211c80319c';
    const unsampled = '0af7651916cd43dd8448eb211c80319d';
    let requestId: string;

    it('that a client began', async () => {
      ({ requestId } = await ask(GOALS, {}, token, parent(sampled, '01')));
      expect(lineOf(requestId)?.traceId).toBe(sampled);
      const other = await ask(GOALS, {}, token, parent(unsampled, '00'));
      expect(other.line.traceId).toBe(unsampled);
      const none = await ask(GOALS, {}, token, { traceparent: 'zqxjNoTrace' });
      expect(none.line.traceId).toMatch(/^[\da-f]{32}$/);
    });

    it('and its spans are sent', async () => {
      // Scraped before, since metrics end with the service.
      // The event loop's delay is reported once a second.
      for (let tries = 0; tries < 200 && !/mutual_event_loop_delay_count [1-9]/.test(scraped); tries++) {
        const response = await fetch(metricsUrl);
        expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
        scraped = await response.text();
        await sleep(10);
      }
      expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(405);
      expect((await fetch(metricsUrl.replace('/metrics', '/zqxjNowhere'))).status).toBe(404);
      expect((await fetch(`${app.url}/metrics`)).status).toBe(404);
      expect((await fetch(`${app.url}/zqxjNowhere?token=zqxjInQuery`)).status).toBe(404);

      await app.close();

      const spans = traceOf(sampled);
      const [first] = spans.filter(({ kind }) => kind === 2);
      expect(first).toMatchObject({
        name: 'GraphQL query',
        parentSpanId: 'b7ad6b7169203331',
        traceState: '',
        status: 0,
        attributes: {
          'http.request.method': 'POST',
          'http.route': '/graphql',
          'http.response.status_code': 200,
          'graphql.operation.type': 'query',
          'mutual.fields': ['viewer'],
          'mutual.code': 'OK',
          'mutual.request_id': requestId,
          'mutual.statements': counted.get(requestId)?.length,
        },
      });
      const texts = spans.filter(({ kind }) => kind === 3).map((span) => span.attributes['db.query.text']);
      expect(texts.sort()).toEqual([...(counted.get(requestId) ?? [])].sort());
      expect(spans.filter(({ name }) => name === 'transaction').length).toBeGreaterThan(0);
      const ids = new Set(spans.map(({ spanId }) => spanId));
      for (const span of spans) if (span !== first) expect(ids).toContain(span.parentSpanId);
      expect(traceOf(unsampled)).toEqual([]);
    });

    it('and a statement that fails is one with a code', () => {
      const failed = receiver.spans.filter(({ status }) => status === 2);
      expect(failed.map(({ kind }) => kind).sort()).toEqual([1, 2, 3]);
      const [statement] = failed.filter(({ kind }) => kind === 3);
      expect(statement).toMatchObject({ name: 'INSERT', statusMessage: '' });
      expect(statement?.attributes).toMatchObject({ 'db.response.status_code': 'P0001' });
      const above = receiver.spans.find(({ spanId }) => spanId === statement?.parentSpanId);
      expect(above).toMatchObject({ name: 'transaction', attributes: { 'mutual.read_only': false } });
    });
  });

  describe('gives metrics', () => {
    const measured = (): Line[] => lines.filter(({ route }) => route === '/graphql');
    const sum = (of: 'statements' | 'rows', operation: string): number =>
      measured()
        .filter((line) => line.operation === operation)
        .reduce((all, line) => all + (line[of] ?? 0), 0);

    it('of requests, as the log has them', () => {
      const found = figures(scraped);
      const kinds = new Map<string, number>();
      for (const { operation, code } of measured()) {
        const name = `mutual_request_duration_count{operation="${operation!}",code="${code!}"}`;
        kinds.set(name, (kinds.get(name) ?? 0) + 1);
      }
      expect(kinds.size).toBeGreaterThan(7);
      for (const [name, count] of kinds) expect([name, found.get(name)]).toEqual([name, count]);
      expect(total(found, 'mutual_request_duration_count')).toBe(measured().length);
      for (const operation of ['query', 'mutation']) {
        expect(found.get(`mutual_request_statements_sum{operation="${operation}"}`)).toBe(
          sum('statements', operation),
        );
        expect(found.get(`mutual_request_rows_sum{operation="${operation}"}`)).toBe(sum('rows', operation));
      }
    });

    it('of the pool, the event loop and the process', () => {
      const found = figures(scraped);
      const pool = 'db_client_connection_pool_name="serving"';
      expect(found.get(`db_client_connection_max{${pool}}`)).toBe(5);
      expect(total(found, 'db_client_connection_count')).toBeGreaterThan(0);
      expect(found.get(`db_client_connection_pending_requests{${pool}}`)).toBe(0);
      expect(found.get(`db_client_connection_wait_time_count{${pool}}`)).toBeGreaterThan(0);
      // What happens by the clock is the worker's.
      expect(found.get('mutual_background_statements_total')).toBe(0);
      expect(found.get('mutual_statement_failures_total{db_response_status_code="P0001"}')).toBe(1);
      expect(found.get('nodejs_eventloop_time_total{nodejs_eventloop_state="active"}')).toBeGreaterThan(0);
      expect(found.get('mutual_event_loop_delay_count')).toBeGreaterThan(0);
      expect(found.get('process_memory_usage')).toBeGreaterThan(10_000_000);
      expect(found.get('process_cpu_time_total{cpu_mode="user"}')).toBeGreaterThan(0);
    });

    it('by OTLP too, with what the operator says of the process', () => {
      expect(receiver.metrics).toContain('mutual.request.duration');
      expect(receiver.metrics.size).toBe(new Set(scraped.match(/^# TYPE (?!target_info)\S+/gm)).size);
      expect(receiver.resources[0]).toMatchObject({
        'service.name': 'mutual',
        'deployment.environment.name': 'a test',
      });
      expect(receiver.headers[0]).toMatchObject({ authorization: 'Bearer of-the-collector' });
    });
  });

  it('tells nothing that is not written down', async () => {
    const page = await readFile('docs/operating.md', 'utf8');
    for (const name of receiver.metrics) expect(page).toContain(`\`${name}\``);
    const labels = scraped.match(/(?<=[{,])[a-z_]+(?==")/g)?.map((label) => label.replaceAll('_', '.')) ?? [];
    const written = page.replaceAll('_', '.');
    const ofProcess = [...new Set(labels)].filter(
      (label) => !/^(le|service|telemetry|deployment)\b/.test(label),
    );
    expect(ofProcess.length).toBeGreaterThan(5);
    for (const label of ofProcess) expect(written).toContain(`\`${label}\``);
    for (const field of new Set(lines.filter(({ route }) => route !== undefined).flatMap(Object.keys))) {
      expect(page).toContain(`"${field}": `);
    }
  });

  it('writes its log as lines of JSON, in UTC', () => {
    expect(written.length).toBeGreaterThan(20);
    for (const line of written) {
      expect(line).toMatch(/^[^\n]*\n$/);
      const { time } = JSON.parse(line) as Line;
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(600_000);
    }
  });

  it('tells nobody what people wrote, nor who they are', () => {
    const hash = createHash('sha256').update(token).digest('hex');
    const data = JSON.stringify(answers.map((answer) => answer.data));
    const ids = new Set([...(data.match(UUID) ?? []), ada.id, goal.id, goal.ownerId, ada.organizationId]);
    expect(ids.size).toBeGreaterThan(4);
    const private_ = new RegExp(['zqxj', token, hash, '203\\.0\\.113', ...ids].join('|'), 'i');
    const outputs = { log: written, metrics: scraped.split('\n'), otlp: receiver.raw };
    for (const [where, texts] of Object.entries(outputs)) {
      const found = texts.filter((text) => private_.test(text));
      expect([where, found]).toEqual([where, []]);
    }
    // These would have found it: it was in the answers, and each of the places has what it should.
    for (const word of [
      'zqxjTitle',
      'zqxjWhy',
      'zqxjUpdate',
      'zqxjNewTitle',
      'zqxjArea',
      'zqxjAda',
      ada.id,
    ]) {
      expect(data).toContain(word);
      expect(word).toMatch(private_);
    }
    expect(outputs.log.join('')).toContain(answers[0]!.headers.get('x-request-id'));
    expect(outputs.metrics.join('')).toContain('mutual_request_duration_bucket');
    expect(outputs.otlp.join('')).toMatch(/from personal_goal/i);
  });
});

describe('a service', () => {
  const lines: string[] = [];
  const started: TestApp[] = [];
  let receiver: OtlpReceiver | undefined;
  const start = async (environment: Record<string, string>): Promise<TestApp> => {
    const app = await startApp({ ...production, ...environment }, (line) => lines.push(line));
    started.push(app);
    return app;
  };
  afterEach(async () => {
    delete process.env.OTEL_EXPORTER_OTLP_TIMEOUT;
    for (const app of started.splice(0)) await app.close();
    await receiver?.stop();
    receiver = undefined;
    lines.length = 0;
  });

  const names = [
    STATEMENT_CHANNEL,
    STATEMENT_RESULT_CHANNEL,
    CONNECTION_CHANNEL,
    OPERATION_OUTCOME_CHANNEL,
    `tracing:${TRANSACTION_CHANNEL}:start`,
  ];
  const listenedTo = (): string[] => names.filter((name) => channel(name).hasSubscribers);

  it('that is to tell nothing listens to nothing', async () => {
    const app = await start({ LOG_LEVEL: 'warn' });
    expect(listenedTo()).toEqual([]);
    expect((await app.graphql('{ __typename }')).data).toEqual({ __typename: 'Query' });
    expect(lines).toEqual([]);
  });

  it('that has but its log counts for it', async () => {
    const app = await start({ LOG_LEVEL: 'info' });
    expect(listenedTo()).toEqual([STATEMENT_CHANNEL, STATEMENT_RESULT_CHANNEL, OPERATION_OUTCOME_CHANNEL]);
    await app.graphql('{ viewer { person { id } } }');
    await until(() => lines.some((line) => line.includes('"code":"UNAUTHENTICATED"')), 'it was logged');
  });

  it('that traces a part of what comes without a trace traces all of what is traced elsewhere', async () => {
    receiver = await OtlpReceiver.start();
    const app = await start({
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_TRACES_SAMPLER_ARG: '0.5',
    });
    for (let times = 0; times < 100; times++) await app.graphql('{ __typename }');
    const traced = '0af7651916cd43dd8448eb211c80319e';
    for (let times = 0; times < 10; times++) {
      const traceparent = `00-${traced}-b7ad6b7169203331-01`;
      await app.graphql('{ __typename }', {}, undefined, { traceparent });
    }
    await until(() => lines.filter((line) => line.includes('"answered"')).length === 110, 'all were logged');
    // It sends the rest when it is closed.
    await app.close();
    expect(receiver.metrics.size).toBe(0);
    expect(receiver.spans.filter(({ traceId }) => traceId === traced)).toHaveLength(10);
    const others = receiver.spans.length - 10;
    expect(others).toBeGreaterThan(20);
    expect(others).toBeLessThan(80);
    expect(lines.filter((line) => line.includes('"traceId"'))).toHaveLength(others + 10);
  });

  it('whose collector is not there keeps nobody waiting', async () => {
    // What the sending library reads itself: how long it tries, in milliseconds.
    process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '1000';
    const app = await start({
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(await freePort())}`,
      OTEL_TRACES_SAMPLER: 'always_on',
      OTEL_METRIC_EXPORT_INTERVAL: '100',
    });
    expect(listenedTo()).toEqual(names);
    for (let times = 0; times < 20; times++) {
      expect((await app.graphql('{ __typename }')).data).toEqual({ __typename: 'Query' });
    }
    await until(() => lines.some((line) => line.includes('cannot be sent')), 'the failure to be logged', 20);
    const began = Date.now();
    await app.close();
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(lines.filter((line) => line.includes('cannot be sent'))).toHaveLength(1);
    expect(listenedTo()).toEqual([]);
  });
});
