import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, rows, sql } from '#db';

/** A mail that this process has taken for sending. */
export interface TakenMail {
  readonly id: string;
  /** The name of its template. */
  readonly kind: string;
  readonly recipient: string;
  /** The values for the template. */
  readonly about: Readonly<Record<string, string>>;
  /** The number of attempts, including this one. */
  readonly attempts: number;
}

/** How many mails are waiting, and for how long the oldest has waited. */
export interface WaitingMail {
  readonly waiting: number;
  readonly oldestSeconds: number;
}

/** The outbox, through the functions of the worker's login (policies/90-mail.sql). */
@Injectable()
export class OutboxRepository {
  /** Takes due mails for two minutes; if this process dies, another one takes them afterwards. */
  take(em: EntityManager, atMost: number): Promise<TakenMail[]> {
    return rows<TakenMail>(
      em,
      sql`select id, kind, recipient, about, attempts from app.take_mail(${atMost})`,
    );
  }

  /**
   * Stores the hash of the secret in the mail's link.
   *
   * @returns the address to send it to; null where there is nothing left to link to; then the mail is deleted
   */
  async link(em: EntityManager, id: string, hash: Buffer): Promise<string | null> {
    const found = await row<{ recipient: string | null }>(
      em,
      sql`select app.link_mail(${id}::uuid, ${hash}) as recipient`,
    );
    return found?.recipient ?? null;
  }

  async sent(em: EntityManager, id: string): Promise<void> {
    await row(em, sql`select app.mail_sent(${id}::uuid)`);
  }

  /** Schedules the next attempt. @returns true if the mail was given up, because its links have expired */
  async failed(em: EntityManager, id: string, reason: string): Promise<boolean> {
    const found = await row<{ gaveUp: boolean }>(
      em,
      sql`select app.mail_failed(${id}::uuid, ${reason}) as "gaveUp"`,
    );
    return found?.gaveUp ?? false;
  }

  async waiting(em: EntityManager): Promise<WaitingMail> {
    const found = await row<WaitingMail>(
      em,
      sql`select waiting, oldest_seconds as "oldestSeconds" from app.waiting_mail()`,
    );
    return found ?? { waiting: 0, oldestSeconds: 0 };
  }
}
