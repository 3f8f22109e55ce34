import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, sql, type Viewer } from '#db';

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
          from law.authenticate()`,
    );
  }

  /** Notes that this transaction's session is in use. */
  async touch(em: EntityManager): Promise<void> {
    await row(em, sql`select law.touch_session()`);
  }
}
