import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { PeopleModule } from '#people';
import { AccessLog } from './access-log/access-log.js';
import { AccessLogLoader } from './access-log/access-log.loader.js';
import { AccessLogRepository } from './access-log/access-log.repository.js';
import { AccessLogEntryResolver, ViewerAccessLogResolver } from './access-log/access-log.resolver.js';
import { AudienceRepository } from './shares/audience.repository.js';
import { AudienceService } from './shares/audience.service.js';
import { GoalShareLoader } from './shares/personal-goal-share.loader.js';
import { GoalShareRepository } from './shares/personal-goal-share.repository.js';
import { AudienceMemberResolver, GoalShareResolver } from './shares/personal-goal-share.resolver.js';
import { GoalShareService } from './shares/personal-goal-share.service.js';
import { GoalUpdateLoader } from './personal-goals/personal-goal-update.loader.js';
import { GoalUpdateRepository } from './personal-goals/personal-goal-update.repository.js';
import { GoalUpdateResolver } from './personal-goals/personal-goal-update.resolver.js';
import { MilestoneLoader } from './personal-goals/milestone.loader.js';
import { MilestoneRepository } from './personal-goals/milestone.repository.js';
import { MirrorRepository } from './shares/mirror.repository.js';
import { PersonGoalsResolver, ViewerGoalsResolver } from './personal-goals/person-goals.resolver.js';
import { PersonalGoalLoader } from './personal-goals/personal-goal.loader.js';
import { PersonalGoalRepository } from './personal-goals/personal-goal.repository.js';
import { PersonalGoalResolver } from './personal-goals/personal-goal.resolver.js';
import { PersonalGoalService } from './personal-goals/personal-goal.service.js';

/** Personal goals, who they are shared with, and who read them. */
@Module({
  imports: [PeopleModule],
  providers: [
    AccessLog,
    AccessLogEntryResolver,
    AccessLogLoader,
    AccessLogRepository,
    AudienceMemberResolver,
    AudienceRepository,
    AudienceService,
    GoalShareLoader,
    GoalShareRepository,
    GoalShareResolver,
    GoalShareService,
    GoalUpdateLoader,
    GoalUpdateRepository,
    GoalUpdateResolver,
    MilestoneLoader,
    MilestoneRepository,
    MirrorRepository,
    PersonGoalsResolver,
    PersonalGoalLoader,
    PersonalGoalRepository,
    PersonalGoalResolver,
    PersonalGoalService,
    ViewerAccessLogResolver,
    ViewerGoalsResolver,
  ],
  exports: [AccessLog, PersonalGoalLoader],
})
export class GoalsModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly goals: PersonalGoalLoader,
    private readonly updates: GoalUpdateLoader,
    private readonly shares: GoalShareLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'PersonalGoal', table: sql`personal_goal`, load: this.goals.opened },
      { typename: 'GoalUpdate', table: sql`goal_update`, load: this.updates.opened },
      { typename: 'GoalShare', table: sql`goal_share`, load: this.shares.byId },
    );
  }
}
