import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import { CurrentContext, IdPipe, type EventSource, type PersonRequest } from '#graphql';
import { ConversationChange } from './conversation-change.model.js';
import { LiveService } from './live.service.js';

@Resolver()
export class ConversationChangeResolver {
  constructor(private readonly live: LiveService) {}

  @Subscription(() => ConversationChange, {
    description:
      'What changes in a conversation, for its two participants. The first event is the conversation as it is now; after connecting again, read from it what was missed, and compare the versions. Further events are talking points, action items of the one-to-one, shared notes, the conversation (when its status, time or record, or the list or order of its talking points or action items changes), and what was deleted. A talking point that moved to a different conversation is sent with that conversation. Several changes of one object can be one event. Ends when the one-to-one ends or the conversation is deleted.',
  })
  conversationChanged(
    @CurrentContext() ctx: PersonRequest,
    @Args('conversationId', { type: () => ID, description: 'The ID of the conversation.' }, IdPipe)
    conversationId: string,
  ): Promise<EventSource> {
    return this.live.subscribe(ctx, conversationId);
  }
}
