import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columns, raisedCode, row, rows, sql, type Sql } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import type { ImportRow, RowError } from './import-row.js';
import { ImportReportEntity, type ImportReportRow } from './import.entity.js';

/** On whose behalf: the viewer's, through the law's doors; or the operator's, as the role that owns the tables. */
export type ImportFor = 'viewer' | { readonly organizationId: string };

/** What was found in a file while reading it. */
export interface FileFindings {
  readonly rowCount: number;
  readonly errors: readonly RowError[];
  readonly errorCount: number;
}

const report = columns(ImportReportEntity, 'i');

const newestFirst = keyset(
  'importReports',
  { expression: sql`i.at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`i.id`, type: 'uuid', direction: 'desc' },
);

/** Steps of an import (migrations/0004-import.sql), all in one transaction, and its report. */
@Injectable()
export class ImportRepository {
  /** @throws raisedCode 'MU040' while another import of the organization is under way (see {@link isAlreadyUnderWay}) */
  async begin(em: EntityManager, on: ImportFor): Promise<string> {
    return this.id(
      em,
      on === 'viewer'
        ? sql`select law.import_begin() as id`
        : sql`select import_begin(${on.organizationId}) as id`,
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
        ? sql`select law.import_add(${importId}, ${values})`
        : sql`select import_add(${importId}, ${on.organizationId}, ${values})`,
    );
  }

  /** Checks the whole and, where nothing is wrong and it is no dry run, takes it over. The report's id. */
  async finish(
    em: EntityManager,
    on: ImportFor,
    importId: string,
    dryRun: boolean,
    { rowCount, errors, errorCount }: FileFindings,
  ): Promise<string> {
    const findings = sql`${dryRun}, ${rowCount}, ${JSON.stringify(errors)}::jsonb, ${errorCount}`;
    return this.id(
      em,
      on === 'viewer'
        ? sql`select law.import_finish(${importId}, ${findings}) as id`
        : sql`select import_finish(${importId}, ${on.organizationId}, null, ${findings}) as id`,
    );
  }

  findByIds(em: EntityManager, ids: readonly string[]): Promise<ImportReportRow[]> {
    return rows<ImportReportRow>(
      em,
      sql`select ${report} from import_report i where i.id = any(${ids}::uuid[])`,
    );
  }

  async findById(em: EntityManager, id: string): Promise<ImportReportRow> {
    const found = await row<ImportReportRow>(
      em,
      sql`select ${report} from import_report i where i.id = ${id}`,
    );
    if (!found) throw new Error('The report that was just written cannot be read');
    return found;
  }

  /** Newest first. */
  async findPage(
    em: EntityManager,
    organizationId: string,
    page: PageArguments,
  ): Promise<Page<ImportReportRow>> {
    const found = await rows<ImportReportRow & Keyed>(
      em,
      sql`select ${report}, ${newestFirst.key} from import_report i
          where i.organization_id = ${organizationId} and ${newestFirst.after(page)}
          order by ${newestFirst.order} limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found, page);
  }

  private async id(em: EntityManager, query: Sql): Promise<string> {
    const found = await row<{ id: string }>(em, query);
    if (!found) throw new Error('A function returned nothing');
    return found.id;
  }
}

/** Whether the database refused to begin because another import of the organization is under way. */
export function isAlreadyUnderWay(error: unknown): boolean {
  return raisedCode(error) === 'MU040';
}
