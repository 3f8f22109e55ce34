import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentContext, NoIdempotencyKey, type PersonRequest } from '#graphql';
import { AllowFormerEmployees } from '#identity';
import { RevokeSessionInput } from './session.inputs.js';
import { RevokeSessionPayload, SignOutPayload } from './session.model.js';
import { SessionService } from './session.service.js';
import { signedOut } from './signed-in.js';

@Resolver()
export class SessionResolver {
  constructor(private readonly sessions: SessionService) {}

  @AllowFormerEmployees()
  @NoIdempotencyKey('it ends the session of the request.')
  @Mutation(() => SignOutPayload, { description: 'Ends the session of this request.' })
  async signOut(@CurrentContext() ctx: PersonRequest): Promise<SignOutPayload> {
    const { sessionId } = ctx.viewer;
    await this.sessions.revoke(ctx, sessionId);
    signedOut(ctx);
    return { revokedId: sessionId };
  }

  @AllowFormerEmployees()
  @NoIdempotencyKey('it can end the session of the request.')
  @Mutation(() => RevokeSessionPayload, {
    description: 'Ends one of the viewer’s sessions at once. NOT_FOUND for any other ID.',
  })
  async revokeSession(
    @Args('input', { description: 'The session to end.' }) { id }: RevokeSessionInput,
    @CurrentContext() ctx: PersonRequest,
  ): Promise<RevokeSessionPayload> {
    await this.sessions.revoke(ctx, id);
    if (id === ctx.viewer.sessionId) signedOut(ctx);
    return { revokedId: id };
  }
}
