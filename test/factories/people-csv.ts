/** The columns of a people file, in the order in which these files have them. */
export const PEOPLE_COLUMNS = [
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

export type PeopleCsvRow = Record<(typeof PEOPLE_COLUMNS)[number], string>;

const GIVEN = [
  'Ana',
  'Bola',
  'Chiara',
  'Dağhan',
  'Éloïse',
  'Farid',
  'Ghada',
  'Håkon',
  'Ines',
  'Jun',
  'Kæthe',
  'Liên',
];
const FAMILY = [
  'Sánchez',
  'Okonkwo',
  "O'Neill",
  'Müller',
  'Łukasik',
  '王',
  'Nguyễn',
  'Ivanova',
  'de la Cruz',
  'Singh',
  'Ek',
  'Haddad',
  'Sørensen',
];
const DEPARTMENTS = [
  'Executive',
  'Engineering',
  'Tool Design',
  'Marketing',
  'Purchasing',
  'Quality Assurance',
  'Finance',
  'Facilities',
];
const TOWNS = [
  'Lisbon, PT',
  'Newport Hills, US-WA',
  'Köln, DE',
  'Kyoto, JP',
  'Enugu, NG',
  'Québec, CA',
  'Ålesund, NO',
];
const SPAN = 9;

/**
 * People of an organization with one root and a span of nine, so that 290 have four levels and 300,000 seven. The same for
 * the same index, whatever the size.
 */
function peopleCsvRow(index: number): PeopleCsvRow {
  const pick = (list: readonly string[], step: number): string => list[(index * step) % list.length] ?? '';
  const number = String(index + 1);
  return {
    external_id: number,
    email: `${index % 97 === 96 ? 'zoë' : 'person'}${number}@example.com`,
    name: `${pick(GIVEN, 5)} ${pick(FAMILY, 7)} ${number}`,
    title: index === 0 ? 'Chief Executive Officer' : `${pick(DEPARTMENTS, 3)} Specialist`,
    department: index === 0 ? 'Executive' : pick(DEPARTMENTS, 3),
    location: pick(TOWNS, 2),
    manager_external_id: index === 0 ? '' : String(Math.floor((index - 1) / SPAN) + 1),
    hired_on: `20${String(10 + (index % 15))}-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
    left_on: '',
  };
}

/** The first `size` people as rows, to be changed by a test before they become a file. */
export function peopleCsvRows(size: number): PeopleCsvRow[] {
  return Array.from({ length: size }, (_, index) => peopleCsvRow(index));
}

/** Rows as the text of a file. */
export function peopleCsv(rows: readonly PeopleCsvRow[]): string {
  return [...lines(rows)].join('');
}

/** A file of any size, line by line, for what must not be held as a whole. */
export function* peopleCsvLines(size: number): Generator<string> {
  function* rows(): Generator<PeopleCsvRow> {
    for (let index = 0; index < size; index += 1) yield peopleCsvRow(index);
  }
  yield* lines(rows());
}

function* lines(rows: Iterable<PeopleCsvRow>): Generator<string> {
  yield `${PEOPLE_COLUMNS.join(',')}\n`;
  for (const row of rows) yield `${PEOPLE_COLUMNS.map((column) => cell(row[column])).join(',')}\n`;
}

function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
