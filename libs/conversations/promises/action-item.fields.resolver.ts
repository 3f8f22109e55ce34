import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, type Page, PageArgs, RequestContext } from '#graphql';
import { Person, PersonLoader, ViewerModel, type PersonRow } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationLoader } from '../agenda/conversation.loader.js';
import { Conversation } from '../agenda/conversation.model.js';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneLoader } from '../pairs/one-to-one.loader.js';
import { OneToOne } from '../pairs/one-to-one.model.js';
import { TextVersion, type TextVersionRow } from '../notes/text-version.model.js';
import type { ActionItemRow } from './action-item.entity.js';
import { ActionItemsArgs } from './action-item.inputs.js';
import { ActionItemLoader } from './action-item.loader.js';
import { ActionItem, ActionItemConnection } from './action-item.model.js';
import { ActionItemService } from './action-item.service.js';

@Resolver(() => ActionItem)
export class ActionItemFieldsResolver {
  constructor(
    private readonly loader: ActionItemLoader,
    private readonly people: PersonLoader,
    private readonly oneToOnes: OneToOneLoader,
    private readonly conversations: ConversationLoader,
  ) {}

  @ResolveField(() => OneToOne, { description: 'The one-to-one that it belongs to.' })
  oneToOne(@Parent() item: ActionItemRow, @Context() ctx: RequestContext): Promise<OneToOneRow | null> {
    return this.oneToOnes.byId(ctx).load(item.oneToOneId);
  }

  @ResolveField(() => Person, { description: 'The participant who promised it.' })
  owner(@Parent() item: ActionItemRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(item.ownerId);
  }

  @ResolveField(() => Person, { description: 'The participant who wrote it down.' })
  author(@Parent() item: ActionItemRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(item.createdById);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description:
      'The conversation in which it was promised. Null if promised outside of one, or once that conversation was deleted.',
  })
  madeIn(
    @Parent() item: ActionItemRow,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow | null> | null {
    return item.madeInId === null ? null : this.conversations.byId(ctx).load(item.madeInId);
  }

  @ResolveField(() => Boolean, {
    description:
      'Whether the viewer can change the due date: they own the open action item, its due date has not passed, and the one-to-one is open.',
  })
  async viewerCanMoveDueDate(
    @Parent() item: ActionItemRow,
    @Context() ctx: RequestContext,
  ): Promise<boolean> {
    if (item.ownerId !== ctx.viewer?.personId || item.standing !== 'OPEN') return false;
    return (await this.oneToOnes.byId(ctx).load(item.oneToOneId))?.state === 'OPEN';
  }

  @ResolveField(() => Boolean, {
    description:
      'Whether the viewer can refuse the action item: close it as DROPPED without it ever counting as late. True for its owner while it is open, if the other participant wrote it and set its due date, until that date has passed or 7 days after it was written, whichever is later.',
  })
  viewerCanRefuse(@Parent() item: ActionItemRow, @Context() ctx: RequestContext): boolean {
    return item.isRefusable && item.ownerId === ctx.viewer?.personId;
  }

  @ResolveField(() => [TextVersion], { description: 'The versions of its text, newest first.' })
  async history(@Parent() item: ActionItemRow, @Context() ctx: RequestContext): Promise<TextVersionRow[]> {
    return (await this.loader.history(ctx).load(item.id)) ?? [];
  }
}

@Resolver(() => Conversation)
export class ConversationActionItemsResolver {
  constructor(private readonly loader: ActionItemLoader) {}

  @ResolveField(() => [ActionItem], {
    description: 'The action items promised in this conversation, oldest first.',
  })
  async actionItems(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<ActionItemRow[]> {
    return (await this.loader.byConversation(ctx).load(conversation.id)) ?? [];
  }
}

@Resolver(() => OneToOne)
export class OneToOneActionItemsResolver {
  constructor(private readonly loader: ActionItemLoader) {}

  @ResolveField(() => ActionItemConnection, {
    description: 'The action items of both participants, newest first. Both participants see the same items.',
  })
  actionItems(
    @Parent() oneToOne: OneToOneRow,
    @Args() args: ActionItemsArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<ActionItemRow>> {
    return this.loader.byOneToOne(ctx, args).load(oneToOne.id);
  }
}

@Resolver(() => ViewerModel)
export class ViewerActionItemsResolver {
  constructor(private readonly service: ActionItemService) {}

  @ResolveField(() => ActionItemConnection, {
    description:
      'The open action items that the viewer owns in all one-to-ones, by due date; those without one last.',
  })
  openActionItems(
    @CurrentContext() ctx: PersonContext,
    @Args() page: PageArgs,
  ): Promise<Page<ActionItemRow>> {
    return this.service.openPage(ctx, page);
  }
}
