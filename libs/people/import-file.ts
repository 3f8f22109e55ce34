import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse, type Options } from 'csv-parse';
import { COLUMNS, readRow, type Column, type ImportRow, type RowError } from './import-row.js';

/** The most errors that are listed; the rest are counted. */
const MOST_ERRORS = 1_000;

/** Rows that are sent to the database together: large enough for few round trips, small enough to be held. */
const BATCH = 5_000;

/** No honest row is as long; a quotation mark that is never closed would swallow the rest of the file. */
const LONGEST_ROW_BYTES = 65_536;

/** A people file, read once from beginning to end and never held as a whole. Afterwards it says what it found. */
export class ImportFile {
  /** Rows read, without the first line and without empty ones. */
  rowCount = 0;
  /** The first of the errors, in the order of lines. */
  readonly errors: RowError[] = [];
  errorCount = 0;
  /** The line on which the next record begins; the first line is 1. */
  private nextLine = 1;
  /** What the first line says; null before it was read, undefined where it makes the rest meaningless. */
  private header: Header | undefined | null = null;

  /** @param source the file's bytes, in UTF-8 */
  constructor(private readonly source: Readable) {}

  /**
   * Hands over the rows in batches, in the order of the file. A bad row is among them, without its bad values, so that others may
   * name it as a manager. What is not a table at all ends the reading with an error on its line.
   */
  async read(take: (rows: readonly ImportRow[]) => Promise<void>): Promise<void> {
    const options: Options<FileRecord, string[]> = {
      bom: true,
      // A line ends as on any system, also where a file mixes them.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: LONGEST_ROW_BYTES,
      on_record: (cells) => this.place(cells),
    };
    try {
      // Its types know of no records other than arrays, unless columns are named.
      await pipeline(this.source, parse(options as unknown as Options), (records) =>
        this.takeAll(records as AsyncIterable<FileRecord>, take),
      );
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      // What is wrong further down follows from what is wrong with the first line.
      if (this.header === undefined) return;
      this.refuse({ line: this.nextLine, column: null, message: reasonOf(error) });
    }
  }

  /**
   * A record with the line on which it begins: cells may hold line breaks, so lines are counted in them. The first line is read
   * here, since the parser reads ahead and keeps nothing of what it read when it fails.
   */
  private place(cells: string[]): FileRecord {
    const line = this.nextLine;
    this.nextLine += 1 + cells.reduce((sum, cell) => sum + (cell.match(LINE_BREAK)?.length ?? 0), 0);
    if (this.header === null) this.header = this.readHeader(cells);
    return { line, cells };
  }

  private async takeAll(
    records: AsyncIterable<FileRecord>,
    take: (rows: readonly ImportRow[]) => Promise<void>,
  ): Promise<void> {
    let isFirst = true;
    let batch: ImportRow[] = [];
    for await (const { line, cells } of records) {
      const { header } = this;
      if (!header) return;
      if (isFirst) {
        isFirst = false;
        continue;
      }
      if (cells.every((cell) => cell.trim() === '')) continue;
      this.rowCount += 1;
      batch.push(this.readCells(line, cells, header));
      if (batch.length === BATCH) {
        await take(batch);
        batch = [];
      }
    }
    if (this.header === null) this.refuse({ line: 1, column: null, message: 'The file is empty.' });
    if (batch.length > 0) await take(batch);
  }

  private readCells(line: number, cells: readonly string[], header: Header): ImportRow {
    if (cells.length !== header.size) {
      this.refuse({
        line,
        column: null,
        message: `has ${String(cells.length)} cells, and the first line ${String(header.size)}.`,
      });
      // Which cell is which cannot be told, other than perhaps whose row it is.
      return readRow(
        line,
        (column) => (column === 'external_id' ? cells[header.places[column]] : ''),
        ignore,
      );
    }
    return readRow(
      line,
      (column) => cells[header.places[column]],
      (error) => {
        this.refuse(error);
      },
    );
  }

  /** Where each column stands; undefined after an error that makes the rest meaningless. */
  private readHeader(cells: readonly string[]): Header | undefined {
    const names = cells.map((cell) => cell.trim().toLowerCase());
    const refuse = (column: string | null, message: string): void => {
      this.refuse({ line: 1, column, message });
    };
    const [only = ''] = names;
    if (names.length === 1 && only === '') {
      refuse(null, 'The first line is empty: it must name the columns.');
    } else if (/[\0\uFFFD]/.test(names.join(''))) {
      refuse(null, 'The file is not in UTF-8: save it as "CSV UTF-8".');
    } else if (names.length === 1 && /[;\t|]/.test(only)) {
      refuse(null, `The columns must be separated by commas (,), and not by ${separatorIn(only)}.`);
    } else {
      names.forEach((name, index) => {
        if (!isColumn(name))
          refuse(shortened(name), `is not a column of a people file: ${COLUMNS.join(', ')}.`);
        else if (names.indexOf(name) !== index) refuse(name, 'is there twice.');
      });
      for (const column of COLUMNS) if (!names.includes(column)) refuse(column, 'is missing.');
    }
    if (this.errorCount > 0) return undefined;
    const places = Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)]));
    return { size: names.length, places: places as Record<Column, number> };
  }

  private refuse(error: RowError): void {
    this.errorCount += 1;
    if (this.errors.length < MOST_ERRORS) this.errors.push(error);
  }
}

interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Header {
  readonly size: number;
  readonly places: Readonly<Record<Column, number>>;
}

const LINE_BREAK = /\r\n|\n|\r/g;

const ignore = (): void => undefined;

function isColumn(name: string): name is Column {
  return (COLUMNS as readonly string[]).includes(name);
}

function separatorIn(header: string): string {
  if (header.includes(';')) return 'semicolons';
  return header.includes('\t') ? 'tabs' : 'bars';
}

/** A heading may be anything, and is repeated in an error. */
function shortened(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}

function reasonOf({ code }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A quotation mark (") is opened and never closed; nothing after it could be read.';
    case 'CSV_MAX_RECORD_SIZE':
      return 'The row is longer than any can be; perhaps a quotation mark (") is never closed. Nothing after it could be read.';
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'A quotation mark (") stands inside a cell: write it twice and put the cell in quotation marks. Nothing after it could be read.';
    default:
      return 'The file cannot be read as CSV from here on.';
  }
}
