import { long, rounds, seed } from '../../setup/prove.js';
import { TIMED_OUT, runMutant } from '../mutants/run-mutant.js';

/** Sources of the engine without one of its rules: each must break a promise in some small world. */
const MUTANTS: readonly {
  readonly what: string;
  readonly file: string;
  readonly replace: readonly [string, string];
  /** Whether it may never end, where it clips too little: then nothing is released, which counts as caught. */
  readonly mayNotEnd?: boolean;
}[] = [
  {
    what: 'releases every group with the minimum of people',
    mayNotEnd: true,
    file: 'closure.ts',
    replace: ['!graph.accept(side, slice)', 'false'],
  },
  {
    what: 'looks at each tree by itself',
    mayNotEnd: true,
    file: 'participant-graph.ts',
    replace: ['return flow === 0 || flow >= this.minimum;', 'return true;'],
  },
  {
    what: 'asks for fewer people than the minimum across a cut',
    mayNotEnd: true,
    file: 'participant-graph.ts',
    replace: ['return flow === 0 || flow >= this.minimum;', 'return flow === 0 || flow >= this.minimum - 1;'],
  },
  {
    what: 'leaves the sums as they are',
    file: 'bounded-values.ts',
    replace: ['while (!bounding.round()) continue;', ''],
  },
  {
    what: 'looks for room in one direction only',
    file: 'bounded-values.ts',
    replace: ['for (const isForth of [true, false])', 'for (const isForth of [true])'],
  },
  {
    what: 'is content with less room than the range of a value',
    mayNotEnd: true,
    file: 'bounded-values.ts',
    replace: ['const missing = this.range.width - flow;', 'const missing = this.range.width / 2 - flow;'],
  },
  {
    what: 'marks what was raised as rounded',
    file: 'figures.ts',
    replace: ["if (moved === RAISED) return 'AT_MOST';", "if (moved === RAISED) return 'ROUNDED';"],
  },
  {
    what: 'shows what was clipped on both sides as a bound',
    file: 'figures.ts',
    replace: ["moved === LOWERED ? 'AT_LEAST' : 'APPROXIMATE'", "'AT_LEAST'"],
  },
  {
    what: 'rounds bounds to the nearest step',
    file: 'figures.ts',
    replace: ["bound === 'AT_MOST' ? roundUp : Math.round", 'Math.round'],
  },
];

/** The same for what combinations over several quarters depend on. */
const MUTANTS_OVER_TIME: typeof MUTANTS = [
  {
    what: 'looks at no earlier period',
    file: 'closure.ts',
    replace: ['!history.allows(slice)', 'false'],
  },
  {
    what: 'takes two sets of people for enough',
    file: 'participation-history.ts',
    replace: ['const FEWEST = 3;', 'const FEWEST = 2;'],
  },
  {
    what: 'forgets what it releases',
    file: 'release-population.ts',
    replace: ["period.granularity === 'MONTH' ? [] : closure.smallRows", '[]'],
  },
  {
    what: 'takes everybody outside of a row for somebody in the same rows',
    file: 'participation-history.ts',
    replace: ['Math.min(count, this.classSizes[of]! - count)', 'count'],
  },
  {
    what: 'looks for single people in the null space and not for two',
    file: 'combinations.ts',
    replace: ['second !== first && areParallel', 'false && areParallel'],
  },
  {
    what: 'looks for two people in the null space and not for one',
    file: 'combinations.ts',
    replace: ['if (areParallel(products, weights)) return false;', ''],
  },
];

const WORLDS = rounds(300, 3_000);
/** In npm test always the same, in which every mutant ends. */
const SEED = long ? seed('mutants of the release') : 42;
const TIME_LIMIT_MS = 100_000;

describe('mutants of the release', () => {
  it.each(MUTANTS)('are caught: one that $what', async (mutant) => {
    expect(await isCaught(mutant, 'breaksPromises')).toBe(true);
  });
});

describe('mutants of the release of several periods', () => {
  it.each(MUTANTS_OVER_TIME)('are caught: one that $what', async (mutant) => {
    expect(await isCaught(mutant, 'isolatesOverTime')).toBe(true);
  });
});

async function isCaught(
  { file, replace: [text, by], mayNotEnd = false }: (typeof MUTANTS)[number],
  call: 'breaksPromises' | 'isolatesOverTime',
): Promise<boolean> {
  const caught = await runMutant<boolean>({
    replacements: [{ file: `release/${file}`, text, by }],
    module: new URL('./mutant-worlds.ts', import.meta.url),
    call,
    argument: { seed: SEED, worlds: WORLDS },
    timeLimitMs: TIME_LIMIT_MS,
  });
  return caught === TIMED_OUT ? mayNotEnd : caught;
}
