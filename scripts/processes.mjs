/** What the launcher's scripts share: where things are, how children are started, who is alive, who goes first. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const bin = join(root, 'node_modules', '.bin');

/** Something that the person at the keyboard can put right: shown as one sentence, without a stack. */
export class Stop extends Error {}

/** Runs a script's main function; a Stop is shown as its sentence alone. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error);
    process.exit(1);
  }
}

/** The environment of children: the project's Node and tools come first on the PATH. */
export function projectEnvironment(extra = {}) {
  const { PATH = '', ...rest } = process.env;
  return { ...rest, PATH: [bin, ...pathWithoutProject(PATH)].join(delimiter), ...extra };
}

/** The environment for npm itself, which must not run on a Node that it is about to replace. */
export function systemEnvironment() {
  const { PATH = '', ...rest } = process.env;
  return { ...rest, PATH: pathWithoutProject(PATH).join(delimiter) };
}

function pathWithoutProject(path) {
  return path.split(delimiter).filter((entry) => entry !== bin);
}

/** The Node that the project runs on: the one that npm installed, else the one that runs this. */
export function projectNode() {
  const installed = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(installed) ? installed : process.execPath;
}

/** Starts a child and resolves with its exit code; a child ended by a signal counts as 1. */
export function run(command, args, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: projectEnvironment(),
      ...options,
    });
    child.once('error', failed);
    child.once('close', (code) => done(code ?? 1));
  });
}

/**
 * Starts a child, hands it `input` and resolves with what it printed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').ExecFileOptions & { input?: string }} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function capture(command, args, { input = '', ...options } = {}) {
  return new Promise((done) => {
    const child = execFile(
      command,
      args,
      { cwd: root, env: projectEnvironment(), maxBuffer: 256 * 1024 * 1024, ...options },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        done({ code, stdout, stderr: stderr === '' && error !== null ? error.message : stderr });
      },
    );
    // A child that does not read its input may have closed it.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Whether a process lives. A number may have been given to another program since: see commandOf. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The command line of a process, or undefined where it cannot be told (no such process, or no way to ask). */
export function commandOf(pid) {
  try {
    return (
      execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

/** The processes that a process has started and that still run. */
export function childrenOf(pid) {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return listed
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child);
}

/** The parent of a process; 0 where it cannot be told. */
export function parentOf(pid) {
  try {
    return Number(
      execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }),
    );
  } catch {
    return 0;
  }
}

/** Whether the process `pid` lives and is the program whose command line contains `part` (when that can be told). */
export function runs(pid, part) {
  if (!isAlive(pid)) return false;
  const command = commandOf(pid);
  return command === undefined || command.includes(part);
}

/** Waits until `condition` holds; false when `milliseconds` have passed. */
export async function until(condition, milliseconds, step = 25) {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) return false;
    await sleep(step);
  }
  return true;
}

/**
 * Runs `work` while no other process of this project does the same. The lock is a folder, since making one is atomic
 * everywhere; the lock of a process that has died is taken over.
 */
export async function exclusively(folder, work, { waiting = () => undefined } = {}) {
  const holderFile = join(folder, 'holder');
  let said = false;
  for (;;) {
    try {
      await mkdir(folder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(holderFile, 'utf8').catch(() => ''));
    const made = await stat(folder).catch(() => undefined);
    const abandoned =
      holder > 0 ? !runs(holder, 'node') : made !== undefined && Date.now() - made.mtimeMs > 5_000;
    if (abandoned) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    if (!said) waiting(holder);
    said = true;
    await sleep(100);
  }
  try {
    await writeFile(holderFile, String(process.pid));
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
