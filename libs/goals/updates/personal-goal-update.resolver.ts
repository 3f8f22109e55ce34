import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeleteInput, DeletePayload, RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import {
  AddPersonalGoalUpdateInput,
  PersonalGoalUpdatePayload,
  UpdatePersonalGoalUpdateInput,
} from './personal-goal-update.inputs.js';
import { PersonalGoalUpdate } from './personal-goal-update.model.js';
import { PersonalGoalUpdateService } from './personal-goal-update.service.js';

@Resolver(() => PersonalGoalUpdate)
export class PersonalGoalUpdateResolver {
  constructor(
    private readonly updates: PersonalGoalUpdateService,
    private readonly people: PersonLoader,
  ) {}

  @Mutation(() => PersonalGoalUpdatePayload, {
    description: 'Adds an update to a personal goal. Only its owner can.',
  })
  addPersonalGoalUpdate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The goal and the update.' }) input: AddPersonalGoalUpdateInput,
  ): Promise<PersonalGoalUpdatePayload> {
    return this.updates.add(ctx, input);
  }

  @Mutation(() => PersonalGoalUpdatePayload, {
    description:
      'Changes an update of a personal goal. Only its owner can. Changing its text or date does not change who can see it.',
  })
  updatePersonalGoalUpdate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The update and the fields to change.' })
    input: UpdatePersonalGoalUpdateInput,
  ): Promise<PersonalGoalUpdatePayload> {
    return this.updates.update(ctx, input);
  }

  @Mutation(() => DeletePayload, {
    description:
      'Deletes an update of a personal goal for good. Only its owner can. The measure of the goal stays as it is.',
  })
  async deletePersonalGoalUpdate(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The update to delete.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.updates.delete(ctx, id);
    return { deletedId: id };
  }

  @ResolveField(() => Person, { description: 'The author, who is the owner of the goal.' })
  author(@Parent() update: PersonalGoalUpdate, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(update.authorId);
  }
}
