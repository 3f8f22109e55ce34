/**
 * npm run schema: writes the committed files that are generated from the code and the database. npm run check:generated generates
 * them too, and fails when a committed one differs.
 *
 * A new generated file is one more entry in `generators`.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { databaseEnvironment, ensureDatabase } from './database.mjs';
import { licencesDocument } from './dependencies.mjs';
import { startPostgres } from './postgres.mjs';
import { Stop, capture, main, projectEnvironment, projectNode, reportCheck, root } from './processes.mjs';
import { settingsDocuments } from './settings-table.mjs';
import { setup } from './setup.mjs';

const program = (path) => join('dist', 'apps', ...path.split('/'));

/** Each gives the files that it makes: `{ path, text, count }`; `what` names the things counted. */
const generators = [
  {
    name: 'schema.graphql',
    what: 'types',
    make: () =>
      printed(
        'schema.graphql',
        [program('api/print-schema.js')],
        /^(type|interface|union|enum|scalar|input) /gm,
      ),
  },
  {
    name: 'schema.sql',
    what: 'tables',
    make: (database) =>
      printed('schema.sql', [program('cli/main.js'), 'schema-sql'], /^create (unlogged )?table /gm, database),
    needsDatabase: true,
  },
  {
    name: 'docs/visibility.md',
    what: 'lines',
    make: (database) =>
      printed('docs/visibility.md', [join('test', 'policies', 'print-visibility.js')], /^\|/gm, database),
    needsDatabase: true,
  },
  { name: 'docs/queries', what: 'files of SQL', make: queryFiles },
  { name: 'docs/licences.md', what: 'packages', make: licencesDocument },
  { name: 'settings', what: 'variables in README.md and .env.example', make: settingsDocuments },
];

/** The SQL of every repository. A file of a repository that no longer exists has the text null; a method without SQL is a problem. */
async function queryFiles() {
  const { code, stdout, stderr } = await capture(projectNode(), [join('scripts', 'print-queries.mjs')]);
  if (code !== 0) throw new Stop(`docs/queries could not be made:\n${stderr}`);
  const { files, problems } = JSON.parse(stdout);
  const folder = join(root, 'docs', 'queries');
  const present = existsSync(folder) ? await readdir(folder, { recursive: true }) : [];
  const obsolete = present
    .filter((path) => path.endsWith('.sql'))
    .map((path) => `docs/queries/${path.replaceAll('\\', '/')}`)
    .filter((path) => !files.some((file) => file.path === path));
  return [
    ...files.map((file) => ({ ...file, count: files.length })),
    ...obsolete.map((path) => ({ path, text: null })),
    ...problems.map((problem) => ({ problem })),
  ];
}

/** Runs a program of ours; what it prints is the file. */
async function printed(path, args, counted, environment = {}) {
  if (!existsSync(join(root, args[0]))) throw new Stop(`${path} cannot be made: ${args[0]} does not exist.`);
  const { code, stdout, stderr } = await capture(
    projectNode(),
    ['--disable-warning=ExperimentalWarning', ...args],
    {
      env: projectEnvironment(environment),
    },
  );
  if (code !== 0) throw new Stop(`${path} could not be made:\n${stderr}`);
  return [{ path, text: stdout, count: stdout.match(counted)?.length ?? 0 }];
}

/** Runs `work` with the environment of an empty, freshly migrated database, which is gone afterwards. */
async function withFreshDatabase(work) {
  const server = await startPostgres({ throwaway: true });
  try {
    const admin = await ensureDatabase(server.adminUrl, 'mutual');
    const environment = {
      ...databaseEnvironment(admin, 'mutual', server.password),
      ROLE_PREFIX: 'mutual',
      NODE_ENV: 'test',
    };
    const { code, stderr } = await capture(projectNode(), [program('cli/main.js'), 'migrate'], {
      env: projectEnvironment(environment),
    });
    if (code !== 0) throw new Stop(`The database could not be migrated:\n${stderr}`);
    return await work(environment);
  } finally {
    await server.stop();
  }
}

/** The files of a generator that are not what they should be. */
async function outdated(files) {
  const changed = [];
  for (const { path, text } of files.filter(({ problem }) => problem === undefined)) {
    const there = await readFile(join(root, path), 'utf8').catch(() => null);
    if (there !== text) changed.push(path);
  }
  return changed;
}

async function generate() {
  await setup();
  let failed = false;
  await withFreshDatabase(async (environment) => {
    for (const { name, make, needsDatabase } of generators) {
      try {
        const files = await make(needsDatabase ? environment : undefined);
        const changed = await outdated(files);
        for (const { problem } of files) if (problem !== undefined) console.error(problem);
        for (const { path, text } of files.filter((file) => changed.includes(file.path))) {
          if (text === null) await rm(join(root, path));
          else {
            await mkdir(dirname(join(root, path)), { recursive: true });
            await writeFile(join(root, path), text);
          }
          console.log(`${text === null ? 'Removed' : 'Wrote'} ${path}.`);
        }
        if (changed.length === 0) console.log(`${name} is up to date.`);
      } catch (error) {
        if (!(error instanceof Stop)) throw error;
        failed = true;
        console.error(error.message);
      }
    }
  });
  if (failed) process.exitCode = 1;
}

async function checkGenerated() {
  await setup();
  const problems = [];
  const counted = [];
  await withFreshDatabase(async (environment) => {
    for (const { name, what, make, needsDatabase } of generators) {
      try {
        const files = await make(needsDatabase ? environment : undefined);
        counted.push(`${name} (${files[0].count} ${what})`);
        problems.push(...files.flatMap(({ problem = [] }) => problem));
        for (const path of await outdated(files)) {
          problems.push(`${path} is outdated: run npm run schema and look at what changed`);
        }
      } catch (error) {
        if (!(error instanceof Stop)) throw error;
        problems.push(error.message);
      }
    }
  });
  return { counted: counted.join(', '), problems };
}

if (process.argv.includes('--check')) await reportCheck(import.meta.url, checkGenerated);
else if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(generate);
