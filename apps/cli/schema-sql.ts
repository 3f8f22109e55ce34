import { Command } from 'commander';
import pg from 'pg';
import { schemaText } from '#db';
import { SettingsError, readSettings } from '#settings';

/**
 * `schema-sql`: prints the database's schema, read from its catalogue and ordered by name, so that a change shows as a few lines. For
 * comparison; not meant to be run.
 */
export const schemaSqlCommand = new Command('schema-sql')
  .description('Print the tables, functions, policies and grants of a migrated database, ordered by name.')
  .action(async () => {
    const { databaseAdminUrl } = readSettings();
    if (databaseAdminUrl === undefined) {
      throw new SettingsError('schema-sql needs DATABASE_ADMIN_URL: set it to a migrated database.');
    }
    const client = new pg.Client({ connectionString: databaseAdminUrl });
    await client.connect();
    try {
      await client.query('set search_path = public');
      process.stdout.write(
        await schemaText(async (text) => (await client.query<{ sql: string }>(text)).rows),
      );
    } finally {
      await client.end();
    }
  });
