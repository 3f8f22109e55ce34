import { dayOf, words, type MailTemplates } from '#mail';

/** To a person who has asked to erase what they wrote (app.erasure_requested). */
export const erasureMails: MailTemplates = {
  ERASURE_REQUESTED: {
    hasLink: false,
    write: ({ organization = '', day = '' }, _link, page) =>
      words(
        'What you wrote in Mutual will be erased',
        `Somebody who is signed in as you has asked to erase what you wrote in Mutual at ${organization}. It is carried out on ${dayOf(day)}, and cannot be undone after that.`,
        `If it was not you, or if you change your mind, cancel it before then: ${page('account')}`,
        'If it was not you, change your password too.',
      ),
  },
};
