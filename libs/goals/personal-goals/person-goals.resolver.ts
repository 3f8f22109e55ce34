import { Args, Context, Parent, Resolver } from '@nestjs/graphql';
import { RequestContext, type Page, PageArgs, ResolveField } from '#graphql';
import { Person, ViewerModel } from '#people';
import type { PersonalGoalShareRow } from '../shares/personal-goal-share.entity.js';
import { PersonalGoalShareLoader } from '../shares/personal-goal-share.loader.js';
import { PersonalGoalShare } from '../shares/personal-goal-share.model.js';
import { Mirror } from '../shares/mirror.model.js';
import type { PersonalGoalRow } from './personal-goal.entity.js';
import { PersonalGoalsArgs } from './personal-goal.inputs.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoalConnection } from './personal-goal.model.js';

/** What personal goals add to a person. */
@Resolver(() => Person)
export class PersonGoalsResolver {
  constructor(
    private readonly goals: PersonalGoalLoader,
    private readonly shares: PersonalGoalShareLoader,
  ) {}

  @ResolveField(() => PersonalGoalConnection, {
    description:
      'Only those that the viewer may see; for the viewer themself, all of them, newest first. Owners can see on which days theirs were shown to somebody.',
  })
  personalGoals(
    @Parent() person: Person,
    @Context() ctx: RequestContext,
    @Args() args: PersonalGoalsArgs,
  ): Promise<Page<PersonalGoalRow>> {
    return this.goals.ofPerson(ctx, args).load(person.id);
  }

  @ResolveField(() => Mirror, { description: 'Whether each shares something with the other; no counts.' })
  mirror(@Parent() person: Person, @Context() ctx: RequestContext): Promise<Mirror | null> {
    return this.shares.mirror(ctx).load(person.id);
  }
}

/** And what they add to the viewer. */
@Resolver(() => ViewerModel)
export class ViewerGoalsResolver {
  constructor(
    private readonly goals: PersonalGoalLoader,
    private readonly shares: PersonalGoalShareLoader,
  ) {}

  @ResolveField(() => PersonalGoalConnection, {
    description: 'Goals of others that are shared with the viewer by name, the newest share first.',
  })
  sharedWithMe(@Context() ctx: RequestContext, @Args() page: PageArgs): Promise<Page<PersonalGoalRow>> {
    return this.goals.sharedWithViewer(ctx, page);
  }

  @ResolveField(() => [PersonalGoalShare], {
    description:
      'Shares of the viewer that wait until their manager has shared a goal with them. The manager cannot see these and is not told.',
  })
  pendingShares(@Context() ctx: RequestContext): Promise<PersonalGoalShareRow[]> {
    return this.shares.pending(ctx);
  }
}
