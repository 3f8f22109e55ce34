import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  CurrentContext,
  DeleteInput,
  DeletePayload,
  NoIdempotencyKey,
  Untraceable,
  type PersonRequest,
} from '#graphql';
import {
  AnswerBarrierInput,
  AssignBarrierInput,
  RaiseBarrierInput,
  RaiseNamelessBarrierInput,
  SupportBarrierInput,
  UnsupportBarrierInput,
} from './barrier.inputs.js';
import { Barrier, BarrierPayload, RaiseNamelessBarrierPayload } from './barrier.model.js';
import { BarrierService } from './barrier.service.js';

@Resolver(() => Barrier)
export class BarrierMutationsResolver {
  constructor(private readonly service: BarrierService) {}

  @Mutation(() => BarrierPayload, {
    description:
      "Raises a barrier in the viewer's name, which everybody in the organization sees. `raiseNamelessBarrier` raises one without.",
  })
  raiseBarrier(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The barrier.' }) input: RaiseBarrierInput,
  ): Promise<BarrierPayload> {
    return this.service.raise(ctx, input);
  }

  @Untraceable()
  @NoIdempotencyKey(
    'it would connect the barrier with you. The same words sent again on the same day are one barrier.',
  )
  @Mutation(() => RaiseNamelessBarrierPayload, {
    description:
      'Raises a barrier without a name, which cannot be added later, and which nobody can delete. No row, log line or counter connects it with the viewer; it appears the next day, in random order. Must be the only field of its operation. At most 10 a day; the count is kept in memory only.',
  })
  raiseNamelessBarrier(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The barrier.' }) input: RaiseNamelessBarrierInput,
  ): Promise<RaiseNamelessBarrierPayload> {
    return this.service.raiseNameless(ctx, input);
  }

  @Mutation(() => DeletePayload, {
    description:
      'Deletes a barrier that the viewer raised in their name, with its support: until it is answered, and until its supporters are counted. A barrier without a name has no author, so nobody can delete it.',
  })
  deleteBarrier(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The barrier to delete.' }) input: DeleteInput,
  ): Promise<DeletePayload> {
    return this.service.delete(ctx, input);
  }

  @Mutation(() => BarrierPayload, {
    description:
      'Assigns an unanswered barrier to a procedure area. An answer is then due 14 days later. Requires the role ORGANIZATION_ADMIN.',
  })
  assignBarrier(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The barrier and the procedure area.' }) input: AssignBarrierInput,
  ): Promise<BarrierPayload> {
    return this.service.assign(ctx, input);
  }

  @Mutation(() => BarrierPayload, {
    description:
      'Supports a barrier. Nobody sees who supports it, and their number only from the minimum group size up. The person who raised it cannot.',
  })
  supportBarrier(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The barrier.' }) input: SupportBarrierInput,
  ): Promise<BarrierPayload> {
    return this.service.addSupport(ctx, input.id);
  }

  @Mutation(() => BarrierPayload, { description: "Removes the viewer's support of a barrier." })
  unsupportBarrier(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The barrier.' }) input: UnsupportBarrierInput,
  ): Promise<BarrierPayload> {
    return this.service.removeSupport(ctx, input.id);
  }

  @Mutation(() => BarrierPayload, {
    description:
      'Answers a barrier. For the answerer of its procedure area and their deputy. A later answer replaces it; all stay readable.',
  })
  answerBarrier(
    @CurrentContext() ctx: PersonRequest,
    @Args('input', { description: 'The answer.' }) input: AnswerBarrierInput,
  ): Promise<BarrierPayload> {
    return this.service.answer(ctx, input);
  }
}
