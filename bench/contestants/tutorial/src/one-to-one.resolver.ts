import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ConversationConnection } from './conversation.js';
import { Pair } from './one-to-one.js';
import type { Operation } from './operation.js';
import { Person } from './person.js';

@Resolver(() => Pair)
export class OneToOneResolver {
  @Query(() => Pair, { nullable: true })
  oneToOne(@Args('id', { type: () => ID }) id: string, @Context() { manager }: Operation) {
    return manager.findOneBy(Pair, { id });
  }

  @ResolveField(() => Person)
  counterpart(@Parent() pair: Pair, @Context() { loaders }: Operation) {
    return loaders.person.load(pair.counterpartId);
  }

  @ResolveField(() => ConversationConnection)
  async conversations(
    @Parent() pair: Pair,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Context() { loaders }: Operation,
  ) {
    const conversations = await loaders.conversations.load(pair.id);
    return { nodes: conversations.slice(0, first) };
  }
}
