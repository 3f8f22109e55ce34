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
import { PersonalGoalShareLoader } from './shares/personal-goal-share.loader.js';
import { PersonalGoalShareRepository } from './shares/personal-goal-share.repository.js';
import { AudienceMemberResolver, PersonalGoalShareResolver } from './shares/personal-goal-share.resolver.js';
import { PersonalGoalShareService } from './shares/personal-goal-share.service.js';
import { PersonalGoalUpdateLoader } from './personal-goals/personal-goal-update.loader.js';
import { PersonalGoalUpdateRepository } from './personal-goals/personal-goal-update.repository.js';
import { PersonalGoalUpdateResolver } from './personal-goals/personal-goal-update.resolver.js';
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
    PersonalGoalShareLoader,
    PersonalGoalShareRepository,
    PersonalGoalShareResolver,
    PersonalGoalShareService,
    PersonalGoalUpdateLoader,
    PersonalGoalUpdateRepository,
    PersonalGoalUpdateResolver,
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
    private readonly updates: PersonalGoalUpdateLoader,
    private readonly shares: PersonalGoalShareLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'PersonalGoal', table: sql`personal_goal`, load: this.goals.opened },
      { typename: 'PersonalGoalUpdate', table: sql`goal_update`, load: this.updates.opened },
      { typename: 'PersonalGoalShare', table: sql`goal_share`, load: this.shares.byId },
    );
  }
}
