import { UnauthorizedException } from '@nestjs/common';
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Conversation } from './conversation.js';
import type { Operation } from './operation.js';
import { Person } from './person.js';
import { AddTalkingPointInput, TalkingPoint, TalkingPointPayload } from './talking-point.js';
import { TalkingPointService } from './talking-point.service.js';

@Resolver(() => TalkingPoint)
export class TalkingPointResolver {
  constructor(private readonly service: TalkingPointService) {}

  @Mutation(() => TalkingPointPayload)
  async addTalkingPoint(
    @Args('input') input: AddTalkingPointInput,
    @Context() { manager, viewerId }: Operation,
  ) {
    if (viewerId === null) throw new UnauthorizedException();
    return { talkingPoint: await this.service.add(manager, viewerId, input) };
  }

  @ResolveField(() => Person)
  author(@Parent() point: TalkingPoint, @Context() { loaders }: Operation) {
    return loaders.person.load(point.authorId);
  }

  @ResolveField(() => Conversation, { nullable: true })
  conversation(@Parent() point: TalkingPoint, @Context() { loaders }: Operation) {
    return loaders.conversation.load(point.conversationId);
  }
}
