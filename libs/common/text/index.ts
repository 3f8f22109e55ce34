/** How text is normalized, counted and compared. */
export { cleanLine, cleanText, firstControlCharacter, isBlank } from './clean.js';
export { countCharacters, hasAtMost } from './count.js';
export { isEmailAddress, LONGEST_ADDRESS, readEmailAddress } from './email-address.js';
export { foldAddress, foldId, foldName, idTwinKey } from './fold.js';
