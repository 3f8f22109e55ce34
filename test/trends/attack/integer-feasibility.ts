/**
 * Whether whole numbers exist that fit linear constraints: an exact search by propagation of bounds and bisection, for the few variables of
 * a small organization. Where it is given up, highs.ts answers the same question with a solver that is not ours.
 */
export interface Constraint {
  terms: readonly (readonly [variable: number, coefficient: number])[];
  least: number;
  most: number;
}

export interface Range {
  least: number;
  most: number;
}

/** A search that takes longer is given up. */
const MOST_NODES = 5_000;
const MOST_DIFFERENCES = 200;

/** @returns values that fit; undefined when there are none; UNDECIDED when the search was given up */
export function solve(
  ranges: readonly Range[],
  constraints: readonly Constraint[],
): number[] | 'UNDECIDED' | undefined {
  let nodes = 0;
  const open = [ranges.map(({ least, most }) => ({ least, most }))];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    nodes += 1;
    if (nodes > MOST_NODES) return 'UNDECIDED';
    if (!propagate(box, constraints)) continue;
    const widest = widestOf(box);
    if (widest === undefined) return box.map(({ least }) => least);
    const { least, most } = box[widest]!;
    const middle = Math.floor((least + most) / 2);
    const half = (range: Range) => box.map((other, index) => (index === widest ? range : { ...other }));
    // From the middle outwards: the middle of a range is feasible more often than its ends.
    open.push(half({ least: middle + 1, most }), half({ least, most: middle }));
  }
  return undefined;
}

/** Where one sum is a part of another, their difference is limited too: what bounds alone would not propagate. */
export function withDifferences(constraints: readonly Constraint[]): Constraint[] {
  const all = new Map(constraints.map((one) => [keyOf(one), one]));
  for (let round = 0; round < 2; round += 1) {
    const list = [...all.values()];
    for (const whole of list) {
      for (const part of list) {
        if (part === whole || part.terms.length >= whole.terms.length || all.size > MOST_DIFFERENCES)
          continue;
        if (
          !part.terms.every(([variable, factor]) =>
            whole.terms.some(([v, f]) => v === variable && f === factor),
          )
        )
          continue;
        const difference = {
          terms: whole.terms.filter(([variable]) => part.terms.every(([other]) => other !== variable)),
          least: whole.least - part.most,
          most: whole.most - part.least,
        };
        const known = all.get(keyOf(difference));
        all.set(keyOf(difference), {
          ...difference,
          least: Math.max(difference.least, known?.least ?? difference.least),
          most: Math.min(difference.most, known?.most ?? difference.most),
        });
      }
    }
  }
  return [...constraints, ...[...all.values()].filter((one) => !constraints.includes(one))];
}

const keyOf = ({ terms }: Constraint) => terms.map(([variable, factor]) => `${factor}*${variable}`).join();

function widestOf(box: readonly Range[]): number | undefined {
  let found: number | undefined;
  for (const [index, { least, most }] of box.entries())
    if (most > least && (found === undefined || most - least > box[found]!.most - box[found]!.least))
      found = index;
  return found;
}

/** Narrows the ranges to what the constraints leave. @returns false when nothing is left */
function propagate(box: Range[], constraints: readonly Constraint[]): boolean {
  if (box.some(({ least, most }) => least > most)) return false;
  for (let changed = true; changed;) {
    changed = false;
    for (const { terms, least, most } of constraints) {
      let lowest = 0;
      let highest = 0;
      for (const [variable, coefficient] of terms) {
        lowest += coefficient * (coefficient > 0 ? box[variable]!.least : box[variable]!.most);
        highest += coefficient * (coefficient > 0 ? box[variable]!.most : box[variable]!.least);
      }
      if (lowest > most || highest < least) return false;
      for (const [variable, coefficient] of terms) {
        const range = box[variable]!;
        const own = { low: range.least, high: range.most };
        const others = {
          low: lowest - coefficient * (coefficient > 0 ? own.low : own.high),
          high: highest - coefficient * (coefficient > 0 ? own.high : own.low),
        };
        const bounds = [(least - others.high) / coefficient, (most - others.low) / coefficient];
        const from = Math.ceil(Math.min(...bounds) - 1e-9);
        const to = Math.floor(Math.max(...bounds) + 1e-9);
        if (from <= own.low && to >= own.high) continue;
        range.least = Math.max(own.low, from);
        range.most = Math.min(own.high, to);
        if (range.least > range.most) return false;
        changed = true;
        // What the other terms can reach has changed; the loop comes back to this constraint.
        break;
      }
    }
  }
  return true;
}
