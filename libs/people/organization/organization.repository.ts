import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql, updateOf, type Values } from '#db';
import { OrganizationEntity, type OrganizationRow } from './organization.entity.js';

/** With the time zone in use: UTC where the database no longer knows the stored one. */
const organization = sql`${columns(OrganizationEntity, 'o')}, app.usable_time_zone(o.time_zone) as "timeZone"`;

@Injectable()
export class OrganizationRepository {
  /** Those that the viewer may see: their own, or none. */
  findByIds(em: EntityManager, ids: readonly string[]): Promise<OrganizationRow[]> {
    return rows<OrganizationRow>(
      em,
      sql`select ${organization} from organization o where o.id = any(${ids}::uuid[])`,
    );
  }

  /** Locks the organization until the transaction ends. @returns undefined where the viewer may not change it */
  lock(em: EntityManager, id: string): Promise<OrganizationRow | undefined> {
    return row<OrganizationRow>(
      em,
      sql`select ${organization} from organization o where o.id = ${id} for no key update of o`,
    );
  }

  /** @returns whether the viewer may */
  async update(em: EntityManager, id: string, changes: Values<OrganizationEntity>): Promise<boolean> {
    return (await affected(em, updateOf(OrganizationEntity, id, changes))) > 0;
  }
}
