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
      'Asks for another address for signing in, which is separate from the directory’s. Both addresses are sent a link.',
  })
  changeEmail(
    @Args('input', { description: 'The address, and the password.' }) { email, password }: ChangeEmailInput,
    @CurrentContext() ctx: PersonContext,
  ): Promise<ChangeEmailPayload> {
    return this.changes.request(ctx, email, password);
  }

  @Public()
  @NoIdempotencyKey('the link works once.')
  @Mutation(() => ChangeEmailPayload, { description: 'Uses the link sent to the old or to the new address.' })
  async confirmEmailChange(
    @Args('input', { description: 'The link.' }) { token }: ConfirmEmailChangeInput,
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
      'Takes a change back that has not happened yet: by whoever is signed in, or with the link in the notice.',
  })
  cancelEmailChange(
    @Context() ctx: RequestContext,
    // Not "| null": the compiler would then not tell which class to check it against.
    @Args('input', { nullable: true, description: 'For cancelling without being signed in.' })
    input?: CancelEmailChangeInput,
  ): Promise<ChangeEmailPayload> {
    return this.changes.cancel(ctx, input?.token);
  }
}
