import { hash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A random credential of 256 bits, as 43 characters that need no escaping. Only its holder keeps it. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The SHA-256 of a token, which is what is stored and looked up. A fast hash is enough for 256 random bits; passwords take a slow
 * one (passwords.ts).
 */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1); null without one. */
export function bearerToken({ headers }: { readonly headers: IncomingHttpHeaders }): string | null {
  return /^bearer +([\w.~+/-]+=*) *$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
