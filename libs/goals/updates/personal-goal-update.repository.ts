import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql, updateOf, type Values } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { UnloggedRow } from '../access-log/access-log.js';
import { accessColumns, type GoalAccess } from '../access-log/goal-access.js';
import { PersonalGoalUpdateEntity, type PersonalGoalUpdateRow } from './personal-goal-update.entity.js';

type FoundUpdate = PersonalGoalUpdateRow & GoalAccess;

/** What the owner writes of an update. */
export type PersonalGoalUpdateValues = Values<
  Pick<PersonalGoalUpdateEntity, 'text' | 'measuredValue' | 'at'>
>;

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
    const found = await rows<FoundUpdate>(
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
    const found = await rows<FoundUpdate & Keyed & OfParent>(
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

  /** The goal of an update that the viewer can see. */
  async findGoalId(em: EntityManager, id: string): Promise<string | undefined> {
    const found = await row<{ goalId: string }>(
      em,
      sql`select u.goal_id as "goalId" from goal_update u where u.id = ${id}`,
    );
    return found?.goalId;
  }

  /** An update of one of the viewer's own goals, for changing it. */
  findOfOwnGoal(em: EntityManager, goalId: string, id: string): Promise<PersonalGoalUpdateRow | undefined> {
    return row<PersonalGoalUpdateRow>(
      em,
      sql`select ${columns(PersonalGoalUpdateEntity, 'u')} from goal_update u where u.id = ${id} and u.goal_id = ${goalId}`,
    );
  }

  /** Whether another update of the goal has a measured value and a later date than this one. */
  async isLaterMeasured(em: EntityManager, id: string): Promise<boolean> {
    const found = await row(
      em,
      sql`select 1 from goal_update u join goal_update later on later.goal_id = u.goal_id
        where u.id = ${id} and later.measured_value is not null and later.at > u.at limit 1`,
    );
    return found !== undefined;
  }

  async insert(
    em: EntityManager,
    goal: { readonly id: string; readonly ownerId: string; readonly organizationId: string },
    values: PersonalGoalUpdateValues,
  ): Promise<PersonalGoalUpdateRow> {
    const { id: goalId, ownerId: authorId, organizationId } = goal;
    const added = await row<PersonalGoalUpdateRow>(
      em,
      sql`${insertInto(PersonalGoalUpdateEntity, { ...values, organizationId, goalId, authorId })}
        returning ${columns(PersonalGoalUpdateEntity, 'goal_update')}`,
    );
    if (!added) throw new Error('An INSERT returned no row.');
    return added;
  }

  async update(
    em: EntityManager,
    id: string,
    changes: PersonalGoalUpdateValues,
  ): Promise<PersonalGoalUpdateRow> {
    const changed = await row<PersonalGoalUpdateRow>(
      em,
      sql`${updateOf(PersonalGoalUpdateEntity, id, changes)} returning ${columns(PersonalGoalUpdateEntity, 'goal_update')}`,
    );
    if (!changed) throw new Error('An update of a locked goal could not be changed.');
    return changed;
  }

  /** @returns false if it does not exist or belongs to a goal of another person */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from goal_update where id = ${id}`)) > 0;
  }
}

function unlogged(update: FoundUpdate): UnloggedRow<PersonalGoalUpdateRow> {
  return new UnloggedRow(update, update.goalId, update);
}
