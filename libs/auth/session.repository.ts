import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql } from '#db';
import type { Viewer } from '#identity';
import { SessionEntity, type SessionRow } from './session.entity.js';

const session = columns(SessionEntity, 's');

/** The viewer of a transaction, and whether the use of the session should be recorded. */
export type Identity = Omit<Viewer, 'sessionHash'> & { readonly touchDue: boolean };

@Injectable()
export class SessionRepository {
  /** The viewer behind this transaction's session; undefined where it has ended. */
  identity(em: EntityManager): Promise<Identity | undefined> {
    return row<Identity>(
      em,
      sql`select session_id as "sessionId", organization_id as "organizationId", person_id as "personId", employed, roles,
            scopes, touch_due as "touchDue"
          from app.authenticate()`,
    );
  }

  /** Records that this transaction's session was used. */
  async touch(em: EntityManager): Promise<void> {
    await row(em, sql`select app.touch_session()`);
  }

  /** Those of these sessions, by their hashes, that have ended, or whose person is no longer employed. */
  async findEnded(em: EntityManager, sessionHashes: readonly string[]): Promise<string[]> {
    const found = await rows<{ hash: string }>(
      em,
      sql`select hash from app.ended_sessions(${sessionHashes}::text[]) ended (hash)`,
    );
    return found.map(({ hash }) => hash);
  }

  /** A person's sessions that have not ended, most recently used first. */
  findLive(em: EntityManager, personId: string): Promise<SessionRow[]> {
    return rows<SessionRow>(
      em,
      sql`select ${session} from session s
          where s.person_id = ${personId} and s.revoked_at is null and s.expires_at > now()
            and s.last_seen_at > now() - interval '16 days'
          order by s.last_seen_at desc, s.id desc`,
    );
  }

  /** Ends one of a person's sessions. @returns whether there was such a session that had not ended */
  async revoke(em: EntityManager, personId: string, id: string): Promise<boolean> {
    const changed = await affected(
      em,
      sql`update session set revoked_at = now() where id = ${id} and person_id = ${personId} and revoked_at is null`,
    );
    return changed > 0;
  }
}
