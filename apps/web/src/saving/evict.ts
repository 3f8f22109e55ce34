import type { ApolloCache } from '@apollo/client';

/** Takes a deleted object out of the cache, and so out of every list that is shown. Does nothing if it was not deleted. */
export function evict(
  cache: ApolloCache,
  typename: string,
  deleted: { readonly deletedId: string } | null | undefined,
): void {
  if (deleted == null) return;
  cache.evict({ id: `${typename}:${deleted.deletedId}` });
  cache.gc();
}
