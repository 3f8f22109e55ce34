import { LRUCache } from 'lru-cache';
import type { GoalRead } from './access-log.repository.js';

/** Uses a few megabytes. */
const MAX_ENTRIES = 20_000;

/**
 * Access log entries that this process has committed, so that a repeated read on the same day writes nothing. The day comes from the
 * database with each read, so a changed time zone is noticed without a clock here.
 */
export class RecordedAccessCache {
  private readonly keys: LRUCache<string, true>;

  constructor(max = MAX_ENTRIES) {
    this.keys = new LRUCache({ max });
  }

  has(read: GoalRead): boolean {
    return this.keys.get(keyOf(read)) === true;
  }

  /** Only after the entry has been committed. */
  add(read: GoalRead): void {
    this.keys.set(keyOf(read), true);
  }
}

function keyOf({ readerId, goalId, kind, day }: GoalRead): string {
  return `${readerId} ${goalId} ${kind} ${day}`;
}
