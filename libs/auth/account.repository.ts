import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, sql, type Sql } from '#db';

/** What of a person their password must not be. */
export interface KnownOfPerson {
  readonly address: string;
  readonly name: string;
}

/** What a door that opens a session is told of it. */
export interface NewSession {
  readonly tokenHash: Buffer;
  readonly label: string;
}

/** Accounts, by the doors of the law: stored hashes do not come out, proofs go in. */
@Injectable()
export class AccountRepository {
  /** How the password of an address is hashed; null where no open account has it. */
  async parameters(em: EntityManager, address: string): Promise<string | null> {
    const found = await row<{ parameters: string | null }>(
      em,
      sql`select law.password_parameters(${address}) as parameters`,
    );
    return found?.parameters ?? null;
  }

  /** The viewer's own, with what the password must not be. */
  findOwn(em: EntityManager): Promise<(KnownOfPerson & { parameters: string }) | undefined> {
    return row(
      em,
      sql`select a.sign_in_address as address, p.name, law.own_password_parameters() as parameters
          from account a join person p on p.id = a.person_id
          where a.person_id = law.self()`,
    );
  }

  /** Queues a mail with a link for a new password, for whoever signs in with this address, if anybody does. */
  async requestPasswordReset(em: EntityManager, address: string): Promise<void> {
    await row(em, sql`select law.request_password_reset(${address})`);
  }

  /** Whose link for a new password this is; undefined when it does not work. */
  findResetLink(em: EntityManager, linkHash: Buffer): Promise<KnownOfPerson | undefined> {
    return row(em, sql`select address, name from law.password_reset_link(${linkHash})`);
  }

  /** @returns the session's end; null: no such account, not open, or not its password */
  signIn(
    em: EntityManager,
    address: string,
    proof: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    return endOf(em, sql`law.sign_in(${address}, ${proof}, ${tokenHash}, ${label})`);
  }

  /** Ends every session of the viewer's. @returns the new one's end; null: not their password */
  changePassword(
    em: EntityManager,
    proof: string,
    newHash: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    return endOf(em, sql`law.change_password(${proof}, ${newHash}, ${tokenHash}, ${label})`);
  }

  /** Ends every session of the person's. @returns the new one's end; null: the link does not work */
  resetPassword(
    em: EntityManager,
    linkHash: Buffer,
    newHash: string,
    { tokenHash, label }: NewSession,
  ): Promise<Date | null> {
    return endOf(em, sql`law.reset_password(${linkHash}, ${newHash}, ${tokenHash}, ${label})`);
  }
}

async function endOf(em: EntityManager, door: Sql): Promise<Date | null> {
  const found = await row<{ endsAt: Date | null }>(em, sql`select ${door} as "endsAt"`);
  return found?.endsAt ?? null;
}
