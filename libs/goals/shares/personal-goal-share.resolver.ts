import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, RequestContext, ResolveField } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { PersonalGoalRow } from '../personal-goals/personal-goal.entity.js';
import { PersonalGoalLoader } from '../personal-goals/personal-goal.loader.js';
import { PersonalGoal } from '../personal-goals/personal-goal.model.js';
import { AudienceMember } from './audience.model.js';
import { EndShareInput, PersonalGoalSharePayload, ShareGoalInput } from './personal-goal-share.inputs.js';
import { PersonalGoalShare } from './personal-goal-share.model.js';
import { PersonalGoalShareService } from './personal-goal-share.service.js';

@Resolver(() => PersonalGoalShare)
export class PersonalGoalShareResolver {
  constructor(
    private readonly service: PersonalGoalShareService,
    private readonly goals: PersonalGoalLoader,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => PersonalGoalSharePayload, {
    description:
      'Share a goal of one’s own with somebody, or change the share that they have. They are told that the owner can see on which days they read it.',
  })
  async shareGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which goal, with whom, and until when.' }) input: ShareGoalInput,
  ): Promise<PersonalGoalSharePayload> {
    return { personalGoalShare: await this.service.share(ctx, input) };
  }

  @Mutation(() => PersonalGoalSharePayload, {
    description: 'Withdraw a share of one’s own, at once and for good. Nobody is notified.',
  })
  async endShare(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which share.' }) { id }: EndShareInput,
  ): Promise<PersonalGoalSharePayload> {
    return { personalGoalShare: await this.service.end(ctx, id) };
  }

  @ResolveField(() => PersonalGoal, { description: 'What is shared.' })
  goal(@Parent() share: PersonalGoalShare, @Context() ctx: RequestContext): Promise<PersonalGoalRow | null> {
    return this.goals.byId(ctx).load(share.goalId);
  }

  @ResolveField(() => Person, { description: 'Whom it is shared with.' })
  with(@Parent() share: PersonalGoalShare, @Context() ctx: RequestContext): Promise<PersonRow | null> {
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
