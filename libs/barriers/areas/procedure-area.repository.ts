import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql, updateOf, type Values } from '#db';
import { ProcedureAreaEntity, type ProcedureAreaRow } from './procedure-area.entity.js';

const area = sql`${columns(ProcedureAreaEntity, 'a')}, (
  select named.id from unnest(array[a.answerer_id, a.deputy_id]) with ordinality named(id, place)
  where named.id is not null
    and not exists (select 1 from employment_end e where e.person_id = named.id and e.ended_at <= now())
  order by named.place limit 1
) as "currentAnswererId"`;

@Injectable()
export class ProcedureAreaRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<ProcedureAreaRow[]> {
    return rows<ProcedureAreaRow>(
      em,
      sql`select ${area} from procedure_area a where a.id = any(${ids}::uuid[])`,
    );
  }

  /** All areas of each organization, by name. */
  async findByOrganizations(
    em: EntityManager,
    organizationIds: readonly string[],
  ): Promise<Map<string, ProcedureAreaRow[]>> {
    const found = await rows<ProcedureAreaRow>(
      em,
      sql`select ${area} from procedure_area a where a.organization_id = any(${organizationIds}::uuid[])
          order by folded_name(a.name), a.id`,
    );
    return Map.groupBy(found, ({ organizationId }) => organizationId);
  }

  /** Locks the area against other writers. Undefined where the viewer cannot change it. */
  lock(em: EntityManager, id: string): Promise<ProcedureAreaRow | undefined> {
    return row<ProcedureAreaRow>(
      em,
      sql`select ${area} from procedure_area a where a.id = ${id} for no key update of a`,
    );
  }

  /** Which of these people are employed in the viewer's organization. */
  async findEmployed(em: EntityManager, personIds: readonly string[]): Promise<Set<string>> {
    const found = await rows<{ id: string }>(
      em,
      sql`select p.id from person p
          where p.id = any(${personIds}::uuid[])
            and not exists (select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now())`,
    );
    return new Set(found.map(({ id }) => id));
  }

  /** @returns the id @throws a unique violation where the name is taken; NOT_EMPLOYED */
  async insert(em: EntityManager, values: Values<ProcedureAreaEntity>): Promise<string> {
    const inserted = await row<{ id: string }>(
      em,
      sql`${insertInto(ProcedureAreaEntity, values)} returning id`,
    );
    if (!inserted) throw new Error('an inserted procedure area came back without its id');
    return inserted.id;
  }

  /** @throws as `insert` does */
  async update(
    em: EntityManager,
    id: string,
    changes: Omit<Values<ProcedureAreaEntity>, 'id'>,
  ): Promise<void> {
    await affected(em, updateOf(ProcedureAreaEntity, id, changes));
  }

  /** Deletes the area. @returns false for one with barriers @throws a foreign key violation where one is given to it at the same moment */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from procedure_area where id = ${id}`)) > 0;
  }
}
