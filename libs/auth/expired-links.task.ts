import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { AccountRepository } from './account.repository.js';

/** Every night, deletes links for a new password that have expired. They do not work before. */
@Injectable()
@JobTask({ name: 'delete_expired_links', cron: '20 2 * * *' })
export class ExpiredLinksTask implements JobHandler {
  constructor(private readonly accounts: AccountRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.accounts.deleteExpiredLinks(em));
  }
}
