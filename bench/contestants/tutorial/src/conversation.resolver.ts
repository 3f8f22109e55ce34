import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ActionItem } from './action-item.js';
import { Conversation } from './conversation.js';
import type { Operation } from './operation.js';
import { Person } from './person.js';
import { TalkingPoint } from './talking-point.js';

@Resolver(() => Conversation)
export class ConversationResolver {
  @ResolveField(() => [TalkingPoint])
  talkingPoints(@Parent() conversation: Conversation, @Context() { loaders }: Operation) {
    return loaders.talkingPoints.load(conversation.id);
  }

  @ResolveField(() => [ActionItem])
  actionItems(@Parent() conversation: Conversation, @Context() { loaders }: Operation) {
    return loaders.actionItems.load(conversation.id);
  }
}

@Resolver(() => ActionItem)
export class ActionItemResolver {
  @ResolveField(() => Person)
  owner(@Parent() item: ActionItem, @Context() { loaders }: Operation) {
    return loaders.person.load(item.ownerId);
  }
}
