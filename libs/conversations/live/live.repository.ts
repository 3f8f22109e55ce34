import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, scalar, sql } from '#db';

@Injectable()
export class LiveRepository {
  /** Those of these one-to-ones of the viewer that are open, and both people employed. */
  async findOpen(em: EntityManager, oneToOneIds: readonly string[]): Promise<string[]> {
    const found = await rows<{ id: string }>(
      em,
      sql`select o.id from one_to_one o
          where o.id = any (${oneToOneIds}::uuid[]) and o.id = any ((select app.open_one_to_one_ids())::uuid[])`,
    );
    return found.map(({ id }) => id);
  }

  /** Announces changes that wait, to all processes that listen. @returns how many; as many as `atMost` if more may wait */
  async announce(em: EntityManager, atMost: number): Promise<number> {
    return (
      (await scalar<number>(
        em,
        sql`select app.announce_conversation_changes(${atMost}::integer) as count`,
      )) ?? 0
    );
  }
}
