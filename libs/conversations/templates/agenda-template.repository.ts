import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, scalar, sql, updateOf, type Values } from '#db';
import { AgendaTemplateEntity, type AgendaTemplateRow } from './agenda-template.entity.js';

const template = sql`${columns(AgendaTemplateEntity, 'a')}, 'AgendaTemplate' as "__typename"`;

/** The viewer's templates. The policies hide all others. */
@Injectable()
export class AgendaTemplateRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<AgendaTemplateRow[]> {
    return rows<AgendaTemplateRow>(
      em,
      sql`select ${template} from agenda_template a where a.id = any(${ids}::uuid[])`,
    );
  }

  /** All templates of a person, by name. */
  findByOwner(em: EntityManager, ownerId: string): Promise<AgendaTemplateRow[]> {
    return rows<AgendaTemplateRow>(
      em,
      sql`select ${template} from agenda_template a where a.owner_id = ${ownerId}::uuid
          order by searchable(a.name), a.id`,
    );
  }

  async count(em: EntityManager, ownerId: string): Promise<number> {
    return (
      (await scalar<number>(
        em,
        sql`select count(*)::integer as count from agenda_template a where a.owner_id = ${ownerId}::uuid`,
      )) ?? 0
    );
  }

  /** Locks the row until the transaction ends, and returns it as it is after waiting for the lock. */
  lock(em: EntityManager, id: string): Promise<AgendaTemplateRow | undefined> {
    return row<AgendaTemplateRow>(
      em,
      sql`select ${template} from agenda_template a where a.id = ${id}::uuid for update`,
    );
  }

  /** @throws a unique violation where the name is taken */
  async insert(
    em: EntityManager,
    values: Pick<Values<AgendaTemplateEntity>, 'organizationId' | 'ownerId' | 'name' | 'points'>,
  ): Promise<AgendaTemplateRow> {
    const inserted = await row<AgendaTemplateRow>(
      em,
      sql`with a as (${insertInto(AgendaTemplateEntity, values)} returning *) select ${template} from a`,
    );
    if (!inserted) throw new Error('The template was not inserted.');
    return inserted;
  }

  /** @throws a unique violation where the name is taken */
  async update(
    em: EntityManager,
    { id, version }: AgendaTemplateRow,
    changes: Pick<AgendaTemplateRow, 'name' | 'points'>,
  ): Promise<void> {
    await affected(em, updateOf(AgendaTemplateEntity, id, { ...changes, version: version + 1 }));
  }

  /** @returns false where the viewer has no such template */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from agenda_template where id = ${id}::uuid`)) > 0;
  }
}
