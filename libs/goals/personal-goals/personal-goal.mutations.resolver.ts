import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeleteInput, DeletePayload, EditConflict } from '#graphql';
import { AllowFormerEmployees } from '#identity';
import {
  CreatePersonalGoalInput,
  PersonalGoalPayload,
  UpdatePersonalGoalInput,
  UpdatePersonalGoalResult,
} from './personal-goal.inputs.js';
import { PersonalGoal } from './personal-goal.model.js';
import { updateResult } from './personal-goal.rules.js';
import { PersonalGoalService } from './personal-goal.service.js';

@Resolver(() => PersonalGoal)
export class PersonalGoalMutationsResolver {
  constructor(private readonly goals: PersonalGoalService) {}

  @Mutation(() => PersonalGoalPayload, {
    description:
      'Creates a personal goal of the viewer, who can have at most 500. It is PRIVATE unless another visibility is given.',
  })
  async createPersonalGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The fields of the goal.' }) input: CreatePersonalGoalInput,
  ): Promise<PersonalGoalPayload> {
    return { personalGoal: await this.goals.create(ctx, input) };
  }

  @Mutation(() => UpdatePersonalGoalResult, {
    description: 'Updates a personal goal. Only its owner can.',
  })
  async updatePersonalGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The goal, the version that you last read, and the fields to change.' })
    input: UpdatePersonalGoalInput,
  ): Promise<PersonalGoalPayload | EditConflict> {
    return updateResult(await this.goals.update(ctx, input));
  }

  @AllowFormerEmployees()
  @Mutation(() => DeletePayload, {
    description:
      'Deletes a personal goal for good, with its milestones, updates, shares, alignments and edit history. Only its owner can. Entries of the access log remain without the goal.',
  })
  async deletePersonalGoal(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The goal to delete.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.goals.delete(ctx, id);
    return { deletedId: id };
  }
}
