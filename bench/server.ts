import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../scripts/ports.mjs';
import { projectEnvironment, projectNode } from '../scripts/processes.mjs';
import type { Caller, Contestant } from './contestant.ts';
import { requestOf, once } from './load.ts';
import { pin } from './pinning.ts';

/** A running server of a contestant. */
export interface Server {
  readonly contestant: Contestant;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** How long a server may take until it answers, in milliseconds. */
const START_WITHIN = 60_000;

/**
 * Starts a contestant's server, on the servers' core if processes are pinned.
 *
 * @param caller the caller of the requests that wait until it is ready
 * @param environment in addition to its defaults
 */
export async function startServer(
  contestant: Contestant,
  databaseUrl: string,
  caller: Caller,
  environment: Record<string, string> = {},
): Promise<Server> {
  await contestant.prepare?.();
  const port = await freePort();
  const command = contestant.command({ databaseUrl, port });
  const logs = await mkdtemp(join(tmpdir(), 'mutual-bench-'));
  const logFile = join(logs, `${contestant.name}.log`);
  const log = await open(logFile, 'w');
  const child = spawn(projectNode(), command.arguments, {
    cwd: command.folder,
    env: projectEnvironment({ ...command.environment, ...environment }),
    // A file, as a log collector would use.
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  const ended = new Promise<void>((done) =>
    child.once('close', () => {
      done();
    }),
  );
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const stubborn = setTimeout(end, 5_000);
    await ended;
    clearTimeout(stubborn);
    process.off('exit', end);
    await rm(logs, { recursive: true, force: true });
  };
  try {
    if (child.pid === undefined) throw new Error(`${contestant.name} could not be started.`);
    pin(child.pid, 'server');
    const asked = requestOf(contestant, 'Q2', caller);
    const deadline = Date.now() + START_WITHIN;
    for (;;) {
      const answer = await once(port, asked).catch(() => undefined);
      if (answer?.status === 200) return { contestant, port, pid: child.pid, stop };
      if (child.exitCode !== null || Date.now() > deadline) {
        const output = (await readFile(logFile, 'utf8')).slice(-4_000);
        throw new Error(
          `${contestant.name} does not answer (${answer?.body ?? 'no connection'}):\n${output}`,
        );
      }
      await sleep(100);
    }
  } catch (error) {
    await stop();
    throw error;
  }
}
