import { words, type MailTemplates } from '#mail';

const TURN_OFF = 'You can turn these reminders off in your profile.';

/** Mails about one-to-ones: who and when, never what the two write. */
export const oneToOneMails: MailTemplates = {
  /** A day before a conversation (app.remind_before_conversations). */
  CONVERSATION_AHEAD: {
    hasLink: false,
    write: ({ name = '', at = '', timeZone = '' }, _link, page) =>
      words(
        `One-to-one with ${name}: ${timeOf(at, timeZone)}`,
        `Your one-to-one with ${name} is planned for ${timeOf(at, timeZone)} (${timeZone}).`,
        `Prepare or move it here: ${page('one-to-ones')}`,
        TURN_OFF,
      ),
  },
  /** After a conversation that nobody has logged (app.remind_after_conversations). */
  CONVERSATION_BEHIND: {
    hasLink: false,
    write: ({ name = '', at = '', timeZone = '' }, _link, page) =>
      words(
        `Did you and ${name} meet?`,
        `Your one-to-one with ${name} was planned for ${timeOf(at, timeZone)} (${timeZone}). Nobody has noted yet whether it took place.`,
        `Note it here, so that what you have not talked about is carried over: ${page('one-to-ones')}`,
        TURN_OFF,
      ),
  },
  /** To somebody who is invited to a one-to-one (app.one_to_one_invited). */
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

/** A time as people read it: `Tuesday, 3 March at 10:00`. */
function timeOf(at: string, timeZone: string): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Date(at).toLocaleString('en-GB', { ...options, timeZone });
  const day = part({ weekday: 'long', day: 'numeric', month: 'long' });
  return `${day} at ${part({ hour: '2-digit', minute: '2-digit' })}`;
}
