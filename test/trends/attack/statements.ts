/**
 * What a released figure states about the values behind it, as limits of sums over sets of people.
 *
 * By its plain meaning: ROUNDED is within half a step of the mean, AT_LEAST and AT_MOST limit it on one side, APPROXIMATE on none.
 * By the method, which is published (privacy.md T5): a group's parts (its atoms: what its released descendants leave, and theirs) have their
 * sums clipped so that any one answer stays possible, the clipped sums are added, and the marks tell on which sides parts were clipped.
 * Each combination of clipped parts that the marks allow is an alternative.
 */
import type { Metric } from './metrics.js';
import { ORGANIZATION } from './trees.js';
import type { Publication } from './publications.js';

/** The sum over these people is at least, and at most. */
export interface SumLimit {
  units: readonly string[];
  least: number;
  most: number;
}

const EPSILON = 1e-6;
const MOST_ALTERNATIVES = 256;

/** The means that round to the published figure. */
export function meansOf({ row, metric, bounds }: Pick<Publication, 'row' | 'metric' | 'bounds'>): {
  least: number;
  most: number;
} {
  const step = row.rounded_to ?? metric.step;
  const value = row.value!;
  if (bounds === 'OUTWARDS' && row.bound === 'AT_LEAST') return { least: value, most: value + step };
  if (bounds === 'OUTWARDS' && row.bound === 'AT_MOST') return { least: value - step, most: value };
  return { least: value - step / 2, most: value + step / 2 };
}

/** The whole sums that round to the published figure. */
function interval(publication: Publication): { least: number; most: number } {
  const { least, most } = meansOf(publication);
  const { units, metric } = publication;
  return {
    least: Math.ceil((least * units.length) / metric.unit - EPSILON),
    most: Math.floor((most * units.length) / metric.unit + EPSILON),
  };
}

export function plainMeaning(publications: readonly Publication[]): SumLimit[] {
  return publications.flatMap((publication) => {
    const { least, most } = interval(publication);
    const { units, row } = publication;
    switch (row.bound) {
      case 'AT_LEAST':
        return [{ units, least, most: Number.POSITIVE_INFINITY }];
      case 'AT_MOST':
        return [{ units, least: Number.NEGATIVE_INFINITY, most }];
      case 'APPROXIMATE':
        return [];
      default:
        return [{ units, least, most }];
    }
  });
}

type State = 'LOW' | 'BETWEEN' | 'HIGH';

interface Atom {
  units: string[];
}

/**
 * @param marksAtLimit whether a part whose sum is exactly the limit counts as clipped; undefined when that is not known
 * @returns the alternatives, or undefined where the method does not describe these figures (parts that overlap, or too small to clip)
 */
export function meaningByMethod(
  publications: readonly Publication[],
  metric: Metric,
  marksAtLimit: boolean | undefined,
): SumLimit[][] | undefined {
  if (publications.some(({ isRepeated }) => isRepeated)) return undefined;
  let alternatives: SumLimit[][] = [[]];
  for (const family of familiesOf(publications)) {
    const own = alternativesOf(family, metric, marksAtLimit);
    if (own === undefined || own.length * alternatives.length > MOST_ALTERNATIVES) return undefined;
    alternatives = alternatives.flatMap((one) => own.map((other) => [...one, ...other]));
  }
  return alternatives;
}

/** The figures of a period, in one family where all groups are nested or disjoint, and by trees where groups of two trees overlap. */
function familiesOf(publications: readonly Publication[]): Publication[][] {
  return [...Map.groupBy(publications, ({ row }) => row.period).values()].flatMap((list) => {
    const isNested = list.every((one) => list.every((other) => isNestedOrDisjoint(one.units, other.units)));
    if (isNested) return [withoutRepetitions(list)];
    return [...Map.groupBy(withOneRoot(list), ({ row }) => row.tree).values()];
  });
}

function isNestedOrDisjoint(one: readonly string[], other: readonly string[]): boolean {
  const common = one.filter((id) => other.includes(id)).length;
  return common === 0 || common === one.length || common === other.length;
}

/** Groups of the same people that show the same figure, once. */
function withoutRepetitions(list: readonly Publication[]): Publication[] {
  const keyOf = ({ units, row }: Publication) => [...[...units].sort(), row.value, row.bound].join();
  return [...new Map(list.map((one) => [keyOf(one), one])).values()];
}

/** The organization is the root of every tree and has one figure: it is taken as the sum of the parts of the tree that shows most. */
function withOneRoot(list: readonly Publication[]): Publication[] {
  const sizeOf = ({ row }: Publication) => list.filter((other) => other.row.tree === row.tree).length;
  const roots = list.filter(({ row }) => row.group_key === ORGANIZATION);
  const chosen = [...roots].sort((one, other) => sizeOf(other) - sizeOf(one))[0];
  return list.filter((one) => !roots.includes(one) || one === chosen);
}

function alternativesOf(
  list: readonly Publication[],
  metric: Metric,
  marksAtLimit: boolean | undefined,
): SumLimit[][] | undefined {
  const isBelow = (one: number, other: number) => {
    const [part, whole] = [list[one]!.units, list[other]!.units];
    const isSmaller = part.length < whole.length || (part.length === whole.length && one > other);
    return one !== other && isSmaller && part.every((id) => whole.includes(id));
  };
  const indices = [...list.keys()];
  const atoms = list.map(({ units }, index): Atom => {
    const below = new Set(
      indices.filter((other) => isBelow(other, index)).flatMap((other) => list[other]!.units),
    );
    return { units: units.filter((id) => !below.has(id)) };
  });
  const partsOf = indices.map((index) =>
    indices.filter((other) => atoms[other]!.units.length > 0 && (other === index || isBelow(other, index))),
  );
  const overlaps = list.some(
    ({ units }, index) =>
      partsOf[index]!.reduce((sum, atom) => sum + atoms[atom]!.units.length, 0) !== units.length,
  );
  const clipped = atoms.map(({ units }) => limitsOf(metric, units.length));
  if (
    overlaps ||
    atoms.some(({ units }, index) => units.length > 0 && clipped[index]!.low > clipped[index]!.high)
  )
    return undefined;
  const found: SumLimit[][] = [];
  const choose = (states: readonly State[]) => {
    if (found.length > MOST_ALTERNATIVES) return;
    const decided = list.every((publication, index) => {
      const parts = partsOf[index]!;
      return (
        parts.some((atom) => atom >= states.length) ||
        isMarked(
          publication,
          parts.map((atom) => states[atom]!),
        )
      );
    });
    if (!decided) return;
    if (states.length < atoms.length) {
      const next =
        atoms[states.length]!.units.length === 0
          ? (['BETWEEN'] as const)
          : (['BETWEEN', 'LOW', 'HIGH'] as const);
      for (const state of next) choose([...states, state]);
      return;
    }
    found.push([
      ...atoms.flatMap(({ units }, index) =>
        units.length === 0 ? [] : [limitOfAtom(metric, units, states[index]!, marksAtLimit)],
      ),
      ...list.map((publication, index) => limitOfGroup(publication, partsOf[index]!, atoms, states, clipped)),
    ]);
  };
  choose([]);
  return found.length > MOST_ALTERNATIVES ? undefined : found;
}

function limitsOf({ lo, hi }: Metric, people: number): { low: number; high: number } {
  return { low: people * lo + (hi - lo), high: people * hi - (hi - lo) };
}

function isMarked({ row }: Publication, states: readonly State[]): boolean {
  const low = states.includes('LOW');
  const high = states.includes('HIGH');
  switch (row.bound) {
    case 'AT_LEAST':
      return high && !low;
    case 'AT_MOST':
      return low && !high;
    case 'APPROXIMATE':
      return low && high;
    default:
      return !low && !high;
  }
}

function limitOfAtom(
  metric: Metric,
  units: readonly string[],
  state: State,
  marksAtLimit: boolean | undefined,
): SumLimit {
  const { low, high } = limitsOf(metric, units.length);
  const inside = marksAtLimit === true ? 1 : 0;
  const outside = marksAtLimit === false ? 1 : 0;
  switch (state) {
    case 'LOW':
      return { units, least: units.length * metric.lo, most: low - outside };
    case 'HIGH':
      return { units, least: high + outside, most: units.length * metric.hi };
    case 'BETWEEN':
      return { units, least: low + inside, most: high - inside };
  }
}

/** The clipped sums add up to the figure: those at a limit are known, the others are unknown. */
function limitOfGroup(
  publication: Publication,
  parts: readonly number[],
  atoms: readonly Atom[],
  states: readonly State[],
  clipped: readonly { low: number; high: number }[],
): SumLimit {
  let { least, most } = interval(publication);
  const units: string[] = [];
  for (const atom of parts) {
    const state = states[atom]!;
    if (state === 'BETWEEN') units.push(...atoms[atom]!.units);
    else {
      const known = state === 'LOW' ? clipped[atom]!.low : clipped[atom]!.high;
      least -= known;
      most -= known;
    }
  }
  return { units, least, most };
}
