import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertAllInto, row, rows, sql, updateAllOf, type Sql } from '#db';
import { UnloggedRow } from '../access-log/access-log.js';
import { accessColumns, type GoalAccess } from '../access-log/goal-access.js';
import { MilestoneEntity, type MilestoneRow, type MilestoneValues } from './milestone.entity.js';

@Injectable()
export class MilestoneRepository {
  /** By goal, in the owner's order. */
  async findByGoals(
    em: EntityManager,
    viewerId: string | null,
    goalIds: readonly string[],
  ): Promise<Map<string, UnloggedRow<MilestoneRow>[]>> {
    const found = await rows<MilestoneRow & GoalAccess>(
      em,
      sql`select ${columns(MilestoneEntity, 'm')}, ${accessColumns(viewerId)}
        from milestone m join personal_goal g on g.id = m.goal_id
        where m.goal_id = any(${goalIds}::uuid[]) order by m.goal_id, m.position, m.id`,
    );
    const unlogged = found.map((milestone) => new UnloggedRow(milestone, milestone.goalId, milestone));
    return Map.groupBy(unlogged, ({ goalId }) => goalId);
  }

  /** The goal of a milestone that the viewer can see. */
  async findGoalId(em: EntityManager, id: string): Promise<string | undefined> {
    const found = await row<{ goalId: string }>(
      em,
      sql`select m.goal_id as "goalId" from milestone m where m.id = ${id}`,
    );
    return found?.goalId;
  }

  /** The milestones of one of the viewer's own goals, for changing them. */
  findOfOwnGoal(em: EntityManager, goalId: string): Promise<MilestoneRow[]> {
    return rows<MilestoneRow>(
      em,
      sql`select ${columns(MilestoneEntity, 'm')} from milestone m where m.goal_id = ${goalId} order by m.position, m.id`,
    );
  }

  async setReachedOn(em: EntityManager, id: string, reachedOn: string | null): Promise<void> {
    const day = sql`${reachedOn}::date`;
    await affected(
      em,
      sql`update milestone set reached_on = ${day}, reached_at = ${reachedAt(day)} where id = ${id}`,
    );
  }

  /** Replaces the milestones of a goal by this list, in its order. Milestones that are not in it are deleted. */
  async setOfOwnGoal(
    em: EntityManager,
    goal: { readonly id: string; readonly ownerId: string; readonly organizationId: string },
    milestones: readonly MilestoneValues[],
  ): Promise<void> {
    const placed = milestones.map((milestone, position) => ({ ...milestone, position }));
    const kept = placed.filter((one): one is typeof one & { id: string } => one.id !== null);
    const added = placed.filter(({ id }) => id === null);
    await affected(
      em,
      sql`delete from milestone where goal_id = ${goal.id} and not id = any(${kept.map(({ id }) => id)}::uuid[])`,
    );
    if (kept.length > 0) {
      const update = updateAllOf(MilestoneEntity, kept, { reachedAt: reachedAt(sql`given.reached_on`) });
      await affected(em, sql`${update} and milestone.goal_id = ${goal.id}`);
    }
    if (added.length > 0) {
      const parents = { goalId: goal.id, ownerId: goal.ownerId, organizationId: goal.organizationId };
      const values = added.map(({ id: _, ...value }) => ({ ...parents, ...value }));
      await affected(
        em,
        insertAllInto(MilestoneEntity, values, {
          reachedAt: sql`case when given.reached_on is not null then now() end`,
        }),
      );
    }
  }
}

/** `reached_at` is kept while a milestone stays reached, so that correcting the day shows it to nobody else. */
function reachedAt(day: Sql): Sql {
  return sql`case when ${day} is not null then coalesce(milestone.reached_at, now()) end`;
}
