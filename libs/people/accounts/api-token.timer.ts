import { Injectable } from '@nestjs/common';
import { PeriodicWrite } from '#auth';
import { Database } from '#db';
import { ApiTokenRepository } from './api-token.repository.js';

/**
 * Every hour, queues mails to the holders of a role about API tokens that end within 14 days because their creator leaves. Whether a
 * token works is decided when it is used (app.identity), not here.
 */
@Injectable()
export class ApiTokenTimer extends PeriodicWrite {
  constructor(database: Database, tokens: ApiTokenRepository) {
    super(database, {
      everyMs: 3_600_000,
      failure: 'Notices of ending API tokens could not be queued; the next run will queue them.',
      write: (em) => tokens.announceEnds(em),
    });
  }
}
