/**
 * Makes a working copy ready to run: the packages that package-lock.json names, and the compiled code in dist/.
 * Does nothing, quickly, when both are as they should be. Uses Node's built-ins only, since it runs before anything is installed.
 *
 * In production it installs and compiles nothing, since the folder serves: it says what is missing. Production is NODE_ENV=production, or a
 * folder that was compiled and then freed of its development packages (npm prune --omit=dev).
 *
 *   node scripts/setup.mjs            packages and dist/
 *   node scripts/setup.mjs --rebuild  compiles even when dist/ looks fresh
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Stop, capture, exclusively, main, projectNode, root, run, systemEnvironment } from './processes.mjs';

/** What is compiled to dist/. The web client has its own packages and build (scripts/web.mjs). */
const sources = [
  ...(existsSync(join(root, 'apps')) ? readdirSync(join(root, 'apps')) : [])
    .filter((name) => name !== 'web')
    .map((name) => join('apps', name)),
  'libs',
];

/** Installs and compiles as far as needed. `say` receives each step in a plain sentence. */
export async function setup({ say = console.error, rebuild = false } = {}) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Stop(
      `Mutual needs Node.js 20.19 or newer, and this is ${process.versions.node}. Install a newer one from nodejs.org.`,
    );
  }
  if (await inProduction()) return checkProduction(say, rebuild);
  const work = async () => {
    if (!(await packagesAreInstalled())) await install(say);
    await checkNode();
    await build(say, rebuild);
  };
  if (!rebuild && (await packagesAreInstalled()) && (await buildIsFresh())) return;
  await mkdir(join(root, '.data'), { recursive: true, mode: 0o711 });
  await exclusively(join(root, '.data', 'setup.lock'), work, {
    waiting: () => say('Waiting for another set-up of this folder to finish.'),
  });
}

const compiled = join('dist', 'apps', 'cli', 'main.js');

async function inProduction() {
  if (process.env.NODE_ENV?.trim() === 'production') return true;
  if (!existsSync(join(root, compiled))) return false;
  if (await packagesAreInstalled()) return false;
  // Without any development package; where only some are missing, package-lock.json has changed since they were installed.
  return !(await hasDevelopmentPackages()) && (await missingPackages({ development: false })).length === 0;
}

/** @throws Stop with what is missing, and how to provide it without touching a folder that serves more than needed */
async function checkProduction(say, rebuild) {
  const missing = await missingPackages({ development: rebuild });
  if (missing.length > 0) {
    const [first, ...others] = missing;
    const which = others.length === 0 ? first : `${first} and ${String(others.length)} more`;
    throw new Stop(
      rebuild
        ? `Compiling needs the development packages, and ${which} is not installed: run "npm ci --include=dev" where you build.`
        : `The packages are not those of package-lock.json (${which}), and nothing is installed in production: run "npm ci --omit=dev" in a copy of this folder and serve from that, or here while nothing serves.`,
    );
  }
  await checkNode();
  if (rebuild) return build(say, rebuild);
  if (!existsSync(join(root, compiled))) {
    throw new Stop(
      'The compiled code (dist/) is missing, and nothing is compiled in production: run "npm ci --include=dev" and "npm run build" where you build, and bring dist/ here.',
    );
  }
  if (sources.every((name) => existsSync(join(root, name))) && !(await buildIsFresh())) {
    throw new Stop(
      'The compiled code (dist/) was made from other sources than those beside it, and nothing is compiled in production: run "npm run build" where you build, and bring dist/ here.',
    );
  }
}

/**
 * Whether node_modules is what package-lock.json asks for. npm leaves its own record of what it installed, written last,
 * so an interrupted installation has none.
 */
async function packagesAreInstalled() {
  return (await missingPackages({ development: true })).length === 0;
}

/** The names of packages that package-lock.json asks for and that are not there, or in another version. */
async function missingPackages({ development }) {
  const wanted = await wantedPackages();
  const installed = await readJson(join('node_modules', '.package-lock.json'));
  return wanted
    .filter(([, entry]) => development || !entry.dev)
    .filter(([path, entry]) => {
      const there = installed?.packages[path];
      if (there === undefined) return !entry.optional;
      return there.version !== entry.version || !existsSync(join(root, path));
    })
    .map(([path]) => path.slice('node_modules/'.length));
}

async function hasDevelopmentPackages() {
  const installed = await readJson(join('node_modules', '.package-lock.json'));
  return Object.values(installed?.packages ?? {}).some(({ dev, optional }) => dev && !optional);
}

async function wantedPackages() {
  const lock = await readJson('package-lock.json');
  if (lock === undefined) throw new Stop('package-lock.json is missing: take it from the repository again.');
  return Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !entry.link);
}

async function install(say) {
  say('Installing packages (npm ci). This takes a minute or two, the first time only.');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const endProgress = await showProgress();
  const code = await run(npm, ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: systemEnvironment(),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  }).finally(endProgress);
  if (code !== 0)
    throw new Stop(
      'npm could not install the packages: its message above says why. Try again once it is put right.',
    );
  if (!(await packagesAreInstalled())) {
    throw new Stop('npm did not install what package-lock.json names. Run `npm ci` by hand to see why.');
  }
}

/**
 * Shows on standard error how many packages are unpacked, which npm itself shows nowhere: on a terminal in one line that changes,
 * elsewhere in a line every few seconds.
 *
 * @returns what ends it
 */
async function showProgress() {
  // Of the optional ones, which are there for one system or another, nobody can tell beforehand.
  const paths = (await wantedPackages()).filter(([, { optional }]) => !optional).map(([path]) => path);
  const began = Date.now();
  const terminal = process.stderr.isTTY === true;
  const show = () => {
    const there = paths.filter((path) => existsSync(join(root, path, 'package.json'))).length;
    const seconds = Math.round((Date.now() - began) / 1_000);
    const rest = there < paths.length ? '' : ', now their install scripts';
    const line = `  ${String(there)} of ${String(paths.length)} packages${rest} (${String(seconds)} s)`;
    process.stderr.write(terminal ? `\r${line}\x1b[K` : `${line}\n`);
  };
  const timer = setInterval(show, terminal ? 250 : 3_000);
  return () => {
    clearInterval(timer);
    if (terminal) process.stderr.write('\r\x1b[K');
  };
}

/** The packages bring their own Node 24 by an install script, which some machines switch off. */
async function checkNode() {
  const { code, stdout } = await capture(projectNode(), ['-p', 'process.versions.node']);
  if (code !== 0 || Number(stdout.split('.')[0]) < 24) {
    throw new Stop(
      'The packages came without Node 24, which an install script brings: allow install scripts (npm config delete ignore-scripts) and run `npm ci`.',
    );
  }
}

/** What dist/ was made from, as a digest over names and contents, so that a copy of the folder has the same. */
async function sourceState() {
  const hash = createHash('sha256');
  const add = async (path) => {
    const content = await readFile(join(root, path));
    hash.update(`${path.replaceAll('\\', '/')}\0${String(content.length)}\0`).update(content);
  };
  for (const path of ['.swcrc', 'package-lock.json']) await add(path);
  for (const folder of sources.filter((name) => existsSync(join(root, name)))) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    for (const file of files.sort()) await add(file.slice(root.length + 1));
  }
  return hash.digest('hex');
}

async function buildIsFresh() {
  const built = await readFile(join(root, 'dist', '.built-from'), 'utf8').catch(() => undefined);
  return built !== undefined && built === (await sourceState());
}

/** Compiles apps and libs to dist/. Made aside and moved into place, so that a failed build leaves the old one. */
async function build(say, rebuild) {
  if (!rebuild && (await buildIsFresh())) return;
  say('Compiling.');
  const state = await sourceState();
  const aside = join(root, `dist.${String(process.pid)}.new`);
  const old = join(root, `dist.${String(process.pid)}.old`);
  const folders = sources.filter((name) => existsSync(join(root, name)));
  try {
    const swc = join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
    const args = [swc, ...folders, '--out-dir', aside, '--quiet', '--ignore', '**/*.spec.ts'];
    const { code, stdout, stderr } = await capture(projectNode(), args);
    if (code !== 0) throw new Stop(`The code does not compile:\n${stdout}${stderr}`);
    await writeFile(join(aside, '.built-from'), state);
    if (existsSync(join(root, 'dist'))) await rename(join(root, 'dist'), old);
    await rename(aside, join(root, 'dist'));
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

async function readJson(path) {
  try {
    return JSON.parse(await readFile(join(root, path), 'utf8'));
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(() => setup({ rebuild: process.argv.includes('--rebuild') }));
}
