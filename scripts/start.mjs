/**
 * npm start: installs what is missing, starts the embedded PostgreSQL (or uses DATABASE_URL), brings the database up to date,
 * loads the demo organization once, and serves the API until Ctrl-C.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEnvFile, provideDatabase } from './database.mjs';
import { accepts, isFree } from './postgres.mjs';
import {
  Stop,
  main,
  projectEnvironment,
  projectNode,
  root,
  run,
  runs,
  until,
  whenNpmEnds,
} from './processes.mjs';
import { setup } from './setup.mjs';

const say = console.log;
const runningFile = join(root, '.data', 'running.json');
const cli = join(root, 'dist', 'apps', 'cli', 'main.js');

await main(async () => {
  const stopping = stopRequest();
  // First: it may say that this is production.
  loadEnvFile();
  try {
    await setup({ say });
  } catch (error) {
    if (stopping.requested) return;
    throw error;
  }
  if (stopping.requested) return;
  const host = process.env.HOST || '127.0.0.1';
  const port = Number(process.env.PORT || 3000);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;

  await refuseSecondStart();
  if (port > 0 && !(await isFree(port, host))) {
    throw new Stop(
      `Port ${String(port)} on ${host} is in use by another program: stop that program, or choose another port (PORT=${String(port + 1)} npm start).`,
    );
  }
  await mkdir(join(root, '.data'), { recursive: true, mode: 0o711 });
  await writeFile(runningFile, JSON.stringify({ pid: process.pid, url }));

  let database;
  try {
    database = await provideDatabase({ say });
    if (!stopping.requested) await serve(database, { host, port, url }, stopping);
  } finally {
    await database?.stop();
    await rm(runningFile, { force: true });
    if (database?.embedded) say('The database has stopped. Its data is kept.');
  }
});

/** Prepares the database and runs the API until it ends or somebody asks to stop. */
async function serve(database, { host, port, url }, stopping) {
  const env = projectEnvironment(database.environment);
  const command = (...args) => run(projectNode(), [cli, ...args], { env, detached: true });
  if (env.DATABASE_ADMIN_URL && (await command('migrate')) !== 0) {
    throw new Stop('The database could not be brought up to date: the message above says why.');
  }
  const development = (env.NODE_ENV || 'development') === 'development';
  if (stopping.requested) return;
  if (
    development &&
    existsSync(join(root, 'dist', 'apps', 'cli', 'demo.js')) &&
    (await command('demo', 'load')) !== 0
  ) {
    throw new Stop('The demo organization could not be loaded: the message above says why.');
  }
  if (stopping.requested) return;

  const api = spawn(
    projectNode(),
    [
      '--enable-source-maps',
      // As `npm run serve` does: what lives for one request is thrown away in fewer rounds.
      '--max-semi-space-size=32',
      '--import',
      './scripts/end-with-launcher.mjs',
      join(root, 'dist', 'apps', 'api', 'main.js'),
    ],
    // A process group of its own: Ctrl-C reaches this launcher alone, which then ends the API first and the database last.
    {
      cwd: root,
      env: without(env, 'DATABASE_ADMIN_URL', 'WORKER_DATABASE_URL', 'SMTP_URL'),
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const ended = new Promise((done) => api.once('close', (code, signal) => done({ code, signal })));
  stopping.whenAsked(
    () => api.kill('SIGTERM'),
    () => api.kill('SIGKILL'),
  );

  const worker = startWorker(env, stopping);

  let running = true;
  void ended.then(() => (running = false));
  let databaseFailure;
  const stopKeeping = keepRunning(database, stopping, (failure) => {
    databaseFailure = failure;
    api.kill('SIGTERM');
  });
  const answers = () => accepts(port, host);
  await until(async () => !running || stopping.requested || (await answers()), 60_000, 50);
  if (running && !stopping.requested) {
    say(
      `\nMutual serves at ${url}/graphql${database.embedded ? `, with its data in ${database.folder}` : ''}. Ctrl-C stops it.`,
    );
  }

  if (worker === undefined) {
    say('No mail is sent: WORKER_DATABASE_URL is not set. See "In production" in the README.');
  }
  // Either of the two takes the other along.
  const first = await Promise.race([ended, ...(worker ? [worker.ended] : [])]);
  const failed = stopping.requested ? undefined : first;
  if (failed !== undefined) {
    api.kill('SIGTERM');
    worker?.process.kill('SIGTERM');
  }
  const [{ code, signal }] = await Promise.all([ended, worker?.ended]);
  await stopKeeping();
  if (databaseFailure !== undefined) throw databaseFailure;
  if (failed === undefined) return;
  if (failed.worker) {
    throw new Stop(
      failed.signal === null
        ? `The worker, which sends mail, has ended by itself (exit code ${String(failed.code)}): its last message above says why.`
        : `The worker, which sends mail, was ended from outside (${failed.signal}). Start again with npm start.`,
    );
  }
  throw new Stop(
    signal === null
      ? `The API has ended by itself (exit code ${String(code)}): its last message above says why.`
      : `The API was ended from outside (${signal}). Start again with npm start.`,
  );
}

/** An environment without secrets that a process has no use for. */
function without(env, ...names) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

/** The process that sends mail, with its own login; undefined where none is named. */
function startWorker(env, stopping) {
  if (!env.WORKER_DATABASE_URL) return undefined;
  const worker = spawn(
    projectNode(),
    [
      '--enable-source-maps',
      '--import',
      './scripts/end-with-launcher.mjs',
      join(root, 'dist', 'apps', 'worker', 'main.js'),
    ],
    {
      cwd: root,
      env: without(env, 'DATABASE_ADMIN_URL', 'DATABASE_URL'),
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  stopping.whenAsked(
    () => worker.kill('SIGTERM'),
    () => worker.kill('SIGKILL'),
  );
  const ended = new Promise((done) =>
    worker.once('close', (code, signal) => done({ code, signal, worker: true })),
  );
  return { process: worker, ended };
}

/**
 * Starts an embedded database again that has ended, so often within so many milliseconds; after that, or where it does not start,
 * gives up.
 *
 * @returns what ends this
 */
function keepRunning(database, stopping, giveUp) {
  if (!database.embedded) return () => undefined;
  const RESTARTS = 3;
  const WITHIN_MS = 5 * 60_000;
  let restarts = [];
  let over = false;
  const look = async () => {
    if (await database.isRunning()) return;
    if (stopping.requested) return;
    restarts = restarts.filter((at) => Date.now() - at < WITHIN_MS);
    if (restarts.length === RESTARTS) {
      throw new Stop(
        `The database has ended ${String(RESTARTS + 1)} times within five minutes: its log (${join(database.folder, 'log.txt')}) says why. Start again with npm start.`,
      );
    }
    restarts.push(Date.now());
    say('The database has ended by itself: starting it again.');
    await database.restart();
    say('The database runs again.');
  };
  const watching = (async () => {
    try {
      while (!over) {
        await look();
        await until(() => over || stopping.requested, 1_000);
        if (stopping.requested) return;
      }
    } catch (error) {
      giveUp(error);
    }
  })();
  return async () => {
    over = true;
    await watching;
  };
}

/**
 * Listens for Ctrl-C and SIGTERM. The first calls the first function given to whenAsked; from the second on, the
 * other is called. Also asks to end when npm, which started this (mostly through a shell), has ended.
 */
function stopRequest() {
  const listeners = [];
  const request = {
    requested: false,
    whenAsked: (ask, insist) => {
      listeners.push({ ask, insist });
      if (request.requested) ask();
    },
  };
  const onSignal = () => {
    const again = request.requested;
    request.requested = true;
    if (!again) say('\nStopping.');
    for (const { ask, insist } of listeners) (again ? insist : ask)();
  };
  // npm passes a Ctrl-C on although the terminal has sent one already: what comes at once is the same one.
  let last = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (Date.now() - last > 500) onSignal();
      last = Date.now();
    });
  }
  whenNpmEnds(() => {
    if (!request.requested) onSignal();
  });
  return request;
}

async function refuseSecondStart() {
  const running = await readFile(runningFile, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  if (running === undefined || running.pid === process.pid || !runs(running.pid, 'start.mjs')) return;
  throw new Stop(
    `Mutual already runs from this folder, at ${running.url} (process ${String(running.pid)}): use that one, or stop it with Ctrl-C first.`,
  );
}
