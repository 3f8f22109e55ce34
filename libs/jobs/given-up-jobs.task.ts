import { Injectable } from '@nestjs/common';
import { JobQueueRepository } from './job-queue.repository.js';
import { JobTask, type Job, type JobHandler } from './job-task.js';

/** Deletes jobs that were given up a week ago. */
@Injectable()
@JobTask({ name: 'delete_given_up_jobs', cron: '30 3 * * *' })
export class GivenUpJobsTask implements JobHandler {
  constructor(private readonly queue: JobQueueRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.queue.deleteGivenUp(em));
  }
}
