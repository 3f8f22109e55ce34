/**
 * npm run check: every script of package.json whose name begins with `check:`, in parallel. `npm run check -- lint words` runs two of
 * them; `npm run check:lint` runs one and shows its output as it comes.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Stop, capture, main, root } from './processes.mjs';
import { setup } from './setup.mjs';
import { webIsInstalled } from './web.mjs';

const PREFIX = 'check:';
/** The benchmark and the web client have their own packages: without them their code cannot be checked. */
const isInstalled = {
  bench: existsSync(join(root, 'bench', 'node_modules', '.package-lock.json')),
  web: await webIsInstalled(),
};

async function chosenChecks(asked) {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const all = Object.keys(scripts)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length));
  const unknown = asked.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Stop(`There is no check named ${unknown.join(' or ')}. The checks are ${all.join(', ')}.`);
  }
  return all.filter((name) => (asked.length === 0 ? isInstalled[name] !== false : asked.includes(name)));
}

/** Runs a check and prints one line about it, followed by its output when it failed. @returns whether it passed */
async function run(name) {
  const began = Date.now();
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { code, stdout, stderr } = await capture(npm, ['run', '--silent', `${PREFIX}${name}`], {
    shell: process.platform === 'win32',
  });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const output = (stdout || stderr).trim();
  const passed = code === 0;
  // Our own checks end with what they looked at; tools print nothing when all is well.
  const summary = /^.+: (ok|\d+ wrong)$/.exec(output.split('\n').at(-1) ?? '')?.[0] ?? '';
  console.log(`${passed ? '✓' : '✗'} ${name.padEnd(14)} ${summary} (${seconds} s)`);
  if (!passed) console.log(output.replace(/^/gm, '    '));
  return passed;
}

await main(async () => {
  await setup();
  const waiting = await chosenChecks(process.argv.slice(2));
  const count = waiting.length;
  const failed = [];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      if (!(await run(name))) failed.push(name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, availableParallelism()) }, work));
  console.log(
    failed.length === 0
      ? `\nAll ${count} checks passed.`
      : `\n${failed.length} of ${count} checks failed: ${failed.join(', ')}.`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
});
