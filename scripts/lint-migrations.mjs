/** npm run check:migrations: squawk over migrations/ and policies/. */
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { capture, reportCheck, root } from './processes.mjs';

async function lintMigrations() {
  const { getBinaryPath } = createRequire(import.meta.url)('squawk-cli/js/index.js');
  const options = ['--config', '.squawk.toml', '--reporter', 'gcc', '--stdin-filepath'];
  const problems = [];
  let count = 0;
  for (const folder of ['migrations', 'policies']) {
    const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.sql'));
    for (const name of names.sort()) {
      count += 1;
      // Policies have placeholders for role names, as in psql, which squawk cannot read.
      const source = await readFile(join(root, folder, name), 'utf8');
      const input = source.replace(/(?<!:):"([a-z_]+)"/g, '"mutual_$1"');
      const file = `${folder}/${name}`;
      const { code, stdout, stderr } = await capture(getBinaryPath(), [...options, file], { input });
      if (code !== 0) problems.push((stdout || stderr).trim());
    }
  }
  return { counted: `${count} files`, problems };
}

await reportCheck(import.meta.url, lintMigrations);
