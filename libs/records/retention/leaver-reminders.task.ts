import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { RetentionRepository } from './retention.repository.js';

/** Every hour, reminds people who have left by mail, 30 and 7 days before their access to their goals ends. */
@Injectable()
@JobTask({ name: 'remind_leavers', cron: '25 * * * *' })
export class LeaverRemindersTask implements JobHandler {
  constructor(private readonly retention: RetentionRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.retention.remindLeavers(em));
  }
}
