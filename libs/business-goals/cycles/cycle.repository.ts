import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columns, row, rows, sql } from '#db';
import { CycleEntity, type CycleRow } from './cycle.entity.js';

const cycle = columns(CycleEntity, 'c');

@Injectable()
export class CycleRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<CycleRow[]> {
    return rows<CycleRow>(em, sql`select ${cycle} from cycle c where c.id = any(${ids}::uuid[])`);
  }

  /** All cycles of each organization, the latest first. */
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

  /** The cycle, locked against other writers; undefined where the viewer may not change it. */
  lock(em: EntityManager, id: string): Promise<CycleRow | undefined> {
    return row<CycleRow>(em, sql`select ${cycle} from cycle c where c.id = ${id} for no key update of c`);
  }

  /** @returns its id @throws a unique violation where the name is taken */
  async insert(
    em: EntityManager,
    { organizationId, name, startsOn, endsOn }: Omit<CycleEntity, 'id'>,
  ): Promise<string> {
    const made = await row<{ id: string }>(
      em,
      sql`
        insert into cycle (organization_id, name, starts_on, ends_on)
        values (${organizationId}, ${name}, ${startsOn}, ${endsOn})
        returning id`,
    );
    if (!made) throw new Error('an inserted cycle came back without its id');
    return made.id;
  }

  /** @throws a unique violation where the name is taken */
  async update(em: EntityManager, { id, name, startsOn, endsOn }: CycleRow): Promise<void> {
    await rows(
      em,
      sql`update cycle set name = ${name}, starts_on = ${startsOn}, ends_on = ${endsOn} where id = ${id}`,
    );
  }
}
