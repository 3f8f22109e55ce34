import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext, type Page } from '#graphql';
import { Person, type PersonRow } from '#people';
import type { BusinessGoalRow } from './business-goal.entity.js';
import { PersonBusinessGoalsArgs } from './business-goal.inputs.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { BusinessGoalConnection } from './business-goal.model.js';

@Resolver(() => Person)
export class PersonBusinessGoalsResolver {
  constructor(private readonly goals: BusinessGoalLoader) {}

  @ResolveField(() => BusinessGoalConnection, {
    description:
      'The business goals that the person owns or is assigned to, by date of publication, newest first. Drafts only if the viewer can see them.',
  })
  businessGoals(
    @Parent() person: PersonRow,
    @Args() args: PersonBusinessGoalsArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<BusinessGoalRow>> {
    return this.goals.ofPerson(ctx, args).load(person.id);
  }
}
