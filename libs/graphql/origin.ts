import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page may call that a request says it comes from: one of this host, or of an origin in CORS_ORIGINS. True without an Origin
 * header, which browsers leave out for pages of the same origin, and other programs always.
 */
export function isFromAllowedOrigin(
  { origin, host }: Pick<IncomingHttpHeaders, 'origin' | 'host'>,
  origins: readonly string[],
): boolean {
  if (origin === undefined || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
