import type { EntityManager } from 'typeorm';
import type { PersonViewer, Viewer } from '#identity';
import type { PrefetchCache } from './driver/prefetch-cache.js';

/**
 * Runs the work of a mutation at most once for an idempotency key. Called in the transaction of the mutation's write; when the
 * mutation ran before, it skips `work` and returns the stored result.
 */
export type RunIdempotently = <T>(em: EntityManager, work: () => Promise<T>) => Promise<T>;

/**
 * What {@link Database} needs to know about the request that it reads and writes for. The context of a GraphQL request implements it;
 * commands and timers create their own. It is passed as an argument, never kept in ambient state: a loader's batch runs in the
 * async context of its first caller.
 */
export interface DatabaseContext<V = Pick<Viewer, 'sessionHash'> | null> {
  /** Null: without a session, which sees no rows. */
  readonly viewer: V;
  /** Set while a mutation with an Idempotency-Key runs. */
  readonly runIdempotently?: RunIdempotently | undefined;
  /** The results that this request has prefetched. */
  readonly prefetchCache?: PrefetchCache | undefined;
}

/** The context of a signed-in person or an API token. */
export type ViewerContext = DatabaseContext<Viewer>;

/** The context of a signed-in person. */
export type PersonContext = DatabaseContext<PersonViewer>;
