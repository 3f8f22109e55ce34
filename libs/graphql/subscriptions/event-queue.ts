import type { EventSource, SubscriptionEvent } from './subscription-event.js';

/** The subscriber does not receive its events fast enough. */
export class EventQueueOverflow extends Error {
  override readonly name = 'EventQueueOverflow';

  constructor() {
    super('Too many events of a subscription are waiting.');
  }
}

/**
 * The events of one subscription that wait to be sent. Each has a key, and replaces a waiting one with the same key: an event is read
 * when it is sent, so the later one shows what both are about. There is one reader.
 */
export class EventQueue<Event extends SubscriptionEvent> {
  private readonly waiting = new Map<string, Event>();
  private error: Error | undefined;
  private isEnded = false;
  private wake: (() => void) | undefined;

  /**
   * @param limit how many events may wait; with more, the queue ends with {@link EventQueueOverflow}
   * @param onEnd called once when the queue ends, for whatever reason
   */
  constructor(
    private readonly limit: number,
    private readonly onEnd: () => void,
  ) {}

  push(key: string, event: Event): void {
    if (this.isEnded) return;
    this.waiting.set(key, event);
    if (this.waiting.size > this.limit) this.end(new EventQueueOverflow());
    else this.wake?.();
  }

  /** What waits is dropped. @param error thrown to the reader */
  end(error?: Error): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.error = error;
    this.waiting.clear();
    this.onEnd();
    this.wake?.();
  }

  get events(): EventSource {
    const done = { done: true, value: undefined } as const;
    const source: EventSource = {
      next: async () => {
        while (this.waiting.size === 0 && !this.isEnded) {
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
        }
        if (this.error) throw this.error;
        const [next] = this.waiting;
        if (next === undefined) return done;
        const [key, value] = next;
        this.waiting.delete(key);
        return { done: false, value };
      },
      return: () => {
        this.end();
        return Promise.resolve(done);
      },
      [Symbol.asyncIterator]: () => source,
    };
    return source;
  }
}
