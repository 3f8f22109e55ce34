import { Injectable, Logger } from '@nestjs/common';
import { Database, PeriodicTask } from '#db';
import { errorForLog } from '#common';
import { ThrottleRepository } from './throttle.repository.js';

const EVERY_MS = 600_000;

/**
 * Forgets keys of operations after a day, and counts that have run off: every ten minutes, in each process, one at a time. A key
 * that is over counts for nothing from its last second on, whenever it is removed.
 */
@Injectable()
export class CleanupTimer extends PeriodicTask {
  private readonly logger = new Logger('Cleanup');

  constructor(
    private readonly database: Database,
    private readonly counts: ThrottleRepository,
  ) {
    super(EVERY_MS);
  }

  protected async run(): Promise<void> {
    await this.database.write(null, (em) => this.counts.forget(em));
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'what is over will be forgotten next time', ...errorForLog(error) });
  }
}
