import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columns, insertInto, row, rows, sql, type Values } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { CheckInEntity, type CheckInRow } from './check-in.entity.js';

const checkIn = columns(CheckInEntity, 'i');
const newestFirst = keyset(
  'checkIns',
  { expression: sql`i.at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`i.id`, type: 'uuid', direction: 'desc' },
);

@Injectable()
export class CheckInRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<CheckInRow[]> {
    return rows<CheckInRow>(em, sql`select ${checkIn} from check_in i where i.id = any(${ids}::uuid[])`);
  }

  /** The newest check-in of a goal. */
  findNewest(em: EntityManager, goalId: string): Promise<CheckInRow | undefined> {
    return row<CheckInRow>(
      em,
      sql`select ${checkIn} from check_in i where i.business_goal_id = ${goalId}
          order by ${newestFirst.order} limit 1`,
    );
  }

  /** The check-ins of each goal, newest first. */
  async findPagesByGoals(
    em: EntityManager,
    goalIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<CheckInRow>>> {
    const found = await rows<CheckInRow & Keyed & OfParent>(
      em,
      eachParent(
        goalIds,
        sql`
          select ${checkIn}, ${newestFirst.key} from check_in i
          where i.business_goal_id = parent.id and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
      ),
    );
    return newestFirst.pages(found, page);
  }

  /**
   * Adds a check-in; a trigger sets the health of the goal.
   *
   * @returns the id
   * @throws an error for which isRefusedByPolicy is true, for people who neither own the goal nor are assigned to it;
   * NOT_OPEN_FOR_CHECK_INS for a goal that is not OPEN
   */
  async insert(em: EntityManager, values: Values<CheckInEntity>): Promise<string> {
    const inserted = await row<{ id: string }>(em, sql`${insertInto(CheckInEntity, values)} returning id`);
    if (!inserted) throw new Error('an inserted check-in came back without its id');
    return inserted.id;
  }
}
