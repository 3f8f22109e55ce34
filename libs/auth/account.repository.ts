import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, sql, type Sql } from '#db';

/** Where a person signs in, and what their password must not be made of. */
export interface AccountContext {
  readonly address: string;
  readonly context: readonly string[];
}

/** What a door that opens a session is told of it. */
export interface NewSession {
  readonly tokenHash: Buffer;
  readonly label: string;
}

/** Accounts, by the doors of the law: stored hashes do not come out, proofs go in. */
@Injectable()
export class AccountRepository {
  /** How the password of an address is hashed; made up where no open account has it. */
  async parameters(em: EntityManager, address: string): Promise<string> {
    const found = await row<{ parameters: string }>(
      em,
      sql`select app.password_parameters(${address}) as parameters`,
    );
    if (!found) throw new Error('SELECT returned nothing');
    return found.parameters;
  }

  /** The viewer's own. */
  findOwn(em: EntityManager): Promise<(AccountContext & { parameters: string }) | undefined> {
    return row(
      em,
      sql`select a.sign_in_address as address, app.own_password_context() as context,
            app.own_password_parameters() as parameters
          from account a where a.person_id = app.signed_in_person()`,
    );
  }

  /** Queues a mail with a link for a new password, for whoever signs in with this address, if anybody does. */
  async requestPasswordReset(em: EntityManager, address: string): Promise<void> {
    await row(em, sql`select app.request_password_reset(${address})`);
  }

  /** Whose link for a new password this is; undefined when it does not work. */
  findResetLink(em: EntityManager, linkHash: Buffer): Promise<AccountContext | undefined> {
    return row(em, sql`select address, context from app.password_reset_link(${linkHash})`);
  }

  /** @returns the session's end; null: no such account, not open, or not its password */
  signIn(
    em: EntityManager,
    address: string,
    proof: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    return endOf(em, sql`app.sign_in(${address}, ${proof}, ${tokenHash}, ${label})`);
  }

  /** Ends all credentials of the viewer. @returns the new session's end; null: not their password */
  changePassword(
    em: EntityManager,
    proof: string,
    newHash: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    return endOf(em, sql`app.change_password(${proof}, ${newHash}, ${tokenHash}, ${label})`);
  }

  /** Ends all credentials of the person. @returns the new session's end; null: the link does not work */
  resetPassword(
    em: EntityManager,
    linkHash: Buffer,
    newHash: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    return endOf(em, sql`app.reset_password(${linkHash}, ${newHash}, ${tokenHash}, ${label})`);
  }
}

async function endOf(em: EntityManager, door: Sql): Promise<Date | null> {
  const found = await row<{ endsAt: Date | null }>(em, sql`select ${door} as "endsAt"`);
  return found?.endsAt ?? null;
}
