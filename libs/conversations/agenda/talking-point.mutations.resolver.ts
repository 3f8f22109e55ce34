import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeleteInput, DeletePayload, type EditConflict } from '#graphql';
import { ConversationPayload } from './conversation.model.js';
import {
  AddTalkingPointInput,
  MoveTalkingPointInput,
  PostponeTalkingPointInput,
  ShareTalkingPointInput,
  ShareTalkingPointsInput,
  UpdateTalkingPointInput,
} from './talking-point.inputs.js';
import { TalkingPoint, TalkingPointPayload, UpdateTalkingPointResult } from './talking-point.model.js';
import { TalkingPointService } from './talking-point.service.js';

@Resolver(() => TalkingPoint)
export class TalkingPointMutationsResolver {
  constructor(private readonly service: TalkingPointService) {}

  @Mutation(() => TalkingPointPayload, {
    description: 'Adds a talking point at the end of an agenda, as a draft unless `draft` is false.',
  })
  async addTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The talking point to add.' }) input: AddTalkingPointInput,
  ): Promise<TalkingPointPayload> {
    return { talkingPoint: await this.service.add(ctx, input) };
  }

  @Mutation(() => TalkingPointPayload, {
    description:
      'Shares a draft with the other participant. Only its author can. A shared point does not become a draft again.',
  })
  async shareTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The draft to share.' }) { id }: ShareTalkingPointInput,
  ): Promise<TalkingPointPayload> {
    return { talkingPoint: await this.service.share(ctx, id) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Shares several drafts of one conversation at once: all of them, or none if one cannot be shared.',
  })
  async shareTalkingPoints(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The drafts to share.' }) input: ShareTalkingPointsInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.shareAll(ctx, input) };
  }

  @Mutation(() => UpdateTalkingPointResult, {
    description:
      'Updates a talking point. Only its author can change the text, the goal and whether it is from a customer; either participant can mark it discussed, and make it a standing point or take it off.',
  })
  updateTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The changes, and the version that they are based on.' })
    input: UpdateTalkingPointInput,
  ): Promise<TalkingPointPayload | EditConflict> {
    return this.service.update(ctx, input);
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Moves a talking point to a different place in the agenda of its conversation. Either participant can.',
  })
  async moveTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The talking point, and its new place.' }) input: MoveTalkingPointInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.move(ctx, input) };
  }

  @Mutation(() => ConversationPayload, {
    description:
      'Puts an undiscussed talking point off to a later conversation: the next one that is planned after this one, for which it waits if there is none yet. Either participant can. Returns the conversation that it was put off from.',
  })
  async postponeTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The talking point, and the conversation to put it off from.' })
    input: PostponeTalkingPointInput,
  ): Promise<ConversationPayload> {
    return { conversation: await this.service.postpone(ctx, input) };
  }

  @Mutation(() => DeletePayload, {
    description: 'Deletes a talking point and its history. Only its author can.',
  })
  async deleteTalkingPoint(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The talking point to delete.' }) { id }: DeleteInput,
  ): Promise<DeletePayload> {
    await this.service.delete(ctx, id);
    return { deletedId: id };
  }
}
