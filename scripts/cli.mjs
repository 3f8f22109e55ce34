/** npm run cli -- COMMAND: runs an operator's command against the same database as npm start, whether that runs or not. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEnvFile, provideDatabase } from './database.mjs';
import { main, projectEnvironment, projectNode, root, run } from './processes.mjs';
import { setup } from './setup.mjs';

await main(async () => {
  // First: it may say that this is production.
  loadEnvFile();
  await setup();
  // Links that a command prints lead to the API that runs from this folder, wherever it listens.
  const running = await readFile(join(root, '.data', 'running.json'), 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  const port = running === undefined ? '' : new URL(running.url).port;
  if (!process.env.PORT && port !== '') process.env.PORT = port;
  // Ctrl-C reaches the command too; it ends, and then the database is left in order.
  process.on('SIGINT', () => undefined);
  const database = await provideDatabase({ say: console.error });
  try {
    const cli = join(root, 'dist', 'apps', 'cli', 'main.js');
    process.exitCode = await run(projectNode(), ['--enable-source-maps', cli, ...process.argv.slice(2)], {
      env: projectEnvironment(database.environment),
      // Where the person stands, so that file names mean what they say.
      cwd: process.env.INIT_CWD ?? process.cwd(),
    });
  } finally {
    await database.stop();
  }
});
