/** The figures of the reference releasers: clipped by parts and rounded (privacy.md T5), counts in bands (T6). */
import { type Metric, askedOf, unitsOf, valuesOf } from './metrics.js';
import { BANDS } from './published-rows.js';
import type { GroupRef } from './reference-selection.js';
import { type World, pathToRoot } from './world.js';

export interface Figure {
  value: number;
  bound: string;
  people_band: string;
}

export interface FigureOptions {
  clipped: boolean;
  /** A part at the limit is marked as clipped; otherwise only beyond it. */
  marksAtLimit: boolean;
  exactCounts: boolean;
  /** What is shown where parts were clipped on both sides. */
  onBothSides: string;
  units: typeof unitsOf;
  /** Whether parts are taken over all trees (where all released groups are nested or disjoint), or in each tree by itself. */
  partsOverTrees: boolean;
}

interface Clipped {
  sum: number;
  low: boolean;
  high: boolean;
}

/** @returns the figure of each released group, in their order */
export function figuresOf(
  world: World,
  period: string,
  metric: Metric,
  released: readonly GroupRef[],
  options: FigureOptions,
): Figure[] {
  const values = valuesOf(world, period, metric);
  const unitsBy = new Map(
    released.map((ref) => [ref, options.units(world, period, metric, ref.tree, ref.key)]),
  );
  const isBelow = (one: GroupRef, above: GroupRef) => {
    if (one === above) return false;
    if (!options.partsOverTrees)
      return one.tree === above.tree && pathToRoot(world, one.tree, one.key).includes(above.key);
    const [part, whole] = [unitsBy.get(one)!, unitsBy.get(above)!];
    const isSmaller = part.length < whole.length || (part.length === whole.length && isAfter(one, above));
    return isSmaller && part.every((id) => whole.includes(id));
  };
  const isAfter = (one: GroupRef, other: GroupRef) => released.indexOf(one) > released.indexOf(other);
  const parts = new Map<GroupRef, Clipped>();
  for (const ref of released) {
    const below = released.filter((other) => isBelow(other, ref));
    const covered = new Set(below.flatMap((other) => unitsBy.get(other)!));
    const own = unitsBy.get(ref)!.filter((id) => !covered.has(id));
    parts.set(
      ref,
      clip(
        own.map((id) => values.get(id)!),
        metric,
        options,
      ),
    );
  }
  return released.map((ref) => {
    const units = unitsBy.get(ref)!;
    const within = released.filter((other) => other === ref || isBelow(other, ref));
    // Leaders can be in several parts; their figures are released for the organization alone.
    const clipped =
      metric.units === 'LEADERS'
        ? [
            clip(
              units.map((id) => values.get(id)!),
              metric,
              options,
            ),
          ]
        : within.map((other) => parts.get(other)!);
    const sum = clipped.reduce((total, part) => total + part.sum, 0);
    const mean = (sum / units.length) * metric.unit;
    return {
      value: Number((Math.round(mean / metric.step + 1e-9) * metric.step).toFixed(6)),
      bound: boundOf(clipped, options),
      people_band: band(units.length, askedOf(world, period, metric, ref.tree, ref.key).length, options),
    };
  });
}

function clip(
  values: readonly number[],
  { lo, hi }: Metric,
  { clipped, marksAtLimit }: FigureOptions,
): Clipped {
  const sum = values.reduce((total, value) => total + value, 0);
  const low = values.length * lo + (hi - lo);
  const high = values.length * hi - (hi - lo);
  if (!clipped || values.length === 0 || low > high) return { sum, low: false, high: false };
  return {
    sum: Math.min(Math.max(sum, low), high),
    low: marksAtLimit ? sum <= low : sum < low,
    high: marksAtLimit ? sum >= high : sum > high,
  };
}

function boundOf(parts: readonly Clipped[], { onBothSides }: FigureOptions): string {
  const low = parts.some((part) => part.low);
  const high = parts.some((part) => part.high);
  return low && high ? onBothSides : low ? 'AT_MOST' : high ? 'AT_LEAST' : 'ROUNDED';
}

/**
 * The band of those who were asked. Bands of respondents, of nested groups together, can tell that all of a group answered: 20 or more of
 * 22 in the organization, 9 or fewer of 11 in one half.
 */
function band(respondents: number, members: number, { exactCounts }: FigureOptions): string {
  if (exactCounts) return String(respondents);
  return Object.entries(BANDS).find(([, [least, most]]) => members >= least && members <= most)?.[0] ?? '';
}
