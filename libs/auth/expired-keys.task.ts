import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { ThrottleRepository } from './throttle.repository.js';

/** Every ten minutes, deletes expired idempotency keys and throttle counts. Expired ones have no effect before they are deleted. */
@Injectable()
@JobTask({ name: 'delete_expired_keys_and_throttles', cron: '*/10 * * * *' })
export class ExpiredKeysTask implements JobHandler {
  constructor(private readonly counts: ThrottleRepository) {}

  async run(job: Job): Promise<void> {
    await job.write((em) => this.counts.forget(em));
  }
}
