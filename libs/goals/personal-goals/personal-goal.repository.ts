import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, empty, row, rows, sql, type Sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { UnloggedRow, type GoalAccess } from '../access-log/access-log.js';
import {
  type OwnersAlone,
  type OwnGoalRow,
  PersonalGoalEntity,
  type PersonalGoalRow,
  PersonalGoalVersionEntity,
  type PersonalGoalVersionRow,
} from './personal-goal.entity.js';
import type {
  PersonalGoalMeasure,
  GoalVisibility,
  Horizon,
  PersonalGoalStatus,
} from './personal-goal.model.js';

/** How many earlier wordings of a goal are shown. */
const LONGEST_HISTORY = 100;

export interface PersonalGoalsArguments extends PageArguments {
  readonly status?: readonly PersonalGoalStatus[] | null;
}

/** What its owner writes of a goal. */
export interface PersonalGoalValues {
  readonly title: string;
  readonly why: string | null;
  readonly horizon: Horizon | null;
  readonly targetOn: string | null;
  readonly status: PersonalGoalStatus;
  readonly visibility: GoalVisibility;
  readonly openToProposals: boolean;
  readonly measure: PersonalGoalMeasure | null;
}

/** One's own goals (`personal_goal_own o`) newest first, as their index has them. */
const byAge = keyset(
  'personalGoals',
  { expression: sql`o.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`o.goal_id`, type: 'uuid', direction: 'desc' },
);

/** When others wrote theirs is nobody's business: those stand in the order of their random ids. Cursors have one shape. */
const byChance = keyset(
  'personalGoals',
  { expression: sql`'-infinity'::timestamptz`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`g.id`, type: 'uuid', direction: 'desc' },
);

const bySharing = keyset(
  'sharedWithMe',
  { expression: sql`s.became_active_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`s.id`, type: 'uuid', direction: 'desc' },
);

/** Why `viewerId` can see a goal (`personal_goal g`) that the law lets them see: by its visibility, whatever else is true. */
function basisOf(viewerId: string | null): Sql {
  return sql`case when g.owner_id = ${viewerId}::uuid then 'OWNER'
    when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end`;
}

/**
 * The columns of {@link GoalAccess} from `personal_goal g`. The day is the owner's: by their own time zone or else their organization's. It
 * is worked out only where it is logged.
 */
export function accessColumns(viewerId: string | null): Sql {
  return sql`${basisOf(viewerId)} as "basis",
    case when g.owner_id <> ${viewerId}::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone(
      (select z.time_zone from person_time_zone z where z.person_id = g.owner_id),
      (select o.time_zone from organization o where o.id = g.organization_id)
    ))::date end as "accessDay"`;
}

/** What is the owner's alone, of `personal_goal_own o`. */
const own = sql`o.area, o.version, o.created_at as "createdAt", o.updated_at as "updatedAt"`;

/** The same of a goal of somebody else. */
const nothingOfTheirOwn = sql`null::text as area, null::int as version, null::timestamptz as "createdAt", null::timestamptz as "updatedAt"`;

/** Where a {@link PersonalGoalRow} is read from: of a goal of somebody else the law shows no second row. */
const goals = sql`personal_goal g left join personal_goal_own o on o.goal_id = g.id`;

/** The columns of a goal of anybody from {@link goals}. */
function goalColumns(viewerId: string | null): Sql {
  return sql`${sharedColumns}, ${accessColumns(viewerId)}, ${own}`;
}

/** The columns of a goal of the viewer from {@link goals}. */
const ownGoalColumns = (): Sql => sql`${ownSharedColumns}, ${own}`;

/** Of those, the ones from `personal_goal g`. */
const sharedColumns = sql`'PersonalGoal' as "__typename", ${columns(PersonalGoalEntity, 'g')},
    case when g.measure_unit is not null then json_build_object('unit', g.measure_unit, 'start', g.measure_start,
      'current', g.measure_current, 'target', g.measure_target) end as "measure"`;
const ownSharedColumns = sql`${sharedColumns}, 'OWNER' as "basis", null as "accessDay"`;

/** Of `personal_goal g`. */
function withStatus({ status }: PersonalGoalsArguments): Sql {
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
    viewerId: string | null,
    ownerIds: readonly string[],
    args: PersonalGoalsArguments,
  ): Promise<Map<string, Page<UnloggedRow<PersonalGoalRow>>>> {
    const others = ownerIds.filter((id) => id !== viewerId);
    const [own, ofOthers] = await Promise.all([
      viewerId !== null && others.length < ownerIds.length ? this.findOwnPage(em, viewerId, args) : undefined,
      others.length > 0 ? this.findPagesOfOthers(em, viewerId, others, args) : [],
    ]);
    const pages = new Map(ofOthers);
    if (viewerId !== null && own) pages.set(viewerId, own);
    return new Map(Array.from(pages, ([ownerId, page]) => [ownerId, page.map(unlogged)]));
  }

  private async findOwnPage(
    em: EntityManager,
    ownerId: string,
    args: PersonalGoalsArguments,
  ): Promise<Page<FoundGoal>> {
    // Sorting what is theirs alone first, and by itself, is what has a page read from its index.
    const found = await rows<FoundGoal & Keyed>(
      em,
      sql`select ${ownGoalColumns()}, ${byAge.key}
        from (
          select * from personal_goal_own o
          where o.owner_id = ${ownerId} and ${byAge.where(args)} order by ${byAge.orderBy(args)}
        ) o
        join personal_goal g on g.id = o.goal_id
        where ${withStatus(args)}
        order by ${byAge.orderBy(args)} limit ${byAge.limit(args)}`,
    );
    return byAge.page(found, args);
  }

  private async findPagesOfOthers(
    em: EntityManager,
    viewerId: string | null,
    ownerIds: readonly string[],
    args: PersonalGoalsArguments,
  ): Promise<Map<string, Page<FoundGoal>>> {
    const found = await rows<FoundGoal & Keyed & OfParent>(
      em,
      eachParent(
        ownerIds,
        sql`select ${sharedColumns}, ${accessColumns(viewerId)}, ${nothingOfTheirOwn}, ${byChance.key}
          from personal_goal g
          where g.owner_id = parent.id and ${withStatus(args)} and ${byChance.where(args)}
          order by ${byChance.orderBy(args)} limit ${byChance.limit(args)}`,
      ),
    );
    return byChance.pages(found, args);
  }

  /** Goals of others by an ACTIVE share with the viewer, the one that became readable last first. */
  async findPageSharedWith(
    em: EntityManager,
    viewerId: string,
    page: PageArguments,
  ): Promise<Page<UnloggedRow<PersonalGoalRow>>> {
    const found = await rows<FoundGoal & Keyed>(
      em,
      sql`select ${goalColumns(viewerId)}, ${bySharing.key}
        from goal_share s join (${goals}) on g.id = s.goal_id
        where s.with_id = ${viewerId} and s.ended_at is null and ${bySharing.where(page)}
        order by ${bySharing.orderBy(page)} limit ${bySharing.limit(page)}`,
    );
    return bySharing.page(found, page).map(unlogged);
  }

  /** The words of goals, the newest first, by goal; a goal of somebody else is left out. */
  async findHistory(
    em: EntityManager,
    goalIds: readonly string[],
  ): Promise<Map<string, PersonalGoalVersionRow[]>> {
    const found = await rows<{ ownGoalId: string } & (PersonalGoalVersionRow | { version: null })>(
      em,
      sql`select o.goal_id as "ownGoalId", v.*
        from personal_goal_own o
        left join lateral (
          select ${columns(PersonalGoalVersionEntity, 'v')} from personal_goal_version v
          where v.goal_id = o.goal_id order by v.version desc limit ${LONGEST_HISTORY}
        ) v on true
        where o.goal_id = any(${goalIds}::uuid[])`,
    );
    const byGoal = new Map<string, PersonalGoalVersionRow[]>(found.map(({ ownGoalId }) => [ownGoalId, []]));
    for (const one of found) if (one.version !== null) byGoal.get(one.ownGoalId)?.push(one);
    for (const history of byGoal.values()) history.sort((a, b) => b.version - a.version);
    return byGoal;
  }

  /** Whether it is a goal of the viewer. */
  async isOwn(em: EntityManager, id: string): Promise<boolean> {
    return (await row(em, sql`select 1 from personal_goal_own o where o.goal_id = ${id}`)) !== undefined;
  }

  /** Whether the viewer can see a goal. For an answer about a refused change; it shows nothing of the goal. */
  async isVisible(em: EntityManager, id: string): Promise<boolean> {
    return (await row(em, sql`select 1 from personal_goal where id = ${id}`)) !== undefined;
  }

  /** Today where the owner lives. */
  async findToday(em: EntityManager, ownerId: string): Promise<string> {
    const found = await row<{ today: string }>(
      em,
      sql`select (now() at time zone app.usable_time_zone(z.time_zone, o.time_zone))::date as today
        from person p join organization o on o.id = p.organization_id
        left join person_time_zone z on z.person_id = p.id
        where p.id = ${ownerId}`,
    );
    if (!found) throw new Error('The owner of a goal is nobody.');
    return found.today;
  }

  /** The goal if the viewer may change it, kept from others until the transaction ends. */
  lock(em: EntityManager, ownerId: string, id: string): Promise<OwnGoalRow | undefined> {
    return row<OwnGoalRow>(
      em,
      sql`select ${ownGoalColumns()}
        from personal_goal g join personal_goal_own o on o.goal_id = g.id
        where g.id = ${id} and g.owner_id = ${ownerId} for no key update of g, o`,
    );
  }

  async insert(
    em: EntityManager,
    owner: { readonly id: string; readonly organizationId: string },
    values: PersonalGoalValues & { readonly area: string | null },
  ): Promise<OwnGoalRow> {
    const { measure } = values;
    const goal = await row<Omit<PersonalGoalRow, keyof OwnersAlone>>(
      em,
      sql`insert into personal_goal as g (organization_id, owner_id, title, why, horizon, target_on, status, visibility,
          open_to_proposals, measure_unit, measure_start, measure_current, measure_target)
        values (${owner.organizationId}, ${owner.id}, ${values.title}, ${values.why}, ${values.horizon},
          ${values.targetOn}, ${values.status}, ${values.visibility}, ${values.openToProposals},
          ${measure?.unit ?? null}, ${measure?.start ?? null}, ${measure?.current ?? null}, ${measure?.target ?? null})
        returning ${ownSharedColumns}`,
    );
    const ownersAlone =
      goal &&
      (await row<OwnersAlone>(
        em,
        sql`insert into personal_goal_own as o (goal_id, organization_id, owner_id, area)
          values (${goal.id}, ${owner.organizationId}, ${owner.id}, ${values.area}) returning ${own}`,
      ));
    if (!ownersAlone) throw new Error('An INSERT gave back no row.');
    const created = { ...goal, ...ownersAlone };
    await this.insertVersion(em, owner.organizationId, created);
    return created;
  }

  /** Writes `values` over the goal; its version rises by one. */
  async update(
    em: EntityManager,
    organizationId: string,
    goal: OwnGoalRow,
    values: PersonalGoalValues & { readonly area: string | null },
  ): Promise<OwnGoalRow> {
    const { measure } = values;
    // Naming the column at all makes the database settle shares anew.
    const visibility =
      values.visibility === goal.visibility ? empty : sql`visibility = ${values.visibility},`;
    const changed = await row<Omit<PersonalGoalRow, keyof OwnersAlone>>(
      em,
      sql`update personal_goal g set ${visibility}
          title = ${values.title}, why = ${values.why}, horizon = ${values.horizon}, target_on = ${values.targetOn},
          status = ${values.status}, open_to_proposals = ${values.openToProposals},
          measure_unit = ${measure?.unit ?? null}, measure_start = ${measure?.start ?? null},
          measure_current = ${measure?.current ?? null}, measure_target = ${measure?.target ?? null}
        where g.id = ${goal.id} returning ${ownSharedColumns}`,
    );
    if (!changed) throw new Error('A locked goal could not be updated.');
    const updated = { ...changed, ...(await this.raiseVersion(em, goal.id, values.area)) };
    if (updated.title !== goal.title || updated.why !== goal.why) {
      await this.insertVersion(em, organizationId, updated);
    }
    return updated;
  }

  /** For a change of something that belongs to the goal. */
  async touch(em: EntityManager, goal: OwnGoalRow): Promise<OwnGoalRow> {
    return { ...goal, ...(await this.raiseVersion(em, goal.id, goal.area)) };
  }

  async setCurrentMeasure(em: EntityManager, id: string, current: number): Promise<void> {
    await affected(em, sql`update personal_goal set measure_current = ${current} where id = ${id}`);
  }

  /** @returns whether it was deleted: not where it is somebody else's, or not there */
  async remove(em: EntityManager, id: string): Promise<boolean> {
    return (await affected(em, sql`delete from personal_goal where id = ${id}`)) > 0;
  }

  private async raiseVersion(em: EntityManager, goalId: string, area: string | null): Promise<OwnersAlone> {
    const raised = await row<OwnersAlone>(
      em,
      sql`update personal_goal_own o set area = ${area}, version = version + 1, updated_at = now()
        where o.goal_id = ${goalId} returning ${own}`,
    );
    if (!raised) throw new Error('A locked goal could not be updated.');
    return raised;
  }

  private async insertVersion(em: EntityManager, organizationId: string, goal: OwnGoalRow): Promise<void> {
    await affected(
      em,
      sql`insert into personal_goal_version (goal_id, version, organization_id, owner_id, title, why)
        values (${goal.id}, ${goal.version}, ${organizationId}, ${goal.ownerId}, ${goal.title}, ${goal.why})`,
    );
  }
}

/** A goal as it is read, before somebody is shown it. */
type FoundGoal = PersonalGoalRow & GoalAccess;

function unlogged(row: FoundGoal): UnloggedRow<PersonalGoalRow> {
  return new UnloggedRow(row, row.id, row);
}
