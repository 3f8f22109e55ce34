import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { PeopleModule } from '#people';
import { AssigneeLoader } from './goals/assignee.loader.js';
import { AssigneeRepository } from './goals/assignee.repository.js';
import { BusinessGoalLoader } from './goals/business-goal.loader.js';
import { BusinessGoalRepository } from './goals/business-goal.repository.js';
import { BusinessGoalFieldsResolver } from './goals/business-goal.fields.resolver.js';
import { BusinessGoalMutationsResolver } from './goals/business-goal.mutations.resolver.js';
import { BusinessGoalResolver } from './goals/business-goal.resolver.js';
import { BusinessGoalService } from './goals/business-goal.service.js';
import { CheckInLoader } from './check-ins/check-in.loader.js';
import { CheckInRepository } from './check-ins/check-in.repository.js';
import {
  BusinessGoalCheckInsResolver,
  CheckInPayloadResolver,
  CheckInResolver,
} from './check-ins/check-in.resolver.js';
import { CheckInService } from './check-ins/check-in.service.js';
import { CycleLoader } from './cycles/cycle.loader.js';
import { CycleRepository } from './cycles/cycle.repository.js';
import { CycleResolver } from './cycles/cycle.resolver.js';
import { CycleService } from './cycles/cycle.service.js';
import { KeyResultLoader } from './key-results/key-result.loader.js';
import { KeyResultRepository } from './key-results/key-result.repository.js';
import { KeyResultResolver } from './key-results/key-result.resolver.js';
import { KeyResultService } from './key-results/key-result.service.js';
import { PersonBusinessGoalsResolver } from './goals/person-business-goals.resolver.js';

/** Business goals, their key results and check-ins, and the cycles that they belong to. */
@Module({
  imports: [PeopleModule],
  providers: [
    AssigneeLoader,
    AssigneeRepository,
    BusinessGoalCheckInsResolver,
    BusinessGoalFieldsResolver,
    BusinessGoalLoader,
    BusinessGoalMutationsResolver,
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
    KeyResultResolver,
    KeyResultService,
    PersonBusinessGoalsResolver,
  ],
  exports: [BusinessGoalLoader, BusinessGoalRepository],
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
