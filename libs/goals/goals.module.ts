import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { PeopleModule } from '#people';
import { AccessLog } from './access-log/access-log.js';
import { AccessLogLoader } from './access-log/access-log.loader.js';
import { AccessLogRepository } from './access-log/access-log.repository.js';
import { AccessLogEntryResolver, ViewerAccessLogResolver } from './access-log/access-log.resolver.js';
import { MilestoneLoader } from './milestones/milestone.loader.js';
import { MilestoneRepository } from './milestones/milestone.repository.js';
import { MilestoneResolver } from './milestones/milestone.resolver.js';
import { MilestoneService } from './milestones/milestone.service.js';
import { PersonPersonalGoalsResolver } from './personal-goals/person-personal-goals.resolver.js';
import { PersonalGoalFieldsResolver } from './personal-goals/personal-goal.fields.resolver.js';
import { PersonalGoalLoader } from './personal-goals/personal-goal.loader.js';
import { PersonalGoalMutationsResolver } from './personal-goals/personal-goal.mutations.resolver.js';
import { PersonalGoalRepository } from './personal-goals/personal-goal.repository.js';
import { PersonalGoalResolver } from './personal-goals/personal-goal.resolver.js';
import { PersonalGoalService } from './personal-goals/personal-goal.service.js';
import { PersonalGoalOwnerViewResolver } from './personal-goals/personal-goal-owner-view.resolver.js';
import { PersonalGoalVersionLoader } from './personal-goals/personal-goal-version.loader.js';
import { PersonalGoalVersionRepository } from './personal-goals/personal-goal-version.repository.js';
import { PersonalGoalVersionResolver } from './personal-goals/personal-goal-version.resolver.js';
import { ViewerPersonalGoalsResolver } from './personal-goals/viewer-personal-goals.resolver.js';
import { AudienceLoader } from './shares/audience.loader.js';
import { AudienceRepository } from './shares/audience.repository.js';
import { AudienceMemberResolver } from './shares/audience.resolver.js';
import { AudienceService } from './shares/audience.service.js';
import { MirrorLoader } from './shares/mirror.loader.js';
import { MirrorRepository } from './shares/mirror.repository.js';
import { PersonalGoalShareLoader } from './shares/personal-goal-share.loader.js';
import { PersonalGoalShareRepository } from './shares/personal-goal-share.repository.js';
import { PersonalGoalShareResolver } from './shares/personal-goal-share.resolver.js';
import { PersonalGoalShareService } from './shares/personal-goal-share.service.js';
import { PersonalGoalUpdateLoader } from './updates/personal-goal-update.loader.js';
import { PersonalGoalUpdateRepository } from './updates/personal-goal-update.repository.js';
import { PersonalGoalUpdateResolver } from './updates/personal-goal-update.resolver.js';
import { PersonalGoalUpdateService } from './updates/personal-goal-update.service.js';

/** Personal goals, with whom they are shared, and who read them. */
@Module({
  imports: [PeopleModule],
  providers: [
    AccessLog,
    AccessLogEntryResolver,
    AccessLogLoader,
    AccessLogRepository,
    AudienceLoader,
    AudienceMemberResolver,
    AudienceRepository,
    AudienceService,
    MilestoneLoader,
    MilestoneRepository,
    MilestoneResolver,
    MilestoneService,
    MirrorLoader,
    MirrorRepository,
    PersonPersonalGoalsResolver,
    PersonalGoalFieldsResolver,
    PersonalGoalLoader,
    PersonalGoalMutationsResolver,
    PersonalGoalOwnerViewResolver,
    PersonalGoalRepository,
    PersonalGoalResolver,
    PersonalGoalService,
    PersonalGoalShareLoader,
    PersonalGoalShareRepository,
    PersonalGoalShareResolver,
    PersonalGoalShareService,
    PersonalGoalUpdateLoader,
    PersonalGoalUpdateRepository,
    PersonalGoalUpdateResolver,
    PersonalGoalUpdateService,
    PersonalGoalVersionLoader,
    PersonalGoalVersionRepository,
    PersonalGoalVersionResolver,
    ViewerAccessLogResolver,
    ViewerPersonalGoalsResolver,
  ],
  exports: [
    AccessLog,
    PersonalGoalLoader,
    PersonalGoalService,
    PersonalGoalShareLoader,
    PersonalGoalShareService,
  ],
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
