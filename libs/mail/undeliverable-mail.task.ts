import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { OutboxRepository } from './outbox.repository.js';

/** Deletes mails that were given up, after their jobs. */
@Injectable()
@JobTask({ name: 'delete_undeliverable_mail', cron: '40 3 * * *' })
export class UndeliverableMailTask implements JobHandler {
  constructor(private readonly mails: OutboxRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.mails.deleteUndeliverable(em));
  }
}
