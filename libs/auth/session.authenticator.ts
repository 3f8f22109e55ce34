import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database } from '#db';
import { Authenticator, type CachedIdentity } from '#graphql';
import type { Viewer } from '#identity';
import { SessionRepository } from './session.repository.js';
import { hashToken } from './tokens.js';

const MAX_CACHED_SESSIONS = 10_000;

/** Identifies the viewer of each request by its session. */
@Injectable()
export class SessionAuthenticator extends Authenticator {
  /** The viewer of each session when it was last looked up, by the session's hash. */
  private readonly viewers = new LRUCache<string, Viewer>({ max: MAX_CACHED_SESSIONS });

  /** Sessions whose use is to be recorded, by their hash. */
  private readonly unrecorded = new LRUCache<string, true>({ max: MAX_CACHED_SESSIONS });

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
  ) {
    super();
  }

  /**
   * The viewer of a bearer token; null without a token, and for one that is unknown, revoked or expired. Looked up for every request,
   * so that revoking takes effect with the next one.
   *
   * It does not record the use of the session, because there are operations whose time must not be recorded: `recordUse` does.
   */
  async authenticate(token: string | null): Promise<Viewer | null> {
    return token === null ? null : this.lookUp(hashToken(token).toString('hex'));
  }

  getCachedIdentity(token: string | null): CachedIdentity | undefined {
    if (token === null) return undefined;
    const sessionHash = hashToken(token).toString('hex');
    const viewer = this.viewers.get(sessionHash);
    if (viewer === undefined) return undefined;
    const prefetchCache = this.database.createPrefetchCache({ viewer });
    return { viewer, prefetchCache, verifiedViewer: this.lookUp(sessionHash) };
  }

  /** At most every five minutes, for an API token once a day. */
  async recordUse(token: string | null): Promise<void> {
    if (token === null) return;
    const sessionHash = hashToken(token).toString('hex');
    if (!this.unrecorded.delete(sessionHash)) return;
    await this.database.write({ viewer: { sessionHash } }, (em) => this.sessions.touch(em));
  }

  async findEnded(sessionHashes: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.database.read(null, (em) => this.sessions.findEnded(em, sessionHashes)));
  }

  private async lookUp(sessionHash: string): Promise<Viewer | null> {
    const found = await this.database.read({ viewer: { sessionHash } }, (em) => this.sessions.identity(em));
    if (!found) {
      this.viewers.delete(sessionHash);
      return null;
    }
    const { touchDue, ...identity } = found;
    const viewer = { sessionHash, ...identity };
    this.viewers.set(sessionHash, viewer);
    if (touchDue) this.unrecorded.set(sessionHash, true);
    return viewer;
  }
}
