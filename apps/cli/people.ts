import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { Command } from 'commander';
import { Database, DbModule, StartError } from '#db';
import {
  ImportRepository,
  importPhase,
  isAlreadyRunning,
  runImport,
  type ImportOptions,
  type ImportReportRow,
} from '#people';
import { SettingsError, readSettings } from '#settings';
import { findOrganization } from './find-organization.js';
import { importProgress } from './import-progress.js';

/** `people import`: updates an organization's directory from a file of any size, with the code of the mutation. */
export const peopleCommand = new Command('people')
  .description("Manages an organization's people.")
  .addCommand(
    new Command('import')
      .description(
        'Updates the directory from a CSV file, all or nothing. People who are not in the file stay the same.',
      )
      .argument('<file>', 'the file: CSV in UTF-8')
      .requiredOption('--organization <name or ID>', 'the organization')
      .option('--dry-run', 'only report what the import would do', false)
      .option(
        '--allow-similar-ids',
        'accept external IDs that differ from others only in leading zeros, case, spaces or invisible characters',
        false,
      )
      .action(
        async (file: string, { organization, ...options }: { organization: string } & ImportOptions) => {
          const report = await importFile(file, organization, options);
          for (const line of summary(report)) console.log(line);
          for (const error of report.errors) console.error(sentence(error));
          if (report.errorCount > report.errors.length) {
            console.error(
              `… and ${count(report.errorCount - report.errors.length, 'more error', 'more errors')}.`,
            );
          }
          if (report.errorCount > 0) process.exitCode = 1;
        },
      ),
  );

/** @throws SettingsError, StartError with a sentence for the operator */
async function importFile(
  path: string,
  organization: string,
  options: ImportOptions,
): Promise<ImportReportRow> {
  const { databaseAdminUrl } = readSettings();
  if (databaseAdminUrl === undefined) {
    throw new SettingsError('people import needs DATABASE_ADMIN_URL, the login that owns the tables.');
  }
  const size = await sizeOf(path);
  const progress = importProgress(size);
  try {
    const app = await NestFactory.createApplicationContext(
      DbModule.forRoot({ url: databaseAdminUrl, poolSize: 1, statementTimeoutMs: NO_TIMEOUT }),
      { logger: ['error', 'fatal'], abortOnError: false },
    );
    try {
      return await app.get(Database).write(
        null,
        async (em) => {
          const organizationId = await findOrganization(em, organization);
          const source = createReadStream(path);
          return runImport(em, new ImportRepository(), {
            ...options,
            on: { organizationId },
            source,
            onRows: (rows) => {
              progress.read(source.bytesRead, rows);
            },
          });
        },
        {
          onNotice: (notice) => {
            const phase = importPhase(notice);
            if (phase !== undefined) progress.phase(phase);
          },
        },
      );
    } finally {
      await app.close();
    }
  } catch (error) {
    if (!isAlreadyRunning(error)) throw error;
    throw new StartError(
      'Another import into this organization is running. Try again when it has finished.',
      {
        cause: error,
      },
    );
  } finally {
    progress.stop();
  }
}

/** An import of a large file may take long. */
const NO_TIMEOUT = 0;

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new StartError(`There is no file ${path}.`);
  return found.size;
}

/** The stored report lists up to 1,000. */
const MOST_ABSENT_SHOWN = 20;

/** The report in sentences. */
function summary(report: ImportReportRow): string[] {
  const lines = [`${count(report.rows, 'row', 'rows')} read.`];
  if (report.errorCount > 0) {
    lines.push(`${count(report.errorCount, 'error', 'errors')}. Nothing was changed.`);
  } else {
    const verbs = report.dryRun ? 'Would create' : 'Created';
    lines.push(
      `${verbs} ${people(report.created)}; ${report.dryRun ? 'change' : 'changed'} ${people(report.changed)}; ` +
        `${report.dryRun ? 'end' : 'ended'} the employment of ${people(report.ended)}; ` +
        `${report.dryRun ? 'continue' : 'continued'} that of ${people(report.restored)}; ` +
        `${report.dryRun ? 'give' : 'gave'} a different manager to ${people(report.managersChanged)}; ` +
        `${people(report.unchanged)} unchanged.`,
    );
  }
  const absentCount = report.absentCount ?? 0;
  if (absentCount > 0) {
    const shown = (report.absent ?? []).slice(0, MOST_ABSENT_SHOWN);
    const more = absentCount - shown.length;
    lines.push(
      `Not in the file and not changed: ${people(absentCount)} ` +
        `(${shown.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}).`,
    );
  }
  return lines;
}

function sentence({ line, message }: ImportReportRow['errors'][number]): string {
  return `Line ${String(line)}: ${message}`;
}

function people(number: number | null): string {
  return count(number ?? 0, 'person', 'people');
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
