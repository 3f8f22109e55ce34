import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { columns, rows, sql, type Sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { Covered } from './access-log.js';
import { PersonalGoalEntity, type PersonalGoalRow } from './personal-goal.entity.js';
import type { PersonalGoalStatus } from './personal-goal.model.js';

export interface PersonalGoalsArguments extends PageArguments {
  readonly status?: readonly PersonalGoalStatus[] | null;
}

/** One's own goals newest first. When others wrote theirs is nobody's business: those stand in the order of their random ids. */
const byAge = keyset(
  { expression: sql`coalesce(o.created_at, '-infinity')`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`g.id`, type: 'uuid', direction: 'desc' },
);

const bySharing = keyset(
  { expression: sql`s.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`s.id`, type: 'uuid', direction: 'desc' },
);

/** Why `viewerId` can see a goal (`personal_goal g`) that the law lets them see: by its visibility, whatever else is true. */
export function basisOf(viewerId: string | null): Sql {
  return sql`case when g.owner_id = ${viewerId}::uuid then 'OWNER'
    when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_WITH_YOU' end`;
}

/** The columns of {@link PersonalGoalRow} from `personal_goal g`. */
export function goalColumns(viewerId: string | null): Sql {
  return sql`${columns(PersonalGoalEntity, 'g')},
    case when g.measure_unit is not null then json_build_object('unit', g.measure_unit, 'start', g.measure_start,
      'current', g.measure_current, 'target', g.measure_target) end as "measure",
    ${basisOf(viewerId)} as "basis"`;
}

@Injectable()
export class PersonalGoalRepository {
  async findByIds(
    em: EntityManager,
    viewerId: string | null,
    ids: readonly string[],
  ): Promise<Map<string, Covered<PersonalGoalRow>>> {
    const found = await rows<PersonalGoalRow>(
      em,
      sql`select ${goalColumns(viewerId)} from personal_goal g where g.id = any(${ids}::uuid[])`,
    );
    return new Map(found.map((row) => [row.id, cover(row)]));
  }

  async findPagesByOwners(
    em: EntityManager,
    viewerId: string | null,
    ownerIds: readonly string[],
    args: PersonalGoalsArguments,
  ): Promise<Map<string, Page<Covered<PersonalGoalRow>>>> {
    const status = args.status ? sql`g.status = any(${args.status}::text[])` : sql`true`;
    const found = await rows<PersonalGoalRow & Keyed & OfParent>(
      em,
      eachParent(
        ownerIds,
        sql`select ${goalColumns(viewerId)}, ${byAge.key}
          from personal_goal g left join personal_goal_own o on o.goal_id = g.id
          where g.owner_id = parent.id and ${status} and ${byAge.after(args)}
          order by ${byAge.order} limit ${byAge.limit(args)}`,
      ),
    );
    const pages = byAge.pages(found, args);
    return new Map(Array.from(pages, ([ownerId, page]) => [ownerId, page.map(cover)]));
  }

  /** Goals of others by an ACTIVE share with the viewer, the newest share first. */
  async findPageSharedWith(
    em: EntityManager,
    viewerId: string,
    page: PageArguments,
  ): Promise<Page<Covered<PersonalGoalRow>>> {
    const found = await rows<PersonalGoalRow & Keyed>(
      em,
      sql`select ${goalColumns(viewerId)}, ${bySharing.key}
        from goal_share s join personal_goal g on g.id = s.goal_id
        where s.with_id = ${viewerId} and ${bySharing.after(page)}
        order by ${bySharing.order} limit ${bySharing.limit(page)}`,
    );
    return bySharing.page(found, page).map(cover);
  }
}

function cover(row: PersonalGoalRow): Covered<PersonalGoalRow> {
  return new Covered(row, row.id, row.basis);
}
