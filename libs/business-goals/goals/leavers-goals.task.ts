import { Injectable, Logger, Module } from '@nestjs/common';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { BusinessGoalRepository } from './business-goal.repository.js';

/** Every hour, transfers the business goals of people who have left. */
@Injectable()
@JobTask({ name: 'transfer_goals_of_leavers', cron: '5 * * * *' })
class LeaversGoalsTask implements JobHandler {
  private readonly logger = new Logger('LeaversGoals');

  constructor(private readonly goals: BusinessGoalRepository) {}

  async run(job: Job): Promise<void> {
    const transferred = await job.write((em) => this.goals.transferGoalsOfLeavers(em));
    if (transferred > 0) this.logger.log({ message: 'business goals of leavers transferred', transferred });
  }
}

/** Business goals' part of the worker. */
@Module({ providers: [BusinessGoalRepository, LeaversGoalsTask] })
export class BusinessGoalsTasksModule {}
