import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, empty, join, row, rows, sql, type Sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { BusinessGoalEntity, type BusinessGoalRow } from './business-goal.entity.js';
import type { BusinessGoalStatus } from './business-goal.model.js';

/** The most goals that `children` gives; `businessGoals(parentId)` pages through more. */
const MOST_CHILDREN = 200;

/** What the list of an organization's goals may be narrowed by; what is left out does not apply. */
export interface BusinessGoalFilter {
  readonly cycleId?: string | null;
  readonly ownerId?: string | null;
  readonly parentId?: string | null;
  readonly status?: readonly BusinessGoalStatus[] | null;
  /** Only goals of people who have left, waiting for somebody to be named. */
  readonly ownerHasLeft?: boolean | null;
}

/** What a new goal begins with. */
export interface NewBusinessGoal {
  readonly organizationId: string;
  readonly ownerId: string;
  readonly cycleId: string;
  readonly parentGoalId: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly status: BusinessGoalStatus;
}

/** What an edit sets; what is left out stays. The owner is changed by `handOn`. */
export type BusinessGoalChanges = Partial<
  Pick<BusinessGoalEntity, 'title' | 'description' | 'status' | 'cycleId' | 'parentGoalId' | 'progressByHand'>
>;

const goal = sql`${columns(BusinessGoalEntity, 'b')}, b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename"`;
/** As they were made or, what began as a draft, published. */
const newestFirst = keyset(
  'businessGoals',
  { expression: sql`b.listed_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`b.id`, type: 'uuid', direction: 'desc' },
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

  /** The goal, locked against other writers; undefined where the viewer may not change it. */
  lock(em: EntityManager, id: string): Promise<BusinessGoalRow | undefined> {
    // Not FOR UPDATE: a child that is being given to this goal holds it by its foreign key, and would wait for us.
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

  /** For each person what they own or are assigned to, newest first. */
  async findPagesOfPeople(
    em: EntityManager,
    personIds: readonly string[],
    page: PageArguments & { readonly cycleId?: string | null },
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

  /** The goals right below each goal, oldest first. */
  async findChildren(
    em: EntityManager,
    parentIds: readonly string[],
  ): Promise<Map<string, BusinessGoalRow[]>> {
    const found = await rows<BusinessGoalRow & OfParent>(
      em,
      eachParent(
        parentIds,
        sql`select ${goal} from business_goal b where b.parent_id = parent.id order by b.listed_at, b.id limit ${MOST_CHILDREN}`,
      ),
    );
    return Map.groupBy(found, ({ parentId }) => parentId);
  }

  /** @returns its id @throws RaisedCode.PARENT_NOT_FOUND */
  async insert(em: EntityManager, values: NewBusinessGoal): Promise<string> {
    const { organizationId, ownerId, cycleId, parentGoalId, title, description, status } = values;
    const made = await row<{ id: string }>(
      em,
      sql`
        insert into business_goal (organization_id, owner_id, cycle_id, parent_id, title, description, status)
        values (${organizationId}, ${ownerId}, ${cycleId}, ${parentGoalId}, ${title}, ${description}, ${status})
        returning id`,
    );
    if (!made) throw new Error('an inserted business goal came back without its id');
    return made.id;
  }

  /**
   * Sets what is given and raises the version.
   *
   * @returns how many rows changed: 0 where the viewer may not, or where `version` is not the present one
   * @throws RaisedCode.PARENT_NOT_FOUND, BUSINESS_GOAL_CYCLE or ALREADY_PUBLISHED
   */
  update(em: EntityManager, id: string, version: number, changes: BusinessGoalChanges): Promise<number> {
    return affected(
      em,
      sql`
        update business_goal set ${join([...assignments(changes), sql`version = version + 1`])}
        where id = ${id} and version = ${version}`,
    );
  }

  /**
   * Gives the goal to somebody else, as its owner or, where the owner has left, as ORGANIZATION_ADMIN.
   *
   * @returns whether it happened: not if the viewer is neither, `version` is not the present one, or nobody who works
   * here has this id
   */
  async handOn(em: EntityManager, id: string, version: number, toId: string): Promise<boolean> {
    const done = await row<{ done: boolean }>(
      em,
      sql`select app.hand_on_business_goal(${id}, ${version}, ${toId}) as done`,
    );
    return done?.done === true;
  }

  /** Whether the viewer may give the goal to somebody else. */
  async mayHandOn(em: EntityManager, id: string): Promise<boolean> {
    const found = await row<{ may: boolean }>(em, sql`select app.may_hand_on_business_goal(${id}) as may`);
    return found?.may === true;
  }

  /** Gives the goals of everybody who has left to those who follow them. @returns how many */
  async handOnGoalsOfLeavers(em: EntityManager): Promise<number> {
    const done = await row<{ goals: number }>(em, sql`select app.hand_on_goals_of_leavers() as goals`);
    return done?.goals ?? 0;
  }
}

function inCycle(cycleId: string | null | undefined): Sql {
  return cycleId ? sql`b.cycle_id = ${cycleId}` : sql`true`;
}

function matching({ cycleId, ownerId, parentId, status, ownerHasLeft }: BusinessGoalFilter): Sql {
  return join(
    [
      inCycle(cycleId),
      ownerId ? sql`b.owner_id = ${ownerId}` : empty,
      parentId ? sql`b.parent_id = ${parentId}` : empty,
      status ? sql`b.status = any(${status}::text[])` : empty,
      ownerHasLeft === true || ownerHasLeft === false ? hasLeft(ownerHasLeft) : empty,
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

function assignments(changes: BusinessGoalChanges): Sql[] {
  const { title, description, status, cycleId, parentGoalId, progressByHand } = changes;
  return [
    title === undefined ? empty : sql`title = ${title}`,
    description === undefined ? empty : sql`description = ${description}`,
    status === undefined ? empty : sql`status = ${status}`,
    cycleId === undefined ? empty : sql`cycle_id = ${cycleId}`,
    parentGoalId === undefined ? empty : sql`parent_id = ${parentGoalId}`,
    progressByHand === undefined ? empty : sql`progress_by_hand = ${progressByHand}`,
  ].filter((assignment) => assignment !== empty);
}
