import { conflict, type ApiError } from '#graphql';

/** For an edit of a version that is no longer the present one, where the result cannot be an EditConflict. */
export function changedMeanwhile(): ApiError {
  return conflict('This goal was changed meanwhile. Read it again.');
}
