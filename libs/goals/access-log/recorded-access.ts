import type { Showing } from './access-log.repository.js';

/** How many are remembered: some megabytes. */
const MOST = 20_000;

/**
 * What this process knows to be in the access log already, so that reading the same goal again on the same day writes nothing. The
 * day is part of what is remembered and comes from the database with each read: nothing here knows a time zone or a clock, so an
 * owner who moves is noticed. The least recently used goes first. An entry never stands for a write that was not committed.
 */
export class RecordedAccess {
  /** A Set keeps its order of insertion. */
  private readonly known = new Set<string>();

  constructor(private readonly most = MOST) {}

  has(showing: Showing): boolean {
    const key = keyOf(showing);
    if (!this.known.delete(key)) return false;
    this.known.add(key);
    return true;
  }

  add(showing: Showing): void {
    const key = keyOf(showing);
    this.known.delete(key);
    this.known.add(key);
    if (this.known.size <= this.most) return;
    for (const oldest of this.known) {
      this.known.delete(oldest);
      break;
    }
  }
}

function keyOf({ readerId, goalId, kind, day }: Showing): string {
  return `${readerId} ${goalId} ${kind} ${day}`;
}
