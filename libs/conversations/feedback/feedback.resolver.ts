import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, RequestContext } from '#graphql';
import { Person, PersonLoader, type PersonRow } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { Conversation, ConversationPayload } from '../agenda/conversation.model.js';
import type { FeedbackRow } from './feedback.entity.js';
import { GiveFeedbackInput, WithdrawFeedbackInput } from './feedback.inputs.js';
import { FeedbackLoader } from './feedback.loader.js';
import { ConversationFeedback } from './feedback.model.js';
import { FeedbackService } from './feedback.service.js';

@Resolver(() => Conversation)
export class ConversationFeedbackResolver {
  constructor(
    private readonly loader: FeedbackLoader,
    private readonly service: FeedbackService,
  ) {}

  @ResolveField(() => [ConversationFeedback], {
    description:
      'The viewer’s own feedback, if any, followed by the other participant’s once both have offered theirs. Until then nothing tells whether the other participant has written or offered any.',
  })
  async feedback(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<FeedbackRow[]> {
    return (await this.loader.byConversation(ctx).load(conversation.id)) ?? [];
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Says what would make the next conversation better, and whether this one was worth it. Replaces the viewer’s earlier feedback. Can be changed until both participants have offered theirs: then both are revealed to the two of them, and can no longer be changed.',
  })
  async giveFeedback(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The feedback, and whether it is offered.' }) input: GiveFeedbackInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.give(ctx, input) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Takes an offer of feedback back: the viewer keeps it. Not possible once both participants have offered theirs.',
  })
  async withdrawFeedback(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The conversation.' }) { conversationId }: WithdrawFeedbackInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.withdraw(ctx, conversationId) };
  }
}

@Resolver(() => ConversationFeedback)
export class FeedbackFieldsResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'The participant who gave it.' })
  author(@Parent() { authorId }: FeedbackRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(authorId);
  }
}
