import { Args, ArgsType, Context, Field, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { IsText, RequestContext, type Page, PageArgs } from '#graphql';
import type { ConversationRow } from '../agenda/conversation.entity.js';
import { ConversationConnection } from '../agenda/conversation.model.js';
import type { OneToOneRow } from './one-to-one.entity.js';
import { OneToOne } from './one-to-one.model.js';
import { SearchLoader } from './search.loader.js';

/** The most characters that are searched for. */
const LONGEST_SEARCH = 200;

@ArgsType()
export class SearchArgs extends PageArgs {
  @IsText(LONGEST_SEARCH)
  @Field(() => String, { description: 'What to look for, as it was written, in upper or lower case.' })
  text!: string;
}

@Resolver(() => OneToOne)
export class OneToOneSearchResolver {
  constructor(private readonly loader: SearchLoader) {}

  @ResolveField(() => ConversationConnection, {
    description:
      'The conversations in which these words stand, as far as the viewer may read them: in points, notes, promises and one’s own private notes. The one scheduled last first.',
  })
  search(
    @Parent() pair: OneToOneRow,
    @Args() args: SearchArgs,
    @Context() ctx: RequestContext,
  ): Promise<Page<ConversationRow>> {
    return this.loader.conversations(ctx, args).load(pair.id);
  }
}
