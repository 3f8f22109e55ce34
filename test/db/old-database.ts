import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#db';
import { withClient } from '../setup/client.js';
import { createTestDatabase } from '../setup/database.js';

/** A database of an earlier version, with separate roles. */
export interface OldDatabase {
  /** A connection of the role that owns everything. */
  readonly admin: pg.Client;
  /** For the login of the API, which has no rights before the database is migrated to the newest version. */
  readonly appUrl: string;
  /** Runs the migrations before this number, or all of them and the policies. @returns what `migrate` logs */
  migrateTo(number?: string): Promise<string[]>;
  drop(): Promise<void>;
}

/** Creates an empty database as the migrations before this number leave it. */
export async function createOldDatabase(number: string): Promise<OldDatabase> {
  const test = await createTestDatabase();
  const name = `${test.rolePrefix}_old_${randomBytes(4).toString('hex')}`;
  const on = (login?: string): string => {
    const url = new URL(test.adminUrl);
    url.pathname = `/${name}`;
    if (login !== undefined) [url.username, url.password] = [login, 'serving'];
    return url.href;
  };
  const folder = await mkdtemp(join(tmpdir(), 'mutual-old-'));
  const migrations = join(folder, 'migrations');
  await mkdir(migrations);
  await mkdir(join(folder, 'policies'));
  // The policies are of the newest version, and do not fit an older one.
  await writeFile(join(folder, 'policies', '00-none.sql'), 'grant usage on schema public to :"app";');
  await withClient(test.adminUrl, (server) =>
    server.query(`create database ${pg.escapeIdentifier(name)} template template0 encoding 'UTF8'`),
  );
  const admin = new pg.Client({ connectionString: on() });
  const appUrl = on(`${name}_serving`);
  const database: OldDatabase = {
    admin,
    appUrl,
    migrateTo: async (before) => {
      for (const file of await readdir('migrations')) {
        if (before !== undefined && file < before)
          await copyFile(join('migrations', file), join(migrations, file));
      }
      const lines: string[] = [];
      await migrate({
        adminUrl: on(),
        appUrl,
        rolePrefix: name,
        log: (line) => lines.push(line),
        ...(before !== undefined && { folder: migrations }),
      });
      return lines;
    },
    drop: async () => {
      await admin.end();
      await withClient(test.adminUrl, async (server) => {
        await server.query(`drop database ${pg.escapeIdentifier(name)} with (force)`);
        for (const role of ['serving', 'app', 'worker']) {
          await server.query(`drop role if exists ${pg.escapeIdentifier(`${name}_${role}`)}`);
        }
      });
      await test.drop();
      await rm(folder, { recursive: true });
    },
  };
  await admin.connect();
  await database.migrateTo(number);
  return database;
}
