import type { Viewer } from '#identity';

/** Spares a read that would return nothing; app.external_ids decides. */
export function mayReadExternalIds(viewer: Viewer | null): boolean {
  return (
    viewer !== null && (viewer.roles.includes('PEOPLE_ADMIN') || viewer.scopes.includes('DIRECTORY_READ'))
  );
}

/** Spares a read that would return nothing; app.account_states decides. */
export function mayReadAccountStates(viewer: Viewer | null): boolean {
  return viewer?.roles.includes('PEOPLE_ADMIN') === true;
}
