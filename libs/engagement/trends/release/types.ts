/**
 * What the release engine reads and returns. Everything is an index into arrays, because an organization may have 300,000 people:
 * a person is a number from 0 to `people - 1`, a group is its position in its tree, and group 0 is the organization in every tree.
 */

type Granularity = 'MONTH' | 'QUARTER';

export type TreeName = 'DEPARTMENT' | 'MANAGER' | 'LOCATION';

/** A tree of groups. A person without a group in it belongs to group 0. */
export interface GroupTree {
  readonly tree: TreeName;
  /** Stable keys, unique within the tree. */
  readonly keys: readonly string[];
  /** The parent of each group; -1 for group 0, and for no other. */
  readonly parents: Int32Array;
  /** The deepest group of each person. A manager belongs to the parent of the group that they lead. */
  readonly groupOfPerson: Int32Array;
}

export interface PeriodInput {
  readonly granularity: Granularity;
  /** 2026-05 or 2026-Q2. */
  readonly key: string;
  /** The smallest number of people behind a figure: 5 or more. */
  readonly minimumGroupSize: number;
  /** How many people there are: everybody who is in a population of the period. */
  readonly people: number;
  /** At most one of each name. A tree that is missing has no groups. */
  readonly trees: readonly GroupTree[];
}

/** Lists of numbers, one after the other: list i is `items[offsets[i]]` up to `items[offsets[i + 1] - 1]`. */
export interface Lists {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** Whose values a metric averages: everybody who answered or took part, or leaders, whose conduct it describes. */
type Unit = 'RESPONDENT' | 'LEADER';

/** The figures of a month that was released within the quarter: whom each averaged. */
export interface MonthRows {
  readonly month: string;
  /** The tree of each row; the organization's row may name any. */
  readonly trees: readonly TreeName[];
  /** The people of each row, including those of the groups below. */
  readonly rows: Lists;
}

/**
 * The people whose values one or more metrics average. Metrics with the same population share one closure and one history, so it
 * must be the same for all of them, in every period: a driver that is asked in another month is another population.
 */
export interface Population {
  /** Stable over time: what is released under a key is protected together with what was released under it before. */
  readonly key: string;
  readonly unit: Unit;
  /** No person twice. */
  readonly people: Int32Array;
  /**
   * Everybody who was asked, whether or not they answered, or everybody who can have a value; all of `people` are among them. They are what bands
   * count, and no combination of figures may be about the minimum of them or fewer. Absent where everybody who can have a value has one.
   */
  readonly asked?: Int32Array;
  /** For leaders: the people whose behaviour is in the value of each of `people`. Otherwise absent. */
  readonly reports?: Lists;
  /**
   * The sealed participation history under this key: for each figure of the last 24 months with fewer than 50 people behind it,
   * who they were. People of the past who are not people of this period have numbers from `PeriodInput.people` on.
   */
  readonly history: Lists;
  /** For a quarter: the months released within it. Otherwise empty. */
  readonly months: readonly MonthRows[];
  /** Whether its metrics are released for the organization and for no group below. */
  readonly organizationOnly: boolean;
  readonly metrics: readonly MetricInput[];
}

export interface MetricInput {
  readonly metric: string;
  readonly driver: string | null;
  /** The bounds of one person's value. */
  readonly lowest: number;
  readonly highest: number;
  /** The distance between two possible values, counted from `lowest`; null if every number between the bounds is possible. */
  readonly valueStep: number | null;
  /** The step of what is shown; not finer than (highest - lowest) / 50. */
  readonly roundedTo: number;
  /** Cuts shares that are nearer to a bound than this: 0.1 for participation, 0 for others. */
  readonly cutFromBounds: number;
  /** The value of each of the population's people, in their order. */
  readonly values: Float64Array;
}

export const BOUNDS = ['ROUNDED', 'AT_LEAST', 'AT_MOST', 'APPROXIMATE'] as const;
export type Bound = (typeof BOUNDS)[number];

export const PEOPLE_BANDS = ['FROM_5_TO_9', 'FROM_10_TO_19', 'FROM_20_TO_49', 'FROM_50'] as const;
/** The cells of one metric in one tree, one for each group. */
export interface TreeCells {
  readonly tree: TreeName;
  /** 1 if released, 0 if suppressed. What follows is meaningless where it is 0. */
  readonly released: Uint8Array;
  readonly value: Float64Array;
  /** Positions in BOUNDS. */
  readonly bound: Uint8Array;
  /** Positions in PEOPLE_BANDS. */
  readonly people: Uint8Array;
}

export interface MetricCells {
  readonly metric: string;
  readonly driver: string | null;
  readonly roundedTo: number;
  readonly trees: readonly TreeCells[];
}

/** The rows to add to the sealed participation history: those of a quarter with fewer than 50 people. The organization's row is in the first tree. */
export interface HistoryRows {
  readonly trees: readonly TreeName[];
  /** The group of each row. */
  readonly groups: Int32Array;
  /** The people of each row. */
  readonly rows: Lists;
}

/** Why groups are suppressed: for the statistics of the whole release, never for a group. */
export interface TreeReport {
  readonly tree: TreeName;
  /** Groups below the organization with the minimum of people or more; in a month, with 50 or more. */
  readonly eligible: number;
  readonly released: number;
  readonly suppressed: Readonly<Record<Reason, number>>;
}

/** A rule that suppresses a group: T6 people asked, T2 closure, T4 participation history, months that do not go together with the quarter. */
export type Reason = 'FEW_ASKED' | 'CLOSURE' | 'HISTORY' | 'MONTHS_OF_QUARTER';

export interface PopulationRelease {
  readonly key: string;
  readonly metrics: readonly MetricCells[];
  readonly history: HistoryRows;
  readonly report: readonly TreeReport[];
}

export type Progress = (done: { readonly population: string; readonly step: string }) => void;
