import { Injectable, Logger, Module } from '@nestjs/common';
import { Database, PeriodicTask } from '#db';
import { errorForLog } from '#common';
import { AlignmentModule } from './alignment.module.js';
import { AlignmentRepository } from './alignment.repository.js';

const EVERY_MS = 3_600_000;

/** Deletes proposals that have lapsed. Runs at start and once an hour in each process; a second run changes nothing. */
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
    // Without a viewer: the function does what is due for any caller.
    const deleted = await this.database.write(null, (em) => this.alignments.deleteLapsed(em));
    if (deleted > 0) this.logger.log({ message: 'lapsed proposals deleted', deleted });
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'deleting lapsed proposals failed', ...errorForLog(error) });
  }
}

/** Imported by processes that serve, so that commands and the schema printer do not start the timer. */
@Module({ imports: [AlignmentModule], providers: [LapsedProposalsTimer] })
export class LapsedProposalsModule {}
