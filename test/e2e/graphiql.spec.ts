import { hashPassword } from '../../libs/auth/passwords.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#demo';
import { loadDemo } from '../../apps/cli/demo/load.js';
import { startApp, type TestApp } from './app.js';
import { production } from './production.js';

/** What Chromium sends for an address that is typed in. */
const BROWSER = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
};
const FILES = ['react.js', 'react-dom.js', 'graphiql.js', 'graphiql.css', 'client.js', 'client.css'];

function open(app: TestApp, path: string, headers: Record<string, string> = BROWSER): Promise<Response> {
  return fetch(`${app.url}${path}`, { headers });
}

/** What the page tells its script. */
function demoIn(page: string): { password: string; accounts: { email: string }[] } {
  const [, text = ''] = /data-demo="([^"]*)"/.exec(page) ?? [];
  return JSON.parse(text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))) as {
    password: string;
    accounts: { email: string }[];
  };
}

describe('in development', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ NODE_ENV: 'development' });
  });
  afterAll(() => app.close());

  it('serves GraphiQL to a browser, from this host alone', async () => {
    const response = await open(app, '/graphql');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const page = await response.text();
    const loaded = Array.from(page.matchAll(/(?:src|href)="([^"]+)"/g), ([, address]) => address);
    expect(loaded.filter((address) => !address?.startsWith('/graphiql/'))).toEqual(['data:,']);
    expect(page).not.toMatch(/<script(?![^>]* src=)|\son\w+=/);
    for (const name of FILES) {
      const file = await open(app, `/graphiql/${name}`);
      expect([name, file.status]).toEqual([name, 200]);
      expect(file.headers.get('content-type')).toBe(
        `text/${name.endsWith('.css') ? 'css' : 'javascript'}; charset=utf-8`,
      );
      expect((await file.text()).length).toBeGreaterThan(100);
    }
  });

  it('lets that page alone run scripts, and none of another host', async () => {
    const page = (await open(app, '/graphql')).headers.get('content-security-policy') ?? '';
    expect(page).toContain("script-src 'self';style-src 'self';");
    expect(page).not.toMatch(/unsafe|https?:|\*/);
    for (const path of ['/graphiql/client.js', '/health/live', '/nothing']) {
      const other = (await open(app, path)).headers.get('content-security-policy');
      expect([path, other]).toEqual([
        path,
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      ]);
    }
  });

  it.each([
    ['nothing', {}],
    ['JSON', { accept: 'application/json' }],
    ['anything', { accept: '*/*' }],
  ])('still refuses an operation sent with GET by a client that accepts %s', async (_what, headers) => {
    expect((await open(app, '/graphql', headers)).status).toBe(405);
    expect((await open(app, '/graphql?query={__typename}', BROWSER)).status).toBe(405);
  });

  it('offers nobody to sign in as where the database is not the demo organization', async () => {
    expect(demoIn(await (await open(app, '/graphql')).text()).accounts).toEqual([]);
  });

  it('offers people of the demo organization who can sign in with the password of the page', async () => {
    await loadDemo({
      adminUrl: app.testDatabase.adminUrl,
      passwordHash: () => hashPassword(DEMO_PASSWORD),
    });
    const { accounts, password } = demoIn(await (await open(app, '/graphql')).text());
    expect(accounts).toEqual(DEMO_ACCOUNTS);
    const { data } = await app.graphql<{ signIn: { token: string } }>(
      'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
      { input: { email: accounts[0]!.email, password } },
    );
    const answer = await app.graphql('{ __schema { queryType { name } } }', {}, data!.signIn.token);
    expect(answer.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  });
});

describe('in production', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(production);
  });
  afterAll(() => app.close());

  it('serves nothing of GraphiQL', async () => {
    const page = await open(app, '/graphql');
    expect([page.status, page.headers.get('allow')]).toEqual([405, 'POST']);
    for (const name of FILES) expect((await open(app, `/graphiql/${name}`)).status).toBe(404);
  });
});
