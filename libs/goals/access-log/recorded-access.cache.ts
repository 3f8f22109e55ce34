import type { GoalRead } from './access-log.repository.js';

/** Some megabytes. */
const CAPACITY = 20_000;

/**
 * Access log entries that this process has committed, least recently used evicted first, so that a repeated read on the same day
 * writes nothing. The day comes from the database with each read, so a changed time zone is noticed without a clock here.
 */
export class RecordedAccessCache {
  /** In order of use: a Set iterates in insertion order. */
  private readonly keys = new Set<string>();

  constructor(private readonly capacity = CAPACITY) {}

  has(read: GoalRead): boolean {
    const key = keyOf(read);
    if (!this.keys.delete(key)) return false;
    this.keys.add(key);
    return true;
  }

  /** Only after the entry has been committed. */
  add(read: GoalRead): void {
    const key = keyOf(read);
    this.keys.delete(key);
    this.keys.add(key);
    if (this.keys.size <= this.capacity) return;
    for (const oldest of this.keys) {
      this.keys.delete(oldest);
      break;
    }
  }
}

function keyOf({ readerId, goalId, kind, day }: GoalRead): string {
  return `${readerId} ${goalId} ${kind} ${day}`;
}
