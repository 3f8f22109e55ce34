import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, type DatabaseContext, type PersonContext } from '#db';
import { Authenticator, notFound } from '#graphql';
import type { Viewer } from '#identity';
import type { NewSession } from './account.repository.js';
import type { SessionRow } from './session.entity.js';
import { sessionLabel } from './session.label.js';
import { SessionRepository } from './session.repository.js';
import type { From } from './throttle.js';
import { hashToken, newToken } from './tokens.js';

/** A session that was just opened. */
export interface SignedIn {
  readonly token: string;
  readonly expiresAt: Date;
  readonly viewer: Viewer;
}

/** The device that sends a request; a RequestContext is one. */
export interface Device extends From {
  readonly userAgent: string;
}

@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly authenticator: Authenticator,
  ) {}

  /**
   * Opens a session.
   *
   * @param open opens it in the database with a proof, and returns when it expires; null when the proof was refused
   * @returns null when the proof was refused; then nothing was written
   */
  async open(
    ctx: DatabaseContext | null,
    device: Device,
    open: (em: EntityManager, session: NewSession) => Promise<Date | null>,
  ): Promise<SignedIn | null> {
    const token = newToken();
    const session = { tokenHash: hashToken(token), label: sessionLabel(device.userAgent) };
    const expiresAt = await this.database.write(ctx, (em) => open(em, session));
    if (expiresAt === null) return null;
    const signedIn = await this.authenticator.authenticate(token);
    if (!signedIn) throw new Error('A session that was just opened does not work.');
    return { token, expiresAt, viewer: signedIn };
  }

  /** The viewer's own sessions, most recently used first. */
  async list(ctx: PersonContext): Promise<(SessionRow & { current: boolean })[]> {
    const found = await this.database.read(ctx, (em) => this.sessions.findLive(em, ctx.viewer.personId));
    return found.map((row) => ({ ...row, current: row.id === ctx.viewer.sessionId }));
  }

  /** Ends one of the viewer's own sessions from the next request on. @throws NOT_FOUND for any other */
  async revoke(ctx: PersonContext, id: string): Promise<void> {
    const revoked = await this.database.write(ctx, (em) => this.sessions.revoke(em, ctx.viewer.personId, id));
    if (!revoked) throw notFound();
  }
}
