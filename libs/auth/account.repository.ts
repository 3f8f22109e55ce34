import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, sql } from '#db';

/** Where a person signs in, and what their password must not be made of. */
export interface AccountContext {
  readonly address: string;
  readonly context: readonly string[];
}

/** What a new password ended beside the sessions. */
export interface NewPassword {
  readonly expiresAt: Date;
  /** The address that a pending change would have led to. */
  readonly cancelledAddress: string | null;
  /** Labels of API tokens that the person had made. */
  readonly revokedTokens: readonly string[];
}

/** What a door that opens a session is told of it. */
export interface NewSession {
  readonly tokenHash: Buffer;
  readonly label: string;
}

const newPassword = sql`expires_at as "expiresAt", cancelled_address as "cancelledAddress", revoked_tokens as "revokedTokens"`;

/** Accounts, by the doors of the law: stored hashes do not come out, proofs go in. */
@Injectable()
export class AccountRepository {
  /** How the password of an address is hashed; made up where no open account has it. */
  async parameters(em: EntityManager, address: string): Promise<string> {
    const found = await row<{ parameters: string }>(
      em,
      sql`select law.password_parameters(${address}) as parameters`,
    );
    if (!found) throw new Error('SELECT returned nothing');
    return found.parameters;
  }

  /** The viewer's own. */
  findOwn(em: EntityManager): Promise<(AccountContext & { parameters: string }) | undefined> {
    return row(
      em,
      sql`select a.sign_in_address as address, law.own_password_context() as context,
            law.own_password_parameters() as parameters
          from account a where a.person_id = law.self()`,
    );
  }

  /** Whose link for a new password this is; undefined when it does not work. */
  findResetLink(em: EntityManager, linkHash: Buffer): Promise<AccountContext | undefined> {
    return row(em, sql`select address, context from law.password_reset_link(${linkHash})`);
  }

  /** @returns the session's end; null: no such account, not open, or not its password */
  async signIn(
    em: EntityManager,
    address: string,
    proof: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    const found = await row<{ expiresAt: Date | null }>(
      em,
      sql`select law.sign_in(${address}, ${proof}, ${tokenHash}, ${label}) as "expiresAt"`,
    );
    return found?.expiresAt ?? null;
  }

  /** Ends all credentials of the viewer and opens a session. Undefined: not their password */
  changePassword(
    em: EntityManager,
    proof: string,
    newHash: string,
    { tokenHash, label }: NewSession,
  ): Promise<NewPassword | undefined> {
    return row(
      em,
      sql`select ${newPassword} from law.change_password(${proof}, ${newHash}, ${tokenHash}, ${label})`,
    );
  }

  /** Ends all credentials of the person and opens a session. Undefined: the link does not work */
  resetPassword(
    em: EntityManager,
    linkHash: Buffer,
    newHash: string,
    { tokenHash, label }: NewSession,
  ): Promise<NewPassword | undefined> {
    return row(
      em,
      sql`select ${newPassword} from law.reset_password(${linkHash}, ${newHash}, ${tokenHash}, ${label})`,
    );
  }
}
