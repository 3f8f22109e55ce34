import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { errorForLog } from '#common';
import type { Database } from './database.js';
import { PeriodicTask } from './periodic-task.js';

/** What a {@link PeriodicWrite} does, and what it logs. */
export interface PeriodicWriteOptions {
  /** From one start to the next, in milliseconds. */
  readonly everyMs: number;
  /** Does what is due, without a viewer. @returns how many objects it changed */
  readonly write: (em: EntityManager) => Promise<number>;
  /** The name of the logger. */
  readonly logger: string;
  /** The log message after a run that changed something. */
  readonly success: string;
  /** The log message when a run fails. */
  readonly failure: string;
}

/** One write transaction without a viewer, repeated. It must be harmless when several processes run it at the same time. */
export abstract class PeriodicWrite extends PeriodicTask {
  private readonly logger: Logger;

  protected constructor(
    private readonly database: Database,
    private readonly options: PeriodicWriteOptions,
  ) {
    super(options.everyMs);
    this.logger = new Logger(options.logger);
  }

  protected async run(): Promise<void> {
    const changed = await this.database.write(null, this.options.write);
    if (changed > 0) this.logger.log({ message: this.options.success, changed });
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: this.options.failure, ...errorForLog(error) });
  }
}
