import { connect } from 'node:net';
import { startApp, withApp, type TestApp } from '../e2e/app.js';
import { production } from '../e2e/production.js';
import { World } from '../factories/world.js';
import { createTestDatabase } from '../setup/database.js';
import { startVulnerableServer } from './vulnerable-server.js';
import { dataOf, executed, Target, type Reply } from './target.js';

/** Names of what serves, as scanners look for them. */
const PRODUCT =
  /apollo|fastify|nestjs?\b|express|graphql-js|node\.?js|FST_|HPE_|typeorm|postgres|vulnerable/i;

const JSON_TYPE = { 'content-type': 'application/json' };
const OURS = 'https://client.example.com';

const requests: readonly [string, (target: Target) => Promise<Reply>][] = [
  ['an operation', (target) => target.ask('{ __typename }')],
  ['an operation that does not fit the schema', (target) => target.ask('{ nothing }')],
  ['no JSON', (target) => target.post('{"query":', JSON_TYPE)],
  ['a body that is no object', (target) => target.post('7', JSON_TYPE)],
  ['an object without an operation', (target) => target.post('{}', JSON_TYPE)],
  ['an operation that is a number', (target) => target.post('{"query":7}', JSON_TYPE)],
  [
    'variables that are a text',
    (target) => target.post('{"query":"{ __typename }","variables":"{}"}', JSON_TYPE),
  ],
  ['a list of operations', (target) => target.post('[{"query":"{ __typename }"}]', JSON_TYPE)],
  [
    'a form',
    (target) => target.post('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }),
  ],
  ['a text', (target) => target.post('{"query":"{ __typename }"}', { 'content-type': 'text/plain' })],
  ['a type that nobody reads', (target) => target.post('x', { 'content-type': 'image/png' })],
  ['a type that is none', (target) => target.post('x', { 'content-type': 'nonsense' })],
  ['a compressed body', (target) => target.post('x', { ...JSON_TYPE, 'content-encoding': 'gzip' })],
  ['an answer wanted as a page', (target) => target.ask('{ __typename }', {}, { accept: 'text/html' })],
  ['a body larger than allowed', (target) => target.post(`"${'x'.repeat(9_000_000)}"`, JSON_TYPE)],
  ['GET', (target) => target.send('/graphql')],
  ['health', (target) => target.send('/health')],
  ['readiness', (target) => target.send('/ready')],
  ['an unknown path', (target) => target.send('/nowhere?x=1')],
  [
    'an unknown path that is sent JSON',
    (target) => target.send('/nowhere', { method: 'POST', body: '{', headers: JSON_TYPE }),
  ],
  ['another method of a known path', (target) => target.send('/health', { method: 'DELETE' })],
  ['a path that is none', (target) => target.send('/%E0%A4%A')],
  ['a path to files', (target) => target.send('/..%2f..%2fetc%2fpasswd')],
  ['a hidden file', (target) => target.send('/.env')],
  ['a file of the project', (target) => target.send('/package.json')],
];

describe('in production settings', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(production);
  });
  afterAll(() => app.close());

  describe.each(requests)('%s', (_name, request) => {
    it('is answered in JSON, with the headers that keep browsers out, and names no product', async () => {
      const { status, headers, text, json } = await request(new Target(app.url));
      expect(status).toBeLessThan(500);
      expect(json).toBeDefined();
      expect(headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
      expect(`${text} ${JSON.stringify([...headers])}`).not.toMatch(PRODUCT);
      for (const name of ['server', 'x-powered-by', 'via']) expect(headers.get(name)).toBeNull();
      // What is refused is refused in one form; health answers in its own.
      if (status >= 400)
        expect(json).toEqual({
          errors: [expect.objectContaining({ message: expect.any(String) as string })],
        });
    });
  });

  it('sets headers that restrict pages of other sites', async () => {
    const { headers } = await new Target(app.url).ask('{ __typename }');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    // Browsers ignore it without an allowed origin.
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('does not repeat an unknown path in the response', async () => {
    const { status, text } = await new Target(app.url).send(`/${'a'.repeat(10_000)}<script>`);
    expect([status, text.length < 200]).toEqual([404, true]);
    expect(text).not.toContain('script');
  });

  describe('pages', () => {
    const preflight = (
      origin: string,
      method = 'POST',
      headers = 'authorization,content-type',
      path = '/graphql',
    ) =>
      new Target(app.url).send(path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': headers,
        },
      });

    it('of the named origin may call, with GET and POST and with these headers', async () => {
      const { status, headers } = await preflight(OURS);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(OURS);
      expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
      expect(headers.get('access-control-allow-headers')).toBe(
        'authorization, content-type, idempotency-key, mutual-session',
      );
      // For the cookie of a session, which session-cookie.spec.ts attacks.
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('vary')).toMatch(/origin/i);
      const { headers: answered } = await new Target(app.url).ask('{ __typename }', {}, { origin: OURS });
      expect(answered.get('access-control-allow-origin')).toBe(OURS);
    });

    it.each([
      'https://evil.example',
      'http://client.example.com',
      'https://client.example.com.evil.example',
      'https://evil.client.example.com',
      'https://client.example.com:8443',
      'https://CLIENT.example.com@evil.example',
      'null',
      'file://',
    ])('of %s may not, whatever they ask', async (origin) => {
      for (const reply of [
        await preflight(origin),
        await preflight(origin, 'GET'),
        await preflight(origin, 'POST', 'x-forwarded-for', '/health'),
        await new Target(app.url).ask('{ __typename }', {}, { origin }),
      ]) {
        expect([null, OURS]).toContain(reply.headers.get('access-control-allow-origin'));
        expect(reply.headers.get('access-control-allow-origin')).not.toBe(origin);
      }
    });
  });

  it('without origins in the settings no page may call', async () => {
    const { headers, status } = await withApp({ ...production, CORS_ORIGINS: '' }, (closed) =>
      new Target(closed.url).send('/graphql', {
        method: 'OPTIONS',
        headers: { origin: OURS, 'access-control-request-method': 'POST' },
      }),
    );
    expect([status, headers.get('access-control-allow-origin')]).toEqual([405, null]);
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('only a header carries a session: no cookie without one, no parameter, no other scheme', async () => {
    const world = new World(app.database);
    const token = await world.signIn(await world.person(await world.organization()));
    const who = '{ viewer { person { id } } }';
    const nobody = new Target(app.url);
    expect(dataOf(await new Target(app.url, token).ask(who)).viewer).not.toBeNull();
    for (const headers of [
      {
        cookie: `__Host-mutual=${token}; mutual=${token}; session=${token}; authorization=Bearer ${token}`,
      },
      { 'x-authorization': `Bearer ${token}` },
      { 'x-access-token': token },
      { authorization: token },
      { authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` },
      { authorization: `Bearer ${token} ${token}` },
      { authorization: `Bearer ${token.slice(0, -1)}` },
    ]) {
      expect(
        dataOf(await nobody.ask(who, {}, headers as unknown as Record<string, string>)).viewer ?? null,
      ).toBeNull();
    }
    const inAddress = await nobody.send(`/graphql?access_token=${token}&token=${token}`, {
      method: 'POST',
      body: JSON.stringify({ query: who }),
      headers: JSON_TYPE,
    });
    expect(dataOf(inAddress).viewer ?? null).toBeNull();
  });

  describe('what is hardly HTTP', () => {
    const raw = (text: string) =>
      new Promise<string>((done, failed) => {
        const { hostname, port } = new URL(app.url);
        const socket = connect(Number(port), hostname);
        let answer = '';
        socket.setTimeout(5_000, () => {
          socket.destroy(new Error(`No answer to ${text.slice(0, 40)}`));
        });
        socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
        socket.once('close', () => {
          done(answer);
        });
        socket.once('error', failed);
        socket.write(text);
      });
    const head = (first: string, ...lines: string[]) =>
      [first, 'Host: mutual', 'Connection: close', ...lines, '', ''].join('\r\n');
    const operation = '{"query":"{ __typename }"}';

    it('the same way carries an operation that is as it should be', async () => {
      const answer = await raw(
        head(
          'POST /graphql HTTP/1.1',
          'Content-Type: application/json',
          `Content-Length: ${String(operation.length)}`,
        ) + operation,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      expect(answer).toContain('{"data":{"__typename":"Query"}}');
    });

    it.each([
      ['headers larger than are read', head('GET /health HTTP/1.1', `X-Large: ${'a'.repeat(20_000)}`), 431],
      ['an address larger than is read', head(`GET /${'a'.repeat(20_000)} HTTP/1.1`), 431],
      ['no HTTP at all', 'nonsense\r\n\r\n', 400],
      [
        'two lengths',
        head(
          'POST /graphql HTTP/1.1',
          'Content-Type: application/json',
          'Content-Length: 5',
          'Content-Length: 6',
        ) + '12345',
        400,
      ],
      [
        'a length and chunks, as for smuggling',
        head(
          'POST /graphql HTTP/1.1',
          'Content-Type: application/json',
          'Content-Length: 5',
          'Transfer-Encoding: chunked',
        ) + '0\r\n\r\n',
        400,
      ],
      ['a header folded over lines', head('GET /health HTTP/1.1', 'X-One: 1\r\n two'), 400],
      ['a header with a line feed alone', 'GET /health HTTP/1.1\nHost: mutual\nX: \n\n\n', 400],
      ['no host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
      ['TRACE, which would repeat headers', head('TRACE /graphql HTTP/1.1', 'X-Secret: echo'), 404],
    ])('%s is refused', async (_name, text, status) => {
      const answer = await raw(text);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
      expect(answer).not.toMatch(PRODUCT);
      expect(answer).not.toMatch(/echo|Client Error/);
    });

    /** The head of a request for a WebSocket. */
    const upgrade = (path: string, ...lines: string[]): string =>
      [
        `GET ${path} HTTP/1.1`,
        'Host: mutual',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        ...lines,
        '',
        '',
      ].join('\r\n');
    const PROTOCOL = 'Sec-WebSocket-Protocol: graphql-transport-ws';

    it.each([
      ['for pages of another site', upgrade('/graphql', PROTOCOL, 'Origin: https://evil.example'), 403],
      ['for pages without an origin', upgrade('/graphql', PROTOCOL, 'Origin: null'), 403],
      [
        'for the same host under another port',
        upgrade('/graphql', PROTOCOL, 'Origin: https://mutual:8443'),
        403,
      ],
      ['with another protocol', upgrade('/graphql', 'Sec-WebSocket-Protocol: graphql-ws'), 400],
      ['without a protocol', upgrade('/graphql'), 400],
      ['elsewhere', upgrade('/health', PROTOCOL), 200],
      ['where nothing is', upgrade('/nothing', PROTOCOL), 404],
    ])('a WebSocket is not offered %s', async (_name, text, status) => {
      const answer = await raw(text);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
      expect(answer).toMatch(/x-content-type-options: nosniff/i);
      expect(answer).not.toMatch(PRODUCT);
    });

    it('an offer of HTTP/2 is ignored', async () => {
      const body = '{"query":"{ __typename }"}';
      const answer = await raw(
        head(
          'POST /graphql HTTP/1.1',
          'Connection: Upgrade, HTTP2-Settings',
          'Upgrade: h2c',
          'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
          'Content-Type: application/json',
          `Content-Length: ${String(body.length)}`,
        ) + body,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    });
  });
});

it('finds the product name in the responses of a vulnerable server', async () => {
  const testDatabase = await createTestDatabase();
  try {
    const vulnerable = await startVulnerableServer(testDatabase);
    try {
      const reply = await new Target(vulnerable.url).ask('{ nothing }');
      expect(`${reply.text} ${JSON.stringify([...reply.headers])}`).toMatch(PRODUCT);
      expect(reply.headers.get('x-content-type-options')).toBeNull();
      expect(reply.headers.get('access-control-allow-origin')).toBe('*');
      expect(
        executed(await new Target(vulnerable.url).post('{ __typename }', { 'content-type': 'text/plain' })),
      ).toBe(true);
    } finally {
      await vulnerable.close();
    }
  } finally {
    await testDatabase.drop();
  }
});
