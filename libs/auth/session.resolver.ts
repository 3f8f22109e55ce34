import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentContext, NoIdempotencyKey, type PersonRequest } from '#graphql';
import { AllowFormerEmployees } from '#identity';
import { RevokeSessionInput } from './session.inputs.js';
import { RevokeSessionPayload, SignOutPayload } from './session.model.js';
import { SessionService } from './session.service.js';

@Resolver()
export class SessionResolver {
  constructor(private readonly sessions: SessionService) {}

  @AllowFormerEmployees()
  @NoIdempotencyKey('it ends the session that it is sent with.')
  @Mutation(() => SignOutPayload, { description: 'Ends the current session.' })
  async signOut(@CurrentContext() ctx: PersonRequest): Promise<SignOutPayload> {
    const { sessionId } = ctx.viewer;
    await this.sessions.revoke(ctx, sessionId);
    ctx.setViewer(null);
    return { revokedId: sessionId };
  }

  @AllowFormerEmployees()
  @NoIdempotencyKey('a session ends once, perhaps the one that it is sent with.')
  @Mutation(() => RevokeSessionPayload, { description: 'Ends one of the viewer’s sessions immediately.' })
  async revokeSession(
    @Args('input', { description: 'The session.' }) { id }: RevokeSessionInput,
    @CurrentContext() ctx: PersonRequest,
  ): Promise<RevokeSessionPayload> {
    await this.sessions.revoke(ctx, id);
    if (id === ctx.viewer.sessionId) ctx.setViewer(null);
    return { revokedId: id };
  }
}
