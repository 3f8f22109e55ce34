import { readOnlySettings, type SessionSettings } from './session-settings.js';
import {
  errorOf,
  type QueryResult,
  type StatementOutcome,
  type PendingStatement,
  type EncodedStatement,
} from './pipeline.js';
import type { PipeliningClient } from './pipelining-client.js';
import type { ConnectionPool, Release } from './connection-pool.js';
import { publishStatement, traceTransaction } from '../diagnostics.js';
import { DatabaseUnavailable, StatementTimeout, isConnectionGone, isStale, isTimeout } from '../errors.js';

/** What one reader waits to have sent. */
interface Group {
  readonly reader: SessionSettings;
  readonly questions: PendingStatement[];
}

/**
 * Statements that only read, each for the one who asks it.
 *
 * What one reader asks in the same turn of the event loop (the loaders of one level of a GraphQL operation, say) travels
 * together: one connection, one message there and one back, one transaction. Under READ COMMITTED each statement sees what was
 * committed when it began, so it is all the same to it which others share its transaction; that spares every read its BEGIN and
 * COMMIT. A statement that fails takes none of the others with it: those after it are asked again.
 */
export class ReadBatcher {
  private readonly waiting: Group[] = [];

  /** @param together false: each statement by itself, in a transaction of its own */
  constructor(
    private readonly connections: ConnectionPool,
    private readonly together: boolean,
  ) {}

  /** @throws what Postgres answered; DatabaseBusy, DatabaseUnavailable, StatementTimeout */
  ask(reader: SessionSettings, statement: EncodedStatement): Promise<QueryResult> {
    const answer = this.enqueue(reader, statement);
    publishStatement(statement.text, answer);
    return answer;
  }

  private enqueue(reader: SessionSettings, { text, values }: EncodedStatement): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      const question: PendingStatement = { text, values, resolve, reject };
      if (!this.together) {
        this.send(reader, [question]);
        return;
      }
      const others = this.waiting.find((group) => isSame(group.reader, reader));
      if (others) {
        others.questions.push(question);
        return;
      }
      const group: Group = { reader, questions: [question] };
      this.waiting.push(group);
      // Whoever asks in this turn of the event loop, and the loaders that gather until its end, have asked by then.
      setImmediate(() => {
        this.waiting.splice(this.waiting.indexOf(group), 1);
        this.send(reader, group.questions);
      });
    });
  }

  private send(reader: SessionSettings, questions: readonly PendingStatement[]): void {
    void traceTransaction({ readOnly: true }, () => this.transact(reader, questions));
  }

  /** Never rejects: failures are told to those who asked. */
  private transact(reader: SessionSettings, questions: readonly PendingStatement[]): Promise<void> {
    return new Promise((done) => {
      const failed = (error: unknown): void => {
        for (const { reject } of questions) reject(error);
        done();
      };
      const taken = (client: PipeliningClient, release: Release): void => {
        client.batch([readOnlySettings(reader), ...questions], ([set, ...outcomes], whole) => {
          // Of the settings nothing comes but a failure: then nothing else ran.
          const failure = whole?.error ?? errorOf(set);
          const unusable = failure ?? outcomes.map(errorOf).find((error) => error !== undefined);
          release(client.lost ?? (isStale(unusable) || isConnectionGone(unusable)));
          if (failure === undefined) this.settle(reader, questions, outcomes);
          else for (const { reject } of questions) reject(inOurTerms(failure, client));
          done();
        });
      };
      this.connections.take(reader.statementTimeoutMs, taken, failed);
    });
  }

  private settle(
    reader: SessionSettings,
    questions: readonly PendingStatement[],
    outcomes: readonly StatementOutcome[],
  ): void {
    outcomes.forEach((outcome, index) => {
      if ('answer' in outcome) questions[index]?.resolve(outcome.answer);
      else questions[index]?.reject(inOurTerms(outcome.error));
    });
    const skipped = questions.slice(outcomes.length);
    if (skipped.length > 0) this.send(reader, skipped);
  }
}

function isSame(one: SessionSettings, other: SessionSettings): boolean {
  return one.sessionHash === other.sessionHash && one.statementTimeoutMs === other.statementTimeoutMs;
}

function inOurTerms(error: unknown, client?: PipeliningClient): unknown {
  if (isTimeout(error)) return new StatementTimeout('reading', { cause: error });
  if (client?.lost !== undefined || isConnectionGone(error)) {
    return new DatabaseUnavailable('nothing', { cause: error });
  }
  return error;
}
