import { startApp, type TestApp } from './app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it('is alive, and ready while the database is there', async () => {
  const health = await fetch(`${app.url}/health`);
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
  const ready = await fetch(`${app.url}/ready`);
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
});

it('answers GraphQL', async () => {
  const { status, data, errors } = await app.graphql('{ __typename }');
  expect({ status, data, errors }).toEqual({ status: 200, data: { __typename: 'Query' }, errors: [] });
});
