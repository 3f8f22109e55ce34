/** npm run attack:trends -- 1000: sets up, and runs test/trends/attack/run-attack.ts, which says what can be asked of it. */
import { join } from 'node:path';
import { main, projectNode, run } from './processes.mjs';
import { setup } from './setup.mjs';

await main(async () => {
  await setup();
  process.exitCode = await run(projectNode(), [
    '--enable-source-maps',
    '--import',
    './test/setup/compile-typescript.js',
    join('test', 'trends', 'attack', 'run-attack.ts'),
    ...process.argv.slice(2),
  ]);
});
