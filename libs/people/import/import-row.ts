import { cleanLine, nameProblem, readEmailAddress, titleProblem, isCalendarDate } from '#common';
import { FIRST_DAY, LAST_DAY } from '#graphql';

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

/** What a cell is read as, or why it is refused. */
type Reading = { readonly value: string } | { readonly message: string };

/**
 * Reads the cells of one row by the rules of every other entrance (libs/common/text): NFC, without white space around a value,
 * invisible characters and line breaks. What a spreadsheet would take for a formula is kept as written.
 *
 * @param cell a cell's text
 * @param refuse called with each cell that is refused
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
    if ((cell(column)?.trim() ?? '') === '') refuse({ line, column, message: 'is empty.' });
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
    refuse({ line, column: 'left_on', message: `is before hired_on, ${row.hiredOn}.` });
  }
  return row;
}

function unreadable(value: string): string | undefined {
  if (value.includes('\0')) return 'contains the character NUL.';
  // Where bytes are no UTF-8, decoding leaves the replacement character.
  if (value.includes('\uFFFD') || !value.isWellFormed()) {
    return 'contains bytes that are not UTF-8: save the file as "CSV UTF-8".';
  }
  return undefined;
}

/** @param problem says why a cleaned value is refused, if it is */
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
  return value === undefined ? { message: 'is not an e-mail address.' } : { value };
}

function day(value: string): Reading {
  if (!isCalendarDate(value)) return { message: 'is not a day written like 2026-05-04.' };
  return value < FIRST_DAY || value > LAST_DAY
    ? { message: `must be from ${FIRST_DAY} to ${LAST_DAY}.` }
    : { value };
}
