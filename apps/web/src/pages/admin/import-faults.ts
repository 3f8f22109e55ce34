import type { Words } from '../../words/words.tsx';

/** The reasons of the service, which are in English, by what tells them apart, and the values that they name. */
const REASONS = [
  ['empty', /must not be empty/],
  ['mail', /must look like/],
  ['date', /must be a date/],
  ['range', /must be from (\S+) to (\S+)\.$/],
  ['order', /must not be before hired_on, (.+)\.$/],
  ['end', /must not be after the last day, (.+)\.$/],
  ['cells', /The row has .* cells/],
  ['emptyFile', /The file is empty/],
  ['long', /too long|at most/],
  ['similar', /"(.*)" is similar to "(.*)" (?:in|of) /],
  ['twice', /"(.*)" is also in line (\d+)/],
  ['unknown', /"(.*)" is not an external ID of a person/],
  ['address', /"(.*)" is the address of (.*), who is not/],
  ['self', /as their own manager/],
] as const;

/** Whether a row was rejected because its ID differs from another one only in what a spreadsheet changes. */
export const isSimilarId = (message: string): boolean => message.includes('allow similar IDs');

/** Why a row was rejected, in the language of the reader. The column is shown beside it. */
export function wordImportFault(
  message: string,
  column: string | null | undefined,
  { say, language }: Words,
): string {
  if (language !== 'en') {
    for (const [reason, pattern] of REASONS) {
      const [found, first = '', second = ''] = pattern.exec(message) ?? [];
      if (found !== undefined) return say(`admin.import.fault.${reason}`, { first, second });
    }
  }
  const text =
    column != null && message.startsWith(`${column} `) ? message.slice(column.length + 1) : message;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
