import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { cleanLine } from '#common';
import type { MailOptions } from './mail.options.js';
import type { MailContent } from './mail.template.js';

/** A mail to send. */
interface WrittenMail extends MailContent {
  /** The same for each attempt with the same content, so that mail servers and programs detect duplicates. */
  readonly id: string;
  readonly recipient: string;
}

/** Sends mails. */
export interface MailTransport {
  /** @throws if it was not sent, as far as can be known */
  send(mail: WrittenMail): Promise<void>;
  close(): void;
}

/** SMTP if there is a mail server; otherwise the log and files. */
export function mailTransport(options: Pick<MailOptions, 'smtpUrl' | 'from' | 'folder'>): MailTransport {
  return options.smtpUrl === undefined
    ? new FolderTransport(options.from, options.folder)
    : new SmtpTransport(options.from, options.smtpUrl);
}

/** How long a mail server may take for each step, in milliseconds: all end before another process can claim the mail. */
const TIMEOUTS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 10_000,
};

class SmtpTransport implements MailTransport {
  private readonly server;

  constructor(
    private readonly from: string,
    url: string,
  ) {
    this.server = createTransport({ url, pool: true, maxConnections: 2, ...TIMEOUTS });
    this.server.use('stream', keepLinksWhole(false));
  }

  async send(mail: WrittenMail): Promise<void> {
    await this.server.sendMail(message(this.from, mail));
  }

  close(): void {
    this.server.close();
  }
}

/** For development: logs mails, and stores them as files that mail programs open. */
class FolderTransport implements MailTransport {
  private readonly logger = new Logger('Mail');
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly from: string,
    private readonly folder: string,
  ) {
    this.composer.use('stream', keepLinksWhole(true));
  }

  async send(mail: WrittenMail): Promise<void> {
    const sent = message(this.from, mail);
    const { message: composed } = await this.composer.sendMail(sent);
    const folder = resolve(this.folder);
    await mkdir(folder, { recursive: true });
    const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${mail.id.slice(24)}.eml`;
    // Renamed when complete, for readers that wait for it.
    await writeFile(join(folder, `${name}.part`), composed, { mode: 0o600 });
    await rename(join(folder, `${name}.part`), join(folder, name));
    this.logger.warn(
      `A mail was not sent, because SMTP_URL is not set. It is stored in ${join(folder, name)}\nTo: ${mail.recipient}\nSubject: ${String(sent.subject)}\n\n${mail.text}`,
    );
  }

  close(): void {
    this.composer.close();
  }
}

function message(from: string, mail: WrittenMail): SendMailOptions {
  return {
    from,
    // As an object, so that it is not parsed as a list of addresses.
    to: { name: '', address: mail.recipient },
    // It contains names of people and organizations: no invisible character or line break may get into a header.
    subject: cleanLine(mail.subject),
    text: mail.text,
    messageId: `<${mail.id}@mutual>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The longest line that a message may have (RFC 5322, 2.1.1), in bytes, without its end. */
const LONGEST_LINE = 998;

/**
 * Sends the text unchanged. nodemailer would break lines of more than 76 characters, such as links: mail programs join them again, a
 * reader of the file or the raw message does not.
 *
 * @param takesEightBits whether non-ASCII characters can be sent unencoded
 */
function keepLinksWhole(takesEightBits: boolean) {
  return (
    mail: { data: { text?: unknown }; message: { getTransferEncoding(): unknown } },
    done: (error?: Error | null) => void,
  ): void => {
    const text = typeof mail.data.text === 'string' ? mail.data.text : '';
    const isAscii = Buffer.byteLength(text) === text.length;
    const fits = text.split('\n').every((line) => Buffer.byteLength(line) <= LONGEST_LINE);
    if (fits && (isAscii || takesEightBits))
      mail.message.getTransferEncoding = () => (isAscii ? '7bit' : '8bit');
    done();
  };
}
