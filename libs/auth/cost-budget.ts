import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#db';
import { rateLimited, type RequestContext } from '#graphql';
import { networkOf } from './network.js';
import { ThrottleRepository } from './throttle.repository.js';

/** How much the operations of one caller may cost in a minute; 0 for no limit. */
export const COST_PER_MINUTE = Symbol('COST_PER_MINUTE');

/** The part of the budget that a process adds up before it writes to the database. */
const UNWRITTEN_PART = 1 / 20;

/** The most callers that a process keeps in memory. */
const MOST_CALLERS = 10_000;

const MINUTE_MS = 60_000;

interface Account {
  /** Cost that is not written to the database yet. */
  unwritten: number;
  since: number;
  /** In milliseconds, as Date.now. */
  refusedUntil: number;
}

/**
 * What each caller's operations cost. PostgreSQL holds the sum of all processes. A process writes to it when a twentieth of the budget
 * has accumulated, so that most operations need no statement; each process lets a caller exceed the budget by at most a twentieth.
 */
@Injectable()
export class CostBudget {
  private readonly accounts = new Map<string, Account>();

  constructor(
    private readonly database: Database,
    private readonly counts: ThrottleRepository,
    @Inject(COST_PER_MINUTE) private readonly aMinute: number,
  ) {}

  /** Adds the cost of an operation to its caller's account. @throws RATE_LIMITED beyond the budget */
  async spend(ctx: RequestContext, cost: number): Promise<void> {
    if (this.aMinute === 0) return;
    const caller = callerOf(ctx);
    const account = this.accountOf(caller);
    if (account.refusedUntil > Date.now()) throw tooMuch(account.refusedUntil - Date.now());
    account.unwritten += cost;
    if (account.unwritten < this.aMinute * UNWRITTEN_PART) return;
    const amount = account.unwritten;
    account.unwritten = 0;
    account.since = Date.now();
    const wait = await this.database.write(null, (em) => this.counts.spend(em, caller, amount, this.aMinute));
    if (wait <= 0) return;
    account.refusedUntil = Date.now() + wait * 1_000;
    throw tooMuch(wait * 1_000);
  }

  private accountOf(caller: string): Account {
    const now = Date.now();
    const known = this.accounts.get(caller);
    // Cost that accumulated over more than a minute has expired.
    if (known && now - known.since < MINUTE_MS) return known;
    const account = known ?? { unwritten: 0, since: now, refusedUntil: 0 };
    account.unwritten = 0;
    account.since = now;
    if (!known && this.accounts.size >= MOST_CALLERS) this.forgetIdle(now);
    this.accounts.set(caller, account);
    return account;
  }

  private forgetIdle(now: number): void {
    for (const [caller, { since, refusedUntil }] of this.accounts) {
      if (now - since >= MINUTE_MS && refusedUntil <= now) this.accounts.delete(caller);
    }
    // Still full: the oldest is dropped, with at most a twentieth of the budget unwritten.
    const [oldest] = this.accounts.keys();
    if (this.accounts.size >= MOST_CALLERS && oldest !== undefined) this.accounts.delete(oldest);
  }
}

function callerOf({ viewer, clientAddress }: RequestContext): string {
  return viewer ? `viewer ${viewer.personId ?? viewer.sessionId}` : `network ${networkOf(clientAddress)}`;
}

function tooMuch(waitMs: number): Error {
  return rateLimited(waitMs / 1_000, {
    message: 'Your operations have used up the cost budget of a minute.',
    status: 429,
  });
}
