import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { PeopleModule } from '#people';
import { AssigneeLoader } from './goals/assignee.loader.js';
import { AssigneeRepository } from './goals/assignee.repository.js';
import { BusinessGoalLoader } from './goals/business-goal.loader.js';
import { BusinessGoalRepository } from './goals/business-goal.repository.js';
import { BusinessGoalFieldsResolver, BusinessGoalResolver } from './goals/business-goal.resolver.js';
import { BusinessGoalService } from './goals/business-goal.service.js';
import { CheckInLoader } from './check-ins/check-in.loader.js';
import { CheckInRepository } from './check-ins/check-in.repository.js';
import { CheckInPayloadResolver, CheckInResolver } from './check-ins/check-in.resolver.js';
import { CheckInService } from './check-ins/check-in.service.js';
import { CycleLoader } from './cycles/cycle.loader.js';
import { CycleRepository } from './cycles/cycle.repository.js';
import { CycleResolver } from './cycles/cycle.resolver.js';
import { CycleService } from './cycles/cycle.service.js';
import { KeyResultLoader } from './key-results/key-result.loader.js';
import { KeyResultRepository } from './key-results/key-result.repository.js';
import { PersonBusinessGoalsResolver } from './goals/person-business-goals.resolver.js';

/** Business goals, their key results and check-ins, and the cycles that they are set for. */
@Module({
  imports: [PeopleModule],
  providers: [
    AssigneeLoader,
    AssigneeRepository,
    BusinessGoalFieldsResolver,
    BusinessGoalLoader,
    BusinessGoalRepository,
    BusinessGoalResolver,
    BusinessGoalService,
    CheckInLoader,
    CheckInPayloadResolver,
    CheckInRepository,
    CheckInResolver,
    CheckInService,
    CycleLoader,
    CycleRepository,
    CycleResolver,
    CycleService,
    KeyResultLoader,
    KeyResultRepository,
    PersonBusinessGoalsResolver,
  ],
  exports: [BusinessGoalLoader],
})
export class BusinessGoalsModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly cycles: CycleLoader,
    private readonly goals: BusinessGoalLoader,
    private readonly keyResults: KeyResultLoader,
    private readonly checkIns: CheckInLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'Cycle', table: sql`cycle`, load: this.cycles.byId },
      { typename: 'BusinessGoal', table: sql`business_goal`, load: this.goals.byId },
      { typename: 'KeyResult', table: sql`key_result`, load: this.keyResults.byId },
      { typename: 'CheckIn', table: sql`check_in`, load: this.checkIns.byId },
    );
  }
}
