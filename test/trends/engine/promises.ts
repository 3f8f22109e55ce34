import type { releasePopulation } from '../../../libs/engagement/trends/release/release-population.js';
import { excludedValues, smallestSupport } from './brute-force.js';
import { possibleValues, releasedRows, type SmallWorld } from './small-world.js';

export type Release = typeof releasePopulation;

/** What a release of a world gives away or gets wrong, by brute force. */
export function brokenPromises(world: SmallWorld, releaseOf: Release): string[] {
  const { period, population } = world;
  const release = releaseOf(period, population);
  const positions = new Map(Array.from(population.people, (person, position) => [person, position]));
  return population.metrics.flatMap((metric, index) => {
    const rows = releasedRows(world, release, index).map((row) => ({
      ...row,
      people: row.people.map((person) => positions.get(person)!),
    }));
    const broken: string[] = [];
    const support = smallestSupport(
      rows.map(({ people }) => people),
      period.minimumGroupSize,
    );
    if (support !== null)
      broken.push(`${metric.metric}: a combination depends on ${support.length} people only`);
    for (const { name, people, value, bound, least, most } of rows) {
      const sum = people.reduce((total, person) => total + metric.values[person]!, 0);
      if (sum < least - 1e-6 || sum > most + 1e-6) {
        broken.push(
          `${metric.metric}: ${bound} ${value} is not true of ${name}, whose mean is ${sum / people.length}`,
        );
      }
    }
    for (const { person, value } of excludedValues(metric.values.length, possibleValues(metric), rows)) {
      broken.push(`${metric.metric}: person ${person} cannot have answered ${value}`);
    }
    return broken;
  });
}
