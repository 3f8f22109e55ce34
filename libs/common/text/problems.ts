import { isBlank } from './clean.js';
import { hasAtMost } from './count.js';
import { foldName } from './fold.js';

/* Each returns why a text is refused, as the end of a sentence, or undefined. */

/** The maximum number of code points per grapheme cluster of a title: a family emoji has 7. The CHECKs in SQL have the same limit. */
const CODE_POINTS_A_CHARACTER = 10;

/** The maximum size of a name and of its folded form, in bytes, because both are indexed. The CHECKs in SQL have the same limit. */
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

/** A name or external id is a title that fits into an index. @param name cleaned by cleanLine */
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
