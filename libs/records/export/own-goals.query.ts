import { sql, type Sql } from '#db';
import { day, instant } from './json.sql.js';

/**
 * The person's goals, oldest first, as one JSON array. What is in it can be imported elsewhere (docs/export-format.md), so it names nobody and
 * nothing of this organization.
 */
export function ownGoals(personId: Sql): Sql {
  return sql`(
    select coalesce(json_agg(json_build_object(
      'id', g.id,
      'title', g.title,
      'why', g.why,
      'area', o.area,
      'horizon', g.horizon,
      'targetOn', ${day(sql`g.target_on`)},
      'status', g.status,
      'measure', case when g.measure_unit is not null then json_build_object(
        'unit', g.measure_unit, 'start', g.measure_start, 'current', g.measure_current, 'target', g.measure_target) end,
      'version', o.version,
      'createdAt', ${instant(sql`o.created_at`)},
      'updatedAt', ${instant(sql`o.updated_at`)},
      'milestones', (
        select coalesce(json_agg(json_build_object('title', m.title, 'reachedOn', ${day(sql`m.reached_on`)})
          order by m.position, m.id), '[]')
        from milestone m where m.goal_id = g.id),
      'updates', (
        select coalesce(json_agg(json_build_object(
          'at', ${instant(sql`u.at`)}, 'text', u.text, 'measuredValue', u.measured_value) order by u.at, u.id), '[]')
        from goal_update u where u.goal_id = g.id),
      'history', (
        select coalesce(json_agg(json_build_object(
          'version', v.version, 'at', ${instant(sql`v.at`)}, 'title', v.title, 'why', v.why) order by v.version), '[]')
        from personal_goal_version v where v.goal_id = g.id)
    ) order by o.created_at, o.goal_id), '[]')
    from personal_goal_own o join personal_goal g on g.id = o.goal_id
    where o.owner_id = ${personId}
  )`;
}

/** Who sees each goal, and which business goals are part of it: what belongs to this organization. In the order of {@link ownGoals}. */
export function sharing(personId: Sql): Sql {
  return sql`(
    select coalesce(json_agg(json_build_object(
      'goalId', g.id,
      'goal', g.title,
      'visibility', g.visibility,
      'openToProposals', g.open_to_proposals,
      'shares', (
        select coalesce(json_agg(json_build_object(
          'with', p.name, 'state', app.own_share_state(s.id), 'includesPast', s.includes_past,
          'createdAt', ${instant(sql`t.created_at`)}, 'activeSince', ${instant(sql`s.became_active_at`)},
          'expiresAt', ${instant(sql`s.expires_at`)}, 'endedAt', ${instant(sql`s.ended_at`)}) order by t.created_at, s.id), '[]')
        from goal_share s join goal_share_own t on t.share_id = s.id left join person p on p.id = s.with_id
        where s.goal_id = g.id and s.owner_id = ${personId}),
      'businessGoals', (
        select coalesce(json_agg(json_build_object(
          'businessGoal', b.title, 'how', a.how, 'proposedBy', p.name, 'placedAt', ${instant(sql`n.created_at`)}) order by n.created_at, a.id), '[]')
        from alignment a join alignment_own n on n.alignment_id = a.id
        left join business_goal b on b.id = a.business_goal_id
        left join person p on p.id = a.proposed_by_id and p.id <> ${personId}
        where a.personal_goal_id = g.id and a.state = 'PLACED')
    ) order by o.created_at, o.goal_id), '[]')
    from personal_goal_own o join personal_goal g on g.id = o.goal_id
    where o.owner_id = ${personId}
  )`;
}

/** Who read the person's goals, and which goals of others the person read, without what is in those. */
export function accessLog(personId: Sql): Sql {
  return sql`json_build_object(
    'readsOfMyGoals', (
      select coalesce(json_agg(json_build_object(
        'on', ${day(sql`a.on_day`)}, 'reader', p.name, 'kind', a.kind, 'goalId', a.goal_id, 'goal', g.title)
        order by a.on_day, a.reader_id, a.goal_id, a.kind), '[]')
      from goal_access a left join person p on p.id = a.reader_id
      left join personal_goal g on g.id = a.goal_id and g.owner_id = ${personId}
      where a.owner_id = ${personId}),
    'myReads', (
      select coalesce(json_agg(json_build_object('on', ${day(sql`a.on_day`)}, 'owner', p.name, 'kind', a.kind)
        order by a.on_day, a.owner_id, a.goal_id, a.kind), '[]')
      from goal_access a left join person p on p.id = a.owner_id
      where a.reader_id = ${personId})
  )`;
}
