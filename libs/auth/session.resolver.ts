import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { PersonViewer } from '#db';
import { ForFormer, Operation, WithoutKey } from '#graphql';
import { CurrentViewer } from './current-viewer.js';
import { RevokeSessionInput } from './session.inputs.js';
import { RevokeSessionPayload, SignOutPayload } from './session.model.js';
import { SessionService } from './session.service.js';

@Resolver()
export class SessionResolver {
  constructor(private readonly sessions: SessionService) {}

  @ForFormer()
  @WithoutKey('it ends the session that it is sent with.')
  @Mutation(() => SignOutPayload, { description: 'Ends the session that this request came with.' })
  async signOut(@CurrentViewer() viewer: PersonViewer, @Context() op: Operation): Promise<SignOutPayload> {
    await this.sessions.revoke(viewer, viewer.sessionId);
    op.become(null);
    return { revokedId: viewer.sessionId };
  }

  @ForFormer()
  @WithoutKey('a session ends once, perhaps the one that it is sent with.')
  @Mutation(() => RevokeSessionPayload, { description: 'Ends one of the viewer’s own sessions, at once.' })
  async revokeSession(
    @Args('input', { description: 'Which.' }) { id }: RevokeSessionInput,
    @CurrentViewer() viewer: PersonViewer,
    @Context() op: Operation,
  ): Promise<RevokeSessionPayload> {
    await this.sessions.revoke(viewer, id);
    if (id === viewer.sessionId) op.become(null);
    return { revokedId: id };
  }
}
