import { PEOPLE_COLUMNS, peopleCsv, peopleCsvRows, type PeopleCsvRow } from '../factories/people-csv.js';
import { HOSTILE_TEXTS } from './hostile-values.js';
import type { Random } from './random.js';

/** A people file: sometimes a good one, mostly one with something about it. Small, for a file is no list of operations. */
export function peopleFile(random: Random, evil: number, mark: () => string): string {
  const rows = peopleCsvRows(random.int(1, 5)).map((row): PeopleCsvRow => {
    const changed = { ...row, name: `${row.name} ${mark()}` };
    if (random.chance(evil)) changed[random.pick(PEOPLE_COLUMNS)] = random.pick(HOSTILE_TEXTS).slice(0, 300);
    return changed;
  });
  const text = peopleCsv(rows);
  return random.chance(evil) ? random.pick(DAMAGES)(text) : text;
}

const HEADER = PEOPLE_COLUMNS.join(',');

/** What becomes of files on their way. */
const DAMAGES: readonly ((text: string) => string)[] = [
  (text) => `\ufeff${text}`,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', '\r'),
  (text) => text.trimEnd(),
  (text) => `${text}"never closed`,
  (text) => `${text}a "quote" inside,b\n`,
  (text) => `${text},,,,,,,,\n,\n\n`,
  (text) => text.replaceAll(',', ';'),
  (text) => text.replaceAll(',', '\t'),
  (text) => text.replace('name', 'email'),
  (text) => text.replace('name', '"na""me"'),
  (text) => text.replace('external_id', 'EXTERNAL_ID '),
  (text) => text.replace('external_id', '__proto__'),
  (text) => text.replace(/.*\n/, ''),
  (text) => text + text,
  (text) => text.split('').join('\0'),
  () => `${HEADER}\n`,
  () => HEADER,
  () => '',
  () => '\n\n\n',
  () => ','.repeat(10_000),
  () => `${HEADER}\n${'"'.repeat(70_000)}\n`,
  () => `${HEADER}\n${'x'.repeat(70_000)}\n`,
  () => '\ufffd\ufffdP\0K\u0003\u0004',
];
