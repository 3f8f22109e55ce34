/**
 * How a figure comes from the truth, by the documented definitions of the metrics: whose values it is the mean of, and their bounds. Values
 * are whole numbers here; a published figure is their mean times `unit`.
 */
import { type PublishedRow } from './published-rows.js';
import { ORGANIZATION, type Tree } from './trees.js';
import {
  ASKED_IN,
  DRIVERS,
  type Driver,
  type Membership,
  type World,
  isQuarter,
  lastMonthOf,
  monthsOf,
  pathToRoot,
  quarterOf,
} from './world.js';

export interface Metric {
  metric: string;
  driver: string | null;
  /** The bounds of one person's value. */
  lo: number;
  hi: number;
  /** What one step of a whole value is in the published figure. */
  unit: number;
  /** A step of rounding is never finer than one person moves a group of 50. */
  step: number;
  quarterlyOnly: boolean;
  /** Whose conduct it is: each person's own, or their leader's. */
  units: 'PEOPLE' | 'LEADERS';
}

const pulse = (driver: string): Metric => ({
  metric: 'PULSE_SCORE',
  driver,
  lo: 1,
  hi: 5,
  unit: 1,
  step: 0.1,
  quarterlyOnly: false,
  units: 'PEOPLE',
});

/** The drivers whose mean the index is. */
export const INDEX_DRIVERS = DRIVERS.filter((driver) => driver !== 'RECOMMEND');

export const METRICS: readonly Metric[] = [
  ...INDEX_DRIVERS.map(pulse),
  { ...pulse(''), metric: 'ENPS', driver: null, lo: -1, hi: 1, unit: 100, step: 5, quarterlyOnly: true },
  { ...pulse(''), metric: 'PULSE_PARTICIPATION', driver: null, lo: 0, hi: 1, quarterlyOnly: true },
  {
    ...pulse(''),
    metric: 'PROMISES_KEPT_BY_MANAGERS',
    driver: null,
    lo: 0,
    hi: 4,
    unit: 0.25,
    quarterlyOnly: true,
    units: 'LEADERS',
  },
  {
    ...pulse(''),
    metric: 'CONVERSATION_WORTH',
    driver: null,
    lo: 4,
    hi: 20,
    unit: 0.25,
    quarterlyOnly: true,
    units: 'LEADERS',
  },
];

/** What an organization measures: scores of the drivers that it asks, and the rest. */
export function metricsOf({ drivers }: World): Metric[] {
  return METRICS.filter(({ driver }) => driver === null || drivers.includes(driver as Driver));
}

export function metricOf(row: PublishedRow): Metric | undefined {
  return METRICS.find(({ metric, driver }) => metric === row.metric && driver === row.driver);
}

/** By person (or leader): the value that counts in that period. */
export function valuesOf(
  world: World,
  period: string,
  { metric, driver }: Metric,
): ReadonlyMap<string, number> {
  const quarter = isQuarter(period) ? period : quarterOf(period);
  const answered = (name: string) => world.answers.get(name)?.get(quarter) ?? new Map<string, number>();
  const asked = [...(world.memberships.get(period)?.keys() ?? [])];
  switch (metric) {
    case 'PULSE_SCORE':
      return isAsked(period, driver!) ? only(answered(driver!), asked) : new Map();
    case 'ENPS':
      return new Map([...only(answered('RECOMMEND'), asked)].map(([id, answer]) => [id, promoter(answer)]));
    case 'PULSE_PARTICIPATION':
      return new Map(
        asked.map((id) => [id, [...world.answers.keys()].some((name) => answered(name).has(id)) ? 1 : 0]),
      );
    case 'PROMISES_KEPT_BY_MANAGERS':
      return world.promisesKept.get(quarter) ?? new Map();
    case 'CONVERSATION_WORTH':
      return world.conversationWorth.get(quarter) ?? new Map();
    default:
      throw new Error(`${metric} has no values`);
  }
}

/** A month has answers to the drivers that were asked in it; a quarter to all. */
function isAsked(period: string, driver: string): boolean {
  return isQuarter(period) || monthsOf(quarterOf(period))[ASKED_IN[driver as Driver]] === period;
}

const promoter = (answer: number) => (answer >= 9 ? 1 : answer >= 7 ? 0 : -1);
const only = (values: ReadonlyMap<string, number>, ids: readonly string[]) =>
  new Map([...values].filter(([id]) => ids.includes(id)));

/** The groups of everybody who was asked, as they count for a metric. */
function placesOf(world: World, period: string, metric: Metric): ReadonlyMap<string, Membership> {
  const driver = metric.metric === 'ENPS' ? 'RECOMMEND' : metric.driver;
  const isByMonth = driver !== null && world.definitions.scores === 'BY_MONTH_ASKED';
  const at = isByMonth && isQuarter(period) ? monthsOf(period)[ASKED_IN[driver as Driver]]! : period;
  return world.memberships.get(at) ?? new Map<string, Membership>();
}

/** Everybody who was asked in that period and counts in the group. */
export function membersOf(
  world: World,
  period: string,
  tree: Tree,
  key: string,
  places: ReadonlyMap<string, Membership> = world.memberships.get(period) ?? new Map<string, Membership>(),
): string[] {
  return [...places]
    .filter(([, groups]) => key === ORGANIZATION || pathToRoot(world, tree, groups[tree]).includes(key))
    .map(([id]) => id);
}

/** The people (or leaders, of the group's members) whose values the figure of a group is the mean of. */
export function unitsOf(world: World, period: string, metric: Metric, tree: Tree, key: string): string[] {
  const values = valuesOf(world, period, metric);
  return askedOf(world, period, metric, tree, key).filter((id) => values.has(id));
}

/** Everybody in a group who could have a value: the people who were asked, or the leaders with reports. The directory tells who they are. */
export function askedOf(world: World, period: string, metric: Metric, tree: Tree, key: string): string[] {
  const members = membersOf(world, period, tree, key, placesOf(world, period, metric));
  if (metric.units === 'PEOPLE') return members;
  const leaders = world.leaders.get(isQuarter(period) ? period : quarterOf(period));
  if (world.definitions.leaders === 'BY_THEMSELVES') {
    const leading = new Set(leaders?.values());
    return members.filter((id) => leading.has(id));
  }
  return [...new Set(members.map((id) => leaders?.get(id)))].filter((id) => id !== undefined);
}

/**
 * Whom a publication is about. A figure that is published again is taken to be about those of the first who still counted in the group
 * at that time.
 */
export function unitsOfRow(world: World, row: PublishedRow, metric: Metric, isRepeated: boolean): string[] {
  const units = unitsOf(world, row.period, metric, row.tree, row.group_key);
  if (!isRepeated || metric.units === 'LEADERS') return units;
  const by = row.released_at.slice(0, 7);
  const gone = world.departures.filter(({ month }) => month > lastMonthOf(row.period) && month <= by);
  return units.filter(
    (id) => !gone.some(({ person, kind }) => person === id && (kind !== 'MOVED' || hasMoved(id))),
  );

  function hasMoved(id: string): boolean {
    const now = world.memberships.get(by)?.get(id);
    return (
      now === undefined ||
      (row.group_key !== ORGANIZATION && !pathToRoot(world, row.tree, now[row.tree]).includes(row.group_key))
    );
  }
}

/** The quarter whose answers a period is about. */
export const quarterOfPeriod = (period: string) => (isQuarter(period) ? period : quarterOf(period));
