import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LISTEN_URL, NotificationListener } from '#db';
import {
  EventQueue,
  SUBSCRIPTION_ENDED,
  SubscriptionServer,
  unavailable,
  type EventSource,
  type SubscriptionEvent,
} from '#graphql';
import { CHANGES_CHANNEL, parseChanges, type AnnouncedChange } from './announced-change.js';

/** How long a start waits until changes can be received, in milliseconds. */
const LISTEN_WITHIN_MS = 2_000;
/** How many different objects can have changed that a subscriber has not received yet. */
const MOST_WAITING = 500;

/** After a deleted conversation. */
const END: SubscriptionEvent = { read: () => Promise.resolve(SUBSCRIPTION_ENDED) };

/** A subscription in this process. */
interface Subscriber {
  readonly conversationId: string;
  readonly queue: EventQueue<SubscriptionEvent>;
  readonly eventOf: (change: AnnouncedChange) => SubscriptionEvent;
}

/**
 * Receives what the worker announces, and passes it to the subscriptions of this process. While it cannot receive, no client is
 * connected: they connect again, and read what they have missed.
 */
@Injectable()
export class ConversationChanges implements OnApplicationBootstrap, OnModuleDestroy {
  /** By the ID of the one-to-one. */
  private readonly subscribers = new Map<string, Set<Subscriber>>();
  private readonly listener: NotificationListener;
  private isListening = false;
  private started: (() => void) | undefined;

  constructor(
    private readonly sockets: SubscriptionServer,
    @Inject(LISTEN_URL) url: string,
  ) {
    sockets.suspend();
    this.listener = new NotificationListener({
      url,
      channel: CHANGES_CHANNEL,
      onNotification: (message) => {
        for (const change of parseChanges(message)) this.pass(change);
      },
      onListening: () => {
        this.isListening = true;
        this.started?.();
        this.sockets.resume();
      },
      onLost: () => {
        this.isListening = false;
        this.sockets.suspend();
      },
    });
  }

  /** Waits for a moment, so that clients can connect as soon as the service answers. */
  async onApplicationBootstrap(): Promise<void> {
    const listening = new Promise<void>((resolve) => {
      this.started = resolve;
    });
    this.listener.start();
    await Promise.race([listening, sleep(LISTEN_WITHIN_MS, undefined, { ref: false })]);
  }

  onModuleDestroy(): Promise<void> {
    return this.listener.stop();
  }

  /**
   * The changes of a conversation from now on, after `first`.
   *
   * @throws UNAVAILABLE while changes cannot be received
   */
  subscribe(
    { id: conversationId, oneToOneId }: { readonly id: string; readonly oneToOneId: string },
    first: SubscriptionEvent,
    eventOf: (change: AnnouncedChange) => SubscriptionEvent,
  ): EventSource {
    if (!this.isListening) throw unavailable('Changes cannot be received at the moment.');
    const queue = new EventQueue<SubscriptionEvent>(MOST_WAITING, () => {
      const others = this.subscribers.get(oneToOneId);
      others?.delete(subscriber);
      if (others?.size === 0) this.subscribers.delete(oneToOneId);
    });
    const subscriber: Subscriber = { conversationId, queue, eventOf };
    const all = this.subscribers.get(oneToOneId) ?? new Set();
    this.subscribers.set(oneToOneId, all.add(subscriber));
    queue.push('first', first);
    return queue.events;
  }

  private pass(change: AnnouncedChange): void {
    for (const { conversationId, queue, eventOf } of this.subscribers.get(change.oneToOneId) ?? []) {
      if (change.conversationId !== null && change.conversationId !== conversationId) continue;
      queue.push(`${change.typename} ${change.nodeId}`, eventOf(change));
      if (change.isRemoved && change.nodeId === conversationId) queue.push('end', END);
    }
  }
}
