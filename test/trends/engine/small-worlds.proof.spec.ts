import fc from 'fast-check';
import { releasePopulation } from '../../../libs/engagement/trends/release/release-population.js';
import { rounds, seed } from '../../setup/prove.js';
import { randomNumbers } from './large-organization.js';
import { renumbered } from './renumbered.js';
import { brokenPromises } from './promises.js';
import { smallWorld } from './small-world.js';

const WORLDS = rounds(100, 1_000);

describe('the release of small worlds', () => {
  it(`lets nobody work out an answer, or a combination of fewer than k people, in ${WORLDS} worlds`, () => {
    let eligible = 0;
    let released = 0;
    fc.assert(
      fc.property(smallWorld(), (world) => {
        for (const tree of releasePopulation(world.period, world.population).report) {
          eligible += tree.eligible;
          released += tree.released;
        }
        expect(brokenPromises(world, releasePopulation)).toEqual([]);
      }),
      { numRuns: WORLDS, seed: seed('small worlds') },
    );
    // It would be safe, and of no use, to release nothing.
    expect(released / eligible).toBeGreaterThan(0.3);
  });

  it('does not depend on the order and the numbers of people, groups and trees', () => {
    fc.assert(
      fc.property(smallWorld(), fc.integer(), (world, draw) => {
        const other = renumbered(world, randomNumbers(draw));
        expect(other.cellsOf(releasePopulation(other.world.period, other.world.population))).toEqual(
          renumbered(world).cellsOf(releasePopulation(world.period, world.population)),
        );
      }),
      { numRuns: WORLDS, seed: seed('renumbered worlds') },
    );
  });
});
