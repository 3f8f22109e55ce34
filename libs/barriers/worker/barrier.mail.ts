import { words, type MailTemplates } from '#mail';

/**
 * The mails to a person who has to answer barriers soon (app.remind_of_due_barriers), and to administrators who have to name the person
 * who answers (app.remind_of_areas_without_answerer).
 */
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
  AREAS_WITHOUT_ANSWERER: {
    hasLink: false,
    write: ({ areas = '1', names = '' }, _link, page) =>
      words(
        areas === '1' ? 'Nobody answers for a procedure area' : `Nobody answers for ${areas} procedure areas`,
        'The person who answers and the deputy have left. Barriers that are raised there get no answer until you name somebody.',
        names,
        `Name them here: ${page('barriers')}`,
      ),
  },
};
