import { Injectable } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { AlignmentLoader } from './alignment.loader.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { CheckInLoader } from './check-in.loader.js';
import { CycleLoader } from './cycle.loader.js';
import { KeyResultLoader } from './key-result.loader.js';

/** Lets `node(id)` find what this part of the domain holds. */
@Injectable()
export class BusinessGoalNodes {
  constructor(
    nodes: NodeRegistry,
    cycles: CycleLoader,
    goals: BusinessGoalLoader,
    keyResults: KeyResultLoader,
    checkIns: CheckInLoader,
    alignments: AlignmentLoader,
  ) {
    nodes.register(
      { typename: 'Cycle', table: sql`cycle`, load: cycles.byId },
      { typename: 'BusinessGoal', table: sql`business_goal`, load: goals.byId },
      { typename: 'KeyResult', table: sql`key_result`, load: keyResults.byId },
      { typename: 'CheckIn', table: sql`check_in`, load: checkIns.byId },
      { typename: 'Alignment', table: sql`alignment`, load: alignments.opened },
    );
  }
}
