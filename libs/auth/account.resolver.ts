import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentContext, RequestContext, NoIdempotencyKey, type PersonRequest } from '#graphql';
import { AllowFormerEmployees, Public } from '#identity';
import {
  ChangePasswordInput,
  RequestPasswordResetInput,
  ResetPasswordInput,
  SignInInput,
} from './account.inputs.js';
import { RequestPasswordResetPayload } from './account.model.js';
import { AccountService } from './account.service.js';
import { SignInPayload } from './session.model.js';
import { signedIn } from './signed-in.js';

@Resolver()
export class AccountResolver {
  constructor(private readonly accounts: AccountService) {}

  @Public()
  @NoIdempotencyKey('a retry opens a second session.')
  @Mutation(() => SignInPayload, {
    description:
      'Signs in and returns a new session. INVALID_CREDENTIALS when the address or the password is wrong or the account is disabled; the error does not say which.',
  })
  async signIn(
    @Args('input', { description: 'The address and the password.' })
    { email, password, earlierToken }: SignInInput,
    @Context() ctx: RequestContext,
  ): Promise<SignInPayload> {
    const earlier = earlierToken ?? ctx.sessionCookie?.token ?? undefined;
    return signedIn(ctx, await this.accounts.signIn(email, password, ctx, earlier));
  }

  @Public()
  @NoIdempotencyKey('keys are stored for signed-in people.')
  @Mutation(() => RequestPasswordResetPayload, {
    description:
      'Sends a password reset link if the address has an account. The result does not show whether it has.',
  })
  async requestPasswordReset(
    @Args('input', { description: 'The address of the account.' }) { email }: RequestPasswordResetInput,
    @Context() ctx: RequestContext,
  ): Promise<RequestPasswordResetPayload> {
    await this.accounts.requestPasswordReset(email, ctx);
    return { email };
  }

  @Public()
  @NoIdempotencyKey('the link can be used only once.')
  @Mutation(() => SignInPayload, {
    description:
      'Sets a new password with a password reset link. Ends every session of the account, cancels a pending change of its sign-in address, revokes the API tokens that the person created, and returns a new session. NOT_FOUND when the link does not work.',
  })
  async resetPassword(
    @Args('input', { description: 'The link and the new password.' }) { token, password }: ResetPasswordInput,
    @Context() ctx: RequestContext,
  ): Promise<SignInPayload> {
    return signedIn(ctx, await this.accounts.resetPassword(token, password, ctx));
  }

  @AllowFormerEmployees()
  @NoIdempotencyKey('it ends the session of the request.')
  @Mutation(() => SignInPayload, {
    description:
      'Changes the viewer’s password. Ends all of their sessions including this one, cancels a pending change of their sign-in address, revokes the API tokens that they created, and returns a new session. INVALID_CREDENTIALS when the current password is wrong.',
  })
  async changePassword(
    @Args('input', { description: 'The current and the new password.' })
    { currentPassword, newPassword }: ChangePasswordInput,
    @CurrentContext() ctx: PersonRequest,
  ): Promise<SignInPayload> {
    return signedIn(ctx, await this.accounts.changePassword(ctx, currentPassword, newPassword, ctx));
  }
}
