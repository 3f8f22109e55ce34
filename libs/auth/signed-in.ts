import type { RequestContext } from '#graphql';
import type { SignInPayload } from './session.model.js';
import type { SignedIn } from './session.service.js';

/**
 * The payload of a new session, which is put into the cookie if the client keeps one. The rest of the operation runs as the person who
 * has signed in.
 */
export function signedIn(ctx: RequestContext, { token, expiresAt, viewer }: SignedIn): SignInPayload {
  ctx.setViewer(viewer);
  if (ctx.sessionCookie) {
    ctx.sessionCookie.set(token, expiresAt);
    return { token: null, expiresAt };
  }
  return { token, expiresAt };
}

/** After the session of the request was ended: the rest of the operation runs without a viewer, and the cookie is removed. */
export function signedOut(ctx: RequestContext): void {
  ctx.setViewer(null);
  ctx.sessionCookie?.clear();
}
