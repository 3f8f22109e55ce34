import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { ApiTokenRepository } from './api-token.repository.js';

/**
 * Every hour, queues mails to the holders of a role about API tokens that end within 14 days because their creator leaves. Whether a
 * token works is decided when it is used (app.identity), not here.
 */
@Injectable()
@JobTask({ name: 'announce_token_ends', cron: '15 * * * *' })
export class ApiTokenEndsTask implements JobHandler {
  constructor(private readonly tokens: ApiTokenRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.tokens.announceEnds(em));
  }
}
