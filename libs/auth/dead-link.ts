/** The same words for every link that opens nothing: never sent, used, over, or replaced. */
export const DEAD_LINK = 'This link does not work, or not any more. Ask for a new one.';
