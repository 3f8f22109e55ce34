/**
 * Backs up a running service as docs/backup.md says, changes it, destroys it, restores the backup on another server, and checks that
 * everything is there, that what was ended since the backup is ended there too, and that the policies hold. Uses throw-away servers with
 * the demo organization.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stop, capture, projectEnvironment, projectNode } from '../../scripts/processes.mjs';
import { withClient } from '../setup/client.js';
import { takeBackup } from './backup.js';
import { startServer } from './server.js';
import { PASSWORD, Site, address } from './site.js';

/** Steps that can be left out. Without after-restore the drill must fail: what was ended is back. */
export const SKIPPABLE = ['after-restore', 'policy-tests'] as const;

type Skippable = (typeof SKIPPABLE)[number];

export interface RestoreDrillOptions {
  readonly skip: readonly Skippable[];
  /** Receives each line of the report. */
  readonly say: (sentence: string) => void;
}

export interface RestoreDrillResult {
  /** What was found to be wrong, as sentences without a full stop. */
  readonly faults: readonly string[];
  /** How many rows were restored. */
  readonly rows: number;
  /** The result as sentences, which begin with "passed" or "failed". */
  readonly summary: string;
}

export async function restoreDrill(options: RestoreDrillOptions): Promise<RestoreDrillResult> {
  const folder = await mkdtemp(join(tmpdir(), 'mutual-drill-'));
  const folders = { backup: join(folder, 'backup'), mail: await mkdtemp(join(folder, 'mail-')) };
  const stops: (() => Promise<void>)[] = [];
  try {
    const result = await drill(options, folders, stops);
    for (const fault of result.faults) options.say(`Fault: ${fault}.`);
    options.say(`The restore drill ${result.summary}`);
    return result;
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param stops gets what has to be called at the end, the last first */
async function drill(
  { skip, say }: RestoreDrillOptions,
  folders: { readonly backup: string; readonly mail: string },
  stops: (() => Promise<void>)[],
): Promise<RestoreDrillResult> {
  const began = Date.now();
  const faults: string[] = [];
  const open = async (from: string | undefined, mail: Record<string, string>): Promise<Site> => {
    const server = await startServer(from);
    stops.push(() => server.stop());
    const site = await Site.open(server, mail);
    stops.push(() => site.service.stop());
    return site;
  };

  // Nothing listens on port 1: mails wait.
  const source = await open(undefined, { SMTP_URL: 'smtp://127.0.0.1:1' });
  await source.command('migrate');
  await source.command('demo', 'load');
  await source.serve();
  const known = await prepare(source);
  const backedUp = await source.asOwner((admin) => takeBackup(admin, source.postgres.folder, folders.backup));
  const digests = await source.digests();
  const schema = await source.command('schema-sql');
  await endThings(source, known);
  say(
    `Backed up at ${backedUp.toISOString()}; then ${known.shareIds.length} shares were ended, and sessions, a token and links.`,
  );
  await source.service.kill();
  await source.postgres.crash();

  const restored = await open(folders.backup, { MAIL_FOLDER: folders.mail });
  const migrated = await restored.command('migrate');
  if (migrated !== '') faults.push(`migrate had something to do: ${migrated.trim()}`);
  if ((await restored.command('schema-sql')) !== schema) faults.push('the schema differs');
  const present = await restored.digests();
  for (const [name, { rows, digest }] of digests) {
    const found = present.get(name);
    if (found?.digest !== digest) {
      faults.push(`the ${found?.rows ?? 0} rows of ${name} are not the ${rows} of the backup`);
    }
  }
  const rows = [...digests.values()].reduce((sum, table) => sum + table.rows, 0);
  say(`Restored ${rows} rows in ${digests.size} tables.`);

  if (!skip.includes('after-restore')) {
    say(await restored.command('after-restore', '--backup-of', backedUp.toISOString()));
  }
  await restored.serve();
  const checks = Object.entries(endings(restored, known, folders.mail));
  for (const [name, cameBack] of checks) {
    if (await cameBack()) faults.push(`${name} came back`);
  }
  faults.push(...(await missing(restored, known)));
  await restored.service.stop();

  let tests = '';
  if (!skip.includes('policy-tests')) {
    const { passed, failure } = await policyTests(restored);
    if (failure !== undefined) faults.push(`the tests of the policies failed:\n${failure}`);
    tests = ` ${passed} policy tests passed on the restored database.`;
  }
  const seconds = Math.round((Date.now() - began) / 1000);
  const outcome = faults.length === 0 ? 'passed' : `failed (${faults.length} faults)`;
  return {
    faults,
    rows,
    summary:
      `${outcome}. ${rows} rows in ${digests.size} tables were restored, and ${checks.length} kinds of rows that after-restore ends were checked.` +
      `${tests} It took ${seconds} s.`,
  };
}

/** What a client has from before the backup. */
interface Known {
  readonly tokens: { readonly leonie: string; readonly oluwaseun: string; readonly lucia: string };
  readonly apiToken: { readonly id: string; readonly secret: string };
  /** The secrets of two links that were mailed. */
  readonly links: { readonly resetPassword: string; readonly acceptInvitation: string };
  /** Leonie's shares with Oluwaseun. */
  readonly shareIds: readonly string[];
  /** The titles of Leonie's goals. */
  readonly goals: readonly string[];
  /** The titles of other people's goals that Oluwaseun can see. */
  readonly before: readonly string[];
}

/** Creates what will be ended after the backup. */
async function prepare(site: Site): Promise<Known> {
  const tokens = {
    leonie: await site.signIn('leonie'),
    oluwaseun: await site.signIn('oluwaseun'),
    lucia: await site.signIn('lucia'),
  };
  const { createApiToken } = await site.ask<{ createApiToken: { secret: string; apiToken: { id: string } } }>(
    'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret apiToken { id } } }',
    { input: { label: 'drill', scopes: ['DIRECTORY_READ'] } },
    tokens.lucia,
  );
  await site.ask(
    'mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) { __typename } }',
    { input: { email: 'leonie.ahrens@example.com', password: PASSWORD } },
    tokens.leonie,
  );
  const secret = (): string => randomBytes(32).toString('base64url');
  const links = { resetPassword: secret(), acceptInvitation: secret() };
  const hash = (token: string): Buffer => createHash('sha256').update(token).digest();
  await site.asOwner(async (admin) => {
    await admin.query(
      `insert into password_reset (organization_id, person_id, token_hash)
       select organization_id, person_id, $2 from account where sign_in_address = $1`,
      [address('greta'), hash(links.resetPassword)],
    );
    await admin.query(
      `update invitation set token_hash = $1, expires_at = now() + interval '1 day'
       where id = (select id from invitation where accepted_at is null order by id limit 1)`,
      [hash(links.acceptInvitation)],
    );
  });
  const goals = await site.ownGoals(tokens.leonie);
  const shares = goals.flatMap(({ ownerView }) => ownerView.shares.nodes);
  return {
    tokens,
    apiToken: { id: createApiToken.apiToken.id, secret: createApiToken.secret },
    links,
    shareIds: shares
      .filter((share) => share.state === 'ACTIVE' && share.with.name === 'Oluwaseun Adeyemi')
      .map(({ id }) => id),
    goals: goals.map(({ title }) => title).sort(),
    before: await site.goalsOfOthers(tokens.oluwaseun),
  };
}

/** After the backup: ends, withdraws or uses all of it. @throws Stop where the service does not do so */
async function endThings(site: Site, { tokens, shareIds, before, apiToken, links }: Known): Promise<void> {
  for (const id of shareIds) {
    await site.ask(
      'mutation ($input: EndShareInput!) { endShare(input: $input) { __typename } }',
      { input: { id } },
      tokens.leonie,
    );
  }
  const left = await site.goalsOfOthers(tokens.oluwaseun);
  if (left.length !== before.length - shareIds.length || shareIds.length === 0) {
    throw new Stop('Ending shares changed nothing for the person they were made to.');
  }
  await site.ask(
    'mutation ($input: RevokeApiTokenInput!) { revokeApiToken(input: $input) { __typename } }',
    { input: { id: apiToken.id } },
    tokens.lucia,
  );
  await site.ask('mutation { cancelEmailChange { __typename } }', {}, tokens.leonie);
  await site.ask('mutation { signOut { revokedId } }', {}, tokens.leonie);
  for (const name of ['resetPassword', 'acceptInvitation'] as const) {
    if (!(await opens(site, name, links[name]))) throw new Stop(`${name} failed.`);
  }
}

/** Whether a mailed link still works. Uses it. */
async function opens(site: Site, name: keyof Known['links'], token: string): Promise<boolean> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { code } = await site.send(`mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
    input: { token, password: 'a tandem for the whole crew' },
  });
  return code === undefined;
}

/** Everything that must not come back, with a function that resolves with whether it has. */
function endings(site: Site, known: Known, mailFolder: string): Record<string, () => Promise<boolean>> {
  const accepts = async (token: string, query = '{ viewer { person { id } } }'): Promise<boolean> =>
    (await site.send(query, {}, token)).code === undefined;
  const exists = async (query: string): Promise<boolean> => (await site.count(query)) > 0;
  return {
    'a session that was ended': () => accepts(known.tokens.leonie),
    'a session from before': () => accepts(known.tokens.oluwaseun),
    'an API token that was revoked': () =>
      accepts(known.apiToken.secret, '{ people(first: 1) { nodes { id } } }'),
    'a link for a new password that was used': () => opens(site, 'resetPassword', known.links.resetPassword),
    'an invitation that was accepted': () => opens(site, 'acceptInvitation', known.links.acceptInvitation),
    'goals whose sharing was ended': async () =>
      (await site.goalsOfOthers(await site.signIn('oluwaseun'))).length > 0,
    'a change of address that was cancelled': () => exists('select from address_change'),
    'mails that waited': async () =>
      (await exists('select from outbox_mail')) || (await readdir(mailFolder)).length > 0,
    proposals: () =>
      exists(
        `select from alignment a left join alignment_decline d on d.alignment_id = a.id
         where state = 'PROPOSED' and d.alignment_id is null`,
      ),
  };
}

/** A sentence for everything that must be there and is not. */
async function missing(site: Site, known: Known): Promise<string[]> {
  const found: string[] = [];
  const goals = (await site.ownGoals(await site.signIn('leonie'))).map(({ title }) => title).sort();
  if (goals.join() !== known.goals.join()) {
    found.push(`of Leonie's ${known.goals.length} goals ${goals.length} are there`);
  }
  if ((await site.count(`select from audit_entry where action = 'DATABASE_RESTORED'`)) === 0) {
    found.push('the audit trail has no entry about the restored database');
  }
  return found;
}

/**
 * Runs the tests of the policies on copies of the restored database: those of reading beside everything that was restored; the others,
 * which try every change of every row as everybody, in a copy without it.
 */
async function policyTests(site: Site): Promise<{ passed: number; failure?: string }> {
  await withClient(site.postgres.adminUrl, (admin) => admin.query('create database emptied template mutual'));
  const emptied = new URL(site.environment.DATABASE_ADMIN_URL);
  emptied.pathname = '/emptied';
  await withClient(emptied.href, (admin) => admin.query('truncate organization cascade'));

  let passed = 0;
  for (const [database, ...args] of [
    ['mutual', 'test/policies/matrix.spec.ts', '--testNamePattern=shows each actor exactly'],
    ['emptied', 'test/policies/catalogue.spec.ts', 'test/policies/matrix.spec.ts'],
  ]) {
    const { code, stdout, stderr } = await capture(
      projectNode(),
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        'node_modules/jest/bin/jest.js',
        '--runInBand',
        ...args,
      ],
      { env: projectEnvironment({ ...site.environment, NODE_ENV: 'test', TEST_DATABASE: database }) },
    );
    const count = Number(/^Tests: .*?(\d+) passed/m.exec(stderr)?.[1] ?? 0);
    if (code !== 0 || count === 0) return { passed, failure: `${stdout}${stderr}` };
    passed += count;
  }
  return { passed };
}
