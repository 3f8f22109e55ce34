/**
 * npm run bench: installs the benchmark's own packages, compiles the product, and runs bench/run.ts, which says what can be asked
 * of it.
 */
import { join } from 'node:path';
import { installPackages, packagesAreInstalled } from './packages.mjs';
import { main, projectEnvironment, projectNode, root, run } from './processes.mjs';
import { setup } from './setup.mjs';

const folder = join(root, 'bench');

await main(async () => {
  await setup();
  if (!(await packagesAreInstalled(folder))) {
    console.error('Installing the packages of the benchmark (npm ci).');
    await installPackages(folder);
  }
  process.exitCode = await run(projectNode(), [join(folder, 'run.ts'), ...process.argv.slice(2)], {
    // Where the person stands, so that file names mean what they say.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: projectEnvironment(),
  });
});
