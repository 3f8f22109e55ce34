import { type Database, StartError, row, sql } from '#db';
import { DEMO_ACCOUNTS, type DemoAccount } from '#demo';
import type { Settings } from '#settings';

/**
 * Production does not serve the demo organization: everybody in it has the same, published password.
 *
 * @throws StartError unless ALLOW_DEMO_ORGANIZATION names it
 */
export async function refuseDemoOrganization(
  db: Database,
  { nodeEnv, allowDemoOrganization }: Pick<Settings, 'nodeEnv' | 'allowDemoOrganization'>,
): Promise<void> {
  if (nodeEnv !== 'production' || allowDemoOrganization !== undefined) return;
  if (!(await holdsDemoOrganization(db))) return;
  throw new StartError(
    'This database holds the demo organization, whose password is published, under whatever name: use another database in production, or set ALLOW_DEMO_ORGANIZATION="Quince & Gander" to serve it all the same.',
  );
}

/** The demo accounts to sign in with; none if the database does not contain the demo organization. */
export async function demoAccounts(db: Database): Promise<readonly DemoAccount[]> {
  return (await holdsDemoOrganization(db)) ? DEMO_ACCOUNTS : [];
}

async function holdsDemoOrganization(db: Database): Promise<boolean> {
  const found = await db.read(null, (em) =>
    row<{ demo: boolean }>(em, sql`select app.holds_demo_organization() as demo`),
  );
  return found?.demo === true;
}
