/**
 * Completes package-lock.json with the packages of other platforms. A package with native parts names one optional package a
 * platform; where npm could not look up the others (a registry mirror that has only some), it leaves them out of the lock file,
 * and `npm ci` then refuses it everywhere. Their exact versions are in the package that names them; an entry made here lacks only
 * the checksum, which npm adds when it installs on that platform.
 *
 *   node scripts/complete-lock.mjs           completes the lock files
 *   node scripts/complete-lock.mjs --check   npm run check:lock: fails when one is incomplete
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main, reportCheck, root } from './processes.mjs';

/** The lock files of the working copy. */
export const lockFiles = ['package-lock.json', 'bench/package-lock.json', 'apps/web/package-lock.json'];
const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/** The optional packages that a lock file names and does not hold, with the entries that they should have. */
export async function missingFromLock(file) {
  const { packages } = JSON.parse(await readFile(join(root, file), 'utf8'));
  const missing = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (/^\d/.test(version) && !isFound(packages, path, name)) {
        missing[`node_modules/${name}`] = entryFor(name, version, entry);
      }
    }
  }
  return missing;
}

/** As Node looks a package up: in each node_modules on the way to the root. */
function isFound(packages, from, name) {
  for (let path = from; ; path = path.slice(0, path.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    if (packages[path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`] !== undefined)
      return true;
    if (path === '') return false;
  }
}

function entryFor(name, version, { dev, devOptional }) {
  const words = name.split(/[/-]/);
  const cpu = processors.filter((processor) => words.includes(processor));
  const os = systems.filter((system) => words.includes(system));
  const libc = words.includes('musl')
    ? ['musl']
    : os.includes('linux') && words.includes('gnu')
      ? ['glibc']
      : undefined;
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(dev && { dev }),
    ...(devOptional && { devOptional }),
    ...(libc && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
}

async function complete() {
  for (const file of lockFiles) {
    const missing = await missingFromLock(file);
    const lock = JSON.parse(await readFile(join(root, file), 'utf8'));
    const all = Object.entries({ ...lock.packages, ...missing });
    lock.packages = Object.fromEntries(all.sort(([one], [other]) => one.localeCompare(other, 'en')));
    await writeFile(join(root, file), `${JSON.stringify(lock, null, 2)}\n`);
    console.log(`Added ${Object.keys(missing).length} packages of other platforms to ${file}.`);
  }
}

async function checkLock() {
  const problems = [];
  let count = 0;
  for (const file of lockFiles) {
    const { packages } = JSON.parse(await readFile(join(root, file), 'utf8'));
    count += Object.keys(packages).length - 1;
    for (const path of Object.keys(await missingFromLock(file))) {
      problems.push(`${file} lacks ${path}, so npm ci fails: node scripts/complete-lock.mjs`);
    }
  }
  return { counted: `${count} packages`, problems };
}

if (process.argv.includes('--check')) await reportCheck(import.meta.url, checkLock);
else if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(complete);
