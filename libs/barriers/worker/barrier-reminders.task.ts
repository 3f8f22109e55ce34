import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { BarrierTasksRepository } from './barrier-tasks.repository.js';

/**
 * Every hour, reminds people by mail of barriers that they have to answer within three days, once for each due date; and administrators
 * of areas for which nobody answers, every 14 days.
 */
@Injectable()
@JobTask({ name: 'remind_of_due_barriers', cron: '40 * * * *' })
export class BarrierRemindersTask implements JobHandler {
  constructor(private readonly barriers: BarrierTasksRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.barriers.remind(em));
    await job.write((em) => this.barriers.remindAdministrators(em));
  }
}
