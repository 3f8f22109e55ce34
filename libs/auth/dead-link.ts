/** One message for every link that does not work: never sent, used, expired or replaced. */
export const DEAD_LINK = 'This link does not work, or no longer works. Request a new one.';
