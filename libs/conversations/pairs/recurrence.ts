import { Temporal } from '@js-temporal/polyfill';
import { RRuleTemporal } from 'rrule-temporal';

/** When two people meet again and again. */
export interface Rhythm {
  /** The value of an RRULE of RFC 5545, one that {@link rhythmRefused} lets pass. */
  readonly rule: string;
  /** DTSTART: where the rule is counted from, and the time of day of every conversation. Seconds count, no less. */
  readonly startsAt: Date;
  /** The IANA zone in whose wall-clock time the rule is meant. */
  readonly timeZone: string;
}

/** Two who meet less often than this have no rhythm; also how far ahead the next date is looked for. */
const LONGEST_PAUSE_DAYS = 731;
const MOST_OCCURRENCES = 366;
const DAY = 86_400_000;

/** What each part of a rule may hold (RFC 5545, section 3.3.10), and of those that are numbers, how large. */
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

/** Of the parts that are numbers, those of which there may be several. */
const LISTS: ReadonlySet<string> = new Set(['BYMONTH', 'BYMONTHDAY', 'BYSETPOS']);
/** What rrule-temporal counts wrongly (BYYEARDAY together with BYDAY, and every BYWEEKNO). */
const MISCOUNTED: ReadonlySet<string> = new Set(['BYYEARDAY', 'BYWEEKNO']);
const TIMES: ReadonlySet<string> = new Set(['BYHOUR', 'BYMINUTE', 'BYSECOND']);
const SUB_DAILY = /^(?:HOURLY|MINUTELY|SECONDLY)$/;

/** The largest INTERVAL: two people meet at least about once a year. */
const LARGEST_INTERVAL: Readonly<Record<string, number>> = { DAILY: 366, WEEKLY: 53, MONTHLY: 12, YEARLY: 1 };

/**
 * How many days, weeks, months or years of a rule are looked through: what a pause of two years needs, for rules by the month
 * and year also many years since their beginning. A rule that names days which never come would be looked through for ever.
 */
const MOST_PERIODS: Readonly<Record<string, number>> = {
  DAILY: 1_500,
  WEEKLY: 400,
  MONTHLY: 400,
  YEARLY: 40,
};
const MOST_CANDIDATES = 20_000;

/** How far a weekday can be counted: a fifth Monday of a month, a 52nd of a year. Few years have a 53rd, and it is miscounted. */
const LARGEST_ORDINAL = { month: 5, year: 52 };

/**
 * The same rule with UNTIL as RFC 5545 wants it: a moment in UTC. Calendars also write a date (that day is the last one) or a local
 * time, both meant in the time zone of the rhythm.
 */
export function withUntilInUtc(rule: string, timeZone: string): string {
  return rule.replace(/UNTIL=(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?(?=;|$)/, (given, ...groups) => {
    const [year, month, day, hour, minute, second] = groups.slice(0, 6) as (string | undefined)[];
    const wall = Date.parse(
      `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}Z`,
    );
    // Not a day or time of the calendar: refused as it is.
    if (Number.isNaN(wall) || new Date(wall).getUTCDate() !== Number(day)) return given;
    const until = hour === undefined ? momentOf(wall + DAY, timeZone) - 1_000 : momentOf(wall, timeZone);
    return `UNTIL=${basic(until)}`;
  });
}

/**
 * Why this is no rhythm for two people, in words for whoever asked for it; undefined if it is one. Stricter than RFC 5545:
 * at most one conversation a day, at the time of day of `startsAt`, at least one within any two years, and no part that is
 * unknown, given twice, or out of its range (the library would pass over those in silence). Nor what the library counts
 * wrongly: test/recurrence compares it with python-dateutil.
 */
export function rhythmRefused(rhythm: Rhythm): string | undefined {
  const parts = rhythm.rule.split(';').map((part) => part.split('=') as [string, string?]);
  const names = parts.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `must not use ${twice} twice.`;
  for (const [name, value = ''] of parts) {
    const reason = partRefused(name, value);
    if (reason !== undefined) return reason;
  }
  const frequency = valueOf(rhythm.rule, 'FREQ');
  if (frequency === undefined) return 'must have a FREQ.';
  const largest = LARGEST_INTERVAL[frequency] ?? 1;
  if (Number(valueOf(rhythm.rule, 'INTERVAL') ?? 1) > largest) {
    return `must have an INTERVAL of at most ${String(largest)} with FREQ=${frequency}.`;
  }
  return miscounted(rhythm.rule, frequency) ?? datesRefused(rhythm);
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

function datesRefused(rhythm: Rhythm): string | undefined {
  let first: Date | null;
  let second: Date | null;
  try {
    first = nextOccurrence(rhythm, new Date(rhythm.startsAt.getTime() - 1_000));
    second = first && nextOccurrence(rhythm, first);
  } catch {
    // Whatever the library finds wrong with it, strictly read.
    return 'is not a valid RRULE of RFC 5545.';
  }
  if (first === null) {
    return endsFirst(rhythm)
      ? 'ends before its first date.'
      : 'gives no date within two years of its beginning.';
  }
  const endless = valueOf(rhythm.rule, 'COUNT') === undefined && valueOf(rhythm.rule, 'UNTIL') === undefined;
  return second === null && endless ? 'must give a date at least every two years.' : undefined;
}

/** Whether UNTIL is before startsAt. */
function endsFirst({ rule, startsAt }: Rhythm): boolean {
  const until = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(valueOf(rule, 'UNTIL') ?? '');
  if (!until) return false;
  const [year = 0, month = 1, ...rest] = until.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...rest) < startsAt.getTime();
}

/**
 * The first date of a rhythm after a moment (that moment not included), or null when there is none within two years: the
 * rule's COUNT or UNTIL is reached.
 *
 * The rule is followed in wall-clock time and only then put on the clock of the zone, so the hour stays put across
 * daylight saving. A wall-clock time that a day skips is read with the offset before the gap (02:30 becomes 03:30), and one
 * that a day has twice is the first of the two: RFC 5545, section 3.3.5. (The library alone would leave out the former.)
 *
 * Bounded in time whatever the rule: what is looked through is limited, and long ago does not count (save with COUNT, which
 * has to be counted: a daily one is over after four years, however few its days).
 *
 * @throws Error for a rule that {@link rhythmRefused} refuses
 */
export function nextOccurrence(rhythm: Rhythm, after: Date): Date | null {
  const { timeZone } = rhythm;
  const until = untilOf(rhythm.rule);
  const latest = after.getTime() + LONGEST_PAUSE_DAYS * DAY;
  // From a little earlier: what a gap moved to later may lie after the moment although its wall-clock time does not.
  const from = wallTime(after, timeZone) - 2 * DAY;
  const rule = inWallTime(rhythm, until, from);
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

/** The rule as if its zone were UTC, good for what comes after `from`. */
function inWallTime(
  { rule, startsAt, timeZone }: Rhythm,
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
 * A beginning from which the rule gives the very same dates after `from`: days and weeks can be stepped over in whole intervals,
 * unless they are to be counted. Months and years cannot (they are of different lengths), and are few.
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
    // The library's way to say that it gave up looking: there is no such date in any time worth waiting for.
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

/** What the clock on the wall shows, as milliseconds since 1970 of a clock that shows the same in UTC; whole seconds. */
function wallTime(moment: Date, timeZone: string): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(Math.floor(moment.getTime() / 1_000) * 1_000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime();
  return wall.toZonedDateTime('UTC').epochMilliseconds;
}

/** The moment at which the clock on the wall shows this. */
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

/** The moment at which the clock in one zone shows what it shows in the other at this moment. */
export function sameHourElsewhere(moment: Date, from: string, to: string): Date {
  return new Date(momentOf(wallTime(moment, from), to));
}
