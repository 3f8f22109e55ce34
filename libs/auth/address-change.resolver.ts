import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, RequestContext, NoIdempotencyKey } from '#graphql';
import { AllowFormerEmployees, Public } from '#identity';
import {
  CancelEmailChangeInput,
  ChangeEmailInput,
  ConfirmEmailChangeInput,
} from './address-change.inputs.js';
import { ChangeEmailPayload } from './address-change.model.js';
import { AddressChangeService } from './address-change.service.js';

@Resolver()
export class AddressChangeResolver {
  constructor(private readonly changes: AddressChangeService) {}

  @AllowFormerEmployees()
  @NoIdempotencyKey('asked for again, it takes the place of what was asked before.')
  @Mutation(() => ChangeEmailPayload, {
    description:
      'Requests a change of the viewer’s sign-in address, which is separate from the address in the directory. Sends a confirmation link to both addresses.',
  })
  changeEmail(
    @Args('input', { description: 'The new address, and the current password.' })
    { email, password }: ChangeEmailInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<ChangeEmailPayload> {
    return this.changes.request(ctx, email, password);
  }

  @Public()
  @NoIdempotencyKey('the link works once.')
  @Mutation(() => ChangeEmailPayload, {
    description: 'Confirms a change of a sign-in address with the link sent to the old or the new address.',
  })
  async confirmEmailChange(
    @Args('input', { description: 'The confirmation link.' }) { token }: ConfirmEmailChangeInput,
    @Context() ctx: RequestContext,
  ): Promise<ChangeEmailPayload> {
    const state = await this.changes.confirm(token, ctx);
    // It may be this very session that has ended.
    if (state.changed) ctx.setViewer(null);
    return state;
  }

  @Public()
  @NoIdempotencyKey('it takes back what is there, once.')
  @Mutation(() => ChangeEmailPayload, {
    description:
      'Cancels a pending change of the sign-in address: the viewer’s own, or the one in the notice whose link is given.',
  })
  cancelEmailChange(
    @Context() ctx: RequestContext,
    // Not "| null": the compiler would then not tell which class to check it against.
    @Args('input', {
      nullable: true,
      description: 'The link in the notice, to cancel without being signed in.',
    })
    input?: CancelEmailChangeInput,
  ): Promise<ChangeEmailPayload> {
    return this.changes.cancel(ctx, input?.token);
  }
}
