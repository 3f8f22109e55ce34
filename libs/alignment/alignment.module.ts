import { Module, type OnModuleInit } from '@nestjs/common';
import { BusinessGoalsModule } from '#business-goals';
import { sql } from '#db';
import { GoalsModule } from '#goals';
import { NodeRegistry } from '#graphql';
import { PeopleModule } from '#people';
import { AlignmentLoader } from './alignment.loader.js';
import { AlignmentRepository } from './alignment.repository.js';
import { AlignmentResolver, PersonalGoalAlignmentsResolver } from './alignment.resolver.js';
import { AlignmentService } from './alignment.service.js';
import { FitMapLoader } from './fit-map.loader.js';
import { FitMapRepository } from './fit-map.repository.js';
import { FitMapResolver, PersonFitMapResolver } from './fit-map.resolver.js';

/** Business goals as parts of personal goals: placements, proposals, and the fit map of a person. */
@Module({
  imports: [BusinessGoalsModule, GoalsModule, PeopleModule],
  providers: [
    AlignmentLoader,
    AlignmentRepository,
    AlignmentResolver,
    AlignmentService,
    FitMapLoader,
    FitMapRepository,
    FitMapResolver,
    PersonFitMapResolver,
    PersonalGoalAlignmentsResolver,
  ],
  exports: [AlignmentRepository],
})
export class AlignmentModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly alignments: AlignmentLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register({ typename: 'Alignment', table: sql`alignment`, load: this.alignments.opened });
  }
}
