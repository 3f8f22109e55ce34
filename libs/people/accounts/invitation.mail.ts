import { words, type MailTemplates } from '#mail';

/** The mail of an invitation (app.invite). `purpose` is the organization's sentence about what Mutual is never used for. */
export const invitationMails: MailTemplates = {
  INVITATION: {
    hasLink: true,
    write: ({ name = '', organization = '', purpose = '' }, link) =>
      words(
        `Your invitation to Mutual at ${organization}`,
        `Hello ${name},`,
        `${organization} invites you to Mutual, where you keep your own goals and talk about them with the people you choose.`,
        purpose,
        'Choose a password here:',
        link('accept-invitation'),
        'The link works once, within 72 hours. Nobody else can see it, and only you can set your password.',
      ),
  },
};
