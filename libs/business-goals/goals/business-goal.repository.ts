import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  affected,
  columns,
  empty,
  insertInto,
  join,
  row,
  rows,
  scalar,
  sql,
  updateOf,
  type Sql,
  type Values,
} from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { BusinessGoalEntity, type BusinessGoalRow } from './business-goal.entity.js';
import type { BusinessGoalState } from './business-goal.model.js';

/** Filters of the organization's goals. One that is left out or null does not apply. */
export interface BusinessGoalFilter {
  readonly cycleId?: string | null;
  readonly ownerId?: string | null;
  readonly parentId?: string | null;
  /** Only goals without a parent that the viewer can see. */
  readonly rootsOnly?: boolean | null;
  readonly state?: readonly BusinessGoalState[] | null;
  readonly ownerHasLeft?: boolean | null;
}

/** A page of a person's business goals, optionally of one cycle. */
export interface PersonBusinessGoalsPage extends PageArguments {
  readonly cycleId?: string | null;
}

/** What an update sets; undefined leaves a column as it is. The owner is changed by `transfer`. */
export type BusinessGoalChanges = Omit<Values<BusinessGoalEntity>, 'id' | 'ownerId' | 'version'>;

const goal = sql`${columns(BusinessGoalEntity, 'b')}, b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename"`;
/** By the time of creation or, for a goal that began as a draft, of publication. */
const newestFirst = keyset(
  'businessGoals',
  { expression: sql`b.listed_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`b.id`, type: 'uuid', direction: 'desc' },
);
const oldestFirst = keyset(
  'children',
  { expression: sql`b.listed_at`, type: 'timestamptz' },
  { expression: sql`b.id`, type: 'uuid' },
);

@Injectable()
export class BusinessGoalRepository {
  findByIds(em: EntityManager, ids: readonly string[]): Promise<BusinessGoalRow[]> {
    return rows<BusinessGoalRow>(
      em,
      sql`select ${goal} from business_goal b where b.id = any(${ids}::uuid[])`,
    );
  }

  findById(em: EntityManager, id: string): Promise<BusinessGoalRow | undefined> {
    return row<BusinessGoalRow>(em, sql`select ${goal} from business_goal b where b.id = ${id}`);
  }

  /** Locks the goal against other writers. Undefined where the viewer cannot change it. */
  lock(em: EntityManager, id: string): Promise<BusinessGoalRow | undefined> {
    // Not FOR UPDATE: the foreign key of a child that is being added holds this row, and would wait for the lock.
    return row<BusinessGoalRow>(
      em,
      sql`select ${goal} from business_goal b where b.id = ${id} for no key update of b`,
    );
  }

  async findPage(
    em: EntityManager,
    organizationId: string,
    filter: BusinessGoalFilter,
    page: PageArguments,
  ): Promise<Page<BusinessGoalRow>> {
    const found = await rows<BusinessGoalRow & Keyed>(
      em,
      sql`
        select ${goal}, ${newestFirst.key}
        from business_goal b
        where b.organization_id = ${organizationId} and ${matching(filter)} and ${newestFirst.where(page)}
        order by ${newestFirst.orderBy(page)}
        limit ${newestFirst.limit(page)}`,
    );
    return newestFirst.page(found, page);
  }

  /** What each person owns or is assigned to, newest first. */
  async findPagesOfPeople(
    em: EntityManager,
    personIds: readonly string[],
    page: PersonBusinessGoalsPage,
  ): Promise<Map<string, Page<BusinessGoalRow>>> {
    const found = await rows<BusinessGoalRow & Keyed & OfParent>(
      em,
      eachParent(
        personIds,
        sql`
          select ${goal}, ${newestFirst.key}
          from business_goal b
          where b.id in (
              select own.id from business_goal own where own.owner_id = parent.id
              union all
              select a.business_goal_id from business_goal_assignee a where a.person_id = parent.id
            )
            and ${inCycle(page.cycleId)} and ${newestFirst.where(page)}
          order by ${newestFirst.orderBy(page)}
          limit ${newestFirst.limit(page)}`,
      ),
    );
    return newestFirst.pages(found, page);
  }

  /** The goals directly below each goal, oldest first. */
  async findPagesOfChildren(
    em: EntityManager,
    parentIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<BusinessGoalRow>>> {
    const found = await rows<BusinessGoalRow & Keyed & OfParent>(
      em,
      eachParent(
        parentIds,
        sql`
          select ${goal}, ${oldestFirst.key} from business_goal b
          where b.parent_id = parent.id and ${oldestFirst.where(page)}
          order by ${oldestFirst.orderBy(page)} limit ${oldestFirst.limit(page)}`,
      ),
    );
    return oldestFirst.pages(found, page);
  }

  /** The goal that continues each of these, by the id of the goal that is continued. */
  async findContinuations(em: EntityManager, ids: readonly string[]): Promise<Map<string, BusinessGoalRow>> {
    const found = await rows<BusinessGoalRow & { readonly continuesId: string }>(
      em,
      sql`select ${goal} from business_goal b where b.continues_id = any(${ids}::uuid[])`,
    );
    return new Map(found.map((one) => [one.continuesId, one]));
  }

  /**
   * @returns the id, or undefined where the goal in `continuesId` is already continued
   * @throws PARENT_NOT_FOUND for a parent that the viewer cannot see
   */
  async insert(em: EntityManager, values: Values<BusinessGoalEntity>): Promise<string | undefined> {
    const inserted = await row<{ id: string }>(
      em,
      sql`${insertInto(BusinessGoalEntity, values)} on conflict (continues_id) do nothing returning id`,
    );
    return inserted?.id;
  }

  /**
   * Writes the changes and increments the version.
   *
   * @returns the number of rows changed: 0 where the viewer cannot change the goal, or `version` is outdated
   * @throws PARENT_NOT_FOUND for a parent that the viewer cannot see, BUSINESS_GOAL_CYCLE for one below this goal,
   * ALREADY_PUBLISHED where a published goal would become a draft
   */
  update(em: EntityManager, id: string, version: number, changes: BusinessGoalChanges): Promise<number> {
    const values = { ...changes, version: version + 1 };
    return affected(em, sql`${updateOf(BusinessGoalEntity, id, values)} and version = ${version}`);
  }

  /**
   * @returns the number of rows deleted: 0 where the viewer cannot delete the goal
   * @throws BUSINESS_GOAL_IN_USE for a published goal with check-ins, or with placements that the viewer can see
   */
  delete(em: EntityManager, id: string): Promise<number> {
    return affected(em, sql`delete from business_goal where id = ${id}`);
  }

  /**
   * Transfers the goal, for its owner or, once the owner has left, for ORGANIZATION_ADMIN.
   *
   * @returns false where the viewer is neither, `version` is outdated, or nobody employed has the id `toId`
   */
  async transfer(em: EntityManager, id: string, version: number, toId: string): Promise<boolean> {
    const done = await row<{ done: boolean }>(
      em,
      sql`select app.transfer_business_goal(${id}, ${version}, ${toId}) as done`,
    );
    return done?.done === true;
  }

  /** Whether the viewer can transfer the goal. */
  async canTransfer(em: EntityManager, id: string): Promise<boolean> {
    const found = await row<{ can: boolean }>(em, sql`select app.can_transfer_business_goal(${id}) as can`);
    return found?.can === true;
  }

  /** Transfers the goals of people who have left. @returns how many */
  async transferGoalsOfLeavers(em: EntityManager): Promise<number> {
    return (await scalar<number>(em, sql`select app.transfer_goals_of_leavers() as goals`)) ?? 0;
  }
}

function inCycle(cycleId: string | null | undefined): Sql {
  return cycleId ? sql`b.cycle_id = ${cycleId}` : sql`true`;
}

function matching({ cycleId, ownerId, parentId, rootsOnly, state, ownerHasLeft }: BusinessGoalFilter): Sql {
  return join(
    [
      inCycle(cycleId),
      ownerId ? sql`b.owner_id = ${ownerId}` : empty,
      // A parent that the viewer cannot see counts as none, here as in BusinessGoal.parent.
      parentId ? sql`b.parent_id = (select p.id from business_goal p where p.id = ${parentId})` : empty,
      rootsOnly ? sql`not exists (select 1 from business_goal p where p.id = b.parent_id)` : empty,
      state ? sql`b.state = any(${state}::text[])` : empty,
      typeof ownerHasLeft === 'boolean' ? hasLeft(ownerHasLeft) : empty,
    ].filter((condition) => condition !== empty),
    sql` and `,
  );
}

function hasLeft(wanted: boolean): Sql {
  const left = sql`exists (
    select 1 from employment_end e where e.person_id = b.owner_id and e.ended_at <= now()
  )`;
  return wanted ? left : sql`not ${left}`;
}
