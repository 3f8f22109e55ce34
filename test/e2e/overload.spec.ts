import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { World, type TestOrganization } from '../factories/world.js';
import { startApp, withApp, type Answer, type TestApp } from './app.js';
import { RawConnection } from './raw-http.js';

const OPERATION = '{"query":"{ __typename }"}';
const ANYBODYS = 102_400;
const SIGNED_IN = 1_048_576;
const LARGEST = 3_000_000;

/** An operation of exactly so many bytes. */
function operationOf(bytes: number, query = '{ __typename }', variables: object = {}): string {
  const text = (filling: string): string => JSON.stringify({ query, variables, filling });
  return text('x'.repeat(bytes - text('').length));
}

/** Waits until it holds: as long as a busy machine may need, and no longer. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 25_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('It has not come to hold.');
    await pause(5);
  }
}

describe('bodies', () => {
  let app: TestApp;
  let world: World;
  let organization: TestOrganization;
  const tokens = { anybody: '', person: '', importer: '', api: '', reader: '', revoked: '' };
  const open: RawConnection[] = [];

  beforeAll(async () => {
    app = await startApp({
      BODY_LIMIT_BYTES: String(LARGEST),
      BODIES_IN_FLIGHT_BYTES: String(LARGEST),
    });
    world = new World(app.database);
    organization = await world.organization();
    const person = await world.person(organization);
    const importer = await world.person(organization);
    await world.role(importer, 'PEOPLE_ADMIN');
    tokens.anybody = 'a'.repeat(43);
    tokens.person = await world.signIn(person);
    tokens.importer = await world.signIn(importer);
    tokens.api = await world.apiToken(organization, ['DIRECTORY_WRITE'], importer);
    tokens.reader = await world.apiToken(organization, ['DIRECTORY_READ'], importer);
    tokens.revoked = await world.signIn(person);
    await app.graphql('{ viewer { person { id } } }', {}, tokens.revoked);
    await app.graphql('mutation { signOut { revokedId } }', {}, tokens.revoked);
  });
  afterEach(() => {
    for (const connection of open.splice(0)) connection.close();
  });
  afterAll(() => app.close());

  const connect = async (): Promise<RawConnection> => {
    const connection = await RawConnection.to(app.url);
    open.push(connection);
    return connection;
  };
  const bearer = (token: string | undefined): Record<string, string> =>
    token === undefined ? {} : { authorization: `Bearer ${token}` };

  const LIMITS: readonly (readonly [string, () => string | undefined, number])[] = [
    ['nobody', () => undefined, ANYBODYS],
    ['a token that nobody has', () => tokens.anybody, ANYBODYS],
    ['a session that was ended', () => tokens.revoked, ANYBODYS],
    ['a person', () => tokens.person, SIGNED_IN],
    ['an API token that reads', () => tokens.reader, SIGNED_IN],
    ['a people administrator', () => tokens.importer, LARGEST],
    ['an API token that imports', () => tokens.api, LARGEST],
  ];

  it.each(LIMITS)('of %s are refused by their length, before they are sent', async (_who, token, limit) => {
    const connection = await connect();
    connection.sendHead({ 'content-length': limit + 1, ...bearer(token()) });
    const { status, headers, body } = await connection.answer();
    expect([status, headers.get('connection')]).toEqual([413, 'close']);
    expect(JSON.parse(body)).toEqual({
      errors: [
        {
          message: `This request is larger than the ${limit.toLocaleString('en')} bytes that are allowed.`,
          extensions: { code: 'TOO_COMPLEX' },
        },
      ],
    });
    await connection.ended;
  });

  it.each(LIMITS)('of %s are refused by count where they have no length', async (_who, token, limit) => {
    const connection = await connect();
    connection.sendHead({ 'transfer-encoding': 'chunked', ...bearer(token()) });
    const half = 'x'.repeat(Math.ceil(limit / 2));
    connection.sendChunk(half);
    connection.sendChunk(half.slice(0, limit - half.length));
    await pause(50);
    expect(connection.count).toBe(0);
    connection.sendChunk('x');
    expect((await connection.answer()).status).toBe(413);
    await connection.ended;
  });

  it.each(LIMITS.filter(([, , limit]) => limit < LARGEST))(
    'of %s are read up to their limit',
    async (_who, token, limit) => {
      for (const head of [{ 'content-length': limit }, { 'transfer-encoding': 'chunked' }]) {
        const connection = await connect();
        connection.sendHead({ ...head, ...bearer(token()) });
        const text = operationOf(limit);
        if ('content-length' in head) connection.send(text);
        else {
          connection.sendChunk(text.slice(0, 60_000));
          connection.sendChunk(text.slice(60_000));
          connection.send('0\r\n\r\n');
        }
        const { status, body } = await connection.answer();
        expect([status, JSON.parse(body)]).toEqual([200, { data: { __typename: 'Query' } }]);
      }
    },
  );

  const IMPORT =
    'mutation ($csv: String!) { importPeople(input: { csv: $csv, dryRun: true }) { importReport { rows } } }';

  it.each([
    ['a people administrator', () => tokens.importer],
    ['an API token that imports', () => tokens.api],
  ])('of %s are large for an import, up to the largest of all, and for nothing else', async (_who, token) => {
    const head = 'external_id,email,name,title,department,location,manager_external_id,hired_on,left_on\n';
    const csv = `${head}1,ann@example.com,Ann,,,,,,\n`;
    const send = async (text: string): Promise<unknown> => {
      const connection = await connect();
      connection.sendHead({ 'content-length': text.length, ...bearer(token()) });
      connection.send(text);
      const { status, body } = await connection.answer();
      return [status, JSON.parse(body)];
    };
    expect(await send(operationOf(LARGEST, IMPORT, { csv }))).toEqual([
      200,
      { data: { importPeople: { importReport: { rows: 1 } } } },
    ]);
    expect(await send(operationOf(SIGNED_IN))).toEqual([200, { data: { __typename: 'Query' } }]);
    expect(await send(operationOf(SIGNED_IN + 1))).toEqual([
      413,
      {
        errors: [
          {
            message: 'This request is larger than the 1,048,576 bytes that are allowed.',
            extensions: { code: 'TOO_COMPLEX' },
          },
        ],
      },
    ]);
  });

  it('that a client goes on sending do not keep it from reading why they are refused', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        fetch(`${app.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: 'x'.repeat(8_000_000),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 413));
  });

  it('of what is no operation are not read', async () => {
    for (const path of ['/nowhere', '/health']) {
      const connection = await connect();
      connection.sendHead({ 'content-length': 8_000_000 }, path);
      expect((await connection.answer()).status).toBeGreaterThanOrEqual(400);
    }
    const connection = await connect();
    connection.sendHead({ 'content-length': 8_000_000, 'content-type': 'text/plain' });
    expect((await connection.answer()).status).toBe(415);
  });

  const busy = {
    message: 'The service is busy. Try again in 1 second.',
    extensions: { code: 'UNAVAILABLE', retryAfter: 1 },
  };

  it('of more bytes than are held at the same time are refused at once, until there is room', async () => {
    const first = await holdRoom(2_000_000);
    const second = await connect();
    second.sendHead({ 'content-length': 1_000_001, ...bearer(tokens.importer) });
    const refused = await second.answer();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(JSON.parse(refused.body)).toEqual({ errors: [busy] });
    // What fits still does, and what comes in one piece always.
    expect((await app.graphql('{ __typename }')).status).toBe(200);
    const fitting = await connect();
    fitting.sendHead({ 'content-length': 1_000_000, ...bearer(tokens.importer) });
    fitting.send(operationOf(1_000_000));
    expect((await fitting.answer()).status).toBe(200);
    // A closed connection makes room for another.
    first.close();
    await until(async () => {
      const third = await connect();
      third.sendHead({ 'content-length': 2_500_000, ...bearer(tokens.importer) });
      third.send(operationOf(2_500_000));
      return (await third.answer()).status === 413;
    });
  });

  it('of callers of whom nothing is known share half of the room, and take nothing from the rest', async () => {
    const half = Math.floor(LARGEST / 2 / ANYBODYS);
    const slow = await Promise.all(
      Array.from({ length: half }, async () => {
        const connection = await connect();
        connection.sendHead({ 'content-length': ANYBODYS });
        for (let sent = 0; sent < ANYBODYS - 1; sent += 20_000) {
          connection.send('x'.repeat(Math.min(20_000, ANYBODYS - 1 - sent)));
        }
        return connection;
      }),
    );
    // Sent in pieces, so that they count from the second on.
    const inPieces = async (token?: string): Promise<number> => {
      const connection = await connect();
      const text = operationOf(100_000);
      connection.sendHead({ 'content-length': text.length, ...bearer(token) });
      connection.send(text.slice(0, 50_000));
      await pause(20);
      connection.send(text.slice(50_000));
      return (await connection.answer()).status;
    };
    await until(async () => (await inPieces()) === 503);
    expect(await inPieces(tokens.anybody)).toBe(503);
    expect(await inPieces(tokens.person)).toBe(200);
    for (const connection of slow) connection.close();
    await until(async () => (await inPieces()) === 200);
  });

  /** A request of so many bytes that the server has made room for, and of which it reads on. */
  async function holdRoom(bytes: number): Promise<RawConnection> {
    for (;;) {
      const connection = await connect();
      connection.sendHead({ 'content-length': bytes, ...bearer(tokens.importer) });
      connection.send(' ');
      await until(async () => {
        const probe = await connect();
        probe.sendHead({ 'content-length': 1_000_001, ...bearer(tokens.importer) });
        const outcome = await Promise.race([probe.answer().then(({ status }) => status), pause(300)]);
        probe.close();
        return outcome === 503 || connection.count > 0;
      });
      if (connection.count === 0) return connection;
      // A probe was quicker and took the room for a moment.
      connection.close();
    }
  }
});

describe('slow clients', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ REQUEST_TIMEOUT_MS: '1000', MAX_CONNECTIONS: '10' });
  });
  afterAll(() => app.close());

  it.each<[string, (connection: RawConnection) => void]>([
    [
      'headers',
      (connection) => {
        connection.send('POST /graphql HTTP/1.1\r\nHost: mutual\r\n');
      },
    ],
    [
      'a body',
      (connection) => {
        connection.sendHead({ 'content-length': OPERATION.length });
        connection.send(OPERATION.slice(0, 5));
      },
    ],
    [
      'chunks',
      (connection) => {
        connection.sendHead({ 'transfer-encoding': 'chunked' });
        connection.sendChunk(OPERATION.slice(0, 5));
      },
    ],
  ])('who do not come to the end of %s are cut off', async (_what, begin) => {
    const connection = await RawConnection.to(app.url);
    const began = Date.now();
    begin(connection);
    expect((await connection.answer()).status).toBe(408);
    await connection.ended;
    // Node by itself looks every 30 seconds.
    expect(Date.now() - began).toBeLessThan(25_000);
  });

  it('who take in nothing of their answers are cut off', async () => {
    const sockets: Socket[] = [];
    const keep = (message: unknown): void => void sockets.push((message as { socket: Socket }).socket);
    subscribe('net.server.socket', keep);
    const connection = await RawConnection.to(app.url);
    await until(() => sockets.length > 0);
    unsubscribe('net.server.socket', keep);
    const closed = new Promise<void>((done) =>
      sockets[0]?.once('close', () => {
        done();
      }),
    );
    connection.socket.pause();
    // Until the server reads no more, since what it answers is not read.
    const request = `POST /graphql HTTP/1.1\r\nHost: mutual\r\nContent-Type: application/json\r\nContent-Length: ${String(OPERATION.length)}\r\n\r\n${OPERATION}`;
    const filling = setInterval(() => {
      if (connection.socket.writableLength < 1_000_000) connection.send(request.repeat(500));
    }, 5);
    await closed;
    clearInterval(filling);
    connection.close();
  });

  it('no more are connected at the same time than may be', async () => {
    const connections = await Promise.all(Array.from({ length: 14 }, () => RawConnection.to(app.url)));
    let left = connections.length;
    for (const { ended } of connections) void ended.then(() => (left -= 1));
    await until(() => left === 10);
    for (const connection of connections) connection.close();
    await until(async () => (await fetch(`${app.url}/health`).catch(() => undefined))?.status === 200);
  });
});

describe('more operations than there is room for', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ DATABASE_POOL_SIZE: '2', DATABASE_QUEUE_SIZE: '3' });
  });
  afterAll(() => app.close());

  it('are refused at once, while it is alive, and the others are answered when the database goes on', async () => {
    const blocker = new pg.Client({ connectionString: app.testDatabase.adminUrl });
    blocker.on('error', () => undefined);
    await blocker.connect();
    await blocker.query('begin; lock table session in access exclusive mode');
    const answers: Answer[] = [];
    const all = Array.from({ length: 12 }, () =>
      app.graphql('{ __typename }', {}, 'a'.repeat(43)).then((answer) => void answers.push(answer)),
    );
    // Five find room; what the service does by itself may take some of it.
    await until(() => answers.length >= 7);
    const refused = answers.length;
    for (const { status, headers, errors } of answers) {
      expect([status, headers.get('retry-after')]).toEqual([503, '1']);
      expect(errors).toEqual([
        {
          message: 'The service is busy. Try again in 1 second.',
          extensions: { code: 'UNAVAILABLE', retryAfter: 1 },
        },
      ]);
    }
    expect((await fetch(`${app.url}/health`)).status).toBe(200);
    await blocker.query('commit');
    await blocker.end();
    await Promise.all(all);
    const others = answers.slice(refused).map(({ status }) => status);
    expect(others.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
    expect(new Set([...others, 200, 503])).toEqual(new Set([200, 503]));
    expect((await app.graphql('{ __typename }', {}, 'a'.repeat(43))).status).toBe(200);
  });

  it('a flood of sign-ins is refused at once beyond those whose passwords are looked at', async () => {
    const SIGN_IN =
      'mutation ($email: EmailAddress!) { signIn(input: { email: $email, password: "violet tram nods" }) { token } }';
    await withApp({ DATABASE_QUEUE_SIZE: '1000', TRUST_PROXY: '1' }, async (flooded) => {
      const codes = await Promise.all(
        Array.from({ length: 150 }, async (_, n) => {
          const from = { 'x-forwarded-for': `203.0.113.${String(n)}` };
          const { errors } = await flooded.graphql(
            SIGN_IN,
            { email: `${String(n)}@example.com` },
            undefined,
            from,
          );
          return errors[0]?.extensions.code;
        }),
      );
      expect(new Set(codes)).toEqual(new Set(['INVALID_CREDENTIALS', 'UNAVAILABLE']));
      const tried = codes.filter((code) => code === 'INVALID_CREDENTIALS').length;
      expect(tried).toBeGreaterThanOrEqual(50);
      // Of those who were refused nothing is counted, by network nor by address: they may try again.
      const { rows } = await flooded.database.query('select count(*)::int as count from throttle');
      expect(rows).toEqual([{ count: 2 * tried }]);
    });
  });
});
