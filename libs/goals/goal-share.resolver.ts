import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '#auth';
import type { PersonViewer } from '#db';
import { Operation, ResolveField } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import { AudienceMember } from './audience.model.js';
import { EndShareInput, GoalSharePayload, ShareGoalInput } from './goal-share.inputs.js';
import { GoalShare } from './goal-share.model.js';
import { GoalShareService } from './goal-share.service.js';
import type { PersonalGoalRow } from './personal-goal.entity.js';
import { PersonalGoalLoader } from './personal-goal.loader.js';
import { PersonalGoal } from './personal-goal.model.js';

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
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which goal, with whom, and until when.' }) input: ShareGoalInput,
  ): Promise<GoalSharePayload> {
    return { goalShare: await this.service.share(viewer, input) };
  }

  @Mutation(() => GoalSharePayload, {
    description: 'Withdraw a share of one’s own, at once and for good. Nobody is notified.',
  })
  async endShare(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which share.' }) { id }: EndShareInput,
  ): Promise<GoalSharePayload> {
    return { goalShare: await this.service.end(viewer, id) };
  }

  @ResolveField(() => PersonalGoal, { description: 'What is shared.' })
  goal(@Parent() share: GoalShare, @Context() op: Operation): Promise<PersonalGoalRow | null> {
    return this.goals.byId(op).load(share.goalId);
  }

  @ResolveField(() => Person, { description: 'Whom it is shared with.' })
  with(@Parent() share: GoalShare, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(share.withId);
  }
}

@Resolver(() => AudienceMember)
export class AudienceMemberResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, {
    nullable: true,
    description: 'The person; null for everybody in the organization.',
  })
  person(@Parent() member: AudienceMember, @Context() op: Operation): Promise<PersonRow | null> | null {
    return member.personId === null ? null : this.people.byId(op).load(member.personId);
  }
}
