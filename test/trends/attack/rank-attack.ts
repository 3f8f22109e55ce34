/** Attacks by linear algebra: within one quarter (privacy.md T2), and over 24 months of answers assumed constant (T4). */
import type { Finding } from './finding.js';
import { isolatedSets } from './isolated-sets.js';
import {
  INDEX_DRIVERS,
  METRICS,
  type Metric,
  askedOf,
  membersOf,
  quarterOfPeriod,
  unitsOf,
  valuesOf,
} from './metrics.js';
import { type Publication, byMetric } from './publications.js';
import { type PublishedRow, isReleased } from './published-rows.js';
import { type World, quartersOf } from './world.js';

/** Below this number of respondents a figure takes part in the argument over time; larger groups are covered by rounding. */
const SMALL_GROUP = 50;
/** A set of people that the figures over time must not isolate has fewer than these. */
const MINIMUM_OVER_TIME = 3;
const WINDOW_IN_QUARTERS = 8;

/** All figures of a quarter, those of its months included as rows over the same people. */
export function rankAttack(
  world: World,
  publications: readonly Publication[],
  rows: readonly PublishedRow[],
): Finding[] {
  return quartersOf(world).flatMap((quarter) => {
    const within = publications.filter(({ row }) => quarterOfPeriod(row.period) === quarter);
    const findings = byMetric(within).flatMap(([metric, list]) => {
      const units = isolated(
        list.map((publication) => publication.units),
        world.minimum,
      );
      const found = units.map((set) => finding(quarter, metric, `depends on ${set.join(', ')} only`));
      if (metric.units === 'PEOPLE') return found;
      // A figure about leaders' conduct must not depend on few of the people whom they lead either.
      const people = list.map(({ row, units: leaders }) =>
        world.definitions.leaders === 'BY_THEMSELVES'
          ? reportsOf(world, quarter, leaders)
          : membersOf(world, row.period, row.tree, row.group_key),
      );
      return [
        ...found,
        ...isolated(people, world.minimum).map((set) =>
          finding(quarter, metric, `depends on those who lead ${set.join(', ')} only`),
        ),
      ];
    });
    return [...findings, ...indexAttack(world, quarter, within, rows)];
  });
}

function reportsOf(world: World, quarter: string, leaders: readonly string[]): string[] {
  return [...(world.leaders.get(quarter) ?? [])].flatMap(([id, leader]) =>
    leaders.includes(leader) ? [id] : [],
  );
}

/** The figures of the drivers together with their mean: each person has a column for each driver. */
function indexAttack(
  world: World,
  quarter: string,
  publications: readonly Publication[],
  rows: readonly PublishedRow[],
): Finding[] {
  const index = rows.filter(
    (row) => row.metric === 'ENGAGEMENT_INDEX' && row.period === quarter && isReleased(row),
  );
  // An index of drivers that all have a figure for the group is a combination of these, which are attacked one by one.
  const isCombination = ({ tree, group_key }: PublishedRow) =>
    INDEX_DRIVERS.every((driver) =>
      publications.some(
        ({ row, metric }) =>
          metric.driver === driver &&
          row.period === quarter &&
          row.tree === tree &&
          row.group_key === group_key,
      ),
    );
  if (index.every(isCombination)) return [];
  const drivers = METRICS.filter(({ metric }) => metric === 'PULSE_SCORE');
  const people = [...new Set(drivers.flatMap((driver) => [...valuesOf(world, quarter, driver).keys()]))];
  const columns = people.flatMap((person) => drivers.map((_, driver) => ({ person, driver })));
  const row = (weight: (person: string, driver: number) => number) =>
    columns.map(({ person, driver }) => weight(person, driver));
  const figures = publications
    .filter(({ metric }) => metric.metric === 'PULSE_SCORE')
    .map(({ metric, units }) =>
      row((person, driver) => Number(metric === drivers[driver] && units.includes(person))),
    );
  const matrix = [
    ...figures,
    ...index.map(({ tree, group_key }) => {
      const units = drivers.map((driver) => unitsOf(world, quarter, driver, tree, group_key));
      // The mean of the drivers' means, times the product of their numbers of respondents: whole coefficients.
      return row((person, driver) =>
        units[driver]!.includes(person)
          ? units.reduce(
              (product, { length }, other) => (other === driver || length === 0 ? product : product * length),
              1,
            )
          : 0,
      );
    }),
  ];
  return isolatedSets({ rows: matrix, owners: columns.map(({ person }) => person) }, world.minimum).map(
    (set) => ({
      kind: 'RANK' as const,
      period: quarter,
      detail: `the index with its drivers depends on ${set.join(', ')} only`,
    }),
  );
}

/** Every window of 24 months, for somebody who takes each person's value to be the same in all of them. */
export function staticAttack(world: World, publications: readonly Publication[]): Finding[] {
  const quarters = quartersOf(world);
  const last = Math.max(0, quarters.length - WINDOW_IN_QUARTERS);
  return Array.from({ length: last + 1 }, (_, from) =>
    quarters.slice(from, from + WINDOW_IN_QUARTERS),
  ).flatMap((window) =>
    byMetric(publications).flatMap(([metric, list]) => {
      const small = list.filter(
        ({ row, units }) => window.includes(quarterOfPeriod(row.period)) && units.length < SMALL_GROUP,
      );
      return isolated(
        small.map(({ units }) => units),
        MINIMUM_OVER_TIME,
      ).map((set) => ({
        ...finding(window[0]!, metric, `over ${window.length} quarters depends on ${set.join(', ')} only`),
        kind: 'STATIC' as const,
      }));
    }),
  );
}

/**
 * For somebody who does not know who answered, and knows the rule: of the people whom a combination of figures depends on, nobody answered or at
 * least the minimum. Where no more than the minimum of them were asked, that these figures are released tells that all of them answered
 * or none did.
 */
export function askedAttack(world: World, publications: readonly Publication[]): Finding[] {
  return quartersOf(world).flatMap((quarter) =>
    byMetric(publications.filter(({ row }) => quarterOfPeriod(row.period) === quarter))
      .filter(([{ metric }]) => metric !== 'PULSE_PARTICIPATION')
      .flatMap(([metric, list]) =>
        isolated(
          list.map(({ row }) => askedOf(world, row.period, metric, row.tree, row.group_key)),
          world.minimum + 1,
        ).map((set) => ({
          ...finding(quarter, metric, `is released, so all of ${set.join(', ')} have a value or none has`),
          kind: 'PARTICIPATION' as const,
        })),
      ),
  );
}

function isolated(sets: readonly (readonly string[])[], minimum: number): string[][] {
  const owners = [...new Set(sets.flat())];
  const distinct = new Map(sets.map((set) => [[...set].sort().join(), set]));
  const rows = [...distinct.values()].map((set) => owners.map((owner) => Number(set.includes(owner))));
  return isolatedSets({ rows, owners }, minimum);
}

function finding(period: string, { metric, driver }: Metric, detail: string): Finding {
  return { kind: 'RANK', period, detail: `${metric} ${driver ?? ''} ${detail}` };
}
