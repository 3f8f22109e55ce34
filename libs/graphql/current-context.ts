import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { PersonContext, ViewerContext } from '#db';
import { notPermitted, unauthenticated } from './errors/errors.js';
import type { RequestContext } from './request-context.js';

/** A request of a signed-in person or an API token. */
export type ViewerRequest = RequestContext & ViewerContext;

/** A request of a signed-in person. */
export type PersonRequest = RequestContext & PersonContext;

/**
 * The context of a signed-in person, a {@link PersonContext}. An API token is refused (NOT_PERMITTED), whatever the resolver
 * declares about tokens; a resolver that serves both takes {@link ViewerOrToken}.
 */
export const CurrentContext = createParamDecorator(
  (_: undefined, context: ExecutionContext): PersonRequest => {
    const ctx = signedInContext(context);
    if (!isOfPerson(ctx)) throw notPermitted('API tokens cannot do this: sign in as a person.');
    return ctx;
  },
);

/** The context of a signed-in person or an API token, a {@link ViewerContext}. */
export const ViewerOrToken = createParamDecorator((_: undefined, context: ExecutionContext): ViewerRequest =>
  signedInContext(context),
);

/** Whether a person is behind this context, rather than an API token. */
function isOfPerson<C extends ViewerContext>(ctx: C): ctx is C & PersonContext {
  return ctx.viewer.personId !== null;
}

function signedInContext(context: ExecutionContext): ViewerRequest {
  const ctx = context.getArgByIndex<RequestContext>(2);
  if (!isSignedIn(ctx)) throw unauthenticated();
  return ctx;
}

function isSignedIn(ctx: RequestContext): ctx is ViewerRequest {
  return ctx.viewer !== null;
}
