import { Injectable, Logger, Module } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { AlignmentRepository } from './alignment.repository.js';

/** Every hour, deletes proposals that have lapsed. Nobody can read them before. */
@Injectable()
@JobTask({ name: 'delete_lapsed_proposals', cron: '10 * * * *' })
class LapsedProposalsTask implements JobHandler {
  private readonly logger = new Logger('LapsedProposals');

  constructor(private readonly alignments: AlignmentRepository) {}

  async run(job: Job): Promise<void> {
    const deleted = await job.write((em) => this.alignments.deleteLapsed(em));
    if (deleted > 0) this.logger.log({ message: 'lapsed proposals deleted', deleted });
  }
}

/** Alignment's part of the worker. */
@Module({ providers: [AlignmentRepository, LapsedProposalsTask] })
export class AlignmentTasksModule {}
