import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, rows, sql } from '#db';

/** A mail that this process has claimed. */
export interface TakenMail {
  readonly id: string;
  /** The kind of its template. */
  readonly kind: string;
  readonly recipient: string;
  /** The template's values. */
  readonly about: Readonly<Record<string, string>>;
  /** The number of attempts, including this one. */
  readonly attempts: number;
}

/** The number of queued mails, and the age of the oldest. */
export interface WaitingMail {
  readonly waiting: number;
  readonly oldestSeconds: number;
}

/** The outbox, through the functions of the worker's login (policies/90-mail.sql). */
@Injectable()
export class OutboxRepository {
  /** Claims due mails for two minutes; afterwards another process can claim them. */
  take(em: EntityManager, atMost: number): Promise<TakenMail[]> {
    return rows<TakenMail>(
      em,
      sql`select id, kind, recipient, about, attempts from app.take_mail(${atMost})`,
    );
  }

  /**
   * Stores the hash of the secret in the mail's link.
   *
   * @returns the address to send it to; null if the link is no longer needed, and the mail was deleted
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

  /** Schedules a retry. @returns true if the mail was given up, because its links have expired */
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
