import type { EntityManager } from 'typeorm';
import type { PersonViewer, Viewer } from '#identity';
import type { PrefetchCache } from './driver/prefetch-cache.js';

/**
 * Runs the work of a mutation's write at most once: called inside the transaction of that write, with the work, which it leaves
 * out where the same mutation has been done before.
 */
export type RunIdempotently = <T>(em: EntityManager, work: () => Promise<T>) => Promise<T>;

/**
 * What {@link Database} needs to know of whoever it reads and writes for. The context of a GraphQL request is one; commands and timers
 * make their own. It is passed on as an argument, never kept in ambient state: a loader's batch runs in the async context of the
 * first caller.
 */
export interface DatabaseContext<V = Pick<Viewer, 'sessionHash'> | null> {
  /** Null reads and writes without a session: no rows are visible. */
  readonly viewer: V;
  /** While a mutation with an Idempotency-Key runs. */
  readonly runIdempotently?: RunIdempotently | undefined;
  /** What this request has read ahead. */
  readonly prefetchCache?: PrefetchCache | undefined;
}

/** The context of a signed-in person or an API token. */
export type ViewerContext = DatabaseContext<Viewer>;

/** The context of a signed-in person. */
export type PersonContext = DatabaseContext<PersonViewer>;
