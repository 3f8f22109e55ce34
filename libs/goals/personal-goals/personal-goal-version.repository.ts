import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, rows, sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import type { OwnGoalRow } from './personal-goal.entity.js';
import { PersonalGoalVersionEntity, type PersonalGoalVersionRow } from './personal-goal-version.entity.js';

const newestFirst = keyset('history', {
  expression: sql`v.version`,
  type: 'integer',
  direction: 'desc',
});

@Injectable()
export class PersonalGoalVersionRepository {
  /** The wordings of the viewer's own goals, newest first, by goal. */
  async findPagesByGoals(
    em: EntityManager,
    goalIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<PersonalGoalVersionRow>>> {
    const found = await rows<PersonalGoalVersionRow & Keyed & OfParent>(
      em,
      eachParent(
        goalIds,
        sql`select ${columns(PersonalGoalVersionEntity, 'v')}, ${newestFirst.key} from personal_goal_version v
          where v.goal_id = parent.id and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
      ),
    );
    return newestFirst.pages(found, page);
  }

  async insert(em: EntityManager, organizationId: string, goal: OwnGoalRow): Promise<void> {
    const { id: goalId, version, ownerId, title, why } = goal;
    await affected(
      em,
      insertInto(PersonalGoalVersionEntity, { goalId, version, organizationId, ownerId, title, why }),
    );
  }
}
