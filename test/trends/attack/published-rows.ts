/** What a release publishes, as the CSV export has it; the attacker knows nothing else of the releaser. */
import type { Tree } from './trees.js';
import type { World } from './world.js';

export interface PublishedRow {
  /** 2026-05 or 2026-Q2. */
  period: string;
  tree: Tree;
  group_key: string;
  label: string;
  parent_key: string | null;
  metric: string;
  driver: string | null;
  status: string;
  value: number | null;
  bound: string | null;
  rounded_to: number | null;
  people_band: string | null;
  definition_version: number;
  released_at: string;
}

/**
 * The releaser under attack. It closes the periods (quarters, in order) of a world one after the other.
 *
 * @returns every row that was visible at any time, in the order in which the rows became visible. A row that is published again
 *   unchanged is not repeated; one that is published again with other figures is.
 */
export type Releaser = (
  world: World,
  periods: readonly string[],
) => readonly PublishedRow[] | Promise<readonly PublishedRow[]>;

/** The people bands of privacy.md (T6), with both ends. */
export const BANDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  FROM_5_TO_9: [5, 9],
  FROM_10_TO_19: [10, 19],
  FROM_20_TO_49: [20, 49],
  FROM_50: [50, Number.POSITIVE_INFINITY],
};

/** What identifies a figure; two rows with the same cell are two publications of it. */
export function cellOf(row: PublishedRow): string {
  return [row.period, row.tree, row.group_key, row.metric, row.driver ?? ''].join('|');
}

export const isReleased = (row: PublishedRow) => row.status === 'RELEASED' && row.value !== null;
