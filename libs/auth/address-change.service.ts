import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { foldAddress } from '#common';
import { Database, type PersonContext, RaisedCode, raisedCode } from '#db';
import {
  badInput,
  conflict,
  invalidCredentials,
  notFound,
  notPermitted,
  unauthenticated,
  type RequestContext,
} from '#graphql';
import { AccountRepository } from './account.repository.js';
import { AddressChangeRepository, type AddressChangeRow } from './address-change.repository.js';
import { DEAD_LINK } from './dead-link.js';
import { isMadeOf } from './password-rules.js';
import { provePassword } from './passwords.js';
import { Throttle, type From } from './throttle.js';
import { hashToken } from './tokens.js';

/** The maximum number of requests for a different address per day. */
const CHANGES_A_DAY = 5;

/** The state of a change after a mutation. */
export interface AddressChangeState {
  readonly emailChange: AddressChangeRow | null;
  readonly changed: boolean;
}

/**
 * Changes of the sign-in address (docs/domain.md, Accounts), which only its person can request. A change takes effect once the new
 * address has confirmed, and either the old one has confirmed or seven days have passed. Within a week after a password reset, it
 * always takes seven days.
 */
@Injectable()
export class AddressChangeService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly changes: AddressChangeRepository,
    private readonly throttle: Throttle,
  ) {}

  /**
   * Requests a change of the address, which replaces an earlier request, and sends a mail to both addresses. Only the mail to
   * the new address reveals whether another account signs in with it.
   *
   * @throws INVALID_CREDENTIALS for another password; BAD_USER_INPUT for the address that it is already, or one that the
   * password is made of; RATE_LIMITED
   */
  async request(ctx: PersonContext, newAddress: string, password: string): Promise<AddressChangeState> {
    const own = await this.database.read(ctx, (em) => this.accounts.findOwn(em));
    if (!own) throw unauthenticated();
    if (foldAddress(own.address) === foldAddress(newAddress)) {
      throw badInput('input.email', 'is already your sign-in address.', 'TAKEN');
    }
    const tried = await this.database.write(null, (em) =>
      this.throttle.ownPassword(em, ctx.viewer.sessionId),
    );
    const proof = await provePassword(password, own.parameters);
    return this.database.write(ctx, async (em) => {
      const requested = await this.changes.request(em, proof, newAddress);
      if (!requested) throw invalidCredentials('The password is wrong.', 'input.password');
      if (isMadeOf(password, [newAddress])) {
        throw badInput('input.email', 'is too similar to your password: change your password first.');
      }
      await this.throttle.takeBack(em, tried);
      // The new address can belong to anybody, so the number of mails to it is limited.
      await this.throttle.daily(em, 'change of address', [''], CHANGES_A_DAY);
      return { emailChange: (await this.changes.findOwn(em)) ?? null, changed: false };
    });
  }

  /** The viewer's pending change. */
  async findOwn(ctx: PersonContext): Promise<AddressChangeRow | null> {
    return (await this.database.read(ctx, (em) => this.changes.findOwn(em))) ?? null;
  }

  /**
   * Uses the link sent to the old or new address, and applies the change if it was the last confirmation needed.
   *
   * @throws NOT_FOUND for a link that does not work; CONFLICT where somebody else signs in with the new address
   */
  async confirm(token: string, from: From): Promise<AddressChangeState> {
    const tried = await this.database.write(null, (em) => this.throttle.deadLink(em, from));
    return this.database.write(null, async (em) => {
      const change = await this.changes.confirm(em, hashToken(token)).catch((error: unknown) => {
        if (raisedCode(error) !== RaisedCode.SIGN_IN_ADDRESS_TAKEN) throw error;
        throw conflict('Another account signs in with this address.');
      });
      if (!change) throw notFound(DEAD_LINK);
      await this.throttle.takeBack(em, tried);
      const changed = (await this.applyDue(em, change.newEmail)) > 0;
      return { emailChange: changed ? null : change, changed };
    });
  }

  /**
   * Called by the account's owner while signed in, or with the link in the notice to the old address.
   *
   * @throws UNAUTHENTICATED without either; NOT_FOUND where there is nothing to cancel
   */
  async cancel(ctx: RequestContext, token: string | undefined): Promise<AddressChangeState> {
    if (token === undefined) {
      if (ctx.viewer === null) throw unauthenticated();
      if (ctx.viewer.personId === null) throw notPermitted('API tokens cannot do this: sign in as a person.');
      const cancelled = await this.database.write(ctx, (em) => this.changes.cancel(em, null));
      if (!cancelled) throw notFound('There is no address change to cancel.');
      return { emailChange: null, changed: false };
    }
    const tried = await this.database.write(null, (em) => this.throttle.deadLink(em, ctx));
    const cancelled = await this.database.write(null, async (em) => {
      const found = await this.changes.cancel(em, hashToken(token));
      if (found) await this.throttle.takeBack(em, tried);
      return found;
    });
    if (!cancelled) throw notFound(DEAD_LINK);
    return { emailChange: null, changed: false };
  }

  /**
   * Applies the changes that are due and concern one address, in the caller's transaction. Ends the sessions of those people, and queues
   * a notice to both addresses.
   *
   * @returns how many addresses have changed
   */
  applyDue(em: EntityManager, address: string): Promise<number> {
    return this.changes.applyDue(em, address);
  }
}
