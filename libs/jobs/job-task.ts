import { DiscoveryService } from '@nestjs/core';
import type { EntityManager } from 'typeorm';

/** One run of a task. */
export interface Job {
  /** The row that the job is about (app.enqueue_jobs); undefined for a periodic task. */
  readonly rowId: string | undefined;
  /** 1 for the first attempt. A process that dies during an attempt has used it. */
  readonly attempt: number;
  /** Aborted when the process stops. A job that takes long calls `throwIfAborted` between its steps, and runs again later. */
  readonly signal: AbortSignal;
  /**
   * Runs `work` in one transaction without a viewer, which can only be committed while this process holds the job.
   *
   * @param options statementTimeoutMs where the setting is too short
   * @throws JobLost if it does not hold it any more
   */
  write<T>(
    work: (em: EntityManager) => Promise<T>,
    options?: { readonly statementTimeoutMs?: number },
  ): Promise<T>;
}

/**
 * What a task does. It runs again after an error, and after a process has died, so a second run must do no harm. Everything that it
 * needs to know is in the database: a job holds the id of a row.
 */
export interface JobHandler {
  run(job: Job): Promise<void>;
}

export interface JobTaskOptions {
  /** The name in the queue. Jobs that wait keep it, so it is not changed. */
  readonly name: string;
  /**
   * When the task runs by itself, as a crontab line in UTC: minute, hour, day of the month, month, day of the week. It runs once, however
   * many workers there are, and once after a downtime of at most a day in which it was due.
   */
  readonly cron?: string;
}

/** Makes a provider that is a {@link JobHandler} a task of the worker. */
export const JobTask = DiscoveryService.createDecorator<JobTaskOptions>();
