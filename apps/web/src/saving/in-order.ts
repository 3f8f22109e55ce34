import { ApolloLink } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { defer, map, retry, switchMap, timeout, timer, type Observable } from 'rxjs';
import { failureOf } from '../failure.ts';

/** In the context of a mutation that is sent in order, and again until the service has answered. */
export interface Turn {
  /** Resolves when everything before it was answered. */
  readonly come: () => Promise<void>;
  /** Whether it waits: there is no connection, or the service is busy. */
  readonly setWaiting: (isWaiting: boolean) => void;
}

/** An answer that takes longer is asked for again: with the same key, that has no second effect. */
const ANSWER_MS = 30_000;
const LONGEST_WAIT_MS = 30_000;

/** Sends mutations that have a `turn` in their context one after the other, and again when the connection is back or the service is free. */
export function makeInOrderLink(): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const turn = operation.getContext()['turn'] as Turn | undefined;
    if (turn === undefined) return forward(operation);
    return defer(turn.come).pipe(
      switchMap(() =>
        defer(() => forward(operation)).pipe(
          timeout({ first: ANSWER_MS }),
          map((result) => {
            if (result.errors !== undefined) {
              const error = new CombinedGraphQLErrors(result);
              if (failureOf(error).kind === 'busy') throw error;
            }
            turn.setWaiting(false);
            return result;
          }),
          retry({
            delay: (error: unknown, count) => {
              const wait = waitAfter(error, count);
              if (wait === undefined) throw error;
              turn.setWaiting(true);
              return wait;
            },
          }),
        ),
      ),
    );
  });
}

/** Emits when it is time to try again. Undefined after an error that sending again does not change. */
function waitAfter(error: unknown, count: number): Observable<unknown> | undefined {
  const failure = failureOf(error);
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  if (!isLate && failure.kind !== 'offline' && failure.kind !== 'busy') return undefined;
  const backoff = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(count - 1, 10)) * (0.75 + Math.random() / 2);
  const seconds = failure.kind === 'busy' ? failure.seconds : 0;
  const isOffline = failure.kind === 'offline';
  return defer(() => wait(Math.max(backoff, seconds * 1000), isOffline));
}

/** Waits some time, or until the device has a connection or is looked at again. */
async function wait(ms: number, isOffline: boolean): Promise<void> {
  const stop = new AbortController();
  await new Promise<void>((resolve) => {
    const end = (): void => {
      resolve();
    };
    timer(ms).subscribe(end);
    if (!isOffline) return;
    addEventListener('online', end, { signal: stop.signal });
    document.addEventListener('visibilitychange', end, { signal: stop.signal });
  });
  stop.abort();
}
