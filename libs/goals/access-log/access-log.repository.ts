import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql, type Sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { ownerToday } from '../owner-time-zone.js';
import type { AccessKind, AccessLogEntry } from './access-log.model.js';

/** A read of a goal by somebody other than its owner. */
export interface GoalRead {
  readonly readerId: string;
  readonly goalId: string;
  readonly kind: AccessKind;
  /** The day in the owner's time zone. */
  readonly day: string;
}

/** A read whose goal the reader could still see when it was recorded. */
export interface RecordedRead {
  readonly goalId: string;
  readonly kind: AccessKind;
  /** False if the goal has been published to the organization meanwhile, so that reads of it are not logged. */
  readonly isLogged: boolean;
  readonly day: string;
}

/** The log holds days, not times. Entries of one day are in the order of their IDs, which tells nothing about who read first. */
const newestDayFirst = (list: string, otherPerson: Sql) =>
  keyset(
    list,
    { expression: sql`a.on_day`, type: 'date', direction: 'desc' },
    { expression: otherPerson, type: 'uuid', direction: 'desc' },
    { expression: sql`a.goal_id`, type: 'uuid', direction: 'desc' },
    { expression: sql`a.kind`, type: 'text', direction: 'desc' },
  );
const byOwner = newestDayFirst('accessLog', sql`a.reader_id`);
const byReader = newestDayFirst('ownReads', sql`a.owner_id`);
const byGoal = newestDayFirst('ownerView.accessLog', sql`a.reader_id`);

const entry = sql`a.reader_id as "readerId", a.owner_id as "ownerId", a.goal_id as "goalId", a.on_day as "on", a.kind`;

@Injectable()
export class AccessLogRepository {
  /**
   * Writes the entries that do not exist yet; the policy requires that the reader is the viewer.
   *
   * @returns the reads whose goal the viewer can still see; a goal whose share has ended since is missing
   */
  record(em: EntityManager, reads: readonly GoalRead[]): Promise<RecordedRead[]> {
    const [{ readerId } = { readerId: null }] = reads;
    // Sorted, so that two operations of one reader take their locks in the same order.
    return rows<RecordedRead>(
      em,
      sql`
      with seen as (
        select g.id, g.owner_id, g.organization_id, g.visibility = 'SHARED' as is_logged, read.kind,
               ${ownerToday(sql`g.owner_id`, sql`g.organization_id`)} as day
        from unnest(${reads.map(({ goalId }) => goalId)}::uuid[], ${reads.map(({ kind }) => kind)}::text[])
          as read(goal_id, kind)
        join personal_goal g on g.id = read.goal_id
      ),
      written as (
        insert into goal_access (reader_id, goal_id, on_day, kind, owner_id, organization_id)
        select ${readerId}::uuid, id, day, kind, owner_id, organization_id
        from seen where is_logged order by id, kind
        on conflict do nothing
      )
      select id as "goalId", kind, is_logged as "isLogged", day from seen`,
    );
  }

  /** Reads of this person's goals by others. */
  async findPageOfOwner(
    em: EntityManager,
    ownerId: string,
    page: PageArguments,
  ): Promise<Page<AccessLogEntry>> {
    const found = await rows<AccessLogEntry & Keyed>(
      em,
      sql`select ${entry}, ${byOwner.key} from goal_access a
        where a.owner_id = ${ownerId} and ${byOwner.where(page)} order by ${byOwner.orderBy(page)} limit ${byOwner.limit(page)}`,
    );
    return byOwner.page(found, page);
  }

  /** Reads of each of this person's goals by others, by goal. */
  async findPagesByGoals(
    em: EntityManager,
    ownerId: string | null,
    goalIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<AccessLogEntry>>> {
    const found = await rows<AccessLogEntry & Keyed & OfParent>(
      em,
      eachParent(
        goalIds,
        sql`select ${entry}, ${byGoal.key} from goal_access a
          where a.goal_id = parent.id and a.owner_id = ${ownerId}::uuid and ${byGoal.where(page)}
          order by ${byGoal.orderBy(page)} limit ${byGoal.limit(page)}`,
      ),
    );
    return byGoal.pages(found, page);
  }

  /** This person's reads of goals of others. */
  async findPageOfReader(
    em: EntityManager,
    readerId: string,
    page: PageArguments,
  ): Promise<Page<AccessLogEntry>> {
    const found = await rows<AccessLogEntry & Keyed>(
      em,
      sql`select ${entry}, ${byReader.key} from goal_access a
        where a.reader_id = ${readerId} and ${byReader.where(page)} order by ${byReader.orderBy(page)} limit ${byReader.limit(page)}`,
    );
    return byReader.page(found, page);
  }
}
