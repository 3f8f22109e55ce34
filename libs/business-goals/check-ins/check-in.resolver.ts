import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  CurrentContext,
  type EditConflict,
  type Page,
  PageArgs,
  RequestContext,
  type PersonRequest,
} from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { BusinessGoalRow } from '../goals/business-goal.entity.js';
import { BusinessGoalLoader } from '../goals/business-goal.loader.js';
import { BusinessGoal } from '../goals/business-goal.model.js';
import type { CheckInRow } from './check-in.entity.js';
import { CheckInBusinessGoalInput } from './check-in.inputs.js';
import { CheckInLoader } from './check-in.loader.js';
import { CheckIn, CheckInBusinessGoalResult, CheckInConnection, CheckInPayload } from './check-in.model.js';
import { CheckInService } from './check-in.service.js';

@Resolver(() => CheckIn)
export class CheckInResolver {
  constructor(
    private readonly service: CheckInService,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => CheckInBusinessGoalResult, {
    description:
      'Adds a check-in to an open business goal, optionally with current values of its key results. Only its owner and assignees can.',
  })
  checkInBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The check-in.' }) input: CheckInBusinessGoalInput,
  ): Promise<CheckInPayload | EditConflict> {
    return this.service.checkIn(ctx, input);
  }

  @ResolveField(() => Person, { description: 'The person who checked in.' })
  author(@Parent() checkIn: CheckInRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(checkIn.authorId);
  }
}

@Resolver(() => BusinessGoal)
export class BusinessGoalCheckInsResolver {
  constructor(private readonly loader: CheckInLoader) {}

  @ResolveField(() => CheckInConnection, { description: 'The check-ins on the goal, newest first.' })
  checkIns(
    @Parent() goal: BusinessGoalRow,
    @Args() page: PageArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<CheckInRow>> {
    return this.loader.ofGoal(ctx, page).load(goal.id);
  }
}

@Resolver(() => CheckInPayload)
export class CheckInPayloadResolver {
  constructor(private readonly goals: BusinessGoalLoader) {}

  @ResolveField(() => BusinessGoal, { description: 'The goal after the check-in.' })
  businessGoal(
    @Parent() payload: CheckInPayload,
    @Context() ctx: RequestContext,
  ): Promise<BusinessGoalRow | null> {
    return this.goals.byId(ctx).load(payload.businessGoalId);
  }
}
