import { Injectable } from '@nestjs/common';
import { Database, type PersonContext } from '#db';
import { badInput, invalidCredentials, notFound, unauthenticated } from '#graphql';
import { AccountRepository } from './account.repository.js';
import { AddressChangeService } from './address-change.service.js';
import { DEAD_LINK } from './dead-link.js';
import { passwordProblem } from './password-rules.js';
import { hashPassword, provePassword, withProof } from './passwords.js';
import { SessionService, type Device, type SignedIn } from './session.service.js';
import { Throttle, type From } from './throttle.js';
import { hashToken } from './tokens.js';

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
   * Opens a session. The work and the error are the same whether there is no such account, it is not open, or the password is wrong.
   *
   * @param earlierToken the token of an earlier session on the same device
   * @throws INVALID_CREDENTIALS; RATE_LIMITED; UNAVAILABLE, and nothing is counted
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
      if (endsAt) await this.throttle.takeBack(em, tried);
      return endsAt;
    });
    if (!signedIn)
      throw invalidCredentials('The address or the password is wrong, or the account is disabled.');
    return signedIn;
  }

  /**
   * Sends a password reset link if the address has an account. Nothing here depends on whether it has: that is looked up when the
   * mail is sent.
   *
   * @throws RATE_LIMITED, whether or not the address has an account
   */
  async requestPasswordReset(address: string, from: From): Promise<void> {
    await this.database.write(null, async (em) => {
      await this.throttle.reset(em, from, address);
      await this.accounts.requestPasswordReset(em, address);
    });
  }

  /**
   * Sets a password with such a link, ends all credentials of the account and opens a session.
   *
   * @throws NOT_FOUND for a link that does not work; BAD_USER_INPUT for a password that breaks the rules, after which
   * the link still works; RATE_LIMITED
   */
  async resetPassword(token: string, password: string, device: Device): Promise<SignedIn> {
    const linkHash = hashToken(token);
    const { tried, account } = await this.database.write(null, (em) =>
      this.throttle.link(em, device, linkHash, () => this.accounts.findResetLink(em, linkHash)),
    );
    if (!account) throw notFound(DEAD_LINK);
    const newHash = await hashNewPassword(password, 'input.password', account.context);
    const signedIn = await this.sessions.open(null, device, async (em, session) => {
      const expiresAt = await this.accounts.resetPassword(em, linkHash, newHash, session);
      if (expiresAt) await this.throttle.takeBack(em, tried);
      return expiresAt;
    });
    if (!signedIn) throw notFound(DEAD_LINK);
    return signedIn;
  }

  /**
   * Changes the password, ends all credentials of the account and opens a session.
   *
   * @throws INVALID_CREDENTIALS for a wrong current password; BAD_USER_INPUT for a new one that breaks the rules;
   * RATE_LIMITED
   */
  async changePassword(
    ctx: PersonContext,
    currentPassword: string,
    newPassword: string,
    device: Device,
  ): Promise<SignedIn> {
    const own = await this.database.read(ctx, (em) => this.accounts.findOwn(em));
    if (!own) throw unauthenticated();
    const newHash = await hashNewPassword(newPassword, 'input.newPassword', own.context);
    const tried = await this.database.write(null, (em) =>
      this.throttle.ownPassword(em, ctx.viewer.sessionId),
    );
    const proof = await provePassword(currentPassword, own.parameters);
    const signedIn = await this.sessions.open(ctx, device, async (em, session) => {
      const expiresAt = await this.accounts.changePassword(em, proof, newHash, session);
      if (expiresAt) await this.throttle.takeBack(em, tried);
      return expiresAt;
    });
    if (!signedIn) throw invalidCredentials('The current password is wrong.', 'input.currentPassword');
    return signedIn;
  }
}

/**
 * The hash to store for a new password.
 *
 * @param path of the password in the arguments
 * @param context the words that it must not consist of
 * @throws BAD_USER_INPUT where it breaks the rules
 */
export async function hashNewPassword(
  password: string,
  path: string,
  context: readonly string[],
): Promise<string> {
  const problem = passwordProblem(password, context);
  if (problem !== undefined) throw badInput(path, problem);
  return hashPassword(password);
}
