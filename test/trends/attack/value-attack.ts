/** (c) For each person and each possible answer: does an assignment of answers exist that fits everything that was published? */
import type { Finding, FindingKind } from './finding.js';
import {
  INDEX_DRIVERS,
  METRICS,
  type Metric,
  askedOf,
  quarterOfPeriod,
  unitsOf,
  valuesOf,
} from './metrics.js';
import { BANDS, type PublishedRow, isReleased } from './published-rows.js';
import { type Publication, byMetric } from './publications.js';
import { type SumLimit, meaningByMethod, meansOf, plainMeaning } from './statements.js';
import { ORGANIZATION } from './trees.js';
import { type CombinedLimit, type Statements, type Values, ValueSystem } from './value-system.js';
import { type World, quartersOf } from './world.js';

/** What the attacker knows of the method besides privacy.md. */
export interface Method {
  /** Whether a part whose sum is exactly at the limit counts as clipped. */
  marksAtLimit: boolean | undefined;
  /** Whose number the people band is about: those who answered, or everybody who was asked. */
  bandOf: 'RESPONDENTS' | 'ASKED';
}

interface Kind {
  metric: Metric;
  values: Values;
  publications: readonly Publication[];
}

export function valueAttack(
  world: World,
  publications: readonly Publication[],
  rows: readonly PublishedRow[],
  method: Method,
): Finding[] {
  return quartersOf(world).flatMap((quarter) => {
    const within = publications.filter(({ row }) => quarterOfPeriod(row.period) === quarter);
    const index = rows.filter(
      (row) => row.metric === 'ENGAGEMENT_INDEX' && row.period === quarter && isReleased(row),
    );
    const kinds = byMetric(within)
      .filter(([{ metric }]) => metric !== 'PULSE_PARTICIPATION')
      .map(([metric, list]): Kind => ({
        metric,
        values: valuesFrom(world, quarter, metric),
        publications: list,
      }));
    const scores = kinds.filter(({ metric }) => metric.metric === 'PULSE_SCORE');
    const telling = index.filter((row) => !followsFromScores(world, quarter, row, scores));
    const joint = telling.length === 0 ? [] : scores;
    const alone = kinds.filter((kind) => !joint.includes(kind)).map((kind) => [kind]);
    const systems = joint.length > 0 ? [joint, ...alone] : alone;
    return [
      ...telling.map(({ tree, group_key }) => ({
        kind: 'FALSE' as const,
        period: quarter,
        detail: `the index of ${tree} ${group_key} says what the figures of its drivers do not`,
      })),
      ...systems.flatMap((system) => attackAnswers(world, quarter, system, index, method)),
      ...byMetric(within).flatMap(([metric, list]) =>
        attackCounts(world, quarter, metric, list, within, method),
      ),
    ];
  });
}

const valuesFrom = (world: World, quarter: string, metric: Metric): Values => ({
  truth: valuesOf(world, quarter, metric),
  lo: metric.lo,
  hi: metric.hi,
});

function attackAnswers(
  world: World,
  quarter: string,
  kinds: readonly Kind[],
  index: readonly PublishedRow[],
  method: Method,
): Finding[] {
  const values = kinds.map((kind) => kind.values);
  const combined = kinds.length > 1 ? combinedLimits(world, quarter, kinds, index) : [];
  const plain = kinds.map(({ publications }) => [plainMeaning(publications)]);
  const label = kinds.map(({ metric }) => `${metric.metric} ${metric.driver ?? ''}`.trim()).join(' and ');
  if (!new ValueSystem(values, { alternatives: plain, combined }).fitsTruth())
    return [
      { kind: 'FALSE', period: quarter, detail: `${label}: ${falseRows(kinds).join(', ') || 'the index'}` },
    ];
  const alternatives = kinds.map(({ publications, metric }, kind) => {
    const byMethod = meaningByMethod(publications, metric, method.marksAtLimit);
    const fits =
      byMethod !== undefined &&
      new ValueSystem([values[kind]!], { alternatives: [byMethod], combined: [] }).fitsTruth();
    return fits ? byMethod : plain[kind]!;
  });
  return [
    ...excluded(quarter, label, values, { alternatives, combined }, 'ANSWER'),
    ...kinds.flatMap(({ metric, publications }, kind) =>
      narrowedTotals(world, quarter, label, values, { alternatives, combined }, kind, metric, publications),
    ),
  ];
}

/** The rows whose statement is not true of the values behind them. */
function falseRows(kinds: readonly Kind[]): string[] {
  return kinds.flatMap(({ publications, values: { truth } }) =>
    publications
      .filter((publication) =>
        plainMeaning([publication]).some(({ units, least, most }) => {
          const sum = units.reduce((total, unit) => total + truth.get(unit)!, 0);
          return sum < least || sum > most;
        }),
      )
      .map(({ row }) => `${row.tree} ${row.group_key} is not ${row.bound ?? ''} ${row.value ?? ''}`),
  );
}

function excluded(
  quarter: string,
  label: string,
  values: readonly Values[],
  statements: Statements,
  kind: FindingKind,
): Finding[] {
  const system = new ValueSystem(values, statements);
  system.fitsTruth();
  return system.classes.flatMap(({ units }, variable) => {
    const answers = system.excludedAnswers(variable);
    return answers.length === 0
      ? []
      : [
          {
            kind,
            period: quarter,
            detail: `${label}: ${units.join(', ')} cannot have ${answers.join(', ')}`,
          },
        ];
  });
}

/** Totals of groups that are not published because they are too small, and of small sets that nothing distinguishes. */
function narrowedTotals(
  world: World,
  quarter: string,
  label: string,
  values: readonly Values[],
  statements: Statements,
  kind: number,
  metric: Metric,
  publications: readonly Publication[],
): Finding[] {
  const published = new Set(publications.map(({ row }) => `${row.tree} ${row.group_key}`));
  const hidden = world.groups
    .filter(({ tree, key }) => !published.has(`${tree} ${key}`))
    .map(({ tree, key }) => unitsOf(world, quarter, metric, tree, key));
  const classes = new ValueSystem(values, statements).classes
    .filter((candidate) => candidate.values === kind)
    .map(({ units }) => units);
  const sets = [...hidden, ...classes, ...pairsOf(classes)].filter(
    (units) => units.length > 0 && units.length < world.minimum,
  );
  const distinct = [...new Map(sets.map((units) => [[...units].sort().join(', '), units])).entries()];
  return distinct.flatMap(([names, units]) => {
    const system = new ValueSystem(values, statements, [units]);
    system.fitsTruth();
    const { least, most } = system.rangeOfTotal(kind, units);
    return most - least >= metric.hi - metric.lo
      ? []
      : [{ kind: 'TOTAL' as const, period: quarter, detail: `${label}: ${names} total ${least} to ${most}` }];
  });
}

function pairsOf(classes: readonly (readonly string[])[]): string[][] {
  return classes.flatMap((one, index) => classes.slice(index + 1).map((other) => [...one, ...other]));
}

/** What an index states about the mean of the means of its drivers. It is the rounded mean of their figures, which are rounded too. */
function meansOfIndex(
  row: PublishedRow,
  kinds: readonly Kind[],
  world: World,
): { least: number; most: number } {
  const error = (row.rounded_to ?? 0) / 2 + Math.max(...kinds.map(({ metric }) => metric.step)) / 2;
  const isOutwards = world.definitions.bounds === 'OUTWARDS';
  return {
    least:
      row.bound === 'AT_MOST' ? -Infinity : row.value! - (row.bound === 'AT_LEAST' && isOutwards ? 0 : error),
    most:
      row.bound === 'AT_LEAST' ? Infinity : row.value! + (row.bound === 'AT_MOST' && isOutwards ? 0 : error),
  };
}

/** Whether the figures of the drivers state all that an index states: then it tells nothing more, and each driver is attacked by itself. */
function followsFromScores(
  world: World,
  quarter: string,
  row: PublishedRow,
  kinds: readonly Kind[],
): boolean {
  if (row.bound === 'APPROXIMATE') return true;
  let least = 0;
  let most = 0;
  for (const { metric, publications } of kinds) {
    const shown = publications.find(
      (one) => one.row.period === quarter && one.row.tree === row.tree && one.row.group_key === row.group_key,
    );
    const means = shown === undefined ? { least: metric.lo, most: metric.hi } : meansOf(shown);
    const bound = shown?.row.bound ?? 'ROUNDED';
    const isOpen = bound === 'APPROXIMATE';
    least += (isOpen || bound === 'AT_MOST' ? metric.lo : means.least) / INDEX_DRIVERS.length;
    most += (isOpen || bound === 'AT_LEAST' ? metric.hi : means.most) / INDEX_DRIVERS.length;
  }
  const stated = meansOfIndex(row, kinds, world);
  return kinds.length === INDEX_DRIVERS.length && stated.least <= least + 1e-6 && stated.most >= most - 1e-6;
}

/** The mean of the drivers' means, as a limit of their sums. */
function combinedLimits(
  world: World,
  quarter: string,
  kinds: readonly Kind[],
  index: readonly PublishedRow[],
): CombinedLimit[] {
  return index.flatMap((row) => {
    const units = kinds.map(({ metric }) => unitsOf(world, quarter, metric, row.tree, row.group_key));
    if (
      kinds.length < INDEX_DRIVERS.length ||
      units.some((list) => list.length === 0) ||
      row.bound === 'APPROXIMATE'
    )
      return [];
    const { least, most } = meansOfIndex(row, kinds, world);
    return [
      {
        parts: units.map((list, values) => ({ values, units: list, factor: 1 / list.length })),
        least: least * kinds.length - 1e-6,
        most: most * kinds.length + 1e-6,
      },
    ];
  });
}

/** Who took part, or which leaders have a value: everybody who was asked has 0 or 1; bands and the participation limit the sums. */
function attackCounts(
  world: World,
  quarter: string,
  metric: Metric,
  publications: readonly Publication[],
  within: readonly Publication[],
  method: Method,
): Finding[] {
  const participation = METRICS.find(({ metric: name }) => name === 'PULSE_PARTICIPATION')!;
  const isParticipation = metric === participation;
  const answered = valuesOf(world, quarter, metric);
  const asked = askedOf(world, quarter, metric, 'DEPARTMENT', ORGANIZATION);
  const truth = isParticipation ? answered : new Map(asked.map((id) => [id, Number(answered.has(id))]));
  const values: Values[] = [{ truth, lo: 0, hi: 1 }];
  const label = `respondents of ${metric.metric} ${metric.driver ?? ''}`.trim();
  // The band of a participation is about everybody who was asked; bands of answers limit it from below.
  const bands = within
    .filter((one) =>
      isParticipation ? one.metric !== metric && one.metric.units === 'PEOPLE' : one.metric === metric,
    )
    .flatMap((publication) => bandLimits(world, publication, method))
    .map((limit) => (isParticipation ? { ...limit, most: Number.POSITIVE_INFINITY } : limit));
  let stated: SumLimit[][] = [[]];
  if (isParticipation) {
    const byMethod = meaningByMethod(publications, metric, method.marksAtLimit);
    const fits =
      byMethod !== undefined &&
      new ValueSystem(values, { alternatives: [byMethod], combined: [] }).fitsTruth();
    stated = fits ? byMethod : [plainMeaning(publications)];
  }
  const statements: Statements = {
    alternatives: [stated.map((limits) => [...limits, ...bands])],
    combined: [],
  };
  if (!new ValueSystem(values, statements).fitsTruth())
    return [{ kind: 'FALSE', period: quarter, detail: `${label}: the counts are not what is published` }];
  return [
    ...excluded(quarter, label, values, statements, 'PARTICIPATION'),
    ...publications.flatMap(({ row }): Finding[] => {
      const members = askedOf(world, row.period, metric, row.tree, row.group_key);
      const system = new ValueSystem(values, statements, [members]);
      system.fitsTruth();
      const { least, most } = system.rangeOfTotal(0, members);
      return most > least
        ? []
        : [{ kind: 'COUNT', period: quarter, detail: `${label} in ${row.tree} ${row.group_key}: ${least}` }];
    }),
  ];
}

/** A band that a releaser cuts from the full number of members may hide that everybody took part. */
function bandLimits(world: World, { row, metric }: Publication, { bandOf }: Method): SumLimit[] {
  const exact = Number(row.people_band);
  const band =
    BANDS[row.people_band ?? ''] ?? (Number.isInteger(exact) && exact > 0 ? [exact, exact] : undefined);
  if (band === undefined) return [];
  const units = askedOf(world, row.period, metric, row.tree, row.group_key);
  const [least, most] = band;
  // The directory tells how many were asked; that the row is released, that there are enough.
  if (bandOf === 'ASKED') return [{ units, least: world.minimum, most: units.length }];
  return [{ units, least, most: units.length - 1 <= most ? units.length : most }];
}
