import { Injectable, Logger, Module } from '@nestjs/common';
import { Database, Recurring } from '#db';
import { describe } from '#graphql';
import { AlignmentRepository } from './alignment.repository.js';
import { BusinessGoalRepository } from './business-goal.repository.js';

const EVERY_MS = 3_600_000;

/**
 * What falls due by the calendar: goals of those who have left go to who follows them, and lapsed proposals are forgotten. At
 * start and once an hour, in each process; doing it twice changes nothing, and two at once do not step on each other.
 */
@Injectable()
class GoalUpkeep extends Recurring {
  private readonly logger = new Logger('GoalUpkeep');

  constructor(
    private readonly database: Database,
    private readonly businessGoals: BusinessGoalRepository,
    private readonly alignments: AlignmentRepository,
  ) {
    super(EVERY_MS);
  }

  protected async run(): Promise<void> {
    // As nobody: what is due does not depend on who finds out.
    const handedOn = await this.database.write(null, (em) => this.businessGoals.handOnGoalsOfLeavers(em));
    const forgotten = await this.database.write(null, (em) => this.alignments.forgetLapsed(em));
    if (handedOn + forgotten > 0) this.logger.log({ message: 'goals kept up', handedOn, forgotten });
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'keeping up goals failed', ...describe(error) });
  }
}

/** For a process that serves: keeps goals up while it runs. */
@Module({ providers: [AlignmentRepository, BusinessGoalRepository, GoalUpkeep] })
export class GoalUpkeepModule {}
