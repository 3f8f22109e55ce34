import type { Provider } from '@nestjs/common';
import { AlignmentLoader } from './alignment.loader.js';
import { AlignmentRepository } from './alignment.repository.js';
import { AlignmentResolver, PersonalGoalAlignmentsResolver } from './alignment.resolver.js';
import { AlignmentService } from './alignment.service.js';
import { AssigneeLoader } from './assignee.loader.js';
import { AssigneeRepository } from './assignee.repository.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { BusinessGoalNodes } from './business-goal.nodes.js';
import { BusinessGoalRepository } from './business-goal.repository.js';
import { BusinessGoalFieldsResolver, BusinessGoalResolver } from './business-goal.resolver.js';
import { BusinessGoalService } from './business-goal.service.js';
import { CheckInLoader } from './check-in.loader.js';
import { CheckInRepository } from './check-in.repository.js';
import { CheckInPayloadResolver, CheckInResolver } from './check-in.resolver.js';
import { CheckInService } from './check-in.service.js';
import { CycleLoader } from './cycle.loader.js';
import { CycleRepository } from './cycle.repository.js';
import { CycleResolver } from './cycle.resolver.js';
import { CycleService } from './cycle.service.js';
import { FitMapLoader } from './fit-map.loader.js';
import { FitMapRepository } from './fit-map.repository.js';
import { FitMapResolver, PersonFitMapResolver } from './fit-map.resolver.js';
import { KeyResultLoader } from './key-result.loader.js';
import { KeyResultRepository } from './key-result.repository.js';
import { PersonBusinessGoalsResolver } from './person-business-goals.resolver.js';

/** What of GoalsModule is about business goals and how they are part of personal ones. */
export const businessGoalProviders: Provider[] = [
  AlignmentLoader,
  AlignmentRepository,
  AlignmentResolver,
  AlignmentService,
  AssigneeLoader,
  AssigneeRepository,
  BusinessGoalFieldsResolver,
  BusinessGoalLoader,
  BusinessGoalNodes,
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
  FitMapLoader,
  FitMapRepository,
  FitMapResolver,
  KeyResultLoader,
  KeyResultRepository,
  PersonalGoalAlignmentsResolver,
  PersonBusinessGoalsResolver,
  PersonFitMapResolver,
];
