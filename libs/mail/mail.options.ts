import type { MailTemplates } from './mail.template.js';

/** The settings for sending mail. */
export interface MailOptions {
  /** `smtps://login:password@host:465`; without it, mails are logged and stored as files, never sent. */
  readonly smtpUrl?: string | undefined;
  /** The sender: an address, or `Name <address>`. */
  readonly from: string;
  /** The folder for mails without a mail server. */
  readonly folder: string;
  /** The address of the web client. */
  readonly publicUrl: string;
  /** The templates by kind. */
  readonly templates: MailTemplates;
  /** Creates a link's secret: the token for the mail, and the hash to store. */
  readonly newSecret: () => { readonly token: string; readonly hash: Buffer };
}

/** Injects the {@link MailOptions}. */
export const MAIL_OPTIONS = Symbol('MAIL_OPTIONS');
