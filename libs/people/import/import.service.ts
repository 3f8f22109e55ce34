import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation, type ViewerContext } from '#db';
import { badInput, conflict, notPermitted, type Page, type PageArguments } from '#graphql';
import type { Viewer } from '#identity';
import { refuseLastAdministrator } from '../organization/role.rules.js';
import { runImport } from './import-run.js';
import type { ImportReportRow } from './import.entity.js';
import type { ImportPeopleInput } from './import.inputs.js';
import { ImportRepository, isAlreadyRunning } from './import.repository.js';

/** The most rows that the mutation takes; the operator's command takes any number. */
const MOST_ROWS = 20_000;

/** Far more than 20,000 rows need. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** How much of the text is handed to the reader at a time. */
const CHUNK = 65_536;

/** Importing people, for PEOPLE_ADMIN and API tokens that may write the directory. */
@Injectable()
export class ImportService {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportRepository,
  ) {}

  /**
   * The report lists what is wrong with the file.
   *
   * @throws NOT_PERMITTED; BAD_USER_INPUT for more rows than {@link MOST_ROWS}; CONFLICT while another import into the
   * organization is running
   */
  async import(
    ctx: ViewerContext,
    { csv, dryRun, allowSimilarIds }: ImportPeopleInput,
  ): Promise<ImportReportRow> {
    this.requireImporter(ctx.viewer);
    try {
      return await this.database.write(
        ctx,
        (em) =>
          runImport(em, this.imports, {
            on: 'viewer',
            source: Readable.from(chunks(csv)),
            dryRun,
            allowSimilarIds: allowSimilarIds ?? false,
            onRows: (rowCount) => {
              if (rowCount > MOST_ROWS) throw tooManyRows();
            },
          }),
        { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
      );
    } catch (error) {
      if (isAlreadyRunning(error)) {
        throw conflict('Another import into this organization is running. Try again when it has finished.');
      }
      if (isUniqueViolation(error)) {
        throw conflict('Somebody changed the directory at the same moment. Try again.');
      }
      refuseLastAdministrator(error);
    }
  }

  /** Newest first. @throws NOT_PERMITTED */
  reports(ctx: ViewerContext, page: PageArguments): Promise<Page<ImportReportRow>> {
    this.requireImporter(ctx.viewer);
    return this.database.read(ctx, (em) => this.imports.findPage(em, ctx.viewer.organizationId, page));
  }

  private requireImporter({ roles, scopes }: Viewer): void {
    if (!roles.includes('PEOPLE_ADMIN') && !scopes.includes('DIRECTORY_WRITE')) {
      throw notPermitted('This is for the role PEOPLE_ADMIN, and for API tokens with DIRECTORY_WRITE.');
    }
  }
}

function tooManyRows(): Error {
  return badInput(
    'input.csv',
    `has more than ${MOST_ROWS.toLocaleString('en')} rows: split it, or ask the operator to import it (npm run cli -- people import).`,
  );
}

/** Encoded piece by piece, so that the text is not held twice. A pair of surrogates may come apart: they are put together again. */
function* chunks(text: string): Generator<Buffer> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + CHUNK, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end += 1;
    yield Buffer.from(text.slice(start, end), 'utf8');
    start = end;
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
