import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { RetentionRepository } from './retention.repository.js';

/** Few enough that a batch ends well within the statement timeout. */
const BATCH = 500;

/** Every night, deletes conversations, action items and entries of the access log whose term is over. */
@Injectable()
@JobTask({ name: 'delete_expired_records', cron: '40 1 * * *' })
export class RetentionTask implements JobHandler {
  private readonly logger = new Logger('Retention');

  constructor(private readonly retention: RetentionRepository) {}

  async run(job: Job): Promise<void> {
    const { retention } = this;
    const conversations = await inBatches(job, (em) => retention.deleteConversations(em, BATCH));
    const actionItems = await inBatches(job, (em) => retention.deleteActionItems(em, BATCH));
    const accessLog = await inBatches(job, (em) => retention.deleteAccessLog(em, BATCH));
    this.logger.log({ message: 'expired records deleted', conversations, actionItems, accessLog });
  }
}

/** One transaction for each batch, until one is not full. @returns how many were deleted */
async function inBatches(job: Job, deleteBatch: (em: EntityManager) => Promise<number>): Promise<number> {
  let total = 0;
  for (let deleted = BATCH; deleted === BATCH; total += deleted) {
    job.signal.throwIfAborted();
    deleted = await job.write(deleteBatch);
  }
  return total;
}
