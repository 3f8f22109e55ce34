import { Injectable, type Provider } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { AccessLog } from './access-log.js';
import { AccessLogLoader } from './access-log.loader.js';
import { AccessLogRepository } from './access-log.repository.js';
import { AccessLogEntryResolver, ViewerAccessLogResolver } from './access-log.resolver.js';
import { AudienceRepository } from './audience.repository.js';
import { AudienceService } from './audience.service.js';
import { GoalShareLoader } from './goal-share.loader.js';
import { GoalShareRepository } from './goal-share.repository.js';
import { AudienceMemberResolver, GoalShareResolver } from './goal-share.resolver.js';
import { GoalShareService } from './goal-share.service.js';
import { GoalUpdateLoader } from './goal-update.loader.js';
import { GoalUpdateRepository } from './goal-update.repository.js';
import { GoalUpdateResolver } from './goal-update.resolver.js';
import { MilestoneLoader } from './milestone.loader.js';
import { MilestoneRepository } from './milestone.repository.js';
import { MirrorRepository } from './mirror.repository.js';
import { PersonGoalsResolver, ViewerGoalsResolver } from './person-goals.resolver.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoalRepository } from './personal-goal.repository.js';
import { PersonalGoalResolver } from './personal-goal.resolver.js';
import { PersonalGoalService } from './personal-goal.service.js';

/** Has `node(id)` find what personal goals consist of. */
@Injectable()
class PersonalGoalNodes {
  constructor(
    nodes: NodeRegistry,
    goals: PersonalGoalLoader,
    updates: GoalUpdateLoader,
    shares: GoalShareLoader,
  ) {
    nodes.register(
      { typename: 'PersonalGoal', table: sql`personal_goal`, load: (op) => goals.opened(op) },
      { typename: 'GoalUpdate', table: sql`goal_update`, load: (op) => updates.opened(op) },
      { typename: 'GoalShare', table: sql`goal_share`, load: (op) => shares.byId(op) },
    );
  }
}

/** Personal goals, who may read them and who did. */
export const personalGoalProviders: Provider[] = [
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
  PersonalGoalNodes,
  PersonalGoalRepository,
  PersonalGoalResolver,
  PersonalGoalService,
  ViewerAccessLogResolver,
  ViewerGoalsResolver,
];
