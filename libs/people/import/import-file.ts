import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse, type Options } from 'csv-parse';
import { decoded } from './import-encoding.js';
import { namedSeparator, readHeader, separatorOf, type Header } from './import-header.js';
import { MOST_ERRORS, readRow, type ImportRow, type RowError } from './import-row.js';

/** The number of rows sent to the database at once: enough for few round trips, and few enough to hold in memory. */
const BATCH = 5_000;

/** Longer than any real row. Without this limit, an unclosed quotation mark would read the rest of the file as one row. */
const LONGEST_ROW_BYTES = 65_536;

/**
 * A people file, read as a stream. Its counts and errors are complete after {@link read}. Separators are commas, semicolons, tabs or
 * bars, optionally named by Excel's line `sep=;` before the header; the encoding is UTF-8, or UTF-16 with a byte order mark.
 */
export class ImportFile {
  /** The number of rows read, without the header and empty rows. */
  rowCount = 0;
  /** The first errors, by line. */
  readonly errors: RowError[] = [];
  errorCount = 0;
  /** The line on which the next record begins; the first line is 1. */
  private nextLine = 1;
  /** Null before the header has been read. */
  private header: Header | null = null;

  /** @param source the file's bytes */
  constructor(private readonly source: Readable) {}

  /**
   * Passes on the rows in batches, in the order of the file. They include invalid rows without their invalid values, so that other
   * rows can name them as managers. Text that is not CSV ends the reading with an error on its line.
   */
  async read(take: (rows: readonly ImportRow[]) => Promise<void>): Promise<void> {
    try {
      const { line, rest } = await firstLine(decoded(this.source));
      const named = namedSeparator(line);
      if (named !== undefined) this.nextLine = 2;
      const options: Options<FileRecord, string[]> = {
        delimiter: named ?? separatorOf(line),
        // A file can mix the line endings of several systems.
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        max_record_size: LONGEST_ROW_BYTES,
        on_record: (cells) => this.place(cells),
      };
      // Its types allow only arrays as records unless columns are named.
      const parser = parse(options as unknown as Options);
      await pipeline(Readable.from(named === undefined ? rest : withoutFirstLine(rest)), parser, (records) =>
        this.takeAll(records as AsyncIterable<FileRecord>, take),
      );
    } catch (error) {
      // Without a valid header, the rest cannot be read.
      if (error instanceof HeaderRefused) return;
      if (!(error instanceof CsvError)) throw error;
      if (this.header === null && this.errorCount > 0) return;
      this.refuse({ line: this.nextLine, column: null, message: reasonOf(error) });
    } finally {
      this.source.destroy();
    }
  }

  /**
   * A record with the line on which it begins, counting the line breaks in cells. The header is read here because the parser reads
   * ahead, and discards the records it has read if it fails.
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
      // Ends the pipeline in the same way for every kind of stream.
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
        message: `The row has ${String(cells.length)} cells, and the header ${String(header.size)}.`,
      });
      // It is unknown which cell belongs to which column, except perhaps for the external ID.
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

/** The first line without its line break, and the whole text including that line. */
async function firstLine(
  source: AsyncGenerator<Buffer>,
): Promise<{ line: string; rest: AsyncIterable<Buffer> }> {
  let start: Buffer = Buffer.alloc(0);
  // One byte more than the line break, which can have two.
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
      return 'A quotation mark (") is never closed: close it, because nothing after it could be read.';
    case 'CSV_MAX_RECORD_SIZE':
      return 'The row has more than 65,536 bytes, perhaps because a quotation mark (") is never closed: nothing after it could be read.';
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'A cell contains a quotation mark ("): write it twice and enclose the cell in quotation marks, because nothing after it could be read.';
    default:
      return 'The file is not valid CSV from this line on.';
  }
}
