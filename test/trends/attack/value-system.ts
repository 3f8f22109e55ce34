/** The unknown values of people as sums over classes, with what was stated about them; and what can be concluded. */
import { solveWithHighs } from './highs.js';
import { type Constraint, type Range, solve, withDifferences } from './integer-feasibility.js';
import { classesBy } from './publications.js';
import type { SumLimit } from './statements.js';

/** One kind of value that people have: everybody with their true value, and its bounds. */
export interface Values {
  truth: ReadonlyMap<string, number>;
  lo: number;
  hi: number;
}

/** A limit of a sum of two kinds of values (the index of drivers). */
export interface CombinedLimit {
  parts: readonly { values: number; units: readonly string[]; factor: number }[];
  least: number;
  most: number;
}

export interface Statements {
  /** For each kind of values, the alternatives of what is stated. */
  alternatives: readonly (readonly (readonly SumLimit[])[])[];
  combined: readonly CombinedLimit[];
}

interface Class {
  values: number;
  units: readonly string[];
}

export class ValueSystem {
  /** Since the program started: questions that HiGHS answered, as the search was given up, and questions that it did not answer either. */
  static readonly statistics = { answeredByHighs: 0, undecided: 0 };

  readonly classes: Class[];
  private readonly ranges: Range[];
  private readonly alternatives: Constraint[][];
  /** Sums that fit, found so far: each answers many questions at once. */
  private readonly known: number[][] = [];

  /** @param sets sets of people, by kind of values, that are asked about: no class is partly in one */
  constructor(
    private readonly values: readonly Values[],
    statements: Statements,
    sets: readonly (readonly string[])[] = [],
  ) {
    this.classes = values.flatMap(({ truth }, index) => {
      const limits = statements.alternatives[index]!.flat().map(({ units }) => units);
      const combined = statements.combined.flatMap(({ parts }) =>
        parts.filter((part) => part.values === index).map(({ units }) => units),
      );
      return classesBy([...truth.keys()], [...limits, ...combined, ...sets]).map((units) => ({
        values: index,
        units,
      }));
    });
    this.ranges = this.classes.map(({ values: index, units }) => ({
      least: units.length * values[index]!.lo,
      most: units.length * values[index]!.hi,
    }));
    const combined = statements.combined.map(({ parts, least, most }) => ({
      terms: parts.flatMap(({ values: index, units, factor }) => this.terms(index, units, factor)),
      least,
      most,
    }));
    const choices = statements.alternatives.map((alternatives, index) =>
      alternatives.map((limits) =>
        limits.map(({ units, least, most }) => ({ terms: this.terms(index, units, 1), least, most })),
      ),
    );
    this.alternatives = choices
      .reduce<Constraint[][]>(
        (all, own) => all.flatMap((one) => own.map((other) => [...one, ...other])),
        [[]],
      )
      .map((constraints) => withDifferences([...constraints, ...combined]));
  }

  private terms(index: number, units: readonly string[], factor: number): [number, number][] {
    const wanted = new Set(units);
    return this.classes.flatMap(({ values, units: own }, variable): [number, number][] =>
      values === index && wanted.has(own[0]!) ? [[variable, factor]] : [],
    );
  }

  private get truth(): number[] {
    return this.classes.map(({ values, units }) =>
      units.reduce((sum, unit) => sum + this.values[values]!.truth.get(unit)!, 0),
    );
  }

  /** Whether the true values fit what was stated. */
  fitsTruth(): boolean {
    const truth = this.truth;
    const fits = this.alternatives.some((constraints) => constraints.every((one) => holds(one, truth)));
    if (fits) this.known.push(truth);
    return fits;
  }

  /** The answers of a person of this class that no assignment of values has. */
  excludedAnswers(variable: number): number[] {
    const { values, units } = this.classes[variable]!;
    const { lo, hi } = this.values[values]!;
    const others = units.length - 1;
    return Array.from({ length: hi - lo + 1 }, (_, step) => lo + step).filter(
      (answer) =>
        !this.isPossible({ terms: [[variable, 1]], least: answer + others * lo, most: answer + others * hi }),
    );
  }

  /** How far the total of a set of people (one of `sets`, or a union of classes) can be narrowed. */
  rangeOfTotal(index: number, units: readonly string[]): Range {
    const terms = this.terms(index, units, 1);
    const total = terms.reduce((sum, [variable]) => sum + this.truth[variable]!, 0);
    const { lo, hi } = this.values[index]!;
    const from = (least: number) => this.isPossible({ terms, least, most: Number.POSITIVE_INFINITY });
    const to = (most: number) => this.isPossible({ terms, least: Number.NEGATIVE_INFINITY, most });
    return {
      least: -farthest(-total, -units.length * lo, (limit) => to(-limit)),
      most: farthest(total, units.length * hi, from),
    };
  }

  /**
   * Whether any assignment of whole values that fits what was stated fits this too. Where the search is given up, HiGHS decides. A question that
   * neither answers counts as possible, and in `statistics`: nothing passes for a finding that was not shown.
   */
  isPossible(question: Constraint): boolean {
    if (this.known.some((sums) => holds(question, sums))) return true;
    let undecided = false;
    for (const constraints of this.alternatives) {
      const found = this.search([...constraints, question]);
      if (found === 'UNDECIDED') undecided = true;
      else if (found !== undefined) {
        this.known.push(found);
        return true;
      }
    }
    if (undecided) ValueSystem.statistics.undecided += 1;
    return undecided;
  }

  private search(constraints: readonly Constraint[]): ReturnType<typeof solve> {
    const found = solve(this.ranges, constraints);
    if (found !== 'UNDECIDED') return found;
    const decided = solveWithHighs(this.ranges, constraints);
    if (decided !== 'UNDECIDED') ValueSystem.statistics.answeredByHighs += 1;
    return decided;
  }
}

function holds({ terms, least, most }: Constraint, sums: readonly number[]): boolean {
  const sum = terms.reduce((total, [variable, coefficient]) => total + coefficient * sums[variable]!, 0);
  return sum >= least - 1e-9 && sum <= most + 1e-9;
}

/** The greatest whole number from `known` (possible) to `limit` that is possible. */
function farthest(known: number, limit: number, isPossible: (value: number) => boolean): number {
  let possible = known;
  let beyond = limit + 1;
  while (beyond - possible > 1) {
    const middle = Math.floor((possible + beyond) / 2);
    if (isPossible(middle)) possible = middle;
    else beyond = middle;
  }
  return possible;
}
