import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { STATEMENT_CHANNEL, STATEMENT_RESULT_CHANNEL, sqlState, type StatementEvent } from '#db';
import { OPERATION_OUTCOME_CHANNEL, UNTRACEABLE_CHANNEL, type OperationOutcome } from '#graphql';
import type { RequestScope } from './request-statistics.js';

/**
 * Counts, for each request, what libs/db and libs/graphql publish about it.
 *
 * A statement belongs to the request of its asynchronous context, which also covers statements without a RequestContext, such as
 * session lookups and rate limits. Listeners must not throw: that would end the process.
 */
export class RequestCounters {
  readonly scopes = new AsyncLocalStorage<RequestScope | undefined>();
  /** Statements outside of requests: timers, the outbox. */
  background = 0;
  /** Failed statements by SQLSTATE (https://www.postgresql.org/docs/18/errcodes-appendix.html). */
  readonly failures = new Map<string, number>();

  start(): void {
    subscribe(STATEMENT_CHANNEL, this.onStatement);
    subscribe(STATEMENT_RESULT_CHANNEL, this.onResult);
    subscribe(OPERATION_OUTCOME_CHANNEL, this.onOutcome);
    subscribe(UNTRACEABLE_CHANNEL, this.onUntraceable);
  }

  stop(): void {
    unsubscribe(STATEMENT_CHANNEL, this.onStatement);
    unsubscribe(STATEMENT_RESULT_CHANNEL, this.onResult);
    unsubscribe(OPERATION_OUTCOME_CHANNEL, this.onOutcome);
    unsubscribe(UNTRACEABLE_CHANNEL, this.onUntraceable);
  }

  private readonly onStatement = (): void => {
    const scope = this.scopes.getStore();
    if (scope === undefined) this.background += 1;
    else scope.statistics.statements += 1;
  };

  private readonly onResult = (message: unknown): void => {
    const { rows = 0, error } = message as StatementEvent;
    const scope = this.scopes.getStore();
    if (scope !== undefined) scope.statistics.rows += rows;
    if (error === undefined) return;
    const code = sqlState(error) ?? 'none';
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
  };

  private readonly onUntraceable = (): void => {
    const scope = this.scopes.getStore();
    if (scope !== undefined) scope.statistics.isUntraceable = true;
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
