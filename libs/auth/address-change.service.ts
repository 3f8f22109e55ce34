import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { foldAddress } from '#common';
import { Database, raisedCode, type PersonViewer, type Viewer } from '#db';
import { badInput, conflict, notFound, notPermitted, unauthenticated } from '#graphql';
import { AccountRepository } from './account.repository.js';
import { AddressChangeRepository, type AddressChangeRow } from './address-change.repository.js';
import { isPerson } from './current-viewer.js';
import { DEAD_LINK } from './dead-link.js';
import { provePassword } from './passwords.js';
import { Throttle, type From } from './throttle.js';
import { hashToken } from './tokens.js';

/** law.confirm_address_change: somebody else signs in with the new address by now. */
const ADDRESS_TAKEN = 'MU031';

/** How often somebody may ask for another address in a day. */
const CHANGES_A_DAY = 5;

/** How a change stands after something was done to it. */
export interface AddressChangeState {
  readonly emailChange: AddressChangeRow | null;
  readonly changed: boolean;
}

/**
 * The address for signing in, which only its person changes (domain.md, Accounts): it does once the new address has shown that
 * it is reachable, and either the old one has confirmed or seven days of notice to both are over.
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
   * Asks for another address, instead of what was asked for before; tells both addresses. Whether somebody else signs in
   * with the new one, only whoever reads its mails is told.
   *
   * @throws BAD_USER_INPUT for another password, or the address that it is already; RATE_LIMITED
   */
  async request(viewer: PersonViewer, newAddress: string, password: string): Promise<AddressChangeState> {
    const own = await this.database.read(viewer, (em) => this.accounts.findOwn(em));
    if (!own) throw unauthenticated();
    if (foldAddress(own.address) === foldAddress(newAddress)) {
      throw badInput('input.email', 'is your address for signing in already.');
    }
    const tried = await this.database.write(null, (em) => this.throttle.ownPassword(em, viewer.sessionId));
    const proof = await provePassword(password, own.parameters);
    return this.database.write(viewer, async (em) => {
      const requested = await this.changes.request(em, proof, newAddress);
      if (!requested) throw badInput('input.password', 'is not your password.');
      await this.throttle.signedIn(em, tried);
      // The new address is anybody's: it is not to be flooded.
      await this.throttle.daily(em, 'change of address', [''], CHANGES_A_DAY);
      return { emailChange: (await this.changes.findOwn(em)) ?? null, changed: false };
    });
  }

  /** What the viewer has asked for and has not happened yet. */
  async findOwn(viewer: PersonViewer): Promise<AddressChangeRow | null> {
    return (await this.database.read(viewer, (em) => this.changes.findOwn(em))) ?? null;
  }

  /**
   * Uses the link sent to the old or to the new address, and carries the change out if that was all it waited for.
   *
   * @throws NOT_FOUND for a link that does not work; CONFLICT where somebody else signs in with the new address
   */
  async confirm(token: string, from: From): Promise<AddressChangeState> {
    const tried = await this.database.write(null, (em) => this.throttle.link(em, from));
    return this.database.write(null, async (em) => {
      const change = await this.changes.confirm(em, hashToken(token)).catch((error: unknown) => {
        if (raisedCode(error) !== ADDRESS_TAKEN) throw error;
        throw conflict('Another account signs in with this address.');
      });
      if (!change) throw notFound(DEAD_LINK);
      await this.throttle.signedIn(em, tried);
      const applied = await this.applyDue(em, change.newEmail);
      const changed = applied.some(({ newAddress }) => newAddress === change.newEmail);
      return { emailChange: changed ? null : change, changed };
    });
  }

  /**
   * By whoever is signed in, or with the link of the notice to the old address.
   *
   * @throws UNAUTHENTICATED without either; NOT_FOUND where there is nothing to cancel
   */
  async cancel(viewer: Viewer | null, token: string | undefined, from: From): Promise<AddressChangeState> {
    if (token === undefined && viewer === null) throw unauthenticated();
    if (token === undefined && viewer !== null && !isPerson(viewer)) {
      throw notPermitted('An API token may not do this.');
    }
    if (token !== undefined) await this.database.write(null, (em) => this.throttle.link(em, from));
    const cancelled = await this.database.write(token === undefined ? viewer : null, (em) =>
      this.changes.cancel(em, token === undefined ? null : hashToken(token)),
    );
    if (!cancelled) throw notFound(token === undefined ? 'There is nothing to cancel.' : DEAD_LINK);
    return { emailChange: null, changed: false };
  }

  /**
   * Carries out what is due, in the caller's transaction: all of it, or what concerns one address. Ends the sessions of those
   * people, and queues a notice to both addresses.
   */
  applyDue(
    em: EntityManager,
    address: string | null,
  ): Promise<readonly { readonly oldAddress: string; readonly newAddress: string }[]> {
    return this.changes.applyDue(em, address);
  }
}
