import { hasErrors } from './answers.js';
import { startBoth, type Both } from './both.js';
import { CREATE, Stage } from './stage.js';

/** Fields of a mutation happen one after the other, and one that fails does not keep the others from happening. */
describe('a mutation of several fields', () => {
  const FAILING = 'deletePersonalGoal(input: { id: "00000000-0000-4000-8000-000000000000" }) { deletedId }';
  const TIMES = 5;
  let both: Both;
  beforeAll(async () => {
    both = await startBoth();
  }, 60_000);
  afterAll(() => both.close());

  it.each([
    ['fails first', CREATE.replace('createPersonalGoal(', `${FAILING} createPersonalGoal(`)],
    ['fails last', CREATE.replace(/ }$/, ` ${FAILING} }`)],
  ])('returns what succeeded and null for the field that %s, however often it is sent', async (_when, mutation) => {
    const stage = await Stage.on(both);
    const reader = await stage.reader();
    for (let time = 1; time <= TIMES; time += 1) {
      const answer = await stage.ask(mutation, reader.token);
      expect(hasErrors(answer)).toBe(true);
      expect(answer.data).toEqual({ deletePersonalGoal: null, createPersonalGoal: expect.any(Object) as unknown });
    }
    expect(await stage.madeBy(reader)).toBe(TIMES);
  });
});
