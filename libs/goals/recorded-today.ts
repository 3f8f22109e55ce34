import type { Showing } from './access-log.repository.js';

/** How many are remembered: some megabytes. */
const MOST = 20_000;

/**
 * What this process knows to be in the access log already, so that reading the same goal again on the same day writes nothing.
 * The least recently used goes first. An entry ends with the owner's day; it never stands for a write that was not committed.
 */
export class RecordedToday {
  /** By reader, goal and kind: until when, in milliseconds. A Map keeps its order of insertion. */
  private readonly until = new Map<string, number>();

  constructor(private readonly most = MOST) {}

  has(showing: Showing, now = Date.now()): boolean {
    const key = keyOf(showing);
    const until = this.until.get(key);
    if (until === undefined) return false;
    this.until.delete(key);
    if (until <= now) return false;
    this.until.set(key, until);
    return true;
  }

  /** @param seconds until the owner's day ends */
  add(showing: Showing, seconds: number, now = Date.now()): void {
    const key = keyOf(showing);
    this.until.delete(key);
    this.until.set(key, now + seconds * 1_000);
    if (this.until.size <= this.most) return;
    for (const oldest of this.until.keys()) {
      this.until.delete(oldest);
      break;
    }
  }
}

function keyOf({ readerId, goalId, kind }: Showing): string {
  return `${readerId} ${goalId} ${kind}`;
}
