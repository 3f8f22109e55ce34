import { forgetRecorded } from './access-log.js';
import { lookUpsLast } from './look-ups.js';
import { startBoth, type Both } from './both.js';
import {
  CHANGES,
  problemsOf,
  problemsOfFailure,
  problemsOfMutation,
  problemsOfWaiting,
} from './recognized.js';
import { Stage } from './stage.js';

/** A query may begin as whom its session belonged to the last time: nothing of that may reach an answer, a row or the access log. */
describe('a session that was recognized', () => {
  let both: Both;
  let stage: Stage;
  let remember: () => void;
  beforeAll(async () => {
    remember = forgetRecorded();
    both = await startBoth();
    stage = await Stage.on(both);
  }, 60_000);
  afterAll(async () => {
    remember();
    await both.close();
  });

  describe.each([
    ['before', 'first'],
    ['meanwhile', 'first'],
    ['before', 'last'],
    ['meanwhile', 'last'],
  ] as const)('where the look-up finds what happened %s, and is answered %s', (when, order) => {
    let takeBack: () => void = () => undefined;
    beforeAll(() => {
      if (order === 'last') takeBack = lookUpsLast();
    });
    afterAll(() => {
      takeBack();
    });

    it.each(CHANGES)('and $name', async (change) => {
      expect(await problemsOf(stage, change, when)).toEqual([]);
    });

    it('and a mutation comes with it, does nothing once it is revoked', async () => {
      expect(await problemsOfMutation(stage, when)).toEqual([]);
    });

    it.each(['failing', 'cut off'] as const)('is refused while the look-up is %s', async (how) => {
      expect(await problemsOfFailure(stage, how)).toEqual([]);
    });
  });

  it('reads at once, and is answered after the look-up', async () => {
    const takeBack = lookUpsLast();
    try {
      expect(await problemsOfWaiting(stage)).toEqual([]);
    } finally {
      takeBack();
    }
  });
});
