import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, rows, sql } from '#db';

@Injectable()
export class BarrierSupportRepository {
  /** The number of supporters of each barrier; without those of which there are fewer than the minimum group. */
  async countByBarriers(em: EntityManager, barrierIds: readonly string[]): Promise<Map<string, number>> {
    const found = await rows<{ barrierId: string; people: number }>(
      em,
      sql`select barrier_id as "barrierId", people from app.barrier_supporters(${barrierIds}::uuid[])`,
    );
    return new Map(found.map(({ barrierId, people }) => [barrierId, people]));
  }

  /** Which of these barriers the viewer supports. Other people's support is hidden. */
  async findOwn(em: EntityManager, barrierIds: readonly string[]): Promise<Map<string, true>> {
    const found = await rows<{ barrierId: string }>(
      em,
      sql`select s.barrier_id as "barrierId" from barrier_support s where s.barrier_id = any(${barrierIds}::uuid[])`,
    );
    return new Map(found.map(({ barrierId }) => [barrierId, true]));
  }

  /** Does nothing where the person supports it already. @throws an error for which isRefusedByPolicy is true for one that they raised */
  async add(
    em: EntityManager,
    barrierId: string,
    { personId, organizationId }: { readonly personId: string; readonly organizationId: string },
  ): Promise<void> {
    await affected(
      em,
      sql`insert into barrier_support (barrier_id, person_id, organization_id)
          values (${barrierId}, ${personId}, ${organizationId}) on conflict do nothing`,
    );
  }

  async remove(em: EntityManager, barrierId: string, personId: string): Promise<void> {
    await affected(
      em,
      sql`delete from barrier_support where barrier_id = ${barrierId} and person_id = ${personId}`,
    );
  }
}
