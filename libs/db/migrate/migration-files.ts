import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { StartError } from '../start-error.js';
import { countRows, rowChanges } from './row-changes.js';

/** Numbered, written once, never changed after a release: `0001-people.sql`. */
const NUMBERED = /^(\d{4})-([a-z0-9-]+)\.sql$/;

/** `30-personal-goals.sql`: the policies are applied in the order of these numbers. */
const POLICY_FILE = /^\d{2}-[a-z0-9-]+\.sql$/;

/** TypeORM orders migrations by the 13 digits at the end of their names, which it takes for a time. */
const FIRST_STAMP = 1_000_000_000_000;

export interface MigrationFile {
  /** As TypeORM records it: `people1000000000001`. */
  readonly name: string;
  readonly path: string;
}

/** `migrations/` beside the nearest package.json, from the sources as from dist/. */
export function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new StartError('The folder migrations/ cannot be found: no package.json above the program.');
    folder = parent;
  }
  return join(folder, 'migrations');
}

/** The numbered migrations in order. @throws StartError for a name or number that does not fit. */
export async function migrationFiles(folder: string): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  return names.map((file) => {
    const [, number, slug] = NUMBERED.exec(file) ?? [];
    if (number === undefined || slug === undefined) {
      throw new StartError(`migrations/${file} is not named NNNN-name.sql: rename it.`);
    }
    if (numbers.has(number))
      throw new StartError(`Two migrations have the number ${number}: renumber migrations/${file}.`);
    numbers.add(number);
    return { name: `${slug}${String(FIRST_STAMP + Number(number))}`, path: join(folder, file) };
  });
}

/**
 * A class for TypeORM that runs the file unchanged.
 *
 * @param report receives the rows that it changed, before its transaction is committed
 */
export function migrationClass(
  { name, path }: MigrationFile,
  report: (changes: readonly string[]) => void,
): new () => MigrationInterface {
  return class SqlFile implements MigrationInterface {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      // A migration that waits for a lock blocks all requests behind it, so it gives up soon and is run again.
      await runner.query(`set local lock_timeout = '500ms'`);
      const before = await countRows(runner);
      try {
        await runner.query(await readFile(path, 'utf8'));
      } catch (cause) {
        throw new Error(`migrations/${basename(path)} failed: ${(cause as Error).message}`, { cause });
      }
      report(await rowChanges(runner, before));
    }

    down(): Promise<void> {
      return Promise.reject(new Error('Migrations go forward only: write the next one.'));
    }
  };
}

/** The text of all numbered migrations, in order. */
export async function readMigrations(files: readonly MigrationFile[]): Promise<string> {
  return (await Promise.all(files.map(({ path }) => readFile(path, 'utf8')))).join('\n');
}

/**
 * All files of `policies/` as one text, in the order of their names, with the roles filled in: `:"app"` becomes the quoted name of the
 * API's role (psql's notation, so that a file can be tried there).
 *
 * @throws StartError for a file that is not named NN-name.sql; Error for any other `:"name"`, and where no file names a role.
 */
export async function readPolicies(folder: string, roles: Readonly<Record<string, string>>): Promise<string> {
  const policies = join(dirname(folder), 'policies');
  const names = (await readdir(policies)).filter((name) => name.endsWith('.sql')).sort();
  const texts: string[] = [];
  let filled = 0;
  for (const name of names) {
    if (!POLICY_FILE.test(name))
      throw new StartError(`policies/${name} is not named NN-name.sql: rename it.`);
    const text = await readFile(join(policies, name), 'utf8');
    texts.push(
      text.replace(/(?<!:):"([a-z_]+)"/g, (token, key: string) => {
        const role = roles[key];
        if (role === undefined)
          throw new Error(`policies/${name} names ${token}, which is not a known role.`);
        filled += 1;
        return `"${role.replaceAll('"', '""')}"`;
      }),
    );
  }
  if (filled === 0) throw new Error('The files in policies/ grant nothing: none of them names :"app".');
  return texts.join('\n');
}

/** The difference between the migrations of a database and of the code. */
export interface MigrationState {
  /** In the code and not in the database. */
  readonly pending: readonly string[];
  /** In the database and not in the code: a newer version migrated it. */
  readonly unknown: readonly string[];
}

export function compareMigrations(
  recorded: readonly string[],
  files: readonly MigrationFile[],
): MigrationState {
  const names = files.map((file) => file.name);
  return {
    pending: names.filter((name) => !recorded.includes(name)),
    unknown: recorded.filter((name) => !names.includes(name)),
  };
}
