import { words, type MailTemplates } from '#mail';

/** The mail to somebody who is invited to a one-to-one (app.one_to_one_invited). */
export const oneToOneMails: MailTemplates = {
  ONE_TO_ONE_INVITATION: {
    hasLink: false,
    write: ({ name = '' }, _link, page) =>
      words(
        `${name} would like to have one-to-ones with you`,
        `${name} asks you for a standing one-to-one in Mutual: a conversation of two that nobody else reads.`,
        `Accept or decline it here: ${page('one-to-ones')}`,
        `If you decline, or do nothing, ${name} is not notified. The invitation is gone after 30 days.`,
      ),
  },
};
