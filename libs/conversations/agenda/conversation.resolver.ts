import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, IdPipe, type Page, PageArgs, RequestContext } from '#graphql';
import { ViewerModel } from '#people';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneLoader } from '../pairs/one-to-one.loader.js';
import { OneToOne } from '../pairs/one-to-one.model.js';
import type { ConversationRow } from './conversation.entity.js';
import {
  CancelConversationInput,
  HoldConversationInput,
  MoveConversationInput,
  ReopenConversationInput,
  ScheduleConversationInput,
  SkipConversationInput,
} from './conversation.inputs.js';
import { ConversationLoader } from './conversation.loader.js';
import { Conversation, ConversationConnection, ConversationPayload } from './conversation.model.js';
import { ConversationService } from './conversation.service.js';

@Resolver(() => Conversation)
export class ConversationResolver {
  constructor(
    private readonly service: ConversationService,
    private readonly loader: ConversationLoader,
    private readonly oneToOnes: OneToOneLoader,
  ) {}

  @Query(() => Conversation, { nullable: true, description: 'A conversation of the viewer.' })
  conversation(
    @Args('id', { type: () => ID, description: 'Its id.' }, IdPipe) id: string,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow | null> {
    return this.loader.byId(ctx).load(id);
  }

  @ResolveField(() => OneToOne, { description: 'Of which two.' })
  oneToOne(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<OneToOneRow | null> {
    return this.oneToOnes.byId(ctx).load(conversation.oneToOneId);
  }

  @Mutation(() => ConversationPayload, {
    description: 'Plan one more conversation by hand, beside what the rhythm plans.',
  })
  async scheduleConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Of which pair, and when.' }) input: ScheduleConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.schedule(ctx, input.oneToOneId, input.scheduledAt) };
  }

  @Mutation(() => ConversationPayload, { description: 'Move one planned conversation; the rhythm stays.' })
  async moveConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which, and to when.' }) input: MoveConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.move(ctx, input) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Call a planned conversation off. Undiscussed points go on to the next one, and the rhythm plans it.',
  })
  async cancelConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which.' }) { id }: CancelConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.cancel(ctx, id) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Leave a planned conversation out. Undiscussed points go on to the next one, and the rhythm plans it.',
  })
  async skipConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which.' }) { id }: SkipConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.skip(ctx, id) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Log that the two met; with nothing else, that is enough. Undiscussed points go on to the next one, and the rhythm plans it.',
  })
  async holdConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which, and when.' }) input: HoldConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.hold(ctx, input) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Take HELD, SKIPPED or CANCELLED back, within 7 days; either of the two may. Points that went on return, and the conversation that the rhythm planned because of it goes again if nothing was written in it.',
  })
  async reopenConversation(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which.' }) { id }: ReopenConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.reopen(ctx, id) };
  }
}

@Resolver(() => ViewerModel)
export class ViewerConversationsResolver {
  constructor(private readonly service: ConversationService) {}

  @ResolveField(() => ConversationConnection, {
    description:
      'What is planned, with whomever, soonest first; also what has passed and nobody said whether it was held.',
  })
  nextConversations(
    @CurrentContext() ctx: PersonContext,
    @Args() page: PageArgs,
  ): Promise<Page<ConversationRow>> {
    return this.service.plannedPage(ctx, page);
  }
}
