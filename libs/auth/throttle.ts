import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { foldAddress } from '#common';
import { rateLimited } from '#graphql';
import { networkOf } from './network.js';
import { ThrottleRepository, type Allowance } from './throttle.repository.js';
import { hashToken } from './tokens.js';

const MINUTE = 60;
const HOUR = 3_600;

/** How often what may be tried. No address, known or unknown, is counted in another way than the rest. */
const ALLOWANCES = {
  /** Passwords for one address from one network: about 100 a day for who goes on for ever. */
  signIn: { free: 5, forgotten: 30 * MINUTE, first: 1, longest: 15 * MINUTE },
  /** Passwords from one network, for whatever addresses: ten a minute for who goes on for ever. */
  signInFromNetwork: { free: 50, forgotten: 6, first: 1, longest: 30 },
  /** Passwords of one session for what only the person themself may do. */
  ownPassword: { free: 5, forgotten: 30 * MINUTE, first: 1, longest: 15 * MINUTE },
  /** Mails with a link for a new password: for one address from one network, for one address, from one network. */
  reset: { free: 3, forgotten: 20 * MINUTE, first: MINUTE, longest: HOUR },
  resetOfAddress: { free: 10, forgotten: 2 * HOUR, first: 10 * MINUTE, longest: HOUR },
  resetFromNetwork: { free: 30, forgotten: MINUTE, first: 10, longest: MINUTE },
  /** Links that do not work, from one network. Nobody guesses one; this spares the database. */
  deadLink: { free: 30, forgotten: 6, first: 1, longest: 30 },
  /** Passwords for one link that works: those that break the rules leave it working. */
  workingLink: { free: 10, forgotten: MINUTE, first: 1, longest: MINUTE },
} as const satisfies Record<string, Allowance>;

/** Who tries from where; an RequestContext is one. */
export interface From {
  readonly clientAddress: string;
}

/** A try, counted: what to take back if it succeeds. */
export interface CountedTry {
  readonly whole: readonly string[];
  readonly once: readonly string[];
}

/**
 * Slows down whoever tries often, and nobody else (docs/decisions/0041-rate-limits.md). A try is counted before its
 * outcome is known, in a transaction that commits whatever comes of it: many at once so do not pass together.
 */
@Injectable()
export class Throttle {
  constructor(private readonly counts: ThrottleRepository) {}

  /**
   * Counts a password for an address. A known device, one that shows a token of an earlier session of that very account, is counted
   * by itself: what others try elsewhere, or on the same network, does not slow it down.
   *
   * @throws RATE_LIMITED, and nothing is counted
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

  /** The try succeeded: it no longer counts, nor do those before it of the same subject. */
  async takeBack(em: EntityManager, { whole, once }: CountedTry): Promise<void> {
    await this.counts.takeBack(em, whole, once);
  }

  /** Counts a password that a session shows. @throws RATE_LIMITED */
  async ownPassword(em: EntityManager, sessionId: string): Promise<CountedTry> {
    const subject = `own password ${sessionId}`;
    await this.admit(em, [{ subject, ...ALLOWANCES.ownPassword }]);
    return { whole: [subject], once: [] };
  }

  /** Counts a mail that is asked for by whoever knows an address. @throws RATE_LIMITED */
  async reset(em: EntityManager, { clientAddress }: From, address: string): Promise<void> {
    const network = `reset ${networkOf(clientAddress)}`;
    const folded = foldAddress(address);
    await this.admit(em, [
      { subject: network, ...ALLOWANCES.resetFromNetwork },
      { subject: `${network} ${folded}`, ...ALLOWANCES.reset },
      { subject: `reset of ${folded}`, ...ALLOWANCES.resetOfAddress },
    ]);
  }

  /** Counts the use of a link, which may not work, for its network. @throws RATE_LIMITED */
  async deadLink(em: EntityManager, { clientAddress }: From): Promise<CountedTry> {
    const subject = `link ${networkOf(clientAddress)}`;
    await this.admit(em, [{ subject, ...ALLOWANCES.deadLink }]);
    return { whole: [], once: [subject] };
  }

  /**
   * Counts the use of a link with a password. One that works is not counted for its network but by itself: passwords that are
   * refused slow down that link, and nobody else.
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
   * Counts, in the viewer's own transaction, what they do at most so often a day about each of these: all, or none.
   *
   * @throws RATE_LIMITED
   */
  async daily(em: EntityManager, kind: string, about: readonly string[], aDay: number): Promise<void> {
    const wait = await this.counts.countDaily(em, kind, about, aDay);
    if (wait > 0) throw rateLimited(wait, { message: 'That is as often as it goes in a day.' });
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
