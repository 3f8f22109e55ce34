import { describe, expect, it } from '@jest/globals';
import { attackWorlds } from '../attack/campaign.js';
import { target } from './target.js';

const SEED = Number(process.env.SEED ?? '1');
/** A mistake that most organizations do not show is found in the first of so many. */
const MOST_WORLDS = 100;

describe('the attack on trends that the service releases', () => {
  const { releasers, mutants, definitions } = target;

  it('finds nothing', async () => {
    const { broken, undecided } = await attackWorlds(releasers[0]!.release, {
      worlds: 10,
      seed: SEED,
      definitions,
    });
    expect([...broken]).toEqual([]);
    expect(undecided).toBe(0);
  });

  it.each(mutants)('finds $expects where the mistake is: $name', async ({ attack }) => {
    const outcome = await attack({ worlds: MOST_WORLDS, seed: SEED, definitions, untilBroken: true });
    expect(outcome?.broken.size).toBe(1);
  });
});
