/**
 * A database of a size for the benchmark.
 *
 *   node bench/database.ts --people 20000 --folder /somewhere/else --port 5499
 *     creates one in that folder, or uses the existing one, and prints its address and the callers
 *   node bench/database.ts --folder /somewhere/else --stop
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ensureDatabase } from '../scripts/database.mjs';
import { startPostgres } from '../scripts/postgres.mjs';
import { capture, projectEnvironment, projectNode } from '../scripts/processes.mjs';
import { questions, type Caller, type Question } from './contestant.ts';
import { callersOf, generate, type Shape } from './data.ts';
import { cli } from './paths.ts';
import { showProgress } from './progress.ts';

/** The connection strings. */
export interface DatabaseUrls {
  /** The role that owns the tables. */
  readonly owner: string;
  /** The API's role, to which the policies apply. */
  readonly serving: string;
  readonly working: string;
}

export interface Cluster {
  readonly adminUrl: string;
  readonly password: string;
  readonly stop: () => Promise<void>;
}

/**
 * Settings for such a machine, in addition to those of the embedded server, with the same durability. The same for every contestant.
 */
function settings(): Record<string, string> {
  const quarter = Math.floor(totalmem() / 4 / 2 ** 20);
  return {
    shared_buffers: `${String(Math.min(2048, quarter))}MB`,
    effective_cache_size: `${String(2 * quarter)}MB`,
    max_wal_size: '4GB',
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.track': 'top',
    'pg_stat_statements.max': '5000',
  };
}

/** A cluster: temporary, or kept in a folder. */
export async function startCluster(folder?: string, port?: number): Promise<Cluster> {
  if (folder === undefined) return startPostgres({ throwaway: true, durable: true, settings: settings() });
  await mkdir(folder, { recursive: true });
  return startPostgres({ dataDir: folder, port, settings: settings(), say: console.error });
}

/** The organization that everybody is in. */
const ORGANIZATION = 'Benchmark';

/** Creates a database of this shape in the cluster unless it exists; an incomplete one is created again. */
export async function makeDatabase(cluster: Cluster, name: string, shape: Shape): Promise<DatabaseUrls> {
  if (await isComplete(cluster, name)) return migrated(cluster, name);
  const { urls, organizationId } = await makeEmptyDatabase(cluster, name, ORGANIZATION);
  const progress = showProgress(`${shape.people.toLocaleString('en')} people`);
  try {
    await generate(urls.owner, organizationId, shape, progress.at);
  } finally {
    progress.stop();
  }
  await withClient(cluster.adminUrl, (client) =>
    client.query(`comment on database ${client.escapeIdentifier(name)} is '${COMPLETE}'`),
  );
  return urls;
}

/** The comment on a complete database. */
const COMPLETE = 'complete';

async function isComplete({ adminUrl }: Cluster, name: string): Promise<boolean> {
  const { rowCount } = await withClient(adminUrl, (client) =>
    client.query(
      `select from pg_database where datname = $1 and shobj_description(oid, 'pg_database') = '${COMPLETE}'`,
      [name],
    ),
  );
  return rowCount === 1;
}

/** Creates a database again, with an organization that has only its administrator. */
export async function makeEmptyDatabase(
  cluster: Cluster,
  name: string,
  organization: string,
): Promise<{ urls: DatabaseUrls; organizationId: string }> {
  await withClient(cluster.adminUrl, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  );
  const urls = await migrated(cluster, name);
  return { urls, organizationId: await found(urls, organization) };
}

async function migrated(cluster: Cluster, name: string): Promise<DatabaseUrls> {
  const owner: string = await ensureDatabase(cluster.adminUrl, name);
  const as = (login: string): string => {
    const url = new URL(owner);
    url.username = login;
    url.password = cluster.password;
    return url.href;
  };
  const urls = { owner, serving: as('mutual_serving'), working: as('mutual_working') };
  await command(urls, 'migrate');
  await withClient(owner, (client) => client.query('create extension if not exists pg_stat_statements'));
  return urls;
}

/** Creates an organization with the operator's command. */
async function found(urls: DatabaseUrls, organization: string): Promise<string> {
  const admin = `admin@${organization.toLowerCase()}.example.com`;
  await command(
    urls,
    'organization',
    'create',
    organization,
    '--admin',
    admin,
    '--admin-name',
    'Administrator',
  );
  const { rows } = await withClient(urls.owner, (client) =>
    client.query<{ id: string }>('select id from organization where name = $1', [organization]),
  );
  const [created] = rows;
  if (created === undefined) throw new Error('There is no organization, although it was created.');
  return created.id;
}

/** The environment of the operator's commands. */
export function commandEnvironment(urls: DatabaseUrls): NodeJS.ProcessEnv {
  return projectEnvironment({
    DATABASE_ADMIN_URL: urls.owner,
    DATABASE_URL: urls.serving,
    WORKER_DATABASE_URL: urls.working,
    ROLE_PREFIX: 'mutual',
    NODE_ENV: 'test',
  });
}

async function command(urls: DatabaseUrls, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await capture(projectNode(), [cli, ...args], {
    env: commandEnvironment(urls),
  });
  if (code !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The callers for each question. */
export async function readCallers(ownerUrl: string): Promise<Record<Question, Caller[]>> {
  const found = await Promise.all(
    questions.map(async (question) => [question, await callersOf(ownerUrl, question)] as const),
  );
  return Object.fromEntries(found) as Record<Question, Caller[]>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      people: { type: 'string', default: '20000' },
      folder: { type: 'string' },
      port: { type: 'string' },
      stop: { type: 'boolean', default: false },
    },
  });
  if (values.folder === undefined) throw new Error('--folder is missing: where its data shall stay.');
  const folder = resolve(values.folder);
  if (values.stop && !existsSync(folder)) return;
  const cluster = await startCluster(folder, values.port === undefined ? undefined : Number(values.port));
  if (values.stop) {
    await cluster.stop();
    return;
  }
  const people = Number(values.people);
  const name = `bench_${String(people)}`;
  const urls = await makeDatabase(cluster, name, { people });
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify({ ...urls, callers: await readCallers(urls.owner) }, null, 2));
  await chmod(file, 0o600);
  console.log(`owner    ${urls.owner}\nserving  ${urls.serving}\ncallers  ${file}`);
}

if (import.meta.main) await main();
