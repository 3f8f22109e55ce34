/** A number on its way. */
export interface Way {
  readonly start: number;
  readonly current: number;
  readonly target: number;
}

/** How much of the way is behind it, from 0 to 1: before the start counts as 0, beyond the target as 1. */
export function progressOf({ start, current, target }: Way): number {
  const share = (current - start) / (target - start);
  // NaN only for a way of no length or beyond what numbers hold; inputs allow neither.
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
}

/** The mean of some progresses; null of none. */
export function meanProgress(ways: readonly { readonly progress: number }[]): number | null {
  if (ways.length === 0) return null;
  return ways.reduce((sum, { progress }) => sum + progress, 0) / ways.length;
}
