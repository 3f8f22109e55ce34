import { dayOf, words, type MailTemplates } from '#mail';

/** To people who have left, 30 and 7 days before their access to their goals ends (app.remind_leavers). */
export const leaverMails: MailTemplates = {
  ACCESS_ENDS: {
    hasLink: false,
    write: ({ organization = '', day = '' }, _link, page) =>
      words(
        'Your personal goals in Mutual: access ends soon',
        `Your employment at ${organization} has ended. You can sign in and read your personal goals and who saw them until ${dayOf(day)}.`,
        `Export what you would like to keep before then: ${page('goals')}`,
        'Nobody else can read your goals. After that day they are erased, with everything else that you wrote.',
      ),
  },
};
