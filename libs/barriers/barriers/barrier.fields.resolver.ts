import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs, RequestContext, type Page } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { ProcedureAreaRow } from '../areas/procedure-area.entity.js';
import { ProcedureAreaLoader } from '../areas/procedure-area.loader.js';
import { ProcedureArea } from '../areas/procedure-area.model.js';
import type { BarrierAnswerRow } from './barrier-answer.entity.js';
import type { BarrierRow } from './barrier.entity.js';
import { BarrierLoader } from './barrier.loader.js';
import { Barrier, BarrierAnswer, BarrierAnswerConnection } from './barrier.model.js';

@Resolver(() => Barrier)
export class BarrierFieldsResolver {
  constructor(
    private readonly loader: BarrierLoader,
    private readonly areas: ProcedureAreaLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField(() => Person, {
    nullable: true,
    description: 'The person who raised it. Null if it was raised without a name.',
  })
  raisedBy(@Parent() barrier: BarrierRow, @Context() ctx: RequestContext): Promise<PersonRow | null> | null {
    return barrier.raisedById === null ? null : this.people.byId(ctx).load(barrier.raisedById);
  }

  @ResolveField(() => ProcedureArea, {
    nullable: true,
    description: 'The function that the procedure belongs to. Null until it is assigned.',
  })
  procedureArea(
    @Parent() barrier: BarrierRow,
    @Context() ctx: RequestContext,
  ): Promise<ProcedureAreaRow | null> | null {
    return barrier.procedureAreaId === null ? null : this.areas.byId(ctx).load(barrier.procedureAreaId);
  }

  @ResolveField(() => BarrierAnswer, {
    nullable: true,
    description: 'The last answer. Null until there is one.',
  })
  answer(@Parent() barrier: BarrierRow, @Context() ctx: RequestContext): Promise<BarrierAnswerRow | null> {
    return this.loader.lastAnswer(ctx).load(barrier.id);
  }

  @ResolveField(() => BarrierAnswerConnection, { description: 'All answers, newest first.' })
  answers(
    @Parent() barrier: BarrierRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<BarrierAnswerRow>> {
    return this.loader.answers(ctx, page).load(barrier.id);
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'How many people support it, including people who have left. Null below the minimum group size of the organization.',
  })
  supporters(@Parent() barrier: BarrierRow, @Context() ctx: RequestContext): Promise<number | null> {
    return this.loader.supporters(ctx).load(barrier.id);
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer supports it.' })
  async viewerSupports(@Parent() barrier: BarrierRow, @Context() ctx: RequestContext): Promise<boolean> {
    return (await this.loader.viewerSupports(ctx).load(barrier.id)) ?? false;
  }
}

@Resolver(() => BarrierAnswer)
export class BarrierAnswerResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'The person who answered.' })
  by(@Parent() answer: BarrierAnswerRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(answer.byId);
  }
}
