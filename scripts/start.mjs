/**
 * npm start: installs what is missing, starts the embedded PostgreSQL (or uses DATABASE_URL), brings the database up to date,
 * loads the demo organization once, and serves the API and the web client until Ctrl-C. npm run start:dev also restarts it when a source file changes.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadEnvFile, provideDatabase } from './database.mjs';
import { accepts, isFree } from './ports.mjs';
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
import { startService } from './service.mjs';
import { setup } from './setup.mjs';
import { watchSources } from './watch.mjs';
import { prepareWeb } from './web.mjs';

/** How long after the API the worker is restarted. */
const WORKER_RESTART_DELAY_MS = 3_000;
const watching = process.argv.includes('--watch');
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
    if (!stopping.requested) {
      const isProduction = process.env.NODE_ENV?.trim() === 'production';
      const webIsReady = prepareWeb({ say, production: isProduction });
      await serve(database, { host, port, url }, stopping, webIsReady);
    }
  } finally {
    await database?.stop();
    await rm(runningFile, { force: true });
    if (database?.embedded) say('The database has stopped. Its data is kept.');
  }
});

/** Prepares the database, and runs the API and the worker until one of them ends or the launcher is asked to stop. */
async function serve(database, { host, port, url }, stopping, webIsReady) {
  const env = projectEnvironment(database.environment);
  const development = (env.NODE_ENV || 'development') === 'development';
  const webAddress = webAddressFor(port);
  if (development && webAddress !== undefined) env.PUBLIC_URL ||= webAddress.url;
  const command = (...args) => run(projectNode(), [cli, ...args], { env, detached: true });
  if (env.DATABASE_ADMIN_URL && (await command('migrate')) !== 0) {
    throw new Stop('The database could not be brought up to date: the message above says why.');
  }
  if (stopping.requested) return;
  // Before the list of people who can sign in. A later line says when it serves.
  if (development && webAddress !== undefined) {
    say(`The web client will be at ${webAddress.url} in a moment.\n`);
  }
  if (
    development &&
    existsSync(join(root, 'dist', 'apps', 'cli', 'demo.js')) &&
    (await command('demo', 'load')) !== 0
  ) {
    throw new Stop('The demo organization could not be loaded: the message above says why.');
  }
  if (stopping.requested) return;

  // In development, requests of pages come through the process that serves the web client.
  const services = startServices(development ? { TRUST_PROXY: '127.0.0.1', ...env } : env);
  for (const service of services) {
    stopping.whenAsked(
      () => service.kill('SIGTERM'),
      () => service.kill('SIGKILL'),
    );
  }
  const stopWatching = watching ? watchAndRestart(services, command) : () => undefined;
  const [api, worker] = services;

  let running = true;
  void api.ended.then(() => (running = false));
  let databaseFailure;
  const stopKeeping = keepRunning(database, stopping, (failure) => {
    databaseFailure = failure;
    api.kill('SIGTERM');
  });
  const answers = () => accepts(port, host);
  await until(async () => !running || stopping.requested || (await answers()), 60_000, 50);
  // Both at once: the API may end while the web client is being built.
  const web = await Promise.race([
    startWeb(webIsReady, { url, address: webAddress, development }),
    api.ended.then(() => undefined),
  ]);
  if (web !== undefined) {
    services.push(web);
    stopping.whenAsked(
      () => web.kill('SIGTERM'),
      () => web.kill('SIGKILL'),
    );
    await until(
      async () => !running || stopping.requested || (await accepts(web.port, web.host)),
      30_000,
      50,
    );
    if (running && !stopping.requested) say(`\nOpen ${web.url} in a browser.`);
  }
  if (running && !stopping.requested) {
    say(
      `\nMutual serves at ${url}/graphql${database.embedded ? `, with its data in ${database.folder}` : ''}. Ctrl-C stops it.`,
    );
  }
  if (worker === undefined) {
    say(
      'No jobs are run and no mail is sent: WORKER_DATABASE_URL is not set. See "In production" in the README.',
    );
  }

  const first = await Promise.race(services.map(({ ended }) => ended));
  const failed = stopping.requested ? undefined : first;
  stopWatching();
  if (failed !== undefined) for (const service of services) service.kill('SIGTERM');
  await Promise.all(services.map(({ ended }) => ended));
  await stopKeeping();
  if (databaseFailure !== undefined) throw databaseFailure;
  if (failed === undefined) return;
  const what = { api: 'The API', worker: 'The worker', web: 'The web client' }[failed.name];
  throw new Stop(
    failed.signal === null
      ? `${what} has ended by itself (exit code ${String(failed.code)}): its last message above says why.`
      : `${what} was ended from outside (${failed.signal}). Start again with npm start.`,
  );
}

/** The API, and the worker where its login is named. Each gets only the secrets that it needs. */
function startServices(env) {
  const crashed = watching ? () => say('It starts again when a file changes.') : undefined;
  // Faster starts from the second on: Node keeps the compiled modules.
  const cache = watching ? { NODE_COMPILE_CACHE: join(root, '.data', 'compile-cache') } : {};
  const api = startService('api', {
    env: { ...without(env, 'DATABASE_ADMIN_URL', 'WORKER_DATABASE_URL', 'SMTP_URL'), ...cache },
    // As `npm run serve` does: what is allocated for one request is collected in fewer rounds.
    flags: ['--max-semi-space-size=32'],
    crashed,
  });
  if (!env.WORKER_DATABASE_URL) return [api];
  const worker = startService('worker', {
    env: { ...without(env, 'DATABASE_ADMIN_URL', 'DATABASE_URL'), ...cache },
    crashed,
  });
  return [api, worker];
}

/**
 * The process that serves the web client, which knows the address of the API and no secret.
 *
 * @returns undefined where it is not ready, or its port is in use
 */
async function startWeb(isReady, { url, address, development }) {
  if (address === undefined || !(await isReady)) return undefined;
  const { host, port } = address;
  if (!(await isFree(port, host))) {
    say(
      `The web client is not served: port ${String(port)} on ${host} is in use by another program. Choose another one (WEB_PORT=${String(port + 1)} npm start).`,
    );
    return undefined;
  }
  const { DEMO_ACCOUNTS, DEMO_PASSWORD } = await import(
    pathToFileURL(join(root, 'dist', 'libs', 'demo', 'index.js')).href
  );
  const service = startService('web', {
    program: join(root, 'apps', 'web', 'server.mjs'),
    env: {
      PATH: process.env.PATH,
      NODE_ENV: process.env.NODE_ENV || 'development',
      API_URL: url,
      WEB_HOST: host,
      WEB_PORT: String(port),
      ...(development && {
        DEMO_ACCOUNTS: JSON.stringify({ password: DEMO_PASSWORD, accounts: DEMO_ACCOUNTS }),
      }),
    },
    crashed: watching ? () => say('The web client has ended.') : undefined,
  });
  return { ...service, ...address };
}

/**
 * Where the web client is served beside an API at this port: 4000 beside 3000.
 *
 * @returns undefined where the API chooses any port
 */
function webAddressFor(apiPort) {
  if (apiPort === 0) return undefined;
  const host = process.env.WEB_HOST || '127.0.0.1';
  const beside = apiPort + 1_000 > 65_535 ? apiPort - 1_000 : apiPort + 1_000;
  const port = Number(process.env.WEB_PORT || beside);
  const isHere = ['127.0.0.1', '0.0.0.0', '::'].includes(host);
  const name = isHere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return { host, port, url: `http://${name}:${String(port)}` };
}

/** Restarts the services when a source was compiled, and migrates first when SQL has changed. @returns what ends it */
function watchAndRestart([api, worker], command) {
  let later;
  const restart = () => {
    api.restart();
    // Mail can wait: the API has the processor to itself until it answers.
    clearTimeout(later);
    later = setTimeout(() => worker?.restart(), WORKER_RESTART_DELAY_MS).unref();
  };
  return watchSources({
    compiled: (paths) => {
      say(`Compiled ${paths.join(', ')}.`);
      restart();
    },
    sqlChanged: () => {
      void command('migrate').then((code) => {
        if (code === 0) restart();
      });
    },
    failed: say,
  });
}

/** An environment without secrets that a process has no use for. */
function without(env, ...names) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
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
