import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, rows, sql } from '#db';

/** A mail that this process has taken to send. */
export interface TakenMail {
  readonly id: string;
  /** Which template it is written by. */
  readonly kind: string;
  readonly recipient: string;
  /** The values that the template names. */
  readonly about: Readonly<Record<string, string>>;
  /** How often it was tried, this time included. */
  readonly attempts: number;
}

/** How many mails wait, and for how long the oldest has. */
export interface WaitingMail {
  readonly waiting: number;
  readonly oldestSeconds: number;
}

/** The outbox, as the worker's login may use it (policies/90-mail.sql). */
@Injectable()
export class OutboxRepository {
  /** Takes mails that are due, for two minutes: those of a process that dies are taken by the next. */
  take(em: EntityManager, atMost: number): Promise<TakenMail[]> {
    return rows<TakenMail>(
      em,
      sql`select id, kind, recipient, about, attempts from app.take_mail(${atMost})`,
    );
  }

  /**
   * Stores the hash of the secret that the mail's link will carry.
   *
   * @returns the address to send it to; null where there is nothing to link to any more, and the mail is gone
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

  /** Leaves it for later. @returns true if it was given up: its links are dead by now */
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
