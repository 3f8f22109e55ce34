import { describe, expect, it } from '@jest/globals';
import { attackWorlds, judgeWorlds } from './campaign.js';
import {
  REFERENCE_MUTANTS,
  nestedReleaser,
  oneTreeReleaser,
  organizationReleaser,
} from './reference-releasers.js';

const SEED = Number(process.env.SEED ?? '1');

describe('the attack on released trends', () => {
  it.each([
    ['the organization only', organizationReleaser],
    ['one tree by Rule T', oneTreeReleaser],
    ['nested groups of three trees by Rule T', nestedReleaser],
  ])('finds nothing in figures of %s', async (_, release) => {
    const { broken, undecided } = await attackWorlds(release, { worlds: 10, seed: SEED });
    expect([...broken]).toEqual([]);
    expect(undecided).toBe(0);
  });

  it.each(REFERENCE_MUTANTS)('finds $expects where the mistake is: $name', async ({ release, expects }) => {
    const { broken } = await attackWorlds(release, {
      worlds: 200,
      seed: SEED,
      kind: expects,
      untilBroken: true,
    });
    expect(broken.size).toBe(1);
  });
});

describe('the second judge', () => {
  it.each([false, true])(
    'finds nothing in figures of one tree by Rule T (whole numbers: %s)',
    async (whole) => {
      const { broken, answers, totals } = await judgeWorlds(
        oneTreeReleaser,
        { worlds: 5, seed: SEED },
        whole,
      );
      expect([...broken]).toEqual([]);
      expect(answers).toBeGreaterThan(500);
      expect(totals).toBeGreaterThan(50);
    },
  );

  it.each(['threshold only', 'values not clipped'])(
    'finds narrowed ranges where the mistake is: %s',
    async (name) => {
      const { release } = REFERENCE_MUTANTS.find((mutant) => mutant.name === name)!;
      const { broken } = await judgeWorlds(release, { worlds: 5, seed: SEED }, true);
      expect(broken.size).toBeGreaterThan(0);
    },
  );
});
