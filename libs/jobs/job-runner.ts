import { EventEmitter } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import {
  Logger as QueueLogger,
  parseCronItems,
  run,
  type JobHelpers,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { errorForLog } from '#common';
import { createDirectPool, Database, LockConnection, sqlState, StartError } from '#db';
import { JobQueueRepository } from './job-queue.repository.js';
import { JobTask, type Job, type JobHandler, type JobTaskOptions } from './job-task.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs.options.js';

const CONCURRENCY = 5;
const POLL_EVERY_MS = 1_000;
/** How long a job may take during shutdown, in milliseconds; then its lock is released, and it runs again elsewhere. */
const FINISH_WITHIN_MS = 5_000;
/** When to start again after the connection was lost, in milliseconds. */
const START_AGAIN_AFTER_MS = 1_000;
/** How far back a periodic task is caught up, in milliseconds. */
const CATCH_UP_MS = 24 * 3_600_000;

/** This process does not hold the job any more: its lock was lost with its connection, and another process may run it. */
class JobLost extends Error {
  override readonly name = 'JobLost';
}

/**
 * Runs the tasks of all providers with {@link JobTask}, with graphile-worker. Any number of processes share the queue.
 *
 * Each process holds an advisory lock named after it; its jobs are given to others once that lock is free, and not before
 * ({@link JobQueueRepository.releaseOfDead}). A process that loses its connection stops its jobs and starts again under a new name.
 */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Jobs');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly queue: JobQueueRepository,
    private readonly discovery: DiscoveryService,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
  ) {}

  /** @throws StartError */
  async onApplicationBootstrap(): Promise<void> {
    let first: RunningQueue;
    try {
      first = await this.start();
    } catch (cause) {
      if (sqlState(cause) === undefined) throw cause;
      throw new StartError(
        'The worker cannot use the tables of its jobs: run "npm run cli -- migrate" with DATABASE_ADMIN_URL set.',
        { cause },
      );
    }
    this.running = this.keepRunning(first);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async keepRunning(first: RunningQueue): Promise<void> {
    const { signal } = this.stopping;
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
    let current: RunningQueue | undefined = first;
    while (!signal.aborted) {
      if (current === undefined) {
        await after(START_AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
        current = await this.startAgain();
      } else {
        await Promise.race([current.ended, stopped]);
        await current.stop();
        current = undefined;
      }
    }
    await current?.stop();
  }

  private async startAgain(): Promise<RunningQueue | undefined> {
    if (this.stopping.signal.aborted) return undefined;
    this.logger.warn('The connection to the queue was lost; starting again.');
    try {
      return await this.start();
    } catch (error) {
      this.logger.warn({ message: 'The queue cannot be read; trying again soon.', ...errorForLog(error) });
      return undefined;
    }
  }

  private async start(): Promise<RunningQueue> {
    const { url, concurrency = CONCURRENCY, pollEveryMs = POLL_EVERY_MS } = this.options;
    const lock = await LockConnection.connect(url, 'mutual worker lock');
    // graphile-worker's own pool would report errors to nobody while it closes, which ends the process.
    const pgPool = createDirectPool({ url, applicationName: 'mutual worker jobs', max: concurrency + 2 });
    const queue = new RunningQueue(lock, () => pgPool.end());
    const tasks = this.tasks();
    try {
      const runner = await run({
        pgPool,
        schema: 'graphile_worker',
        concurrency,
        pollInterval: pollEveryMs,
        noHandleSignals: true,
        gracefulShutdownAbortTimeout: 0,
        // Its messages would contain what a job failed with; this class logs what is worth it.
        logger: new QueueLogger(() => () => undefined),
        events: queue.events,
        preset: { plugins: [queue.plugin] },
        taskList: Object.fromEntries(
          tasks.map(({ name, handler }) => [
            name,
            (payload: unknown, helpers: JobHelpers) => this.runTask(handler, payload, helpers, queue),
          ]),
        ) satisfies TaskList,
        parsedCronItems: parseCronItems(
          tasks.flatMap(({ name, cron }) =>
            cron === undefined
              ? []
              : [
                  {
                    task: name,
                    match: cron,
                    identifier: name,
                    // A run that waits is replaced by the next one; two never run at the same time.
                    options: { jobKey: name, queueName: name, backfillPeriod: CATCH_UP_MS },
                  },
                ],
          ),
        ),
      });
      queue.began(runner);
      return queue;
    } catch (error) {
      await queue.stop();
      throw error;
    }
  }

  private tasks(): (JobTaskOptions & { readonly handler: JobHandler })[] {
    return this.discovery.getProviders({ metadataKey: JobTask.KEY }).flatMap((wrapper) => {
      const options = this.discovery.getMetadataByDecorator(JobTask, wrapper);
      return options === undefined ? [] : [{ ...options, handler: wrapper.instance as JobHandler }];
    });
  }

  private async runTask(
    handler: JobHandler,
    payload: unknown,
    { job, abortSignal }: JobHelpers,
    queue: RunningQueue,
  ): Promise<void> {
    const task = job.task_identifier;
    try {
      await handler.run({
        rowId: rowIdOf(payload),
        attempt: job.attempts,
        signal: abortSignal,
        write: (work, options) =>
          this.database.write(
            null,
            async (em) => {
              if (!(await this.queue.lockHeld(em, job.id, queue.id))) throw new JobLost();
              return work(em);
            },
            options,
          ),
      } satisfies Job);
    } catch (error) {
      const notice = { task, job: job.id, attempt: job.attempts, ...errorForLog(error) };
      if (job.attempts >= job.max_attempts)
        this.logger.error({ message: 'a job failed for the last time and was given up', ...notice });
      else this.logger.warn({ message: 'a job failed and will be tried again', ...notice });
      // Stored as last_error. Messages may quote values.
      throw new Error(kindOf(error), { cause: error });
    }
  }
}

/** graphile-worker's runner under one name, from start to loss or stop. */
class RunningQueue {
  /** Resolves when no jobs are fetched any more. */
  readonly ended: Promise<void>;
  readonly events: WorkerEvents = new EventEmitter();
  /** graphile-worker's id of this process, in `locked_by`. */
  id = '';
  private runner: Runner | undefined;
  private runnerEnded!: () => void;
  private locked: Promise<void> | undefined;

  constructor(
    private readonly lock: LockConnection,
    private readonly closePool: () => Promise<void>,
  ) {
    this.ended = Promise.race([
      lock.ended,
      new Promise<void>((resolve) => {
        this.runnerEnded = resolve;
      }),
    ]);
    this.events.on('pool:create', ({ workerPool }) => {
      this.id = workerPool.id;
    });
  }

  /** Takes the lock before the first job is fetched. */
  readonly plugin: GraphileConfig.Plugin = {
    name: 'MutualWorkerLock',
    version: '1.0.0',
    worker: {
      hooks: {
        startWorker: async () => {
          this.locked ??= this.lock.lock(this.id);
          // Without it, no job may be fetched: stop() follows.
          await this.locked.catch(() => {
            this.runnerEnded();
            return new Promise<never>(() => undefined);
          });
        },
      },
    },
  };

  began(runner: Runner): void {
    this.runner = runner;
    void runner.promise.catch(() => undefined).finally(this.runnerEnded);
  }

  /** Finishes the running jobs. Those that take longer can be released by others once the lock is free. */
  async stop(): Promise<void> {
    const patience = new AbortController();
    const limit = after(FINISH_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    const stopped = Promise.resolve(this.runner?.stop())
      .catch(() => undefined)
      .then(this.closePool)
      .catch(() => undefined);
    await Promise.race([stopped, limit]);
    patience.abort();
    await this.lock.close();
  }
}

function rowIdOf(payload: unknown): string | undefined {
  const id = (payload as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : undefined;
}

/** The kind of failure (ECONNREFUSED, 57014, 550), without its message. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const parts = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number');
  return parts.length > 0 ? parts.join(' ') : error.name;
}
