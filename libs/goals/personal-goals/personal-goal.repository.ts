import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, scalar, sql, updateOf, type Sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import type { Viewer } from '#identity';
import { UnloggedRow } from '../access-log/access-log.js';
import { accessColumns, type GoalAccess } from '../access-log/goal-access.js';
import { ownerToday } from '../owner-time-zone.js';
import {
  type OwnerOnlyFields,
  type OwnGoalRow,
  PersonalGoalEntity,
  PersonalGoalOwnEntity,
  type PersonalGoalRow,
  type PersonalGoalValues,
} from './personal-goal.entity.js';
import type { MeasureValues, PersonalGoalStatus } from './personal-goal.model.js';

export interface PersonalGoalsArguments extends PageArguments {
  readonly status?: readonly PersonalGoalStatus[] | null;
}

/** A goal as it is read, before its read is logged. */
type FoundGoal = PersonalGoalRow & GoalAccess;

/** A person's own goals (`personal_goal_own o`) newest first, in the order of their index. */
const byCreation = keyset(
  'personalGoals',
  { expression: sql`o.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`o.goal_id`, type: 'uuid', direction: 'desc' },
);

/** Goals of others in the order of their random IDs, because only the owner may know when they were created. */
const byRandomId = keyset(
  'personalGoals',
  { expression: sql`'-infinity'::timestamptz`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`g.id`, type: 'uuid', direction: 'desc' },
);

const byShare = keyset(
  'sharedWithMe',
  { expression: sql`s.became_active_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`s.id`, type: 'uuid', direction: 'desc' },
);

/** Of a goal of another person the policies return no second row, so that the owner-only fields are null. */
const goals = sql`personal_goal g left join personal_goal_own o on o.goal_id = g.id`;

/** From `personal_goal` under an alias. */
const columnsOfAnybody = (
  alias: string,
) => sql`'PersonalGoal' as "__typename", ${columns(PersonalGoalEntity, alias)},
    case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start,
      'current', measure_current, 'target', measure_target) end as "measure"`;
/** The same of one of the viewer's own goals. */
const columnsOfOwn = (alias: string) =>
  sql`${columnsOfAnybody(alias)}, 'OWNER' as "basis", null as "accessDay"`;
const sharedColumns = columnsOfAnybody('g');
const ownSharedColumns = columnsOfOwn('g');
const ownerOnlyColumns = columns(PersonalGoalOwnEntity, 'o');
/** The same columns for a goal of another person, read without `personal_goal_own`. */
const noOwnerOnlyColumns = sql`null::text as "area", null::int as "version", null::timestamptz as "createdAt",
    null::timestamptz as "updatedAt"`;

/** From {@link goals}. */
function goalColumns(viewerId: string | null): Sql {
  return sql`${sharedColumns}, ${accessColumns(viewerId)}, ${ownerOnlyColumns}`;
}

function hasStatus({ status }: PersonalGoalsArguments): Sql {
  return status ? sql`g.status = any(${status}::text[])` : sql`true`;
}

@Injectable()
export class PersonalGoalRepository {
  async findByIds(
    em: EntityManager,
    viewerId: string | null,
    ids: readonly string[],
  ): Promise<Map<string, UnloggedRow<PersonalGoalRow>>> {
    const found = await rows<FoundGoal>(
      em,
      sql`select ${goalColumns(viewerId)} from ${goals} where g.id = any(${ids}::uuid[])`,
    );
    return new Map(found.map((row) => [row.id, unlogged(row)]));
  }

  async findPagesByOwners(
    em: EntityManager,
    viewer: Viewer | null,
    ownerIds: readonly string[],
    args: PersonalGoalsArguments,
  ): Promise<Map<string, Page<UnloggedRow<PersonalGoalRow>>>> {
    const viewerId = viewer?.personId ?? null;
    const others = ownerIds.filter((id) => id !== viewerId);
    const [own, ofOthers] = await Promise.all([
      viewerId !== null && others.length < ownerIds.length ? this.findOwnPage(em, viewerId, args) : undefined,
      others.length > 0 ? this.findPagesOfOthers(em, viewer, others, args) : [],
    ]);
    const pages = new Map(ofOthers);
    if (viewerId !== null && own) pages.set(viewerId, own);
    return new Map(Array.from(pages, ([ownerId, page]) => [ownerId, page.map(unlogged)]));
  }

  /** How many goals the viewer, who is their owner, has. */
  async countOwn(em: EntityManager, ownerId: string): Promise<number> {
    return (
      (await scalar<number>(
        em,
        sql`select count(*)::int as count from personal_goal_own o where o.owner_id = ${ownerId}`,
      )) ?? 0
    );
  }

  private async findOwnPage(
    em: EntityManager,
    ownerId: string,
    args: PersonalGoalsArguments,
  ): Promise<Page<FoundGoal>> {
    // The subquery makes PostgreSQL read a page from the index of personal_goal_own.
    const found = await rows<FoundGoal & Keyed>(
      em,
      sql`select ${ownSharedColumns}, ${ownerOnlyColumns}, ${byCreation.key}
        from (
          select * from personal_goal_own o
          where o.owner_id = ${ownerId} and ${byCreation.where(args)} order by ${byCreation.orderBy(args)}
        ) o
        join personal_goal g on g.id = o.goal_id
        where ${hasStatus(args)}
        order by ${byCreation.orderBy(args)} limit ${byCreation.limit(args)}`,
    );
    return byCreation.page(found, args);
  }

  private async findPagesOfOthers(
    em: EntityManager,
    viewer: Viewer | null,
    ownerIds: readonly string[],
    args: PersonalGoalsArguments,
  ): Promise<Map<string, Page<FoundGoal>>> {
    // Goals of other organizations are not visible, so the owner's organization is the viewer's.
    const today = sql`(select ${ownerToday(sql`parent.id`, sql`${viewer?.organizationId ?? null}::uuid`)})`;
    const access = accessColumns(viewer?.personId ?? null, today);
    const found = await rows<FoundGoal & Keyed & OfParent>(
      em,
      eachParent(
        ownerIds,
        sql`select ${sharedColumns}, ${access}, ${noOwnerOnlyColumns}, ${byRandomId.key}
          from personal_goal g
          where g.owner_id = parent.id and ${hasStatus(args)} and ${byRandomId.where(args)}
          order by ${byRandomId.orderBy(args)} limit ${byRandomId.limit(args)}`,
      ),
    );
    return byRandomId.pages(found, args);
  }

  /** Goals of others that are shared with the viewer by name, the most recently readable first. */
  async findPageSharedWith(
    em: EntityManager,
    viewerId: string,
    page: PageArguments,
  ): Promise<Page<UnloggedRow<PersonalGoalRow>>> {
    const found = await rows<FoundGoal & Keyed>(
      em,
      sql`select ${goalColumns(viewerId)}, ${byShare.key}
        from goal_share s join (${goals}) on g.id = s.goal_id
        where s.with_id = ${viewerId} and s.ended_at is null and ${byShare.where(page)}
        order by ${byShare.orderBy(page)} limit ${byShare.limit(page)}`,
    );
    return byShare.page(found, page).map(unlogged);
  }

  /** Whether it is one of the viewer's own goals. */
  async isOwn(em: EntityManager, id: string): Promise<boolean> {
    return (await row(em, sql`select 1 from personal_goal_own o where o.goal_id = ${id}`)) !== undefined;
  }

  /** Whether the viewer can see a goal. For the error of a refused change; it reads nothing that has to be logged. */
  async isVisible(em: EntityManager, id: string): Promise<boolean> {
    return (await row(em, sql`select 1 from personal_goal where id = ${id}`)) !== undefined;
  }

  /** Today in the owner's time zone. */
  async findToday(em: EntityManager, ownerId: string): Promise<string> {
    const found = await row<{ today: string }>(
      em,
      sql`select ${ownerToday(sql`p.id`, sql`p.organization_id`)} as today
        from person p where p.id = ${ownerId}`,
    );
    if (!found) throw new Error('The owner of a goal does not exist.');
    return found.today;
  }

  /** One of this owner's goals, locked until the transaction ends. */
  lockOwn(em: EntityManager, ownerId: string, id: string): Promise<OwnGoalRow | undefined> {
    return row<OwnGoalRow>(
      em,
      sql`select ${ownSharedColumns}, ${ownerOnlyColumns}
        from personal_goal g join personal_goal_own o on o.goal_id = g.id
        where g.id = ${id} and g.owner_id = ${ownerId} for no key update of g, o`,
    );
  }

  async insert(
    em: EntityManager,
    owner: { readonly ownerId: string; readonly organizationId: string },
    { area, ...values }: Partial<PersonalGoalValues>,
  ): Promise<OwnGoalRow> {
    const goal = await row<PersonalGoalRow>(
      em,
      sql`${insertInto(PersonalGoalEntity, { ...owner, ...writtenColumns(values) })} returning ${columnsOfOwn('personal_goal')}`,
    );
    if (!goal) throw new Error('An INSERT returned no row.');
    const ownerOnly = await row<OwnerOnlyFields>(
      em,
      sql`${insertInto(PersonalGoalOwnEntity, { ...owner, goalId: goal.id, area })}
        returning ${columns(PersonalGoalOwnEntity, 'personal_goal_own')}`,
    );
    if (!ownerOnly) throw new Error('An INSERT returned no row.');
    return { ...goal, ...ownerOnly };
  }

  /**
   * Changes these fields and increments the version.
   *
   * @param changes only fields that differ: a trigger ends or releases shares when `visibility` is assigned
   */
  async update(
    em: EntityManager,
    goal: OwnGoalRow,
    { area, ...changes }: Partial<PersonalGoalValues>,
  ): Promise<OwnGoalRow> {
    let updated: PersonalGoalRow | undefined = goal;
    if (Object.keys(changes).length > 0) {
      updated = await row<PersonalGoalRow>(
        em,
        sql`${updateOf(PersonalGoalEntity, goal.id, writtenColumns(changes))} returning ${columnsOfOwn('personal_goal')}`,
      );
    }
    if (!updated) throw new Error('A locked goal could not be updated.');
    return { ...updated, ...(await this.setOwnerOnly(em, goal.id, area === undefined ? goal.area : area)) };
  }

  /** For a change of something that belongs to the goal. */
  async incrementVersion(em: EntityManager, goal: OwnGoalRow): Promise<OwnGoalRow> {
    return { ...goal, ...(await this.setOwnerOnly(em, goal.id, goal.area)) };
  }

  async setCurrentMeasure(em: EntityManager, id: string, measureCurrent: number): Promise<void> {
    await affected(em, updateOf(PersonalGoalEntity, id, { measureCurrent }));
  }

  /** @returns false if it does not exist or belongs to another person */
  async delete(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from personal_goal where id = ${id}`)) > 0;
  }

  private async setOwnerOnly(
    em: EntityManager,
    goalId: string,
    area: string | null,
  ): Promise<OwnerOnlyFields> {
    const updated = await row<OwnerOnlyFields>(
      em,
      sql`update personal_goal_own o set area = ${area}, version = version + 1, updated_at = now()
        where o.goal_id = ${goalId} returning ${ownerOnlyColumns}`,
    );
    if (!updated) throw new Error('A locked goal could not be updated.');
    return updated;
  }
}

/** The measure spread over its columns. */
function writtenColumns({ measure, ...values }: Omit<Partial<PersonalGoalValues>, 'area'>) {
  return measure === undefined ? values : { ...values, ...measureColumns(measure) };
}

function measureColumns(measure: MeasureValues | null) {
  return {
    measureUnit: measure?.unit ?? null,
    measureStart: measure?.start ?? null,
    measureCurrent: measure?.current ?? null,
    measureTarget: measure?.target ?? null,
  };
}

function unlogged(row: FoundGoal): UnloggedRow<PersonalGoalRow> {
  return new UnloggedRow(row, row.id, row);
}
