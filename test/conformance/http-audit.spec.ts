import { getIntrospectionQuery } from 'graphql';
import { auditServer, type AuditResult } from 'graphql-http';
import { World, type TestOrganization, type TestPerson } from '../factories/world.js';
import { sendOperation, startApp, type TestApp } from '../e2e/app.js';
import { production } from '../e2e/production.js';

let app: TestApp;
let world: World;
let organization: TestOrganization;
let ada: TestPerson;
let schemaToken: string;
beforeAll(async () => {
  app = await startApp(production);
  world = new World(app.database);
  organization = await world.organization();
  ada = await world.person(organization);
  for (const role of ['PEOPLE_ADMIN', 'HR_ANALYST', 'ORGANIZATION_ADMIN', 'AUDITOR'])
    await world.role(ada, role);
  schemaToken = await world.apiToken(organization, ['SCHEMA_READ'], ada);
});
afterAll(() => app.close());

async function audit(token?: string): Promise<AuditResult[]> {
  return auditServer({
    url: `${app.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
      return fetch(url, { ...init, headers });
    },
  });
}

describe('GraphQL over HTTP, in production settings', () => {
  it('its audit finds nothing but that GET is off', async () => {
    const results = await audit(schemaToken);
    expect(results).toHaveLength(61);
    const others = results.filter(({ status }) => status !== 'ok');
    expect(others.map(({ name, status }) => [status, name])).toEqual([
      ['notice', 'MAY accept application/x-www-form-urlencoded formatted GET requests'],
      [
        'notice',
        'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
      ],
      [
        'notice',
        'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
      ],
    ]);
  });

  it('and can find something: without a token, the operations that it sends are refused', async () => {
    const results = await audit();
    expect(results.filter(({ status }) => status === 'ok').length).toBeLessThan(58);
  });
});

describe('introspection, in production settings', () => {
  const ask = (query: string, token?: string) =>
    sendOperation<{ __schema: object }>(app.url, query, {}, token);
  it('is for tools with a token for it', async () => {
    const { data, errors } = await ask(getIntrospectionQuery(), schemaToken);
    expect(errors).toEqual([]);
    expect(data?.__schema).toMatchObject({
      queryType: { name: 'Query' },
      mutationType: { name: 'Mutation' },
    });
  });

  const whoElse: [string, () => Promise<string | undefined>, string][] = [
    ['nobody', () => Promise.resolve(undefined), 'UNAUTHENTICATED'],
    ['a made-up token', () => Promise.resolve('a'.repeat(43)), 'UNAUTHENTICATED'],
    ['somebody signed in, with every role', () => world.signIn(ada), 'NOT_PERMITTED'],
    [
      'a token for the directory',
      () => world.apiToken(organization, ['DIRECTORY_READ', 'DIRECTORY_WRITE'], ada),
      'NOT_PERMITTED',
    ],
    ['a token for trends', () => world.apiToken(organization, ['TRENDS_READ'], ada), 'NOT_PERMITTED'],
  ];
  it.each(whoElse)('is refused to %s', async (_who, token, code) => {
    const bearer = await token();
    for (const query of [
      getIntrospectionQuery(),
      '{ __schema { queryType { name } } }',
      '{ __type(name: "Person") { name } }',
      '{ ...F } fragment F on Query { ... { t: __type(name: "Person") { name } } }',
      'query ($no: Boolean = false) { __typename @skip(if: $no) __schema @include(if: $no) { description } }',
    ]) {
      const { data, errors } = await ask(query, bearer);
      expect(data).toBeUndefined();
      expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
    }
    const { data } = await ask('{ __typename }', bearer);
    expect(data).toEqual({ __typename: 'Query' });
  });
});
