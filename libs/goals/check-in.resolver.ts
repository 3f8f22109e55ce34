import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '#auth';
import type { PersonViewer } from '#db';
import { Operation, ResolveField } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { BusinessGoalRow } from './business-goal.entity.js';
import { BusinessGoalLoader } from './business-goal.loader.js';
import { BusinessGoal } from './business-goal.model.js';
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
    @CurrentViewer() viewer: PersonViewer,
    @Context() op: Operation,
    @Args('input', { description: 'How it stands.' }) input: CheckInBusinessGoalInput,
  ): Promise<CheckInPayload> {
    return this.service.checkIn(op, viewer, input);
  }

  @ResolveField(() => Person, { description: 'Who said so.' })
  author(@Parent() checkIn: CheckInRow, @Context() op: Operation): Promise<PersonRow | null> {
    return this.people.byId(op).load(checkIn.authorId);
  }
}

@Resolver(() => CheckInPayload)
export class CheckInPayloadResolver {
  constructor(private readonly goals: BusinessGoalLoader) {}

  @ResolveField(() => BusinessGoal, { description: 'The goal as it is now.' })
  businessGoal(@Parent() payload: CheckInPayload, @Context() op: Operation): Promise<BusinessGoalRow | null> {
    return this.goals.byId(op).load(payload.businessGoalId);
  }
}
