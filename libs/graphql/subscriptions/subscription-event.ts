import type { EventRoot, RequestContext } from '../request-context.js';

export type { EventRoot };

/** Returned by {@link SubscriptionEvent.read} where the subscriber may not receive any more events. */
export const SUBSCRIPTION_ENDED = Symbol('SUBSCRIPTION_ENDED');

/** One event of a subscription. A subscription's resolver returns an `AsyncIterable` of these. */
export interface SubscriptionEvent {
  /**
   * Reads what is sent, just before it is sent, with the session of the subscriber.
   *
   * @returns null where this subscriber receives nothing
   */
  read(ctx: RequestContext): Promise<EventRoot | null | typeof SUBSCRIPTION_ENDED>;
}

/** The events of one subscription. */
export type EventSource = AsyncIterableIterator<SubscriptionEvent, undefined, undefined>;
