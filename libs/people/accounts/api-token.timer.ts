import { Injectable } from '@nestjs/common';
import { Database, PeriodicWrite } from '#db';
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
      logger: 'Accounts',
      success: 'Notices of ending API tokens were queued.',
      failure: 'Notices of ending API tokens could not be queued; the next run will queue them.',
      write: (em) => tokens.announceEnds(em),
    });
  }
}
