import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, type EditConflict } from '#graphql';
import {
  CancelConversationInput,
  HoldConversationInput,
  MoveConversationInput,
  ReopenConversationInput,
  ScheduleConversationInput,
  SetOffTheRecordInput,
  SkipConversationInput,
} from './conversation.inputs.js';
import { Conversation, ConversationPayload, MoveConversationResult } from './conversation.model.js';
import { ConversationService } from './conversation.service.js';

@Resolver(() => Conversation)
export class ConversationMutationsResolver {
  constructor(private readonly service: ConversationService) {}

  @Mutation(() => ConversationPayload, {
    description: 'Schedules a conversation in addition to those that the recurrence plans.',
  })
  async scheduleConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The one-to-one, and the time.' }) input: ScheduleConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.schedule(ctx, input.oneToOneId, input.scheduledAt) };
  }

  @Mutation(() => MoveConversationResult, {
    description: 'Moves one planned conversation to a different time. The recurrence does not change.',
  })
  moveConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The conversation, and its new time.' }) input: MoveConversationInput,
  ): Promise<ConversationPayload | EditConflict> {
    return this.service.move(ctx, input);
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Cancels a planned conversation. Undiscussed talking points carry over to the next one, which the recurrence plans.',
  })
  async cancelConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The conversation to cancel.' }) { id }: CancelConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.cancel(ctx, id) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Skips a planned conversation. Undiscussed talking points carry over to the next one, which the recurrence plans.',
  })
  async skipConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The conversation to skip.' }) { id }: SkipConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.skip(ctx, id) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Logs that the participants met; nothing else is required. Undiscussed talking points carry over to the next conversation, which the recurrence plans.',
  })
  async holdConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The conversation, and when it took place.' }) input: HoldConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.hold(ctx, input) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Marks a planned conversation as off the record, or takes that back. Either participant can mark it, unless something that both can see was written in it; only that participant can take it back. Its talking points move to the next conversation, uncounted.',
  })
  async setOffTheRecord(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The conversation, and whether it is off the record.' })
    input: SetOffTheRecordInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.setOffTheRecord(ctx, input) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Makes a HELD, SKIPPED or CANCELLED conversation PLANNED again, within 7 days of the change. Carried talking points return to it, and the conversation that the recurrence planned in the meantime is deleted if nothing was written in it.',
  })
  async reopenConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The conversation to reopen.' }) { id }: ReopenConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.reopen(ctx, id) };
  }
}
