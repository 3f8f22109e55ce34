import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, RequestContext, ResolveField } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { PersonalGoalRow } from '../personal-goals/personal-goal.entity.js';
import { PersonalGoalLoader } from '../personal-goals/personal-goal.loader.js';
import { PersonalGoal } from '../personal-goals/personal-goal.model.js';
import { AudienceMember } from './audience.model.js';
import { EndShareInput, GoalSharePayload, ShareGoalInput } from './personal-goal-share.inputs.js';
import { GoalShare } from './personal-goal-share.model.js';
import { GoalShareService } from './personal-goal-share.service.js';

@Resolver(() => GoalShare)
export class GoalShareResolver {
  constructor(
    private readonly service: GoalShareService,
    private readonly goals: PersonalGoalLoader,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => GoalSharePayload, {
    description:
      'Share a goal of one’s own with somebody, or change the share that they have. They are told that the owner can see on which days they read it.',
  })
  async shareGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which goal, with whom, and until when.' }) input: ShareGoalInput,
  ): Promise<GoalSharePayload> {
    return { goalShare: await this.service.share(ctx, input) };
  }

  @Mutation(() => GoalSharePayload, {
    description: 'Withdraw a share of one’s own, at once and for good. Nobody is notified.',
  })
  async endShare(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which share.' }) { id }: EndShareInput,
  ): Promise<GoalSharePayload> {
    return { goalShare: await this.service.end(ctx, id) };
  }

  @ResolveField(() => PersonalGoal, { description: 'What is shared.' })
  goal(@Parent() share: GoalShare, @Context() ctx: RequestContext): Promise<PersonalGoalRow | null> {
    return this.goals.byId(ctx).load(share.goalId);
  }

  @ResolveField(() => Person, { description: 'Whom it is shared with.' })
  with(@Parent() share: GoalShare, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(share.withId);
  }
}

@Resolver(() => AudienceMember)
export class AudienceMemberResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, {
    nullable: true,
    description: 'The person; null for everybody in the organization.',
  })
  person(@Parent() member: AudienceMember, @Context() ctx: RequestContext): Promise<PersonRow | null> | null {
    return member.personId === null ? null : this.people.byId(ctx).load(member.personId);
  }
}
