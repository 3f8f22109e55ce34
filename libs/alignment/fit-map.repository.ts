import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql, type Sql } from '#db';

/** The maximum number of goals in each list of a fit map; more than anybody carries. */
const MOST = 200;

/** A person's fit map, of one cycle or of all. */
export interface FitMapKey {
  /** Chosen by the caller. */
  readonly key: string;
  readonly personId: string;
  readonly cycleId: string | null;
}

/** The ids in a fit map that only its person can see. */
export interface OwnFit {
  /** ACTIVE and RESTING goals that contain no business goal. */
  readonly beyondWorkIds: string[];
  /** Unfinished business goals that the person owns or is assigned to. */
  readonly carriedIds: string[];
  /** Carried goals that are part of none of the person's goals. */
  readonly unplacedIds: string[];
}

const inCycle = sql`(asked.cycle_id is null or b.cycle_id = asked.cycle_id)`;

/** Business goals `b` that the person of `asked` carries, newest first, where `also` holds. */
function carried(also: Sql): Sql {
  return sql`array(
    select b.id from business_goal b
    where b.id in (
        select own.id from business_goal own where own.owner_id = asked.person_id
        union all
        select a.business_goal_id from business_goal_assignee a where a.person_id = asked.person_id
      )
      and b.state not in ('ACHIEVED', 'MISSED', 'CANCELLED') and ${inCycle} and ${also}
    order by b.listed_at desc, b.id desc limit ${MOST}
  )`;
}

@Injectable()
export class FitMapRepository {
  /** By key; finds the viewer's only. One statement for any person. */
  async findOwn(em: EntityManager, asked: readonly FitMapKey[]): Promise<Map<string, OwnFit>> {
    const found = await rows<OwnFit & { readonly key: string }>(
      em,
      sql`
        select asked.key,
          array(
            select g.id from personal_goal g
            left join personal_goal_own o on o.goal_id = g.id
            where g.owner_id = asked.person_id and g.status in ('ACTIVE', 'RESTING')
              and (asked.cycle_id is null or exists (select 1 from cycle c where c.id = asked.cycle_id))
              and not exists (
                select 1 from alignment x
                where x.personal_goal_id = g.id and x.state = 'PLACED'
                  and (
                    asked.cycle_id is null
                    or exists (select 1 from business_goal b where b.id = x.business_goal_id and ${inCycle})
                  )
              )
            order by o.created_at desc, g.id desc limit ${MOST}
          ) as "beyondWorkIds",
          ${carried(sql`true`)} as "carriedIds",
          ${carried(sql`not exists (
            select 1 from alignment x
            where x.owner_id = asked.person_id and x.business_goal_id = b.id and x.state = 'PLACED'
          )`)} as "unplacedIds"
        from unnest(
          ${asked.map(({ key }) => key)}::text[], ${asked.map(({ personId }) => personId)}::uuid[],
          ${asked.map(({ cycleId }) => cycleId)}::uuid[]
        ) as asked(key, person_id, cycle_id)
        where asked.person_id = (select app.signed_in_person())`,
    );
    return new Map(found.map(({ key, ...own }) => [key, own]));
  }
}
