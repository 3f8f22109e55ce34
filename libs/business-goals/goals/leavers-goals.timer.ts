import { Injectable, Logger, Module } from '@nestjs/common';
import { Database, PeriodicTask } from '#db';
import { errorForLog } from '#common';
import { BusinessGoalRepository } from './business-goal.repository.js';

const EVERY_MS = 3_600_000;

/**
 * Hands the business goals of people who have left on to their successors. Runs at start and once an hour, in each process; running it
 * twice changes nothing.
 */
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
    // Without a viewer: what is due does not depend on who finds out.
    const handedOn = await this.database.write(null, (em) => this.goals.handOnGoalsOfLeavers(em));
    if (handedOn > 0) this.logger.log({ message: 'business goals of leavers handed on', handedOn });
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'handing on business goals of leavers failed', ...errorForLog(error) });
  }
}

/** For a process that serves. */
@Module({ providers: [BusinessGoalRepository, LeaversGoalsTimer] })
export class LeaversGoalsModule {}
