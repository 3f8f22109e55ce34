import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { BarrierTasksRepository } from './barrier-tasks.repository.js';

/**
 * Every minute, lets the barriers of past days appear that were raised without a name, and writes the rest again: until then the row of
 * such a barrier was written by its author's transaction.
 */
@Injectable()
@JobTask({ name: 'publish_nameless_barriers', cron: '* * * * *' })
export class NamelessBarriersTask implements JobHandler {
  constructor(private readonly barriers: BarrierTasksRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.barriers.publishNameless(em));
  }
}
