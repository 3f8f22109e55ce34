import { Injectable, Logger } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { inBatches } from './in-batches.js';
import { RetentionRepository } from './retention.repository.js';

/** Few enough that a batch ends well within the statement timeout. */
const BATCH = 500;

/**
 * Every night, deletes conversations, action items and entries of the access log whose term is over, and proposals to import notes that
 * nobody answered.
 */
@Injectable()
@JobTask({ name: 'delete_expired_records', cron: '40 1 * * *' })
export class RetentionTask implements JobHandler {
  private readonly logger = new Logger('Retention');

  constructor(private readonly retention: RetentionRepository) {}

  async run(job: Job): Promise<void> {
    const { retention } = this;
    const conversations = await inBatches(job, BATCH, (em) => retention.deleteConversations(em, BATCH));
    const actionItems = await inBatches(job, BATCH, (em) => retention.deleteActionItems(em, BATCH));
    const accessLog = await inBatches(job, BATCH, (em) => retention.deleteAccessLog(em, BATCH));
    await inBatches(job, BATCH, (em) => retention.deleteErasures(em, BATCH));
    const notesImports = await inBatches(job, BATCH, (em) => retention.deleteLapsedNotesImports(em, BATCH));
    this.logger.log({
      message: 'expired records deleted',
      conversations,
      actionItems,
      accessLog,
      notesImports,
    });
  }
}
