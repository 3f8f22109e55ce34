import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { BarrierJobsRepository } from './barrier-jobs.repository.js';

/** The periodic work on barriers, for the worker. A job that runs twice, or in two processes, does it once. */
@Injectable()
export class BarrierJobs {
  constructor(
    private readonly database: Database,
    private readonly jobs: BarrierJobsRepository,
  ) {}

  /**
   * Lets the barriers of past days appear that were raised without a name. Run it every minute: until it has run once, the row of such a
   * barrier was written by its author's transaction.
   *
   * @returns how many appeared
   */
  publishNameless(): Promise<number> {
    return this.database.write(null, (em) => this.jobs.publishNameless(em));
  }

  /** Queues mails to people who have to answer a barrier within three days, once for each due date. @returns how many */
  remind(): Promise<number> {
    return this.database.write(null, (em) => this.jobs.remind(em));
  }
}
