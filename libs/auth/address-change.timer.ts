import { Injectable, Logger } from '@nestjs/common';
import { Database, PeriodicTask } from '#db';
import { errorForLog } from '#common';
import { AddressChangeService } from './address-change.service.js';

/** Signing in does not wait for it. */
const EVERY_MS = 60_000;

/** Carries out the changes of address whose seven days are over. Processes leave each other's rows alone. */
@Injectable()
export class AddressChangeTimer extends PeriodicTask {
  private readonly logger = new Logger('Accounts');

  constructor(
    private readonly database: Database,
    private readonly changes: AddressChangeService,
  ) {
    super(EVERY_MS);
  }

  protected async run(): Promise<void> {
    await this.database.write(null, (em) => this.changes.applyDue(em, null));
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'due changes of address wait for the next look', ...errorForLog(error) });
  }
}
