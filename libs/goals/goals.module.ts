import { Module } from '@nestjs/common';
import { NodeRegistry } from '#graphql';
import { sql } from '#db';
import { AccessLog } from './access-log.js';
import { AccessLogRepository } from './access-log.repository.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { businessGoalProviders } from './business-goal.providers.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoalRepository } from './personal-goal.repository.js';

/** Personal goals and who they are shared with; business goals and how they are part of personal ones. */
@Module({
  providers: [
    ...businessGoalProviders,
    AccessLog,
    AccessLogRepository,
    PersonalGoalLoader,
    PersonalGoalRepository,
  ],
  exports: [BusinessGoalLoader, AccessLog, PersonalGoalLoader],
})
export class GoalsModule {
  constructor(nodes: NodeRegistry, personalGoals: PersonalGoalLoader) {
    nodes.register({
      typename: 'PersonalGoal',
      table: sql`personal_goal`,
      load: (op) => personalGoals.opened(op),
    });
  }
}
