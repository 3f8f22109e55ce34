import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, row, rows, sql } from '#db';

/** Plain text to one address. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /**
   * The hash of a token for a new password. Whether somebody signs in with the address is then looked up when the mail is about
   * to leave, and without such an account it does not: asking takes the same work for every address.
   */
  readonly passwordResetHash?: Buffer;
}

/** A mail that this process has taken to send. */
export interface TakenMail {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
}

/** Mails on their way. Nobody reads them but through the doors (law.take_mail and its kin). */
@Injectable()
export class OutboxRepository {
  async add(em: EntityManager, { to, subject, text, passwordResetHash }: Mail): Promise<void> {
    await affected(
      em,
      sql`insert into outbox_mail (recipient, subject, body, password_reset_hash)
          values (${to}, ${subject}, ${text}, ${passwordResetHash ?? null})`,
    );
  }

  /** To the address that somebody signs in with; nothing for whoever has no account. */
  async addFor(
    em: EntityManager,
    personId: string,
    { subject, text }: Pick<Mail, 'subject' | 'text'>,
  ): Promise<void> {
    await row(em, sql`select law.mail_person(${personId}::uuid, ${subject}, ${text})`);
  }

  /** Takes mails that are due, for two minutes: whoever dies with them leaves them to the next. */
  take(em: EntityManager, atMost: number): Promise<TakenMail[]> {
    return rows<TakenMail>(
      em,
      sql`select id, recipient, subject, body, attempts from law.take_mail(${atMost})`,
    );
  }

  async sent(em: EntityManager, id: string): Promise<void> {
    await row(em, sql`select law.mail_sent(${id}::uuid)`);
  }

  /** Leaves it for later. @returns true if it was given up: its links are dead by now */
  async failed(em: EntityManager, id: string, reason: string): Promise<boolean> {
    const found = await row<{ gaveUp: boolean }>(
      em,
      sql`select law.mail_failed(${id}::uuid, ${reason}) as "gaveUp"`,
    );
    return found?.gaveUp ?? false;
  }
}
