import { Injectable, Logger, Module } from '@nestjs/common';
import { Database, PeriodicTask } from '#db';
import { errorForLog } from '#common';
import { AlignmentRepository } from './alignment.repository.js';

const EVERY_MS = 3_600_000;

/** Deletes lapsed proposals, at start and once an hour in each process. Idempotent. */
@Injectable()
class LapsedProposalsTimer extends PeriodicTask {
  private readonly logger = new Logger('LapsedProposals');

  constructor(
    private readonly database: Database,
    private readonly alignments: AlignmentRepository,
  ) {
    super(EVERY_MS);
  }

  protected async run(): Promise<void> {
    // Without a viewer: lapsing does not depend on who deletes.
    const deleted = await this.database.write(null, (em) => this.alignments.forgetLapsed(em));
    if (deleted > 0) this.logger.log({ message: 'lapsed proposals deleted', deleted });
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'deleting lapsed proposals failed', ...errorForLog(error) });
  }
}

/** For serving processes. */
@Module({ providers: [AlignmentRepository, LapsedProposalsTimer] })
export class LapsedProposalsModule {}
