import { cleanLine, nameProblem, readEmailAddress, titleProblem } from '#common';

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

/** Why a row, or one cell of it, is refused. */
export interface RowError {
  readonly line: number;
  /** Null where it concerns the row as a whole. */
  readonly column: string | null;
  readonly message: string;
}

const LONGEST = 200;

/**
 * Reads the cells of one row. Text is cleaned as everywhere (cleanLine), line breaks and tabs within it become spaces; everything
 * else is kept as written, also what a spreadsheet would take for a formula.
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
    const value = cleanLine(raw);
    if (value === '') return null;
    const message = unreadable(raw) ?? refused(value);
    if (message === undefined) return value;
    refuse({ line, column, message });
    return null;
  };
  const needed = (column: Column): string | null => {
    if (cleanLine(cell(column) ?? '') === '') refuse({ line, column, message: 'is empty.' });
    return read(column, notAName);
  };
  const row: ImportRow = {
    line,
    externalId: needed('external_id'),
    email: readAddress(read('email', notAnAddress)),
    name: needed('name'),
    title: read('title', notATitle),
    department: read('department', notAName),
    location: read('location', notAName),
    managerExternalId: read('manager_external_id', notAName),
    hiredOn: read('hired_on', notADay),
    leftOn: read('left_on', notADay),
  };
  if (row.hiredOn !== null && row.leftOn !== null && row.leftOn < row.hiredOn) {
    refuse({ line, column: 'left_on', message: `is before hired_on, ${row.hiredOn}.` });
  }
  return row;
}

function unreadable(value: string): string | undefined {
  if (value.includes('\0')) return 'contains the character NUL.';
  // Where bytes are no UTF-8, decoding leaves the replacement character.
  if (value.includes('\uFFFD') || !value.isWellFormed()) return 'contains bytes that are not UTF-8.';
  return undefined;
}

function notATitle(value: string): string | undefined {
  return titleProblem(value, LONGEST);
}

function notAName(value: string): string | undefined {
  return nameProblem(value, LONGEST);
}

function notAnAddress(value: string): string | undefined {
  return readEmailAddress(value) === undefined ? 'is not an e-mail address.' : undefined;
}

function readAddress(value: string | null): string | null {
  return value === null ? null : (readEmailAddress(value) ?? null);
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
