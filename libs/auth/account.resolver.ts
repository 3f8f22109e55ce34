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
  @NoIdempotencyKey('a session is not opened a second time for whoever sends it again.')
  @Mutation(() => SignInPayload, {
    description:
      'Signs in and returns a new session. INVALID_CREDENTIALS when the address or the password is wrong or the account is disabled; the error does not say which.',
  })
  async signIn(
    @Args('input', { description: 'The credentials of an account.' })
    { email, password, earlierToken }: SignInInput,
    @Context() ctx: RequestContext,
  ): Promise<SignInPayload> {
    return signedIn(ctx, await this.accounts.signIn(email, password, ctx, earlierToken ?? undefined));
  }

  @Public()
  @NoIdempotencyKey('nobody is signed in who could have a key.')
  @Mutation(() => RequestPasswordResetPayload, {
    description:
      'Sends a password reset link to a sign-in address. The result is the same if the address has no account.',
  })
  async requestPasswordReset(
    @Args('input', { description: 'The account.' }) { email }: RequestPasswordResetInput,
    @Context() ctx: RequestContext,
  ): Promise<RequestPasswordResetPayload> {
    await this.accounts.requestPasswordReset(email, ctx);
    return { email };
  }

  @Public()
  @NoIdempotencyKey('the link works once.')
  @Mutation(() => SignInPayload, {
    description:
      'Sets a new password with a reset link, and signs in. Ends all sessions of the account, cancels a pending change of its sign-in address, and revokes the API tokens that the person created.',
  })
  async resetPassword(
    @Args('input', { description: 'The reset link and the new password.' })
    { token, password }: ResetPasswordInput,
    @Context() ctx: RequestContext,
  ): Promise<SignInPayload> {
    return signedIn(ctx, await this.accounts.resetPassword(token, password, ctx));
  }

  @AllowFormerEmployees()
  @NoIdempotencyKey('it ends the session that it is sent with.')
  @Mutation(() => SignInPayload, {
    description:
      'Changes the viewer’s password, and returns a new session. Ends all of their sessions, including the current one, cancels a pending change of their sign-in address, and revokes the API tokens that they created. INVALID_CREDENTIALS when the current password is wrong.',
  })
  async changePassword(
    @Args('input', { description: 'The current and the new password.' })
    { currentPassword, newPassword }: ChangePasswordInput,
    @CurrentContext() ctx: PersonRequest,
  ): Promise<SignInPayload> {
    return signedIn(ctx, await this.accounts.changePassword(ctx, currentPassword, newPassword, ctx));
  }
}
