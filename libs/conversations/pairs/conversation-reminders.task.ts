import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { PlanningRepository } from './planning.repository.js';

/** Every ten minutes, reminds participants by mail: a day before a conversation, and after one that nobody has logged. */
@Injectable()
@JobTask({ name: 'remind_of_conversations', cron: '3,13,23,33,43,53 * * * *' })
export class ConversationRemindersTask implements JobHandler {
  constructor(private readonly planning: PlanningRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.planning.remindBefore(em));
    await job.write((em) => this.planning.remindAfter(em));
  }
}
