/**
 * npm run drill:restore [-- --skip=after-restore --skip=policy-tests --unrecorded]: backs a running service up as docs/backup.md says,
 * goes on with it, loses it, restores the backup on another server, and looks whether everything is there, whether what was ended
 * since the backup is ended here too, and whether the policies hold. Runs on throw-away servers with the demo organization, on
 * this machine alone, and writes its date and result into README.md.
 *
 * With --skip=after-restore it must fail: what was ended comes back.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseEnvironment, ensureDatabase } from './database.mjs';
import { takeBackup } from './drill/backup.mjs';
import { Service } from './drill/service.mjs';
import { startPostgres } from './postgres.mjs';
import { Stop, capture, main, projectEnvironment, projectNode, root } from './processes.mjs';
import { setup } from './setup.mjs';

const { values: options } = parseArgs({
  options: {
    skip: { type: 'string', multiple: true, default: [] },
    unrecorded: { type: 'boolean', default: false },
  },
});
const READY_WITHIN_MS = 60_000;
const PASSWORD = 'two-wheels-one-gander';
const address = (name) => `${name}@quince-gander.example`;

/** Emptied by PostgreSQL when it recovers, and nothing is lost with them. */
const UNLOGGED = ['throttle', 'import_row'];
/** Its mails are tried again and again while the backup is taken. */
const RESTLESS = ['outbox_mail'];

/** One server with the service in front of it. */
class Site {
  static async open(postgres, mail) {
    const site = new Site();
    site.postgres = postgres;
    site.adminUrl = await ensureDatabase(postgres.adminUrl, 'mutual');
    site.environment = {
      ...databaseEnvironment(site.adminUrl, 'mutual', postgres.password),
      ROLE_PREFIX: 'mutual',
      NODE_ENV: 'development',
    };
    site.service = new Service({
      ...site.environment,
      // The service has its own login only.
      DATABASE_ADMIN_URL: '',
      WORKER_DATABASE_URL: '',
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      LOG_LEVEL: 'fatal',
      ...mail,
    });
    return site;
  }

  /** Runs an operator's command. @throws Stop where it fails */
  async command(...args) {
    const { code, stdout, stderr } = await capture(projectNode(), ['dist/apps/cli/main.js', ...args], {
      env: projectEnvironment(this.environment),
    });
    if (code !== 0) throw new Stop(`${args.join(' ')} failed:\n${stdout}${stderr}`);
    return stdout;
  }

  async serve() {
    this.service.start();
    await this.service.ready(READY_WITHIN_MS);
  }

  async asOwner(work) {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: this.adminUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** @returns the data, or the code of the first error */
  async ask(query, variables = {}, token = '') {
    const response = await fetch(`${this.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    return errors?.length > 0 ? { code: errors[0].extensions.code } : { data };
  }

  /** The same where an error ends the drill. */
  async do(query, variables, token) {
    const { data, code } = await this.ask(query, variables, token);
    if (code !== undefined) throw new Stop(`${query} was answered with ${code}.`);
    return data;
  }

  async signIn(name) {
    const { signIn } = await this.do('mutation ($input: SignInInput!) { signIn(input: $input) { token } }', {
      input: { email: address(name), password: PASSWORD },
    });
    return signIn.token;
  }

  /** The titles of other people's goals that somebody sees. */
  async goalsOfOthers(token) {
    const { people, viewer } = await this.do(
      '{ viewer { person { id } } people(first: 100) { nodes { personalGoals { nodes { title owner { id } } } } } }',
      {},
      token,
    );
    return people.nodes.flatMap(({ personalGoals }) =>
      personalGoals.nodes.filter(({ owner }) => owner.id !== viewer.person.id).map(({ title }) => title),
    );
  }

  async ownGoals(token) {
    const { viewer } = await this.do(
      '{ viewer { person { personalGoals(first: 40) { nodes { title visibility ownerView { shares(first: 20) { nodes { id state with { name } } } } } } } } }',
      {},
      token,
    );
    return viewer.person.personalGoals.nodes;
  }

  /** By table, a digest over all of its rows. */
  async digests() {
    return this.asOwner(async (admin) => {
      const { rows } = await admin.query(
        `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
      );
      const digests = {};
      for (const { name } of rows.filter(({ name }) => ![...UNLOGGED, ...RESTLESS].includes(name))) {
        const { rows: found } = await admin.query(
          `select count(*)::integer as rows, md5(coalesce(string_agg(t::text, E'\\n' order by t::text collate "C"), '')) as digest from ${name} t`,
        );
        digests[name] = found[0];
      }
      return digests;
    });
  }
}

/** What stands between people when the backup is taken, and what a client holds of it. */
async function prepare(site) {
  const tokens = {};
  for (const name of ['leonie', 'oluwaseun', 'lucia']) tokens[name] = await site.signIn(name);
  const { createApiToken } = await site.do(
    'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret apiToken { id } } }',
    { input: { label: 'drill', scopes: ['DIRECTORY_READ'] } },
    tokens.lucia,
  );
  await site.do(
    'mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) { __typename } }',
    { input: { email: 'leonie.ahrens@example.com', password: PASSWORD } },
    tokens.leonie,
  );
  const [reset, invitation] = [0, 1].map(() => randomBytes(32).toString('base64url'));
  const hash = (token) => createHash('sha256').update(token).digest();
  await site.asOwner(async (admin) => {
    await admin.query(
      `insert into password_reset (organization_id, person_id, token_hash)
       select organization_id, person_id, $2 from account where sign_in_address = $1`,
      [address('greta'), hash(reset)],
    );
    await admin.query(
      `update invitation set token_hash = $1, expires_at = now() + interval '1 day'
       where id = (select id from invitation where accepted_at is null order by id limit 1)`,
      [hash(invitation)],
    );
  });
  const goals = await site.ownGoals(tokens.leonie);
  const shareIds = goals.flatMap(({ ownerView: { shares } }) =>
    shares.nodes
      .filter(({ state, with: reader }) => state === 'ACTIVE' && reader.name === 'Oluwaseun Adeyemi')
      .map(({ id }) => id),
  );
  return {
    tokens,
    apiToken: createApiToken.secret,
    apiTokenId: createApiToken.apiToken.id,
    reset,
    invitation,
    shareIds,
    goals: goals.map(({ title }) => title).sort(),
    before: await site.goalsOfOthers(tokens.oluwaseun),
  };
}

/** After the backup: all of it is ended, withdrawn or used. @throws Stop where the service does not do so */
async function goOn(site, known) {
  const { tokens } = known;
  for (const id of known.shareIds) {
    await site.do(
      'mutation ($input: EndShareInput!) { endShare(input: $input) { __typename } }',
      { input: { id } },
      tokens.leonie,
    );
  }
  const left = await site.goalsOfOthers(tokens.oluwaseun);
  if (left.length !== known.before.length - known.shareIds.length || known.shareIds.length === 0) {
    throw new Stop('Ending shares changed nothing for whom they were made.');
  }
  await site.do(
    'mutation ($input: RevokeApiTokenInput!) { revokeApiToken(input: $input) { __typename } }',
    { input: { id: known.apiTokenId } },
    tokens.lucia,
  );
  await site.do('mutation { cancelEmailChange { __typename } }', {}, tokens.leonie);
  await site.do('mutation { signOut { revokedId } }', {}, tokens.leonie);
  for (const [name, token] of [
    ['resetPassword', known.reset],
    ['acceptInvitation', known.invitation],
  ]) {
    const { code } = await useLink(site, name, token);
    if (code !== undefined) throw new Stop(`${name} was answered with ${code}.`);
  }
}

function useLink(site, name, token) {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
  return site.ask(`mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
    input: { token, password: 'a tandem for the whole crew' },
  });
}

const me = '{ viewer { person { id } } }';

/** By what must not come back: a function that resolves with whether it has. */
function endings(site, known, mailFolder) {
  const lives = async (token) => (await site.ask(me, {}, token)).code === undefined;
  const counts = async (query) => (await site.asOwner((admin) => admin.query(query))).rows[0].n > 0;
  return {
    'a session that was ended': () => lives(known.tokens.leonie),
    'a session from before': () => lives(known.tokens.oluwaseun),
    'an API token that was revoked': async () =>
      (await site.ask('{ people(first: 1) { nodes { id } } }', {}, known.apiToken)).code === undefined,
    'a link for a new password that was used': async () =>
      (await useLink(site, 'resetPassword', known.reset)).code === undefined,
    'an invitation that was accepted': async () =>
      (await useLink(site, 'acceptInvitation', known.invitation)).code === undefined,
    'goals whose sharing was ended': async () =>
      (await site.goalsOfOthers(await site.signIn('oluwaseun'))).length > 0,
    'a change of address that was cancelled': () =>
      counts('select count(*)::integer as n from address_change'),
    'mails that waited': async () =>
      (await counts('select count(*)::integer as n from outbox_mail')) ||
      (await readdir(mailFolder)).length > 0,
    proposals: () =>
      counts(
        `select count(*)::integer as n from alignment a left join alignment_decline d on d.alignment_id = a.id
         where state = 'PROPOSED' and d.alignment_id is null`,
      ),
  };
}

/** What must be there. @returns what is not, in words */
async function missing(site, known) {
  const found = [];
  const goals = (await site.ownGoals(await site.signIn('leonie'))).map(({ title }) => title).sort();
  if (goals.join() !== known.goals.join())
    found.push(`of Leonie's ${known.goals.length} goals ${goals.length} are there`);
  const { rows } = await site.asOwner((admin) =>
    admin.query(`select count(*)::integer as n from audit_entry where action = 'DATABASE_RESTORED'`),
  );
  if (rows[0].n === 0) found.push('the audit trail does not say that the database was restored');
  return found;
}

/**
 * The tests of the policies, on copies of the restored database: reading beside all that was restored; the rest, which tries every
 * change for everybody on every row, in a copy without it.
 */
async function policyTests(site) {
  const { default: pg } = await import('pg');
  const outside = new pg.Client({ connectionString: site.postgres.adminUrl });
  await outside.connect();
  await outside.query('create database emptied template mutual');
  await outside.end();
  const emptied = new URL(site.adminUrl);
  emptied.pathname = '/emptied';
  const admin = new pg.Client({ connectionString: emptied.href });
  await admin.connect();
  await admin.query('truncate organization cascade');
  await admin.end();

  let passed = 0;
  for (const [database, ...args] of [
    ['mutual', 'test/policies/matrix.spec.ts', '--testNamePattern=lets each see'],
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
    const [, count] = /^Tests: .*?(\d+) passed/m.exec(stderr) ?? [];
    if (code !== 0 || !(Number(count) > 0)) return { ok: false, passed, output: `${stdout}${stderr}` };
    passed += Number(count);
  }
  return { ok: true, passed };
}

const say = (sentence) => process.stdout.write(`${sentence}\n`);

/** @returns the result in a sentence. @throws Stop */
async function drill(folders, servers) {
  const began = Date.now();
  const faults = [];
  const start = async (from) => {
    const server = await startPostgres({ throwaway: true, durable: true, from });
    servers.push(server);
    return server;
  };

  // Nobody answers at port 1: mails wait.
  const source = await Site.open(await start(), { SMTP_URL: 'smtp://127.0.0.1:1' });
  await source.command('migrate');
  await source.command('demo', 'load');
  await source.serve();
  servers.push({ stop: () => source.service.stop() });
  const known = await prepare(source);
  const backedUp = await source.asOwner((admin) => takeBackup(admin, source.postgres.folder, folders.backup));
  const digests = await source.digests();
  const schema = await source.command('schema-sql');
  await goOn(source, known);
  say(
    `Backed up at ${backedUp.toISOString()}; then ${known.shareIds.length} shares were ended, and sessions, a token and links.`,
  );
  await source.service.kill();
  await source.postgres.crash();

  const restored = await Site.open(await start(folders.backup), { MAIL_FOLDER: folders.mail });
  const migrated = await restored.command('migrate');
  if (migrated !== '') faults.push(`migrate had something to do: ${migrated.trim()}`);
  if ((await restored.command('schema-sql')) !== schema) faults.push('the schema is another');
  const there = await restored.digests();
  for (const name of Object.keys(digests)) {
    if (there[name]?.digest !== digests[name].digest)
      faults.push(
        `${name} has ${there[name]?.rows} rows, which are not the ${digests[name].rows} of the backup`,
      );
  }
  const tables = Object.keys(digests).length;
  const rows = Object.values(digests).reduce((sum, { rows }) => sum + rows, 0);
  say(`Restored ${rows} rows in ${tables} tables.`);

  if (!options.skip.includes('after-restore')) {
    say(await restored.command('after-restore', '--backup-of', backedUp.toISOString()));
  }
  await restored.serve();
  servers.push({ stop: () => restored.service.stop() });
  const checks = Object.entries(endings(restored, known, folders.mail));
  for (const [name, cameBack] of checks) {
    if (await cameBack()) faults.push(`${name} came back`);
  }
  faults.push(...(await missing(restored, known)));
  await restored.service.stop();

  let tests = '';
  if (!options.skip.includes('policy-tests')) {
    const { ok, passed, output } = await policyTests(restored);
    if (!ok) faults.push(`the tests of the policies failed:\n${output}`);
    tests = ` ${passed} policy tests passed on the restored database.`;
  }
  const seconds = Math.round((Date.now() - began) / 1000);
  const counted = `${rows} rows in ${tables} tables were restored, and ${checks.length} kinds of rows that after-restore ends were checked.${tests} It took ${seconds} s.`;
  return {
    faults,
    result: `${faults.length === 0 ? 'passed' : `failed (${faults.length} faults)`}. ${counted}`,
  };
}

const MARKS = ['<!-- restore drill -->', '<!-- end of restore drill -->'];

async function recordInReadme(result) {
  const file = join(root, 'README.md');
  const text = await readFile(file, 'utf8');
  const [begin, end] = MARKS.map((mark) => text.indexOf(mark));
  if (begin < 0 || end < begin) throw new Stop(`README.md has no place for the result: ${MARKS.join(' … ')}`);
  const line = `The last restore drill, on ${new Date().toISOString().slice(0, 10)}, ${result}`;
  await writeFile(file, `${text.slice(0, begin)}${MARKS[0]}\n\n${line}\n\n${text.slice(end)}`);
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

await main(async () => {
  await setup();
  const folder = await mkdtemp(join(tmpdir(), 'mutual-drill-'));
  const folders = { backup: join(folder, 'backup'), mail: await mkdtemp(join(folder, 'mail-')) };
  const started = [];
  try {
    const { faults, result } = await drill(folders, started);
    for (const fault of faults) say(`Fault: ${fault}.`);
    if (!options.unrecorded && options.skip.length === 0) await recordInReadme(result);
    say(`The restore drill ${result}`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    for (const { stop } of started.reverse()) await stop();
    await rm(folder, { recursive: true, force: true });
  }
});
