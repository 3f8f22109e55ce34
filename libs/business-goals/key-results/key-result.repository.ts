import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, row, rows, sql } from '#db';
import { KeyResultEntity, type KeyResultRow } from './key-result.entity.js';
import { progressOf } from './key-result.progress.js';

/** A key result as it is to be written. */
export interface KeyResultValues {
  readonly title: string;
  readonly unit: string;
  readonly start: number;
  readonly current: number;
  readonly target: number;
  /** Its place in the list. */
  readonly position: number;
}

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

  /** Each goal's, in their order. */
  async findByGoals(em: EntityManager, goalIds: readonly string[]): Promise<Map<string, KeyResultRow[]>> {
    const found = await rows<KeyResultEntity>(
      em,
      sql`
        select ${keyResult} from key_result k where k.business_goal_id = any(${goalIds}::uuid[])
        order by k.business_goal_id, k.position, k.id`,
    );
    return Map.groupBy(found.map(withProgress), ({ businessGoalId }) => businessGoalId);
  }

  /** Deletes a goal's key results but these. */
  async keepOnly(em: EntityManager, goalId: string, ids: readonly string[]): Promise<void> {
    await affected(
      em,
      sql`delete from key_result where business_goal_id = ${goalId} and id <> all(${ids}::uuid[])`,
    );
  }

  /** Sets each as it is to be, in one statement. */
  async update(
    em: EntityManager,
    goalId: string,
    given: readonly (KeyResultValues & { readonly id: string })[],
  ): Promise<void> {
    if (given.length === 0) return;
    await affected(
      em,
      sql`
        update key_result k
        set title = v.title, unit = v.unit, start_value = v.start_value, current_value = v.current_value,
            target_value = v.target_value, position = v.position
        from unnest(
          ${given.map(({ id }) => id)}::uuid[], ${given.map(({ title }) => title)}::text[],
          ${given.map(({ unit }) => unit)}::text[], ${given.map(({ start }) => start)}::float8[],
          ${given.map(({ current }) => current)}::float8[], ${given.map(({ target }) => target)}::float8[],
          ${given.map(({ position }) => position)}::integer[]
        ) as v(id, title, unit, start_value, current_value, target_value, position)
        where k.id = v.id and k.business_goal_id = ${goalId}`,
    );
  }

  /** Adds new ones, in one statement. */
  async insert(
    em: EntityManager,
    goal: { readonly id: string; readonly organizationId: string },
    given: readonly KeyResultValues[],
  ): Promise<void> {
    if (given.length === 0) return;
    await affected(
      em,
      sql`
        insert into key_result
          (organization_id, business_goal_id, title, unit, start_value, current_value, target_value, position)
        select ${goal.organizationId}::uuid, ${goal.id}::uuid, v.*
        from unnest(
          ${given.map(({ title }) => title)}::text[], ${given.map(({ unit }) => unit)}::text[],
          ${given.map(({ start }) => start)}::float8[], ${given.map(({ current }) => current)}::float8[],
          ${given.map(({ target }) => target)}::float8[], ${given.map(({ position }) => position)}::integer[]
        ) as v`,
    );
  }

  /**
   * What a check-in says of some of a goal's key results, by its owner or an assignee; raises the goal's version.
   *
   * @returns whether it happened: not for anybody else, for a version that is not the present one, or for a draft or
   * cancelled goal
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
