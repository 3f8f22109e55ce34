import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql } from '#db';
import { UnloggedRow } from '../access-log/access-log.js';
import { accessColumns, type GoalAccess } from '../access-log/goal-access.js';
import { MilestoneEntity, type MilestoneRow } from './milestone.entity.js';

/** What the owner writes of a milestone; `id` is null for a new one. */
export interface MilestoneValues {
  readonly id: string | null;
  readonly title: string;
  readonly reachedOn: string | null;
}

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
    await affected(em, sql`update milestone m set ${reached(sql`${reachedOn}::date`)} where m.id = ${id}`);
  }

  /** Replaces the milestones of a goal by this list, in its order. Milestones that are not in it are deleted. */
  async setOfOwnGoal(
    em: EntityManager,
    goal: { readonly id: string; readonly ownerId: string; readonly organizationId: string },
    milestones: readonly MilestoneValues[],
  ): Promise<void> {
    const placed = milestones.map((milestone, position) => ({ ...milestone, position }));
    const kept = placed.filter(({ id }) => id !== null);
    const added = placed.filter(({ id }) => id === null);
    await affected(
      em,
      sql`delete from milestone where goal_id = ${goal.id} and not id = any(${kept.map(({ id }) => id)}::uuid[])`,
    );
    if (kept.length > 0) {
      await affected(
        em,
        sql`update milestone m set title = v.title, position = v.position, ${reached(sql`v.reached_on`)}
          from ${listOf(kept)}
          where m.id = v.id and m.goal_id = ${goal.id}`,
      );
    }
    if (added.length > 0) {
      await affected(
        em,
        sql`insert into milestone (organization_id, goal_id, owner_id, title, position, reached_on, reached_at)
          select ${goal.organizationId}::uuid, ${goal.id}::uuid, ${goal.ownerId}::uuid, v.title, v.position, v.reached_on,
                 case when v.reached_on is not null then now() end
          from ${listOf(added)}`,
      );
    }
  }
}

/**
 * Assigns the day to `milestone m`. reached_at, which decides whether people who do not see the past see the milestone, is kept
 * while it stays reached, so that correcting the day shows it to nobody else.
 */
function reached(day: ReturnType<typeof sql>) {
  return sql`reached_on = ${day}, reached_at = case when ${day} is not null then coalesce(m.reached_at, now()) end`;
}

function listOf(milestones: readonly (MilestoneValues & { readonly position: number })[]) {
  return sql`unnest(${milestones.map(({ id }) => id)}::uuid[], ${milestones.map(({ title }) => title)}::text[],
    ${milestones.map(({ position }) => position)}::integer[], ${milestones.map(({ reachedOn }) => reachedOn)}::date[])
    as v(id, title, position, reached_on)`;
}
