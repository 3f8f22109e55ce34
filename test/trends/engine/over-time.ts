import fc from 'fast-check';
import type { HistoryRows, Lists } from '../../../libs/engagement/trends/release/types.js';
import { smallestSupport } from './brute-force.js';
import type { Release } from './promises.js';
import { NO_LISTS, releasedRows, type SmallWorld } from './small-world.js';

/** For each period, the people who do not answer: of the first 26, few. */
export function absences(periods: number): fc.Arbitrary<number[][]> {
  const away = fc.uniqueArray(fc.integer({ min: 0, max: 25 }), { maxLength: 8 });
  return fc.array(away, { minLength: periods, maxLength: periods });
}

/** The rows that are released in each of some quarters; in small worlds all have fewer than 50 people. */
export function rowsOverTime(
  world: SmallWorld,
  absent: readonly number[][],
  releaseOf: Release,
): number[][][] {
  let history: Lists = NO_LISTS;
  return absent.map((away) => {
    const now = without(world, away);
    const release = releaseOf(now.period, { ...now.population, history });
    history = concatenated(history, release.history);
    return releasedRows(now, release, 0).map(({ people }) => [...people]);
  });
}

/** Whether a combination of the small figures of all periods depends on one or two people. */
export function isolatesPeople(rows: readonly number[][][]): boolean {
  return smallestSupport(rows.flat(), 3) !== null;
}

export function without(world: SmallWorld, away: readonly number[]): SmallWorld {
  const positions = [...world.population.people.keys()].filter(
    (position) => !away.includes(world.population.people[position]!),
  );
  return {
    period: world.period,
    population: {
      ...world.population,
      people: Int32Array.from(positions, (position) => world.population.people[position]!),
      metrics: world.population.metrics.map((metric) => ({
        ...metric,
        values: Float64Array.from(positions, (position) => metric.values[position]!),
      })),
    },
  };
}

/** The participation history after a further period. */
export function concatenated(before: Lists, { rows }: HistoryRows): Lists {
  const offset = before.items.length;
  return {
    offsets: Int32Array.from([...before.offsets, ...rows.offsets.subarray(1).map((end) => end + offset)]),
    items: Int32Array.from([...before.items, ...rows.items]),
  };
}
