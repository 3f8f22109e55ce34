import type { PrefetchCache } from '#db';
import type { Viewer } from '#identity';

/** Who asks, as far as it can be said at once. */
export interface CachedIdentity {
  /** Who was behind this token the last time. */
  readonly viewer: Viewer;
  /** For what is read ahead as `viewer`. */
  readonly prefetchCache: PrefetchCache;
  /** Who is behind it now. Rejects when that cannot be found out. */
  readonly verifiedViewer: Promise<Viewer | null>;
}

/** Who is asking. Provided by whoever keeps sessions. */
export abstract class Authenticator {
  /**
   * The viewer behind a bearer token as it was sent; null when there is none, or it is unknown, revoked or over.
   *
   * @throws only when it cannot be found out: the request then fails, and does not run as nobody
   */
  abstract authenticate(token: string | null): Promise<Viewer | null>;

  /** A token that was seen lately, while it is looked up anew; undefined for any other. */
  abstract cachedIdentity(token: string | null): CachedIdentity | undefined;
}
