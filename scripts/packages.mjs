/** Packages of a folder with its own package.json: the benchmark and the web client. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Stop, capture, systemEnvironment } from './processes.mjs';

/** Whether the folder's node_modules is what its package-lock.json asks for: npm writes its own record of that last. */
export async function packagesAreInstalled(folder) {
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

/** @throws Stop with what npm says */
export async function installPackages(folder) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { code, stdout, stderr } = await capture(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: systemEnvironment(),
    shell: process.platform === 'win32',
  });
  if (code !== 0) throw new Stop(`npm could not install the packages of ${folder}:\n${stdout}${stderr}`);
}
