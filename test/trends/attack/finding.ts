/** What an attack found, in words that name the figures, so that somebody can check it by hand. */
export type FindingKind =
  /** (a) A combination of exact figures of one period depends on fewer people than the minimum. */
  | 'RANK'
  /** (b) The same over time with fewer than 3 people, for somebody who assumes that answers did not change. */
  | 'STATIC'
  /** (c) An answer of somebody can be ruled out. */
  | 'ANSWER'
  /** (c) The total of fewer people than the minimum is narrowed to less than one person can move it. */
  | 'TOTAL'
  /** (c) It can be worked out that somebody took part, or that somebody did not. */
  | 'PARTICIPATION'
  /** (c) The exact number of respondents of a group can be worked out. */
  | 'COUNT'
  /** The published statement is not true of the answers. */
  | 'FALSE'
  /** (d) A field, an order, a time or a number of rows that depends on more than the declared groups. */
  | 'SHAPE'
  /** A figure that was published before has changed. */
  | 'FROZEN';

export interface Finding {
  kind: FindingKind;
  period: string;
  detail: string;
}
