import { Injectable, Logger } from '@nestjs/common';
import { Database, PeriodicTask } from '#db';
import { errorForLog } from '#common';
import { ApiTokenRepository } from './api-token.repository.js';

const EVERY_MS = 3_600_000;

/**
 * Tells the holders of a role about API tokens that end in the next 14 days because their maker leaves. That they end is decided
 * when they are used (app.identity), not here. One process at a time.
 */
@Injectable()
export class ApiTokenTimer extends PeriodicTask {
  private readonly logger = new Logger('Accounts');

  constructor(
    private readonly database: Database,
    private readonly tokens: ApiTokenRepository,
  ) {
    super(EVERY_MS);
  }

  protected async run(): Promise<void> {
    await this.database.write(null, (em) => this.tokens.announceEnds(em));
  }

  protected failed(error: unknown): void {
    this.logger.warn({
      message: 'notices of ending API tokens wait for the next run',
      ...errorForLog(error),
    });
  }
}
