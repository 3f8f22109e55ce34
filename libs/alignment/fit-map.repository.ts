import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql, type Sql } from '#db';

/** The most goals in each list of a fit map: far more than anybody has. */
const MOST = 200;

/** The fit map of a person, of one cycle or of all. */
export interface FitMapKey {
  /** Identifies it in the result. */
  readonly key: string;
  readonly personId: string;
  readonly cycleId: string | null;
}

/** The lists of a fit map that only its person sees, as ids. */
export interface OwnFit {
  /** Own ACTIVE or RESTING goals that no business goal is part of. */
  readonly beyondWorkIds: string[];
  /** Business goals that the person owns or is assigned to and that are a draft or open. */
  readonly carriedIds: string[];
  /** Of those, the ones that are part of none of their goals. */
  readonly unplacedIds: string[];
}

const inCycle = sql`(asked.cycle_id is null or b.cycle_id = asked.cycle_id)`;

/** The ids of business goals `b` that the person of `asked` carries and for which `also` is true, newest first. */
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
  /** By key. Finds only the viewer's own, with the same statement for every person. */
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
