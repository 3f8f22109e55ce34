import fc from 'fast-check';
import { releasePopulation } from '../../../libs/engagement/trends/release/release-population.js';
import type { Lists, MonthRows } from '../../../libs/engagement/trends/release/types.js';
import { rounds, seed } from '../../setup/prove.js';
import { smallestSupport } from './brute-force.js';
import { absences, isolatesPeople, rowsOverTime, without } from './over-time.js';
import { releasedRows, smallWorld, type SmallWorld } from './small-world.js';

const WORLDS = rounds(100, 1_000);
const QUARTERS = 4;

describe('the release of several periods', () => {
  it(`keeps three people in every combination of small figures of ${QUARTERS} quarters, in ${WORLDS} worlds`, () => {
    let later = 0;
    fc.assert(
      fc.property(smallWorld(), absences(QUARTERS), (world, absent) => {
        const rows = rowsOverTime(world, absent, releasePopulation);
        later += rows.slice(1).flat().length;
        expect(isolatesPeople(rows)).toBe(false);
      }),
      { numRuns: WORLDS, seed: seed('several quarters') },
    );
    expect(later).toBeGreaterThan(0);
  });

  it('keeps k people in every combination of a quarter and the months released within it', () => {
    let together = 0;
    fc.assert(
      fc.property(smallWorld(), absences(2), fc.boolean(), (world, [first, second], isAskedOnce) => {
        const months = isAskedOnce ? [without(world, [])] : [without(world, first!), without(world, second!)];
        const monthRows = months.map((month, index) => asMonth(month, `2026-0${index + 4}`));
        const release = releasePopulation(world.period, { ...world.population, months: monthRows });
        const quarterly = releasedRows(world, release, 0).map(({ people }) => people);
        if (quarterly.length === 0) return;
        together += 1;
        const rows = [...quarterly, ...monthRows.flatMap(({ rows }) => listsOf(rows))];
        expect(smallestSupport(rows, world.period.minimumGroupSize)).toBeNull();
      }),
      { numRuns: WORLDS, seed: seed('months of a quarter') },
    );
    expect(together).toBeGreaterThan(WORLDS / 4);
  });
});

/** A month whose figures are released as those of a quarter are: a month's own limit of 50 people has no room in a small world. */
function asMonth(world: SmallWorld, month: string): MonthRows {
  const { history } = releasePopulation(world.period, world.population);
  return { month, trees: history.trees, rows: history.rows };
}

function listsOf({ offsets, items }: Lists): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, row) => [
    ...items.subarray(offsets[row], offsets[row + 1]),
  ]);
}
