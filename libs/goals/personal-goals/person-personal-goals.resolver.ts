import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext, type Page } from '#graphql';
import { Person } from '#people';
import { MirrorLoader } from '../shares/mirror.loader.js';
import { Mirror } from '../shares/mirror.model.js';
import type { PersonalGoalRow } from './personal-goal.entity.js';
import { PersonalGoalsArgs } from './personal-goal.inputs.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoalConnection } from './personal-goal.model.js';

@Resolver(() => Person)
export class PersonPersonalGoalsResolver {
  constructor(
    private readonly goals: PersonalGoalLoader,
    private readonly mirrors: MirrorLoader,
  ) {}

  @ResolveField(() => PersonalGoalConnection, {
    description:
      'The personal goals of this person that the viewer can see. The viewer’s own goals are listed newest first, those of others in a random but stable order. Listing SHARED goals of another person is recorded in their access log.',
  })
  personalGoals(
    @Parent() person: Person,
    @Context() ctx: RequestContext,
    @Args() args: PersonalGoalsArgs,
  ): Promise<Page<PersonalGoalRow>> {
    return this.goals.ofPerson(ctx, args).load(person.id);
  }

  @ResolveField(() => Mirror, {
    description: 'Whether the viewer and this person share personal goals with each other by name.',
  })
  mirror(@Parent() person: Person, @Context() ctx: RequestContext): Promise<Mirror | null> {
    return this.mirrors.byPerson(ctx).load(person.id);
  }
}
