import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeleteInput, DeletePayload, type EditConflict, type PersonRequest } from '#graphql';
import {
  AssignBusinessGoalInput,
  ContinueBusinessGoalInput,
  CreateBusinessGoalInput,
  UpdateBusinessGoalInput,
} from './business-goal.inputs.js';
import { BusinessGoalPayload, UpdateBusinessGoalResult } from './business-goal.model.js';
import { BusinessGoalService } from './business-goal.service.js';

@Resolver()
export class BusinessGoalMutationsResolver {
  constructor(private readonly service: BusinessGoalService) {}

  @Mutation(() => BusinessGoalPayload, {
    description: 'Creates a business goal, which the viewer owns.',
  })
  createBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The business goal to create.' }) input: CreateBusinessGoalInput,
  ): Promise<BusinessGoalPayload> {
    return this.service.create(ctx, input);
  }

  @Mutation(() => UpdateBusinessGoalResult, {
    description:
      'Updates, publishes, closes or transfers a business goal. Only its owner can; once the owner has left, ORGANIZATION_ADMIN can transfer it.',
  })
  updateBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The fields to change.' }) input: UpdateBusinessGoalInput,
  ): Promise<BusinessGoalPayload | EditConflict> {
    return this.service.update(ctx, input);
  }

  @Mutation(() => BusinessGoalPayload, {
    description: 'Assigns a business goal to people, or removes people from it. Only its owner can.',
  })
  assignBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The people to add and to remove.' }) input: AssignBusinessGoalInput,
  ): Promise<BusinessGoalPayload> {
    return this.service.assign(ctx, input);
  }

  @Mutation(() => BusinessGoalPayload, {
    description:
      'Continues an unfinished business goal in a later cycle: creates an open goal with its title, description, parent, assignees and key results with their current values. A goal can be continued once, by its owner; its own state stays as it is.',
  })
  continueBusinessGoal(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The goal and the later cycle.' }) input: ContinueBusinessGoalInput,
  ): Promise<BusinessGoalPayload> {
    return this.service.continue(ctx, input);
  }

  @Mutation(() => DeletePayload, {
    description:
      'Deletes a business goal with its key results. Only its owner can, and only a draft or a goal without check-ins and placements; cancel any other goal instead.',
  })
  deleteBusinessGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The business goal to delete.' }) input: DeleteInput,
  ): Promise<DeletePayload> {
    return this.service.delete(ctx, input);
  }
}
