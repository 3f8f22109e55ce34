import { Injectable } from '@nestjs/common';
import { Database } from '#db';
import { Authenticator, type CachedIdentity } from '#graphql';
import type { Viewer } from '#identity';
import { SessionRepository } from './session.repository.js';
import { hashToken } from './tokens.js';

/** Sessions that a process remembers at most. */
const MOST_REMEMBERED = 10_000;

/** Finds out, once a request, who is asking. */
@Injectable()
export class SessionAuthenticator extends Authenticator {
  /** Who was behind each session the last time, by its hash; the one seen longest ago first. */
  private readonly remembered = new Map<string, Viewer>();

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
  ) {
    super();
  }

  /**
   * The viewer behind a bearer token; null without one, and for one that is unknown, revoked or over: such a token is
   * nobody. Looked up for every request, so that revoking holds from the next one on.
   *
   * That a session was used is written every five minutes at most, an API token's use once a day.
   */
  async authenticate(token: string | null): Promise<Viewer | null> {
    return token === null ? null : this.lookUp(hashToken(token).toString('hex'));
  }

  cachedIdentity(token: string | null): CachedIdentity | undefined {
    if (token === null) return undefined;
    const sessionHash = hashToken(token).toString('hex');
    const viewer = this.remembered.get(sessionHash);
    return (
      viewer && {
        viewer,
        prefetchCache: this.database.createPrefetchCache({ viewer }),
        verifiedViewer: this.lookUp(sessionHash),
      }
    );
  }

  private async lookUp(sessionHash: string): Promise<Viewer | null> {
    const found = await this.database.read({ viewer: { sessionHash } }, (em) => this.sessions.identity(em));
    this.remembered.delete(sessionHash);
    if (!found) return null;
    const { touchDue, ...identity } = found;
    const viewer = { sessionHash, ...identity };
    this.remember(viewer);
    if (touchDue) await this.database.write({ viewer }, (em) => this.sessions.touch(em));
    return viewer;
  }

  private remember(viewer: Viewer): void {
    this.remembered.set(viewer.sessionHash, viewer);
    const [eldest] = this.remembered.keys();
    if (this.remembered.size > MOST_REMEMBERED && eldest !== undefined) this.remembered.delete(eldest);
  }
}
