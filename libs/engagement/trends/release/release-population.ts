import { boundSums, type Classes } from './bounded-values.js';
import { inCanonicalOrder } from './canonical-people.js';
import { acceptGroups, SMALL, type Closure } from './closure.js';
import { bandOf, boundIndex, figureOf } from './figures.js';
import { leadersWithReports } from './leaders.js';
import { membersOf, sizeOf, sliceOf, type Members } from './members.js';
import type {
  GroupTree,
  HistoryRows,
  MetricCells,
  MetricInput,
  PeriodInput,
  Population,
  PopulationRelease,
  Progress,
  TreeCells,
  TreeReport,
} from './types.js';

/** Decides which groups are released for a population of a closed period, and computes what is shown of them (Rule T). */
export function releasePopulation(
  period: PeriodInput,
  given: Population,
  progress: Progress = () => undefined,
): PopulationRelease {
  const trees = [...period.trees].sort((a, b) => (a.tree < b.tree ? -1 : 1));
  const population = canonical(given, trees);
  for (const metric of population.metrics) assertScale(metric);
  const report = (step: string): void => {
    progress({ population: given.key, step });
  };
  const members = trees.map((tree) => membersOf(tree, population.people));
  report('members');
  const { asked } = population;
  const membersAsked = asked === undefined ? null : trees.map((tree) => membersOf(tree, asked));
  const closure = acceptGroups(period, trees, members, membersAsked, population);
  report('closure');
  const rows = new Rows(trees, members, membersAsked ?? members, closure, population.people);
  // Smaller groups are accepted and not shown.
  const least =
    period.granularity === 'MONTH' ? Math.max(SMALL, period.minimumGroupSize) : period.minimumGroupSize;
  const shown = (size: number): Uint8Array[] =>
    closure.accepted.map((accepted, tree) =>
      accepted.map((isAccepted, group) => (sizeOf(members[tree]!, group) >= size ? isAccepted : 0)),
    );
  const sizes = population.metrics.map((metric) => Math.max(least, leastToHideCount(metric)));
  const metrics = population.metrics.map((metric, index) => {
    const cells = rows.cellsOf(metric, period.minimumGroupSize, shown(sizes[index]!));
    report(metric.driver === null ? metric.metric : `${metric.metric} ${metric.driver}`);
    return cells;
  });
  const smallest = Math.min(...sizes);
  return {
    key: given.key,
    metrics,
    history: historyRows(trees, members, period.granularity === 'MONTH' ? [] : closure.smallRows),
    report: reportOf(trees, members, closure.suppressed, shown(smallest), smallest),
  };
}

/** The people who count, in canonical order, with their values. */
function canonical(population: Population, trees: readonly GroupTree[]): Population {
  const counted =
    population.unit === 'LEADER' ? leadersWithReports(population) : Int32Array.from(population.people.keys());
  const among = counted.map((position) => population.people[position]!);
  const positions = inCanonicalOrder(among, trees).map((position) => counted[position]!);
  return {
    ...population,
    people: positions.map((position) => population.people[position]!),
    metrics: population.metrics.map((metric) => ({
      ...metric,
      values: Float64Array.from(positions, (position) => metric.values[position]!),
    })),
  };
}

/** Of answers of yes and no, a figure tells the number of yes if its step is less than two people. */
function leastToHideCount({ lowest, highest, valueStep, roundedTo }: MetricInput): number {
  const width = highest - lowest;
  return valueStep === width ? Math.ceil((2 * width) / roundedTo - 1e-9) : 0;
}

function assertScale({ metric, lowest, highest, roundedTo, values }: MetricInput): void {
  if (roundedTo < (highest - lowest) / 50 - 1e-9) {
    throw new Error(`${metric} is rounded to ${roundedTo}, which is finer than a 50th of its range.`);
  }
  for (const value of values) {
    if (!(value >= lowest && value <= highest)) throw new Error(`A value of ${metric} is out of its bounds.`);
  }
}

/** What all metrics of a population have in common: its classes, and to which accepted group each belongs. */
class Rows {
  private readonly classes: Classes | null;
  private readonly classOf: Int32Array;
  /** For each tree, the deepest accepted group of each class. */
  private readonly groups: readonly Int32Array[];

  constructor(
    private readonly trees: readonly GroupTree[],
    private readonly members: readonly Members[],
    private readonly counted: readonly Members[],
    closure: Closure,
    private readonly people: Int32Array,
  ) {
    this.classOf = new Int32Array(people.length);
    const { graph } = closure;
    if (graph === null) {
      this.classes = null;
      this.groups = [];
      return;
    }
    const numbers = new Map<number, number>();
    const [left, right, counts, representatives]: number[][] = [[], [], [], []];
    people.forEach((person, position) => {
      const [l, r] = [graph.vertexOf[0][person]!, graph.vertexOf[1][person]!];
      const name = l * graph.vertices + r;
      let number = numbers.get(name);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(name, number);
        left!.push(l);
        right!.push(r);
        counts!.push(0);
        representatives!.push(person);
      }
      counts![number]! += 1;
      this.classOf[position] = number;
    });
    this.classes = {
      left: Int32Array.from(left!),
      right: Int32Array.from(right!),
      people: Int32Array.from(counts!),
      vertices: graph.vertices,
    };
    this.groups = trees.map((tree, index) => {
      const accepted = nearestAccepted(tree, closure.accepted[index]!, members[index]!);
      return Int32Array.from(representatives!, (person) => accepted[tree.groupOfPerson[person]!]!);
    });
  }

  cellsOf(metric: MetricInput, minimumGroupSize: number, released: readonly Uint8Array[]): MetricCells {
    const { metric: name, driver, roundedTo } = metric;
    const trees = this.trees.map(({ tree }, index) => emptyCells(tree, released[index]!));
    if (this.classes !== null) {
      const sums = new Float64Array(this.classes.people.length);
      metric.values.forEach((value, position) => (sums[this.classOf[position]!]! += value - metric.lowest));
      const { sums: bounded, moved } = boundSums(this.classes, sums.map(withoutDust), {
        width: metric.highest - metric.lowest,
        step: metric.valueStep,
        minimumGroupSize,
      });
      trees.forEach((cells, tree) => {
        this.fill(cells, tree, metric, bounded, moved);
      });
    }
    return { metric: name, driver, roundedTo, trees };
  }

  /** Adds up classes in the accepted groups of a tree, from the bottom to the organization. */
  private fill(
    cells: TreeCells,
    tree: number,
    metric: MetricInput,
    bounded: Float64Array,
    moved: Uint8Array,
  ): void {
    const { parents } = this.trees[tree]!;
    const members = this.members[tree]!;
    const sums = new Float64Array(parents.length);
    const flags = new Uint8Array(parents.length);
    this.groups[tree]!.forEach((group, index) => {
      sums[group]! += bounded[index]!;
      flags[group]! |= moved[index]!;
    });
    for (const group of bottomUp(members)) {
      if (group > 0) {
        sums[parents[group]!]! += sums[group]!;
        flags[parents[group]!]! |= flags[group]!;
      }
      if (cells.released[group] !== 1) continue;
      const size = sizeOf(members, group);
      const { value, bound } = figureOf(metric, withoutDust(sums[group]!), size, flags[group]!);
      cells.value[group] = value;
      cells.bound[group] = boundIndex(bound);
      cells.people[group] = bandOf(sizeOf(this.counted[tree]!, group));
    }
  }
}

function emptyCells(tree: TreeCells['tree'], released: Uint8Array): TreeCells {
  const groups = released.length;
  return {
    tree,
    released: released.slice(),
    value: new Float64Array(groups),
    bound: new Uint8Array(groups),
    people: new Uint8Array(groups),
  };
}

/** For each group, itself if it is accepted, otherwise the nearest accepted group above. */
function nearestAccepted({ parents }: GroupTree, accepted: Uint8Array, members: Members): Int32Array {
  const nearest = new Int32Array(parents.length);
  for (const group of bottomUp(members).reverse()) {
    nearest[group] = group === 0 || accepted[group] === 1 ? group : nearest[parents[group]!]!;
  }
  return nearest;
}

/** Groups, deepest first. */
function bottomUp({ depth }: Members): Int32Array {
  return Int32Array.from(depth.keys()).sort((a, b) => depth[b]! - depth[a]!);
}

/** Sums do not depend on the order in which fractions were added. */
function withoutDust(sum: number): number {
  return Math.round(sum * 1e7) / 1e7;
}

function historyRows(
  trees: readonly GroupTree[],
  members: readonly Members[],
  smallRows: Closure['smallRows'],
): HistoryRows {
  const rows = smallRows.map(({ tree, group }) => sliceOf(members[tree]!, group));
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => (offsets[index + 1] = offsets[index]! + row.length));
  const items = new Int32Array(offsets.at(-1)!);
  rows.forEach((row, index) => {
    items.set(row, offsets[index]);
  });
  return {
    trees: smallRows.map(({ tree }) => trees[tree]!.tree),
    groups: Int32Array.from(smallRows, ({ group }) => group),
    rows: { offsets, items },
  };
}

function reportOf(
  trees: readonly GroupTree[],
  members: readonly Members[],
  suppressed: Closure['suppressed'],
  released: readonly Uint8Array[],
  least: number,
): TreeReport[] {
  return trees.map(({ tree, keys }, index) => {
    let [eligible, shown] = [0, 0];
    for (let group = 1; group < keys.length; group++) {
      if (sizeOf(members[index]!, group) >= least) eligible += 1;
      if (released[index]![group] === 1) shown += 1;
    }
    return { tree, eligible, released: shown, suppressed: suppressed[index]! };
  });
}
