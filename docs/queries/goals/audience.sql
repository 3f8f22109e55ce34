-- AudienceRepository in libs/goals/shares/audience.repository.ts. Written by npm run schema.

-- findByGoals
select g.id as "goalId",
  member."personId",
  member."basis",
  false as "waits",
  member."since",
  case when member.until is not null then ((member.until - interval '1 microsecond') at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = g.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = g.organization_id
  )))::date end as "lastDay"
from personal_goal_own o
join personal_goal g on g.id = o.goal_id
cross join lateral (
  select g.owner_id as "personId",
    'OWNER' as "basis",
    o.created_at as "since",
    null::timestamptz as until
  union all
  select null,
    'ORGANIZATION_WIDE',
    null,
    (
      select e.ended_at
      from employment_end e
      where e.person_id = g.owner_id
    )
  where g.visibility = 'ORGANIZATION'
    and coalesce((
      select e.ended_at
      from employment_end e
      where e.person_id = g.owner_id
    ) > now(), true)
  union all
  select s.with_id,
    'SHARED_BY_NAME',
    s.became_active_at,
    least(s.expires_at, (
      select min(e.ends_at)
      from reporting_line_end e
      where e.line_id = s.line_id
    ), (
      select e.ended_at
      from employment_end e
      where e.person_id = g.owner_id
    ))
  from goal_share s
  where s.goal_id = g.id
    and s.ended_at is null
    and app.own_share_state(s.id) = 'ACTIVE'
) as member
where o.goal_id = any($1::uuid[])
order by g.id,
  member."basis" <> 'OWNER',
  member."basis",
  member."since",
  member."personId";

-- findProposed
with me as (
  select p.id,
    app.usable_time_zone((
      select z.time_zone
      from person_time_zone z
      where z.person_id = p.id
    ), (
      select o.time_zone
      from organization o
      where o.id = p.organization_id
    )) as time_zone,
    (
      select own.created_at
      from personal_goal_own own
      where own.goal_id = $1::uuid
    ) as created_at,
    (
      select e.ended_at
      from employment_end e
      where e.person_id = p.id
    ) as employment_end
  from person p
  where p.id = $2
),
  line as (
    select l.id,
      l.manager_id
    from reporting_line l
    where l.report_id = $3
      and l.kind = 'PRIMARY'
      and l.starts_at <= now()
      and not exists (
        select 1
        from reporting_line_end e
        where e.line_id = l.id
          and e.ends_at <= now()
      )
  ),
  live as (
    select s.with_id,
      app.own_share_state(s.id) as state,
      s.became_active_at,
      s.expires_at,
      s.line_id
    from goal_share s
    where s.goal_id = $4::uuid
      and s.owner_id = $5
      and s.ended_at is null
      and app.own_share_state(s.id) <> 'ENDED'
  ),
  member as (
    select me.id as "personId",
      'OWNER' as "basis",
      false as "waits",
      me.created_at as "since",
      null::timestamptz as until
    from me
    union all
    select null,
      'ORGANIZATION_WIDE',
      false,
      null,
      me.employment_end
    from me
    where $6 = 'ORGANIZATION'
    union all
    select live.with_id,
      'SHARED_BY_NAME',
      live.state = 'PENDING',
      live.became_active_at,
      least(live.expires_at, (
        select min(e.ends_at)
        from reporting_line_end e
        where e.line_id = live.line_id
      ), me.employment_end)
    from me,
      live
    where $7 <> 'PRIVATE'
    union all
    select chosen.id,
      'SHARED_BY_NAME',
      app.own_share_begins_pending(chosen.id),
      null,
      least((
        select min(e.ends_at)
        from reporting_line_end e
        where e.line_id = line.id
      ), me.employment_end)
    from me,
      unnest($8::uuid[]) as chosen(id)
    left join line on line.manager_id = chosen.id
    where $9 <> 'PRIVATE'
      and not exists (
        select 1
        from live
        where live.with_id = chosen.id
      )
  )
select member."personId",
  member."basis",
  member."waits",
  member."since",
  case when member.until is not null then ((member.until - interval '1 microsecond') at time zone me.time_zone)::date end as "lastDay"
from member,
  me
order by "basis" <> 'OWNER',
  "basis",
  "since",
  "personId";
