import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeleteInput, DeletePayload, type EditConflict } from '#graphql';
import {
  AddActionItemInput,
  CloseActionItemInput,
  ReopenActionItemInput,
  UpdateActionItemInput,
} from './action-item.inputs.js';
import { ActionItem, ActionItemPayload, UpdateActionItemResult } from './action-item.model.js';
import { ActionItemService } from './action-item.service.js';

@Resolver(() => ActionItem)
export class ActionItemMutationsResolver {
  constructor(private readonly service: ActionItemService) {}

  @Mutation(() => ActionItemPayload, {
    description: 'Adds an action item to a one-to-one. Either participant can, for either as its owner.',
  })
  async addActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The action item to add.' }) input: AddActionItemInput,
  ): Promise<ActionItemPayload> {
    return { actionItem: await this.service.add(ctx, input) };
  }

  @Mutation(() => UpdateActionItemResult, {
    description:
      'Updates an open action item. Either participant can change the text; only the owner can move the due date, before it has passed.',
  })
  updateActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The changes, and the version that they are based on.' })
    input: UpdateActionItemInput,
  ): Promise<ActionItemPayload | EditConflict> {
    return this.service.update(ctx, input);
  }

  @Mutation(() => ActionItemPayload, {
    description:
      'Closes an action item as done or dropped. Only its owner can. Dropping one that the other participant wrote refuses it while `viewerCanRefuse` is true: it never counts as late.',
  })
  async closeActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The action item, and how to close it.' }) input: CloseActionItemInput,
  ): Promise<ActionItemPayload> {
    return { actionItem: await this.service.close(ctx, input) };
  }

  @Mutation(() => ActionItemPayload, {
    description: 'Reopens an action item within 10 minutes of closing. Only its owner can.',
  })
  async reopenActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The action item to reopen.' }) { id }: ReopenActionItemInput,
  ): Promise<ActionItemPayload> {
    return { actionItem: await this.service.reopen(ctx, id) };
  }

  @Mutation(() => DeletePayload, {
    description:
      'Deletes an action item within 10 minutes of adding it. Only its author can. Older ones are closed instead.',
  })
  async deleteActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The action item to delete.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.service.delete(ctx, id);
    return { deletedId: id };
  }
}
