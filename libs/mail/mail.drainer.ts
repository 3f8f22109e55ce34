import { setTimeout as after } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Database } from '#db';
import { MAIL_OPTIONS, type MailOptions } from './mail.options.js';
import { mailTransport, type MailTransport } from './mail.transport.js';
import { OutboxRepository, type TakenMail } from './outbox.repository.js';

/** How often the outbox is looked into when nobody wakes the drainer, in milliseconds. */
const LOOK_EVERY_MS = 3_000;
/** How long a mail on its way may take once the application stops, in milliseconds; then it is left to the next start. */
const FINISH_WITHIN_MS = 5_000;
/** How many mails are taken, and sent side by side, at a time. */
const BATCH = 5;

/**
 * Sends what is in the outbox, in this process, until the application stops. Any number of processes share the work: a mail
 * that one has taken is left alone by the others, and is theirs when the first has died with it. So each leaves at least
 * once, and twice only where a process dies between sending and saying so.
 */
@Injectable()
export class MailDrainer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Mail');
  private readonly transport: MailTransport;
  private stopping = false;
  private awake = false;
  private interrupt: (() => void) | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly mails: OutboxRepository,
    @Inject(MAIL_OPTIONS) options: MailOptions,
  ) {
    this.transport = mailTransport(options);
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.wake();
    const patience = new AbortController();
    const limit = after(FINISH_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([this.running, limit]);
    patience.abort();
    this.transport.close();
  }

  /** There is mail: look now. */
  wake(): void {
    this.awake = true;
    this.interrupt?.();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.awake = false;
      try {
        await this.drain();
      } catch (error) {
        this.logger.warn({ message: 'the outbox cannot be read; trying again soon', error: nameOf(error) });
      }
      await this.pause();
    }
  }

  /** Until nothing is due. */
  private async drain(): Promise<void> {
    while (!this.stopping) {
      const taken = await this.database.write(null, (em) => this.mails.take(em, BATCH));
      if (taken.length === 0) return;
      await Promise.all(taken.map((mail) => this.send(mail)));
    }
  }

  private async send(mail: TakenMail): Promise<void> {
    try {
      await this.transport.send(mail);
    } catch (error) {
      const gaveUp = await this.database.write(null, (em) => this.mails.failed(em, mail.id, nameOf(error)));
      // Neither address nor subject: a log is read by more people than a mail.
      const notice = { mail: mail.id, attempt: mail.attempts, error: nameOf(error) };
      if (gaveUp)
        this.logger.error({ message: 'a mail could not be sent in three days and was given up', ...notice });
      else this.logger.warn({ message: 'a mail could not be sent; trying again later', ...notice });
      return;
    }
    await this.database.write(null, (em) => this.mails.sent(em, mail.id));
  }

  private async pause(): Promise<void> {
    if (this.awake) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS);
      this.interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.interrupt = undefined;
  }
}

/** The kind of failure (ECONNREFUSED, EAUTH, 550): words of a mail server may repeat the address. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const parts = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number');
  return parts.length > 0 ? parts.join(' ') : error.name;
}
