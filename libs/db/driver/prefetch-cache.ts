import type { QueryResult, EncodedStatement } from './pipeline.js';

interface Ahead {
  readonly statement: EncodedStatement;
  readonly answer: Promise<QueryResult>;
}

/**
 * What one viewer reads in one operation. Statements that are likely to be asked can be asked ahead, so that they travel with
 * others; whoever then comes to ask for the same gets that answer. One that nobody comes for is of no effect: it was only read,
 * under the law, as this viewer.
 */
export class PrefetchCache {
  /** What was asked for so far, in that order. */
  readonly asked: EncodedStatement[] = [];
  /** Told of each answer before whoever asked for it. */
  onAnswer: ((statement: EncodedStatement, answer: QueryResult) => void) | undefined;
  private readonly ahead: Ahead[] = [];

  constructor(private readonly send: (statement: EncodedStatement) => Promise<QueryResult>) {}

  /** What was asked ahead, and nobody has come for yet. */
  get unwanted(): readonly EncodedStatement[] {
    return this.ahead.map(({ statement }) => statement);
  }

  prefetch(statement: EncodedStatement): void {
    if ([...this.asked, ...this.unwanted].some((one) => isSame(one, statement))) return;
    const answer = this.tell(statement);
    // Told to whoever comes for it; nobody need come.
    answer.catch(() => undefined);
    this.ahead.push({ statement, answer });
  }

  /** @throws what Postgres answered; DatabaseUnavailable, StatementTimeout */
  ask(wanted: EncodedStatement): Promise<QueryResult> {
    const index = this.ahead.findIndex(({ statement }) => isSame(statement, wanted));
    const [found] = index < 0 ? [] : this.ahead.splice(index, 1);
    this.asked.push(found?.statement ?? wanted);
    return found?.answer ?? this.tell(wanted);
  }

  /** Says nothing: it is no part of who somebody is. */
  toJSON(): undefined {
    return undefined;
  }

  private tell(statement: EncodedStatement): Promise<QueryResult> {
    const answer = this.send(statement);
    const { onAnswer } = this;
    if (onAnswer === undefined) return answer;
    return answer.then((given) => {
      onAnswer(statement, given);
      return given;
    });
  }
}

function isSame(one: EncodedStatement, other: EncodedStatement): boolean {
  return one.text === other.text && one.values.every((value, index) => value === other.values[index]);
}
