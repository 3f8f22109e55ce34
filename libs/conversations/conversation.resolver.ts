import { Args, Context, ID, Mutation, Parent, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '#auth';
import type { PersonViewer } from '#db';
import { IdPipe, Operation, type Page, PageArgs, ResolveField } from '#graphql';
import { ViewerModel } from '#people';
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
import type { OneToOneRow } from './one-to-one.entity.js';
import { OneToOneLoader } from './one-to-one.loader.js';
import { OneToOne } from './one-to-one.model.js';

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
    @Context() op: Operation,
  ): Promise<ConversationRow | null> {
    return this.loader.byId(op).load(id);
  }

  @ResolveField(() => OneToOne, { description: 'Of which two.' })
  oneToOne(@Parent() conversation: ConversationRow, @Context() op: Operation): Promise<OneToOneRow | null> {
    return this.oneToOnes.byId(op).load(conversation.oneToOneId);
  }

  @Mutation(() => ConversationPayload, {
    description: 'Plan one more conversation by hand, beside what the rhythm plans.',
  })
  async scheduleConversation(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Of which pair, and when.' }) input: ScheduleConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.schedule(viewer, input.oneToOneId, input.scheduledAt) };
  }

  @Mutation(() => ConversationPayload, { description: 'Move one planned conversation; the rhythm stays.' })
  async moveConversation(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which, and to when.' }) input: MoveConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.move(viewer, input) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Call a planned conversation off. Undiscussed points go on to the next one, and the rhythm plans it.',
  })
  async cancelConversation(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which.' }) { id }: CancelConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.cancel(viewer, id) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Leave a planned conversation out. Undiscussed points go on to the next one, and the rhythm plans it.',
  })
  async skipConversation(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which.' }) { id }: SkipConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.skip(viewer, id) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Log that the two met; with nothing else, that is enough. Undiscussed points go on to the next one, and the rhythm plans it.',
  })
  async holdConversation(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which, and when.' }) input: HoldConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.hold(viewer, input) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Take HELD, SKIPPED or CANCELLED back, within 7 days; either of the two may. Points that went on return, and the conversation that the rhythm planned because of it goes again if nothing was written in it.',
  })
  async reopenConversation(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input', { description: 'Which.' }) { id }: ReopenConversationInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.reopen(viewer, id) };
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
    @CurrentViewer() viewer: PersonViewer,
    @Args() page: PageArgs,
  ): Promise<Page<ConversationRow>> {
    return this.service.plannedPage(viewer, page);
  }
}
