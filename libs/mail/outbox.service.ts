import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '#db';
import { MailDrainer } from './mail.drainer.js';
import { OutboxRepository, type Mail } from './outbox.repository.js';

/** Mail that leaves if, and only if, the transaction that causes it commits. */
@Injectable()
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly mails: OutboxRepository,
    private readonly drainer: MailDrainer,
  ) {}

  /** Queues a mail in the caller's transaction; it leaves right after the commit, or when a mail server can be reached. */
  async add(em: EntityManager, mail: Mail): Promise<void> {
    await this.mails.add(em, mail);
    this.database.afterCommit(() => {
      this.drainer.wake();
    });
  }

  /**
   * The same for a colleague of the viewer, by their id: to the address that they sign in with, which is theirs alone to know.
   * Whoever has no account gets none.
   */
  async addFor(
    em: EntityManager,
    personId: string,
    mail: { readonly subject: string; readonly text: string },
  ): Promise<void> {
    await this.mails.addFor(em, personId, mail);
    this.database.afterCommit(() => {
      this.drainer.wake();
    });
  }
}
