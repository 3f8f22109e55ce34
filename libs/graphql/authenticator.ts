import type { PrefetchCache } from '#db';
import type { Viewer } from '#identity';

/** The viewer of a token from an earlier request, while its session is looked up again. */
export interface CachedIdentity {
  readonly viewer: Viewer;
  /** For reads as `viewer`. */
  readonly prefetchCache: PrefetchCache;
  /** The current viewer. Rejects if the session cannot be looked up. */
  readonly verifiedViewer: Promise<Viewer | null>;
}

/** Identifies the viewer of a request. libs/auth provides it. */
export abstract class Authenticator {
  /**
   * The viewer of a bearer token; null if there is no token, or it is unknown, revoked or expired.
   *
   * @throws if the session cannot be looked up: the request fails then, and is not treated as signed out
   */
  abstract authenticate(token: string | null): Promise<Viewer | null>;

  /** The cached viewer of a token, and a new lookup of its session; undefined for a token that is not cached. */
  abstract getCachedIdentity(token: string | null): CachedIdentity | undefined;

  /** Records that the session of a token was used, if it was due at the last lookup. */
  abstract recordUse(token: string | null): Promise<void>;

  /** Those of these sessions, by their hashes, that have ended, or whose person is no longer employed. */
  abstract findEnded(sessionHashes: readonly string[]): Promise<ReadonlySet<string>>;
}
