import { Temporal } from '@js-temporal/polyfill';
import { pick } from './ids.js';

/** A day or moment in the demo's texts: days from the day of loading, negative before it. */
export type Days = number;

/** Two letters as in an RRULE. */
type Weekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR';

/** When two people meet: every few weeks on a weekday, at a local time in a time zone. */
export interface DemoRecurrence {
  readonly weeks: 1 | 2 | 4;
  readonly on: Weekday;
  /** HH:MM */
  readonly at: string;
  readonly zone: string;
  /** By how many weeks the next one follows the coming weekday. The default is 0. */
  readonly phase?: number;
}

/** A month that has ended. */
export interface DemoMonth {
  /** Its first day, YYYY-MM-DD. */
  readonly startsOn: string;
  readonly quarterStartsOn: string;
  /** 0 for the first of the quarters, which has settled as the two after it have. */
  readonly quarter: number;
  /** The first and the last day. */
  readonly from: Days;
  readonly to: Days;
  readonly hasSettled: boolean;
}

const WEEKDAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR'];
const MONTHS = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });

/** Converts the demo's days to dates relative to the time of loading. Days are in UTC. */
export class Calendar {
  private readonly today: Temporal.PlainDate;

  constructor(readonly now: Date) {
    this.today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
      .toZonedDateTimeISO('UTC')
      .toPlainDate();
  }

  /** YYYY-MM-DD */
  day(offset: Days): string {
    return this.today.add({ days: offset }).toString();
  }

  /** A minute of a working day, the same for the same seed. It is not in the future for today or an earlier day. */
  moment(offset: Days, ...seed: readonly (string | number)[]): Date {
    const minutes = 6 * 60 + pick(11 * 60, ...seed);
    return new Date(this.midnight(offset) + minutes * 60_000);
  }

  /** The end of a day in a time zone, at which shares expire. */
  endOfDay(offset: Days, zone: string): Date {
    const next = this.today.add({ days: offset + 1 }).toZonedDateTime({ timeZone: zone });
    return new Date(next.epochMilliseconds);
  }

  /** The date in a time zone at an instant. */
  dayIn(zone: string, moment: Date): string {
    return Temporal.Instant.fromEpochMilliseconds(moment.getTime())
      .toZonedDateTimeISO(zone)
      .toPlainDate()
      .toString();
  }

  /** An hour of a day in a zone. */
  hour(offset: Days, at: string, zone: string): Date {
    return momentOf(this.today.add({ days: offset }), at, zone);
  }

  /** The next date of a recurrence, and the given number of dates before it, newest first. */
  series(recurrence: DemoRecurrence, past: number): { readonly next: Date; readonly past: readonly Date[] } {
    const { weeks, on, at, zone, phase = 0 } = recurrence;
    const here = Temporal.Instant.fromEpochMilliseconds(this.now.getTime())
      .toZonedDateTimeISO(zone)
      .toPlainDate();
    let coming = here.add({ days: (WEEKDAYS.indexOf(on) + 8 - here.dayOfWeek) % 7 });
    if (momentOf(coming, at, zone) <= this.now) coming = coming.add({ weeks: 1 });
    const next = coming.add({ weeks: phase });
    const before = Array.from({ length: past }, (_, index) =>
      momentOf(next.subtract({ weeks: weeks * (index + 1) }), at, zone),
    );
    // With a phase, the date before the next one can still be in the future.
    if (before.some((moment) => moment > this.now)) throw new Error(`A phase of ${phase} weeks is too long.`);
    return { next: momentOf(next, at, zone), past: before };
  }

  /**
   * Three quarters, oldest first. The current one began with the previous month, so that it has always lasted at least four weeks.
   */
  quarters(): readonly { readonly name: string; readonly startsOn: string; readonly endsOn: string }[] {
    const present = this.today.with({ day: 1 }).subtract({ months: 1 });
    return [-6, -3, 0].map((months) => {
      const start = present.add({ months });
      const end = start.add({ months: 3 }).subtract({ days: 1 });
      const [from, to] = [start, end].map((date) => MONTHS.format(new Date(date.toString())));
      const years = start.year === end.year ? '' : ` ${start.year}`;
      return {
        name: `${from ?? ''}${years} to ${to ?? ''} ${end.year}`,
        startsOn: start.toString(),
        endsOn: end.toString(),
      };
    });
  }

  /**
   * The months of engagement trends before the present one, oldest first: at least nine that have settled, beginning with a quarter. A month has
   * settled seven days after its end.
   */
  months(zone: string): readonly DemoMonth[] {
    const here = Temporal.Instant.fromEpochMilliseconds(this.now.getTime()).toZonedDateTimeISO(zone);
    const present = here.toPlainDate().with({ day: 1 });
    const hasSettled = (first: Temporal.PlainDate): boolean => {
      const end = first.add({ months: 1, days: 7 }).toZonedDateTime({ timeZone: zone });
      return end.epochMilliseconds <= this.now.getTime();
    };
    const last = present.subtract({ months: hasSettled(present.subtract({ months: 1 })) ? 1 : 2 });
    const ninth = last.subtract({ months: 8 });
    const first = ninth.subtract({ months: (ninth.month - 1) % 3 });
    const { months } = first.until(present, { largestUnit: 'months' });
    return Array.from({ length: months }, (_, index) => {
      const start = first.add({ months: index });
      const end = start.add({ months: 1 });
      return {
        startsOn: start.toString(),
        quarterStartsOn: start.subtract({ months: (start.month - 1) % 3 }).toString(),
        quarter: Math.floor(index / 3),
        from: this.today.until(start).days,
        to: this.today.until(end).days - 1,
        hasSettled: hasSettled(start),
      };
    });
  }

  /** How many days from today the date of an instant is. */
  offset(moment: Date): Days {
    const date = Temporal.Instant.fromEpochMilliseconds(moment.getTime())
      .toZonedDateTimeISO('UTC')
      .toPlainDate();
    return this.today.until(date).days;
  }

  private midnight(offset: Days): number {
    return this.today.add({ days: offset }).toZonedDateTime('UTC').epochMilliseconds;
  }
}

function momentOf(date: Temporal.PlainDate, at: string, zone: string): Date {
  const time = Temporal.PlainTime.from(at);
  return new Date(date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds);
}
