import { Args, Context, Mutation, Parent, Resolver } from '@nestjs/graphql';
import type { PersonContext } from '#db';
import { CurrentContext, derivedId, NoIdempotencyKey, RequestContext, ResolveId } from '#graphql';
import { AllowFormerEmployees, Public } from '#identity';
import {
  CancelEmailChangeInput,
  ChangeEmailInput,
  ConfirmEmailChangeInput,
} from './address-change.inputs.js';
import { ChangeEmailPayload, EmailChange } from './address-change.model.js';
import type { AddressChangeRow } from './address-change.repository.js';
import { signedOut } from './signed-in.js';
import { AddressChangeService } from './address-change.service.js';

@Resolver()
export class AddressChangeResolver {
  constructor(private readonly changes: AddressChangeService) {}

  @AllowFormerEmployees()
  @NoIdempotencyKey('a repeated request replaces the first one.')
  @Mutation(() => ChangeEmailPayload, {
    description:
      'Requests a change of the viewer’s sign-in address, which is independent of the e-mail address in the directory. Both addresses are sent a link. INVALID_CREDENTIALS when the password is wrong.',
  })
  changeEmail(
    @Args('input', { description: 'The new address and the password.' })
    { email, password }: ChangeEmailInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<ChangeEmailPayload> {
    return this.changes.request(ctx, email, password);
  }

  @Public()
  @NoIdempotencyKey('the link can be used only once.')
  @Mutation(() => ChangeEmailPayload, {
    description:
      'Confirms a change of the sign-in address with the link that was sent to the old or the new address. NOT_FOUND when the link does not work.',
  })
  async confirmEmailChange(
    @Args('input', { description: 'The link.' }) { token }: ConfirmEmailChangeInput,
    @Context() ctx: RequestContext,
  ): Promise<ChangeEmailPayload> {
    const state = await this.changes.confirm(token, ctx);
    // It may be this very session that has ended.
    if (state.changed) signedOut(ctx);
    return state;
  }

  @Public()
  @NoIdempotencyKey('cancelling twice has no further effect.')
  @Mutation(() => ChangeEmailPayload, {
    description:
      'Cancels a pending change of the sign-in address: the viewer’s own, or the one of a link. NOT_FOUND when there is none.',
  })
  cancelEmailChange(
    @Context() ctx: RequestContext,
    // Without "| null", because the emitted type metadata would lose the class to validate against.
    @Args('input', { nullable: true, description: 'The link, to cancel without being signed in.' })
    input?: CancelEmailChangeInput,
  ): Promise<ChangeEmailPayload> {
    return this.changes.cancel(ctx, input?.token);
  }
}

@Resolver(() => EmailChange)
export class EmailChangeResolver {
  @ResolveId()
  id(@Parent() { newEmail, requestedAt }: AddressChangeRow): string {
    return derivedId('EmailChange', newEmail, requestedAt.toISOString());
  }
}
