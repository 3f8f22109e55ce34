import { isBlank } from '#common';
import type { FieldCode } from '#graphql';
import { readDate, type DateOrder, type WrittenDate } from './written-date.js';

/** The most conversations that one text can have. */
const MOST_SECTIONS = 300;
/** The longest notes of a conversation, in code points. */
const LONGEST_SECTION = 20_000;

/** A longer line is no heading. The patterns take time that grows with the square of a line's length. */
const LONGEST_HEADING = 300;
/** How many faults are named. */
const MOST_FAULTS = 100;

/** The notes of one day. */
export interface DatedNotes {
  readonly heldOn: string;
  readonly text: string;
  /** The line of its heading, from 1. */
  readonly line: number;
}

/** Something in the text that cannot be read without guessing. */
interface NotesFault {
  /** DATE_ORDER: it can be read once the order of day and month is given. */
  readonly about: 'TEXT' | 'DATE_ORDER';
  readonly code: FieldCode;
  /** Continues a sentence about the text. */
  readonly message: string;
}

export interface ReadNotes {
  /** Newest first. */
  readonly notes: readonly DatedNotes[];
  /** What belongs to no date. */
  readonly leftOut: string;
  readonly faults: readonly NotesFault[];
}

/** A line that may begin the notes of a day. */
interface Heading {
  /** From 0. */
  readonly at: number;
  /** How many lines it takes. */
  readonly lines: 1 | 2;
  /** 1 to 6 in Markdown; 7 for a line that is a date. */
  readonly level: number;
  readonly date: WrittenDate | undefined;
}

const PLAIN = 7;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ATX = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
/** What may follow the date in a line that is only a date. */
const TIME =
  /^(?:at )?\d{1,2}[:.]\d{2}(?: ?(?:am|pm|h|uhr))?(?: ?[-–] ?\d{1,2}[:.]\d{2}(?: ?(?:am|pm|h|uhr))?)?$/i;

/**
 * Splits a document with dates as headings into the notes of each day. Nothing is guessed: what has two meanings is a fault.
 *
 * In Markdown the headings with a date count, those of the highest level; deeper ones are part of the notes. Without such headings, lines
 * that are nothing but a date count. What else a heading says is the first line of its notes.
 */
export function readDatedNotes(text: string, order: DateOrder | null, today: string): ReadNotes {
  const lines = text.split(/\r\n|\r|\n/);
  const headings = headingsOf(lines, order);
  const marked = headings.filter(({ level }) => level < PLAIN);
  const isMarkdown = marked.some(({ date }) => date !== undefined);
  const candidates = isMarkdown ? marked : headings.filter(({ level }) => level === PLAIN);
  const level = Math.min(...candidates.filter(({ date }) => date !== undefined).map((one) => one.level));
  // A heading of a higher level without a date, such as a month, ends the notes of a day.
  const borders = candidates.filter(
    (one) => one.level <= level && (one.level < level || one.date !== undefined),
  );
  const faults: NotesFault[] = [];
  const fault = (code: FieldCode, message: string, about: NotesFault['about'] = 'TEXT'): void => {
    faults.push({ about, code, message });
  };
  const found: DatedNotes[] = [];
  const leftOut = [lines.slice(0, borders[0]?.at ?? lines.length)];
  borders.forEach(({ at, lines: length, date }, index) => {
    const end = borders[index + 1]?.at ?? lines.length;
    const line = at + 1;
    if (date === undefined) leftOut.push(lines.slice(at, end));
    else if (date.kind === 'AMBIGUOUS') {
      const [one, other] = date.days.map(inWords);
      fault(
        'REQUIRED',
        `is required: "${date.date}" in line ${String(line)} is ${String(one)} or ${String(other)}.`,
        'DATE_ORDER',
      );
    } else if (date.kind === 'NO_DAY')
      fault('INVALID', `has "${date.date}" in line ${String(line)}, which ${date.problem}`);
    else
      found.push({
        heldOn: date.day,
        line,
        text: joined([...(date.rest === '' ? [] : [date.rest, '']), ...lines.slice(at + length, end)]),
      });
  });
  const first = new Map<string, number>();
  for (const { heldOn, line, text: notes } of found) {
    const named = `${heldOn} in line ${String(line)}`;
    const earlier = first.get(heldOn);
    if (earlier !== undefined)
      fault('DUPLICATE', `has ${named} and in line ${String(earlier)}. Put both under one heading.`);
    else first.set(heldOn, line);
    if (heldOn > today) fault('OUT_OF_RANGE', `has ${named}, which is in the future.`);
    if (Array.from(notes).length > LONGEST_SECTION)
      fault('TOO_LONG', `has more than 20,000 characters under ${named}.`);
  }
  if (borders.length === 0) fault('INVALID', 'has no dates as headings, for example "## 2026-03-04".');
  if (found.length > MOST_SECTIONS) fault('TOO_MANY', `has more than ${String(MOST_SECTIONS)} dates.`);
  return {
    notes: found.toSorted((one, other) => (one.heldOn < other.heldOn ? 1 : -1)),
    leftOut: joined(leftOut.flat()),
    faults: faults.slice(0, MOST_FAULTS),
  };
}

function headingsOf(lines: readonly string[], order: DateOrder | null): Heading[] {
  const headings: Heading[] = [];
  let fence: string | undefined;
  lines.forEach((line, at) => {
    const mark = FENCE.exec(line)?.[1];
    if (
      mark !== undefined &&
      (fence === undefined || (mark.startsWith(fence) && isBlank(line.trim().slice(mark.length))))
    ) {
      fence = fence === undefined ? mark : undefined;
      return;
    }
    if (fence !== undefined || line.length > LONGEST_HEADING || isBlank(line)) return;
    const [, hashes, title] = ATX.exec(line) ?? [];
    if (hashes !== undefined) {
      headings.push({ at, lines: 1, level: hashes.length, date: readDate(title ?? '', order) });
      return;
    }
    // A list item or a quotation is no heading, whatever it says.
    if (/^\s*(?:[-+*>]|\d+[.)])\s/.test(line) && !/^\s*\*\*/.test(line)) return;
    const date = readDate(line, order);
    const underline = UNDERLINE.exec(lines[at + 1] ?? '')?.[1];
    if (underline !== undefined && isBlank(lines[at - 1] ?? '')) {
      headings.push({ at, lines: 2, level: underline.startsWith('=') ? 1 : 2, date });
    } else if (date !== undefined && isWholeLine(line, date)) {
      headings.push({ at, lines: 1, level: PLAIN, date });
    }
  });
  return headings;
}

/** Whether a line is nothing but a date, perhaps with a weekday and a time. */
function isWholeLine(line: string, date: WrittenDate): boolean {
  if (date.kind === 'DAY') return date.rest === '' || TIME.test(date.rest);
  const rest = line.replace(date.date, '').replaceAll(/[*_~`\s,;:.]/g, '');
  return rest === '' || /^\p{L}+$/u.test(rest);
}

/** The lines without blank ones at the beginning and the end. */
function joined(lines: readonly string[]): string {
  const from = lines.findIndex((line) => !isBlank(line));
  return from < 0 ? '' : lines.slice(from, lines.findLastIndex((line) => !isBlank(line)) + 1).join('\n');
}

function inWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'long' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
