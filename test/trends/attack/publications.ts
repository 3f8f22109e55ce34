/** The published rows beside the truth: each with the people whose values it is about. */
import { type Metric, METRICS, metricOf, unitsOfRow } from './metrics.js';
import { type PublishedRow, cellOf, isReleased } from './published-rows.js';
import type { Definitions, World } from './world.js';

export interface Publication {
  row: PublishedRow;
  metric: Metric;
  units: readonly string[];
  isRepeated: boolean;
  bounds: Definitions['bounds'];
}

/** All released figures of one person's or leader's values; the index of drivers is not among them. */
export function publicationsOf(world: World, rows: readonly PublishedRow[]): Publication[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const isRepeated = seen.has(cellOf(row));
    seen.add(cellOf(row));
    const metric = metricOf(row);
    if (metric === undefined || !isReleased(row)) return [];
    return [
      {
        row,
        metric,
        units: unitsOfRow(world, row, metric, isRepeated),
        isRepeated,
        bounds: world.definitions.bounds,
      },
    ];
  });
}

export function byMetric(publications: readonly Publication[]): [Metric, Publication[]][] {
  return METRICS.map((metric): [Metric, Publication[]] => [
    metric,
    publications.filter((publication) => publication.metric === metric),
  ]).filter(([, list]) => list.length > 0);
}

/** People with equal membership in every one of these sets, who are interchangeable for somebody who knows only those sets' totals. */
export function classesBy(people: readonly string[], sets: readonly (readonly string[])[]): string[][] {
  const classes = new Map<string, string[]>();
  const lookups = sets.map((set) => new Set(set));
  for (const person of people) {
    const key = lookups.map((set) => (set.has(person) ? '1' : '0')).join('');
    classes.set(key, [...(classes.get(key) ?? []), person]);
  }
  return [...classes.values()];
}
