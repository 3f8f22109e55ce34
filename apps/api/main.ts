import { appRole, assertServable, StartError } from '#db';
import { errorForLog } from '#common';
import { readSettings, SettingsError } from '#settings';
import { makeLog } from '#telemetry';
import { addressOf, createServer, END_WITHIN_MS, FINISH_WITHIN_MS, listen } from './server.js';

/** Serves the API until it is stopped. A start error is printed as one sentence, without a stack. */
async function main(): Promise<void> {
  const settings = readSettings();
  if (settings.databaseUrl === undefined) {
    throw new StartError(
      'DATABASE_URL is not set: name a PostgreSQL database, or use npm start, which brings one.',
    );
  }
  const log = makeLog(settings);
  const newer = await assertServable({
    url: settings.databaseUrl,
    group: appRole(settings.rolePrefix),
  });
  if (newer.length > 0) log.warn({ migrations: newer }, 'the database was migrated by a newer version');

  const app = await createServer(settings, log);
  // Stops accepting, finishes requests, closes the pool. Installed before the process reports that it serves.
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log.info('stopping');
    setTimeout(() => {
      log.warn('requests under way were cut off');
      app.getHttpServer().closeAllConnections();
    }, FINISH_WITHIN_MS).unref();
    // A database that hangs does not close its connections.
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, END_WITHIN_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error(errorForLog(error), 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  const url = await listen(app, settings);
  log.info({ url: `${url}/graphql` }, 'serving');
  const { metricsHost, metricsPort } = settings;
  if (metricsPort !== undefined) {
    log.info({ url: `${addressOf(metricsHost, metricsPort)}/metrics` }, 'giving metrics');
  }

  const crash = (error: unknown): void => {
    log.fatal(errorForLog(error), 'a failure nobody handled');
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

main().catch((error: unknown) => {
  const plain = error instanceof StartError || error instanceof SettingsError;
  console.error(plain ? error.message : error);
  process.exit(1);
});
