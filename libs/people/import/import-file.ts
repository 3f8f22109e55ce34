import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse, type Options } from 'csv-parse';
import { decoded } from './import-encoding.js';
import { namedSeparator, readHeader, separatorOf, type Header } from './import-header.js';
import { MOST_ERRORS, readRow, type ImportRow, type RowError } from './import-row.js';

/** Rows that are sent to the database together: large enough for few round trips, small enough to be held. */
const BATCH = 5_000;

/** No real row is as long; a quotation mark that is never closed would swallow the rest of the file. */
const LONGEST_ROW_BYTES = 65_536;

/**
 * A people file, read once from beginning to end and never held as a whole. Afterwards it says what it found. It may be separated by
 * commas, semicolons, tabs or bars, with or without Excel's line `sep=;` before the header, in UTF-8 or in UTF-16 with a byte order
 * mark.
 */
export class ImportFile {
  /** Rows read, without the header and without empty ones. */
  rowCount = 0;
  /** The first of the errors, in the order of lines. */
  readonly errors: RowError[] = [];
  errorCount = 0;
  /** The line on which the next record begins; the first line is 1. */
  private nextLine = 1;
  /** What the header says; null before it was read. */
  private header: Header | null = null;

  /** @param source the file's bytes */
  constructor(private readonly source: Readable) {}

  /**
   * Passes on the rows in batches, in the order of the file. A bad row is among them, without its bad values, so that others may
   * name it as a manager. What is no table at all ends the reading with an error on its line.
   */
  async read(take: (rows: readonly ImportRow[]) => Promise<void>): Promise<void> {
    try {
      const { line, rest } = await firstLine(decoded(this.source));
      const named = namedSeparator(line);
      if (named !== undefined) this.nextLine = 2;
      const options: Options<FileRecord, string[]> = {
        delimiter: named ?? separatorOf(line),
        // A line ends as on any system, also where a file mixes them.
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        max_record_size: LONGEST_ROW_BYTES,
        on_record: (cells) => this.place(cells),
      };
      // Its types know of no records other than arrays, unless columns are named.
      const parser = parse(options as unknown as Options);
      await pipeline(Readable.from(named === undefined ? rest : withoutFirstLine(rest)), parser, (records) =>
        this.takeAll(records as AsyncIterable<FileRecord>, take),
      );
    } catch (error) {
      // Everything after a refused header means nothing.
      if (error instanceof HeaderRefused) return;
      if (!(error instanceof CsvError)) throw error;
      if (this.header === null && this.errorCount > 0) return;
      this.refuse({ line: this.nextLine, column: null, message: reasonOf(error) });
    } finally {
      this.source.destroy();
    }
  }

  /**
   * A record with the line on which it begins: cells may hold line breaks, so lines are counted in them. The header is read here,
   * since the parser reads ahead and keeps nothing of what it read when it fails.
   */
  private place(cells: string[]): FileRecord {
    const line = this.nextLine;
    this.nextLine += 1 + cells.reduce((sum, cell) => sum + (cell.match(LINE_BREAK)?.length ?? 0), 0);
    if (this.header === null && this.errorCount === 0) {
      this.header =
        readHeader(cells, (error) => {
          this.refuse({ line, ...error });
        }) ?? null;
    }
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
      // Ends the pipeline in one way, whatever kind of stream the source is.
      if (!header) throw new HeaderRefused();
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
    if (isFirst) this.refuse({ line: this.nextLine, column: null, message: 'The file is empty.' });
    if (batch.length > 0) await take(batch);
  }

  private readCells(line: number, cells: readonly string[], header: Header): ImportRow {
    if (cells.length < header.size || cells.slice(header.size).some((cell) => cell.trim() !== '')) {
      this.refuse({
        line,
        column: null,
        message: `has ${String(cells.length)} cells, and the header ${String(header.size)}.`,
      });
      // Which cell belongs to which column is unknown, except perhaps the external id.
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

  private refuse(error: RowError): void {
    this.errorCount += 1;
    if (this.errors.length < MOST_ERRORS) this.errors.push(error);
  }
}

interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Ends the reading after a header with errors, which are recorded already. */
class HeaderRefused extends Error {}

const LINE_BREAK = /\r\n|\n|\r/g;
const LINE_END = /\r\n|\n|\r/;

const ignore = (): void => undefined;

/** The first line as text, without its end; and everything, the first line too, still to be read. */
async function firstLine(
  source: AsyncGenerator<Buffer>,
): Promise<{ line: string; rest: AsyncIterable<Buffer> }> {
  let start: Buffer = Buffer.alloc(0);
  // One byte more than the line's end, which may be of two.
  for (let end = -1; (end < 0 || end === start.length - 1) && start.length < LONGEST_ROW_BYTES;) {
    const next = await source.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
    end = start.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  }
  const [line = ''] = start.toString('utf8').split(LINE_END, 1);
  async function* rest(): AsyncGenerator<Buffer> {
    yield start;
    yield* source;
  }
  return { line, rest: rest() };
}

async function* withoutFirstLine(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of source) {
    if (!isFirst) {
      yield chunk;
      continue;
    }
    isFirst = false;
    const end = chunk.findIndex((byte) => byte === 0x0a || byte === 0x0d);
    const isPair = chunk[end] === 0x0d && chunk[end + 1] === 0x0a;
    yield end < 0 ? Buffer.alloc(0) : chunk.subarray(end + (isPair ? 2 : 1));
  }
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
