import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { formatFailure } from '../errors/error-format.js';
import type { EventSource, SubscriptionEvent } from './subscription-event.js';

/** A result with data, as it is sent. */
export interface Result {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Ends a subscription with these errors. */
export class SubscriptionFailure extends Error {
  override readonly name = 'SubscriptionFailure';

  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super('A subscription failed.');
  }

  static of(error: unknown): SubscriptionFailure {
    return error instanceof SubscriptionFailure
      ? error
      : new SubscriptionFailure([formatFailure(error, randomUUID())]);
  }

  /** For graphql-ws, which handles errors of this class only. */
  get wrapped(): GraphQLError {
    return new GraphQLError(this.message, { originalError: this });
  }
}

/** The results of a subscription, one for each event that its subscriber receives. Not a generator, which could not be ended while it waits. */
export class SubscriptionResults implements AsyncGenerator<Result, undefined, undefined> {
  private isEnded = false;

  /**
   * @param first the result of the first event
   * @param execute returns null where nothing is sent, undefined where the subscription is over
   * @param onEnd called once at the end, for whatever reason
   */
  constructor(
    private first: Result | undefined,
    private readonly source: EventSource,
    private readonly execute: (event: SubscriptionEvent) => Promise<Result | null | undefined>,
    private readonly onEnd: () => void,
  ) {}

  async next(): Promise<IteratorResult<Result, undefined>> {
    const { first } = this;
    this.first = undefined;
    if (first && !this.isEnded) return { done: false, value: first };
    try {
      for (;;) {
        const { done, value: event } = await this.source.next();
        if (done === true || this.isEnded) return await this.return();
        const result = await this.execute(event);
        // Ended by the client meanwhile, or by the last execution.
        if (result === undefined || this.hasEnded) return await this.return();
        if (result !== null) return { done: false, value: result };
      }
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.isEnded) {
      this.isEnded = true;
      this.onEnd();
      await this.source.return?.();
    }
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private get hasEnded(): boolean {
    return this.isEnded;
  }
}
