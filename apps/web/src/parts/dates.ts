import { useMemo } from 'react';
import { useWords, type Words } from '../words/words.tsx';

/** The reader's time zone: every time is shown in it. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const DAY_MS = 86_400_000;

/** Values of a message that says a day. Some languages say it "on" a date, but not "on" tomorrow: `form` tells which it is. */
export interface DayValues extends Record<string, string> {
  readonly day: string;
  readonly form: 'word' | 'date';
}

export interface Dates {
  /** "14:00", by default in the reader's time zone. */
  readonly time: (moment: string, timeZone?: string) => string;
  /** "Today", "Tomorrow", "Wednesday", "Friday, 11 December". Of a moment or a day. */
  readonly day: (momentOrDay: string) => string;
  /** As `day`, within a sentence: "tomorrow". */
  readonly dayWithin: (momentOrDay: string) => string;
  /** "in 3 days", "12 days ago", "on 4 March": within a sentence. */
  readonly near: (momentOrDay: string) => string;
  /** `dayWithin` as values of a message. */
  readonly dayValues: (momentOrDay: string) => DayValues;
  /** `near` as values of a message. */
  readonly nearValues: (momentOrDay: string) => DayValues;
  /** "4 March", with the year where it is not this one. */
  readonly date: (momentOrDay: string) => string;
  /** Everything, for whom hovers. */
  readonly exact: (momentOrDay: string) => string;
}

/** The day of a moment in the reader's time zone, as 2026-03-04. A day stays the same. */
export function dayOf(momentOrDay: string): string {
  if (!momentOrDay.includes('T')) return momentOrDay;
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(
    new Date(momentOrDay),
  );
}

/** The day that it is in the reader's time zone, as 2026-03-04. */
export const today = (): string => dayOf(new Date().toISOString());

/** How many days a moment or a day is after today; negative if it was before. */
export const daysFromToday = (momentOrDay: string): number =>
  Math.round((Date.parse(dayOf(momentOrDay)) - Date.parse(today())) / DAY_MS);

export function useDates(): Dates {
  const words = useWords();
  return useMemo(() => makeDates(words), [words]);
}

function makeDates({ language, say }: Words): Dates {
  const locale = language === 'en' ? 'en-GB' : language;
  const format = (value: Date, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, options).format(value);
  const asDate = (momentOrDay: string): Date => new Date(`${dayOf(momentOrDay)}T00:00:00Z`);

  const date = (momentOrDay: string): string => {
    const day = asDate(momentOrDay);
    const thisYear = day.getUTCFullYear() === asDate(today()).getUTCFullYear();
    return (
      format(day, {
        timeZone: 'UTC',
        day: 'numeric',
        month: 'long',
        ...(!thisYear && { year: 'numeric' }),
      })
        // No line ends between the day and the month.
        .replace(' ', '\u00a0')
    );
  };
  const weekday = (momentOrDay: string): string =>
    format(asDate(momentOrDay), { timeZone: 'UTC', weekday: 'long' });

  const day = (momentOrDay: string): string => {
    const days = daysFromToday(momentOrDay);
    if (days === 0) return say('date.today');
    if (days === 1) return say('date.tomorrow');
    if (days === -1) return say('date.yesterday');
    return days > 1 && days < 7 ? weekday(momentOrDay) : `${weekday(momentOrDay)}, ${date(momentOrDay)}`;
  };

  const isNextTo = (momentOrDay: string): boolean => Math.abs(daysFromToday(momentOrDay)) <= 1;
  const dayWithin = (momentOrDay: string): string =>
    isNextTo(momentOrDay) ? day(momentOrDay).toLowerCase() : day(momentOrDay);
  const nearWord = (momentOrDay: string): string | undefined => {
    const days = daysFromToday(momentOrDay);
    if (isNextTo(momentOrDay)) return dayWithin(momentOrDay);
    if (days > 1 && days < 15) return say('date.inDays', { days });
    if (days < -1 && days > -31) return say('date.daysAgo', { days: -days });
    return undefined;
  };
  const near = (momentOrDay: string): string => nearWord(momentOrDay) ?? date(momentOrDay);

  return {
    time: (moment, timeZone = zone) =>
      format(new Date(moment), { timeZone, hour: 'numeric', minute: '2-digit' }),
    date,
    day,
    dayWithin,
    near,
    dayValues: (momentOrDay) => ({
      day: dayWithin(momentOrDay),
      form: isNextTo(momentOrDay) ? 'word' : 'date',
    }),
    nearValues: (momentOrDay) => ({
      day: near(momentOrDay),
      form: nearWord(momentOrDay) === undefined ? 'date' : 'word',
    }),
    exact: (momentOrDay) =>
      momentOrDay.includes('T')
        ? format(new Date(momentOrDay), { timeZone: zone, dateStyle: 'full', timeStyle: 'short' })
        : format(asDate(momentOrDay), { timeZone: 'UTC', dateStyle: 'full' }),
  };
}

/** Whether two time zones show different clocks at a moment. */
export function clocksDiffer(moment: string, other: string): boolean {
  const clock = (timeZone: string): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
      new Date(moment),
    );
  return clock(zone) !== clock(other);
}

/** Whether something that began at a moment and took some minutes is over. */
export function hasPassed(moment: string, minutes: number): boolean {
  return Date.parse(moment) + minutes * 60_000 < Date.now();
}
