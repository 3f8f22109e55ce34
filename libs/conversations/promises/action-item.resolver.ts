import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import {
  CurrentContext,
  DeleteInput,
  DeletePayload,
  type EditConflict,
  type Page,
  PageArgs,
  RequestContext,
  ResolveField,
} from '#graphql';
import { Person, PersonLoader, ViewerModel, type PersonRow } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationLoader } from '../agenda/conversation.loader.js';
import { Conversation } from '../agenda/conversation.model.js';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOneLoader } from '../pairs/one-to-one.loader.js';
import { OneToOne } from '../pairs/one-to-one.model.js';
import { TextVersion, type TextVersionRow } from '../notes/text-version.model.js';
import type { ActionItemRow } from './action-item.entity.js';
import {
  ActionItemsArgs,
  AddActionItemInput,
  CloseActionItemInput,
  UpdateActionItemInput,
} from './action-item.inputs.js';
import { ActionItemLoader, type StandingRow } from './action-item.loader.js';
import {
  ActionItem,
  ActionItemConnection,
  ActionItemPayload,
  Promises,
  UpdateActionItemResult,
} from './action-item.model.js';
import { ActionItemService } from './action-item.service.js';

@Resolver(() => ActionItem)
export class ActionItemResolver {
  constructor(
    private readonly service: ActionItemService,
    private readonly loader: ActionItemLoader,
    private readonly people: PersonLoader,
    private readonly oneToOnes: OneToOneLoader,
    private readonly conversations: ConversationLoader,
  ) {}

  @ResolveField(() => OneToOne, { description: 'Between which two.' })
  oneToOne(@Parent() item: ActionItemRow, @Context() ctx: RequestContext): Promise<OneToOneRow | null> {
    return this.oneToOnes.byId(ctx).load(item.oneToOneId);
  }

  @ResolveField(() => Person, { description: 'Who promised.' })
  owner(@Parent() item: ActionItemRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(item.ownerId);
  }

  @ResolveField(() => Conversation, {
    nullable: true,
    description: 'The conversation in which it was made; null for one made between, or once it was deleted.',
  })
  madeIn(
    @Parent() item: ActionItemRow,
    @Context() ctx: RequestContext,
  ): Promise<ConversationRow | null> | null {
    return item.madeInId === null ? null : this.conversations.byId(ctx).load(item.madeInId);
  }

  @ResolveField(() => [TextVersion], { description: 'Its words over time, newest first.' })
  async history(@Parent() item: ActionItemRow, @Context() ctx: RequestContext): Promise<TextVersionRow[]> {
    return (await this.loader.history(ctx).load(item.id)) ?? [];
  }

  @Mutation(() => ActionItemPayload, { description: 'Write down what one of the two promises.' })
  async addActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Who promises what, and by when.' }) input: AddActionItemInput,
  ): Promise<ActionItemPayload> {
    return { actionItem: await this.service.add(ctx, input) };
  }

  @Mutation(() => UpdateActionItemResult, {
    description: 'Word an open promise anew (either), or move its date before it has passed (its owner).',
  })
  updateActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which version, and the changes.' }) input: UpdateActionItemInput,
  ): Promise<ActionItemPayload | EditConflict> {
    return this.service.update(ctx, input);
  }

  @Mutation(() => ActionItemPayload, { description: 'Close one’s own promise, once.' })
  async closeActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which, and how.' }) input: CloseActionItemInput,
  ): Promise<ActionItemPayload> {
    return { actionItem: await this.service.close(ctx, input) };
  }

  @Mutation(() => DeletePayload, {
    description:
      'Remove a promise that one wrote down less than 10 minutes ago; after that it is closed, never removed.',
  })
  async removeActionItem(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'Which.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.service.remove(ctx, id);
    return { deletedId: id };
  }
}

@Resolver(() => Conversation)
export class ConversationActionItemsResolver {
  constructor(private readonly loader: ActionItemLoader) {}

  @ResolveField(() => [ActionItem], { description: 'What was promised in it.' })
  async actionItems(
    @Parent() conversation: ConversationRow,
    @Context() ctx: RequestContext,
  ): Promise<ActionItemRow[]> {
    return (await this.loader.ofConversation(ctx).load(conversation.id)) ?? [];
  }
}

/** One of the two, and what they promised. */
type PromisesRow = Record<StandingRow['standing'], StandingRow[]> & { readonly personId: string };

@Resolver(() => OneToOne)
export class OneToOneActionItemsResolver {
  constructor(private readonly loader: ActionItemLoader) {}

  @ResolveField(() => ActionItemConnection, {
    description: 'What the two promised each other, newest first.',
  })
  actionItems(
    @Parent() pair: OneToOneRow,
    @Args() args: ActionItemsArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<ActionItemRow>> {
    return this.loader.ofOneToOne(ctx, args).load(pair.id);
  }

  @ResolveField(() => [Promises], { description: 'Both sides’ promises, for both.' })
  async promises(@Parent() pair: OneToOneRow, @Context() ctx: RequestContext): Promise<PromisesRow[]> {
    const items = (await this.loader.standing(ctx).load(pair.id)) ?? [];
    return [pair.firstId, pair.secondId].map((personId) => {
      const own = items.filter(({ ownerId }) => ownerId === personId);
      const standing = (which: StandingRow['standing']) => own.filter((item) => item.standing === which);
      return { personId, open: standing('open'), late: standing('late'), kept: standing('kept') };
    });
  }
}

@Resolver(() => Promises)
export class PromisesResolver {
  constructor(private readonly people: PersonLoader) {}

  @ResolveField(() => Person, { description: 'Whose.' })
  person(@Parent() promises: PromisesRow, @Context() ctx: RequestContext): Promise<PersonRow | null> {
    return this.people.byId(ctx).load(promises.personId);
  }
}

@Resolver(() => ViewerModel)
export class ViewerActionItemsResolver {
  constructor(private readonly service: ActionItemService) {}

  @ResolveField(() => ActionItemConnection, {
    description: 'What the viewer promised, to whomever, and has not closed: what is due first, first.',
  })
  openActionItems(
    @CurrentContext() ctx: PersonContext,
    @Args() page: PageArgs,
  ): Promise<Page<ActionItemRow>> {
    return this.service.openPage(ctx, page);
  }
}
