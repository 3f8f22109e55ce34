import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { foldAddress } from '#common';
import { rateLimited } from '#graphql';
import { networkOf } from './network.js';
import { ThrottleRepository, type Allowance } from './throttle.repository.js';
import { hashToken } from './tokens.js';

const MINUTE = 60;
const HOUR = 3_600;

/** How often each kind of attempt is allowed. Addresses with and without an account are counted alike. */
const ALLOWANCES = {
  /** Passwords for one address from one network: about 100 a day for continuous attempts. */
  signIn: { free: 5, forgotten: 30 * MINUTE, first: 1, longest: 15 * MINUTE },
  /** Passwords from one network for any addresses: about ten a minute for continuous attempts. */
  signInFromNetwork: { free: 50, forgotten: 6, first: 1, longest: 30 },
  /** Passwords that one session sends to confirm a change. */
  ownPassword: { free: 5, forgotten: 30 * MINUTE, first: 1, longest: 15 * MINUTE },
  /** Password reset mails: for one address from one network, for one address, from one network. */
  reset: { free: 3, forgotten: 20 * MINUTE, first: MINUTE, longest: HOUR },
  resetOfAddress: { free: 10, forgotten: 2 * HOUR, first: 10 * MINUTE, longest: HOUR },
  resetFromNetwork: { free: 30, forgotten: MINUTE, first: 10, longest: MINUTE },
  /** Links that do not work, from one network. They cannot be guessed; the limit protects the database. */
  deadLink: { free: 30, forgotten: 6, first: 1, longest: 30 },
  /** Passwords for one link that works; it keeps working after passwords that break the rules. */
  workingLink: { free: 10, forgotten: MINUTE, first: 1, longest: MINUTE },
} as const satisfies Record<string, Allowance>;

/** Where an attempt comes from; a RequestContext is one. */
export interface From {
  readonly clientAddress: string;
}

/** A counted attempt: what to take back if it succeeds. */
export interface CountedTry {
  readonly whole: readonly string[];
  readonly once: readonly string[];
}

/**
 * Slows down frequent attempts (docs/decisions/0041-rate-limits.md). An attempt is counted before its
 * outcome is known, in a separate transaction, so that parallel attempts do not pass together.
 */
@Injectable()
export class Throttle {
  constructor(private readonly counts: ThrottleRepository) {}

  /**
   * Counts a password for an address. A known device, which sends the token of an earlier session of the account, is counted by
   * itself, so that attempts from elsewhere or from the same network do not slow it down.
   *
   * @throws RATE_LIMITED; then nothing is counted
   */
  async signIn(
    em: EntityManager,
    { clientAddress }: From,
    address: string,
    earlierToken: string | undefined,
  ): Promise<CountedTry> {
    const tokenHash = hashToken(earlierToken ?? '');
    const known = await this.counts.isKnownDevice(em, address, tokenHash);
    const network = `sign-in ${networkOf(clientAddress)}`;
    const pair = known ? `device ${tokenHash.toString('hex')}` : `${network} ${foldAddress(address)}`;
    await this.admit(em, [
      ...(known ? [] : [{ subject: network, ...ALLOWANCES.signInFromNetwork }]),
      { subject: pair, ...ALLOWANCES.signIn },
    ]);
    return { whole: [pair], once: known ? [] : [network] };
  }

  /** Takes a successful attempt back, and earlier ones of the same subject. */
  async takeBack(em: EntityManager, { whole, once }: CountedTry): Promise<void> {
    await this.counts.takeBack(em, whole, once);
  }

  /** Counts a password that a session sends. @throws RATE_LIMITED */
  async ownPassword(em: EntityManager, sessionId: string): Promise<CountedTry> {
    const subject = `own password ${sessionId}`;
    await this.admit(em, [{ subject, ...ALLOWANCES.ownPassword }]);
    return { whole: [subject], once: [] };
  }

  /** Counts a password reset mail. @throws RATE_LIMITED */
  async reset(em: EntityManager, { clientAddress }: From, address: string): Promise<void> {
    const network = `reset ${networkOf(clientAddress)}`;
    const folded = foldAddress(address);
    await this.admit(em, [
      { subject: network, ...ALLOWANCES.resetFromNetwork },
      { subject: `${network} ${folded}`, ...ALLOWANCES.reset },
      { subject: `reset of ${folded}`, ...ALLOWANCES.resetOfAddress },
    ]);
  }

  /** Counts the use of a link for its network, before it is known whether the link works. @throws RATE_LIMITED */
  async deadLink(em: EntityManager, { clientAddress }: From): Promise<CountedTry> {
    const subject = `link ${networkOf(clientAddress)}`;
    await this.admit(em, [{ subject, ...ALLOWANCES.deadLink }]);
    return { whole: [], once: [subject] };
  }

  /**
   * Counts the use of a link with a password. A link that works is counted by itself and not for its network: refused passwords slow
   * down only that link.
   *
   * @param find the account behind the link; undefined where it does not work
   * @returns what was found, and what to take back once the link has been used
   * @throws RATE_LIMITED
   */
  async link<Account>(
    em: EntityManager,
    from: From,
    linkHash: Buffer,
    find: () => Promise<Account | undefined>,
  ): Promise<{ account: Account | undefined; tried: CountedTry }> {
    const tried = await this.deadLink(em, from);
    const account = await find();
    if (account === undefined) return { account, tried };
    await this.takeBack(em, tried);
    const subject = `working link ${linkHash.toString('hex')}`;
    await this.admit(em, [{ subject, ...ALLOWANCES.workingLink }]);
    return { account, tried: { whole: [subject], once: [] } };
  }

  /**
   * Counts, in the viewer's own transaction, an action with a daily limit for each of these subjects: all or none of them.
   *
   * @throws RATE_LIMITED
   */
  async daily(em: EntityManager, kind: string, about: readonly string[], aDay: number): Promise<void> {
    const wait = await this.counts.countDaily(em, kind, about, aDay);
    if (wait > 0) throw rateLimited(wait, { message: 'You have reached the daily limit for this.' });
  }

  /** As {@link daily} for each by itself. @returns those that the viewer has done too often, which are not counted */
  dailyEach(em: EntityManager, kind: string, about: readonly string[], aDay: number): Promise<string[]> {
    return this.counts.countDailyEach(em, kind, about, aDay);
  }

  private async admit(em: EntityManager, tries: readonly (Allowance & { subject: string })[]): Promise<void> {
    const wait = await this.counts.count(em, tries);
    if (wait > 0) throw rateLimited(wait);
  }
}
