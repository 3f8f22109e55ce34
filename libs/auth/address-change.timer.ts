import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '#db';
import { AddressChangeService } from './address-change.service.js';

/** How often due changes are looked for, in milliseconds. Signing in does not wait for it. */
const LOOK_EVERY_MS = 60_000;

/** Carries out the changes of address whose seven days are over. Processes leave each other's rows alone. */
@Injectable()
export class AddressChangeTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Accounts');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly changes: AddressChangeService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.look());
    }, LOOK_EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async look(): Promise<void> {
    try {
      await this.database.write(null, (em) => this.changes.applyDue(em, null));
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      this.logger.warn({ message: 'due changes of address wait for the next look', error: name });
    }
  }
}
