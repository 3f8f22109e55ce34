import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { STATEMENT_RESULT_CHANNEL, STATEMENT_CHANNEL, sqlState, type StatementEvent } from '#db';
import { OPERATION_OUTCOME_CHANNEL, type OperationOutcome } from '#graphql';
import type { RequestScope } from './request-statistics.js';

/**
 * Counts for each request what libs/db and libs/graphql tell of it.
 *
 * A statement finds its request by its asynchronous context: since Node 24 (AsyncContextFrame) entering one costs 0.2 µs a
 * request and what happens inside of it nothing. What a listener throws would end the process, so these throw nothing.
 */
export class RequestCounters {
  /** Where in which request the code that runs belongs. */
  readonly scopes = new AsyncLocalStorage<RequestScope | undefined>();
  /** Statements of no request: timers, the outbox. */
  background = 0;
  /** Statements that failed, by the code that PostgreSQL gave (https://www.postgresql.org/docs/18/errcodes-appendix.html). */
  readonly failures = new Map<string, number>();

  start(): void {
    subscribe(STATEMENT_CHANNEL, this.onStatement);
    subscribe(STATEMENT_RESULT_CHANNEL, this.onAnswer);
    subscribe(OPERATION_OUTCOME_CHANNEL, this.onOutcome);
  }

  stop(): void {
    unsubscribe(STATEMENT_CHANNEL, this.onStatement);
    unsubscribe(STATEMENT_RESULT_CHANNEL, this.onAnswer);
    unsubscribe(OPERATION_OUTCOME_CHANNEL, this.onOutcome);
  }

  private readonly onStatement = (): void => {
    const scope = this.scopes.getStore();
    if (scope === undefined) this.background += 1;
    else scope.statistics.statements += 1;
  };

  private readonly onAnswer = (message: unknown): void => {
    const { rows = 0, error } = message as StatementEvent;
    const scope = this.scopes.getStore();
    if (scope !== undefined) scope.statistics.rows += rows;
    if (error === undefined) return;
    const code = sqlState(error) ?? 'none';
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
  };

  private readonly onOutcome = (message: unknown): void => {
    const statistics = this.scopes.getStore()?.statistics;
    if (statistics === undefined) return;
    const { operation, code, fields } = message as OperationOutcome;
    statistics.operation = operation;
    statistics.code = code;
    statistics.fields = fields;
  };
}
