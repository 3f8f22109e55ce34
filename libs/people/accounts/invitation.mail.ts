import { words, type MailTemplates } from '#mail';

/** The mail to somebody who is invited (app.invite); the purpose is the organization's sentence about what Mutual is never used for. */
export const invitationMails: MailTemplates = {
  INVITATION: {
    hasLink: true,
    write: ({ name = '', organization = '', purpose = '' }, link) =>
      words(
        `Your invitation to Mutual at ${organization}`,
        `Hello ${name},`,
        `${organization} invites you to Mutual, where you keep your own goals, and talk about them with whom you choose.`,
        purpose,
        'Choose a password here:',
        link('accept-invitation'),
        'The link works once, and for 72 hours. Nobody else has it, and nobody sets your password but you.',
      ),
  },
};
