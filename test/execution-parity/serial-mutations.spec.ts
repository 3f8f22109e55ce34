import { hasErrors } from './responses.js';
import { startServerPair, type ServerPair } from './server-pair.js';
import { CREATE, SharedGoal } from './shared-goal.js';

/** Fields of a mutation happen one after the other, and none after one that failed and left no data. */
describe('a mutation of several fields', () => {
  const FAILING = 'deletePersonalGoal(input: { id: "00000000-0000-4000-8000-000000000000" }) { deletedId }';
  const TIMES = 5;
  let servers: ServerPair;
  beforeAll(async () => {
    servers = await startServerPair();
  }, 60_000);
  afterAll(() => servers.close());

  it.each([
    [
      'does nothing after one that failed',
      CREATE.replace('createPersonalGoal(', `${FAILING} createPersonalGoal(`),
      0,
    ],
    ['has done what came before', CREATE.replace(/ }$/, ` ${FAILING} }`), TIMES],
  ])('%s, however often it is sent', async (_does, mutation, made) => {
    const fixture = await SharedGoal.on(servers);
    const reader = await fixture.reader();
    for (let time = 1; time <= TIMES; time += 1) {
      const answer = await fixture.ask(mutation, reader.token);
      expect(hasErrors(answer)).toBe(true);
      expect(answer.data).toBeNull();
    }
    expect(await fixture.madeBy(reader)).toBe(made);
  });
});
