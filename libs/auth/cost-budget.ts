import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { errorForLog } from '#common';
import { Database } from '#db';
import { rateLimited, type CostReport, type CostReservation, type RequestContext } from '#graphql';
import { networkOf } from './network.js';
import { ThrottleRepository } from './throttle.repository.js';

/** The most that the operations of one caller can cost in a minute; 0: no limit. */
export const COST_PER_MINUTE = Symbol('COST_PER_MINUTE');

/** The part of the budget that a process counts by itself before it writes to the database. */
const UNWRITTEN_PART = 1 / 20;

/** The most callers whose costs a process remembers. What is forgotten of one is less than a twentieth of the budget. */
const MOST_CALLERS = 10_000;

const MINUTE_MS = 60_000;

interface Account {
  /** Cost that is not written to the database yet; negative where more was reserved there than used. */
  unwritten: number;
  /** What the caller had used when the database was last written, and when that was, as Date.now. */
  used: number;
  usedAt: number;
  /** When `unwritten` was last nothing, as Date.now. */
  since: number;
  /** As Date.now. */
  refusedUntil: number;
}

/**
 * The cost of each caller's operations. An operation reserves the most that it can cost before it runs, and is charged what it did cost
 * afterwards, so that operations at the same time cannot exceed the budget together.
 *
 * PostgreSQL holds the accounts of all processes. A process writes to it once a twentieth of the budget has come together, so most
 * operations cost no statement, and each process lets a caller exceed the budget by a twentieth at most.
 */
@Injectable()
export class CostBudget {
  private readonly logger = new Logger('CostBudget');
  private readonly accounts = new LRUCache<string, Account>({ max: MOST_CALLERS });

  constructor(
    private readonly database: Database,
    private readonly counts: ThrottleRepository,
    @Inject(COST_PER_MINUTE) private readonly aMinute: number,
  ) {}

  /** @returns undefined where there is no budget @throws RATE_LIMITED beyond the budget */
  async reserve(ctx: RequestContext, possible: number): Promise<CostReservation | undefined> {
    if (this.aMinute === 0) return undefined;
    const caller = callerOf(ctx);
    const account = this.accountOf(caller);
    if (account.refusedUntil > Date.now()) throw tooMuch(account.refusedUntil - Date.now());
    // An operation that could cost more than a whole budget runs on an unused one, and is charged what it costs.
    const reserved = Math.min(possible, this.aMinute);
    account.unwritten += reserved;
    if (account.unwritten >= this.aMinute * UNWRITTEN_PART) {
      const amount = account.unwritten;
      const used = await this.write(caller, account);
      if (used > this.aMinute) {
        // Nothing of it was charged: the rest belongs to other operations.
        account.unwritten += amount - reserved;
        const waitMs = ((used - this.aMinute) * MINUTE_MS) / this.aMinute;
        account.refusedUntil = Date.now() + waitMs;
        throw tooMuch(waitMs);
      }
    }
    const reservedAt = Date.now();
    // Accounts of networks are shared by people who do not know each other.
    const isPrivate = ctx.viewer !== null;
    return {
      settle: async (actual) => {
        const charged = actual === undefined ? reserved : Math.min(Math.max(1, actual), possible);
        await this.settle(caller, charged - reserved, reservedAt);
        return { charged, ...(isPrivate ? this.balance(caller) : { remaining: null, reset: null }) };
      },
    };
  }

  /** Never fails: what the operation did is done. Where the database cannot be reached, the reservation stays charged. */
  private async settle(caller: string, difference: number, reservedAt: number): Promise<void> {
    // Everything that was reserved a minute ago has recovered already.
    if (difference < 0 && Date.now() - reservedAt >= MINUTE_MS) return;
    const account = this.accountOf(caller);
    account.unwritten += difference;
    // Operations that were refused because of what this one reserved may try again.
    if (difference < 0) account.refusedUntil = 0;
    if (account.unwritten > -this.aMinute * UNWRITTEN_PART) return;
    try {
      await this.write(caller, account);
    } catch (error) {
      this.logger.warn({ message: 'a reserved cost could not be taken back', ...errorForLog(error) });
    }
  }

  /** Writes what has come together. @returns what the caller has used with it; more than the budget if it was not charged */
  private async write(caller: string, account: Account): Promise<number> {
    const amount = account.unwritten;
    account.unwritten = 0;
    account.since = Date.now();
    const used = await this.database.write(null, (em) =>
      this.counts.chargeCost(em, caller, amount, this.aMinute),
    );
    account.used = Math.min(used, this.aMinute);
    account.usedAt = Date.now();
    return used;
  }

  /** As far as this process knows: others may have charged a twentieth of the budget each since. */
  private balance(caller: string): Pick<CostReport, 'remaining' | 'reset'> {
    const { used, usedAt, unwritten } = this.accountOf(caller);
    const now = Date.now();
    const left = Math.max(0, used - ((now - usedAt) * this.aMinute) / MINUTE_MS);
    const total = Math.min(Math.max(0, left + unwritten), this.aMinute);
    return {
      remaining: Math.floor(this.aMinute - total),
      reset: new Date(now + (total * MINUTE_MS) / this.aMinute).toISOString(),
    };
  }

  private accountOf(caller: string): Account {
    const now = Date.now();
    const known = this.accounts.get(caller);
    // What came together over more than a minute has recovered meanwhile.
    if (known && now - known.since < MINUTE_MS) return known;
    const account = known ?? { unwritten: 0, used: 0, usedAt: now, since: now, refusedUntil: 0 };
    account.unwritten = 0;
    account.since = now;
    this.accounts.set(caller, account);
    return account;
  }
}

function callerOf({ viewer, clientAddress }: RequestContext): string {
  return viewer ? `viewer ${viewer.personId ?? viewer.sessionId}` : `network ${networkOf(clientAddress)}`;
}

function tooMuch(waitMs: number): Error {
  return rateLimited(waitMs / 1_000, {
    message: 'Your operations have used the cost budget of this minute.',
    status: 429,
  });
}
