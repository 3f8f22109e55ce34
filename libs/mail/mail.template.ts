/** Subject and plain text of a mail. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
}

/** The template of one kind of mail. */
interface MailTemplate {
  /** Whether the mail contains a link with a secret, which is created when the mail is sent. */
  readonly hasLink: boolean;
  /**
   * @param about the values that were queued with the mail
   * @param link the address of a page with the mail's secret
   * @param page the address of a page; it grants no access
   */
  write(
    about: Readonly<Record<string, string>>,
    link: (page: string) => string,
    page: (page: string) => string,
  ): MailContent;
}

/** Templates by the kind that a queued mail names (outbox_mail.kind). */
export type MailTemplates = Readonly<Record<string, MailTemplate>>;

/** Paragraphs, as plain text. */
export function words(subject: string, ...paragraphs: readonly string[]): MailContent {
  return { subject, text: `${paragraphs.join('\n\n')}\n` };
}

/** Mails whose text was queued with them. */
export const plainTextMails: MailTemplates = {
  TEXT: { hasLink: false, write: ({ subject = '', text = '' }) => ({ subject, text }) },
};

/** A day as people read it: `3 May 2026`. */
export function dayOf(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
