import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, rows, sql } from '#db';
import { UnloggedRow, type GoalAccess } from '../access-log/access-log.js';
import { MilestoneEntity, type MilestoneRow } from './milestone.entity.js';
import { accessColumns } from './personal-goal.repository.js';

/** What a goal's list of milestones is to hold at one place; without id a new one. */
export interface MilestoneValues {
  readonly id: string | null;
  readonly title: string;
  readonly reachedOn: string | null;
}

@Injectable()
export class MilestoneRepository {
  /** In the owner's order, by goal. */
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

  /** Those of one goal, for its owner who is about to set them. */
  findOfOwnGoal(em: EntityManager, goalId: string): Promise<MilestoneRow[]> {
    return rows<MilestoneRow>(
      em,
      sql`select ${columns(MilestoneEntity, 'm')} from milestone m where m.goal_id = ${goalId} order by m.position, m.id`,
    );
  }

  /** Makes the list of a goal's milestones what `milestones` says, in that order: those not in it go. */
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
      // The moment of reaching stays while it stays reached: a corrected day is no news.
      await affected(
        em,
        sql`update milestone m
          set title = v.title, position = v.position, reached_on = v.reached_on,
              reached_at = case when v.reached_on is not null then coalesce(m.reached_at, now()) end
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

function listOf(milestones: readonly (MilestoneValues & { readonly position: number })[]) {
  return sql`unnest(${milestones.map(({ id }) => id)}::uuid[], ${milestones.map(({ title }) => title)}::text[],
    ${milestones.map(({ position }) => position)}::integer[], ${milestones.map(({ reachedOn }) => reachedOn)}::date[])
    as v(id, title, position, reached_on)`;
}
