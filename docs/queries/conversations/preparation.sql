-- PreparationRepository in libs/conversations/preparation/preparation.repository.ts. Written by npm run schema.

-- findByConversations
select a.id as "conversationId",
  a.scheduled_at as "scheduledAt",
  a.held_at as "since",
  floor(extract(epoch from now() - a.held_at) / 86400)::integer as "daysSince",
  a.recurrence,
  a.recurrence_starts_at as "startsAt",
  a.time_zone as "timeZone",
  p.id as "counterpartId",
  p.name as "counterpartName",
  p.hired_on as "counterpartHiredOn",
  exists (
    select 1
    from reporting_line l
    left join lateral (
      select min(r.ends_on) as ends_on,
        min(r.ends_at) as ends_at
      from reporting_line_end r
      where r.line_id = l.id
    ) e on true
    where l.manager_id = a.viewer_id
      and l.report_id = a.counterpart_id
      and l.starts_at <= now()
      and (e.ends_at is null or e.ends_at > now())
  )
  and not exists (
    select 1
    from personal_goal g
    where g.owner_id = a.viewer_id
      and g.visibility = 'ORGANIZATION'
  )
  and not exists (
    select 1
    from goal_share s
    where s.owner_id = a.viewer_id
      and s.with_id = a.counterpart_id
      and s.ended_at is null
      and app.own_share_state(s.id) = 'ACTIVE'
  ) as "hasToShareFirst",
  (
    select count(*)::integer
    from talking_point t
    where t.conversation_id = a.id
      and not t.draft
      and t.author_id = a.viewer_id
  ) as "ownPoints",
  (
    select count(*)::integer
    from talking_point t
    where t.conversation_id = a.id
      and not t.draft
      and t.author_id = a.counterpart_id
  ) as "counterpartPoints",
  (
    select coalesce(json_agg(found), '[]')
    from ((
      select 'CARRIED_POINT' as "kind",
        t.author_id = a.viewer_id as "isOwn",
        t.id as "id",
        t.id as "aboutId",
        t.text as "words",
        null::text as "within",
        null::integer as "days",
        t.times_carried as "count",
        null::date as "on"
      from talking_point t
      where t.conversation_id = a.id
        and not t.discussed
        and t.times_carried > 0
      order by t.times_carried desc,
        t.position,
        t.id
      limit $1
    ) union all (
      select case when app.has_passed(i.late_at) then 'ACTION_ITEM_LATE' else 'ACTION_ITEM_DUE' end as "kind",
        i.owner_id = a.viewer_id as "isOwn",
        i.id as "id",
        i.id as "aboutId",
        i.text as "words",
        null::text as "within",
        case when app.has_passed(i.late_at) then 1 + floor(extract(epoch from now() - i.late_at) / 86400)::integer else floor(extract(epoch from i.late_at - now()) / 86400)::integer end as "days",
        null::integer as "count",
        i.due_on as "on"
      from action_item i
      where i.one_to_one_id = a.one_to_one_id
        and i.state = 'OPEN'
        and i.late_at < greatest(now(), a.scheduled_at) + make_interval(days => $2)
      order by i.late_at,
        i.id
      limit $3
    ) union all (
      select 'BUSINESS_GOAL_UNPLACED' as "kind",
        true as "isOwn",
        b.id as "id",
        b.id as "aboutId",
        b.title as "words",
        null::text as "within",
        null::integer as "days",
        null::integer as "count",
        null::date as "on"
      from business_goal b
      where b.state = 'OPEN'
        and b.id in (
          select own.id
          from business_goal own
          where own.owner_id = a.viewer_id
          union all
          select x.business_goal_id
          from business_goal_assignee x
          where x.person_id = a.viewer_id
        )
        and not exists (
          select 1
          from alignment x
          where x.owner_id = a.viewer_id
            and x.business_goal_id = b.id
            and x.state = 'PLACED'
        )
      order by b.listed_at desc,
        b.id
      limit $4
    ) union all (
      select 'BUSINESS_GOAL_OFF_TRACK' as "kind",
        bool_or(carried.person_id = a.viewer_id) as "isOwn",
        b.id as "id",
        b.id as "aboutId",
        b.title as "words",
        null::text as "within",
        null::integer as "days",
        null::integer as "count",
        null::date as "on"
      from (
        select own.id,
          own.owner_id as person_id
        from business_goal own
        where own.owner_id in (a.viewer_id, a.counterpart_id)
        union all
        select x.business_goal_id,
          x.person_id
        from business_goal_assignee x
        where x.person_id in (a.viewer_id, a.counterpart_id)
      ) carried
      join business_goal b on b.id = carried.id
      where b.state = 'OPEN'
        and b.health = 'OFF_TRACK'
      group by b.id
      order by b.listed_at desc,
        b.id
      limit $5
    ) union all (
      select 'BARRIER_ANSWERED' as "kind",
        b.raised_by_id is not distinct from a.viewer_id as "isOwn",
        b.id as "id",
        b.id as "aboutId",
        b.title as "words",
        null::text as "within",
        null::integer as "days",
        null::integer as "count",
        null::date as "on"
      from (
        select own.id
        from barrier own
        where own.raised_by_id = a.viewer_id
        union
        select s.barrier_id
        from barrier_support s
        where s.person_id = a.viewer_id
      ) followed
      join barrier b on b.id = followed.id
      cross join lateral (
        select max(r.at) as at
        from barrier_answer r
        where r.barrier_id = b.id
          and r.status <> 'INVESTIGATING'
      ) answered
      where answered.at > a.news_since
      order by answered.at desc,
        b.id
      limit $6
    )) found
  ) as "facts",
  (
    select coalesce(json_agg(found), '[]')
    from ((
      select 'GOAL_UPDATED' as "kind",
        g.owner_id = a.viewer_id as "isOwn",
        g.id as "id",
        g.id as "aboutId",
        g.title as "words",
        null::text as "within",
        null::integer as "days",
        news.updates as "count",
        null::date as "on",
        g.id as "goalId",
        g."basis",
        g."accessDay"
      from (
        select g.id,
          g.owner_id,
          g.title,
          g.status,
          case when g.owner_id = $7::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
          case when g.owner_id <> $8::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
            select z.time_zone
            from person_time_zone z
            where z.person_id = g.owner_id
          ), (
            select o.time_zone
            from organization o
            where o.id = g.organization_id
          )))::date end as "accessDay"
        from personal_goal g
        where g.owner_id in (a.viewer_id, a.counterpart_id)
      ) g
      cross join lateral (
        select count(*)::integer as updates,
          max(u.at) as latest
        from goal_update u
        where u.goal_id = g.id
          and u.at > a.news_since
      ) news
      where news.updates > 0
      order by news.latest desc,
        g.id
      limit $9
    ) union all (
      select 'MILESTONE_REACHED' as "kind",
        g.owner_id = a.viewer_id as "isOwn",
        m.id as "id",
        g.id as "aboutId",
        m.title as "words",
        g.title as "within",
        null::integer as "days",
        null::integer as "count",
        m.reached_on as "on",
        g.id as "goalId",
        g."basis",
        g."accessDay"
      from (
        select g.id,
          g.owner_id,
          g.title,
          g.status,
          case when g.owner_id = $10::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
          case when g.owner_id <> $11::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
            select z.time_zone
            from person_time_zone z
            where z.person_id = g.owner_id
          ), (
            select o.time_zone
            from organization o
            where o.id = g.organization_id
          )))::date end as "accessDay"
        from personal_goal g
        where g.owner_id in (a.viewer_id, a.counterpart_id)
      ) g
      join milestone m on m.goal_id = g.id
        and m.reached_at > a.news_since
      order by m.reached_at desc,
        m.id
      limit $12
    ) union all (
      select 'GOAL_QUIET' as "kind",
        true as "isOwn",
        g.id as "id",
        g.id as "aboutId",
        g.title as "words",
        null::text as "within",
        floor(extract(epoch from now() - changed.at) / 86400)::integer as "days",
        null::integer as "count",
        null::date as "on",
        g.id,
        'OWNER',
        null::date
      from personal_goal g
      join personal_goal_own o on o.goal_id = g.id
      cross join lateral (
        select greatest(o.updated_at, (
          select max(u.at)
          from goal_update u
          where u.goal_id = g.id
        ), (
          select max(m.reached_at)
          from milestone m
          where m.goal_id = g.id
        )) as at
      ) changed
      where g.owner_id = a.viewer_id
        and g.status = 'ACTIVE'
        and changed.at < now() - make_interval(days => $13)
      order by changed.at,
        g.id
      limit $14
    )) found
  ) as "goalFacts"
from (
  select c.id,
    c.one_to_one_id,
    c.scheduled_at,
    pair.viewer_id,
    pair.counterpart_id,
    last.held_at,
    coalesce(last.held_at, now() - make_interval(days => $15)) as news_since,
    pair.time_zone,
    pair.recurrence,
    pair.recurrence_starts_at
  from conversation c
  join lateral (
    select $16::uuid as viewer_id,
      case when o.first_id = $17::uuid then o.second_id else o.first_id end as counterpart_id,
      o.time_zone,
      case when live.is_recurring then o.recurrence end as recurrence,
      o.recurrence_starts_at
    from one_to_one o
    cross join lateral (
      select not exists (
        select 1
        from reporting_line_end e
        where e.line_id = o.line_id
          and e.ends_at <= now()
      ) as is_recurring
    ) live
    where o.id = c.one_to_one_id
      and o.state = 'OPEN'
      and not exists (
        select 1
        from employment_end e
        where e.person_id in (o.first_id, o.second_id)
          and e.ended_at <= now()
      )
      and (o.pause_ends_at > now()) is not true
  ) pair on true
  left join lateral (
    select max(held.held_at) as held_at
    from conversation held
    where held.one_to_one_id = c.one_to_one_id
      and held.status = 'HELD'
  ) last on true
  where c.id = any($18::uuid[])
    and c.status = 'PLANNED'
    and c.off_the_record_by_id is null
) a
join person p on p.id = a.counterpart_id;
