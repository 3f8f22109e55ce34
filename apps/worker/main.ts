import { assertServable, StartError, workerRole } from '#db';
import { errorForLog } from '#common';
import { readSettings, SettingsError } from '#settings';
import { makeLog, Telemetry } from '#telemetry';
import { startWorker } from './worker.js';

/** Runs jobs until it is stopped. A start error is printed as one sentence, without a stack. */
async function main(): Promise<void> {
  const settings = readSettings(process.env, 'worker');
  const { workerDatabaseUrl: url, workerMetricsPort, metricsHost } = settings;
  if (url === undefined) {
    throw new StartError(
      'WORKER_DATABASE_URL is not set: name the database with the login of the worker, or use npm start, which brings both.',
    );
  }
  const log = makeLog(settings);
  const group = workerRole(settings.rolePrefix);
  const newer = await assertServable({ url, setting: 'WORKER_DATABASE_URL', group });
  if (newer.length > 0) log.warn({ migrations: newer }, 'the database was migrated by a newer version');

  const worker = await startWorker(settings, log);
  if (workerMetricsPort !== undefined) {
    try {
      await worker.get(Telemetry).listen(metricsHost, workerMetricsPort);
    } catch (cause) {
      await worker.close();
      throw new StartError(
        `Port ${String(workerMetricsPort)} on ${metricsHost} cannot be used for metrics: set WORKER_METRICS_PORT to another port.`,
        { cause },
      );
    }
  }
  log.info('running jobs');

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log.info('stopping');
    worker.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error(errorForLog(error), 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

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
