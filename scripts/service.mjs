/** A process of ours that `npm start` keeps: the API, the worker or the web client. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectNode, root } from './processes.mjs';

/**
 * Starts dist/apps/NAME/main.js, or another program, in its own process group, so that Ctrl-C reaches only the launcher, which ends the API first and the
 * database last.
 *
 * @param {'api' | 'worker' | 'web'} name
 * @param {object} options
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} [options.program] its path
 * @param {string[]} [options.flags] for Node
 * @param {(() => void) | undefined} [options.crashed] called when the process ends by itself; it can be started again by `restart`
 * @returns a service; `ended` resolves once the process has ended and is not to be started again
 */
export function startService(
  name,
  { env, program = join(root, 'dist', 'apps', name, 'main.js'), flags = [], crashed },
) {
  let child;
  let restarting = false;
  let stopping = false;
  let settle;
  const ended = new Promise((resolve) => (settle = resolve));

  const start = () => {
    child = spawn(
      projectNode(),
      ['--enable-source-maps', ...flags, '--import', './scripts/end-with-launcher.mjs', program],
      { cwd: root, env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    child.once('close', (code, signal) => {
      child = undefined;
      if (restarting && !stopping) {
        restarting = false;
        start();
      } else if (crashed !== undefined && !stopping) crashed();
      else settle({ name, code, signal });
    });
  };
  start();

  return {
    ended,
    kill: (signal) => {
      stopping = true;
      if (child === undefined) settle({ name, code: 0, signal });
      else child.kill(signal);
    },
    /** Starts the process again from the compiled code as it is now. */
    restart: () => {
      if (stopping) return;
      if (child === undefined) start();
      else {
        restarting = true;
        child.kill('SIGTERM');
      }
    },
  };
}
