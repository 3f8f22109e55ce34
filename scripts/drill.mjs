/** npm run drill:crash and npm run drill:restore: sets up, and runs test/crash/run-NAME-drill.ts, which says what can be asked of it. */
import { join } from 'node:path';
import { main, projectNode, run } from './processes.mjs';
import { setup } from './setup.mjs';

await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  await setup();
  process.exitCode = await run(projectNode(), [
    '--enable-source-maps',
    '--import',
    './test/setup/compile-typescript.js',
    join('test', 'crash', `run-${name}-drill.ts`),
    ...args,
  ]);
});
