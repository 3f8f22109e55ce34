import type { MailTemplates } from './mail.template.js';

/** The settings for sending mail. */
export interface MailOptions {
  /** `smtps://login:password@host:465`. Without it, mails are logged and stored as files, never sent. */
  readonly smtpUrl?: string | undefined;
  /** The sender: an address, or `Name <address>`. */
  readonly from: string;
  /** The folder for mails as files when there is no mail server. */
  readonly folder: string;
  /** The address at which people reach the web client. */
  readonly publicUrl: string;
  /** The templates of all kinds of mail. */
  readonly templates: MailTemplates;
  /** Creates the secret of a link: the token for the mail, and the hash to store. */
  readonly newSecret: () => { readonly token: string; readonly hash: Buffer };
  /** How often the outbox is read, in milliseconds; 1,000 by default. */
  readonly pollEveryMs?: number | undefined;
}

/** Injects the {@link MailOptions}. */
export const MAIL_OPTIONS = Symbol('MAIL_OPTIONS');
