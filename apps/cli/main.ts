import { Command } from 'commander';
import { SettingsError } from '#settings';
import { afterRestoreCommand } from './after-restore.js';
import { demoCommand } from './demo.js';
import { migrateCommand } from './migrate.js';
import { organizationCommand } from './organization.js';
import { peopleCommand } from './people.js';
import { schemaSqlCommand } from './schema-sql.js';
import { trendsCommand } from './trends.js';

/**
 * The operator's commands: `npm run cli -- COMMAND`, or `node dist/apps/cli/main.js COMMAND` where packages and build are in
 * place. Each command is a file beside this one.
 */
const program = new Command('mutual')
  .description('Commands for operators of a Mutual installation.')
  .showHelpAfterError()
  .addCommand(afterRestoreCommand)
  .addCommand(demoCommand)
  .addCommand(migrateCommand)
  .addCommand(organizationCommand)
  .addCommand(peopleCommand)
  .addCommand(schemaSqlCommand)
  .addCommand(trendsCommand);

try {
  await program.parseAsync();
} catch (error) {
  // Errors that the operator can fix are printed as a sentence; others with their stack.
  const plain = error instanceof SettingsError || (error instanceof Error && error.name === 'StartError');
  console.error(plain ? error.message : error);
  process.exitCode = 1;
}
