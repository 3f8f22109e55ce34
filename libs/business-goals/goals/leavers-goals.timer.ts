import { Injectable, Module } from '@nestjs/common';
import { Database, PeriodicWrite } from '#db';
import { BusinessGoalsModule } from '../business-goals.module.js';
import { BusinessGoalRepository } from './business-goal.repository.js';

/** Every hour, transfers the business goals of people who have left. A second run changes nothing. */
@Injectable()
class LeaversGoalsTimer extends PeriodicWrite {
  constructor(database: Database, goals: BusinessGoalRepository) {
    super(database, {
      everyMs: 3_600_000,
      logger: 'LeaversGoals',
      success: 'Business goals of leavers were transferred.',
      failure: 'Business goals of leavers could not be transferred; the next run will transfer them.',
      write: (em) => goals.transferGoalsOfLeavers(em),
    });
  }
}

/** Imported by processes that serve, so that commands and the schema printer do not start the timer. */
@Module({ imports: [BusinessGoalsModule], providers: [LeaversGoalsTimer] })
export class LeaversGoalsModule {}
