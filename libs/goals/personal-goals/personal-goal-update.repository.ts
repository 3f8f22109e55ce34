import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { UnloggedRow, type GoalAccess } from '../access-log/access-log.js';
import { PersonalGoalUpdateEntity, type PersonalGoalUpdateRow } from './personal-goal-update.entity.js';
import { accessColumns } from './personal-goal.repository.js';

type OfGoal = PersonalGoalUpdateRow & GoalAccess;

const newestFirst = keyset(
  'updates',
  { expression: sql`u.at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`u.id`, type: 'uuid', direction: 'desc' },
);

@Injectable()
export class PersonalGoalUpdateRepository {
  async findByIds(
    em: EntityManager,
    viewerId: string | null,
    ids: readonly string[],
  ): Promise<Map<string, UnloggedRow<PersonalGoalUpdateRow>>> {
    const found = await rows<OfGoal>(
      em,
      sql`select ${columns(PersonalGoalUpdateEntity, 'u')}, ${accessColumns(viewerId)}
        from goal_update u join personal_goal g on g.id = u.goal_id where u.id = any(${ids}::uuid[])`,
    );
    return new Map(found.map((update) => [update.id, unlogged(update)]));
  }

  async findPagesByGoals(
    em: EntityManager,
    viewerId: string | null,
    goalIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<UnloggedRow<PersonalGoalUpdateRow>>>> {
    const found = await rows<OfGoal & Keyed & OfParent>(
      em,
      eachParent(
        goalIds,
        sql`select ${columns(PersonalGoalUpdateEntity, 'u')}, ${accessColumns(viewerId)}, ${newestFirst.key}
          from goal_update u join personal_goal g on g.id = u.goal_id
          where u.goal_id = parent.id and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)} limit ${newestFirst.limit(page)}`,
      ),
    );
    const pages = newestFirst.pages(found, page);
    return new Map(Array.from(pages, ([goalId, one]) => [goalId, one.map(unlogged)]));
  }

  async insert(
    em: EntityManager,
    goal: { readonly id: string; readonly ownerId: string; readonly organizationId: string },
    values: { readonly text: string; readonly measuredValue: number | null },
  ): Promise<PersonalGoalUpdateRow> {
    const added = await row<PersonalGoalUpdateRow>(
      em,
      sql`insert into goal_update as u (organization_id, goal_id, author_id, text, measured_value)
        values (${goal.organizationId}, ${goal.id}, ${goal.ownerId}, ${values.text}, ${values.measuredValue})
        returning ${columns(PersonalGoalUpdateEntity, 'u')}`,
    );
    if (!added) throw new Error('An INSERT gave back no row.');
    return added;
  }

  /** @returns whether it was removed: not where it is somebody else's, or not there */
  async remove(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from goal_update where id = ${id}`)) > 0;
  }

  async isVisible(em: EntityManager, id: string): Promise<boolean> {
    return (await row(em, sql`select 1 from goal_update where id = ${id}`)) !== undefined;
  }
}

function unlogged(update: OfGoal): UnloggedRow<PersonalGoalUpdateRow> {
  return new UnloggedRow(update, update.goalId, update);
}
