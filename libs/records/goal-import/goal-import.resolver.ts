import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext } from '#graphql';
import { ImportMyGoalsInput, ImportMyGoalsPayload } from './goal-import.inputs.js';
import { GoalImportService } from './goal-import.service.js';

@Resolver()
export class GoalImportResolver {
  constructor(private readonly goals: GoalImportService) {}

  @Mutation(() => ImportMyGoalsPayload, {
    description:
      'Adds the goals of an export, from this or another installation, to those of the viewer, with texts, dates, order, states, measures, milestones, updates and history unchanged. They are PRIVATE and have new IDs. Importing a file again changes nothing; goals that were deleted since are added again. A person can have at most 500 goals. At most 5 imports a day.',
  })
  importMyGoals(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The file.' }) input: ImportMyGoalsInput,
  ): Promise<ImportMyGoalsPayload> {
    return this.goals.import(ctx, input);
  }
}
