import type { Mail } from '#mail';

/**
 * To the other holders of the role behind an API token that ends soon; law.announce_token_ends fills in {token} and {day}. It does
 * not say who made the token or why it ends: a day on which somebody leaves is not theirs to know.
 */
export function tokenEndMail(): Omit<Mail, 'to'> {
  return {
    subject: 'An API token for Mutual stops working soon',
    text:
      [
        'The API token “{token}” stops working after {day}.',
        'If a program still needs it, create another one in its place before then. You can, since you hold the role behind it.',
      ].join('\n\n') + '\n',
  };
}
