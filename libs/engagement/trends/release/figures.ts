import { LOWERED, RAISED } from './bounded-values.js';
import { BOUNDS, PEOPLE_BANDS, type Bound, type MetricInput } from './types.js';

/** What is shown of a group. */
export interface Figure {
  readonly value: number;
  readonly bound: Bound;
}

type Scale = Pick<MetricInput, 'lowest' | 'highest' | 'valueStep' | 'roundedTo' | 'cutFromBounds'>;

/**
 * The rounded mean of a group. Bounds are rounded outwards, so that what they say is true. `sum` is counted from the lower bound of
 * each value; `moved` is what T5 did to the sums in it.
 */
export function figureOf(scale: Scale, sum: number, people: number, moved: number): Figure {
  const bound = boundOf(moved);
  const round = bound === 'AT_LEAST' ? roundDown : bound === 'AT_MOST' ? roundUp : Math.round;
  // Where only whole numbers of steps are possible, a sum between two of them says as much as the next one.
  const whole =
    scale.valueStep === null || bound === 'ROUNDED' || bound === 'APPROXIMATE'
      ? sum
      : round(sum / scale.valueStep) * scale.valueStep;
  const steps = round((scale.lowest + whole / people) / scale.roundedTo);
  return cut(scale, clean(steps * scale.roundedTo), bound);
}

function boundOf(moved: number): Bound {
  if (moved === 0) return 'ROUNDED';
  if (moved === RAISED) return 'AT_MOST';
  return moved === LOWERED ? 'AT_LEAST' : 'APPROXIMATE';
}

/** Keeps a share away from its bounds: one that is nearer than allowed is shown as at most, or at least, the nearest that is allowed. */
function cut({ lowest, highest, cutFromBounds }: Scale, value: number, bound: Bound): Figure {
  const least = clean(lowest + cutFromBounds);
  const most = clean(highest - cutFromBounds);
  if (value < least)
    return {
      value: least,
      bound: bound === 'AT_LEAST' || bound === 'APPROXIMATE' ? 'APPROXIMATE' : 'AT_MOST',
    };
  if (value > most)
    return {
      value: most,
      bound: bound === 'AT_MOST' || bound === 'APPROXIMATE' ? 'APPROXIMATE' : 'AT_LEAST',
    };
  return { value, bound };
}

const ALMOST = 1e-9;

function roundUp(value: number): number {
  return Math.ceil(value - ALMOST);
}

function roundDown(value: number): number {
  return Math.floor(value + ALMOST);
}

/** Without the last digits of binary fractions: 3.4, not 3.4000000000000004. */
function clean(value: number): number {
  return Number(value.toFixed(9));
}

export function boundIndex(bound: Bound): number {
  return BOUNDS.indexOf(bound);
}

/** The position of a number of people in PEOPLE_BANDS. */
export function bandOf(people: number): number {
  return LEAST_OF_BANDS.findLastIndex((least) => people >= least);
}

const LEAST_OF_BANDS: readonly number[] = PEOPLE_BANDS.map((band) => Number(/\d+/.exec(band)?.[0]));
