import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, IdPipe, type Page, RequestContext } from '#graphql';
import type { BusinessGoalRow } from './business-goal.entity.js';
import { BusinessGoalsArgs } from './business-goal.inputs.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { BusinessGoal, BusinessGoalConnection } from './business-goal.model.js';
import { BusinessGoalService } from './business-goal.service.js';

@Resolver(() => BusinessGoal)
export class BusinessGoalResolver {
  constructor(
    private readonly service: BusinessGoalService,
    private readonly loader: BusinessGoalLoader,
  ) {}

  @Query(() => BusinessGoal, {
    nullable: true,
    description: 'The business goal with this ID. Null if there is none that the viewer can see.',
  })
  businessGoal(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID, description: 'The ID of the business goal.' }, IdPipe) id: string,
  ): Promise<BusinessGoalRow | null> {
    return this.loader.byId(ctx).load(id);
  }

  @Query(() => BusinessGoalConnection, {
    nullable: true,
    description:
      "The organization's business goals, by date of publication, newest first. Includes drafts that the viewer owns or is assigned to. Filters are combined.",
  })
  businessGoals(
    @CurrentContext() ctx: PersonContext,
    @Args() args: BusinessGoalsArgs,
  ): Promise<Page<BusinessGoalRow>> {
    return this.service.page(ctx, args);
  }
}
