import { isBlank } from './clean.js';
import { hasAtMost } from './count.js';
import { foldName } from './fold.js';

/* Why a text is refused, as an end to a sentence about it; undefined where it is not. */

/** The most code points of a title for each of its characters: an emoji of a family has 7. The CHECKs in SQL allow as many. */
const CODE_POINTS_A_CHARACTER = 10;

/** The most bytes of a name, as it is and as it is compared: an index holds both. The CHECKs in SQL allow as many. */
const LONGEST_NAME_BYTES = 2_400;

/** What PostgreSQL cannot store. */
export function notStorable(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain the character NUL.';
  return text.isWellFormed() ? undefined : 'must be well-formed Unicode.';
}

/** @param title cleaned by cleanLine @param max as a reader counts */
export function titleProblem(title: string, max: number): string | undefined {
  const refused = notStorable(title);
  if (refused !== undefined) return refused;
  if (isBlank(title)) return 'must not be blank.';
  if (/[\n\r\u2028\u2029]/.test(title)) return 'must be one line.';
  if (!hasAtMost(max, 'characters', title)) return `must be at most ${max.toLocaleString('en')} characters.`;
  const most = max * CODE_POINTS_A_CHARACTER;
  return hasAtMost(most, 'code points', title)
    ? undefined
    : `must be at most ${most.toLocaleString('en')} Unicode code points.`;
}

/** A name, or an id of another system, is a title that an index can hold. @param name cleaned by cleanLine */
export function nameProblem(name: string, max: number): string | undefined {
  const refused = titleProblem(name, max);
  if (refused !== undefined) return refused;
  return [name, foldName(name)].every((text) => Buffer.byteLength(text) <= LONGEST_NAME_BYTES)
    ? undefined
    : `must be at most ${LONGEST_NAME_BYTES.toLocaleString('en')} bytes in UTF-8.`;
}

/** @param text cleaned by cleanText @param max in code points */
export function textProblem(text: string, max: number, { mayBeBlank = false } = {}): string | undefined {
  if (!mayBeBlank && isBlank(text)) return 'must not be blank.';
  if (!hasAtMost(max, 'code points', text)) return `must be at most ${max.toLocaleString('en')} characters.`;
  return notStorable(text);
}
