import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { PersonalGoalRow } from '../personal-goals/personal-goal.entity.js';
import { PersonalGoalLoader } from '../personal-goals/personal-goal.loader.js';
import { PersonalGoal } from '../personal-goals/personal-goal.model.js';
import { EndShareInput, PersonalGoalSharePayload, ShareGoalInput } from './personal-goal-share.inputs.js';
import { PersonalGoalShare } from './personal-goal-share.model.js';
import { PersonalGoalShareService } from './personal-goal-share.service.js';

@Resolver(() => PersonalGoalShare)
export class PersonalGoalShareResolver {
  constructor(
    private readonly shares: PersonalGoalShareService,
    private readonly goals: PersonalGoalLoader,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => PersonalGoalSharePayload, {
    description:
      'Shares one of the viewer’s personal goals with a person, or changes the share that they have. The first share of a PRIVATE goal makes it SHARED. The person can read the goal as long as the share is ACTIVE, and each read is recorded in the viewer’s access log.',
  })
  async shareGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The goal, the person, and how long and how much of it to share.' })
    input: ShareGoalInput,
  ): Promise<PersonalGoalSharePayload> {
    return { personalGoalShare: await this.shares.share(ctx, input) };
  }

  @Mutation(() => PersonalGoalSharePayload, {
    description:
      'Ends a share of one of the viewer’s personal goals, at once and for good. Nobody is notified.',
  })
  async endShare(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The share to end.' }) { id }: EndShareInput,
  ): Promise<PersonalGoalSharePayload> {
    return { personalGoalShare: await this.shares.end(ctx, id) };
  }

  @ResolveField(() => PersonalGoal, { description: 'The goal that is shared.' })
  goal(@Parent() share: PersonalGoalShare, @Context() ctx: RequestContext): Promise<PersonalGoalRow | null> {
    return this.goals.byId(ctx).load(share.goalId);
  }

  @ResolveField(() => Person, { description: 'The person with whom the goal is shared.' })
  with(@Parent() share: PersonalGoalShare, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(share.withId);
  }
}
