import { createHash } from 'node:crypto';
import { World, hours, type TestOrganization, type TestPerson } from '../factories/world.js';
import { startApp, type TestApp } from './app.js';

const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
const NOBODY = { id: '00000000-0000-4000-8000-000000000000' };

let app: TestApp;
let world: World;
let organization: TestOrganization;
let ada: TestPerson;
beforeAll(async () => {
  app = await startApp();
  world = new World(app.database);
  organization = await world.organization();
  ada = await world.person(organization);
});
afterAll(() => app.close());

/** The code of the first error, or undefined when the service knew who asked and let them. */
async function codeFor(token?: string): Promise<string | undefined> {
  const { errors } = await app.graphql(NODE, NOBODY, token);
  return errors[0]?.extensions.code;
}

async function changeSession(token: string, change: string): Promise<void> {
  const { rowCount } = await app.database.query(`update session set ${change} where token_hash = $1`, [
    hash(token),
  ]);
  expect(rowCount).toBe(1);
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

describe('who is asking', () => {
  test('nobody without a token, with a made-up one or with the hash of a real one', async () => {
    const token = await world.signIn(ada);
    expect(await codeFor()).toBe('UNAUTHENTICATED');
    expect(await codeFor('made-up')).toBe('UNAUTHENTICATED');
    expect(await codeFor(hash(token).toString('hex'))).toBe('UNAUTHENTICATED');
    expect(await codeFor(ada.id)).toBe('UNAUTHENTICATED');
    expect(await codeFor(token)).toBeUndefined();
  });

  test.each([
    ['revoked', 'revoked_at = now()'],
    ['past its end', 'expires_at = now()'],
    ['unused for sixteen days', `last_seen_at = now() - interval '16 days'`],
  ])('nobody once a session is %s', async (_, change) => {
    const token = await world.signIn(ada);
    expect(await codeFor(token)).toBeUndefined();
    await changeSession(token, change);
    expect(await codeFor(token)).toBe('UNAUTHENTICATED');
  });

  test('nobody while the account is disabled', async () => {
    const person = await world.person(organization);
    const token = await world.signIn(person);
    await app.database.query('update account set disabled_at = now() where person_id = $1', [person.id]);
    expect(await codeFor(token)).toBe('UNAUTHENTICATED');
    await app.database.query('update account set disabled_at = null where person_id = $1', [person.id]);
    expect(await codeFor(token)).toBeUndefined();
  });

  test('a used session lives on; that it was used is written every five minutes at most', async () => {
    const token = await world.signIn(ada);
    const seen = async (): Promise<Date> => {
      const { rows } = await app.database.query<{ at: Date }>(
        'select last_seen_at as at from session where token_hash = $1',
        [hash(token)],
      );
      return rows[0]!.at;
    };
    const before = await seen();
    await codeFor(token);
    expect(await seen()).toEqual(before);
    await changeSession(token, `last_seen_at = now() - interval '15 days'`);
    expect(await codeFor(token)).toBeUndefined();
    expect((await seen()).getTime()).toBeGreaterThan(hours(-0.1).getTime());
  });

  test('the use of an API token is an entry of the audit trail, one a day', async () => {
    const token = await world.apiToken(organization, ['DIRECTORY_READ'], ada);
    const uses = async (): Promise<number> => {
      const { rows } = await app.database.query<{ uses: number }>(
        `select count(*)::int as uses from audit_entry a join session s on a.subject = 'API token ' || s.id
         where a.action = 'API_TOKEN_USED' and a.actor_id is null and s.token_hash = $1`,
        [hash(token)],
      );
      return rows[0]!.uses;
    };
    await Promise.all([codeFor(token), codeFor(token), codeFor(token)]);
    expect(await uses()).toBe(1);
    await changeSession(
      token,
      `created_at = now() - interval '9 days', last_seen_at = now() - interval '1 day'`,
    );
    await Promise.all([codeFor(token), codeFor(token)]);
    expect(await uses()).toBe(2);
  });
});
