import { boundIndex } from './figures.js';
import { BOUNDS, type Bound, type MetricCells, type TreeCells } from './types.js';

const STEP = 0.1;

/**
 * ENGAGEMENT_INDEX: the mean of the drivers' released figures, where all of them are released. It is computed from published figures
 * only, so it reveals nothing that they do not. Each of these may be half a step from what it rounds, so the index may be half a step of a driver
 * further from the mean of the answers than its own step says.
 */
export function engagementIndex(drivers: readonly MetricCells[]): MetricCells {
  const [first] = drivers;
  if (first === undefined) throw new Error('The engagement index is the mean of at least one driver.');
  const errors = drivers.map(({ roundedTo }) => roundedTo);
  return {
    metric: 'ENGAGEMENT_INDEX',
    driver: null,
    roundedTo: STEP,
    trees: first.trees.map((cells, tree) =>
      indexOf(
        drivers.map(({ trees }) => trees[tree]!),
        errors.map((error) => error / 2),
        cells,
      ),
    ),
  };
}

function indexOf(
  drivers: readonly TreeCells[],
  errors: readonly number[],
  { tree, released }: TreeCells,
): TreeCells {
  const groups = released.length;
  const cells: TreeCells = {
    tree,
    released: new Uint8Array(groups),
    value: new Float64Array(groups),
    bound: new Uint8Array(groups),
    people: new Uint8Array(groups),
  };
  for (let group = 0; group < groups; group++) {
    if (drivers.some((driver) => driver.released[group] !== 1)) continue;
    const bounds = drivers.map((driver) => BOUNDS[driver.bound[group]!]!);
    const bound = jointBound(bounds);
    // What is rounded may be half a step more, or less, than is shown.
    const error = bound === 'AT_MOST' ? 1 : bound === 'AT_LEAST' ? -1 : 0;
    const sum = drivers.reduce(
      (total, driver, index) =>
        total + driver.value[group]! + (bounds[index] === 'ROUNDED' ? error * errors[index]! : 0),
      0,
    );
    cells.released[group] = 1;
    cells.value[group] = roundedMean(sum / drivers.length, bound);
    cells.bound[group] = boundIndex(bound);
    cells.people[group] = Math.min(...drivers.map((driver) => driver.people[group]!));
  }
  return cells;
}

function jointBound(bounds: readonly Bound[]): Bound {
  const moved = new Set(bounds.filter((bound) => bound !== 'ROUNDED'));
  const [only = 'ROUNDED'] = moved;
  return moved.size > 1 ? 'APPROXIMATE' : only;
}

function roundedMean(mean: number, bound: Bound): number {
  const steps = Number((mean / STEP).toFixed(6));
  const whole =
    bound === 'AT_MOST' ? Math.ceil(steps) : bound === 'AT_LEAST' ? Math.floor(steps) : Math.round(steps);
  return Number((whole * STEP).toFixed(6));
}
