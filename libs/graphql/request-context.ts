import type { ApolloServerPlugin } from '@apollo/server';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { DatabaseContext, PrefetchCache, RunIdempotently } from '#db';
import type { Viewer } from '#identity';
import { publishOutcome } from './diagnostics.js';
import { formatFailure } from './errors/error-format.js';
import { setUnavailable } from './errors/http-status.js';
import { isAboutNothing, untilNextStep } from './execution/response-timing.js';

/** What is known of a request before anything of it runs. */
export interface RequestProperties {
  /** Who asks; null for nobody. */
  readonly viewer: Viewer | null;
  /** Where `viewer` is who it was the last time: who it is. */
  readonly confirmed?: Promise<Viewer | null> | undefined;
  /** What is read ahead for `viewer`. */
  readonly prefetchCache?: PrefetchCache | undefined;
  /** Correlation id: in the response's X-Request-Id, in every log line of the request, in an internal error. */
  readonly requestId: string;
  /** The client's network address; for throttles only, never logged. */
  readonly clientAddress: string;
  /** What the client calls itself, shortened; for the label of a session. */
  readonly userAgent: string;
  /** The header Idempotency-Key as it was sent. */
  readonly idempotencyKey?: string | undefined;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Something that remembers rows for the length of an operation. */
export interface Cache {
  clearAll(): void;
}

/**
 * One GraphQL operation: the context value of every resolver.
 *
 * Its fields are plain properties and not #private ones, since Nest's driver copies the context object before use.
 */
export class RequestContext implements DatabaseContext<Viewer | null> {
  readonly requestId: string;
  readonly clientAddress: string;
  readonly userAgent: string;
  readonly idempotencyKey: string | undefined;
  /** When it came, by performance.now(). */
  readonly began = performance.now();
  /** How large what was sent is, in bytes. */
  bodyBytes = 0;
  /** What came of executing it where that is not an answer without errors; for the executor. */
  failing: Promise<ExecutionResult> | undefined;
  /** Completes the result of an operation when nothing changes it any more. Never rejects. */
  beforeResponse: ((result: Writable<FormattedExecutionResult>) => Promise<void>) | undefined;
  private readonly current: {
    viewer: Viewer | null;
    confirmed: Promise<Viewer | null> | undefined;
    prefetchCache: PrefetchCache | undefined;
    runIdempotently: RunIdempotently | undefined;
  };
  private readonly kept = new Map<object, unknown>();
  private readonly caches = new Set<Cache>();
  private readonly pending = new Map<string, () => Promise<void>>();
  private readonly begun = new Set<string>();

  constructor(request: RequestProperties) {
    const { viewer, confirmed, prefetchCache } = request;
    this.current = { viewer, confirmed, prefetchCache, runIdempotently: undefined };
    // Looked at in `confirm`; until then a failure of it must not count as unhandled.
    request.confirmed?.catch(() => undefined);
    this.requestId = request.requestId;
    this.clientAddress = request.clientAddress;
    this.userAgent = request.userAgent;
    this.idempotencyKey = request.idempotencyKey;
  }

  /** Who asks; null for nobody. */
  get viewer(): Viewer | null {
    return this.current.viewer;
  }

  get prefetchCache(): PrefetchCache | undefined {
    return this.current.prefetchCache;
  }

  get runIdempotently(): RunIdempotently | undefined {
    return this.current.runIdempotently;
  }

  /** Has the next write run at most once; what was loaded is forgotten. Undefined: as ever again. */
  setRunIdempotently(runIdempotently: RunIdempotently | undefined): void {
    this.current.runIdempotently = runIdempotently;
    this.clearLoaders();
  }

  /**
   * Makes sure of who asks. PrefetchCache may begin before that, since the law looks at the session itself; its answer may not leave,
   * and nothing may be written.
   *
   * @returns false where it is not who was taken for it (signed out meanwhile, say): from now on it is, and nothing that was
   * done so far counts. To be done again.
   * @throws when it cannot be found out; then too nothing that was done so far counts
   */
  async confirm(): Promise<boolean> {
    const { confirmed, viewer } = this.current;
    if (confirmed === undefined) return true;
    const actual = await confirmed.catch((error: unknown) => {
      this.forget();
      throw error;
    });
    this.current.confirmed = undefined;
    if (isSame(actual, viewer)) return true;
    this.current.viewer = actual;
    this.current.prefetchCache = undefined;
    this.forget();
    return false;
  }

  private forget(): void {
    for (const each of [this.kept, this.caches, this.pending, this.begun]) each.clear();
  }

  /** The rest of this operation runs for somebody else, as after signing in or out; what was loaded is forgotten. */
  become(viewer: Viewer | null): void {
    this.current.viewer = viewer;
    this.current.prefetchCache = undefined;
    this.clearLoaders();
  }

  /** A value made on its first asking and kept for this operation; `key` is an object of the asker's own. */
  keep<T>(key: object, make: () => T): T {
    if (!this.kept.has(key)) this.kept.set(key, make());
    return this.kept.get(key) as T;
  }

  /** Has {@link clearLoaders} clear this too. */
  addCache(cache: Cache): void {
    this.caches.add(cache);
  }

  /** Forgets every row loaded so far, so that the next load reads the database anew. */
  clearLoaders(): void {
    for (const cache of this.caches) cache.clearAll();
  }

  /**
   * Has `work` done once, after execution and before the response leaves. If any such work fails, there is no
   * answer: data is null and the only error is that failure, which of a mutation does not say that nothing happened.
   *
   * @param key names the work: a second call with the same key changes nothing.
   */
  beforeAnswer(key: string, work: () => Promise<void>): void {
    if (this.begun.has(key)) return;
    this.begun.add(key);
    this.pending.set(key, work);
  }

  /** Does what {@link beforeAnswer} asked for, also what that work itself asks for. */
  async settle(): Promise<void> {
    while (this.pending.size > 0) {
      const work = [...this.pending.values()];
      this.pending.clear();
      await Promise.all(work.map((one) => one()));
    }
  }
}

function isSame(one: Viewer | null, other: Viewer | null): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Runs what operations asked to have done before their answer; withholds the answer when it fails. */
export function beforeAnswerPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async willSendResponse({ contextValue, operation, response }) {
          try {
            await contextValue.settle();
          } catch (error) {
            const refusal = formatFailure(error, contextValue.requestId);
            response.body = { kind: 'single', singleResult: { data: null, errors: [refusal] } };
            setUnavailable({ response });
          }
          const result = response.body.kind === 'single' ? response.body.singleResult : {};
          await contextValue.beforeResponse?.(result);
          const { data, errors } = result;
          publishOutcome(operation, errors);
          if (isAboutNothing(data, errors)) await untilNextStep(contextValue.began);
        },
      }),
  };
}
