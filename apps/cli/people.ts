import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { Database, DbModule, StartError, row, sql } from '#db';
import { ImportRepository, isAlreadyUnderWay, runImport, type ImportReportRow } from '#people';
import { SettingsError, readSettings } from '#settings';

/** `people import`: brings an organization's directory in line with a file of any size, by the code of the mutation. */
export const peopleCommand = new Command('people').description("An organization's people.").addCommand(
  new Command('import')
    .description(
      'Bring the directory in line with a CSV file, all or nothing. Whoever is not in it stays as they are.',
    )
    .argument('<file>', 'the file: CSV in UTF-8')
    .requiredOption('--organization <name>', 'whose people')
    .option('--dry-run', 'only say what it would do', false)
    .action(async (file: string, { organization, dryRun }: { organization: string; dryRun: boolean }) => {
      const report = await importFile(file, organization, dryRun);
      for (const line of summary(report)) console.log(line);
      for (const error of report.errors) console.error(sentence(error));
      if (report.errorCount > report.errors.length) {
        console.error(
          `… and ${count(report.errorCount - report.errors.length, 'more error', 'more errors')}.`,
        );
      }
      if (report.errorCount > 0) process.exitCode = 1;
    }),
);

/** @throws SettingsError, StartError: a sentence for the operator. */
async function importFile(path: string, organization: string, dryRun: boolean): Promise<ImportReportRow> {
  const { databaseAdminUrl } = readSettings();
  if (databaseAdminUrl === undefined) {
    throw new SettingsError('people import needs DATABASE_ADMIN_URL (the login that owns the tables).');
  }
  const size = await sizeOf(path);
  const app = await NestFactory.createApplicationContext(
    DbModule.forRoot({ url: databaseAdminUrl, poolSize: 1, statementTimeoutMs: NO_TIMEOUT }),
    { logger: ['error', 'fatal'], abortOnError: false },
  );
  const progress = progressOf(size);
  try {
    return await app.get(Database).write(null, async (em) => {
      const found = await row<{ id: string }>(
        em,
        sql`select id from organization where folded_name(name) = folded_name(${organization})`,
      );
      if (!found) throw new StartError(`There is no organization named "${organization}".`);
      const source = createReadStream(path);
      return runImport(em, new ImportRepository(), {
        on: { organizationId: found.id },
        source,
        dryRun,
        onRows: (rows) => {
          progress.read(source.bytesRead, rows);
        },
        onRead: () => {
          progress.done();
        },
      });
    });
  } catch (error) {
    if (!isAlreadyUnderWay(error)) throw error;
    throw new StartError('Another import into this organization is under way: try again when it is done.', {
      cause: error,
    });
  } finally {
    progress.stop();
    await app.close();
  }
}

/** A file may be large, and the server busy: an import takes the time that it takes. */
const NO_TIMEOUT = 0;

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new StartError(`There is no file ${path}.`);
  return found.size;
}

interface Progress {
  read(bytes: number, rows: number): void;
  done(): void;
  stop(): void;
}

/** On standard error: a bar for people, a line now and then for logs. */
function progressOf(size: number): Progress {
  if (process.stderr.isTTY) {
    const bar = new SingleBar({
      format: 'Reading {bar} {percentage} %, {rows} rows',
      stream: process.stderr,
      hideCursor: true,
    });
    bar.start(size, 0, { rows: 0 });
    return {
      read: (bytes, rows) => {
        bar.update(bytes, { rows: rows.toLocaleString('en') });
      },
      done: () => {
        bar.update(size);
        bar.stop();
        console.error('Checking and applying …');
      },
      stop: () => {
        bar.stop();
      },
    };
  }
  let reported = 0;
  return {
    read: (bytes, rows) => {
      const percent = size === 0 ? 100 : Math.floor((100 * bytes) / size);
      if (percent < reported + 10) return;
      reported = percent;
      console.error(`Read ${rows.toLocaleString('en')} rows, ${String(percent)} % of the file.`);
    },
    done: () => {
      console.error('Checking and applying …');
    },
    stop: () => undefined,
  };
}

/** The report in the database has more of them. */
const MOST_ABSENT_SHOWN = 20;

/** What it did, in words. */
function summary(report: ImportReportRow): string[] {
  const lines = [`${count(report.rows, 'row', 'rows')} read.`];
  if (report.errorCount > 0) {
    lines.push(`${count(report.errorCount, 'error', 'errors')}: nothing was changed.`);
  } else {
    const verbs = report.dryRun ? 'Would create' : 'Created';
    lines.push(
      `${verbs} ${people(report.created)}; ${report.dryRun ? 'change' : 'changed'} ${people(report.changed)}; ` +
        `${report.dryRun ? 'end' : 'ended'} the employment of ${people(report.ended)}; ` +
        `${report.dryRun ? 'continue' : 'continued'} that of ${people(report.restored)}; ` +
        `${report.dryRun ? 'give' : 'gave'} another manager to ${people(report.managersChanged)}; ` +
        `${people(report.unchanged)} unchanged.`,
    );
  }
  if (report.absentCount > 0) {
    const shown = report.absent.slice(0, MOST_ABSENT_SHOWN);
    const more = report.absentCount - shown.length;
    lines.push(
      `Not in the file, and left as they are: ${people(report.absentCount)} ` +
        `(${shown.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}).`,
    );
  }
  return lines;
}

function sentence({ line, column, message }: ImportReportRow['errors'][number]): string {
  return `Line ${String(line)}${column === null ? '' : `, ${column}`}: ${message}`;
}

function people(number: number): string {
  return count(number, 'person', 'people');
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
