import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import {
  CurrentContext,
  derivedId,
  NodeModel,
  NodeRegistry,
  notFound,
  RequestContext,
  ResolveId,
  type Page,
} from '#graphql';
import { ViewerModel } from '#people';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationConnection } from '../agenda/conversation.model.js';
import type { OneToOneRow } from '../pairs/one-to-one.entity.js';
import { OneToOne } from '../pairs/one-to-one.model.js';
import { SearchArgs } from './search.inputs.js';
import { SearchResult, SearchResultConnection } from './search.model.js';
import { SearchService } from './search.service.js';

@Resolver(() => OneToOne)
export class OneToOneSearchResolver {
  constructor(private readonly service: SearchService) {}

  @ResolveField(() => ConversationConnection, {
    description:
      'The conversations that contain a text in a talking point, an action item, the shared notes or the viewer’s private notes, as far as the viewer can read them. By scheduled time, latest first.',
  })
  search(
    @Parent() oneToOne: OneToOneRow,
    @Args() args: SearchArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<ConversationRow>> {
    return this.service.conversationsOf(ctx, args).load(oneToOne.id);
  }
}

@Resolver(() => ViewerModel)
export class ViewerSearchResolver {
  constructor(private readonly service: SearchService) {}

  @ResolveField(() => SearchResultConnection, {
    description:
      'Finds a text in the viewer’s own goals and their updates, in talking points and action items of the viewer’s one-to-ones, and in shared notes and the viewer’s private notes. Latest first. Goals of other people are not searched.',
  })
  search(@CurrentContext() ctx: PersonContext, @Args() args: SearchArgs): Promise<Page<SearchResult>> {
    return this.service.page(ctx, args);
  }
}

@Resolver(() => SearchResult)
export class SearchResultResolver {
  constructor(private readonly nodes: NodeRegistry) {}

  /** Another text of the search can have another snippet of the same object. */
  @ResolveId()
  id(@Parent() { nodeId, snippet }: SearchResult): string {
    return derivedId('SearchResult', nodeId, snippet);
  }

  @ResolveField(() => NodeModel, {
    description:
      'The object that contains the text: a PersonalGoal, PersonalGoalUpdate, BusinessGoal, TalkingPoint or ActionItem, or the Conversation whose shared or private notes contain it.',
  })
  async node(@Parent() { nodeType, nodeId }: SearchResult, @Context() ctx: RequestContext): Promise<object> {
    const node = await this.nodes.read(ctx, nodeType, nodeId);
    // It was deleted since it was found.
    if (!node) throw notFound();
    return node;
  }
}
