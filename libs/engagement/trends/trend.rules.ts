import type { FieldCode, InputFault } from '#graphql';
import { readPeriodKey } from './period-key.js';
import type { Granularity } from './granularity.model.js';
import type { EngagementTrendArgs } from './trend.inputs.js';
import { METRICS } from './trend-metric.js';

/** The key of the root of every tree. */
export const ROOT_KEY = 'organization';

/** How many periods a range has at most: 24 months. */
const MOST_PERIODS: Readonly<Record<Granularity, number>> = { MONTH: 24, QUARTER: 8 };

const EXAMPLE: Readonly<Record<Granularity, string>> = {
  MONTH: 'month, for example 2026-05.',
  QUARTER: 'quarter, for example 2026-Q2.',
};

/** The first days of the first and of the last period; meaningless where there are faults. */
export interface PeriodRange {
  readonly from: string;
  readonly to: string;
  readonly faults: readonly InputFault[];
}

/** Reads the keys of the first and of the last period. */
export function readRange(
  { from, to }: { readonly from: string; readonly to: string },
  granularity: Granularity,
): PeriodRange {
  const [first, last] = [readPeriodKey(from), readPeriodKey(to)];
  const faults: InputFault[] = [];
  if (first?.granularity !== granularity)
    faults.push(fault('from', `Give the first ${EXAMPLE[granularity]}`));
  if (last?.granularity !== granularity) faults.push(fault('to', `Give the last ${EXAMPLE[granularity]}`));
  if (faults.length === 0 && first !== undefined && last !== undefined) {
    if (last.index < first.index) {
      faults.push(fault('to', 'The last period must not be before the first.', 'OUT_OF_RANGE'));
    } else if (last.index - first.index >= MOST_PERIODS[granularity]) {
      faults.push(fault('to', 'Ask for at most 24 months.', 'OUT_OF_RANGE'));
    }
  }
  return { from: first?.startsOn ?? '', to: last?.startsOn ?? '', faults };
}

/** What is wrong with the arguments of a trend, apart from its range. */
export function trendFaults({
  metric,
  driver,
  group,
  granularity,
}: EngagementTrendArgs): readonly InputFault[] {
  const { granularities, organizationOnly } = METRICS[metric];
  const faults: InputFault[] = [];
  if (metric === 'PULSE_SCORE') {
    if (driver == null) faults.push(fault('driver', 'is required for PULSE_SCORE.', 'REQUIRED'));
    if (driver === 'RECOMMEND')
      faults.push(fault('driver', 'must not be RECOMMEND: ask for the metric ENPS.'));
  } else if (driver != null) {
    faults.push(fault('driver', 'can be given for PULSE_SCORE only.', 'NOT_ALLOWED'));
  }
  if (!granularities.includes(granularity)) {
    faults.push(fault('granularity', `must be QUARTER for ${metric}.`));
  }
  if (organizationOnly && group != null && group !== ROOT_KEY) {
    faults.push(
      fault('group', `must be left out: ${metric} exists for the organization only.`, 'NOT_ALLOWED'),
    );
  }
  return faults;
}

function fault(path: string, message: string, code: FieldCode = 'INVALID'): InputFault {
  return { path, message, code };
}
