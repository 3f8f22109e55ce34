/** What the launcher's scripts share: where things are, how children are started, who is alive, who goes first. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder that holds package.json. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const bin = join(root, 'node_modules', '.bin');

/** Something that the person at the keyboard can put right: shown as one sentence, without a stack. */
export class Stop extends Error {}

/** Runs a script's main function; a Stop is shown as its sentence alone, and so is a folder that cannot be used. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    const shown = asStop(error);
    console.error(shown instanceof Stop ? shown.message : shown);
    process.exit(1);
  }
}

/** What the operating system refuses, by the codes of Node, and what to do about it. */
const REFUSALS = {
  EACCES: 'this account may not: run as the account that owns it, or give it the right to',
  EPERM: 'this account may not: run as the account that owns it, or give it the right to',
  EROFS: 'the file system is read-only: mount it for writing, or run from another folder',
  ENOSPC: 'the disk is full: make room on it',
  EDQUOT: 'the disk quota of this account is used up: make room',
  EEXIST: 'there is a file in its place: move that away',
  ENOTDIR: 'a part of its path is a file and no folder: move that file away',
  EISDIR: 'it is a folder and no file: move it away',
  EMFILE: 'too many files are open: raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine',
  EIO: 'the disk failed to read or write it',
};

/** An error of a file or folder as one sentence; any other error as it is. */
function asStop(error) {
  const reason = REFUSALS[error?.code];
  if (reason === undefined || typeof error.path !== 'string') return error;
  const reading = /^(open|read|scandir|stat|lstat|access)$/.test(error.syscall) && error.code !== 'EROFS';
  return new Stop(`${error.path} cannot be ${reading ? 'opened' : 'written'}, because ${reason}.`);
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

/** The command line of a process, or undefined when it is unknown (no such process, or no way to ask). */
export function commandOf(pid) {
  try {
    // Small images have no ps.
    if (process.platform === 'linux') {
      const command = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
        .replaceAll('\0', ' ')
        .trim();
      if (command !== '') return command;
    }
    return (
      execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim() || undefined
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

/** The parent of a process; 0 when it is unknown. */
function parentOf(pid) {
  try {
    if (process.platform === 'linux') {
      // The name in parentheses may hold anything; the state and the parent come after the last one.
      const [, parent] = /.*\) \S (\d+)/s.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8')) ?? [];
      return Number(parent ?? 0);
    }
    return Number(
      execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }),
    );
  } catch {
    return 0;
  }
}

/**
 * Calls `ended` once when the npm that started this process has ended, or the shell in between: npm passes a signal on to that
 * shell, which ends without passing it on. Does nothing where no npm started it.
 */
export function whenNpmEnds(ended) {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined || parent <= 1) return;
  const isNpm = (pid) => /(^|[\\/])(npm|pnpm|yarn)(-cli)?(\.[cm]?js)?( |$)/.test(commandOf(pid) ?? '');
  // A shell may have become this process; then its parent is npm, and the one above that called npm, and may end.
  const above = isNpm(parent) ? 0 : parentOf(parent);
  const watched = [parent, ...(above > 1 && isNpm(above) ? [above] : [])];
  const timer = setInterval(() => {
    if (process.ppid === parent && watched.every(isAlive)) return;
    clearInterval(timer);
    ended();
  }, 200).unref();
}

/** Whether the process `pid` lives and is the program whose command line contains `part` (when that is known). */
export function runs(pid, part) {
  if (!isAlive(pid)) return false;
  const command = commandOf(pid);
  // It may have ended while it was asked about.
  return command === undefined ? isAlive(pid) : command.includes(part);
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
  let announced = false;
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
    if (!announced) waiting(holder);
    announced = true;
    await sleep(100);
  }
  try {
    await writeFile(holderFile, String(process.pid));
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every file of the working copy that git does not ignore, committed or not. */
export async function ownFiles() {
  const listed = await capture('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  if (listed.code !== 0) throw new Stop(`git cannot list the files: ${listed.stderr.trim()}`);
  return [...new Set(listed.stdout.split('\0'))].filter(
    (path) => path !== '' && existsSync(join(root, path)),
  );
}

/**
 * Runs a check when its file is the program that was started: prints each problem, then what was looked at. Fails when there is a
 * problem.
 *
 * @param {string} url `import.meta.url` of the check's file
 * @param {() => Promise<{ counted: string, problems: readonly string[] }>} check
 */
export async function reportCheck(url, check) {
  if (url !== pathToFileURL(process.argv[1] ?? '').href) return;
  await main(async () => {
    const { counted, problems } = await check();
    for (const problem of problems) console.log(problem);
    console.log(`${counted}: ${problems.length === 0 ? 'ok' : `${problems.length} wrong`}`);
    if (problems.length > 0) process.exitCode = 1;
  });
}
