import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertAllInto, row, rows, sql, updateAllOf } from '#db';
import { KeyResultEntity, type KeyResultRow } from './key-result.entity.js';
import { progressOf, type KeyResultValues } from './key-result.rules.js';

const keyResult = columns(KeyResultEntity, 'k');

@Injectable()
export class KeyResultRepository {
  async findByIds(em: EntityManager, ids: readonly string[]): Promise<KeyResultRow[]> {
    const found = await rows<KeyResultEntity>(
      em,
      sql`select ${keyResult} from key_result k where k.id = any(${ids}::uuid[])`,
    );
    return found.map(withProgress);
  }

  /** The key results of each goal, in display order. */
  async findByGoals(em: EntityManager, goalIds: readonly string[]): Promise<Map<string, KeyResultRow[]>> {
    const found = await rows<KeyResultEntity>(
      em,
      sql`
        select ${keyResult} from key_result k where k.business_goal_id = any(${goalIds}::uuid[])
        order by k.business_goal_id, k.position, k.id`,
    );
    return Map.groupBy(found.map(withProgress), ({ businessGoalId }) => businessGoalId);
  }

  /** Deletes the key results of a goal except these. */
  async deleteOthers(em: EntityManager, goalId: string, ids: readonly string[]): Promise<void> {
    await affected(
      em,
      sql`delete from key_result where business_goal_id = ${goalId} and id <> all(${ids}::uuid[])`,
    );
  }

  /** Writes existing key results of a goal, in one statement. */
  async update(
    em: EntityManager,
    goalId: string,
    values: readonly (KeyResultValues & { readonly id: string })[],
  ): Promise<void> {
    if (values.length === 0) return;
    await affected(
      em,
      sql`${updateAllOf(KeyResultEntity, values)} and key_result.business_goal_id = ${goalId}`,
    );
  }

  /** Adds key results to a goal, in one statement. */
  async insert(
    em: EntityManager,
    goal: { readonly id: string; readonly organizationId: string },
    values: readonly KeyResultValues[],
  ): Promise<void> {
    if (values.length === 0) return;
    const { id: businessGoalId, organizationId } = goal;
    await affected(
      em,
      insertAllInto(
        KeyResultEntity,
        values.map(({ id: _, ...value }) => ({ ...value, businessGoalId, organizationId })),
      ),
    );
  }

  /** Adds the key results of one goal to another, with their current values. */
  async copy(
    em: EntityManager,
    fromId: string,
    to: { readonly id: string; readonly organizationId: string },
  ): Promise<void> {
    const present = (await this.findByGoals(em, [fromId])).get(fromId) ?? [];
    await this.insert(
      em,
      to,
      present.map(({ progress: _, organizationId: __, businessGoalId: ___, ...values }) => values),
    );
  }

  /**
   * Sets current values that the owner or an assignee reports, and increments the version of the goal.
   *
   * @returns false for anybody else, for an outdated version, and for a goal that is not OPEN
   */
  async setCurrent(
    em: EntityManager,
    goalId: string,
    version: number,
    values: readonly { readonly keyResultId: string; readonly current: number }[],
  ): Promise<boolean> {
    const done = await row<{ done: boolean }>(
      em,
      sql`
        select app.set_current_values(
          ${goalId}, ${version}, ${values.map(({ keyResultId }) => keyResultId)}::uuid[],
          ${values.map(({ current }) => current)}::float8[]
        ) as done`,
    );
    return done?.done === true;
  }
}

function withProgress(found: KeyResultEntity): KeyResultRow {
  return { ...found, progress: progressOf(found) };
}
