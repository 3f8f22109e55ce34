import { createHash, randomBytes } from 'node:crypto';

/** A credential that nobody can guess: 256 random bits, 43 characters that need no escaping anywhere. Kept by nobody but its holder. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The SHA-256 of a token's characters, which is all that is stored or looked up. A fast hash is enough for 256 random bits;
 * passwords take another (passwords.ts).
 */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
