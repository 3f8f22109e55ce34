/** The fewest characters of a password; libs/auth refuses others, and common ones. */
const SHORTEST = 12;

/** Whether a password is so short that asking the service is no use. By characters, so that an emoji counts once. */
export function isTooShort(password: string): boolean {
  return Array.from(password.normalize('NFKC')).length < SHORTEST;
}
