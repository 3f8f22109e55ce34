/** Which groups the reference releasers publish in a quarter. They look at who took part, never at answers. */
import { isolatedSets } from './isolated-sets.js';
import { type Metric, askedOf, membersOf, unitsOf } from './metrics.js';
import { ORGANIZATION, TREES, type Tree } from './trees.js';
import type { World } from './world.js';

export interface GroupRef {
  tree: Tree;
  key: string;
}

/** @param history the sets of people behind the figures of this metric that were published before */
export type Selection = (
  world: World,
  period: string,
  metric: Metric,
  history: readonly (readonly string[])[],
) => GroupRef[];

/** The groups of some trees, the organization first, larger groups first. */
function candidates(world: World, period: string, trees: readonly Tree[]): GroupRef[] {
  const refs = trees.flatMap((tree) =>
    world.groups.filter((group) => group.tree === tree).map(({ key }) => ({ tree, key })),
  );
  const size = ({ tree, key }: GroupRef) => membersOf(world, period, tree, key).length;
  return [{ tree: trees[0]!, key: ORGANIZATION }, ...refs.sort((one, other) => size(other) - size(one))];
}

function isLargeEnough(
  world: World,
  period: string,
  metric: Metric,
  ref: GroupRef,
  minimum: number,
): boolean {
  return unitsOf(world, period, metric, ref.tree, ref.key).length >= minimum;
}

/** The threshold that most products publish: enough respondents in the group itself. */
export function thresholdOnly(minimum?: (world: World, period: string) => number): Selection {
  return (world, period, metric) =>
    candidates(world, period, TREES).filter((ref) =>
      isLargeEnough(world, period, metric, ref, minimum?.(world, period) ?? world.minimum),
    );
}

export interface ClosureOptions {
  minimum?: (world: World, period: string) => number;
  /** Whose values the closure is over; by default those of the definition. */
  units?: typeof unitsOf;
  /** Whether reports of leaders alone are counted, and not the leaders. */
  reportsOnly?: boolean;
  /** Whether answers that do not change over time are taken into account. */
  overTime?: boolean;
  /** Whether the closure is over the people who were asked too. */
  overAsked?: boolean;
  /** Whether a group is refused that overlaps with an accepted one without containing it or being in it. */
  nested?: boolean;
}

/** Accepts one group after the other as long as no combination of all accepted figures depends on fewer people than the minimum. */
export function closure(trees: readonly Tree[], options: ClosureOptions = {}): Selection {
  return (world, period, metric, history) => {
    const minimum = options.minimum?.(world, period) ?? world.minimum;
    const accepted: { ref: GroupRef; units: string[]; members: string[]; asked: string[] }[] = [];
    for (const ref of candidates(world, period, trees)) {
      const members = membersOf(world, period, ref.tree, ref.key);
      const asked = askedOf(world, period, metric, ref.tree, ref.key);
      const units =
        options.reportsOnly && metric.units === 'LEADERS'
          ? members
          : (options.units ?? unitsOf)(world, period, metric, ref.tree, ref.key);
      if (units.length < minimum) continue;
      const next = [...accepted, { ref, units, members, asked }];
      const isNested = accepted.every((one) => isNestedOrDisjoint(one.units, units));
      const isSafe =
        (options.nested !== true || isNested) &&
        isClosed(
          next.map((one) => one.units),
          minimum,
        ) &&
        isClosed(
          next.map((one) => one.members),
          metric.units === 'LEADERS' ? minimum : 1,
        ) &&
        // With no more people asked than the minimum, that a figure is released would tell that all of them answered.
        (options.overAsked === false ||
          isClosed(
            next.map((one) => one.asked),
            minimum + 1,
          )) &&
        (options.overTime === false || isClosed([...history, ...next.map((one) => one.units)], 3));
      if (isSafe) accepted.push({ ref, units, members, asked });
    }
    return accepted.map(({ ref }) => ref);
  };
}

function isNestedOrDisjoint(one: readonly string[], other: readonly string[]): boolean {
  const common = one.filter((id) => other.includes(id)).length;
  return common === 0 || common === one.length || common === other.length;
}

function isClosed(sets: readonly (readonly string[])[], minimum: number): boolean {
  const owners = [...new Set(sets.flat())];
  const rows = sets.map((set) => owners.map((owner) => Number(set.includes(owner))));
  return isolatedSets({ rows, owners }, minimum).length === 0;
}

export const organizationOnly: Selection = (world, period, metric, history) =>
  closure(['DEPARTMENT'])(world, period, metric, history).filter(({ key }) => key === ORGANIZATION);

/** Each tree by itself: what two trees tell together is overlooked. */
export const treesApart: Selection = (world, period, metric, history) =>
  TREES.flatMap((tree) => closure([tree], { overTime: false })(world, period, metric, history)).filter(
    ({ tree, key }) => key !== ORGANIZATION || tree === 'DEPARTMENT',
  );
