/** How text is normalized, counted and compared. */
export { cleanLine, cleanText, isBlank } from './clean.js';
export { hasAtMost } from './count.js';
export { readEmailAddress } from './email-address.js';
export { foldAddress, foldId, foldName, foldSpelling, idTwinKey } from './fold.js';
export { nameProblem, notStorable, textProblem, titleProblem } from './problems.js';
export { csvLine } from './csv.js';
