import { Injectable, Logger, Module } from '@nestjs/common';
import { errorForLog } from '#common';
import { Database, PeriodicTask } from '#db';
import { BusinessGoalsModule } from '../business-goals.module.js';
import { BusinessGoalRepository } from './business-goal.repository.js';

const EVERY_MS = 3_600_000;

/** Transfers the business goals of people who have left. Runs at start and once an hour in each process; a second run changes nothing. */
@Injectable()
class LeaversGoalsTimer extends PeriodicTask {
  private readonly logger = new Logger('LeaversGoals');

  constructor(
    private readonly database: Database,
    private readonly goals: BusinessGoalRepository,
  ) {
    super(EVERY_MS);
  }

  protected async run(): Promise<void> {
    // Without a viewer: the function does what is due for any caller.
    const transferred = await this.database.write(null, (em) => this.goals.transferGoalsOfLeavers(em));
    if (transferred > 0) this.logger.log({ message: 'business goals of leavers transferred', transferred });
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'transferring business goals of leavers failed', ...errorForLog(error) });
  }
}

/** Imported by processes that serve, so that commands and the schema printer do not start the timer. */
@Module({ imports: [BusinessGoalsModule], providers: [LeaversGoalsTimer] })
export class LeaversGoalsModule {}
