import { cleanLine, nameProblem, readEmailAddress, titleProblem, isCalendarDate } from '#common';
import { FIRST_DAY, LAST_DAY } from '#graphql';

/** The columns of a people file. All are required, in any order. */
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

/** One row of a people file. Null: the cell is empty or rejected. */
export interface ImportRow {
  /** The line on which the row begins; the first line is 1. */
  readonly line: number;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly title: string | null;
  readonly department: string | null;
  readonly location: string | null;
  readonly managerExternalId: string | null;
  /** `YYYY-MM-DD`, like leftOn. */
  readonly hiredOn: string | null;
  readonly leftOn: string | null;
}

/** The most errors that a report lists; the rest are counted. */
export const MOST_ERRORS = 1_000;

/** Why a row or one of its cells is rejected. A message that begins in lower case continues the name of the column. */
export interface RowError {
  readonly line: number;
  /** Null if it concerns the whole row or file. */
  readonly column: string | null;
  readonly message: string;
}

const LONGEST = 200;

/** The value of a cell, or why it is rejected. */
type Reading = { readonly value: string } | { readonly message: string };

/**
 * Reads the cells of one row by the same rules as all other input (libs/common/text): NFC, without surrounding white space,
 * invisible characters and line breaks. Text that a spreadsheet would run as a formula is kept as written.
 *
 * @param cell returns a cell's text
 * @param refuse called with each rejected cell
 */
export function readRow(
  line: number,
  cell: (column: Column) => string | undefined,
  refuse: (error: RowError) => void,
): ImportRow {
  const read = (column: Column, reading: (value: string) => Reading): string | null => {
    const raw = cell(column)?.trim() ?? '';
    if (raw === '') return null;
    const message = unreadable(raw);
    const found = message === undefined ? reading(raw) : { message };
    if ('value' in found) return found.value;
    refuse({ line, column, message: found.message });
    return null;
  };
  const needed = (column: Column): string | null => {
    if ((cell(column)?.trim() ?? '') === '') refuse({ line, column, message: 'must not be empty.' });
    return read(column, name);
  };
  const row: ImportRow = {
    line,
    externalId: needed('external_id'),
    email: read('email', emailAddress),
    name: needed('name'),
    title: read('title', title),
    department: read('department', name),
    location: read('location', name),
    managerExternalId: read('manager_external_id', name),
    hiredOn: read('hired_on', day),
    leftOn: read('left_on', day),
  };
  if (row.hiredOn !== null && row.leftOn !== null && row.leftOn < row.hiredOn) {
    refuse({ line, column: 'left_on', message: `must not be before hired_on, ${row.hiredOn}.` });
  }
  return row;
}

function unreadable(value: string): string | undefined {
  if (value.includes('\0')) return 'must not contain the character NUL.';
  // Decoding replaces bytes that are not UTF-8 with the replacement character.
  if (value.includes('\uFFFD') || !value.isWellFormed()) {
    return 'must be in UTF-8: save the file as "CSV UTF-8".';
  }
  return undefined;
}

/** @param problem returns why a cleaned value is rejected, if it is */
function line(problem: (value: string, longest: number) => string | undefined): (raw: string) => Reading {
  return (raw) => {
    const value = cleanLine(raw);
    const message = problem(value, LONGEST);
    return message === undefined ? { value } : { message };
  };
}

const name = line(nameProblem);
const title = line(titleProblem);

function emailAddress(raw: string): Reading {
  const value = readEmailAddress(raw);
  return value === undefined ? { message: 'must look like name@example.com.' } : { value };
}

function day(value: string): Reading {
  if (!isCalendarDate(value)) return { message: 'must be a date, for example 2026-05-04.' };
  return value < FIRST_DAY || value > LAST_DAY
    ? { message: `must be from ${FIRST_DAY} to ${LAST_DAY}.` }
    : { value };
}
