/** How Jest is started: as ES modules, on the project's Node. */
import { join } from 'node:path';
import { projectEnvironment, projectNode, root, run } from './processes.mjs';
import { setup } from './setup.mjs';

/** Sets up, runs Jest with these arguments and resolves with its exit code. */
export async function runJest(args, environment = {}) {
  await setup();
  // The flag is what Jest needs for ES modules; its warning is of no use to the person who runs the tests.
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  // Ctrl-C reaches Jest too; it ends, and its database with it.
  process.on('SIGINT', () => undefined);
  return run(projectNode(), [...flags, join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    env: projectEnvironment({ NODE_ENV: 'test', ...environment }),
  });
}
