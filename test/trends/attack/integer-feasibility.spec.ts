import { describe, expect, it } from '@jest/globals';
import { Random } from '../../fuzz/random.js';
import { solveWithHighs } from './highs.js';
import { type Constraint, solve, withDifferences } from './integer-feasibility.js';

const fits = (values: readonly number[], constraints: readonly Constraint[]) =>
  constraints.every(({ terms, least, most }) => {
    const sum = terms.reduce((total, [variable, factor]) => total + factor * values[variable]!, 0);
    return sum >= least && sum <= most;
  });

describe.each([
  ['the search for whole numbers', solve],
  ['HiGHS', solveWithHighs],
])('%s', (_, solver) => {
  it('finds values exactly when there are some', () => {
    const random = new Random(5, 'systems');
    const outcomes = new Set<boolean>();
    for (let round = 0; round < 200; round += 1) {
      const ranges = Array.from({ length: 4 }, () => ({ least: 1, most: random.int(2, 5) }));
      const constraints = Array.from({ length: random.int(1, 5) }, (): Constraint => {
        const terms = [0, 1, 2, 3].filter(() => random.chance(0.6)).map((variable) => [variable, 1] as const);
        const least = random.int(1, 12);
        return { terms, least, most: least + random.int(0, 2) };
      });
      const every = ranges.reduce<number[][]>(
        (all, { least, most }) =>
          all.flatMap((one) => Array.from({ length: most - least + 1 }, (_, step) => [...one, least + step])),
        [[]],
      );
      const expected = every.some((values) => fits(values, constraints));
      outcomes.add(expected);
      for (const system of [constraints, withDifferences(constraints)]) {
        const found = solver(ranges, system);
        expect(found !== undefined).toBe(expected);
        if (found !== undefined) expect(fits(found as number[], constraints)).toBe(true);
      }
    }
    expect(outcomes.size).toBe(2);
  });
});
