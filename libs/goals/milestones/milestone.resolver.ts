import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, EditConflict } from '#graphql';
import { PersonalGoalPayload, UpdatePersonalGoalResult } from '../personal-goals/personal-goal.inputs.js';
import { updateResult } from '../personal-goals/personal-goal.rules.js';
import { ReachMilestoneInput, SetMilestonesInput } from './milestone.inputs.js';
import { Milestone } from './milestone.model.js';
import { MilestoneService } from './milestone.service.js';

@Resolver(() => Milestone)
export class MilestoneResolver {
  constructor(private readonly milestones: MilestoneService) {}

  @Mutation(() => UpdatePersonalGoalResult, {
    description:
      'Replaces the milestones of a personal goal. Only its owner can. It increments the version of the goal.',
  })
  async setMilestones(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The goal, the version that you last read, and all of its milestones.' })
    input: SetMilestonesInput,
  ): Promise<PersonalGoalPayload | EditConflict> {
    return updateResult(await this.milestones.set(ctx, input));
  }

  @Mutation(() => PersonalGoalPayload, {
    description:
      'Marks a milestone of a personal goal as reached, corrects the day, or marks it as not reached again. Only the owner of the goal can. It increments the version of the goal.',
  })
  async reachMilestone(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The milestone and the day.' }) input: ReachMilestoneInput,
  ): Promise<PersonalGoalPayload> {
    return { personalGoal: await this.milestones.reach(ctx, input) };
  }
}
