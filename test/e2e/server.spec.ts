import { spawn, type ChildProcess } from 'node:child_process';
import { connect, createServer as createPort, type AddressInfo, type Server } from 'node:net';
import pg from 'pg';
import { freePort } from '../../scripts/ports.mjs';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';
import { sendOperation, startApp, type TestApp } from './app.js';
import { production } from './production.js';

/** The compiled program, as an operator starts it. */
interface Program {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  readonly ended: Promise<number | null>;
  /** Resolves when the output matches, with the first group. */
  readonly says: (pattern: RegExp) => Promise<string>;
}

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(environment: Record<string, string>): Program {
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/apps/api/main.js'], {
    env: { NODE_ENV: 'test', HOST: '127.0.0.1', PORT: '0', MAIL_FOLDER: '.data/test-mail', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return {
    process: child,
    output: () => output,
    errors: () => errors,
    ended,
    says: (pattern) =>
      new Promise((done, fail) => {
        const look = () => {
          const found = pattern.exec(output);
          if (found) done(found[1] ?? found[0]);
        };
        child.stdout.on('data', look);
        void ended.then(() => {
          fail(new Error(`It ended without saying ${String(pattern)}: ${errors}`));
        });
        look();
      }),
  };
}

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

const settings = (): Record<string, string> => ({
  DATABASE_URL: testDatabase.appUrl,
  ROLE_PREFIX: testDatabase.rolePrefix,
});

describe('a failed start', () => {
  let taken: Server;
  let port: number;
  beforeAll(async () => {
    taken = createPort();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    port = (taken.address() as AddressInfo).port;
  });
  afterAll(() => taken.close());

  const elsewhere = (): string => {
    const url = new URL(testDatabase.appUrl);
    url.port = '1';
    return url.href;
  };
  const asSuperuser = (): string => testDatabase.adminUrl;
  const wrongPassword = (): string => {
    const url = new URL(testDatabase.appUrl);
    url.password = 'wrong';
    return url.href;
  };

  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      'a port in use',
      () => ({ PORT: String(port) }),
      /^Port \d+ on 127\.0\.0\.1 is in use by another program: .*PORT/,
    ],
    [
      'an address of another machine',
      () => ({ HOST: '192.0.2.1' }),
      /^192\.0\.2\.1 is no address of this machine: correct HOST\.\n$/,
    ],
    [
      'a port in use for metrics',
      () => ({ METRICS_PORT: String(port) }),
      /^Port \d+ on 127\.0\.0\.1 is in use by another program: .*METRICS_PORT/,
    ],
    [
      'the port of the API for metrics',
      () => ({ PORT: String(port), METRICS_PORT: String(port) }),
      /^METRICS_PORT and PORT name the same port: [^\n]*\n$/,
    ],
    ['no database', () => ({ DATABASE_URL: '' }), /^DATABASE_URL is not set: /],
    [
      'a wrong password',
      () => ({ DATABASE_URL: wrongPassword() }),
      /^The database at \S+ refuses the login of DATABASE_URL/,
    ],
    [
      'no server at the port of the database',
      () => ({ DATABASE_URL: elsewhere() }),
      /^The database at \S+ cannot be reached/,
    ],
    [
      'a role that bypasses the policies',
      () => ({ DATABASE_URL: asSuperuser() }),
      /^The login of DATABASE_URL is, or can become, .* bypasses row-level security/,
    ],
    ['an invalid setting', () => ({ PORT: 'many' }), /^PORT must be /],
    [
      'a sampling rate above 1',
      () => ({ OTEL_TRACES_SAMPLER_ARG: '1.5' }),
      /^OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1: /,
    ],
    [
      'headers without a name',
      () => ({ OTEL_EXPORTER_OTLP_HEADERS: 'secret' }),
      /^OTEL_EXPORTER_OTLP_HEADERS must look like name=value,other=value: /,
    ],
    [
      'registered operations that are not there',
      () => ({ TRUSTED_OPERATIONS: 'nowhere.json' }),
      /^TRUSTED_OPERATIONS names nowhere\.json, which cannot be read as JSON: /,
    ],
    [
      'registered operations in another format',
      () => ({ TRUSTED_OPERATIONS: 'package.json' }),
      /^TRUSTED_OPERATIONS names package\.json, which is not a manifest of persisted queries: /,
    ],
    [
      'settings missing in production',
      () => ({ NODE_ENV: 'production' }),
      /is missing, and production needs it/,
    ],
  ])('refuses to start with %s, and prints the reason in one sentence', async (_name, change, sentence) => {
    const program = start({ ...settings(), ...change() });
    expect(await program.ended).toBe(1);
    expect(program.errors()).toMatch(sentence);
    expect(program.errors()).not.toMatch(/\n\s+at |secret|password=|:wrong@/);
    for (const line of program.errors().trim().split('\n')) expect(line).toMatch(/\.$/);
  });

  it('starts with valid settings', async () => {
    const METRICS_PORT = String(await freePort());
    const OTEL_EXPORTER_OTLP_HEADERS = 'authorization=Bearer%20secret, x-tenant=a';
    const OTEL_TRACES_SAMPLER_ARG = '0.5';
    const more = { METRICS_PORT, OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER_ARG };
    const program = start({ ...settings(), ...more, LOG_LEVEL: 'info' });
    const url = await program.says(/serving url=(http\S+)\/graphql/);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    const metrics = await program.says(/giving metrics url=(http\S+)/);
    expect(await (await fetch(metrics)).text()).toContain('mutual_request_active 0');
    program.process.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(program.errors()).toBe('');
  });
});

it('asked to stop, it finishes what is under way and takes nothing new', async () => {
  const program = start({ ...settings(), LOG_LEVEL: 'info' });
  const { hostname, port } = new URL(await program.says(/serving url=(http\S+)\/graphql/));
  const body = JSON.stringify({ query: '{ __typename }' });
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  const closed = new Promise((done) => socket.once('close', done));
  // The server has the head of this request and waits for its body.
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\nExpect: 100-continue\r\n\r\n`,
  );
  while (!answer.startsWith('HTTP/1.1 100 Continue\r\n\r\n'))
    await new Promise((done) => socket.once('data', done));
  answer = '';
  program.process.kill('SIGTERM');
  await program.says(/stopping/);
  // Some of it stops first.
  const isTaken = (): Promise<boolean> =>
    fetch(`http://${hostname}:${port}/health`).then(
      () => true,
      () => false,
    );
  while (await isTaken()) await new Promise((done) => setTimeout(done, 20));
  socket.write(body);
  await closed;
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  // So that no client keeps the connection for a next request, which would be lost with the process.
  expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  expect(answer).toContain('{"data":{"__typename":"Query"}');
  expect(await program.ended).toBe(0);
});

it('asked to stop, it waits ten seconds for a client that does not finish, and cuts it off', async () => {
  const program = start({ ...settings(), LOG_LEVEL: 'info' });
  const { hostname, port } = new URL(await program.says(/serving url=(http\S+)\/graphql/));
  const socket = connect(Number(port), hostname);
  const closed = new Promise((done) => socket.once('close', done));
  socket.on('error', () => undefined);
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`,
  );
  await new Promise((done) => setTimeout(done, 200));
  program.process.kill('SIGTERM');
  await program.says(/requests under way were cut off/);
  await closed;
  expect(await program.ended).toBe(0);
});

describe('its log', () => {
  it('is out to the last line when it ends, in production too, where lines wait for each other', async () => {
    const program = start({ ...settings(), ...production });
    const url = await program.says(/"url":"(http\S+)\/graphql","message":"serving"/);
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(`${url}/health`)));
    const ids = answers.map(({ headers }) => headers.get('x-request-id') ?? '');
    program.process.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    const lines = program.output().trimEnd().split('\n');
    for (const id of ids) expect(lines.filter((line) => line.includes(id))).toHaveLength(1);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ message: 'stopping' });
  });

  it('says what was answered, and nothing of whom or what', async () => {
    const program = start({ ...settings(), LOG_LEVEL: 'trace' });
    const url = await program.says(/serving url=(http\S+)\/graphql/);
    const { headers } = await sendOperation(
      url,
      'query Secretive($id: ID!) { node(id: $id) { id } }',
      { id: 'secret-variable' },
      'secret-token',
      { 'user-agent': 'secret-agent', 'x-forwarded-for': '203.0.113.7' },
    );
    await fetch(`${url}/nowhere/secret-path?token=secret-query`);
    const requestId = headers.get('x-request-id') ?? '';
    expect(requestId).toMatch(/^[\da-f-]{36}$/);
    await program.says(
      new RegExp(`answered requestId=${requestId} method=POST route=/graphql status=200 ms=\\d+`),
    );
    await program.says(/method=GET route=none status=404/);
    program.process.kill('SIGINT');
    expect(await program.ended).toBe(0);
    expect(program.output() + program.errors()).not.toMatch(/secret|203\.0\.113|Secretive/);
    expect(program.output().replace(/serving url=\S+/, '')).not.toContain('127.0.0.1');
  });
});

describe('HTTP', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({
      CORS_ORIGINS: 'https://client.example.com',
      BODY_LIMIT_BYTES: '65536',
    });
  });
  afterAll(() => app.close());

  it('nothing is kept by caches, and no browser makes a page of an answer', async () => {
    for (const path of ['/health', '/graphql', '/nowhere']) {
      const { headers } = await fetch(`${app.url}${path}`);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      );
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    }
  });

  it('a correlation id is never taken from a client', async () => {
    const { headers } = await fetch(`${app.url}/health`, {
      headers: { 'x-request-id': 'mine', 'request-id': 'mine' },
    });
    expect(headers.get('x-request-id')).not.toBe('mine');
  });

  it('pages of the named origins may call it, of no others', async () => {
    const preflight = (origin: string) =>
      fetch(`${app.url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
        },
      });
    const ours = await preflight('https://client.example.com');
    expect(ours.status).toBe(204);
    expect(ours.headers.get('access-control-allow-origin')).toBe('https://client.example.com');
    expect(ours.headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(ours.headers.get('access-control-allow-headers')).toMatch(/authorization/);
    for (const origin of ['https://evil.example.com', 'https://client.example.com.evil.example', 'null']) {
      const theirs = await preflight(origin);
      expect(theirs.headers.get('access-control-allow-origin')).not.toBe(origin);
      expect(theirs.headers.get('access-control-allow-origin')).not.toBe('*');
    }
  });

  it('a body beyond the limit is refused as GraphQL would', async () => {
    const large = await app.graphql('{ __typename }', { words: 'x'.repeat(65_536) });
    expect(large.status).toBe(413);
    expect(large.errors).toEqual([
      {
        message: 'This request is larger than the 65,536 bytes that are allowed.',
        extensions: { code: 'TOO_COMPLEX' },
      },
    ]);
    expect((await app.graphql('{ __typename }', { words: 'x'.repeat(60_000) })).status).toBe(200);
  });

  it('without a database it is alive, not ready, and says why without names; GraphQL answers 503 until it is back', async () => {
    expect((await fetch(`${app.url}/ready`)).status).toBe(200);
    const { rolePrefix, appUrl } = app.testDatabase;
    const name = new URL(appUrl).pathname.slice(1);
    const outside = new pg.Client({ connectionString: app.testDatabase.adminUrl.replace(name, 'postgres') });
    await outside.connect();
    await outside.query(`alter database "${name}" with allow_connections false`);
    await app.database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await new Promise((done) => setTimeout(done, 1_100));
    const ready = await fetch(`${app.url}/ready`);
    const words = await ready.text();
    expect([ready.status, JSON.parse(words)]).toEqual([
      503,
      { status: 'not ready', reason: 'The database cannot be reached.' },
    ]);
    expect(words).not.toContain(rolePrefix);
    expect((await fetch(`${app.url}/health`)).status).toBe(200);
    const { status, headers, errors } = await app.graphql('{ __typename }', {}, 'a'.repeat(43));
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(errors).toEqual([
      {
        message: 'The database cannot be reached at the moment. Try again in 5 seconds.',
        extensions: { code: 'UNAVAILABLE', retryAfter: 5 },
      },
    ]);
    await outside.query(`alter database "${name}" with allow_connections true`);
    await outside.end();
    await new Promise((done) => setTimeout(done, 1_100));
    expect((await fetch(`${app.url}/ready`)).status).toBe(200);
    expect(await app.graphql('{ __typename }', {}, 'a'.repeat(43))).toMatchObject({
      status: 200,
      errors: [],
    });
  });
});
