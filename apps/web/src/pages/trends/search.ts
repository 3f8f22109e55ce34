import type { Driver, Granularity, TrendMetric, TrendTree } from '../../graphql/graphql.ts';

/** What the page of trends shows, as search parameters of its address. What is left out has its default. */
export interface TrendSearch {
  readonly metric?: TrendMetric;
  /** Of a PULSE_SCORE. */
  readonly driver?: ScoredDriver;
  readonly tree?: TrendTree;
  /** The key of the group that is shown with the groups directly below it. */
  readonly group?: string;
  readonly by?: Granularity;
}

export type ScoredDriver = Exclude<Driver, 'RECOMMEND'>;

export type ShownTrend = Required<Omit<TrendSearch, 'driver'>> & Pick<TrendSearch, 'driver'>;

/** The group of everybody, in each tree. */
export const ROOT = 'organization';

export const METRICS = [
  'ENGAGEMENT_INDEX',
  'PULSE_SCORE',
  'ENPS',
  'PULSE_PARTICIPATION',
  'MET_RATE',
  'CONVERSATION_WORTH',
  'AGENDA_FROM_REPORTS',
  'PROMISES_KEPT_BY_MANAGERS',
  'BARRIERS_ANSWERED_IN_TIME',
  'BARRIERS_REMOVED',
] as const satisfies readonly TrendMetric[];

/** Drivers with a score: RECOMMEND is shown as ENPS only. */
export const DRIVERS = [
  'MUTUAL_TRUST',
  'AUTONOMY',
  'PURPOSE',
  'GROWTH',
  'RECOGNITION',
  'WELLBEING',
  'VOICE',
] as const satisfies readonly ScoredDriver[];

export const TREES = ['DEPARTMENT', 'MANAGER', 'LOCATION'] as const satisfies readonly TrendTree[];

const GRANULARITIES = ['QUARTER', 'MONTH'] as const satisfies readonly Granularity[];

export function readTrendSearch(search: Record<string, unknown>): TrendSearch {
  const metric = METRICS.find((one) => one === search['metric']);
  const driver = DRIVERS.find((one) => one === search['driver']);
  const tree = TREES.find((one) => one === search['tree']);
  const by = GRANULARITIES.find((one) => one === search['by']);
  const group = search['group'];
  return {
    ...(metric && { metric }),
    ...(driver && { driver }),
    ...(tree && { tree }),
    ...(typeof group === 'string' && group !== '' && { group }),
    ...(by && { by }),
  };
}

/**
 * What is shown for a search, which can contain anything: parameters that `validateSearch` leaves out are still in it. Only the scores of
 * drivers are released by month, and metrics about barriers for the organization only.
 */
export function shownTrend(search: TrendSearch): ShownTrend {
  const {
    metric = 'PULSE_SCORE',
    tree = 'DEPARTMENT',
    group = ROOT,
    by = 'QUARTER',
    driver = DRIVERS[0],
  } = readTrendSearch({ ...search });
  const isScore = metric === 'PULSE_SCORE';
  return {
    metric,
    tree,
    group: isAboutBarriers(metric) ? ROOT : group,
    by: isScore ? by : 'QUARTER',
    ...(isScore && { driver }),
  };
}

/** The address of the same trend for another group. */
export function ofGroup({ metric, driver, tree, by }: ShownTrend, group: string): TrendSearch {
  return { metric, ...(driver && { driver }), tree, by, ...(group !== ROOT && { group }) };
}

export const isAboutBarriers = (metric: TrendMetric): boolean => metric.startsWith('BARRIERS_');

/** The last 24 months, as far as they are released: the keys of the first and the last period. */
export function lastTwoYears(
  by: Granularity,
  now = new Date(),
): { readonly from: string; readonly to: string } {
  const month = now.getUTCFullYear() * 12 + now.getUTCMonth();
  const keyOf = (at: number): string => {
    const year = String(Math.floor(at / 12));
    return by === 'QUARTER'
      ? `${year}-Q${String(Math.floor((at % 12) / 3) + 1)}`
      : `${year}-${String((at % 12) + 1).padStart(2, '0')}`;
  };
  return { from: keyOf(by === 'QUARTER' ? month - (month % 3) - 21 : month - 23), to: keyOf(month) };
}
