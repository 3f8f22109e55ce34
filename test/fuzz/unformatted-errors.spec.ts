import { jest } from '@jest/globals';
import { fuzz } from './fuzz.js';

/* The service with one guard less: errors are passed on as they are. The fuzzer must find them by their words. */

it('errors that are passed on as they are, are found by their words', async () => {
  const formats = await import('../../libs/graphql/errors/error-format.js');
  jest.unstable_mockModule('../../libs/graphql/errors/error-format.js', () => ({
    ...formats,
    formatError: (formatted: object) => formatted,
  }));
  const { loadSeparately } = await import('../setup/service.js');
  const { withApp } = await import('../e2e/app.js');
  await loadSeparately();
  await withApp({ COST_PER_MINUTE: '0' }, async (app) => {
    // So that there is an error to pass on.
    await app.database.query(`revoke select on business_goal from ${app.testDatabase.rolePrefix}_app`);
    const { failures } = await fuzz({ app, seed: 4, callers: ['employee'], operations: 120 });
    expect(failures.map(({ problem }) => problem)).toContain('inner words: permission denied');
  });
});
