import { words, type MailTemplates } from '#mail';

/** The mail that a pulse is open (app.open_pulse): once, to everybody, in the same words. */
export const pulseMails: MailTemplates = {
  PULSE_OPEN: {
    hasLink: false,
    write: ({ questions = '3', day = '' }, _link, page) =>
      words(
        `${questions} questions about working here`,
        `A pulse of ${questions} questions is open until ${dayOf(day)}. Answering is free, and you can change your answer until then.`,
        'Nobody can read in Mutual what you answer, or whether you do. Figures appear for groups only, from the minimum group size up; until those of the quarter appear, the people who operate the database could technically reach an answer.',
        `Answer here: ${page('pulse')}`,
        'Everybody gets this mail once, whether they answer or not. You can turn reminders off in your profile.',
      ),
  },
};

/** A day as people read it: `31 May`. */
function dayOf(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
}
