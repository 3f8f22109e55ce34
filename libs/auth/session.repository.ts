import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql } from '#db';
import type { Viewer } from '#identity';
import { SessionEntity, type SessionRow } from './session.entity.js';

const session = columns(SessionEntity, 's');

/** Who the transaction runs for, and whether it is time to note that the session was used. */
export type Identity = Omit<Viewer, 'sessionHash'> & { readonly touchDue: boolean };

@Injectable()
export class SessionRepository {
  /** Whoever this transaction's session belongs to, or undefined where it is over. */
  identity(em: EntityManager): Promise<Identity | undefined> {
    return row<Identity>(
      em,
      sql`select session_id as "sessionId", organization_id as "organizationId", person_id as "personId", employed, roles,
            scopes, touch_due as "touchDue"
          from app.authenticate()`,
    );
  }

  /** Notes that this transaction's session is in use. */
  async touch(em: EntityManager): Promise<void> {
    await row(em, sql`select app.touch_session()`);
  }

  /** Somebody's sessions that still open something, the last used first. */
  findLive(em: EntityManager, personId: string): Promise<SessionRow[]> {
    return rows<SessionRow>(
      em,
      sql`select ${session} from session s
          where s.person_id = ${personId} and s.revoked_at is null and s.expires_at > now()
            and s.last_seen_at > now() - interval '16 days'
          order by s.last_seen_at desc, s.id desc`,
    );
  }

  /** Ends one of somebody's sessions. @returns whether there was such a one, not ended yet */
  async revoke(em: EntityManager, personId: string, id: string): Promise<boolean> {
    const changed = await affected(
      em,
      sql`update session set revoked_at = now() where id = ${id} and person_id = ${personId} and revoked_at is null`,
    );
    return changed > 0;
  }
}
