import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RaisedCode, columns, raisedCode, row, rows, sql, type Notice, type Sql } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import { MOST_ERRORS, type ImportRow, type RowError } from './import-row.js';
import { ImportOutcomeEntity, ImportReportEntity, type ImportReportRow } from './import.entity.js';

/** Who imports: the viewer, or the operator with the role that owns the tables. */
export type ImportFor = 'viewer' | { readonly organizationId: string };

export interface ImportOptions {
  readonly dryRun: boolean;
  /** Whether external ids may differ from others only in leading zeros, case, spaces or invisible characters. */
  readonly allowSimilarIds: boolean;
}

/** The results of reading a file. */
export interface FileFindings {
  readonly rowCount: number;
  readonly errors: readonly RowError[];
  readonly errorCount: number;
}

const report = sql`${columns(ImportReportEntity, 'i')}, ${columns(ImportOutcomeEntity, 'o')},
  o.error_count as "directoryErrorCount", o.errors as "directoryErrors"`;

const reports = sql`import_report i left join import_outcome o on o.report_id = i.id`;

/** Errors of the file and errors that follow from the directory are stored separately. */
type StoredReport = ImportReportRow & {
  readonly directoryErrorCount: number | null;
  readonly directoryErrors: readonly RowError[] | null;
};

function withAllErrors<Row extends StoredReport>(row: Row): Row {
  const { directoryErrors, directoryErrorCount } = row;
  const errors = [...row.errors, ...(directoryErrors ?? [])]
    .sort((one, other) => one.line - other.line || (one.column ?? '').localeCompare(other.column ?? '', 'en'))
    .slice(0, MOST_ERRORS)
    .map(completed);
  return { ...row, errors, errorCount: row.errorCount + (directoryErrorCount ?? 0) };
}

/** A message that begins in lower case or with a quoted value continues the name of the column. */
function completed({ line, column, message }: RowError): RowError {
  const isComplete = column === null || !/^[a-z"]/.test(message);
  return { line, column, message: isComplete ? message : `${column} ${message}` };
}

const newestFirst = keyset(
  'importReports',
  { expression: sql`i.at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`i.id`, type: 'uuid', direction: 'desc' },
);

/** Steps of an import (policies/13-import.sql), all in one transaction, and its report. */
@Injectable()
export class ImportRepository {
  /** @throws RaisedCode.IMPORT_RUNNING (see {@link isAlreadyRunning}) */
  async begin(em: EntityManager, on: ImportFor): Promise<string> {
    return this.id(
      em,
      on === 'viewer'
        ? sql`select app.import_begin() as id`
        : sql`select app.begin_import(${on.organizationId}) as id`,
    );
  }

  async add(em: EntityManager, on: ImportFor, importId: string, batch: readonly ImportRow[]): Promise<void> {
    const values = sql`
      ${batch.map(({ line }) => line)}::integer[], ${batch.map(({ externalId }) => externalId)}::text[],
      ${batch.map(({ email }) => email)}::text[], ${batch.map(({ name }) => name)}::text[],
      ${batch.map(({ title }) => title)}::text[], ${batch.map(({ department }) => department)}::text[],
      ${batch.map(({ location }) => location)}::text[],
      ${batch.map(({ managerExternalId }) => managerExternalId)}::text[],
      ${batch.map(({ hiredOn }) => hiredOn)}::date[], ${batch.map(({ leftOn }) => leftOn)}::date[]`;
    await row(
      em,
      on === 'viewer'
        ? sql`select app.import_add(${importId}, ${values})`
        : sql`select app.add_import_rows(${importId}, ${on.organizationId}, ${values})`,
    );
  }

  /** Checks the whole file, and applies it unless it has errors or this is a dry run. Returns the report's id. */
  async finish(
    em: EntityManager,
    on: ImportFor,
    importId: string,
    { dryRun, allowSimilarIds }: ImportOptions,
    { rowCount, errors, errorCount }: FileFindings,
  ): Promise<string> {
    const findings = sql`${dryRun}, ${allowSimilarIds}, ${rowCount}, ${JSON.stringify(errors)}::jsonb, ${errorCount}`;
    return this.id(
      em,
      on === 'viewer'
        ? sql`select app.import_finish(${importId}, ${findings}) as id`
        : sql`select app.finish_import(${importId}, ${on.organizationId}, null, null, 'EVERYTHING', ${findings}) as id`,
    );
  }

  async findByIds(em: EntityManager, ids: readonly string[]): Promise<ImportReportRow[]> {
    const found = await rows<StoredReport>(
      em,
      sql`select ${report} from ${reports} where i.id = any(${ids}::uuid[])`,
    );
    return found.map(withAllErrors);
  }

  async findById(em: EntityManager, id: string): Promise<ImportReportRow> {
    const [found] = await this.findByIds(em, [id]);
    if (!found) throw new Error('The report that was just written cannot be read');
    return found;
  }

  /** Newest first. */
  async findPage(
    em: EntityManager,
    organizationId: string,
    page: PageArguments,
  ): Promise<Page<ImportReportRow>> {
    const found = await rows<StoredReport & Keyed>(
      em,
      sql`select ${report}, ${newestFirst.key} from ${reports}
          where i.organization_id = ${organizationId} and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found.map(withAllErrors), page);
  }

  private async id(em: EntityManager, query: Sql): Promise<string> {
    const found = await row<{ id: string }>(em, query);
    if (!found) throw new Error('A function returned nothing');
    return found.id;
  }
}

/** Whether the database refused to begin because another import into the organization is running. */
export function isAlreadyRunning(error: unknown): boolean {
  return raisedCode(error) === RaisedCode.IMPORT_RUNNING;
}

/** The phase that the import has begun, if this is such a notice. */
export function importPhase({ code, message }: Notice): string | undefined {
  return code === RaisedCode.IMPORT_PHASE ? message : undefined;
}
