import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { rows, sql, type Sql } from '#db';
import { lastDayBefore, ownerTimeZone } from '../owner-time-zone.js';
import type { GoalVisibility } from '../personal-goals/personal-goal.model.js';
import type { AudienceMemberRow } from './audience.model.js';
import { wouldBePending } from './pending-share.rules.js';

/** A goal as it could be shared. */
export interface ProposedSharing {
  /** Null for a goal that does not exist yet. */
  readonly goalId: string | null;
  readonly visibility: GoalVisibility;
  readonly personIds: readonly string[];
}

/** The end of the owner's employment, if a last day is recorded: from then on nobody else reads their goals. */
const employmentEnd = sql`(select e.ended_at from employment_end e where e.person_id = g.owner_id)`;

/** The end of the reporting line `lineId`, as far as the viewer may know it. */
const lineEnd = (lineId: Sql) =>
  sql`(select min(e.ends_at) from reporting_line_end e where e.line_id = ${lineId})`;

/**
 * Runs under the owner's own policies, so that an audience holds nothing that the owner may not know, such as the end of a reporting
 * line that follows from the manager's leaving.
 */
@Injectable()
export class AudienceRepository {
  /** By goal; a goal of another person is left out. */
  async findByGoals(
    em: EntityManager,
    goalIds: readonly string[],
  ): Promise<Map<string, AudienceMemberRow[]>> {
    const found = await rows<AudienceMemberRow & { goalId: string }>(
      em,
      sql`select g.id as "goalId", member."personId", member."basis", false as "waits", member."since",
          ${lastDayBefore(sql`member.until`, ownerTimeZone(sql`g.owner_id`, sql`g.organization_id`))} as "lastDay"
        from personal_goal_own o join personal_goal g on g.id = o.goal_id
        cross join lateral (
          select g.owner_id as "personId", 'OWNER' as "basis", o.created_at as "since", null::timestamptz as until
          union all
          select null, 'ORGANIZATION_WIDE', null, ${employmentEnd}
          where g.visibility = 'ORGANIZATION' and coalesce(${employmentEnd} > now(), true)
          union all
          select s.with_id, 'SHARED_BY_NAME', s.became_active_at,
                 least(s.expires_at, ${lineEnd(sql`s.line_id`)}, ${employmentEnd})
          from goal_share s where s.goal_id = g.id and s.ended_at is null and app.own_share_state(s.id) = 'ACTIVE'
        ) as member
        where o.goal_id = any(${goalIds}::uuid[])
        order by g.id, member."basis" <> 'OWNER', member."basis", member."since", member."personId"`,
    );
    return Map.groupBy(found, ({ goalId }) => goalId);
  }

  /** Who could read one of the viewer's goals if it were shared like this. Its live shares remain unless it becomes PRIVATE. */
  findProposed(
    em: EntityManager,
    viewerId: string,
    { goalId, visibility, personIds }: ProposedSharing,
  ): Promise<AudienceMemberRow[]> {
    return rows<AudienceMemberRow>(
      em,
      sql`with me as (
          select p.id, ${ownerTimeZone(sql`p.id`, sql`p.organization_id`)} as time_zone,
                 (select own.created_at from personal_goal_own own where own.goal_id = ${goalId}::uuid) as created_at,
                 (select e.ended_at from employment_end e where e.person_id = p.id) as employment_end
          from person p where p.id = ${viewerId}
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
          select me.id as "personId", 'OWNER' as "basis", false as "waits", me.created_at as "since",
                 null::timestamptz as until
          from me
          union all
          select null, 'ORGANIZATION_WIDE', false, null, me.employment_end from me where ${visibility} = 'ORGANIZATION'
          union all
          select live.with_id, 'SHARED_BY_NAME', live.state = 'PENDING', live.became_active_at,
                 least(live.expires_at, ${lineEnd(sql`live.line_id`)}, me.employment_end)
          from me, live where ${visibility} <> 'PRIVATE'
          union all
          select chosen.id, 'SHARED_BY_NAME', ${wouldBePending(sql`chosen.id`)}, null,
                 least(${lineEnd(sql`line.id`)}, me.employment_end)
          from me, unnest(${personIds}::uuid[]) as chosen(id) left join line on line.manager_id = chosen.id
          where ${visibility} <> 'PRIVATE' and not exists (select 1 from live where live.with_id = chosen.id)
        )
        select member."personId", member."basis", member."waits", member."since",
          ${lastDayBefore(sql`member.until`, sql`me.time_zone`)} as "lastDay"
        from member, me order by "basis" <> 'OWNER', "basis", "since", "personId"`,
    );
  }
}
