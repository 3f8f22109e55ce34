import { Module, type OnModuleInit } from '@nestjs/common';
import { sql } from '#db';
import { NodeRegistry } from '#graphql';
import { PeopleModule } from '#people';
import { ProcedureAreaLoader } from './areas/procedure-area.loader.js';
import { ProcedureAreaRepository } from './areas/procedure-area.repository.js';
import {
  OrganizationProcedureAreasResolver,
  ProcedureAreaResolver,
} from './areas/procedure-area.resolver.js';
import { ProcedureAreaService } from './areas/procedure-area.service.js';
import { BarrierAnswerRepository } from './barriers/barrier-answer.repository.js';
import { BarrierAnswerResolver, BarrierFieldsResolver } from './barriers/barrier.fields.resolver.js';
import { BarrierLoader } from './barriers/barrier.loader.js';
import { BarrierMutationsResolver } from './barriers/barrier.mutations.resolver.js';
import { BarrierRepository } from './barriers/barrier.repository.js';
import { BarrierResolver } from './barriers/barrier.resolver.js';
import { BarrierService } from './barriers/barrier.service.js';
import { BarrierSupportRepository } from './barriers/barrier-support.repository.js';
import { StoryLoader } from './stories/story.loader.js';
import { StoryRepository } from './stories/story.repository.js';
import { BarrierStoriesResolver, StoryFieldsResolver, StoryResolver } from './stories/story.resolver.js';
import { StoryService } from './stories/story.service.js';

/** Procedure areas, barriers, their answers, and stories. */
@Module({
  imports: [PeopleModule],
  providers: [
    BarrierAnswerRepository,
    BarrierAnswerResolver,
    BarrierFieldsResolver,
    BarrierLoader,
    BarrierMutationsResolver,
    BarrierRepository,
    BarrierResolver,
    BarrierService,
    BarrierStoriesResolver,
    BarrierSupportRepository,
    OrganizationProcedureAreasResolver,
    ProcedureAreaLoader,
    ProcedureAreaRepository,
    ProcedureAreaResolver,
    ProcedureAreaService,
    StoryFieldsResolver,
    StoryLoader,
    StoryRepository,
    StoryResolver,
    StoryService,
  ],
  exports: [BarrierLoader, BarrierRepository],
})
export class BarriersModule implements OnModuleInit {
  constructor(
    private readonly nodes: NodeRegistry,
    private readonly areas: ProcedureAreaLoader,
    private readonly barriers: BarrierLoader,
    private readonly stories: StoryLoader,
  ) {}

  onModuleInit(): void {
    this.nodes.register(
      { typename: 'ProcedureArea', table: sql`procedure_area`, load: this.areas.byId },
      { typename: 'Barrier', table: sql`barrier`, load: this.barriers.byId },
      { typename: 'Story', table: sql`story`, load: this.stories.byId },
    );
  }
}
