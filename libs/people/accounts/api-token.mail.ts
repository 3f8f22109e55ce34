import { dayOf, words, type MailTemplates } from '#mail';

/**
 * To the other holders of the role behind an API token that ends soon (app.announce_token_ends). It does not say who made the token
 * or why it ends: a day on which somebody leaves is not theirs to know.
 */
export const apiTokenMails: MailTemplates = {
  API_TOKEN_ENDS: {
    hasLink: false,
    write: ({ token = '', day = '' }) =>
      words(
        'An API token for Mutual stops working soon',
        `The API token “${token}” stops working after ${dayOf(day)}.`,
        'If a program still needs it, create another one in its place before then. You can, since you hold the role behind it.',
      ),
  },
};
