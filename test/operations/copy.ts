import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A copy of this folder, which the launcher's scripts can change without effect on the original. */
export interface Copy {
  readonly folder: string;
  /** Starts a command in it, with the copy's own `bin/` before everything else on the PATH. */
  start(
    command: string,
    args: readonly string[],
    environment?: Record<string, string>,
    identity?: { readonly uid: number; readonly gid: number },
  ): Running;
  remove(): Promise<void>;
}

export interface Running {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The output so far of the process and its children. */
  readonly output: () => string;
  /** The exit code, or the signal; resolves when every process that inherited its output has ended. */
  readonly ended: Promise<number | string>;
  /** Resolves with the first group once the output matches. */
  readonly says: (pattern: RegExp) => Promise<string>;
}

/** Makes a copy with all packages, which are linked, and the compiled code. */
export async function copyFolder(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'mutual-copy-'));
  // The account that runs PostgreSQL for root needs access to this folder.
  await chmod(folder, 0o755);
  const parts = [
    'package.json',
    'package-lock.json',
    '.swcrc',
    'scripts',
    'dist',
    'migrations',
    'policies',
    'apps',
    'libs',
  ];
  // Without the web client, which has its own packages: the launcher then serves the API only.
  const isCopied = (path: string): boolean => path !== join(root, 'apps', 'web');
  for (const part of parts) {
    await cp(join(root, part), join(folder, part), { recursive: true, filter: isCopied });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, 'bin'));
  return {
    folder,
    start: (command, args, environment = {}, identity?) =>
      start(folder, command, args, environment, identity),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Puts a Node script into the copy's `bin/` that replaces a program. */
export async function replaceCommand(copy: Copy, name: string, script: string): Promise<void> {
  const file = join(copy.folder, 'bin', name);
  await writeFile(file, `#!${process.execPath}\n${script}`);
  await chmod(file, 0o755);
}

/** An entry of package-lock.json, and of npm's record of what it installed. */
interface PackageEntry {
  readonly dev?: boolean;
  readonly optional?: boolean;
}

/** Gives the copy separate packages, as if npm had installed those that `isKept` accepts, by their paths and entries. */
export async function keepPackages(
  copy: Copy,
  isKept: (path: string, entry: PackageEntry) => boolean,
): Promise<void> {
  const modules = join(copy.folder, 'node_modules');
  const record = JSON.parse(await readFile(join(root, 'node_modules', '.package-lock.json'), 'utf8')) as {
    packages: Record<string, PackageEntry>;
  };
  await rm(modules, { recursive: true, force: true });
  const kept = Object.entries(record.packages).filter(([path, entry]) => isKept(path, entry));
  for (const [path] of kept) {
    // Nested packages are copied with the package around them.
    if (path.lastIndexOf('node_modules/') > 0) continue;
    await mkdir(join(copy.folder, path, '..'), { recursive: true });
    await symlink(join(root, path), join(copy.folder, path));
  }
  await writeFile(
    join(modules, '.package-lock.json'),
    JSON.stringify({ ...record, packages: Object.fromEntries(kept) }),
  );
}

/** The environment of an ordinary shell, without variables of this test run. */
function shellEnvironment(folder: string): NodeJS.ProcessEnv {
  const { PATH = '', HOME, TMPDIR } = process.env;
  const path = PATH.split(delimiter).filter((entry) => !entry.includes('node_modules'));
  return { PATH: [join(folder, 'bin'), ...path].join(delimiter), HOME, TMPDIR };
}

function start(
  folder: string,
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
  identity: { readonly uid: number; readonly gid: number } | undefined,
): Running {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...shellEnvironment(folder), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...identity,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = new Promise<number | string>((done) => {
    child.once('close', (code, signal) => {
      done(code ?? signal ?? '');
    });
  });
  return {
    process: child,
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    says: (pattern) =>
      new Promise((done, fail) => {
        const look = (): void => {
          const found = pattern.exec(output);
          if (found) done(found[1] ?? found[0]);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        void ended.then(() => {
          look();
          fail(new Error(`It ended without saying ${String(pattern)}:\n${output}`));
        });
        look();
      }),
  };
}

/** Waits until a condition is true; the test's timeout is the limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 50));
}
