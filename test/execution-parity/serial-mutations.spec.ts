import { hasErrors } from './responses.js';
import { startServerPair, type ServerPair } from './server-pair.js';
import { CREATE, SharedGoal } from './shared-goal.js';

/** Fields of a mutation happen one after the other, and one that fails does not keep the others from happening. */
describe('a mutation of several fields', () => {
  const FAILING = 'deletePersonalGoal(input: { id: "00000000-0000-4000-8000-000000000000" }) { deletedId }';
  const TIMES = 5;
  let servers: ServerPair;
  beforeAll(async () => {
    servers = await startServerPair();
  });
  afterAll(() => servers.close());

  it.each([
    ['fails first', CREATE.replace('createPersonalGoal(', `${FAILING} createPersonalGoal(`)],
    ['fails last', CREATE.replace(/ }$/, ` ${FAILING} }`)],
  ])(
    'returns what succeeded and null for the field that %s, however often it is sent',
    async (_when, mutation) => {
      const fixture = await SharedGoal.on(servers);
      const reader = await fixture.reader();
      for (let time = 1; time <= TIMES; time += 1) {
        const answer = await fixture.ask(mutation, reader.token);
        expect(hasErrors(answer)).toBe(true);
        expect(answer.data).toEqual({
          deletePersonalGoal: null,
          createPersonalGoal: expect.any(Object) as unknown,
        });
      }
      expect(await fixture.madeBy(reader)).toBe(TIMES);
    },
  );
});
