/**
 * The second judge: HiGHS, a solver of linear programs that is not ours, computes from the
 * published cells alone the range that is left to each person's answer and to the total of each group that is not shown. It uses the
 * people behind each row, and the plain meaning of value, bound and rounding; nothing of the other attacks.
 */
import type { Model } from 'highs';
import type { Finding } from './finding.js';
import { highs } from './highs.js';
import { type Metric, quarterOfPeriod, unitsOf, valuesOf } from './metrics.js';
import { type Publication, byMetric } from './publications.js';
import { meansOf } from './statements.js';
import { type World, quartersOf } from './world.js';

const TOLERANCE = 1e-5;

export interface Judgement {
  findings: Finding[];
  answers: number;
  totals: number;
}

/** @param whole whether answers are whole numbers (integer programming), or any number between the bounds */
export function judge(world: World, publications: readonly Publication[], whole = false): Judgement {
  const judgement: Judgement = { findings: [], answers: 0, totals: 0 };
  for (const quarter of quartersOf(world)) {
    const within = publications.filter(({ row }) => quarterOfPeriod(row.period) === quarter);
    for (const [metric, list] of byMetric(within)) {
      if (metric.metric === 'PULSE_PARTICIPATION') continue;
      judgeMetric(world, quarter, metric, list, whole, judgement);
    }
  }
  return judgement;
}

function judgeMetric(
  world: World,
  quarter: string,
  metric: Metric,
  publications: readonly Publication[],
  whole: boolean,
  judgement: Judgement,
): void {
  const people = [...valuesOf(world, quarter, metric).keys()];
  const width = metric.hi - metric.lo;
  const label = `${metric.metric} ${metric.driver ?? ''}`.trim();
  const report = (kind: 'ANSWER' | 'TOTAL', detail: string) =>
    judgement.findings.push({ kind, period: quarter, detail: `${label}: ${detail}` });
  highs.withModel((model) => {
    model.options.set('output_flag', false);
    for (const [index] of people.entries()) {
      model.addVar(metric.lo, metric.hi);
      if (whole) model.changeColIntegrality(index, highs.constants.variableType.integer);
    }
    const indicesOf = (units: readonly string[]) => units.map((id) => people.indexOf(id));
    for (const publication of publications) {
      const [least, most] = limitsOf(publication);
      const indices = indicesOf(publication.units);
      model.addRow(least, most, { indices, values: indices.map(() => 1) });
    }
    for (const [index, person] of people.entries()) {
      const [least, most] = rangeOf(model, [index], people.length);
      judgement.answers += 1;
      if (least > metric.lo + TOLERANCE || most < metric.hi - TOLERANCE)
        report('ANSWER', `${person} from ${least} to ${most}`);
    }
    for (const units of hiddenGroups(world, quarter, metric, publications)) {
      const [least, most] = rangeOf(model, indicesOf(units), people.length);
      judgement.totals += 1;
      if (most - least < width - TOLERANCE) report('TOTAL', `${units.join(', ')} total ${least} to ${most}`);
    }
  });
}

/** Groups that are not shown and have some respondents, but fewer than the minimum. */
function hiddenGroups(
  world: World,
  quarter: string,
  metric: Metric,
  publications: readonly Publication[],
): string[][] {
  return world.groups
    .filter(({ tree, key }) => !publications.some(({ row }) => row.tree === tree && row.group_key === key))
    .map(({ tree, key }) => unitsOf(world, quarter, metric, tree, key))
    .filter((units) => units.length > 0 && units.length < world.minimum);
}

function limitsOf(publication: Publication): [least: number, most: number] {
  const { row, metric, units } = publication;
  const means = meansOf(publication);
  const least = (means.least * units.length) / metric.unit;
  const most = (means.most * units.length) / metric.unit;
  switch (row.bound) {
    case 'AT_LEAST':
      return [least, highs.infinity];
    case 'AT_MOST':
      return [-highs.infinity, most];
    case 'APPROXIMATE':
      return [-highs.infinity, highs.infinity];
    default:
      return [least, most];
  }
}

function rangeOf(model: Model, indices: readonly number[], columns: number): [number, number] {
  const { minimize, maximize } = highs.constants.objectiveSense;
  for (let column = 0; column < columns; column += 1)
    model.changeColCost(column, Number(indices.includes(column)));
  const [least, most] = [minimize, maximize].map((sense) => {
    model.changeObjectiveSense(sense);
    model.run();
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal)
      throw new Error(`HiGHS ended with status ${model.getModelStatus()}`);
    return model.getObjectiveValue();
  });
  return [least!, most!];
}
