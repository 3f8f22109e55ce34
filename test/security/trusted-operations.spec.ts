import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphQLFormattedError } from 'graphql';
import { createClient } from 'graphql-ws';
import { startApp, type TestApp } from '../e2e/app.js';
import { production } from '../e2e/production.js';
import { World } from '../factories/world.js';
import { personWithPassword } from './person-with-password.js';
import { socketWithHeaders } from './socket-with-headers.js';
import { dataOf, errorsOf, Target } from './target.js';

const CLIENT = 'https://client.example.com';
const PASSWORD = 'nine calm otters';
const PAGE = { 'mutual-session': 'cookie', origin: CLIENT };
const SIGN_IN =
  'mutation SignIn($input: SignInInput!) { signIn(input: $input) { expiresAt viewer { id person { id } } } }';
const TRUSTED = 'query Who { viewer { id person { id name } } }';
const OTHER = 'query Who { viewer { id person { id email } } }';
const SUBSCRIPTION =
  'subscription Live($id: ID!) { conversationChanged(conversationId: $id) { __typename } }';

let folder: string;
let app: TestApp;
let target: Target;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutual-operations-'));
  const manifest = join(folder, 'operations.json');
  const operations = [SIGN_IN, TRUSTED, SUBSCRIPTION].map((body) => ({ id: '', name: '', type: '', body }));
  await writeFile(
    manifest,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
  );
  app = await startApp({ ...production, CORS_ORIGINS: CLIENT, TRUSTED_OPERATIONS: manifest });
  target = new Target(app.url);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function signedIn(): Promise<{ cookie: string; id: string; token: string }> {
  const world = new World(app.database);
  const person = await personWithPassword(app, world, PASSWORD);
  const reply = await target.ask(SIGN_IN, { input: { email: person.email, password: PASSWORD } }, PAGE);
  expect(errorsOf(reply)).toEqual([]);
  const [cookie = ''] = (reply.headers.get('set-cookie') ?? '').split(';');
  return { cookie, id: person.id, token: await world.signIn(person) };
}

describe('an installation with registered operations', () => {
  it('accepts from pages the registered operations, and no others', async () => {
    const { cookie, id } = await signedIn();
    const trusted = await target.ask(TRUSTED, {}, { ...PAGE, cookie });
    expect(errorsOf(trusted)).toEqual([]);
    expect(dataOf(trusted).viewer).toMatchObject({ person: { id } });
    for (const text of [OTHER, `${TRUSTED} `, TRUSTED.replace('name', 'id'), '{ __typename }']) {
      const reply = await target.ask(text, {}, { ...PAGE, cookie });
      expect(errorsOf(reply)).toMatchObject([
        {
          message: 'From pages, only the operations of the web client are accepted here.',
          extensions: { code: 'NOT_PERMITTED' },
        },
      ]);
      expect(dataOf(reply)).toEqual({});
      expect(reply.text).not.toContain(id);
    }
  });

  it('gives a page no session without the header that makes it one', async () => {
    const { cookie } = await signedIn();
    const reply = await target.ask(OTHER, {}, { cookie, origin: CLIENT });
    expect(dataOf(reply)).toEqual({ viewer: null });
  });

  it('accepts every operation from clients with a token', async () => {
    const { id, token } = await signedIn();
    const reply = await target.ask(OTHER, {}, { authorization: `Bearer ${token}` });
    expect(dataOf(reply).viewer).toMatchObject({ person: { id } });
  });

  it('accepts from WebSockets of pages the registered subscriptions, and no others', async () => {
    const { cookie, token } = await signedIn();
    const id = '00000000-0000-4000-8000-000000000000';
    const other = SUBSCRIPTION.replace('Live', 'Other');
    const page = { cookie, origin: CLIENT };
    expect(await subscribe(other, { id }, page)).toBe('NOT_PERMITTED');
    // There is no such conversation, which is found out only where the operation is accepted.
    expect(await subscribe(SUBSCRIPTION, { id }, page)).toBe('NOT_FOUND');
    expect(await subscribe(other, { id }, {}, { authorization: `Bearer ${token}` })).toBe('NOT_FOUND');
  });
});

/** The code of the error that a subscription ends with. */
function subscribe(
  query: string,
  variables: Record<string, unknown>,
  headers: Record<string, string>,
  connectionParams: Record<string, string> = {},
): Promise<unknown> {
  const client = createClient({
    url: `${app.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: socketWithHeaders(headers),
    retryAttempts: 0,
    connectionParams,
  });
  return new Promise((resolve) => {
    const codeOf = (errors: readonly GraphQLFormattedError[] | undefined): unknown =>
      errors?.[0]?.extensions?.code;
    client.subscribe(
      { query, variables },
      {
        next: ({ errors }) => {
          resolve(codeOf(errors));
        },
        error: (error) => {
          resolve(Array.isArray(error) ? codeOf(error as readonly GraphQLFormattedError[]) : error);
        },
        complete: () => {
          resolve('complete');
        },
      },
    );
  }).finally(() => client.dispose());
}
