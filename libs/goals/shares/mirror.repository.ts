import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql } from '#db';
import type { Mirror } from './mirror.model.js';

@Injectable()
export class MirrorRepository {
  /** By person. Pending and ended shares do not count. */
  async findByPeople(
    em: EntityManager,
    viewerId: string | null,
    personIds: readonly string[],
  ): Promise<Map<string, Omit<Mirror, 'id'>>> {
    const found = await rows<Omit<Mirror, 'id'> & { personId: string }>(
      em,
      sql`select p.id as "personId",
          exists (
            select 1 from goal_share s
            where s.owner_id = p.id and s.with_id = ${viewerId}::uuid and s.ended_at is null
              and app.own_share_state(s.id) = 'ACTIVE'
          ) as "theyShareWithMe",
          exists (
            select 1 from goal_share s
            where s.owner_id = ${viewerId}::uuid and s.with_id = p.id and s.ended_at is null
              and app.own_share_state(s.id) = 'ACTIVE'
          ) as "iShareWithThem"
        from unnest(${personIds}::uuid[]) as p(id)`,
    );
    return new Map(found.map((mirror) => [mirror.personId, mirror]));
  }
}
