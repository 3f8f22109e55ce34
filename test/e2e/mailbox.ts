import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail as its reader sees it. */
export interface ReadMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The addresses of pages in it, in order. */
  readonly links: readonly string[];
  /** What stands behind # in the first of them. */
  readonly token: string;
}

/** Waits for mails that the service has stored as files. */
export class Mailbox {
  /** @param sendMail starts what sends them, unless it runs */
  constructor(
    readonly folder: string,
    private readonly sendMail: () => Promise<void>,
  ) {}

  /** Every mail to an address so far, in order. */
  async all(to: string): Promise<ReadMail[]> {
    await this.sendMail();
    const names = await readdir(this.folder).catch(() => []);
    const files = names.filter((name) => name.endsWith('.eml')).sort();
    const mails = await Promise.all(
      files.map(async (name) => readMail(await readFile(join(this.folder, name), 'utf8'))),
    );
    return mails.filter((mail) => mail.to === to);
  }

  /** The last mail to an address whose subject holds these words, as soon as it is there. @throws after a minute */
  async next(to: string, subject: string, count = 1): Promise<ReadMail> {
    await this.sendMail();
    const until = Date.now() + 60_000;
    while (Date.now() < until) {
      const found = (await this.all(to)).filter((mail) => mail.subject.includes(subject));
      const mail = found[count - 1];
      if (mail) return mail;
      await pause(20);
    }
    throw new Error(`no mail to ${to} with the subject "${subject}" came`);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Reads a message of one text part, as our service writes them. */
export function readMail(message: string): ReadMail {
  const [head = '', ...body] = message.split('\r\n\r\n');
  const headers = new Map(
    head
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  );
  const encoding = headers.get('content-transfer-encoding');
  const raw = body.join('\r\n\r\n');
  const text =
    encoding === 'quoted-printable' ? quotedPrintable(raw) : encoding === 'base64' ? base64(raw) : raw;
  const links = text.match(/https?:\/\/\S+/g) ?? [];
  return {
    to: headers.get('to') ?? '',
    subject: encodedWords(headers.get('subject') ?? ''),
    text,
    links,
    token: links[0]?.split('#')[1] ?? '',
  };
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function base64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

/** RFC 2047, as far as our subjects go. */
function encodedWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, words: string) => quotedPrintable(words.replaceAll('_', ' ')))
    .replaceAll(/=\?UTF-8\?B\?(.*?)\?=/gi, (_, words: string) => base64(words));
}
