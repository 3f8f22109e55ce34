import { TIME_ZONE_NAMES } from './names.js';

/** What to answer where a time zone is not accepted. */
export const TIME_ZONE_REFUSED = 'Choose a time zone from the IANA database, for example Asia/Kolkata.';

const FALLBACK = 'UTC';

const namesByLowerCase = new Map(TIME_ZONE_NAMES.map((name) => [name.toLowerCase(), name]));
const knownToIntl = new Map<string, boolean>();

/**
 * The IANA spelling of a time zone, which is how it is stored; case does not matter. Aliases stay what they are (Europe/Kiev).
 * Undefined for everything that is not on the list: abbreviations, offsets, names that only ICU or only PostgreSQL knows.
 */
export function findTimeZone(name: string): string | undefined {
  const found = namesByLowerCase.get(name.toLowerCase());
  return found !== undefined && isKnownToIntl(found) ? found : undefined;
}

/** The first of these that is a time zone; UTC without one. For stored names, which a later version may not know any more. */
export function usableTimeZone(...candidates: readonly (string | null | undefined)[]): string {
  for (const candidate of candidates) {
    const found = candidate == null ? undefined : findTimeZone(candidate);
    if (found !== undefined) return found;
  }
  return FALLBACK;
}

/** The Node that runs this may be older than the list. */
function isKnownToIntl(name: string): boolean {
  let known = knownToIntl.get(name);
  if (known === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      known = true;
    } catch {
      known = false;
    }
    knownToIntl.set(name, known);
  }
  return known;
}
