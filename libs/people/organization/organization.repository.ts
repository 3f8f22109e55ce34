import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql } from '#db';
import { OrganizationEntity, type OrganizationRow } from './organization.entity.js';

/** With the time zone that is used: UTC where the database does not know the stored one any more. */
const organization = sql`${columns(OrganizationEntity, 'o')}, app.usable_time_zone(o.time_zone) as "timeZone"`;

@Injectable()
export class OrganizationRepository {
  /** Those of them that the viewer may see: their own, or none. */
  findByIds(em: EntityManager, ids: readonly string[]): Promise<OrganizationRow[]> {
    return rows<OrganizationRow>(
      em,
      sql`select ${organization} from organization o where o.id = any(${ids}::uuid[])`,
    );
  }

  /** The organization if the viewer may change it, kept from others until the transaction ends. */
  lock(em: EntityManager, id: string): Promise<OrganizationRow | undefined> {
    return row<OrganizationRow>(
      em,
      sql`select ${organization} from organization o where o.id = ${id} for no key update of o`,
    );
  }

  /** Whether the viewer may. */
  async updateSettings(em: EntityManager, settings: OrganizationRow): Promise<boolean> {
    const updated = await affected(
      em,
      sql`update organization set time_zone = ${settings.timeZone}, leaders_share_first = ${settings.leadersShareFirst}
          where id = ${settings.id}`,
    );
    return updated > 0;
  }
}
