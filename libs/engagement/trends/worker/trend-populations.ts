import type { Granularity } from '../granularity.model.js';
import { METRICS, SCORED_DRIVERS, type TrendMetric } from '../trend-metric.js';

/** The people whose values one metric averages: of a score, those who answered a question of its driver. */
export interface TrendPopulation {
  readonly key: string;
  readonly metric: TrendMetric;
  readonly driver: string | null;
}

/** The populations of a period of this length. ENGAGEMENT_INDEX has none: it is computed from figures. */
export function populationsOf(granularity: Granularity): TrendPopulation[] {
  return (Object.keys(METRICS) as TrendMetric[])
    .filter(
      (metric) => METRICS[metric].unit !== 'FIGURES' && METRICS[metric].granularities.includes(granularity),
    )
    .flatMap((metric): TrendPopulation[] =>
      metric === 'PULSE_SCORE'
        ? SCORED_DRIVERS.map((driver) => ({ key: `${metric} ${driver}`, metric, driver }))
        : [{ key: metric, metric, driver: null }],
    );
}
