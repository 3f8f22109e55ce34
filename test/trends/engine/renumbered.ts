import type { GroupTree, PopulationRelease } from '../../../libs/engagement/trends/release/types.js';
import type { SmallWorld } from './small-world.js';

/** The same world with other numbers for people and groups, and the cells of its release by the keys of groups. */
export interface Renumbered {
  readonly world: SmallWorld;
  readonly cellsOf: (release: PopulationRelease) => string[];
}

/** Without a source of random numbers, the world as it is. */
export function renumbered({ period, population }: SmallWorld, random?: () => number): Renumbered {
  const people = shuffled(period.people, random);
  const trees = shuffled(period.trees.length, random).map((tree) =>
    renumberedTree(period.trees[tree]!, people, random),
  );
  const order = shuffled(population.people.length, random);
  const world: SmallWorld = {
    period: { ...period, trees },
    population: {
      ...population,
      people: Int32Array.from(order, (position) => people[population.people[position]!]!),
      metrics: population.metrics.map((metric) => ({
        ...metric,
        values: Float64Array.from(order, (position) => metric.values[position]!),
      })),
    },
  };
  return {
    world,
    cellsOf: ({ metrics }) =>
      metrics
        .flatMap(({ metric, trees: cells }) =>
          cells.flatMap(({ tree, released, value, bound, people }) =>
            trees
              .find((other) => other.tree === tree)!
              .keys.map((key, group) =>
                [
                  metric,
                  key,
                  released[group],
                  ...(released[group] === 1 ? [value[group], bound[group], people[group]] : []),
                ].join(' '),
              ),
          ),
        )
        .sort(),
  };
}

/** The organization stays group 0. */
function renumberedTree(
  { tree, keys, parents, groupOfPerson }: GroupTree,
  people: readonly number[],
  random?: () => number,
): GroupTree {
  const groups = [0, ...shuffled(keys.length - 1, random).map((group) => group + 1)];
  const renamed = { keys: [...keys], parents: parents.slice(), groupOfPerson: groupOfPerson.slice() };
  groups.forEach((to, from) => {
    renamed.keys[to] = keys[from]!;
    renamed.parents[to] = from === 0 ? -1 : groups[parents[from]!]!;
  });
  people.forEach((to, from) => (renamed.groupOfPerson[to] = groups[groupOfPerson[from]!]!));
  return { tree, ...renamed };
}

/** The numbers from 0 to `count - 1` in some order. */
function shuffled(count: number, random?: () => number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index);
  if (random === undefined) return numbers;
  const weights = numbers.map(() => random());
  return numbers.sort((a, b) => weights[a]! - weights[b]! || a - b);
}
