import { TIME_ZONE_NAMES } from './names.js';

/** The error message for a time zone that is not accepted. */
export const TIME_ZONE_REFUSED = 'Choose a time zone from the IANA database, for example Asia/Kolkata.';

const FALLBACK = 'UTC';

const namesByLowerCase = new Map(TIME_ZONE_NAMES.map((name) => [name.toLowerCase(), name]));
const knownToIntl = new Map<string, boolean>();

/**
 * The IANA spelling of a time zone, which is how it is stored; case does not matter. Aliases are kept (Europe/Kiev).
 * Undefined for names that are not on the list: abbreviations, offsets, names that only ICU or only PostgreSQL knows.
 */
export function findTimeZone(name: string): string | undefined {
  const found = namesByLowerCase.get(name.toLowerCase());
  return found !== undefined && isKnownToIntl(found) ? found : undefined;
}

/** The first of these that is a time zone; UTC if there is none. For stored names, which a later version may no longer know. */
export function usableTimeZone(...candidates: readonly (string | null | undefined)[]): string {
  for (const candidate of candidates) {
    const found = candidate == null ? undefined : findTimeZone(candidate);
    if (found !== undefined) return found;
  }
  return FALLBACK;
}

/** The running Node.js may be older than the list. */
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
