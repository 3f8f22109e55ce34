import { isEmailAddress } from '#graphql';

/** The columns of a people file, all of them needed, in any order. */
export const COLUMNS = [
  'external_id',
  'email',
  'name',
  'title',
  'department',
  'location',
  'manager_external_id',
  'hired_on',
  'left_on',
] as const;
export type Column = (typeof COLUMNS)[number];

/** One row of a people file. Null: an empty cell, or one that was refused. */
export interface ImportRow {
  /** Where it begins in the file, whose first line is 1. */
  readonly line: number;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly title: string | null;
  readonly department: string | null;
  readonly location: string | null;
  readonly managerExternalId: string | null;
  /** 'YYYY-MM-DD', as the next. */
  readonly hiredOn: string | null;
  readonly leftOn: string | null;
}

/** The most errors that a report lists; the rest are counted. */
export const MOST_ERRORS = 1_000;

/** Why a row, or one cell of it, is refused. */
export interface RowError {
  readonly line: number;
  /** Null where it concerns the row as a whole. */
  readonly column: string | null;
  readonly message: string;
}

const LONGEST = 200;
const LONGEST_EMAIL = 254;

/**
 * Reads the cells of one row. White space around a value goes, line breaks and tabs within it become spaces; everything else is
 * kept as written, also what a spreadsheet would take for a formula.
 *
 * @param cell a cell's text
 * @param refuse told about each cell that is refused
 */
export function readRow(
  line: number,
  cell: (column: Column) => string | undefined,
  refuse: (error: RowError) => void,
): ImportRow {
  const read = (column: Column, refused: (value: string) => string | undefined): string | null => {
    const raw = cell(column) ?? '';
    if (raw === '') return null;
    const value = LINE_BREAK_OR_TAB.test(raw) ? raw.replace(LINE_BREAKS_AND_TABS, ' ').trim() : raw.trim();
    if (value === '') return null;
    const message = unreadable(value) ?? refused(value);
    if (message === undefined) return value;
    refuse({ line, column, message });
    return null;
  };
  const needed = (column: Column): string | null => {
    if ((cell(column) ?? '').trim() === '') refuse({ line, column, message: 'is empty.' });
    return read(column, tooLong);
  };
  const row: ImportRow = {
    line,
    externalId: needed('external_id'),
    email: read('email', notAnAddress),
    name: needed('name'),
    title: read('title', tooLong),
    department: read('department', tooLong),
    location: read('location', tooLong),
    managerExternalId: read('manager_external_id', tooLong),
    hiredOn: read('hired_on', notADay),
    leftOn: read('left_on', notADay),
  };
  if (row.hiredOn !== null && row.leftOn !== null && row.leftOn < row.hiredOn) {
    refuse({ line, column: 'left_on', message: `is before hired_on, ${row.hiredOn}.` });
  }
  return row;
}

const LINE_BREAK_OR_TAB = /[\r\n\t\u2028\u2029]/;
const LINE_BREAKS_AND_TABS = /\s*[\r\n\t\u2028\u2029]+\s*/g;

function unreadable(value: string): string | undefined {
  if (value.includes('\0')) return 'contains the character NUL.';
  // Where bytes are no UTF-8, decoding leaves the replacement character.
  if (value.includes('\uFFFD') || !value.isWellFormed()) return 'contains bytes that are not UTF-8.';
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0001-\u001f\u007f]/.test(value)) return 'contains a control character.';
  return undefined;
}

function tooLong(value: string, longest = LONGEST): string | undefined {
  // As Postgres counts: an emoji is one character, though two in JavaScript.
  if (value.length <= longest || Array.from(value).length <= longest) return undefined;
  return `is longer than ${String(longest)} characters.`;
}

function notAnAddress(value: string): string | undefined {
  return tooLong(value, LONGEST_EMAIL) ?? (isEmailAddress(value) ? undefined : 'is not an e-mail address.');
}

function notADay(value: string): string | undefined {
  return isDay(value) ? undefined : 'is not a day written like 2026-05-04.';
}

function isDay(value: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (!parts || parts[1] === '0000') return false;
  const date = new Date(0);
  date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return date.getUTCMonth() === Number(parts[2]) - 1 && date.getUTCDate() === Number(parts[3]);
}
