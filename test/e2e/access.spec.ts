import { createHash } from 'node:crypto';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type IntrospectionQuery,
} from 'graphql';
import { World, day, hours, type TestOrganization, type TestPerson } from '../factories/world.js';
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
  it('treats a request without a token, with a made-up one or with the hash of a real one as anonymous', async () => {
    const token = await world.signIn(ada);
    expect(await codeFor()).toBe('UNAUTHENTICATED');
    expect(await codeFor('made-up')).toBe('UNAUTHENTICATED');
    expect(await codeFor(hash(token).toString('hex'))).toBe('UNAUTHENTICATED');
    expect(await codeFor(ada.id)).toBe('UNAUTHENTICATED');
    expect(await codeFor(token)).toBeUndefined();
  });

  it.each([
    ['revoked', 'revoked_at = now()'],
    ['past its end', 'expires_at = now()'],
    ['unused for sixteen days', `last_seen_at = now() - interval '16 days'`],
  ])('treats a session that is %s as signed out', async (_, change) => {
    const token = await world.signIn(ada);
    expect(await codeFor(token)).toBeUndefined();
    await changeSession(token, change);
    expect(await codeFor(token)).toBe('UNAUTHENTICATED');
  });

  it('treats sessions of a disabled account as signed out', async () => {
    const person = await world.person(organization);
    const token = await world.signIn(person);
    await app.database.query('update account set disabled_at = now() where person_id = $1', [person.id]);
    expect(await codeFor(token)).toBe('UNAUTHENTICATED');
    await app.database.query('update account set disabled_at = null where person_id = $1', [person.id]);
    expect(await codeFor(token)).toBeUndefined();
  });

  it('records the use of a session at most every five minutes', async () => {
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

  it('records the use of an API token in the audit trail once a day', async () => {
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

describe('who may call what', () => {
  // Adding a field here opens it to everybody.
  const PUBLIC = [
    'acceptInvitation',
    'cancelEmailChange',
    'confirmEmailChange',
    'requestPasswordReset',
    'resetPassword',
    'signIn',
  ];
  const FOR_FORMER = [
    'cancelErasure',
    'changeEmail',
    'changePassword',
    'deletePersonalGoal',
    'eraseMyData',
    'exportMyData',
    'node',
    'nodes',
    'organization',
    'personalGoal',
    'revokeSession',
    'signOut',
    'viewer',
  ];

  interface Asked {
    readonly name: string;
    readonly operation: string;
  }

  /** An operation for every field of Query and Mutation, with arguments that GraphQL accepts. */
  async function everyField(): Promise<Asked[]> {
    const { data } = await app.graphql<{ __schema: object }>(
      getIntrospectionQuery({ oneOf: true }),
      {},
      await world.apiToken(organization, ['SCHEMA_READ'], ada),
    );
    const schema = buildClientSchema(data as unknown as IntrospectionQuery);
    return (['Query', 'Mutation'] as const).flatMap((root) =>
      Object.values((schema.getType(root) as GraphQLObjectType).getFields()).map((field) => {
        const given = field.args
          .filter((argument) => isNonNullType(argument.type))
          .map(({ name, type }) => `${name}: ${literal(type)}`);
        const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
        const call = `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${selection}`;
        return { name: field.name, operation: `${root.toLowerCase()} { ${call} }` };
      }),
    );
  }

  const SCALARS: Readonly<Record<string, string>> = {
    ID: `"${NOBODY.id}"`,
    Int: '1',
    Float: '1',
    Boolean: 'true',
    DateTime: '"2030-01-01T10:00:00Z"',
    Date: '"2030-01-01"',
    EmailAddress: '"nobody@example.com"',
    TimeZone: '"UTC"',
    RecurrenceRule: '"FREQ=WEEKLY"',
  };

  function literal(type: GraphQLInputType): string {
    const inner = isNonNullType(type) ? type.ofType : type;
    if (isListType(inner)) return `[${literal(inner.ofType)}]`;
    if (isEnumType(inner)) return inner.getValues()[0]!.name;
    if (isInputObjectType(inner)) {
      const all = Object.values(inner.getFields());
      const fields = inner.isOneOf ? all.slice(0, 1) : all.filter(({ type }) => isNonNullType(type));
      return `{ ${fields.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
    }
    return SCALARS[inner.toString()] ?? '"x"';
  }

  /** The names of the fields that refuse the person whose token `signIn` returns, with this code, and of those that do not. */
  async function sorted(
    signIn: () => Promise<string | undefined>,
    refusal: string,
  ): Promise<{ refused: string[]; open: string[] }> {
    const refused: string[] = [];
    const open: string[] = [];
    for (const { name, operation } of await everyField()) {
      // A token for each: some of them end it.
      const { errors, status } = await app.graphql(operation, {}, await signIn());
      // 400 would be an operation of ours that GraphQL did not accept.
      expect([name, status]).toEqual([name, 200]);
      (errors.some(({ extensions }) => extensions.code === refusal) ? refused : open).push(name);
    }
    return { refused: refused.sort(), open: open.sort() };
  }

  it('allows anonymous callers only the public fields', async () => {
    const { refused, open } = await sorted(() => Promise.resolve(undefined), 'UNAUTHENTICATED');
    // It is open, and answers so of its own without a link.
    const own = ['cancelEmailChange'];
    expect([...open, ...own].sort()).toEqual(PUBLIC);
    expect(refused).toEqual(
      expect.arrayContaining([...own, 'people', 'createPersonalGoal', 'node', 'viewer']),
    );
    expect(refused.length).toBeGreaterThan(40);
  });

  it.each([
    ['SCHEMA_READ', 'only fields that need no person', []],
    ['TRENDS_READ', 'to read trends', ['engagementTrend', 'trendReleases']],
  ])('allows an API token with %s %s', async (scope, _, fields) => {
    const { open } = await sorted(() => world.apiToken(organization, [scope], ada), 'NOT_PERMITTED');
    const publicToTokens = PUBLIC.filter((name) => name !== 'cancelEmailChange');
    expect(open).toEqual([...publicToTokens, 'node', 'nodes', 'viewer', ...fields].sort());
  });

  it('allows an API token with a directory scope to read the directory', async () => {
    const { open } = await sorted(
      () => world.apiToken(organization, ['DIRECTORY_READ'], ada),
      'NOT_PERMITTED',
    );
    const publicToTokens = PUBLIC.filter((name) => name !== 'cancelEmailChange');
    expect(open).toEqual(
      [...publicToTokens, 'node', 'nodes', 'organization', 'people', 'person', 'viewer'].sort(),
    );
  });

  it('allows a former employee only their own goals and account', async () => {
    const person = await world.person(organization);
    await world.leaves(person, day(-1));
    const { open } = await sorted(() => world.signIn(person), 'NOT_PERMITTED');
    expect(open).toEqual([...PUBLIC, ...FOR_FORMER].sort());
  });
});
