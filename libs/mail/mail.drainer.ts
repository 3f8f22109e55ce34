import { setTimeout as after } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Database } from '#db';
import { Links } from './links.js';
import { MAIL_OPTIONS, type MailOptions } from './mail.options.js';
import { plainTextMails, type MailTemplates } from './mail.template.js';
import { mailTransport, type MailTransport } from './mail.transport.js';
import { OutboxRepository, type TakenMail, type WaitingMail } from './outbox.repository.js';

/** How often the outbox is read by default, in milliseconds. */
const POLL_EVERY_MS = 1_000;
/** How long a mail may take during shutdown, in milliseconds; then it is sent after the next start. */
const FINISH_WITHIN_MS = 5_000;
/** How many mails are claimed and sent concurrently. */
const BATCH = 5;

/**
 * Sends queued mails until the process stops. Any number of processes share the work: a claimed mail is skipped by the others for two
 * minutes. Each mail is sent at least once, and twice only if a process dies between sending and recording it.
 */
@Injectable()
export class MailDrainer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Mail');
  private readonly transport: MailTransport;
  private readonly templates: MailTemplates;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  /** As of the last time the outbox was read. */
  waiting: WaitingMail = { waiting: 0, oldestSeconds: 0 };

  constructor(
    private readonly database: Database,
    private readonly mails: OutboxRepository,
    private readonly links: Links,
    @Inject(MAIL_OPTIONS) private readonly options: MailOptions,
  ) {
    this.transport = mailTransport(options);
    this.templates = { ...plainTextMails, ...options.templates };
  }

  onApplicationBootstrap(): void {
    // Concurrently: a mail server that does not respond must not hide how many mails wait.
    this.running = Promise.all([this.repeat(() => this.drain()), this.repeat(() => this.measure())]).then(
      () => undefined,
    );
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    const patience = new AbortController();
    const limit = after(FINISH_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([this.running, limit]);
    patience.abort();
    this.transport.close();
  }

  private async repeat(work: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        this.logger.warn({ message: 'The outbox cannot be read; trying again soon.', error: nameOf(error) });
      }
      await after(this.options.pollEveryMs ?? POLL_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async measure(): Promise<void> {
    this.waiting = await this.database.read(null, (em) => this.mails.waiting(em));
  }

  /** Sends until nothing is due. */
  private async drain(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const taken = await this.database.write(null, (em) => this.mails.take(em, BATCH));
      if (taken.length === 0) return;
      await Promise.all(taken.map((mail) => this.send(mail)));
    }
  }

  private async send(mail: TakenMail): Promise<void> {
    try {
      await this.deliver(mail);
    } catch (error) {
      const gaveUp = await this.database.write(null, (em) => this.mails.failed(em, mail.id, nameOf(error)));
      // Without address and subject: more people read logs than mails.
      const notice = { mail: mail.id, kind: mail.kind, attempt: mail.attempts, error: nameOf(error) };
      if (gaveUp)
        this.logger.error({
          message: 'A mail could not be sent within three days and was given up.',
          ...notice,
        });
      else this.logger.warn({ message: 'A mail could not be sent; trying again later.', ...notice });
      return;
    }
    await this.database.write(null, (em) => this.mails.sent(em, mail.id));
  }

  /** @throws if it was not sent, as far as can be known */
  private async deliver({ id, kind, recipient, about, attempts }: TakenMail): Promise<void> {
    const template = this.templates[kind];
    // A newer version of the service queued it; its worker will send it.
    if (template === undefined) throw new UnknownKind(kind);
    const page = (name: string): string => this.links.page(name);
    if (!template.hasLink) {
      const { subject, text } = template.write(about, page, page);
      return this.transport.send({ id, recipient, subject, text });
    }
    // A new secret for each attempt: only hashes of earlier ones are stored.
    const { token, hash } = this.options.newSecret();
    const linkedTo = await this.database.write(null, (em) => this.mails.link(em, id, hash));
    if (linkedTo === null) return;
    const { subject, text } = template.write(about, (name) => this.links.to(name, token), page);
    // Attempts have different links, so each has a different Message-ID.
    await this.transport.send({ id: `${id}.${String(attempts)}`, recipient: linkedTo, subject, text });
  }
}

class UnknownKind extends Error {
  override readonly name = 'UnknownKind';

  constructor(kind: string) {
    super(`There is no template for mails of the kind ${kind}.`);
  }
}

/** The kind of failure (ECONNREFUSED, EAUTH, 550): messages of mail servers may repeat the address. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const parts = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number');
  return parts.length > 0 ? parts.join(' ') : error.name;
}
