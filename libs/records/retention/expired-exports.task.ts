import { Injectable } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { inBatches } from './in-batches.js';
import { RetentionRepository } from './retention.repository.js';

/** Files are large: few in each transaction. */
const BATCH = 20;

/** Every hour, deletes export files that have expired. Nobody can see them from the moment on at which they do. */
@Injectable()
@JobTask({ name: 'delete_expired_exports', cron: '10 * * * *' })
export class ExpiredExportsTask implements JobHandler {
  constructor(private readonly retention: RetentionRepository) {}

  async run(job: Job): Promise<void> {
    await inBatches(job, BATCH, (em) => this.retention.deleteExports(em, BATCH));
  }
}
