import { Contraction } from './contraction.js';
import { maxFlow } from './max-flow.js';

/** People who are in the same released groups: an edge of the participant graph with its multiplicity. */
export interface Classes {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly people: Int32Array;
  /** The number of vertices on both sides together. */
  readonly vertices: number;
}

/** The range of one person's value, counted from its lower bound. */
export interface ValueRange {
  readonly width: number;
  /** The distance of two possible values; null if all between are possible. */
  readonly step: number | null;
  readonly minimumGroupSize: number;
}

export const RAISED = 1;
export const LOWERED = 2;

export interface BoundedSums {
  readonly sums: Float64Array;
  /** For each class: whether its sum was raised, lowered or both, or would have been if a cut had been any smaller. */
  readonly moved: Uint8Array;
}

/** Cuts of which this much is missing count as large enough, where values are not whole numbers of steps. */
const TOLERANCE = 1e-6;
/** After so many rounds more is moved at once, so that it ends soon. */
const PATIENCE = 8;

/**
 * T5: moves the sums of classes as little as necessary, so that every person may have answered anything (docs/decisions/0091). Seen as
 * a flow, a class can carry what its people may still add from one of its vertices to the other, and what they may take away back.
 * If every cut has room for the whole range of one person, in both directions, everybody's value can be replaced by any other and
 * the other people's changed so that no figure changes. Where a cut has less, the values across it are too near to their bounds, and
 * are moved from them, at most to where k people across any cut have enough room.
 */
export function boundSums(classes: Classes, sums: Float64Array, range: ValueRange): BoundedSums {
  const bounding = new Bounding(classes, sums, range);
  while (!bounding.round()) continue;
  return bounding;
}

class Bounding implements BoundedSums {
  readonly sums: Float64Array;
  readonly moved: Uint8Array;
  /** How far from its bounds k people need to be for any cut through them to have room. */
  private readonly margin: number;
  private readonly unflagged: number;
  private rounds = 0;

  constructor(
    private readonly classes: Classes,
    sums: Float64Array,
    private readonly range: ValueRange,
  ) {
    const { width, step, minimumGroupSize } = range;
    this.sums = sums.slice();
    this.moved = new Uint8Array(sums.length);
    const whole = step === null ? Infinity : Math.ceil(width / step / minimumGroupSize - TOLERANCE) * step;
    this.margin = 2 * whole <= width ? whole : width / minimumGroupSize;
    this.unflagged = width + (step ?? 2 * TOLERANCE) - TOLERANCE;
  }

  /** Looks at every class once; true if nothing had to be moved. */
  round(): boolean {
    this.rounds += 1;
    const { left, right } = this.classes;
    const contraction = this.contract();
    const open = new OpenClasses(this.classes, contraction);
    let unchanged = true;
    for (const index of open.all) {
      for (const isForth of [true, false]) {
        for (;;) {
          const [u, v] = open.ends(index);
          if (u === v) break;
          const { flow, cut } = maxFlow(
            contraction.network,
            isForth ? u : v,
            isForth ? v : u,
            this.unflagged,
          );
          if (cut === null) break;
          const missing = this.range.width - flow;
          const changed = this.widen(contraction, open, cut, missing);
          if (!changed) break;
          unchanged = false;
        }
      }
      contraction.merge(left[index]!, right[index]!);
    }
    return unchanged;
  }

  /** Merges vertices that single classes, or several together, connect well enough. */
  private contract(): Contraction {
    const { left, right, vertices } = this.classes;
    const contraction = new Contraction(vertices, this.unflagged);
    for (let index = 0; index < left.length; index++) {
      if (Math.min(this.above(index), this.sums[index]!) < this.unflagged) continue;
      contraction.merge(left[index]!, right[index]!);
    }
    for (let index = 0; index < left.length; index++) {
      contraction.add(left[index]!, right[index]!, this.above(index), this.sums[index]!);
    }
    contraction.contract();
    return contraction;
  }

  /** Moves sums across a cut from their bounds until it has room; false if it has, exactly, and is only marked. */
  private widen(
    contraction: Contraction,
    open: OpenClasses,
    { side, ofSource }: { side: ReadonlySet<number>; ofSource: boolean },
    missing: number,
  ): boolean {
    const { left, right, people } = this.classes;
    let rest = missing;
    for (const index of open.across(side)) {
      const [u] = open.ends(index);
      const startsInside = side.has(u) === ofSource;
      this.moved[index]! |= startsInside ? LOWERED : RAISED;
      if (rest <= TOLERANCE) continue;
      const room = people[index]! * this.margin - (startsInside ? this.above(index) : this.sums[index]!);
      if (room <= 0) continue;
      const amount = this.rounds > PATIENCE ? room : Math.min(room, rest);
      rest -= amount;
      const change = startsInside ? -amount : amount;
      this.sums[index]! += change;
      contraction.add(left[index]!, right[index]!, -change, change);
    }
    return missing > TOLERANCE;
  }

  private above(index: number): number {
    return this.classes.people[index]! * this.range.width - this.sums[index]!;
  }
}

/** The classes whose vertices are not merged, and for each merged vertex those that touch it. */
class OpenClasses {
  /** When the round began. */
  readonly all: readonly number[];
  private readonly touching = new Map<number, number[]>();

  constructor(
    private readonly classes: Classes,
    private readonly contraction: Contraction,
  ) {
    const all: number[] = [];
    for (let index = 0; index < classes.left.length; index++) {
      const [u, v] = this.ends(index);
      if (u === v) continue;
      all.push(index);
      for (const vertex of [u, v]) {
        const list = this.touching.get(vertex);
        if (list === undefined) this.touching.set(vertex, [index]);
        else list.push(index);
      }
    }
    this.all = all;
    contraction.onMerge = (into, from) => {
      this.merge(into, from);
    };
  }

  ends(index: number): readonly [left: number, right: number] {
    const { left, right } = this.classes;
    return [this.contraction.find(left[index]!), this.contraction.find(right[index]!)];
  }

  /** Those with one end in the set, in the order of classes. */
  across(side: ReadonlySet<number>): number[] {
    const found: number[] = [];
    for (const vertex of side) {
      for (const index of this.touching.get(vertex) ?? []) {
        const [u, v] = this.ends(index);
        if (side.has(u) !== side.has(v)) found.push(index);
      }
    }
    return found.sort((a, b) => a - b);
  }

  private merge(into: number, from: number): void {
    const [few, many] = [this.touching.get(from) ?? [], this.touching.get(into) ?? []].sort(
      (a, b) => a.length - b.length,
    ) as [number[], number[]];
    for (const index of few) many.push(index);
    this.touching.set(into, many);
    this.touching.delete(from);
  }
}
