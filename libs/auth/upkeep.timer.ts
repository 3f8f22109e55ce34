import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '#db';
import { describe } from '#graphql';
import { ThrottleRepository } from './throttle.repository.js';

const EVERY_MS = 600_000;

/**
 * Forgets keys of operations after a day, and counts that have run off: every ten minutes, in each process, one at a time. A key
 * that is over counts for nothing from its last second on, whenever it is removed.
 */
@Injectable()
export class UpkeepTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Upkeep');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly counts: ThrottleRepository,
  ) {}

  onApplicationBootstrap(): void {
    const begin = (): void => {
      this.running = this.running.then(() => this.run());
    };
    begin();
    this.timer = setInterval(begin, EVERY_MS).unref();
  }

  /** Waits for what is under way: it needs the database. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      await this.database.write(null, (em) => this.counts.forget(em));
    } catch (error) {
      this.logger.warn({ message: 'what is over will be forgotten next time', ...describe(error) });
    }
  }
}
