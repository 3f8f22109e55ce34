import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, DeletePayload, type EditConflict } from '#graphql';
import {
  AcceptOneToOneInput,
  DeclineOneToOneInput,
  EndOneToOneInput,
  PauseOneToOneInput,
  RescheduleOneToOneInput,
  StartOneToOneInput,
} from './one-to-one.inputs.js';
import { OneToOne } from './one-to-one.model.js';
import {
  OneToOnePayload,
  RescheduleOneToOneResult,
  StartOneToOneResult,
  type OneToOneExists,
} from './one-to-one.payloads.js';
import { OneToOneService } from './one-to-one.service.js';

@Resolver(() => OneToOne)
export class OneToOneMutationsResolver {
  constructor(private readonly service: OneToOneService) {}

  @Mutation(() => StartOneToOneResult, {
    description:
      'Starts a one-to-one with another person. It opens immediately if an open reporting line of either kind connects the two; otherwise the other person is invited by mail. Starting one with a person who has invited the viewer accepts that invitation.',
  })
  startOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The other person, and the schedule.' }) input: StartOneToOneInput,
  ): Promise<OneToOnePayload | OneToOneExists> {
    return this.service.start(ctx, input);
  }

  @Mutation(() => OneToOnePayload, { description: 'Accepts an invitation to a one-to-one.' })
  async acceptOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The invitation to accept.' }) { id }: AcceptOneToOneInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.accept(ctx, id) };
  }

  @Mutation(() => DeletePayload, {
    description:
      'Declines an invitation to a one-to-one. It disappears for the viewer. Its sender sees it as INVITED until 30 days after it was sent, like an unanswered one.',
  })
  async declineOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The invitation to decline.' }) { id }: DeclineOneToOneInput,
  ): Promise<DeletePayload> {
    await this.service.decline(ctx, id);
    return { deletedId: id };
  }

  @Mutation(() => RescheduleOneToOneResult, {
    description: 'Changes the recurrence, time zone or duration of a one-to-one. Either participant can.',
  })
  rescheduleOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The changes, and the version that they are based on.' })
    input: RescheduleOneToOneInput,
  ): Promise<OneToOnePayload | EditConflict> {
    return this.service.reschedule(ctx, input);
  }

  @Mutation(() => OneToOnePayload, {
    description:
      'Pauses a one-to-one until a day, changes that day, or ends the pause. Either participant can. The conversation that the recurrence has planned moves to its first date after the pause; others within the pause are cancelled. Open action items of both that fall due meanwhile are late at the end of the pause; if it is cut short, at the end of the next day at the earliest. Items that are late already stay late.',
  })
  async pauseOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The one-to-one, and the last day of the pause.' })
    input: PauseOneToOneInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.pause(ctx, input) };
  }

  @Mutation(() => OneToOnePayload, {
    description:
      'Ends a one-to-one. Either participant can. Planned conversations are cancelled. It can still be read, and the two people can start another one.',
  })
  async endOneToOne(
    @CurrentContext() ctx: PersonContext,
    @Args('input', { description: 'The one-to-one to end.' }) { id }: EndOneToOneInput,
  ): Promise<OneToOnePayload> {
    return { oneToOne: await this.service.end(ctx, id) };
  }
}
