import type { MailTemplates } from './mail.template.js';

/** What the sender of mails needs to know of the installation. */
export interface MailOptions {
  /** `smtps://login:password@host:465`; without one, mails are shown in the log and kept as files, never sent. */
  readonly smtpUrl?: string | undefined;
  /** The sender: an address, or `Name <address>`. */
  readonly from: string;
  /** Where files are kept when there is no mail server. */
  readonly folder: string;
  /** The address at which people reach the web client. */
  readonly publicUrl: string;
  /** The kinds of mail there are. */
  readonly templates: MailTemplates;
  /** Makes the secret of a link: what the mail carries, and the hash that is stored. */
  readonly newSecret: () => { readonly token: string; readonly hash: Buffer };
  /** How often the outbox is read, in milliseconds; a second unless set. */
  readonly pollEveryMs?: number | undefined;
}

/** Injects the {@link MailOptions}. */
export const MAIL_OPTIONS = Symbol('MAIL_OPTIONS');
