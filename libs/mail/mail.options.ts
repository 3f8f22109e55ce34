/** What mail needs to know of the installation. */
export interface MailOptions {
  /** `smtps://login:password@host:465`; without one, mails are shown in the log and kept as files, never sent. */
  readonly smtpUrl?: string | undefined;
  /** The sender: an address, or `Name <address>`. */
  readonly from: string;
  /** Where files are kept when there is no mail server. */
  readonly folder: string;
  /** The address at which people reach the web client. */
  readonly publicUrl: string;
}

/** Injects the {@link MailOptions}. */
export const MAIL_OPTIONS = Symbol('MAIL_OPTIONS');
