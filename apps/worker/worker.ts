import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Logger } from 'pino';
import type { Settings } from '#settings';
import { nestLogger } from '#telemetry';
import { WorkerModule, type WorkerTuning } from './worker.module.js';

/** Starts the worker, which runs until it is closed. @throws StartError */
export function startWorker(
  settings: Settings,
  log: Logger,
  tuning?: WorkerTuning,
): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(WorkerModule.with(settings, tuning), {
    logger: nestLogger(log),
    abortOnError: false,
  });
}
