import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '#db';
import { JobTask, type Job, type JobHandler } from '#jobs';
import { Links } from './links.js';
import { MAIL_OPTIONS, type MailOptions } from './mail.options.js';
import { plainTextMails, type MailTemplates } from './mail.template.js';
import { mailTransport, type MailTransport } from './mail.transport.js';
import { OutboxRepository, type QueuedMail } from './outbox.repository.js';

/**
 * Sends one queued mail. It is sent at least once, and twice only if a process dies between sending and recording it. A mail whose job
 * has used its attempts, after three days, stays in the outbox for a week, and is counted as given up.
 */
@Injectable()
@JobTask({ name: 'send_mail' })
export class SendMailTask implements JobHandler, OnApplicationShutdown {
  private readonly transport: MailTransport;
  private readonly templates: MailTemplates;

  constructor(
    private readonly database: Database,
    private readonly mails: OutboxRepository,
    private readonly links: Links,
    @Inject(MAIL_OPTIONS) private readonly options: MailOptions,
  ) {
    this.transport = mailTransport(options);
    this.templates = { ...plainTextMails, ...options.templates };
  }

  /** After the running jobs have ended (JobRunner). */
  onApplicationShutdown(): void {
    this.transport.close();
  }

  async run(job: Job): Promise<void> {
    const id = job.rowId ?? '';
    const mail = await this.database.read(null, (em) => this.mails.find(em, id));
    // Sent already, or no longer needed.
    if (mail === undefined) return;
    try {
      await this.deliver(id, mail, job);
    } catch (error) {
      throw new MailNotSent(mail.kind, error);
    }
    await job.write((em) => this.mails.sent(em, id));
  }

  private async deliver(id: string, { kind, recipient, about }: QueuedMail, job: Job): Promise<void> {
    const template = this.templates[kind];
    // A newer version of the service queued it; its worker will send it.
    if (template === undefined) throw new Error('There is no template for this kind of mail.');
    const page = (name: string): string => this.links.page(name);
    if (!template.hasLink) {
      const { subject, text } = template.write(about, page, page);
      return this.transport.send({ id, recipient, subject, text });
    }
    // A new secret for each attempt: only hashes of earlier ones are stored.
    const { token, hash } = this.options.newSecret();
    const linkedTo = await job.write((em) => this.mails.link(em, id, hash));
    if (linkedTo === null) return;
    const { subject, text } = template.write(about, (name) => this.links.to(name, token), page);
    // Attempts have different links, so each has a different Message-ID.
    await this.transport.send({ id: `${id}.${String(job.attempt)}`, recipient: linkedTo, subject, text });
  }
}

/** Names the kind of failure (ECONNREFUSED, EAUTH, 550) only: messages of mail servers may repeat the address. */
class MailNotSent extends Error {
  override readonly name = 'MailNotSent';
  readonly code: string;

  constructor(kind: string, error: unknown) {
    const { code, responseCode, name } = error as { code?: unknown; responseCode?: unknown; name?: unknown };
    const parts = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number');
    const failure = parts.length > 0 ? parts.join(' ') : String(name);
    super(`A mail of the kind ${kind} could not be sent: ${failure}`);
    this.code = failure;
  }
}
