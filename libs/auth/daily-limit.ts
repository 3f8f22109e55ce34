import { Inject, Injectable } from '@nestjs/common';
import { rateLimited, type RequestContext } from '#graphql';
import { COST_PER_MINUTE } from './cost-budget.js';

/** How many untraceable operations a person can send on a day, to each process. */
const MOST_A_DAY = 10;

const DAY_MS = 86_400_000;

/**
 * Limits untraceable operations: how many each person has sent today (UTC). Unlike all other counts this one is kept in memory: a row
 * that counts would be written by a transaction next to that of the barrier, and tell the database administrator whose it is.
 */
@Injectable()
export class DailyLimit {
  private readonly counts = new Map<string, number>();
  private day = 0;

  /** @param costPerMinute 0: no limit */
  constructor(@Inject(COST_PER_MINUTE) private readonly costPerMinute: number) {}

  /** @throws RATE_LIMITED */
  count({ viewer }: RequestContext): void {
    const now = Date.now();
    const today = Math.floor(now / DAY_MS);
    if (today !== this.day) this.counts.clear();
    this.day = today;
    const person = viewer?.personId;
    // The guard refuses everybody else.
    if (person == null || this.costPerMinute === 0) return;
    const before = this.counts.get(person) ?? 0;
    if (before >= MOST_A_DAY) {
      throw rateLimited(((today + 1) * DAY_MS - now) / 1_000, {
        message: `You can do this ${String(MOST_A_DAY)} times a day.`,
        status: 429,
      });
    }
    this.counts.set(person, before + 1);
  }
}
