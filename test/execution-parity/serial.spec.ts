import { hasErrors } from './answers.js';
import { startBoth, type Both } from './both.js';
import { CREATE, Stage } from './stage.js';

/** Fields of a mutation happen one after the other, and none after one that failed and left no data. */
describe('a mutation of several fields', () => {
  const FAILING = 'deletePersonalGoal(input: { id: "00000000-0000-4000-8000-000000000000" }) { deletedId }';
  const TIMES = 5;
  let both: Both;
  beforeAll(async () => {
    both = await startBoth();
  }, 60_000);
  afterAll(() => both.close());

  it.each([
    [
      'does nothing after one that failed',
      CREATE.replace('createPersonalGoal(', `${FAILING} createPersonalGoal(`),
      0,
    ],
    ['has done what came before', CREATE.replace(/ }$/, ` ${FAILING} }`), TIMES],
  ])('%s, however often it is sent', async (_does, mutation, made) => {
    const stage = await Stage.on(both);
    const reader = await stage.reader();
    for (let time = 1; time <= TIMES; time += 1) {
      const answer = await stage.ask(mutation, reader.token);
      expect(hasErrors(answer)).toBe(true);
      expect(answer.data).toBeNull();
    }
    expect(await stage.madeBy(reader)).toBe(made);
  });
});
