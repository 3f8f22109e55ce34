import type { Words } from '../../words/words.tsx';

/** The reasons of the service, which are in English, by what tells them apart. */
const REASONS = [
  ['empty', /must not be empty/],
  ['mail', /must look like/],
  ['date', /must be a date/],
  ['range', /must be from .* to /],
  ['order', /must not be before/],
  ['cells', /The row has .* cells/],
  ['emptyFile', /The file is empty/],
  ['long', /too long|at most/],
  ['twice', /twice|more than once|also in line|already/],
  ['unknown', /unknown|not in the|nobody|no person|does not exist/i],
] as const;

/** Why a row was rejected, in the language of the reader. */
export function wordImportFault(message: string, { say, language }: Words): string {
  const known = language === 'en' ? undefined : REASONS.find(([, pattern]) => pattern.test(message));
  return known === undefined ? message : say(`admin.import.fault.${known[0]}`);
}
