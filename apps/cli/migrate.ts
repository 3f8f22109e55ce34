import { Command } from 'commander';
import { migrate } from '#db';
import { SettingsError, readSettings } from '#settings';

/** `migrate`: brings the database up to date. Prints the migrations it ran and the rows they changed, or nothing. */
export const migrateCommand = new Command('migrate')
  .description('Bring the database up to date: roles, tables and policies. Safe to run at any time.')
  .action(async () => {
    const { databaseAdminUrl, databaseUrl, workerDatabaseUrl, rolePrefix } = readSettings();
    if (databaseAdminUrl === undefined || databaseUrl === undefined) {
      throw new SettingsError(
        'migrate needs DATABASE_ADMIN_URL (the login that owns the tables) and DATABASE_URL (the login that serves): set both in the environment or in .env.',
      );
    }
    await migrate({
      adminUrl: databaseAdminUrl,
      appUrl: databaseUrl,
      workerUrl: workerDatabaseUrl,
      rolePrefix,
      log: (line) => {
        console.log(line);
      },
    });
  });
