import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { isFromAllowedOrigin, type SessionCookie } from '#graphql';
import { bearerToken } from './tokens.js';

/**
 * The header of requests whose session is in a cookie, with the value `cookie`. No form and no link can send it, and a script of another
 * origin only after the preflight, which allows the origins in CORS_ORIGINS alone. So a request that has it was not forged (OWASP,
 * Cross-Site Request Forgery Prevention, custom request headers).
 */
const COOKIE_HEADER = 'mutual-session';

export interface SessionTokenOptions {
  /** Whether browsers send the cookie over HTTPS only. False in development and tests. */
  readonly secure: boolean;
  /** The origins of other sites of the same registrable domain whose pages may use the cookie. */
  readonly origins: readonly string[];
}

interface Request {
  readonly headers: IncomingHttpHeaders;
}

/**
 * The session token of a request: a bearer token, or for pages a cookie that their scripts cannot read. A request with an Authorization
 * header never uses the cookie.
 */
@Injectable()
export class SessionTokens {
  private readonly name: string;

  constructor(private readonly options: SessionTokenOptions) {
    // A browser accepts the prefix only with Secure, Path=/ and without Domain, so that no other host of the domain can set the cookie.
    this.name = options.secure ? '__Host-mutual' : 'mutual';
  }

  /** The token of an HTTP request; null without one. */
  of(request: Request): string | null {
    return this.usesCookie(request) ? this.read(request) : bearerToken(request);
  }

  /** The cookie of a request that keeps its session in one. */
  cookieOf(request: Request): SessionCookie | undefined {
    if (!this.usesCookie(request)) return undefined;
    return new WrittenCookie(this.read(request), (value, maxAge) => this.write(value, maxAge));
  }

  /** The token of a request for a WebSocket. Pages cannot send headers with it, so its cookie counts if it names an allowed origin. */
  ofUpgrade(request: Request): string | null {
    const { headers } = request;
    if (headers.authorization !== undefined || headers.origin === undefined) return bearerToken(request);
    return isFromAllowedOrigin(headers, this.options.origins) ? this.read(request) : null;
  }

  private usesCookie({ headers }: Request): boolean {
    return (
      headers.authorization === undefined &&
      headers[COOKIE_HEADER] === 'cookie' &&
      headers['sec-fetch-site'] !== 'cross-site' &&
      isFromAllowedOrigin(headers, this.options.origins)
    );
  }

  private read({ headers }: Request): string | null {
    for (const pair of (headers.cookie ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2);
      if (name === this.name && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
    }
    return null;
  }

  private write(value: string, maxAge: number): string {
    return [
      `${this.name}=${value}`,
      'Path=/',
      `Max-Age=${String(maxAge)}`,
      'HttpOnly',
      'SameSite=Strict',
      ...(this.options.secure ? ['Secure'] : []),
    ].join('; ');
  }
}

class WrittenCookie implements SessionCookie {
  header: string | undefined;

  constructor(
    readonly token: string | null,
    private readonly write: (value: string, maxAgeSeconds: number) => string,
  ) {}

  set(token: string, expiresAt: Date): void {
    this.header = this.write(token, Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1000)));
  }

  clear(): void {
    this.header = this.write('', 0);
  }
}
