import { Temporal } from '@js-temporal/polyfill';
import { RRuleTemporal } from 'rrule-temporal';

/** How often two people meet. */
export interface Recurrence {
  /** The value of an RRULE of RFC 5545 that {@link recurrenceProblem} accepts. */
  readonly rule: string;
  /** DTSTART, in whole seconds: the first possible date, and the time of day of every date. */
  readonly startsAt: Date;
  /** The IANA time zone in whose local time the rule is evaluated. */
  readonly timeZone: string;
}

/** The longest time between two dates, and how far ahead the next date is searched. */
const LONGEST_PAUSE_DAYS = 731;
const MOST_OCCURRENCES = 366;
const DAY = 86_400_000;

/** The accepted values of each part of a rule (RFC 5545, section 3.3.10): a pattern, or a range of numbers. */
const PARTS: Readonly<Record<string, RegExp | readonly [least: number, most: number]>> = {
  FREQ: /^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: [1, 366],
  COUNT: [1, MOST_OCCURRENCES],
  UNTIL: /^\d{8}T\d{6}Z$/,
  BYDAY: /^(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTH: [1, 12],
  BYMONTHDAY: [-31, 31],
  BYSETPOS: [-366, 366],
  WKST: /^(?:MO|TU|WE|TH|FR|SA|SU)$/,
};

/** The numeric parts that accept a list. */
const LISTS: ReadonlySet<string> = new Set(['BYMONTH', 'BYMONTHDAY', 'BYSETPOS']);
/** Parts that rrule-temporal evaluates wrongly: BYYEARDAY together with BYDAY, and every BYWEEKNO. */
const MISCOUNTED: ReadonlySet<string> = new Set(['BYYEARDAY', 'BYWEEKNO']);
const TIMES: ReadonlySet<string> = new Set(['BYHOUR', 'BYMINUTE', 'BYSECOND']);
const SUB_DAILY = /^(?:HOURLY|MINUTELY|SECONDLY)$/;

/** The largest INTERVAL by FREQ: about a year. */
const LARGEST_INTERVAL: Readonly<Record<string, number>> = { DAILY: 366, WEEKLY: 53, MONTHLY: 12, YEARLY: 1 };

/**
 * How many days, weeks, months or years of a rule are searched: enough for two years without a date and, by month and year, for many
 * years since the start. Without a limit, a rule that names dates which do not exist would be searched without end.
 */
const MOST_PERIODS: Readonly<Record<string, number>> = {
  DAILY: 1_500,
  WEEKLY: 400,
  MONTHLY: 400,
  YEARLY: 40,
};
const MOST_CANDIDATES = 20_000;

/** The largest ordinal of a weekday. Few years have a 53rd one, and rrule-temporal evaluates it wrongly. */
const LARGEST_ORDINAL = { month: 5, year: 52 };

/**
 * The same rule with UNTIL in UTC, as RFC 5545 requires. Calendars also write a date, which means the end of that day, or a local time;
 * both are read in the time zone of the recurrence.
 */
export function withUntilInUtc(rule: string, timeZone: string): string {
  return rule.replace(/UNTIL=(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?(?=;|$)/, (given, ...groups) => {
    const [year, month, day, hour, minute, second] = groups.slice(0, 6) as (string | undefined)[];
    const wall = Date.parse(
      `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}Z`,
    );
    // Not a date that exists: stays as it is, and is refused later.
    if (Number.isNaN(wall) || new Date(wall).getUTCDate() !== Number(day)) return given;
    const until = hour === undefined ? momentOf(wall + DAY, timeZone) - 1_000 : momentOf(wall, timeZone);
    return `UNTIL=${basic(until)}`;
  });
}

/**
 * Why a recurrence is not accepted, as the end of a sentence for the user; undefined if it is accepted. Stricter than RFC 5545: at most
 * one date a day, at the time of day of `startsAt`; at least one within any two years; no part that is unknown, repeated or out of
 * range, which the library would ignore; and nothing that the library evaluates wrongly (test/recurrence compares it with
 * python-dateutil).
 */
export function recurrenceProblem(recurrence: Recurrence): string | undefined {
  const parts = recurrence.rule.split(';').map((part) => part.split('=') as [string, string?]);
  const names = parts.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `must not use ${twice} twice.`;
  for (const [name, value = ''] of parts) {
    const reason = partRefused(name, value);
    if (reason !== undefined) return reason;
  }
  const frequency = valueOf(recurrence.rule, 'FREQ');
  if (frequency === undefined) return 'must have a FREQ.';
  const largest = LARGEST_INTERVAL[frequency] ?? 1;
  if (Number(valueOf(recurrence.rule, 'INTERVAL') ?? 1) > largest) {
    return `must have an INTERVAL of at most ${String(largest)} with FREQ=${frequency}.`;
  }
  return miscounted(recurrence.rule, frequency) ?? datesRefused(recurrence);
}

function miscounted(rule: string, frequency: string): string | undefined {
  if (frequency === 'WEEKLY' && valueOf(rule, 'BYSETPOS') !== undefined) {
    return 'must not use BYSETPOS with FREQ=WEEKLY: name the days themselves.';
  }
  const ofYear = frequency === 'YEARLY' && valueOf(rule, 'BYMONTH') === undefined;
  const largest = LARGEST_ORDINAL[ofYear ? 'year' : 'month'];
  const ordinals = [...(valueOf(rule, 'BYDAY') ?? '').matchAll(/\d+/g)].map(([digits]) => Number(digits));
  return ordinals.some((ordinal) => ordinal < 1 || ordinal > largest)
    ? `must count the days in BYDAY from 1 to ${String(largest)}.`
    : undefined;
}

function partRefused(name: string, value: string): string | undefined {
  if (TIMES.has(name)) return `must not use ${name}: the time of day is that of startsAt.`;
  if (MISCOUNTED.has(name)) return `must not use ${name}: name a month and a day.`;
  if (name === 'FREQ' && SUB_DAILY.test(value)) return 'must not repeat more often than daily.';
  const allowed = PARTS[name];
  if (allowed === undefined) return `must not use ${name}.`;
  if (allowed instanceof RegExp) return allowed.test(value) ? undefined : `has a ${name} that is not valid.`;
  const [least, most] = allowed;
  const numbers = LISTS.has(name) ? value.split(',') : [value];
  const fits = numbers.every((one) => {
    const number = Number(one);
    return /^[+-]?\d{1,4}$/.test(one) && number !== 0 && number >= least && number <= most;
  });
  return fits ? undefined : `has a ${name} outside of ${String(least)} to ${String(most)}.`;
}

function datesRefused(recurrence: Recurrence): string | undefined {
  let first: Date | null;
  let second: Date | null;
  try {
    first = nextOccurrence(recurrence, new Date(recurrence.startsAt.getTime() - 1_000));
    second = first && nextOccurrence(recurrence, first);
  } catch {
    // What else the library rejects in strict mode.
    return 'is not a valid RRULE of RFC 5545.';
  }
  if (first === null) {
    return endsFirst(recurrence)
      ? 'ends before its first date.'
      : 'gives no date within two years of its beginning.';
  }
  const endless =
    valueOf(recurrence.rule, 'COUNT') === undefined && valueOf(recurrence.rule, 'UNTIL') === undefined;
  return second === null && endless ? 'must give a date at least every two years.' : undefined;
}

/** Whether UNTIL is before `startsAt`. */
function endsFirst({ rule, startsAt }: Recurrence): boolean {
  const until = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(valueOf(rule, 'UNTIL') ?? '');
  if (!until) return false;
  const [year = 0, month = 1, ...rest] = until.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...rest) < startsAt.getTime();
}

/**
 * The first date of a recurrence after a moment, exclusive, or null when there is none within two years because COUNT or UNTIL is
 * reached.
 *
 * The rule is evaluated in local time and each date is then converted with the time zone, so that the local time stays the same across
 * daylight saving. A local time that a day skips is read with the offset before the gap (02:30 becomes 03:30), and of one that occurs
 * twice the first counts: RFC 5545, section 3.3.5. (The library alone would leave out the skipped one.)
 *
 * Takes milliseconds for any rule: the number of searched periods is limited, and the search does not begin at the start, except with
 * COUNT, where a daily rule ends after four years, however few its dates.
 *
 * @throws Error for a rule that {@link recurrenceProblem} does not accept
 */
export function nextOccurrence(recurrence: Recurrence, after: Date): Date | null {
  const { timeZone } = recurrence;
  const until = untilOf(recurrence.rule);
  const latest = after.getTime() + LONGEST_PAUSE_DAYS * DAY;
  // From two days earlier: a date that a gap moved forward can be after the moment although its local time is not.
  const from = wallTime(after, timeZone) - 2 * DAY;
  const rule = inWallTime(recurrence, until, from);
  for (
    let wall = nextWallTime(rule, from);
    wall !== undefined && wall <= latest + DAY;
    wall = nextWallTime(rule, wall)
  ) {
    const moment = momentOf(wall, timeZone);
    if (until !== undefined && moment > until.getTime()) return null;
    if (moment > after.getTime()) return moment <= latest ? new Date(moment) : null;
  }
  return null;
}

/** How many dates that already have a conversation are passed over. */
const MOST_TAKEN = 100;

/** The first date of a recurrence after a moment that is none of `taken` (in epoch milliseconds), or null. */
export function nextFreeOccurrence(
  recurrence: Recurrence,
  after: Date,
  taken: ReadonlySet<number>,
): Date | null {
  let at: Date | null = after;
  for (let tries = 0; tries < MOST_TAKEN && at !== null; tries += 1) {
    at = nextOccurrence(recurrence, at);
    if (at !== null && !taken.has(at.getTime())) return at;
  }
  return null;
}

/** The rule as if its time zone were UTC, for dates after `from`. */
function inWallTime(
  { rule, startsAt, timeZone }: Recurrence,
  until: Date | undefined,
  from: number,
): RRuleTemporal {
  const value =
    until === undefined ? rule : rule.replace(/UNTIL=[^;]+/, `UNTIL=${basic(wallTime(until, timeZone))}`);
  const start = laterStart(rule, wallTime(startsAt, timeZone), from);
  return new RRuleTemporal({
    rruleString: `DTSTART:${basic(start)}\nRRULE:${value}`,
    strict: true,
    maxIterations: MOST_PERIODS[valueOf(rule, 'FREQ') ?? ''] ?? 1,
    maxCandidateEvaluations: MOST_CANDIDATES,
  });
}

/**
 * A later start from which the rule gives the same dates after `from`. Whole intervals of days and weeks can be skipped unless COUNT
 * needs them; months and years differ in length, and are few.
 */
function laterStart(rule: string, start: number, from: number): number {
  const unit = { DAILY: DAY, WEEKLY: 7 * DAY }[valueOf(rule, 'FREQ') ?? ''];
  if (unit === undefined || from <= start || valueOf(rule, 'COUNT') !== undefined) return start;
  const step = unit * Number(valueOf(rule, 'INTERVAL') ?? 1);
  return start + Math.floor((from - start) / step) * step;
}

function nextWallTime(rule: RRuleTemporal, after: number): number | undefined {
  try {
    return rule.next(new Date(after))?.epochMilliseconds;
  } catch (error) {
    // The library reached its limit: there is no date within the searched periods.
    if (error instanceof Error && error.message.startsWith('Maximum ')) return undefined;
    throw error;
  }
}

function valueOf(rule: string, part: string): string | undefined {
  return new RegExp(`(?:^|;)${part}=([^;]*)`).exec(rule)?.[1];
}

function untilOf(rule: string): Date | undefined {
  const value = valueOf(rule, 'UNTIL');
  if (value === undefined) return undefined;
  return new Date(value.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** The local time of a moment, as the epoch milliseconds of the same local time in UTC; whole seconds. */
function wallTime(moment: Date, timeZone: string): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(Math.floor(moment.getTime() / 1_000) * 1_000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime();
  return wall.toZonedDateTime('UTC').epochMilliseconds;
}

/** The moment with this local time (see {@link wallTime}). */
function momentOf(wall: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(wall)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** YYYYMMDDTHHMMSSZ, as RFC 5545 writes it. */
function basic(wall: number): string {
  return `${new Date(wall).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** The moment that has the same local time in the time zone `to` as this one has in `from`. */
export function sameHourElsewhere(moment: Date, from: string, to: string): Date {
  return new Date(momentOf(wallTime(moment, from), to));
}
