import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, scalar, sql } from '#db';

/** A mail in the outbox. */
export interface QueuedMail {
  /** The kind of its template. */
  readonly kind: string;
  readonly recipient: string;
  /** The template's values. */
  readonly about: Readonly<Record<string, string>>;
}

/** The state of the outbox. */
export interface WaitingMail {
  /** Mails that have not been sent yet. */
  readonly waiting: number;
  /** The age of the oldest of them. */
  readonly oldestSeconds: number;
  /** Mails that could not be sent within three days. */
  readonly givenUp: number;
}

/** The outbox, through the functions of the worker's login (policies/90-mail.sql). */
@Injectable()
export class OutboxRepository {
  find(em: EntityManager, id: string): Promise<QueuedMail | undefined> {
    return row<QueuedMail>(em, sql`select kind, recipient, about from app.queued_mail(${id}::uuid)`);
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

  /** Deletes mails that were given up and whose job is gone. @returns how many */
  async deleteUndeliverable(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.delete_undeliverable_mail() as deleted`)) ?? 0;
  }

  async waiting(em: EntityManager): Promise<WaitingMail> {
    const found = await row<WaitingMail>(
      em,
      sql`select waiting, oldest_seconds as "oldestSeconds", given_up as "givenUp" from app.waiting_mail()`,
    );
    return found ?? { waiting: 0, oldestSeconds: 0, givenUp: 0 };
  }
}
