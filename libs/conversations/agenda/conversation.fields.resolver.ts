import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, IdPipe, type Page, PageArgs, RequestContext } from '#graphql';
import { Person, PersonLoader, ViewerModel, type PersonRow } from '#people';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneLoader } from '../pairs/one-to-one.loader.js';
import { OneToOne } from '../pairs/one-to-one.model.js';
import type { ConversationRow } from './conversation.entity.js';
import { ConversationLoader } from './conversation.loader.js';
import { Conversation, ConversationConnection } from './conversation.model.js';
import { ConversationService } from './conversation.service.js';

@Resolver(() => Conversation)
export class ConversationFieldsResolver {
  constructor(
    private readonly loader: ConversationLoader,
    private readonly oneToOnes: OneToOneLoader,
    private readonly people: PersonLoader,
  ) {}

  @Query(() => Conversation, {
    nullable: true,
    description: 'A conversation by its ID. Null unless the viewer is one of its two participants.',
  })
  conversation(
    @Args('id', { type: () => ID, description: 'The ID of the conversation.' }, IdPipe) id: string,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow | null> {
    return this.loader.byId(ctx).load(id);
  }

  @ResolveField(() => OneToOne, { description: 'The one-to-one that it belongs to.' })
  oneToOne(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<OneToOneRow | null> {
    return this.oneToOnes.byId(ctx).load(conversation.oneToOneId);
  }

  @ResolveField(() => Person, {
    nullable: true,
    description:
      'The participant who marked it as off the record, and can take that back while it is planned. Null on the record.',
  })
  offTheRecordBy(
    @Parent() { offTheRecordById }: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<PersonRow | null> | null {
    return offTheRecordById === null ? null : this.people.byId(ctx).load(offTheRecordById);
  }
}

@Resolver(() => ViewerModel)
export class ViewerConversationsResolver {
  constructor(private readonly service: ConversationService) {}

  @ResolveField(() => ConversationConnection, {
    description:
      'The planned conversations of all the viewer’s one-to-ones, earliest first. Includes past ones that nobody has marked as held, skipped or cancelled.',
  })
  nextConversations(
    @CurrentContext() ctx: PersonContext,
    @Args() page: PageArgs,
  ): Promise<Page<ConversationRow>> {
    return this.service.plannedPage(ctx, page);
  }
}
