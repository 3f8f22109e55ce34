import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { errorForLog } from '#common';
import { Database, PeriodicTask } from '#db';

/** One write transaction without a viewer, repeated. It must be harmless when several processes run it at the same time. */
export abstract class PeriodicWrite extends PeriodicTask {
  private readonly logger = new Logger('Accounts');

  protected constructor(
    private readonly database: Database,
    private readonly task: {
      readonly everyMs: number;
      readonly write: (em: EntityManager) => Promise<unknown>;
      /** The log message when it fails. */
      readonly failure: string;
    },
  ) {
    super(task.everyMs);
  }

  protected async run(): Promise<void> {
    await this.database.write(null, this.task.write);
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: this.task.failure, ...errorForLog(error) });
  }
}
