import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, scalar, sql, type Sql } from '#db';

/** The sign-in address of an account, and the words that its password must not consist of. */
export interface AccountContext {
  readonly address: string;
  readonly context: readonly string[];
}

/** What the functions that open a session store of it. */
export interface NewSession {
  readonly tokenHash: Buffer;
  readonly label: string;
}

/** Accounts, through SECURITY DEFINER functions: they take proofs of a password and return no stored hash. */
@Injectable()
export class AccountRepository {
  /** How the password of an address is hashed. Invented, but always the same, for an address without an open account. */
  async parameters(em: EntityManager, address: string): Promise<string> {
    const found = await row<{ parameters: string }>(
      em,
      sql`select app.password_parameters(${address}) as parameters`,
    );
    if (!found) throw new Error('SELECT returned nothing');
    return found.parameters;
  }

  /** The viewer's own account. */
  findOwn(em: EntityManager): Promise<(AccountContext & { parameters: string }) | undefined> {
    return row(
      em,
      sql`select a.sign_in_address as address, app.own_password_context() as context,
            app.own_password_parameters() as parameters
          from account a where a.person_id = app.signed_in_person()`,
    );
  }

  /** Queues a password reset mail. Whether the address has an account is looked up when it is sent. */
  async requestPasswordReset(em: EntityManager, address: string): Promise<void> {
    await row(em, sql`select app.request_password_reset(${address})`);
  }

  /** The account of a password reset link; undefined when the link does not work. */
  findResetLink(em: EntityManager, linkHash: Buffer): Promise<AccountContext | undefined> {
    return row(em, sql`select address, context from app.password_reset_link(${linkHash})`);
  }

  /** @returns when the session expires; null where there is no such account, it is not open, or the password is wrong */
  signIn(
    em: EntityManager,
    address: string,
    proof: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    return expiryOf(em, sql`app.sign_in(${address}, ${proof}, ${tokenHash}, ${label})`);
  }

  /** Ends all credentials of the viewer. @returns when the new session expires; null for a wrong password */
  changePassword(
    em: EntityManager,
    proof: string,
    newHash: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    return expiryOf(em, sql`app.change_password(${proof}, ${newHash}, ${tokenHash}, ${label})`);
  }

  /** Ends all credentials of the person. @returns when the new session expires; null where the link does not work */
  resetPassword(
    em: EntityManager,
    linkHash: Buffer,
    newHash: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    return expiryOf(em, sql`app.reset_password(${linkHash}, ${newHash}, ${tokenHash}, ${label})`);
  }

  /** Deletes links for a new password that expired long ago. @returns how many */
  async deleteExpiredLinks(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_expired_links() as deleted`)) ?? 0;
  }
}

async function expiryOf(em: EntityManager, call: Sql): Promise<Date | null> {
  const found = await row<{ endsAt: Date | null }>(em, sql`select ${call} as "endsAt"`);
  return found?.endsAt ?? null;
}
