import type { PeopleBand, TrendBound } from '../../graphql/graphql.ts';

/** A figure, or its absence. */
export interface Point {
  readonly period: string;
  /** Null where it is suppressed. */
  readonly value: number | null;
  readonly bound: TrendBound | null;
  readonly people: PeopleBand | null;
  readonly definitionVersion: number;
}

/** How to compare the last figure of a group and the one before. */
export type Movement =
  /** There is no figure at all. */
  | { readonly kind: 'none' }
  /** There is one figure. */
  | { readonly kind: 'single'; readonly last: Figure }
  | {
      readonly kind:
        | 'rose'
        | 'fell'
        /** The figures differ by no more than rounding. */
        | 'within'
        /** At least one is a bound or approximate, and the exact figures can lie on either side of each other. */
        | 'unclear'
        /** The definition of the metric has changed in between. */
        | 'incomparable';
      readonly first: Figure;
      readonly last: Figure;
      /** In how many periods running it moved the same way, each time by more than rounding. */
      readonly run: number;
      /** Whether it is about fewer than 50 people, of whom two can move it by a step and more. */
      readonly isSmall: boolean;
    };

export interface Figure extends Point {
  readonly value: number;
}

export const hasFigure = (point: Point): point is Figure => point.value !== null;

/**
 * Compares the last two figures by the rules of docs/hr.md: a difference is more than rounding if it is larger than a step, and a bound
 * counts as everything that it can stand for.
 *
 * @param points of one group, the earliest first
 * @param step to which figures are rounded
 */
export function movementOf(points: readonly Point[], step: number): Movement {
  const figures = points.filter(hasFigure);
  const last = figures.at(-1);
  const before = figures.at(-2);
  if (last === undefined) return { kind: 'none' };
  if (before === undefined) return { kind: 'single', last };
  const kind = compare(before, last, step);
  const moved = kind === 'rose' || kind === 'fell';
  const run = moved ? lengthOfRun(points, kind, step) : 1;
  const first = run > 1 ? (points.at(points.indexOf(last) - run) as Figure) : before;
  return {
    kind,
    first,
    last,
    run,
    isSmall: [first, last].some(({ people }) => people !== 'FROM_50'),
  };
}

type Comparison = 'rose' | 'fell' | 'within' | 'unclear' | 'incomparable';

function compare(first: Figure, last: Figure, step: number): Comparison {
  if (first.definitionVersion !== last.definitionVersion) return 'incomparable';
  const difference = inSteps(last.value - first.value, step);
  const bounds = [first.bound, last.bound];
  if (bounds.includes('APPROXIMATE')) return 'unclear';
  // Where the earlier figure is at least what is shown, a higher one later says nothing.
  if (difference > 1 && first.bound !== 'AT_LEAST' && last.bound !== 'AT_MOST') return 'rose';
  if (difference < -1 && first.bound !== 'AT_MOST' && last.bound !== 'AT_LEAST') return 'fell';
  return bounds.every((bound) => bound === 'ROUNDED') ? 'within' : 'unclear';
}

/** Counts back over neighbouring periods, until one is suppressed or moved differently. */
function lengthOfRun(points: readonly Point[], kind: Comparison, step: number): number {
  let run = 0;
  for (let at = points.findLastIndex(hasFigure); at > 0; at -= 1) {
    const last = points[at];
    const first = points[at - 1];
    if (!last || !first || !hasFigure(last) || !hasFigure(first) || compare(first, last, step) !== kind)
      break;
    run += 1;
  }
  return Math.max(run, 1);
}

/** In whole steps, as far as figures are whole steps: 0.30000000000000004 is three steps of 0.1. */
const inSteps = (difference: number, step: number): number => Math.round((difference / step) * 1000) / 1000;
