import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { errorForLog } from '#common';
import { Database } from '#db';
import { LiveRepository } from './live.repository.js';

/** How long to wait between two reads, in milliseconds; longer after a failure. */
const EVERY_MS = 80;
const AFTER_FAILURE_MS = 1_000;
/** How many changes one statement announces. */
const AT_A_TIME = 2_000;

/** In the worker: announces changes of conversations to the processes of the API. Changes wait while no worker runs. */
@Injectable()
export class AnnounceChanges implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Changes');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly live: LiveRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let wait = EVERY_MS;
      try {
        const announced = await this.database.write(null, (em) => this.live.announce(em, AT_A_TIME));
        if (announced >= AT_A_TIME) wait = 0;
      } catch (error) {
        wait = AFTER_FAILURE_MS;
        this.logger.warn({
          message: 'Changes cannot be announced; trying again soon.',
          ...errorForLog(error),
        });
      }
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}
