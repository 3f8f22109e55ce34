import { Injectable, Logger } from '@nestjs/common';
import { errorForLog } from '#common';
import { Database, PeriodicTask } from '#db';
import { OutboxRepository, type WaitingMail } from './outbox.repository.js';

const EVERY_MS = 5_000;

/** Every five seconds, counts the mails that wait. */
@Injectable()
export class MailMonitor extends PeriodicTask {
  private readonly logger = new Logger('Mail');
  /** As of the last time the outbox was read. */
  waiting: WaitingMail = { waiting: 0, oldestSeconds: 0, givenUp: 0 };

  constructor(
    private readonly database: Database,
    private readonly mails: OutboxRepository,
  ) {
    super(EVERY_MS);
  }

  protected async run(): Promise<void> {
    this.waiting = await this.database.read(null, (em) => this.mails.waiting(em));
  }

  protected failed(error: unknown): void {
    this.logger.warn({ message: 'The outbox cannot be read; trying again soon.', ...errorForLog(error) });
  }
}
