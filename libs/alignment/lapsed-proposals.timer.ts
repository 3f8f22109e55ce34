import { Injectable, Module } from '@nestjs/common';
import { Database, PeriodicWrite } from '#db';
import { AlignmentModule } from './alignment.module.js';
import { AlignmentRepository } from './alignment.repository.js';

/** Every hour, deletes proposals that have lapsed. A second run changes nothing. */
@Injectable()
class LapsedProposalsTimer extends PeriodicWrite {
  constructor(database: Database, alignments: AlignmentRepository) {
    super(database, {
      everyMs: 3_600_000,
      logger: 'LapsedProposals',
      success: 'Lapsed proposals were deleted.',
      failure: 'Lapsed proposals could not be deleted; the next run will delete them.',
      write: (em) => alignments.deleteLapsed(em),
    });
  }
}

/** Imported by processes that serve, so that commands and the schema printer do not start the timer. */
@Module({ imports: [AlignmentModule], providers: [LapsedProposalsTimer] })
export class LapsedProposalsModule {}
