import { createClient } from 'graphql-ws';
import { startApp, withApp, type TestApp } from '../e2e/app.js';
import { production } from '../e2e/production.js';
import { World, type TestPerson } from '../factories/world.js';
import { personWithPassword } from './person-with-password.js';
import { socketWithHeaders } from './socket-with-headers.js';
import { dataOf, errorsOf, Target, type Reply } from './target.js';

const CLIENT = 'https://client.example.com';
const EVIL = 'https://evil.example';
const PASSWORD = 'nine calm otters';
const WHO = '{ viewer { person { id } } }';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { token expiresAt viewer { id } } }';
/** What every request of a page with a cookie has. */
const PAGE = { 'mutual-session': 'cookie', origin: CLIENT };

let app: TestApp;
let world: World;
let target: Target;
beforeAll(async () => {
  app = await startApp({ ...production, CORS_ORIGINS: CLIENT });
  world = new World(app.database);
  target = new Target(app.url);
});
afterAll(() => app.close());

const somebody = (): Promise<TestPerson> => personWithPassword(app, world, PASSWORD);

/** The cookie that a response sets, as a browser sends it, and its attributes. */
function cookieOf(reply: Reply): { pair: string; attributes: string[] } {
  const [pair = '', ...attributes] = (reply.headers.get('set-cookie') ?? '').split('; ');
  return { pair, attributes };
}

async function signedIn(): Promise<{ person: TestPerson; cookie: string; reply: Reply }> {
  const person = await somebody();
  const reply = await target.ask(SIGN_IN, { input: { email: person.email, password: PASSWORD } }, PAGE);
  return { person, cookie: cookieOf(reply).pair, reply };
}

const viewerOf = (reply: Reply): string | null =>
  (dataOf(reply).viewer as { person: { id: string } } | null | undefined)?.person.id ?? null;

describe('a session in a cookie', () => {
  it('is set by signing in, out of the reach of scripts, and never returned', async () => {
    const { reply, person, cookie } = await signedIn();
    expect(errorsOf(reply)).toEqual([]);
    expect(dataOf(reply).signIn).toMatchObject({ token: null, viewer: { id: expect.any(String) as string } });
    expect(cookie).toMatch(/^__Host-mutual=[\w-]{43}$/);
    const { attributes } = cookieOf(reply);
    const seconds = Number(/^Max-Age=(\d+)$/.exec(attributes[1] ?? '')?.[1]);
    expect(attributes).toEqual([
      'Path=/',
      `Max-Age=${String(seconds)}`,
      'HttpOnly',
      'SameSite=Strict',
      'Secure',
    ]);
    // 90 days, which the database counts.
    expect(seconds).toBeGreaterThan(89 * 86_400);
    expect(seconds).toBeLessThanOrEqual(90 * 86_400);
    expect(reply.text).not.toContain(cookie.split('=')[1]);
    expect(viewerOf(await target.ask(WHO, {}, { ...PAGE, cookie }))).toBe(person.id);
    expect(viewerOf(await target.ask(WHO, {}, { ...PAGE, cookie: `theme=dark; ${cookie}; x=1` }))).toBe(
      person.id,
    );
  });

  it('is not set for clients that do not ask for one', async () => {
    const person = await somebody();
    const reply = await target.ask(SIGN_IN, { input: { email: person.email, password: PASSWORD } });
    expect(dataOf(reply).signIn).toMatchObject({ token: expect.any(String) as string });
    expect(reply.headers.get('set-cookie')).toBeNull();
  });

  it('counts only with the header that no form and no page of another site can send', async () => {
    const { cookie } = await signedIn();
    for (const headers of [
      { cookie },
      { cookie, origin: CLIENT },
      { cookie, origin: EVIL, 'sec-fetch-site': 'cross-site' },
      { ...PAGE, cookie, origin: EVIL },
      { ...PAGE, cookie, origin: 'null' },
      { ...PAGE, cookie, 'sec-fetch-site': 'cross-site' },
      { ...PAGE, cookie, 'mutual-session': 'yes' },
    ]) {
      expect(viewerOf(await target.ask(WHO, {}, headers))).toBeNull();
    }
    const files = await target.send('/trends.csv?from=2026-01&to=2026-12', { headers: { cookie } });
    expect(files.status).toBe(401);
  });

  it('is not looked at beside a bearer token, valid or not', async () => {
    const { cookie } = await signedIn();
    const other = await world.person(await world.organization());
    const bearer = `Bearer ${await world.signIn(other)}`;
    expect(viewerOf(await target.ask(WHO, {}, { ...PAGE, cookie, authorization: bearer }))).toBe(other.id);
    expect(
      viewerOf(await target.ask(WHO, {}, { ...PAGE, cookie, authorization: 'Bearer nothing' })),
    ).toBeNull();
  });

  it('reads files too', async () => {
    const { cookie } = await signedIn();
    // There are no releases yet: found, and refused for its range alone.
    const { status } = await target.send('/trends.csv?from=2026-13&to=2026-12', {
      headers: { ...PAGE, cookie },
    });
    expect(status).toBe(400);
  });

  it('is removed by signing out, and replaced by a new password', async () => {
    const { cookie } = await signedIn();
    const changed = await target.ask(
      'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { token } }',
      { input: { currentPassword: PASSWORD, newPassword: 'ten calm otters' } },
      { ...PAGE, cookie },
    );
    expect(dataOf(changed)).toEqual({ changePassword: { token: null } });
    const next = cookieOf(changed).pair;
    expect(next).not.toBe(cookie);
    expect(viewerOf(await target.ask(WHO, {}, { ...PAGE, cookie }))).toBeNull();
    const out = await target.ask('mutation { signOut { revokedId } }', {}, { ...PAGE, cookie: next });
    expect(errorsOf(out)).toEqual([]);
    expect(out.headers.get('set-cookie')).toBe(
      '__Host-mutual=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure',
    );
    expect(viewerOf(await target.ask(WHO, {}, { ...PAGE, cookie: next }))).toBeNull();
  });

  it('stays as it is after a wrong password, and after an operation that signs nobody in or out', async () => {
    const { person, cookie } = await signedIn();
    const wrong = await target.ask(
      SIGN_IN,
      { input: { email: person.email, password: 'wrong' } },
      { ...PAGE, cookie },
    );
    expect(errorsOf(wrong)[0]?.extensions?.code).toBe('INVALID_CREDENTIALS');
    for (const reply of [wrong, await target.ask(WHO, {}, { ...PAGE, cookie })]) {
      expect(reply.headers.get('set-cookie')).toBeNull();
    }
  });

  it('is known to browsers of the named origins only', async () => {
    const preflight = (origin: string) =>
      target.send('/graphql', {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type, mutual-session',
        },
      });
    const ours = await preflight(CLIENT);
    expect(ours.headers.get('access-control-allow-credentials')).toBe('true');
    expect(ours.headers.get('access-control-allow-origin')).toBe(CLIENT);
    expect(ours.headers.get('access-control-allow-headers')).toContain('mutual-session');
    const evil = await preflight(EVIL);
    expect(evil.headers.get('access-control-allow-origin')).not.toBe(EVIL);
  });

  it('opens WebSockets of pages of the named origins, and of no others', async () => {
    const { cookie } = await signedIn();
    const connect = (headers: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const client = createClient({
          url: `${app.url.replace('http', 'ws')}/graphql`,
          webSocketImpl: socketWithHeaders(headers),
          retryAttempts: 0,
          lazy: false,
          onNonLazyError: () => undefined,
          on: {
            connected: () => {
              resolve('connected');
              void client.dispose();
            },
            closed: (event) => {
              resolve(String((event as { code: number }).code));
            },
          },
        });
      });
    expect(await connect({ cookie, origin: CLIENT })).toBe('connected');
    expect(await connect({ cookie, origin: app.url })).toBe('connected');
    expect(await connect({ cookie })).toBe('4401');
    expect(await connect({ origin: CLIENT })).toBe('4401');
    // Refused before there is a WebSocket.
    expect(await connect({ cookie, origin: EVIL })).toBe('1006');
  });

  it('has no prefix over HTTP in development, where browsers would not keep it', async () => {
    await withApp({ NODE_ENV: 'development' }, async (plain) => {
      const there = new World(plain.database);
      const person = await there.person(await there.organization());
      const token = await there.signIn(person);
      const replies = [`mutual=${token}`, `__Host-mutual=${token}`].map((cookie) =>
        new Target(plain.url).ask(WHO, {}, { 'mutual-session': 'cookie', cookie, origin: plain.url }),
      );
      expect((await Promise.all(replies)).map(viewerOf)).toEqual([person.id, null]);
    });
  });
});
