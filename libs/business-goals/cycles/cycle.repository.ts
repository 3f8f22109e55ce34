import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql, updateOf, type Values } from '#db';
import { CycleEntity, type CycleRow } from './cycle.entity.js';

const cycle = columns(CycleEntity, 'c');

@Injectable()
export class CycleRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<CycleRow[]> {
    return rows<CycleRow>(em, sql`select ${cycle} from cycle c where c.id = any(${ids}::uuid[])`);
  }

  /** All cycles of each organization, latest first. */
  async findByOrganizations(
    em: EntityManager,
    organizationIds: readonly string[],
  ): Promise<Map<string, CycleRow[]>> {
    const found = await rows<CycleRow>(
      em,
      sql`
        select ${cycle} from cycle c where c.organization_id = any(${organizationIds}::uuid[])
        order by c.starts_on desc, c.id desc`,
    );
    return Map.groupBy(found, ({ organizationId }) => organizationId);
  }

  /** Locks the cycle against other writers. Undefined where the viewer cannot change it. */
  lock(em: EntityManager, id: string): Promise<CycleRow | undefined> {
    return row<CycleRow>(em, sql`select ${cycle} from cycle c where c.id = ${id} for no key update of c`);
  }

  /** @returns the id @throws a unique violation where the name is taken */
  async insert(em: EntityManager, values: Values<CycleEntity>): Promise<string> {
    const inserted = await row<{ id: string }>(em, sql`${insertInto(CycleEntity, values)} returning id`);
    if (!inserted) throw new Error('an inserted cycle came back without its id');
    return inserted.id;
  }

  /** @throws a unique violation where the name is taken */
  async update(em: EntityManager, id: string, changes: Omit<Values<CycleEntity>, 'id'>): Promise<void> {
    await affected(em, updateOf(CycleEntity, id, changes));
  }
}
