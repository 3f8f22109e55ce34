import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql } from '#db';
import type { GoalVisibility } from '../personal-goals/personal-goal.model.js';
import type { AudienceMember } from './audience.model.js';

/** How a goal would be shared. */
export interface Supposed {
  /** Null: a goal that does not exist yet. */
  readonly goalId: string | null;
  readonly visibility: GoalVisibility;
  readonly personIds: readonly string[];
}

/** The day on which the owner's own employment ends, if it is announced: from then on nobody else reads their goals. */
const ownersEnd = sql`(select e.ended_at from employment_end e where e.person_id = g.owner_id)`;

/** The end of the reporting line `lineId`, as far as the viewer may know it. */
const lineEnd = (lineId: ReturnType<typeof sql>) =>
  sql`(select min(e.ends_at) from reporting_line_end e where e.line_id = ${lineId})`;

/**
 * Who can read a goal, worked out under the viewer's own law: it holds nothing that the viewer may not know, such as the end
 * of a line that somebody's leaving brings, or whether a manager has shared goals with others.
 */
@Injectable()
export class AudienceRepository {
  /** By goal, for the viewer's own goals; a goal of somebody else is left out. */
  async findByGoals(em: EntityManager, goalIds: readonly string[]): Promise<Map<string, AudienceMember[]>> {
    const found = await rows<AudienceMember & { goalId: string }>(
      em,
      sql`select g.id as "goalId", member.*
        from personal_goal_own o join personal_goal g on g.id = o.goal_id
        cross join lateral (
          select g.owner_id as "personId", 'OWNER' as "basis", 'ACTIVE' as "state", o.created_at as "since",
                 null::timestamptz as "until"
          union all
          select null, 'ORGANIZATION_WIDE', 'ACTIVE', null, ${ownersEnd}
          where g.visibility = 'ORGANIZATION' and coalesce(${ownersEnd} > now(), true)
          union all
          select s.with_id, 'SHARED_BY_NAME', 'ACTIVE', s.became_active_at,
                 least(s.expires_at, ${lineEnd(sql`s.line_id`)}, ${ownersEnd})
          from goal_share s where s.goal_id = g.id and s.ended_at is null and app.own_share_state(s.id) = 'ACTIVE'
        ) as member
        where o.goal_id = any(${goalIds}::uuid[])
        order by g.id, member."basis" <> 'OWNER', member."basis", member."since", member."personId"`,
    );
    return Map.groupBy(found, ({ goalId }) => goalId);
  }

  /** Who could read a goal of the viewer's if it were shared so. Live shares of the goal stay, as they would. */
  suppose(
    em: EntityManager,
    viewerId: string,
    { goalId, visibility, personIds }: Supposed,
  ): Promise<AudienceMember[]> {
    return rows<AudienceMember>(
      em,
      sql`with me as (
          select p.id, p.organization_id, o.leaders_share_first,
                 (select own.created_at from personal_goal_own own where own.goal_id = ${goalId}::uuid) as created_at,
                 (select e.ended_at from employment_end e where e.person_id = p.id) as gone_at
          from person p join organization o on o.id = p.organization_id where p.id = ${viewerId}
        ),
        line as (
          select l.id, l.manager_id
          from reporting_line l
          where l.report_id = ${viewerId} and l.kind = 'PRIMARY' and l.starts_at <= now()
            and not exists (select 1 from reporting_line_end e where e.line_id = l.id and e.ends_at <= now())
        ),
        live as (
          select s.with_id, app.own_share_state(s.id) as state, s.became_active_at, s.expires_at, s.line_id
          from goal_share s
          where s.goal_id = ${goalId}::uuid and s.owner_id = ${viewerId} and s.ended_at is null
            and app.own_share_state(s.id) <> 'ENDED'
        ),
        member as (
          select me.id as "personId", 'OWNER' as "basis", 'ACTIVE' as "state", me.created_at as "since",
                 null::timestamptz as "until"
          from me
          union all
          select null, 'ORGANIZATION_WIDE', 'ACTIVE', null, me.gone_at from me where ${visibility} = 'ORGANIZATION'
          union all
          select live.with_id, 'SHARED_BY_NAME', live.state, live.became_active_at,
                 least(live.expires_at, ${lineEnd(sql`live.line_id`)}, me.gone_at)
          from me, live where ${visibility} <> 'PRIVATE'
          union all
          select chosen.id, 'SHARED_BY_NAME',
                 case when me.leaders_share_first and line.id is not null
                   and not exists (
                     select 1 from goal_share s
                     where s.owner_id = chosen.id and s.with_id = me.id and s.ended_at is null and app.own_share_state(s.id) = 'ACTIVE'
                   )
                   and not exists (
                     select 1 from personal_goal g where g.owner_id = chosen.id and g.visibility = 'ORGANIZATION'
                   )
                 then 'PENDING' else 'ACTIVE' end,
                 null, least(${lineEnd(sql`line.id`)}, me.gone_at)
          from me, unnest(${personIds}::uuid[]) as chosen(id) left join line on line.manager_id = chosen.id
          where ${visibility} <> 'PRIVATE' and not exists (select 1 from live where live.with_id = chosen.id)
        )
        select * from member order by "basis" <> 'OWNER', "basis", "since", "personId"`,
    );
  }
}
