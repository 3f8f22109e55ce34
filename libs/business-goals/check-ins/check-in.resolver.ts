import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { CurrentContext, RequestContext, ResolveField, type PersonRequest } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { BusinessGoalRow } from '../goals/business-goal.entity.js';
import { BusinessGoalLoader } from '../goals/business-goal.loader.js';
import { BusinessGoal } from '../goals/business-goal.model.js';
import type { CheckInRow } from './check-in.entity.js';
import { CheckInBusinessGoalInput } from './check-in.inputs.js';
import { CheckIn, CheckInPayload } from './check-in.model.js';
import { CheckInService } from './check-in.service.js';

@Resolver(() => CheckIn)
export class CheckInResolver {
  constructor(
    private readonly service: CheckInService,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => CheckInPayload, {
    description: 'Says how a business goal stands. For its owner and assignees.',
  })
  checkInBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'How it stands.' }) input: CheckInBusinessGoalInput,
  ): Promise<CheckInPayload> {
    return this.service.checkIn(ctx, input);
  }

  @ResolveField(() => Person, { description: 'Who said so.' })
  author(@Parent() checkIn: CheckInRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(checkIn.authorId);
  }
}

@Resolver(() => CheckInPayload)
export class CheckInPayloadResolver {
  constructor(private readonly goals: BusinessGoalLoader) {}

  @ResolveField(() => BusinessGoal, { description: 'The goal as it is now.' })
  businessGoal(
    @Parent() payload: CheckInPayload,
    @Context() ctx: RequestContext,
  ): Promise<BusinessGoalRow | null> {
    return this.goals.byId(ctx).load(payload.businessGoalId);
  }
}
