/**
 * npm run check: everything that can be said about the code without running its tests. Each check prints a line with what it
 * looked at, and what it found; `npm run check -- NAME…` runs some of them.
 */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { lockFiles, missingFromLock } from './complete-lock.mjs';
import { audit, licences } from './dependencies.mjs';
import { documents } from './documents.mjs';
import { Stop, capture, main, projectNode, root } from './processes.mjs';
import { generators, outdated, withFreshDatabase } from './generate.mjs';
import { schemaChanges } from './schema-changes.mjs';
import { securityDocument } from './security-document.mjs';
import { setup } from './setup.mjs';

const tool = (...path) => join(root, 'node_modules', ...path);
const node = (args) => capture(projectNode(), args);

/** The benchmark's packages are its own, and many: what is written there is looked at once npm run bench has installed them. */
const benchmarkIsInstalled = existsSync(join(root, 'bench', 'node_modules', '.package-lock.json'));
/** Of its contestants, the one that is not run as it is written. */
const benchmarkProjects = ['bench/contestants/tutorial/src'].filter((path) =>
  existsSync(join(root, path, 'tsconfig.json')),
);

/** A check resolves with `{ counted, problems }`: a phrase, and a line (or several) for each thing that is wrong. */
const checks = {
  types: async () => {
    const own = new Set();
    const problems = [];
    for (const project of ['.', ...(benchmarkIsInstalled ? ['bench', ...benchmarkProjects] : [])]) {
      const options = ['--project', project, '--noEmit', '--listFiles', '--pretty', 'false'];
      const { code, stdout } = await node([tool('typescript', 'bin', 'tsc'), ...options]);
      const lines = stdout.split('\n').filter((line) => line !== '');
      const listed = (line) => line.startsWith('/') || /^[A-Za-z]:\//.test(line);
      for (const line of lines) {
        if (!listed(line)) problems.push(line);
        else if (!line.includes('/node_modules/')) own.add(line);
      }
      if (code !== 0 && problems.length === 0) problems.push(`tsc failed in ${project}`);
    }
    return { counted: `${own.size} files`, problems };
  },

  lint: async () => {
    const { stdout, stderr } = await node([tool('eslint', 'bin', 'eslint.js'), '.', '--format', 'json']);
    if (!stdout.startsWith('[')) return { counted: '0 files', problems: [stderr] };
    const files = JSON.parse(stdout);
    const problems = files.flatMap(({ filePath, messages }) =>
      messages.map(
        ({ line = 0, column = 0, message, ruleId }) =>
          `${filePath.slice(root.length + 1)}:${line}:${column} ${message} (${ruleId ?? 'syntax'})`,
      ),
    );
    return { counted: `${files.length} files`, problems };
  },

  format: async () => {
    const { default: prettier } = await import('prettier');
    const problems = [];
    let count = 0;
    for (const path of await ownFiles()) {
      const { ignored, inferredParser } = await prettier.getFileInfo(join(root, path), {
        ignorePath: [join(root, '.prettierignore')],
      });
      if (ignored || inferredParser === null) continue;
      count += 1;
      const options = await prettier.resolveConfig(join(root, path), { editorconfig: true });
      const text = await readFile(join(root, path), 'utf8');
      const good = await prettier.check(text, { ...options, filepath: path }).catch(() => false);
      if (!good) problems.push(`${path} is not as Prettier writes it: npm run format`);
    }
    return { counted: `${count} files`, problems };
  },

  imports: async () => {
    const folders = ['apps', 'libs', 'test', ...(benchmarkIsInstalled ? ['bench'] : [])];
    const { stdout, stderr } = await node([
      tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      ...folders,
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
    ]);
    if (!stdout.startsWith('{')) return { counted: '0 files', problems: [stderr || stdout] };
    const { modules, summary } = JSON.parse(stdout);
    const cruised = modules.filter(({ source }) =>
      /^(apps|libs|test|bench)\/(?!node_modules\/)/.test(source),
    );
    const imports = cruised.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
    return {
      counted: `${cruised.length} files, ${imports} imports, ${summary.ruleSetUsed.forbidden.length} rules`,
      problems: summary.violations.map(({ from, to, rule, cycle }) =>
        cycle
          ? `${rule.name}: ${[from, ...cycle.map(({ name }) => name)].join(' → ')}`
          : `${rule.name}: ${from} → ${to}`,
      ),
    };
  },

  unused: async () => {
    const { stdout, stderr } = await node([
      tool('knip', 'bin', 'knip.js'),
      '--reporter',
      'json',
      '--no-progress',
    ]);
    if (!stdout.startsWith('{')) return { counted: 'nothing', problems: [stderr || stdout] };
    const { issues } = JSON.parse(stdout);
    const problems = issues.flatMap(({ file, ...kinds }) =>
      Object.entries(kinds).flatMap(([kind, found]) =>
        (Array.isArray(found) ? found : []).map(
          (item) =>
            `${file}: ${kind}: ${[item]
              .flat()
              .map(({ name }) => name)
              .join(', ')}`,
        ),
      ),
    );
    return { counted: 'exports, files and packages', problems };
  },

  lock: async () => {
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
  },

  audit: () => audit(),
  licences: () => licences(),
  compatibility: () => schemaChanges(),
  security: () => securityDocument(),
  documents: async () => documents((await ownFiles()).filter((path) => path.endsWith('.md'))),

  migrations: async () => {
    const files = [];
    for (const folder of ['migrations', 'policies']) {
      const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.sql')).sort();
      files.push(...names.map((name) => `${folder}/${name}`));
    }
    const problems = [];
    const options = ['--config', '.squawk.toml', '--reporter', 'gcc', '--stdin-filepath'];
    const { getBinaryPath } = createRequire(import.meta.url)(tool('squawk-cli', 'js', 'index.js'));
    for (const file of files) {
      // Policies are written with placeholders for role names, as in psql: filled in before squawk reads them.
      const text = (await readFile(join(root, file), 'utf8')).replace(/(?<!:):"([a-z_]+)"/g, '"mutual_$1"');
      const { code, stdout, stderr } = await capture(getBinaryPath(), [...options, file], {
        input: text,
      });
      if (code !== 0) problems.push((stdout || stderr).trim());
    }
    return { counted: `${files.length} files`, problems };
  },
};

/** Everything in the working copy that is not ignored, whether committed yet or not. */
async function ownFiles() {
  const { code, stdout, stderr } = await capture('git', [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '-z',
  ]);
  if (code !== 0) throw new Stop(`git cannot list the files: ${stderr.trim()}`);
  return [...new Set(stdout.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)));
}

/** One check for each generated file: that the committed one is what would be made. */
function drift(wanted) {
  const results = {};
  for (const generator of generators.filter(({ name }) => wanted(name))) {
    results[generator.name] = async (environment) => {
      const files = await generator.make(generator.needsDatabase ? environment : undefined);
      const changed = await outdated(files);
      return {
        counted: `${files[0].count} ${generator.what}`,
        problems: changed.map(
          (path) => `${path} is not what the code makes: npm run schema, then look at what changed`,
        ),
      };
    };
  }
  return results;
}

await main(async () => {
  await setup();
  const asked = process.argv.slice(2);
  const wanted = (name) => asked.length === 0 || asked.includes(name);
  const failed = [];
  const perform = async (name, check) => {
    const began = Date.now();
    let result;
    try {
      result = await check();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      result = { counted: 'nothing', problems: [error.message] };
    }
    const { counted, problems } = result;
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    const verdict = problems.length === 0 ? 'ok' : `${problems.length} wrong`;
    console.log(
      `${problems.length === 0 ? '✓' : '✗'} ${name.padEnd(20)} ${counted}: ${verdict} (${seconds} s)`,
    );
    for (const problem of problems) console.log(problem.replace(/^/gm, '    '));
    if (problems.length > 0) failed.push(name);
  };

  let count = 0;
  for (const [name, check] of Object.entries(checks).filter(([name]) => wanted(name))) {
    await perform(name, check);
    count += 1;
  }
  const drifts = Object.entries(drift(wanted));
  if (drifts.length > 0) {
    await withFreshDatabase(async (environment) => {
      for (const [name, check] of drifts) await perform(name, () => check(environment));
    });
  }
  count += drifts.length;
  console.log(
    failed.length === 0
      ? `\nAll ${count} checks passed.`
      : `\n${failed.length} of ${count} checks failed: ${failed.join(', ')}.`,
  );
  process.exitCode = failed.length === 0 && count > 0 ? 0 : 1;
});
