import type { ContestantName, Question } from './contestant.ts';

/** One line of the table: medians over the rounds. */
export interface Line {
  readonly question: Question;
  readonly name: ContestantName;
  readonly rate: number;
  /** Relative to the limit, measured in the same round. */
  readonly ofLimit: number;
  readonly p50: number;
  readonly p99: number;
  readonly serverCpu: number;
  readonly postgresCpu: number;
  readonly statements: number;
}
