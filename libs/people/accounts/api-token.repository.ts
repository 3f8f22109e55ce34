import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { row, rows, scalar, sql } from '#db';
import type { PersonViewer, TokenScope } from '#identity';

/** An API token without its secret: a row of session with scopes and no person. */
export interface ApiTokenRow {
  readonly id: string;
  readonly label: string;
  readonly scopes: TokenScope[];
  readonly createdById: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** 'YYYY-MM-DD' in UTC; null before the first use. */
  readonly lastUsedOn: string | null;
}

// last_seen_at begins as created_at, which is no use of an API token (app.touch_due).
const token = sql`s.id, s.label, s.scopes, s.created_by as "createdById", s.created_at as "createdAt",
  s.expires_at as "expiresAt",
  case when s.last_seen_at > s.created_at then (s.last_seen_at at time zone 'UTC')::date end as "lastUsedOn"`;

@Injectable()
export class ApiTokenRepository {
  /** Tokens that still work and whose scopes the viewer's roles may grant, newest first. Not of a creator who has left. */
  findLive(em: EntityManager, organizationId: string): Promise<ApiTokenRow[]> {
    return rows<ApiTokenRow>(
      em,
      sql`select ${token} from session s
          where s.organization_id = ${organizationId} and s.person_id is null and s.revoked_at is null
            and s.expires_at > now() and s.created_by is not null
            and not exists (
              select 1 from employment_end e where e.person_id = s.created_by and e.ended_at <= now()
            )
          order by s.created_at desc, s.id desc`,
    );
  }

  /** @param expiresAt null for 90 days from now */
  async add(
    em: EntityManager,
    viewer: PersonViewer,
    values: { label: string; scopes: readonly TokenScope[]; expiresAt: Date | null; tokenHash: Buffer },
  ): Promise<ApiTokenRow> {
    const made = await row<ApiTokenRow>(
      em,
      sql`insert into session as s (organization_id, scopes, label, created_by, expires_at, token_hash)
          values (${viewer.organizationId}, ${values.scopes}, ${values.label}, ${viewer.personId},
                  coalesce(${values.expiresAt}, now() + interval '90 days'), ${values.tokenHash})
          returning ${token}`,
    );
    if (!made) throw new Error('INSERT returned nothing');
    return made;
  }

  /** Queues mails about tokens whose creators leave soon. @returns how many */
  async announceEnds(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.announce_token_ends() as queued`)) ?? 0;
  }

  /** @returns undefined where there is no such token, or it has been revoked */
  revoke(em: EntityManager, organizationId: string, id: string): Promise<ApiTokenRow | undefined> {
    return row<ApiTokenRow>(
      em,
      sql`update session s set revoked_at = now()
          where s.id = ${id} and s.organization_id = ${organizationId} and s.person_id is null and s.revoked_at is null
          returning ${token}`,
    );
  }
}
