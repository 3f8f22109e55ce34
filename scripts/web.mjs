/**
 * The web client in apps/web, which has its own packages: installs and builds it when npm start needs it, and runs its scripts.
 *
 *   npm run web -- generate      writes src/graphql/ from schema.graphql and the operations in src/
 *   npm run web -- build         builds dist/
 *   npm run web -- test          plays its end-to-end tests in a browser, against a running npm start
 *   npm run web -- screenshots   takes pictures of its pages, against a running npm start
 *   npm run web -- bench         measures how fast its pages are, against a running npm start
 *   npm run web -- lighthouse    what Lighthouse says of its main pages, against a running npm start
 *   npm run check:web            types, generated files, and the size of the build
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPackages, packagesAreInstalled } from './packages.mjs';
import { Stop, capture, main, projectEnvironment, projectNode, root, run } from './processes.mjs';

const folder = join(root, 'apps', 'web');
const built = join(folder, 'dist', '.built-from');

/** Whether its packages are installed: without them it cannot be checked. */
export const webIsInstalled = () => packagesAreInstalled(folder);

/**
 * Installs and builds the web client as far as needed; in production it does neither, and says what is missing.
 *
 * @returns {Promise<boolean>} whether server.mjs can serve it
 */
export async function prepareWeb({ say, production = false }) {
  if (!existsSync(folder)) return false;
  try {
    if (production) {
      if (existsSync(built) && (await webIsInstalled())) return true;
      say('The web client is not built (npm run web -- build), so it is not served.');
      return false;
    }
    if (!(await webIsInstalled())) await install(say);
    await build(say);
    return true;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(`The web client is not served. ${error.message}`);
    return false;
  }
}

async function install(say) {
  say('Installing the packages of the web client (npm ci in apps/web).');
  await installPackages(folder);
}

async function build(say, { always = false } = {}) {
  const state = await sourceState();
  const last = await readFile(built, 'utf8').catch(() => undefined);
  if (!always && last === state) return;
  say('Building the web client.');
  const vite = await capture(projectNode(), [tool('vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: folder,
    // Otherwise a test would build React for development.
    env: projectEnvironment({ NODE_ENV: 'production' }),
  });
  if (vite.code !== 0) throw new Stop(`It does not build:\n${vite.stdout}${vite.stderr}`);
  for (const name of ['operations.mjs', 'service-worker.mjs', 'compress.mjs']) {
    const { code, stdout, stderr } = await capture(projectNode(), [join(folder, 'build', name)], {
      cwd: folder,
    });
    if (code !== 0) throw new Stop(`${stdout}${stderr}`.trim());
    if (always && stdout !== '') say(stdout.trim());
  }
  await writeFile(built, state);
}

/** What dist/ was built from, as a digest over names and contents. */
async function sourceState() {
  const hash = createHash('sha256');
  const files = ['index.html', 'package-lock.json', 'vite.config.ts'];
  for (const name of ['build', 'public', 'src']) {
    const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (entry.isFile())
        files.push(join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
    }
  }
  for (const file of files.sort()) {
    hash.update(`${file.replaceAll('\\', '/')}\0`).update(await readFile(join(folder, file)));
  }
  return hash.digest('hex');
}

const tool = (...path) => join(folder, 'node_modules', ...path);

const runNode = (...args) => run(projectNode(), args, { cwd: folder, env: projectEnvironment() });

const generate = (...options) =>
  runNode(tool('@graphql-codegen', 'cli', 'cjs', 'bin.js'), '--config', 'codegen.ts', ...options);

const commands = {
  generate: () => generate(),
  build: async () => {
    await build(console.log, { always: true });
    return 0;
  },
  test: () => runNode('--test', '--test-concurrency=1', 'test/*.test.ts'),
  screenshots: (...names) => runNode('test/screenshots.ts', ...names),
  bench: () => runNode('bench/speed.ts'),
  lighthouse: () => runNode('bench/lighthouse.ts'),
  check: async () => {
    const types = await runNode(tool('typescript', 'bin', 'tsc'), '--noEmit', '--pretty', 'false');
    const generated = await generate('--check', '--silent');
    if (generated !== 0) console.error('src/graphql/ is not what npm run web -- generate writes.');
    await build(console.log, { always: true });
    return types || generated;
  },
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const [name = '', ...args] = process.argv.slice(2);
    const command = commands[name];
    if (command === undefined) throw new Stop(`Choose one of ${Object.keys(commands).join(', ')}.`);
    if (!(await webIsInstalled())) await install(console.error);
    process.exitCode = await command(...args);
  });
}
