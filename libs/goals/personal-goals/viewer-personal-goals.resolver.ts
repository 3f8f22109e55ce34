import { Args, Context, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext, type Page, PageArgs } from '#graphql';
import { ViewerModel } from '#people';
import type { PersonalGoalShareRow } from '../shares/personal-goal-share.entity.js';
import { PersonalGoalShareLoader } from '../shares/personal-goal-share.loader.js';
import { PersonalGoalShareConnection } from '../shares/personal-goal-share.model.js';
import type { PersonalGoalRow } from './personal-goal.entity.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoalConnection } from './personal-goal.model.js';

@Resolver(() => ViewerModel)
export class ViewerPersonalGoalsResolver {
  constructor(
    private readonly goals: PersonalGoalLoader,
    private readonly shareLoader: PersonalGoalShareLoader,
  ) {}

  @ResolveField(() => PersonalGoalConnection, {
    description:
      'Personal goals that others share with the viewer by name, the most recently readable first. Listing them is recorded in the access logs of their owners.',
  })
  sharedWithMe(@Context() ctx: RequestContext, @Args() page: PageArgs): Promise<Page<PersonalGoalRow>> {
    return this.goals.sharedWithViewer(ctx, page);
  }

  @ResolveField(() => PersonalGoalShareConnection, {
    description:
      'Everything that the viewer shares by name: one entry per goal and person, ACTIVE or PENDING, newest first. Ended shares are found at their goals.',
  })
  shares(@Context() ctx: RequestContext, @Args() page: PageArgs): Promise<Page<PersonalGoalShareRow>> {
    return this.shareLoader.ofViewer(ctx, page);
  }
}
