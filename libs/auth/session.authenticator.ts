import { Injectable } from '@nestjs/common';
import { Database, type Viewer } from '#db';
import { Authenticator } from '#graphql';
import { SessionRepository } from './session.repository.js';
import { hashToken } from './tokens.js';

/** Finds out, once a request, who is asking. */
@Injectable()
export class SessionAuthenticator extends Authenticator {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
  ) {
    super();
  }

  /**
   * The viewer behind a bearer token; null without one, and for one that is unknown, revoked or over: such a token is
   * nobody. Never remembered between requests, so that revoking holds from the next one on.
   *
   * That a session was used is written every five minutes at most, an API token's use once a day.
   */
  async authenticate(token: string | null): Promise<Viewer | null> {
    if (token === null) return null;
    const sessionHash = hashToken(token).toString('hex');
    const found = await this.database.read({ sessionHash }, (em) => this.sessions.identity(em));
    if (!found) return null;
    const { touchDue, ...identity } = found;
    const viewer = { sessionHash, ...identity };
    if (touchDue) await this.database.write(viewer, (em) => this.sessions.touch(em));
    return viewer;
  }
}
