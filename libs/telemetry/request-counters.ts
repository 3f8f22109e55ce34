import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ANSWER_CHANNEL, STATEMENT_CHANNEL, sqlState, type Statement } from '#db';
import { OUTCOME_CHANNEL, type Outcome } from '#graphql';
import type { Place } from './request-statistics.js';

/**
 * Counts for each request what libs/db and libs/graphql tell of it.
 *
 * A statement finds its request by its asynchronous context: since Node 24 (AsyncContextFrame) entering one costs 0.2 µs a
 * request and what happens inside of it nothing. What a listener throws would end the process, so these throw nothing.
 */
export class Counting {
  /** Where in which request the code that runs belongs. */
  readonly places = new AsyncLocalStorage<Place | undefined>();
  /** Statements of no request: timers, the outbox. */
  background = 0;
  /** Statements that failed, by the code that PostgreSQL gave (https://www.postgresql.org/docs/18/errcodes-appendix.html). */
  readonly failures = new Map<string, number>();

  start(): void {
    subscribe(STATEMENT_CHANNEL, this.onStatement);
    subscribe(ANSWER_CHANNEL, this.onAnswer);
    subscribe(OUTCOME_CHANNEL, this.onOutcome);
  }

  stop(): void {
    unsubscribe(STATEMENT_CHANNEL, this.onStatement);
    unsubscribe(ANSWER_CHANNEL, this.onAnswer);
    unsubscribe(OUTCOME_CHANNEL, this.onOutcome);
  }

  private readonly onStatement = (): void => {
    const place = this.places.getStore();
    if (place === undefined) this.background += 1;
    else place.tally.statements += 1;
  };

  private readonly onAnswer = (message: unknown): void => {
    const { rows = 0, error } = message as Statement;
    const place = this.places.getStore();
    if (place !== undefined) place.tally.rows += rows;
    if (error === undefined) return;
    const code = sqlState(error) ?? 'none';
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
  };

  private readonly onOutcome = (message: unknown): void => {
    const tally = this.places.getStore()?.tally;
    if (tally === undefined) return;
    const { operation, code, fields } = message as Outcome;
    tally.operation = operation;
    tally.code = code;
    tally.fields = fields;
  };
}
