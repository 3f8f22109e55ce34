import { Injectable } from '@nestjs/common';
import { Database, type PersonViewer } from '#db';
import { badInput, notFound, unauthenticated } from '#graphql';
import { AccountRepository } from './account.repository.js';
import { AddressChangeService } from './address-change.service.js';
import { DEAD_LINK } from './dead-link.js';
import { passwordProblem } from './password-rules.js';
import { hashPassword, provePassword, withProof } from './passwords.js';
import { SessionService, type Device, type SignedIn } from './session.service.js';
import { Throttle, type From } from './throttle.js';
import { hashToken } from './tokens.js';

/** Signing in and passwords. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly addressChanges: AddressChangeService,
    private readonly sessions: SessionService,
    private readonly throttle: Throttle,
  ) {}

  /**
   * A new session. The same work is done, and the same said, whether there is no such account, it is not open, or the
   * password is another.
   *
   * @param earlierToken of an earlier session on the same device
   * @throws UNAUTHENTICATED; RATE_LIMITED; UNAVAILABLE, and nothing is counted
   */
  async signIn(address: string, password: string, device: Device, earlierToken?: string): Promise<SignedIn> {
    const { tried, proof } = await withProof(async (prove) => {
      const { counted, parameters } = await this.database.write(null, async (em) => {
        const tries = await this.throttle.signIn(em, device, address, earlierToken);
        await this.addressChanges.applyDue(em, address);
        return { counted: tries, parameters: await this.accounts.parameters(em, address) };
      });
      return { tried: counted, proof: await prove(password, parameters) };
    });
    const signedIn = await this.sessions.open(null, device, async (em, session) => {
      const endsAt = await this.accounts.signIn(em, address, proof, session);
      if (endsAt) await this.throttle.signedIn(em, tried);
      return endsAt;
    });
    if (!signedIn) throw unauthenticated('There is no open account with this address and password.');
    return signedIn;
  }

  /**
   * Sends a link for a new password, if somebody signs in with this address. Nothing here depends on whether somebody
   * does: that is looked up when the mail is about to leave.
   *
   * @throws RATE_LIMITED, likewise
   */
  async requestPasswordReset(address: string, from: From): Promise<void> {
    await this.database.write(null, async (em) => {
      await this.throttle.reset(em, from, address);
      await this.accounts.requestPasswordReset(em, address);
    });
  }

  /**
   * Uses such a link; ends every session and opens a new one.
   *
   * @throws NOT_FOUND for a link that does not work; BAD_USER_INPUT for a password that breaks the rules, and the link
   * still works; RATE_LIMITED
   */
  async resetPassword(token: string, password: string, device: Device): Promise<SignedIn> {
    const linkHash = hashToken(token);
    const { tried, known } = await this.database.write(null, async (em) => ({
      tried: await this.throttle.link(em, device),
      known: await this.accounts.findResetLink(em, linkHash),
    }));
    if (!known) throw notFound(DEAD_LINK);
    const newHash = await hashNewPassword(password, 'input.password', known);
    const signedIn = await this.sessions.open(null, device, async (em, session) => {
      const expiresAt = await this.accounts.resetPassword(em, linkHash, newHash, session);
      if (expiresAt) {
        await this.throttle.signedIn(em, tried);
      }
      return expiresAt;
    });
    if (!signedIn) throw notFound(DEAD_LINK);
    return signedIn;
  }

  /**
   * Another password; ends every session and opens a new one.
   *
   * @throws BAD_USER_INPUT where the present password is another, or the next breaks the rules; RATE_LIMITED
   */
  async changePassword(
    viewer: PersonViewer,
    currentPassword: string,
    newPassword: string,
    device: Device,
  ): Promise<SignedIn> {
    const own = await this.database.read(viewer, (em) => this.accounts.findOwn(em));
    if (!own) throw unauthenticated();
    const newHash = await hashNewPassword(newPassword, 'input.newPassword', own);
    const tried = await this.database.write(null, (em) => this.throttle.ownPassword(em, viewer.sessionId));
    const proof = await provePassword(currentPassword, own.parameters);
    const signedIn = await this.sessions.open(viewer, device, async (em, session) => {
      const expiresAt = await this.accounts.changePassword(em, proof, newHash, session);
      if (expiresAt) {
        await this.throttle.signedIn(em, tried);
      }
      return expiresAt;
    });
    if (!signedIn) throw badInput('input.currentPassword', 'is not your password.');
    return signedIn;
  }
}

/**
 * What to store for a new password.
 *
 * @param path of the password in the arguments
 * @throws BAD_USER_INPUT where it breaks the rules
 */
export async function hashNewPassword(
  password: string,
  path: string,
  known: { readonly address: string; readonly name: string },
): Promise<string> {
  const problem = passwordProblem(password, [known.address, known.name]);
  if (problem !== undefined) throw badInput(path, problem);
  return hashPassword(password);
}
