import { Args, Context, Float, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentContext, type EditConflict, RequestContext, type PersonRequest } from '#graphql';
import type { BusinessGoalRow } from '../goals/business-goal.entity.js';
import {
  BusinessGoal,
  type BusinessGoalPayload,
  UpdateBusinessGoalResult,
} from '../goals/business-goal.model.js';
import type { KeyResultRow } from './key-result.entity.js';
import { SetKeyResultsInput } from './key-result.inputs.js';
import { KeyResultLoader } from './key-result.loader.js';
import { KeyResult } from './key-result.model.js';
import { meanProgress } from './key-result.rules.js';
import { KeyResultService } from './key-result.service.js';

@Resolver(() => BusinessGoal)
export class KeyResultResolver {
  constructor(
    private readonly service: KeyResultService,
    private readonly loader: KeyResultLoader,
  ) {}

  @ResolveField(() => [KeyResult], { description: 'The key results in display order, at most 20.' })
  async keyResults(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): Promise<KeyResultRow[]> {
    return (await this.loader.ofGoal(ctx).load(goal.id)) ?? [];
  }

  @ResolveField(() => Float, {
    nullable: true,
    description:
      'From 0 to 1: the value that the owner set by hand, else the mean progress of the key results. Null if the goal has no key results and no value was set.',
  })
  async progress(@Parent() goal: BusinessGoalRow, @Context() ctx: RequestContext): Promise<number | null> {
    return goal.progressByHand ?? meanProgress((await this.loader.ofGoal(ctx).load(goal.id)) ?? []);
  }

  @Mutation(() => UpdateBusinessGoalResult, {
    description:
      'Replaces the list of key results of a business goal. Key results that are passed with their ID keep it. Only the owner of the goal can.',
  })
  setKeyResults(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The complete list of key results.' }) input: SetKeyResultsInput,
  ): Promise<BusinessGoalPayload | EditConflict> {
    return this.service.set(ctx, input);
  }
}
