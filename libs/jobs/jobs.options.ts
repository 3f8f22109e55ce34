export interface JobsOptions {
  /** WORKER_DATABASE_URL: direct, not through a pooler, since it holds a lock and listens. */
  readonly url: string;
  /** How many jobs run concurrently; 5 by default. */
  readonly concurrency?: number;
  /** How often the queue is read, in milliseconds; one second by default. */
  readonly pollEveryMs?: number | undefined;
}

/** Injects the {@link JobsOptions}. */
export const JOBS_OPTIONS = Symbol('JOBS_OPTIONS');
