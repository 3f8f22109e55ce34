import { isCalendarDate, isBlank } from '#common';

/** The order of day and month in a date of numbers. */
export type DateOrder = 'DAY_FIRST' | 'MONTH_FIRST';

/** A text that begins or ends with a date, or is one. */
export type WrittenDate =
  | { readonly kind: 'DAY'; readonly day: string; readonly rest: string }
  /** Its day and month could be exchanged. */
  | { readonly kind: 'AMBIGUOUS'; readonly date: string; readonly days: readonly [string, string] }
  /** It was meant as a date, and is none: why. */
  | { readonly kind: 'NO_DAY'; readonly date: string; readonly problem: string };

/** Languages whose names of months and weekdays are read. A name that means different things in two of them is not. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs'];

const MONTHS = names(12, (language, month, style) => {
  const at = new Date(Date.UTC(2026, month - 1, 15));
  // With a day, because some languages decline the name.
  const inDate = new Intl.DateTimeFormat(language, { timeZone: 'UTC', day: 'numeric', month: style })
    .formatToParts(at)
    .find(({ type }) => type === 'month')?.value;
  const alone = new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: style }).format(at);
  return [inDate ?? alone, alone];
});
/** From 1, Monday, to 7. */
const WEEKDAYS = names(7, (language, weekday, style) => [
  new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: style }).format(
    new Date(Date.UTC(2026, 5, weekday)),
  ),
]);

function names(
  most: number,
  namesOf: (language: string, index: number, style: 'long' | 'short') => readonly string[],
): ReadonlyMap<string, number> {
  const found = new Map<string, number | null>();
  for (const language of LANGUAGES) {
    for (let index = 1; index <= most; index += 1) {
      for (const style of ['long', 'short'] as const) {
        for (const name of namesOf(language, index, style)) {
          const key = keyOf(name);
          if (!/^\p{L}/u.test(key)) continue;
          const known = found.get(key);
          found.set(key, known === undefined || known === index ? index : null);
        }
      }
    }
  }
  return new Map([...found].filter((entry): entry is [string, number] => entry[1] !== null));
}

function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[\p{M}.]/gu, '')
    .toLowerCase();
}

const WORD = String.raw`\p{L}[\p{L}\p{M}]*\.?`;
const YEAR = String.raw`(?:\d{4}|'?\d{2})(?!\d|[.:/]\d)`;
/** Year, month and day; and a day, a month and a year of numbers. */
const NUMBERS = [
  String.raw`(?<y>\d{4})(?<s>[-/.])(?<m>\d{1,2})\k<s>(?<d>\d{1,2})(?!\d)`,
  String.raw`(?<y>\d{4})年(?<m>\d{1,2})月(?<d>\d{1,2})日`,
];
const EITHER_ORDER = String.raw`(?<a>\d{1,2})(?<s>[-/.])[ ]?(?<b>\d{1,2})\k<s>[ ]?(?<y>${YEAR})`;
const NAMED = [
  String.raw`(?<d>\d{1,2})(?:\.|st|nd|rd|th|er|º)?[ -](?:(?:de|of)[ ])?(?<n>${WORD})(?:[ ,-]+(?:de[ ])?(?<y>${YEAR}))?`,
  String.raw`(?<n>${WORD})[ ](?<d>\d{1,2})(?:st|nd|rd|th)?(?:[ ,]+(?<y>${YEAR}))?(?!\d)`,
];
const PATTERNS = [...NUMBERS, EITHER_ORDER, ...NAMED];
const AT_START = PATTERNS.map((pattern) => new RegExp(`^${pattern}(?![\\p{L}\\d])`, 'iu'));
const AT_END = PATTERNS.map((pattern) => new RegExp(`(?<![\\p{L}\\d/.-])${pattern}$`, 'iu'));
const WEEKDAY = new RegExp(`^(${WORD})[ ,]+`, 'u');
const SEPARATORS = /^[\s,;:|()[\]–—-]+|[\s,;:|()[\]–—-]+$/gu;

/** The date with which a text begins or ends; undefined where it does neither. */
export function readDate(text: string, order: DateOrder | null): WrittenDate | undefined {
  const line = text.replaceAll(/[*_~`]/g, '').replaceAll(SEPARATORS, '');
  const first = keyOf(WEEKDAY.exec(line)?.[1] ?? '');
  // "mar" is a Tuesday in Italian, and March in English.
  const weekday = MONTHS.has(first) ? undefined : WEEKDAYS.get(first);
  const words = weekday === undefined ? line : line.replace(WEEKDAY, '');
  for (const pattern of [...AT_START, ...AT_END]) {
    const match = pattern.exec(words);
    if (!match?.groups) continue;
    const date = match[0].trim();
    const rest = (words.slice(0, match.index) + words.slice(match.index + match[0].length)).replaceAll(
      SEPARATORS,
      '',
    );
    const read = judge(match.groups, date, rest, order);
    if (read?.kind === 'DAY' && weekday !== undefined && weekdayOf(read.day) !== weekday) {
      return {
        kind: 'NO_DAY',
        date: line.slice(0, line.indexOf(date) + date.length),
        problem: 'is a different weekday.',
      };
    }
    if (read) return read;
  }
  return undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

function judge(
  { y, m, d, n, a, b }: Groups,
  date: string,
  rest: string,
  order: DateOrder | null,
): WrittenDate | undefined {
  const month = n === undefined ? m : MONTHS.get(keyOf(n))?.toString();
  if (n !== undefined && month === undefined) return undefined;
  // "4 March" in a longer text is not meant as the date of a conversation.
  if (y === undefined) return isBlank(rest) ? { kind: 'NO_DAY', date, problem: 'has no year.' } : undefined;
  if (y.length < 4) return { kind: 'NO_DAY', date, problem: 'needs a year of four digits.' };
  if (a === undefined || b === undefined)
    return dayOr(date, rest, dayOf(y, month, d), 'is not a day of the calendar.');
  const [dayFirst, monthFirst] = [dayOf(y, b, a), dayOf(y, a, b)];
  if (order !== null) {
    const [day, named] = order === 'DAY_FIRST' ? [dayFirst, 'the day'] : [monthFirst, 'the month'];
    return dayOr(date, rest, day, `is not a day of the calendar with ${named} first.`);
  }
  if (dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst) {
    return { kind: 'AMBIGUOUS', date, days: [dayFirst, monthFirst] };
  }
  return dayOr(date, rest, dayFirst ?? monthFirst, 'is not a day of the calendar.');
}

function dayOr(date: string, rest: string, day: string | null, problem: string): WrittenDate {
  return day === null ? { kind: 'NO_DAY', date, problem } : { kind: 'DAY', day, rest };
}

function dayOf(year: string, month = '', day = ''): string | null {
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(written) ? written : null;
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
