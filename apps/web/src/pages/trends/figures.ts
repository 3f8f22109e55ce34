import type { TrendMetric } from '../../graphql/graphql.ts';
import type { Words } from '../../words/words.tsx';
import { isAboutBarriers } from './search.ts';
import type { Figure, Point } from './movement.ts';

/** A group with its figures. */
export interface Row {
  readonly group: {
    readonly key: string;
    readonly label: string;
    readonly parentKey?: string | null;
    readonly validFrom: string;
    readonly validUntil?: string | null;
  };
  /** Whether it is the group that was asked for, and not one below it. */
  readonly isOwn: boolean;
  readonly points: readonly Point[];
}

/** How the figures of a metric are written. */
export type Unit = 'score' | 'share' | 'enps';

export function unitOf(metric: TrendMetric): Unit {
  if (metric === 'ENPS') return 'enps';
  return metric === 'ENGAGEMENT_INDEX' || metric === 'PULSE_SCORE' || metric === 'CONVERSATION_WORTH'
    ? 'score'
    : 'share';
}

/** Whose behaviour moves a metric: how the people behind it are called. */
export function peopleOf(metric: TrendMetric): 'people' | 'managers' | 'answerers' {
  if (isAboutBarriers(metric)) return 'answerers';
  return metric === 'ENGAGEMENT_INDEX' ||
    metric === 'PULSE_SCORE' ||
    metric === 'ENPS' ||
    metric === 'PULSE_PARTICIPATION'
    ? 'people'
    : 'managers';
}

export interface FigureWords {
  /** "3.9", "75 %", "+20". */
  readonly number: (value: number) => string;
  /** A difference: "0.2", "10 points". */
  readonly difference: (value: number) => string;
  /** With its bound: "at least 3.9". */
  readonly figure: (figure: Figure) => string;
  /** A figure, or that there is none. */
  readonly cell: (point: Point | undefined) => string;
  /** "Q3 2026", "October 2026". */
  readonly period: (key: string) => string;
  /** Below a picture: "Q3", "Oct", and with the year "Q3 2026", "Oct 2026". */
  readonly shortPeriod: (key: string, withYear: boolean) => string;
  /** How many people are behind a figure. */
  readonly people: (figure: Figure) => string;
}

export function wordFigures({ say, language }: Words, metric: TrendMetric): FigureWords {
  const unit = unitOf(metric);
  const locale = language === 'en' ? 'en-GB' : language;
  const format = (options: Intl.NumberFormatOptions, value: number): string =>
    new Intl.NumberFormat(locale, options).format(value);
  const number = (value: number): string => {
    if (unit === 'share') return format({ style: 'percent', maximumFractionDigits: 0 }, value);
    // With a minus, which is as wide as a plus, and not the hyphen of English formats.
    if (unit === 'enps')
      return format({ signDisplay: 'exceptZero', maximumFractionDigits: 0 }, value).replace('-', '−');
    return format({ minimumFractionDigits: 1, maximumFractionDigits: 1 }, value);
  };
  const figure = (one: Figure): string =>
    one.bound === null || one.bound === 'ROUNDED'
      ? number(one.value)
      : say(`trends.bound.${one.bound}`, { value: number(one.value) });
  return {
    number,
    figure,
    difference: (value) => {
      if (unit === 'score') return number(value);
      return say('trends.points', { count: Math.round(unit === 'share' ? value * 100 : value) });
    },
    cell: (point) => {
      if (point === undefined) return say('trends.absent');
      return point.value === null ? say('trends.suppressed') : figure(point as Figure);
    },
    period: (key) => wordPeriod(key, locale),
    shortPeriod: (key, withYear) => {
      const [year = '', part = ''] = key.split('-');
      const name = isQuarter(key) ? part : monthOf(key, locale, { month: 'short' });
      return withYear ? `${name} ${year}` : name;
    },
    people: ({ people }) =>
      people === null ? '' : say(`trends.people.${people}`, { unit: peopleOf(metric) }),
  };
}

/** Whether the key of a period is that of a quarter, as 2026-Q2, and not of a month. */
export const isQuarter = (key: string): boolean => key.includes('Q');

/** A month or a quarter by its key, as 2026-05 or 2026-Q2. */
export function wordPeriod(key: string, locale: string): string {
  const [year = '', part = ''] = key.split('-');
  if (isQuarter(key)) return `${part} ${year}`;
  return monthOf(key, locale, { month: 'long', year: 'numeric' });
}

function monthOf(key: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(
    new Date(`${key}-01T00:00:00Z`),
  );
}
