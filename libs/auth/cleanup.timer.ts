import { Injectable } from '@nestjs/common';
import { Database, PeriodicWrite } from '#db';
import { ThrottleRepository } from './throttle.repository.js';

/** Every ten minutes, deletes expired idempotency keys and throttle counts. Expired ones have no effect before they are deleted. */
@Injectable()
export class CleanupTimer extends PeriodicWrite {
  constructor(database: Database, counts: ThrottleRepository) {
    super(database, {
      everyMs: 600_000,
      logger: 'Accounts',
      success: 'Expired idempotency keys and throttle counts were deleted.',
      failure:
        'Expired idempotency keys and throttle counts could not be deleted; the next run will delete them.',
      write: (em) => counts.forget(em),
    });
  }
}
