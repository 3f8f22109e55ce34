import { isDeepStrictEqual } from 'node:util';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { DatabaseContext, PrefetchCache, RunIdempotently } from '#db';
import type { Viewer } from '#identity';

/** What is known about a request before its operation runs. */
export interface RequestProperties {
  /** The person or API token that sent the request; null if not signed in. */
  readonly viewer: Viewer | null;
  /** If `viewer` was cached: resolves to the current viewer. Rejects if the session cannot be looked up. */
  readonly verifiedViewer?: Promise<Viewer | null> | undefined;
  /** For reads as `viewer` that are sent early. */
  readonly prefetchCache?: PrefetchCache | undefined;
  /** Records that the session was used, if that is due. */
  readonly recordUse?: (() => Promise<void>) | undefined;
  /** In the response header X-Request-Id, in every log line of the request, and in internal errors. */
  readonly requestId: string;
  /** The client's network address; for rate limits only, never logged. */
  readonly clientAddress: string;
  /** The User-Agent header, shortened; labels a session. */
  readonly userAgent: string;
  /** The Idempotency-Key header as it was sent. */
  readonly idempotencyKey?: string | undefined;
  /** Set if the client keeps its session in a cookie. */
  readonly sessionCookie?: SessionCookie | undefined;
  /** Whether it was sent by a page of a browser, which keeps its session in a cookie. The default is false. */
  readonly isFromPage?: boolean;
}

/** The cookie in which a browser keeps its session. Changes are sent with the response. */
export interface SessionCookie {
  /** The token that the request had in the cookie, valid or not. */
  readonly token: string | null;
  /** The Set-Cookie header of the response; undefined if the cookie does not change. */
  readonly header: string | undefined;
  set(token: string, expiresAt: Date): void;
  clear(): void;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Rows that are cached for the duration of an operation. */
export interface Cache {
  clearAll(): void;
}

/** A mutation that can be repeated with the same key. */
export interface IdempotentRequest {
  readonly key: string;
  /** SHA-256 of the document, variables and operation name. */
  readonly bodyHash: Buffer;
}

/** The value of a subscription's field, by the name of the field. */
export type EventRoot = Readonly<Record<string, object>>;

/** The part of a subscription in one execution of its operation (execution/executor.ts). */
export interface SubscriptionExecution {
  /** The event that this execution is about. Without one, it is the start of the subscription, about its first event. */
  readonly root?: EventRoot;
  /** The events (`EventSource`), set by the start. */
  source?: AsyncIterator<unknown, undefined, undefined>;
}

/**
 * One GraphQL request: the context value of every resolver, passed on to services and loaders as `ctx`.
 *
 * All its state is in ordinary properties, because Apollo Server copies the context object before it executes the operation.
 */
export class RequestContext implements DatabaseContext<Viewer | null> {
  readonly requestId: string;
  readonly clientAddress: string;
  readonly userAgent: string;
  readonly idempotencyKey: string | undefined;
  readonly sessionCookie: SessionCookie | undefined;
  readonly isFromPage: boolean;
  /** When the request arrived, from performance.now(). */
  readonly startedAt = performance.now();
  /** The size of the request body. */
  bodyBytes = 0;
  /** The person or API token that the operation runs for; null if not signed in. Changed by {@link setViewer} only. */
  viewer: Viewer | null;
  prefetchCache: PrefetchCache | undefined;
  /** Records that the session of the request was used, if that is due. Called once the session is verified. */
  readonly recordUse: (() => Promise<void>) | undefined;
  /** Set if the operation is a mutation with an Idempotency-Key. */
  idempotency: IdempotentRequest | undefined;
  /** Set while a resolver of such a mutation runs. */
  runIdempotently: RunIdempotently | undefined;
  /** Set for operations that arrive over a WebSocket. */
  subscription: SubscriptionExecution | undefined;
  /** The result of the execution if it has errors; see execution/executor.ts. */
  failedExecution: Promise<ExecutionResult> | undefined;
  /** Adds to the result of the operation once nothing else changes it. Never rejects. */
  completeResult: ((result: Writable<FormattedExecutionResult>) => Promise<void>) | undefined;
  private verifiedViewer: Promise<Viewer | null> | undefined;
  private readonly values = new Map<object, unknown>();
  private readonly caches = new Set<Cache>();
  private readonly waiting = new Map<string, () => Promise<void>>();
  private readonly registered = new Set<string>();

  constructor(request: RequestProperties) {
    this.viewer = request.viewer;
    this.verifiedViewer = request.verifiedViewer;
    // Handled in `verifyViewer`; a rejection before that must not count as unhandled.
    this.verifiedViewer?.catch(() => undefined);
    this.prefetchCache = request.prefetchCache;
    this.recordUse = request.recordUse;
    this.requestId = request.requestId;
    this.clientAddress = request.clientAddress;
    this.userAgent = request.userAgent;
    this.idempotencyKey = request.idempotencyKey;
    this.sessionCookie = request.sessionCookie;
    this.isFromPage = request.isFromPage ?? false;
  }

  /**
   * Waits until the session of a cached viewer has been looked up. A query may start before that, because the policies check the session
   * in every statement, but its response waits, and so does every mutation.
   *
   * @returns false if the viewer has changed, for example because the session ended: the context has the current viewer, nothing that
   * was done so far counts, and the operation must run again
   * @throws if the session cannot be looked up; nothing that was done so far counts
   */
  async verifyViewer(): Promise<boolean> {
    if (this.verifiedViewer === undefined) return true;
    const current = await this.verifiedViewer.catch((error: unknown) => {
      this.reset();
      throw error;
    });
    this.verifiedViewer = undefined;
    if (isDeepStrictEqual(current, this.viewer)) return true;
    this.viewer = current;
    this.prefetchCache = undefined;
    this.reset();
    return false;
  }

  private reset(): void {
    for (const state of [this.values, this.caches, this.waiting, this.registered]) state.clear();
  }

  /** Runs the rest of the operation for another viewer, as after signing in or out, and clears all loaders. */
  setViewer(viewer: Viewer | null): void {
    this.viewer = viewer;
    this.prefetchCache = undefined;
    this.clearLoaders();
  }

  /** A value that exists once per request. @param key an object that only the caller has */
  getOrCreate<T>(key: object, create: () => T): T {
    if (!this.values.has(key)) this.values.set(key, create());
    return this.values.get(key) as T;
  }

  /** Makes {@link clearLoaders} clear this cache too. */
  addCache(cache: Cache): void {
    this.caches.add(cache);
  }

  /** Clears all loaded rows, so that they are read again. */
  clearLoaders(): void {
    for (const cache of this.caches) cache.clearAll();
  }

  /**
   * Runs `work` once, after the execution and before the response. If it fails, the response has no data and this error only; for a
   * mutation that does not mean that nothing was written.
   *
   * @param key identifies the work; further calls with the same key are ignored
   */
  beforeResponse(key: string, work: () => Promise<void>): void {
    if (this.registered.has(key)) return;
    this.registered.add(key);
    this.waiting.set(key, work);
  }

  /** Runs the work that {@link beforeResponse} registered, including what that work registers. */
  async runBeforeResponse(): Promise<void> {
    while (this.waiting.size > 0) {
      const work = [...this.waiting.values()];
      this.waiting.clear();
      await Promise.all(work.map((each) => each()));
    }
  }
}
