/** The columns of a file of people (docs/api.md, importPeople). */
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

/** A file of people. The service reads it; here only its lines are known, to show those that are wrong. */
export interface PeopleFile {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly string[];
  /** Whether it was not written in Unicode, so that letters with accents may be wrong. */
  readonly isOldEncoding: boolean;
}

export async function readPeopleFile(file: File): Promise<PeopleFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { text, isOldEncoding } = decode(bytes);
  return { name: file.name, text, lines: text.split(/\r\n|\r|\n/), isOldEncoding };
}

function decode(bytes: Uint8Array): { readonly text: string; readonly isOldEncoding: boolean } {
  // "Unicode Text" of Excel begins with a mark of its byte order.
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const unicode = isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  try {
    return { text: new TextDecoder(unicode, { fatal: true }).decode(bytes), isOldEncoding: false };
  } catch {
    // What spreadsheets on Windows write.
    return { text: new TextDecoder('windows-1252').decode(bytes), isOldEncoding: true };
  }
}

/** A file with all columns and one person, to begin from. */
export const EXAMPLE = `${COLUMNS.join(',')}\n1001,ada@example.com,Ada Example,Engineer,Design,Leipzig,1000,2024-03-01,\n`;

/** A table as a CSV file, with every cell in quotes. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
}
