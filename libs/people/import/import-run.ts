import type { Readable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import { ImportFile } from './import-file.js';
import type { ImportReportRow } from './import.entity.js';
import type { ImportFor, ImportOptions, ImportRepository } from './import.repository.js';

export interface ImportRun extends ImportOptions {
  /** Who imports. */
  readonly on: ImportFor;
  /** The file's bytes, in UTF-8. */
  readonly source: Readable;
  /** Called with the number of rows read so far, first with 0; what it throws ends the import, and nothing was changed. */
  readonly onRows?: (rowCount: number) => void;
}

/**
 * The import itself, the same for the mutation and for the operator's command: rows go to the database in batches as they are
 * read, the rest happens there. In the caller's transaction: all or nothing, also when the process is killed.
 */
export async function runImport(
  em: EntityManager,
  imports: ImportRepository,
  { on, source, onRows, ...options }: ImportRun,
): Promise<ImportReportRow> {
  const id = await imports.begin(em, on);
  const file = new ImportFile(source);
  onRows?.(file.rowCount);
  await file.read(async (batch) => {
    onRows?.(file.rowCount);
    await imports.add(em, on, id, batch);
  });
  return imports.findById(em, await imports.finish(em, on, id, options, file));
}
