import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { PersonViewer, Viewer } from '#db';
import { Operation, notPermitted, unauthenticated } from '#graphql';

/**
 * The signed-in person, a {@link PersonViewer}. An API token is refused (NOT_PERMITTED), so that the type holds whatever
 * the resolver says about tokens; a resolver that serves both takes {@link AnyViewer}.
 */
export const CurrentViewer = createParamDecorator((_: undefined, context: ExecutionContext): PersonViewer => {
  const viewer = viewerOf(context);
  if (!isPerson(viewer)) throw notPermitted('An API token may not do this.');
  return viewer;
});

/** The signed-in person or API token, a {@link Viewer}. */
export const AnyViewer = createParamDecorator((_: undefined, context: ExecutionContext): Viewer =>
  viewerOf(context),
);

/** Whether a person is behind this viewer, rather than an API token. */
export function isPerson(viewer: Viewer): viewer is PersonViewer {
  return viewer.personId !== null;
}

function viewerOf(context: ExecutionContext): Viewer {
  const { viewer } = context.getArgByIndex<Operation>(2);
  if (viewer === null) throw unauthenticated();
  return viewer;
}
