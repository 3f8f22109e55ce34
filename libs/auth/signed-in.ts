import type { RequestContext } from '#graphql';
import type { SignInPayload } from './session.model.js';
import type { SignedIn } from './session.service.js';

/** The payload of a new session. The rest of the operation runs as the person who has signed in. */
export function signedIn(ctx: RequestContext, { token, expiresAt, viewer }: SignedIn): SignInPayload {
  ctx.setViewer(viewer);
  return { token, expiresAt };
}
