import { readingAs, type Asking } from './session-settings.js';
import { errorOf, type Answer, type Outcome, type Question, type SendableStatement } from './pipeline.js';
import type { Client } from './pipelining-client.js';
import type { Connections, Release } from './connection-pool.js';
import { tellOfStatement, toldTransaction } from '../diagnostics.js';
import { DatabaseUnavailable, StatementTimeout, isConnectionGone, isStale, isTimeout } from '../errors.js';

/** What one reader waits to have sent. */
interface Group {
  readonly reader: Asking;
  readonly questions: Question[];
}

/**
 * Statements that only read, each for the one who asks it.
 *
 * What one reader asks in the same turn of the event loop (the loaders of one level of a GraphQL operation, say) travels
 * together: one connection, one message there and one back, one transaction. Under READ COMMITTED each statement sees what was
 * committed when it began, so it is all the same to it which others share its transaction; that spares every read its BEGIN and
 * COMMIT. A statement that fails takes none of the others with it: those after it are asked again.
 */
export class Reads {
  private readonly waiting: Group[] = [];

  /** @param together false: each statement by itself, in a transaction of its own */
  constructor(
    private readonly connections: Connections,
    private readonly together: boolean,
  ) {}

  /** @throws what Postgres answered; DatabaseBusy, DatabaseUnavailable, StatementTimeout */
  ask(reader: Asking, statement: SendableStatement): Promise<Answer> {
    const answer = this.enqueue(reader, statement);
    tellOfStatement(statement.text, answer);
    return answer;
  }

  private enqueue(reader: Asking, { text, values }: SendableStatement): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const question: Question = { text, values, resolve, reject };
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

  private send(reader: Asking, questions: readonly Question[]): void {
    void toldTransaction({ readOnly: true }, () => this.transact(reader, questions));
  }

  /** Never rejects: failures are told to those who asked. */
  private transact(reader: Asking, questions: readonly Question[]): Promise<void> {
    return new Promise((done) => {
      const failed = (error: unknown): void => {
        for (const { reject } of questions) reject(error);
        done();
      };
      const taken = (client: Client, release: Release): void => {
        client.batch([readingAs(reader), ...questions], ([set, ...outcomes], whole) => {
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

  private settle(reader: Asking, questions: readonly Question[], outcomes: readonly Outcome[]): void {
    outcomes.forEach((outcome, index) => {
      if ('answer' in outcome) questions[index]?.resolve(outcome.answer);
      else questions[index]?.reject(inOurTerms(outcome.error));
    });
    const skipped = questions.slice(outcomes.length);
    if (skipped.length > 0) this.send(reader, skipped);
  }
}

function isSame(one: Asking, other: Asking): boolean {
  return one.sessionHash === other.sessionHash && one.statementTimeoutMs === other.statementTimeoutMs;
}

function inOurTerms(error: unknown, client?: Client): unknown {
  if (isTimeout(error)) return new StatementTimeout('reading', { cause: error });
  if (client?.lost !== undefined || isConnectionGone(error)) {
    return new DatabaseUnavailable('nothing', { cause: error });
  }
  return error;
}
