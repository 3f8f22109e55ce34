import type { Granularity } from './granularity.model.js';

/** A month or quarter of the calendar, and its place among those of its length. */
export interface PeriodKey {
  readonly granularity: Granularity;
  /** Counted from the year 0, in months or in quarters. */
  readonly index: number;
  /** The first day, as YYYY-MM-DD. */
  readonly startsOn: string;
}

// The calendar of PostgreSQL has no year 0.
const MONTH = /^(?!0000)(\d{4})-(0[1-9]|1[0-2])$/;
const QUARTER = /^(?!0000)(\d{4})-Q([1-4])$/;

/** Reads a key such as 2026-05 or 2026-Q2. @returns undefined for any other text */
export function readPeriodKey(key: string): PeriodKey | undefined {
  const month = MONTH.exec(key);
  if (month) {
    const [, year = '', number = ''] = month;
    return { granularity: 'MONTH', index: Number(year) * 12 + Number(number) - 1, startsOn: `${key}-01` };
  }
  const quarter = QUARTER.exec(key);
  if (quarter) {
    const [, year = '', number = ''] = quarter;
    const first = String(Number(number) * 3 - 2).padStart(2, '0');
    return {
      granularity: 'QUARTER',
      index: Number(year) * 4 + Number(number) - 1,
      startsOn: `${year}-${first}-01`,
    };
  }
  return undefined;
}
