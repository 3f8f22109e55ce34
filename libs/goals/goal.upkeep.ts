import {
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Database } from '#db';
import { describe } from '#graphql';
import { AlignmentRepository } from './alignment.repository.js';
import { BusinessGoalRepository } from './business-goal.repository.js';

const EVERY_MS = 3_600_000;

/**
 * What falls due by the calendar: goals of those who have left go to who follows them, and lapsed proposals are forgotten. At
 * start and once an hour, in each process; doing it twice changes nothing, and two at once do not step on each other.
 */
@Injectable()
class GoalUpkeep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('GoalUpkeep');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly businessGoals: BusinessGoalRepository,
    private readonly alignments: AlignmentRepository,
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

  /** Does what is due now. A failure is logged, and put right by the next time. */
  async run(): Promise<void> {
    try {
      // As nobody: what is due does not depend on who finds out.
      const handedOn = await this.database.write(null, (em) => this.businessGoals.handOnGoalsOfLeavers(em));
      const forgotten = await this.database.write(null, (em) => this.alignments.forgetLapsed(em));
      if (handedOn + forgotten > 0) this.logger.log({ message: 'goals kept up', handedOn, forgotten });
    } catch (error) {
      this.logger.warn({ message: 'keeping up goals failed', ...describe(error) });
    }
  }
}

/** For a process that serves: keeps goals up while it runs. */
@Module({ providers: [AlignmentRepository, BusinessGoalRepository, GoalUpkeep] })
export class GoalUpkeepModule {}
