import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columns, insertInto, row, rows, sql } from '#db';
import { DataExportEntity, type DataExportRow } from './data-export.entity.js';
import type { ExportedData } from './exported-data.js';
import { instant } from './json.sql.js';
import { ownConversations } from './own-conversations.query.js';
import { accessLog, ownGoals, sharing } from './own-goals.query.js';
import { ownAccount, ownWork } from './own-work.query.js';

const dataExport = columns(DataExportEntity, 'x');

/** A file to download. */
export type ExportFile = Pick<DataExportEntity, 'requestedAt' | 'content'>;

/** The viewer's exports. The policies hide all others, and expired ones. */
@Injectable()
export class DataExportRepository {
  /**
   * The viewer's own goals and own words, under the policies. One statement sees one state of the database, so nothing in the result
   * contradicts anything else in it.
   *
   * @param employed false: the goals, the access log and the account only
   */
  async collect(em: EntityManager, viewerId: string, employed: boolean): Promise<ExportedData> {
    const me = sql`${viewerId}::uuid`;
    const found = await row<{ data: ExportedData }>(
      em,
      sql`select json_build_object(
            'organization', o.name,
            'purpose', o.purpose,
            'exportedAt', ${instant(sql`now()`)},
            'account', ${ownAccount(me)},
            'goals', ${ownGoals(me)},
            'sharing', ${sharing(me)},
            'accessLog', ${accessLog(me)},
            'conversations', case when ${employed} then ${ownConversations(me)} end,
            'work', case when ${employed} then ${ownWork(me)} end
          ) as data
          from organization o join person p on p.organization_id = o.id where p.id = ${me}`,
    );
    if (!found) throw new Error('The viewer does not exist.');
    return found.data;
  }

  /**
   * Waits until no erasure in the organization is in progress, and keeps others waiting until this transaction ends: a file with words that
   * are erased meanwhile would be stored after it (app.erase_person).
   */
  async lock(em: EntityManager, organizationId: string): Promise<void> {
    await row(
      em,
      sql`select pg_advisory_xact_lock_shared(hashtextextended('export:' || ${organizationId}::text, 0))`,
    );
  }

  async insert(
    em: EntityManager,
    values: Pick<DataExportEntity, 'organizationId' | 'personId' | 'content'>,
  ): Promise<DataExportRow> {
    const inserted = await row<DataExportRow>(
      em,
      sql`with x as (${insertInto(DataExportEntity, values)} returning *) select ${dataExport} from x`,
    );
    if (!inserted) throw new Error('The export was not inserted.');
    return inserted;
  }

  findByIds(em: EntityManager, ids: readonly string[]): Promise<DataExportRow[]> {
    return rows<DataExportRow>(
      em,
      sql`select ${dataExport} from data_export x where x.id = any(${ids}::uuid[])`,
    );
  }

  /** Newest first. */
  findByPerson(em: EntityManager, personId: string): Promise<DataExportRow[]> {
    return rows<DataExportRow>(
      em,
      sql`select ${dataExport} from data_export x where x.person_id = ${personId}::uuid order by x.requested_at desc, x.id`,
    );
  }

  findFile(em: EntityManager, id: string): Promise<ExportFile | undefined> {
    return row<ExportFile>(
      em,
      sql`select x.requested_at as "requestedAt", x.content from data_export x where x.id = ${id}::uuid`,
    );
  }
}
