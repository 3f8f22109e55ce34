import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columns, row, rows, sql } from '#db';
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

  /** A goal's newest. */
  findNewest(em: EntityManager, goalId: string): Promise<CheckInRow | undefined> {
    return row<CheckInRow>(
      em,
      sql`select ${checkIn} from check_in i where i.business_goal_id = ${goalId}
          order by ${newestFirst.order} limit 1`,
    );
  }

  /** Each goal's, newest first. */
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
   * Writes it down; the goal takes its status from it.
   *
   * @returns its id
   * @throws what isRefusedByPolicy knows, where the viewer neither owns the goal nor is assigned to it;
   * RaisedCode.NOT_OPEN_FOR_CHECK_INS
   */
  async insert(
    em: EntityManager,
    values: Pick<CheckInRow, 'businessGoalId' | 'authorId' | 'text' | 'confidence' | 'status'> & {
      readonly organizationId: string;
    },
  ): Promise<string> {
    const { organizationId, businessGoalId, authorId, text, confidence, status } = values;
    const made = await row<{ id: string }>(
      em,
      sql`
        insert into check_in (organization_id, business_goal_id, author_id, text, confidence, status)
        values (${organizationId}, ${businessGoalId}, ${authorId}, ${text}, ${confidence}, ${status})
        returning id`,
    );
    if (!made) throw new Error('an inserted check-in came back without its id');
    return made.id;
  }
}
