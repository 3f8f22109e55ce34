import { createClient, type Client, type CloseCode } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TestApp } from './app.js';
import { pause } from './mailbox.js';

/** An event, as {@link CHANGED} asks for it. */
export interface ChangeNode {
  readonly __typename: 'TalkingPoint' | 'ActionItem' | 'SharedNotes' | 'Conversation' | 'RemovedNode';
  readonly id: string;
  readonly version?: number;
  readonly text?: string;
  readonly [field: string]: unknown;
}

/** Everything that both can see of what changed. */
export const CHANGED = `subscription ($id: ID!) {
  conversationChanged(conversationId: $id) {
    __typename
    ... on TalkingPoint {
      id version text draft discussed standing fromCustomer timesCarried position conversation { id }
      about { __typename ... on PersonalGoal { id title } ... on BusinessGoal { id } }
    }
    ... on ActionItem { id version text state dueOn owner { id } }
    ... on SharedNotes { id version text }
    ... on Conversation { id version status offTheRecord talkingPoints { id version } actionItems { id version } sharedNotes { id version } }
    ... on RemovedNode { id typename }
  }
}`;

/** The end of a connection. */
export interface Closed {
  readonly code: number | CloseCode;
  readonly reason: string;
}

/** A client with one connection, which does not connect again. */
export class Subscriber {
  readonly closed: Promise<Closed>;
  private readonly client: Client;

  constructor(
    app: Pick<TestApp, 'url'>,
    token: string | undefined,
    { retries = 0 }: { readonly retries?: number } = {},
  ) {
    this.client = createClient({
      url: `${app.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: retries,
      retryWait: () => pause(50),
      ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
    });
    this.closed = new Promise((resolve) => {
      this.client.on('closed', (event) => {
        const { code, reason } = event as Closed;
        resolve({ code, reason });
      });
    });
  }

  /** Subscribes to a conversation, and waits for the first event. @throws unless it arrives */
  async watch(conversationId: string): Promise<Subscription> {
    const subscription = this.subscribe(CHANGED, { id: conversationId });
    await subscription.next(({ __typename, id }) => __typename === 'Conversation' && id === conversationId);
    return subscription;
  }

  /** Subscribes, and waits for nothing. */
  subscribe(query: string, variables: Record<string, unknown> = {}): Subscription {
    const subscription = new Subscription();
    subscription.stop = this.client.subscribe<{ conversationChanged: ChangeNode }>(
      { query, variables },
      {
        next: (result) => {
          const change = result.data?.conversationChanged;
          subscription.results.push(result);
          if (!change) return;
          subscription.events.push(change);
          subscription.onEvent(change);
        },
        error: (error) => {
          subscription.end(error);
        },
        complete: () => {
          subscription.end(undefined);
        },
      },
    );
    return subscription;
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }
}

export interface Failure {
  readonly message: string;
  readonly extensions?: { readonly code: string };
}

/** What one subscription receives. */
export class Subscription {
  readonly events: ChangeNode[] = [];
  readonly results: unknown[] = [];
  stop: () => void = () => undefined;
  /** Called with each event when it arrives. */
  onEvent: (event: ChangeNode) => void = () => undefined;
  private read = 0;
  private outcome: { readonly error: unknown } | undefined;

  end(error: unknown): void {
    this.outcome ??= { error };
  }

  get isOver(): boolean {
    return this.outcome !== undefined;
  }

  /** The next event that fits; earlier ones are passed over. @throws if none arrives */
  async next(fits: (event: ChangeNode) => boolean = () => true, withinMs = 10_000): Promise<ChangeNode> {
    for (const until = performance.now() + withinMs; ;) {
      while (this.read < this.events.length) {
        const event = this.events[this.read++];
        if (event && fits(event)) return event;
      }
      if (this.isOver) throw new Error(`The subscription is over: ${JSON.stringify(this.outcome)}`);
      if (performance.now() > until) {
        throw new Error(`No such event among ${JSON.stringify(this.events)}`);
      }
      await pause(5);
    }
  }

  /** The first event that fits, also among those that were read. @throws if none arrives */
  async any(fits: (event: ChangeNode) => boolean): Promise<ChangeNode> {
    return this.events.find(fits) ?? this.next(fits);
  }

  /** What arrived and was not read. */
  get rest(): readonly ChangeNode[] {
    return this.events.slice(this.read);
  }

  /** The errors with which it ends: undefined if it is completed. */
  async ended(withinMs = 10_000): Promise<readonly Failure[] | Closed | undefined> {
    for (const until = performance.now() + withinMs; this.outcome === undefined;) {
      if (performance.now() > until) throw new Error('The subscription does not end.');
      await pause(5);
    }
    const { error } = this.outcome;
    if (error === undefined || Array.isArray(error)) return error as readonly Failure[] | undefined;
    return { code: (error as Closed).code, reason: (error as Closed).reason };
  }
}
