import type { Key, Words } from '../../words/words.tsx';

/** The rhythms that the form offers. Other rules, which calendars and imports write, are shown by their dates. */
export type Rhythm = 'weekly' | 'two-weeks' | 'three-weeks' | 'monthly' | 'none';
export const RHYTHMS: readonly Rhythm[] = ['weekly', 'two-weeks', 'three-weeks', 'monthly', 'none'];
const INTERVALS: Partial<Record<Rhythm, number>> = { weekly: 1, 'two-weeks': 2, 'three-weeks': 3 };
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

interface Rule {
  readonly rhythm: Rhythm;
  /** 0 for Sunday. */
  readonly weekday: number;
  /** Which of the weekdays of a month, for monthly; -1 for the last. */
  readonly nth: number;
}

/** Undefined for a rule that the form does not offer. */
export function parseRule(rule: string): Rule | undefined {
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=') as [string, string]));
  const { FREQ, INTERVAL = '1', BYDAY = '', ...others } = parts;
  const [, nth = '', day = ''] = /^(-?\d)?([A-Z]{2})$/.exec(BYDAY) ?? [];
  const weekday = DAYS.indexOf(day);
  const isPlain = Object.keys(others).every((name) => name === 'WKST');
  if (!isPlain || weekday === -1) return undefined;
  if (FREQ === 'MONTHLY' && INTERVAL === '1' && nth !== '')
    return { rhythm: 'monthly', weekday, nth: Number(nth) };
  const rhythm = RHYTHMS.find((one) => INTERVALS[one] === Number(INTERVAL));
  return FREQ === 'WEEKLY' && nth === '' && rhythm !== undefined ? { rhythm, weekday, nth: 1 } : undefined;
}

/** The rule of a rhythm that begins on a day, as 2026-03-04. Undefined for none. */
export function makeRule(rhythm: Rhythm, day: string): string | undefined {
  if (rhythm === 'none') return undefined;
  const date = new Date(`${day}T00:00:00Z`);
  const weekday = DAYS[date.getUTCDay()] ?? '';
  if (rhythm === 'monthly') {
    const nth = Math.ceil(date.getUTCDate() / 7);
    return `FREQ=MONTHLY;BYDAY=${nth > 4 ? -1 : nth}${weekday}`;
  }
  const interval = INTERVALS[rhythm] ?? 1;
  return `FREQ=WEEKLY;${interval > 1 ? `INTERVAL=${interval};` : ''}BYDAY=${weekday}`;
}

/** "Every second Tuesday". Undefined for a rule that has no short words. */
export function wordRule(rule: string, { say, language }: Words): string | undefined {
  const parsed = parseRule(rule);
  if (parsed === undefined) return undefined;
  // 2023 began on a Sunday.
  const sunday = Date.UTC(2023, 0, 1);
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
    sunday + parsed.weekday * 86_400_000,
  );
  const key: Key =
    parsed.rhythm === 'monthly' ? `rhythm.monthly.${nthKey(parsed.nth)}` : RHYTHM_KEYS[parsed.rhythm];
  return say(key, { day });
}

const RHYTHM_KEYS = {
  weekly: 'rhythm.weekly',
  'two-weeks': 'rhythm.twoWeeks',
  'three-weeks': 'rhythm.threeWeeks',
  monthly: 'rhythm.monthly.1',
  none: 'rhythm.none',
} as const satisfies Record<Rhythm, Key>;

function nthKey(nth: number): '1' | '2' | '3' | '4' | 'last' {
  return nth === 1 || nth === 2 || nth === 3 || nth === 4 ? `${nth}` : 'last';
}

/** The moment at which clocks of a time zone show a day and a time; a time that the day skips moves forward. */
export function momentOf(day: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const offset = (at: number): number => {
    const parts = Object.fromEntries(
      new Intl.DateTimeFormat('en-CA', {
        timeZone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
      })
        .formatToParts(at)
        .map(({ type, value }) => [type, value]),
    );
    return (
      Date.parse(
        `${parts['year'] ?? ''}-${parts['month'] ?? ''}-${parts['day'] ?? ''}T${parts['hour'] ?? ''}:${parts['minute'] ?? ''}:00Z`,
      ) - at
    );
  };
  const guess = wanted - offset(wanted);
  return new Date(wanted - offset(guess)).toISOString();
}

/**
 * The moment today at which clocks of the time zone of a series show the time at which it began: daylight saving, here or there, may have
 * begun or ended since.
 */
export function momentToday(startsAt: string, timeZone: string, now = new Date()): string {
  return momentOf(clockOf(now.toISOString(), timeZone).day, clockOf(startsAt, timeZone).time, timeZone);
}

/** The day and the time that clocks of a time zone show at a moment: for fields of forms. */
export function clockOf(moment: string, timeZone: string): { readonly day: string; readonly time: string } {
  const at = new Date(moment);
  return {
    day: new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at),
    time: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at),
  };
}
