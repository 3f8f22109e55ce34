import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql, type Sql } from '#db';
import { keyset, type Keyed, type Page, type PageArguments } from '#graphql';
import type { AccessKind, AccessLogEntry } from './access-log.model.js';

/** Somebody is shown a goal. */
export interface Showing {
  readonly readerId: string;
  readonly goalId: string;
  readonly kind: AccessKind;
  /** The day that it is for the owner of the goal. */
  readonly day: string;
}

/** What came of recording it. */
export interface Recorded {
  readonly goalId: string;
  readonly kind: AccessKind;
  /** Whether it is in the log: not where the goal was published to the organization meanwhile. */
  readonly logged: boolean;
  /** The day under which it is in the log. */
  readonly day: string;
}

/** Days, never times of day: within a day the order says nothing about who came first. */
const newestDayFirst = (list: string, other: Sql) =>
  keyset(
    list,
    { expression: sql`a.on_day`, type: 'date', direction: 'desc' },
    { expression: other, type: 'uuid', direction: 'desc' },
    { expression: sql`a.goal_id`, type: 'uuid', direction: 'desc' },
    { expression: sql`a.kind`, type: 'text', direction: 'desc' },
  );
const ofOwner = newestDayFirst('accessLog', sql`a.reader_id`);
const ofReader = newestDayFirst('ownReads', sql`a.owner_id`);

const entry = sql`a.reader_id as "readerId", a.owner_id as "ownerId", a.goal_id as "goalId", a.on_day as "on", a.kind`;

@Injectable()
export class AccessLogRepository {
  /**
   * Writes what is not written yet, as the law allows: the reader is the viewer. Gives back those whose goal the viewer can
   * still see; a share that ended since the goal was read is missing there.
   */
  record(em: EntityManager, showings: readonly Showing[]): Promise<Recorded[]> {
    const [{ readerId } = { readerId: null }] = showings;
    // In one order, whoever writes: two operations of one reader must not wait for each other.
    return rows<Recorded>(
      em,
      sql`
      with seen as (
        select g.id, g.owner_id, g.organization_id, g.visibility = 'SHARED' as logged, shown.kind,
               (now() at time zone app.usable_time_zone(z.time_zone, o.time_zone))::date as day
        from unnest(${showings.map(({ goalId }) => goalId)}::uuid[], ${showings.map(({ kind }) => kind)}::text[])
          as shown(goal_id, kind)
        join personal_goal g on g.id = shown.goal_id
        join organization o on o.id = g.organization_id
        left join person_time_zone z on z.person_id = g.owner_id
      ),
      written as (
        insert into goal_access (reader_id, goal_id, on_day, kind, owner_id, organization_id)
        select ${readerId}::uuid, id, day, kind, owner_id, organization_id
        from seen where logged order by id, kind
        on conflict do nothing
      )
      select id as "goalId", kind, logged, day from seen`,
    );
  }

  /** Who was shown goals of this person. */
  async findPageOfOwner(
    em: EntityManager,
    ownerId: string,
    page: PageArguments,
  ): Promise<Page<AccessLogEntry>> {
    const found = await rows<AccessLogEntry & Keyed>(
      em,
      sql`select ${entry}, ${ofOwner.key} from goal_access a
        where a.owner_id = ${ownerId} and ${ofOwner.after(page)} order by ${ofOwner.order} limit ${ofOwner.limit(page)}`,
    );
    return ofOwner.page(found, page);
  }

  /** Whose goals this person was shown. */
  async findPageOfReader(
    em: EntityManager,
    readerId: string,
    page: PageArguments,
  ): Promise<Page<AccessLogEntry>> {
    const found = await rows<AccessLogEntry & Keyed>(
      em,
      sql`select ${entry}, ${ofReader.key} from goal_access a
        where a.reader_id = ${readerId} and ${ofReader.after(page)} order by ${ofReader.order} limit ${ofReader.limit(page)}`,
    );
    return ofReader.page(found, page);
  }
}
