/** A promise in one line, taken apart: "Send the budget by Friday". */
export interface Promised {
  readonly text: string;
  /** As 2026-03-04. Undefined where the line names no day. */
  readonly dueOn: string | undefined;
}

const WEEKDAYS: Record<string, number> = {
  sunday: 0, sun: 0, sonntag: 0, monday: 1, mon: 1, montag: 1, tuesday: 2, tue: 2, tues: 2, dienstag: 2, wednesday: 3, wed: 3, mittwoch: 3,
  thursday: 4, thu: 4, thurs: 4, donnerstag: 4, friday: 5, fri: 5, freitag: 5, saturday: 6, sat: 6, samstag: 6, sonnabend: 6,
}; // prettier-ignore
const MONTHS: Record<string, number> = {
  jan: 1, feb: 2, mar: 3, mär: 3, mrz: 3, apr: 4, may: 5, mai: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, okt: 10, nov: 11, dec: 12, dez: 12,
}; // prettier-ignore
const NUMBERS: Record<string, number> = {
  a: 1, one: 1, ein: 1, einem: 1, einer: 1, two: 2, zwei: 2, three: 3, drei: 3, four: 4, vier: 4, five: 5, fünf: 5, six: 6, sechs: 6,
}; // prettier-ignore

const WEEKDAY = Object.keys(WEEKDAYS).join('|');
const MONTH = '(jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zäöü]*\\.?';
const NUMBER = `(\\d{1,3}|${Object.keys(NUMBERS).join('|')})`;
/** Words that say a day follows, with what may come between. Those of a deadline count anywhere in a line, the others at its end. */
const DEADLINE = '(?:by|until|no later than|due by|bis spätestens|spätestens|bis)(?: zum| zur| am| an)?';
const BY = `(?:${DEADLINE}|before|till|on|due(?: on)?|am|vor(?: dem)?)`;

type Finder = (found: readonly (string | undefined)[], today: Date) => Date | undefined;

/** Expressions for a day, most specific first, and whether one of the words before it is needed. */
const EXPRESSIONS: readonly (readonly [pattern: string, needsBy: boolean, find: Finder])[] = [
  ['(\\d{4})-(\\d{2})-(\\d{2})', false, ([, y, m, d]) => day(Number(y), Number(m), Number(d))],
  [
    `(\\d{1,2})\\.\\s?(\\d{1,2})\\.(\\d{4})?`,
    true,
    ([, d, m, y], today) => soonest(today, Number(m), Number(d), y),
  ],
  [
    `(?:the )?(\\d{1,2})(?:st|nd|rd|th|\\.)?(?: of)? ${MONTH}(?:,? (\\d{4}))?`,
    false,
    ([, d, m = '', y], today) => soonest(today, MONTHS[m] ?? 0, Number(d), y),
  ],
  [
    `${MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?`,
    false,
    ([, m = '', d, y], today) => soonest(today, MONTHS[m] ?? 0, Number(d), y),
  ],
  ['(?:today|tonight|heute|heute abend)', true, (_found, today) => today],
  ['(?:tomorrow|morgen)', true, (_found, today) => plus(today, 1)],
  ['(?:the day after tomorrow|übermorgen)', true, (_found, today) => plus(today, 2)],
  [`in ${NUMBER} (?:days?|tagen?|tag)`, false, ([, n = ''], today) => plus(today, numberOf(n))],
  [`in ${NUMBER} (?:weeks?|wochen?)`, false, ([, n = ''], today) => plus(today, 7 * numberOf(n))],
  [
    `(?:next|nächsten?|nächster) (${WEEKDAY})|(${WEEKDAY}) (?:of )?(?:next week|nächste(?:r|n)? woche)|nächste woche (${WEEKDAY})`,
    false,
    ([, next, of, week], today) => weekdayOfNextWeek(today, next ?? of ?? week ?? ''),
  ],
  [`kommenden (${WEEKDAY})`, false, ([, name = ''], today) => weekday(today, name)],
  [`(?:this |diesen |dem )?(${WEEKDAY})`, true, ([, name = ''], today) => weekday(today, name)],
  [
    '(?:the )?end of (?:the |this )?week|ende (?:der|dieser) woche',
    false,
    (_found, today) => weekday(plus(today, -1), 'friday'),
  ],
  [
    '(?:the )?end of (?:the |this )?month|ende (?:des|dieses) monats|monatsende',
    false,
    (_found, today) => lastOfMonth(today, 1),
  ],
  [
    '(?:the )?end of next month|ende (?:des )?nächsten monats',
    false,
    (_found, today) => lastOfMonth(today, 2),
  ],
  [
    '(?:the )?end of (?:the |this )?year|jahresende|ende (?:des|dieses) jahres',
    false,
    (_found, today) => day(today.getUTCFullYear(), 12, 31),
  ],
  ['next week|nächste woche|nächster woche', true, (_found, today) => weekdayOfNextWeek(today, 'friday')],
];

/**
 * Finds the day in a line, in English or German. A day that has passed is none. A weekday is the next one after today; "next Friday" is
 * the Friday of the next calendar week, which begins on Monday.
 *
 * @param today as 2026-03-04
 */
export function parsePromise(line: string, today: string): Promised {
  const text = line.trim();
  const now = new Date(`${today}T00:00:00Z`);
  for (const [pattern, needsBy, find] of EXPRESSIONS) {
    const found =
      new RegExp(`(?:^|[\\s,;(–-]+)${BY}${needsBy ? ' ' : '? ?'}(?:${pattern})[.!)]*$`, 'iu').exec(text) ??
      new RegExp(`(?:^|[\\s,;(–-]+)${DEADLINE} (?:${pattern})(?=[\\s,;)])[,;)]*`, 'iu').exec(text);
    if (found === null) continue;
    const on = find(
      found.map((part: string | undefined) => part?.toLowerCase()),
      now,
    );
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length).trim()}`.trim();
    if (on === undefined || on < now || rest === '') continue;
    return { text: rest, dueOn: on.toISOString().slice(0, 10) };
  }
  return { text, dueOn: undefined };
}

const numberOf = (text: string): number => NUMBERS[text] ?? Number(text);

function day(year: number, month: number, date: number): Date | undefined {
  const found = new Date(Date.UTC(year, month - 1, date));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date ? found : undefined;
}

/** A day without a year is the next one. */
function soonest(today: Date, month: number, date: number, year?: string): Date | undefined {
  if (year !== undefined) return day(Number(year), month, date);
  const found = day(today.getUTCFullYear(), month, date);
  return found !== undefined && found < today ? day(today.getUTCFullYear() + 1, month, date) : found;
}

const plus = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);

function weekday(from: Date, name: string): Date | undefined {
  const wanted = WEEKDAYS[name];
  return wanted === undefined ? undefined : plus(from, ((wanted - from.getUTCDay() + 6) % 7) + 1);
}

function weekdayOfNextWeek(today: Date, name: string): Date | undefined {
  const wanted = WEEKDAYS[name];
  const monday = plus(today, 7 - daysSinceMonday(today.getUTCDay()));
  return wanted === undefined ? undefined : plus(monday, daysSinceMonday(wanted));
}

const daysSinceMonday = (weekday: number): number => (weekday + 6) % 7;

function lastOfMonth(today: Date, months: number): Date {
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months, 0));
}
