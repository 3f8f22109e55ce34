import { words, type MailTemplates } from '#mail';

/** The mail to somebody who has to answer barriers soon (app.remind_of_due_barriers). */
export const barrierMails: MailTemplates = {
  BARRIERS_DUE: {
    hasLink: false,
    write: ({ barriers = '1' }, _link, page) =>
      words(
        barriers === '1' ? 'A barrier needs your answer' : `${barriers} barriers need your answer`,
        barriers === '1'
          ? 'A barrier in an area that you answer for needs an answer within three days, or is late.'
          : `${barriers} barriers in areas that you answer for need an answer within three days, or are late.`,
        `Answer here: ${page('barriers')}`,
      ),
  },
};
