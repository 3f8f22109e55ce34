import { Injectable, Logger } from '@nestjs/common';
import { errorForLog } from '#common';
import { Database, PeriodicTask } from '#db';
import { JobQueueRepository, type QueueState } from './job-queue.repository.js';

const EVERY_MS = 5_000;

/** Every five seconds, releases the jobs of processes that have died, and measures the queue. */
@Injectable()
export class QueueMonitor extends PeriodicTask {
  private readonly logger = new Logger('Jobs');
  /** As of the last time the queue was read. */
  state: QueueState = { due: 0, oldestSeconds: 0, givenUp: 0 };

  constructor(
    private readonly database: Database,
    private readonly queue: JobQueueRepository,
  ) {
    super(EVERY_MS);
  }

  protected async run(): Promise<void> {
    const dead = await this.database.write(null, (em) => this.queue.releaseOfDead(em));
    if (dead > 0)
      this.logger.warn({ message: 'jobs of workers that have ended were released', workers: dead });
    this.state = await this.database.read(null, (em) => this.queue.state(em));
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'The queue cannot be read; trying again soon.', ...errorForLog(error) });
  }
}
