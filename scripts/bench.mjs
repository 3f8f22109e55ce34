/**
 * npm run bench: installs the benchmark's own packages, compiles the product, and runs bench/run.ts, which says what can be asked
 * of it.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Stop, main, projectEnvironment, projectNode, root, run, systemEnvironment } from './processes.mjs';
import { setup } from './setup.mjs';

const folder = join(root, 'bench');

await main(async () => {
  await setup();
  if (!(await packagesAreInstalled())) await install();
  process.exitCode = await run(projectNode(), [join(folder, 'run.ts'), ...process.argv.slice(2)], {
    // Where the person stands, so that file names mean what they say.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: projectEnvironment(),
  });
});

/** Whether bench/node_modules is what its package-lock.json asks for: npm writes its own record of that last. */
async function packagesAreInstalled() {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const [wanted, installed] = await Promise.all(
    [join(folder, 'package-lock.json'), record].map(async (file) => JSON.parse(await readFile(file, 'utf8'))),
  );
  return Object.entries(wanted.packages).every(([path, entry]) => {
    const there = installed.packages[path];
    return path === '' || (there === undefined ? entry.optional === true : there.version === entry.version);
  });
}

async function install() {
  console.error('Installing the packages of the benchmark (npm ci).');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const code = await run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: systemEnvironment(),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (code !== 0) throw new Stop('npm could not install the packages of bench/: its message above says why.');
}
