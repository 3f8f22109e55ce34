import { createHash } from 'node:crypto';
import { startApp, type TestApp } from '../e2e/app.js';
import { production } from '../e2e/production.js';
import { World, type TestPerson } from '../factories/world.js';
import { personWithPassword } from './person-with-password.js';
import { dataOf, errorsOf, Target, type Reply } from './target.js';

const PASSWORD = 'nine calm otters';

describe.each([
  ['development', { NODE_ENV: 'development' }],
  ['production', production],
])('many passwords in one operation, in %s settings', (_name, settings) => {
  let app: TestApp;
  let world: World;
  let token: string;
  beforeAll(async () => {
    app = await startApp({ ...settings });
    world = new World(app.database);
    token = await world.signIn(await world.person(await world.organization()));
  });
  afterAll(() => app.close());

  const somebody = (): Promise<TestPerson> => personWithPassword(app, world, PASSWORD);

  const tryAll = (target: Target, email: string, passwords: readonly string[]): Promise<Reply> =>
    target.ask(
      `mutation { ${passwords
        .map(
          (password, n) =>
            `a${String(n)}: signIn(input: { email: "${email}", password: "${password}" }) { token }`,
        )
        .join(' ')} }`,
    );
  const guesses = (count: number) => Array.from({ length: count }, (_, n) => `guess number ${String(n)}`);
  const codes = (reply: Reply) => errorsOf(reply).map(({ extensions }) => extensions?.code);

  it.each([
    ['nobody', () => undefined],
    ['somebody signed in as another', () => token],
  ])('are refused as a whole when they are a hundred, from %s', async (_who, bearer) => {
    const target = new Target(app.url, bearer());
    const { email } = await somebody();
    const reply = await tryAll(target, email, [...guesses(99), PASSWORD]);
    expect(codes(reply)).toEqual(['TOO_COMPLEX']);
    expect(dataOf(reply)).toEqual({});
    // None of them counted as a try.
    const { data } = await app.graphql(
      'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
      { input: { email, password: PASSWORD } },
    );
    expect(data).toEqual({ signIn: { token: expect.any(String) as string } });
  });

  it('each count as an attempt when they are few: the right one after too many wrong ones is refused', async () => {
    const { id, email } = await somebody();
    const sessions = async () => {
      const { rows } = await app.database.query('select id from session where person_id = $1', [id]);
      return rows.length;
    };
    const before = await sessions();
    const reply = await tryAll(new Target(app.url), email, [...guesses(11), PASSWORD]);
    const returned = codes(reply);
    expect(returned.filter((code) => code === 'INVALID_CREDENTIALS').length).toBeLessThanOrEqual(6);
    expect(returned.filter((code) => code === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(6);
    expect(returned).toHaveLength(12);
    expect(Object.values(dataOf(reply)).every((field) => field === null)).toBe(true);
    expect(await sessions()).toBe(before);
  });

  it('are few when sent in many operations at once', async () => {
    const { email } = await somebody();
    const replies = await Promise.all(
      guesses(12).map((guess) => tryAll(new Target(app.url), email, [guess])),
    );
    const returned = replies.flatMap(codes);
    expect(returned.filter((code) => code === 'INVALID_CREDENTIALS').length).toBeLessThanOrEqual(6);
    expect(returned.filter((code) => code === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(6);
    expect(returned).toHaveLength(12);
  });

  it('are few under made-up addresses of the client too: no header is believed unless its proxy is named', async () => {
    const { email } = await somebody();
    const replies = await Promise.all(
      guesses(12).map((password, n) =>
        new Target(app.url).ask(
          'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
          { input: { email, password } },
          {
            'x-forwarded-for': `203.0.113.${String(n)}`,
            'x-real-ip': `203.0.113.${String(n)}`,
            forwarded: `for=203.0.113.${String(n)}`,
          },
        ),
      ),
    );
    const returned = replies.flatMap(codes);
    expect(returned.filter((code) => code === 'RATE_LIMITED').length).toBeGreaterThanOrEqual(6);
  });

  it('get a token that is 256 random bits, new each time, of which the database keeps a hash', async () => {
    const { id, email } = await somebody();
    const tokens = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const { a0 } = dataOf(await tryAll(new Target(app.url), email, [PASSWORD])) as {
        a0: { token: string };
      };
      expect(Buffer.from(a0.token, 'base64url')).toHaveLength(32);
      tokens.add(a0.token);
    }
    expect(tokens.size).toBe(3);
    const { rows } = await app.database.query<{ hash: Buffer; row: string }>(
      'select token_hash as hash, s::text as row from session s where person_id = $1',
      [id],
    );
    for (const one of tokens) {
      const hash = createHash('sha256').update(one).digest();
      expect(rows.filter((row) => row.hash.equals(hash))).toHaveLength(1);
      expect(rows.filter(({ row }) => row.includes(one))).toEqual([]);
    }
  });

  it('while the right one is right', async () => {
    const { email } = await somebody();
    const reply = await tryAll(new Target(app.url), email, [PASSWORD]);
    expect([errorsOf(reply), dataOf(reply)]).toEqual([[], { a0: { token: expect.any(String) as string } }]);
  });

  it('and a list in a variable is no way around: it is no operation', async () => {
    const { email } = await somebody();
    const reply = await new Target(app.url).ask(
      'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
      { input: guesses(3).map((password) => ({ email, password })) },
    );
    expect(codes(reply)).toEqual(['BAD_USER_INPUT']);
  });
});
