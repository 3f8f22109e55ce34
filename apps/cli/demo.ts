import { Command } from 'commander';
import { StartError } from '#db';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#demo';
import { SettingsError, readSettings } from '#settings';
import { loadDemo, type DemoCounts } from './demo/load.js';
import { COMPANY } from './demo/people.js';

/** `demo load`: the demo organization. It is loaded once; a database that contains it is not changed. */
export const demoCommand = new Command('demo')
  .description('A fictional organization with data, for development.')
  .addCommand(
    new Command('load')
      .description(`Load ${COMPANY.name}, unless it is there already, and say who is worth signing in as.`)
      .action(async () => {
        const counts = await loadDemo({ adminUrl: adminUrl(), passwordHash });
        for (const line of summary(counts)) console.log(line);
      }),
  );

/** @throws StartError in production, before anything else is checked; SettingsError */
function adminUrl(): string {
  // Checked before reading the other settings, which production does not need for this error.
  if (process.env.NODE_ENV?.trim() === 'production') {
    throw new StartError(
      'The demo organization is not loaded in production: everybody in it has the same, published password. Leave out "demo load", or set NODE_ENV=development on a database that you can delete.',
    );
  }
  const { databaseAdminUrl } = readSettings();
  if (databaseAdminUrl === undefined) {
    throw new SettingsError('demo load needs DATABASE_ADMIN_URL (the login that owns the tables).');
  }
  return databaseAdminUrl;
}

async function passwordHash(): Promise<string> {
  // Imported only if needed: at most starts the demo is already loaded.
  const { hashPassword } = await import('#auth');
  return hashPassword(DEMO_PASSWORD);
}

function summary(counts: DemoCounts | undefined): string[] {
  const people = DEMO_ACCOUNTS.map(
    ({ email, name, role, description }) => [email, name, role, description] as const,
  );
  const [addressWidth, nameWidth, asWidth] = [0, 1, 2].map((column) =>
    Math.max(...people.map((cells) => Array.from(cells[column] ?? '').length)),
  );
  return [
    counts === undefined
      ? `The demo organization ${COMPANY.name} is there. Sign in as one of these, or as anybody in it:`
      : `Loaded the demo organization ${COMPANY.name}: ${inWords(counts)}. Sign in as one of these, or as anybody in it:`,
    '',
    ...people.map(
      ([address, name, as, why]) =>
        `  ${address.padEnd(addressWidth ?? 0)}  ${name.padEnd(nameWidth ?? 0)}  ${as.padEnd(asWidth ?? 0)}  ${why}`,
    ),
    '',
    `The password of all of them: ${DEMO_PASSWORD}`,
  ];
}

function inWords(counts: DemoCounts): string {
  return [
    `${counts.people} people`,
    `${counts.personalGoals} personal and ${counts.businessGoals} business goals`,
    `${counts.oneToOnes} one-to-ones with ${counts.conversations} conversations, ${counts.talkingPoints} talking points and ${counts.promises} promises`,
  ].join(', ');
}
