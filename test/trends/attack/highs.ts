/** HiGHS, a solver of linear and integer programs that is not ours (Huangfu and Hall, University of Edinburgh). */
import loadHighs from 'highs';
import type { Constraint, Range } from './integer-feasibility.js';

/** The package's types describe its CommonJS form, in which the function is a property. */
const load = loadHighs as unknown as (typeof loadHighs)['default'];

export const highs = await load();

const TOLERANCE = 1e-9;

/**
 * Answers the question of integer-feasibility.ts for systems on which that search is given up.
 *
 * @returns whole numbers that fit, checked; undefined where HiGHS proves that there are none; UNDECIDED where it does not end with a proof, or
 *   where its numbers, made whole, do not fit
 */
export function solveWithHighs(
  ranges: readonly Range[],
  constraints: readonly Constraint[],
): number[] | 'UNDECIDED' | undefined {
  return highs.withModel((model) => {
    model.options.set('output_flag', false);
    for (const [variable, { least, most }] of ranges.entries()) {
      model.addVar(least, most);
      model.changeColIntegrality(variable, highs.constants.variableType.integer);
    }
    for (const { terms, least, most } of constraints)
      model.addRow(finite(least), finite(most), {
        indices: terms.map(([variable]) => variable),
        values: terms.map(([, coefficient]) => coefficient),
      });
    model.run();
    const status = model.getModelStatus();
    if (status === highs.constants.modelStatus.infeasible) return undefined;
    if (status !== highs.constants.modelStatus.optimal) return 'UNDECIDED';
    const values = Array.from(model.getSolution().colValue, (value) => Math.round(value));
    return fits(values, ranges, constraints) ? values : 'UNDECIDED';
  });
}

/** HiGHS has its own infinity. */
const finite = (limit: number) => (Number.isFinite(limit) ? limit : Math.sign(limit) * highs.infinity);

function fits(
  values: readonly number[],
  ranges: readonly Range[],
  constraints: readonly Constraint[],
): boolean {
  return (
    ranges.every(({ least, most }, variable) => values[variable]! >= least && values[variable]! <= most) &&
    constraints.every(({ terms, least, most }) => {
      const sum = terms.reduce(
        (total, [variable, coefficient]) => total + coefficient * values[variable]!,
        0,
      );
      return sum >= least - TOLERANCE && sum <= most + TOLERANCE;
    })
  );
}
