import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeleteInput, DeletePayload, RequestContext, ResolveField } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import { AddPersonalGoalUpdateInput, PersonalGoalUpdatePayload } from './personal-goal-update.inputs.js';
import { PersonalGoalUpdate } from './personal-goal-update.model.js';
import { PersonalGoalService } from './personal-goal.service.js';

@Resolver(() => PersonalGoalUpdate)
export class PersonalGoalUpdateResolver {
  constructor(
    private readonly goals: PersonalGoalService,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => PersonalGoalUpdatePayload, {
    description: 'Write down how it goes with a personal goal of one’s own.',
  })
  addPersonalGoalUpdate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Of which goal, and what there is to say.' })
    input: AddPersonalGoalUpdateInput,
  ): Promise<PersonalGoalUpdatePayload> {
    return this.goals.addUpdate(ctx, input);
  }

  @Mutation(() => DeletePayload, {
    description: 'Remove an update of one’s own, for good. The measure of its goal stays as it is.',
  })
  async deletePersonalGoalUpdate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which update.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.goals.removeUpdate(ctx, id);
    return { deletedId: id };
  }

  @ResolveField(() => Person, { description: 'Who wrote it: the owner of the goal.' })
  author(@Parent() update: PersonalGoalUpdate, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(update.authorId);
  }
}
