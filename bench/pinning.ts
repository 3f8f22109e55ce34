/** Cores: the measured server uses the first exclusively, PostgreSQL and the load generator share the others. */
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const cores = availableParallelism();
const places = {
  server: '0',
  others: cores > 2 ? `1-${String(cores - 1)}` : '1',
  anywhere: `0-${String(cores - 1)}`,
};

/** Whether processes can be kept on a core here: on Linux, with two or more. */
export const pins = process.platform === 'linux' && cores >= 2 && hasTaskset();

/** Keeps a process, all of its threads and what it starts from now on, on some cores. */
export function pin(pid: number, place: keyof typeof places): void {
  if (!pins) return;
  try {
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', places[place], String(pid)], {
      stdio: 'pipe',
    });
  } catch {
    // Ended meanwhile, or owned by another user: measured unpinned.
  }
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
