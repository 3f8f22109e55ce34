import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#db';
import { rateLimited, type RequestContext } from '#graphql';
import { networkOf } from './network.js';
import { ThrottleRepository } from './throttle.repository.js';

/** How much the operations of one caller may cost a minute; 0: as much as they like. */
export const COST_PER_MINUTE = Symbol('COST_PER_MINUTE');

/** What part of the budget a process adds up by itself before it tells the database. */
const UNTOLD_PART = 1 / 20;

/** Callers that a process remembers at most. */
const MOST_CALLERS = 10_000;

const MINUTE_MS = 60_000;

interface Account {
  /** Cost that the database has not been told of. */
  untold: number;
  since: number;
  /** In milliseconds, as Date.now. */
  refusedUntil: number;
}

/**
 * What each caller's operations cost. Postgres has the account, for all processes; a process tells it once a twentieth of the
 * budget has come together, so that most operations cost no statement, and all processes together let a caller go beyond
 * the budget by a twentieth each at most.
 */
@Injectable()
export class CostBudget {
  private readonly accounts = new Map<string, Account>();

  constructor(
    private readonly database: Database,
    private readonly counts: ThrottleRepository,
    @Inject(COST_PER_MINUTE) private readonly aMinute: number,
  ) {}

  /** Puts the cost of an operation on its caller's account. @throws RATE_LIMITED beyond the budget */
  async spend(ctx: RequestContext, cost: number): Promise<void> {
    if (this.aMinute === 0) return;
    const caller = callerOf(ctx);
    const account = this.accountOf(caller);
    if (account.refusedUntil > Date.now()) throw tooMuch(account.refusedUntil - Date.now());
    account.untold += cost;
    if (account.untold < this.aMinute * UNTOLD_PART) return;
    const amount = account.untold;
    account.untold = 0;
    account.since = Date.now();
    const wait = await this.database.write(null, (em) => this.counts.spend(em, caller, amount, this.aMinute));
    if (wait <= 0) return;
    account.refusedUntil = Date.now() + wait * 1_000;
    throw tooMuch(wait * 1_000);
  }

  private accountOf(caller: string): Account {
    const now = Date.now();
    const known = this.accounts.get(caller);
    // What came together over more than a minute has run off meanwhile.
    if (known && now - known.since < MINUTE_MS) return known;
    const account = known ?? { untold: 0, since: now, refusedUntil: 0 };
    account.untold = 0;
    account.since = now;
    if (!known && this.accounts.size >= MOST_CALLERS) this.forgetIdle(now);
    this.accounts.set(caller, account);
    return account;
  }

  private forgetIdle(now: number): void {
    for (const [caller, { since, refusedUntil }] of this.accounts) {
      if (now - since >= MINUTE_MS && refusedUntil <= now) this.accounts.delete(caller);
    }
    // Still as many: the eldest goes, having spent less than a twentieth unseen.
    const [eldest] = this.accounts.keys();
    if (this.accounts.size >= MOST_CALLERS && eldest !== undefined) this.accounts.delete(eldest);
  }
}

function callerOf({ viewer, clientAddress }: RequestContext): string {
  return viewer ? `viewer ${viewer.personId ?? viewer.sessionId}` : `network ${networkOf(clientAddress)}`;
}

function tooMuch(waitMs: number): Error {
  return rateLimited(waitMs / 1_000, {
    message: 'Your operations have cost as much as they may in a minute.',
    status: 429,
  });
}
