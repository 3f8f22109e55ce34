-- OneToOneRepository in libs/conversations/pairs/one-to-one.repository.ts. Written by npm run schema.

-- findByIds
select "o"."id" as "id",
  "o"."organization_id" as "organizationId",
  "o"."first_id" as "firstId",
  "o"."second_id" as "secondId",
  "o"."started_by_id" as "startedById",
  "o"."line_id" as "lineId",
  "o"."time_zone" as "timeZone",
  "o"."duration_minutes" as "durationMinutes",
  "o"."version" as "version",
  'OneToOne' as "__typename",
  case when leaving.at is null then o.state else 'ENDED' end as "state",
  case when live.has_recurrence then o.recurrence end as "recurrence",
  case when live.has_recurrence then o.recurrence_starts_at end as "startsAt",
  least(o.ended_at, leaving.at) as "endedAt",
  case when o.pause_ends_at > now() then o.paused_until end as "pausedUntil",
  case when o.pause_ends_at > now() then o.pause_ends_at end as "pauseEndsAt",
  case when o.first_id = $1::uuid then o.second_id else o.first_id end as "counterpartId"
from one_to_one o
left join lateral (
  select min(e.ended_at) as at
  from employment_end e
  where e.person_id in (o.first_id, o.second_id)
    and e.ended_at <= now()
) leaving on true
cross join lateral (
  select o.state <> 'ENDED'
    and leaving.at is null
    and not exists (
      select 1
      from reporting_line_end e
      where e.line_id = o.line_id
        and e.ends_at <= now()
    ) as has_recurrence
  offset 0
) live
where o.id = $2::uuid;

select time_zone as "timeZone"
from organization
where id = $1::uuid;

-- findById
select "o"."id" as "id",
  "o"."organization_id" as "organizationId",
  "o"."first_id" as "firstId",
  "o"."second_id" as "secondId",
  "o"."started_by_id" as "startedById",
  "o"."line_id" as "lineId",
  "o"."time_zone" as "timeZone",
  "o"."duration_minutes" as "durationMinutes",
  "o"."version" as "version",
  'OneToOne' as "__typename",
  case when leaving.at is null then o.state else 'ENDED' end as "state",
  case when live.has_recurrence then o.recurrence end as "recurrence",
  case when live.has_recurrence then o.recurrence_starts_at end as "startsAt",
  least(o.ended_at, leaving.at) as "endedAt",
  case when o.pause_ends_at > now() then o.paused_until end as "pausedUntil",
  case when o.pause_ends_at > now() then o.pause_ends_at end as "pauseEndsAt"
from one_to_one o
left join lateral (
  select min(e.ended_at) as at
  from employment_end e
  where e.person_id in (o.first_id, o.second_id)
    and e.ended_at <= now()
) leaving on true
cross join lateral (
  select o.state <> 'ENDED'
    and leaving.at is null
    and not exists (
      select 1
      from reporting_line_end e
      where e.line_id = o.line_id
        and e.ends_at <= now()
    ) as has_recurrence
  offset 0
) live
where o.id = $1::uuid;

select time_zone as "timeZone"
from organization
where id = $1::uuid;

-- lockById
select 1
from one_to_one
where id = $1::uuid
for update;

select "o"."id" as "id",
  "o"."organization_id" as "organizationId",
  "o"."first_id" as "firstId",
  "o"."second_id" as "secondId",
  "o"."started_by_id" as "startedById",
  "o"."line_id" as "lineId",
  "o"."time_zone" as "timeZone",
  "o"."duration_minutes" as "durationMinutes",
  "o"."version" as "version",
  'OneToOne' as "__typename",
  case when leaving.at is null then o.state else 'ENDED' end as "state",
  case when live.has_recurrence then o.recurrence end as "recurrence",
  case when live.has_recurrence then o.recurrence_starts_at end as "startsAt",
  least(o.ended_at, leaving.at) as "endedAt",
  case when o.pause_ends_at > now() then o.paused_until end as "pausedUntil",
  case when o.pause_ends_at > now() then o.pause_ends_at end as "pauseEndsAt"
from one_to_one o
left join lateral (
  select min(e.ended_at) as at
  from employment_end e
  where e.person_id in (o.first_id, o.second_id)
    and e.ended_at <= now()
) leaving on true
cross join lateral (
  select o.state <> 'ENDED'
    and leaving.at is null
    and not exists (
      select 1
      from reporting_line_end e
      where e.line_id = o.line_id
        and e.ends_at <= now()
    ) as has_recurrence
  offset 0
) live
where o.id = $1::uuid;

select time_zone as "timeZone"
from organization
where id = $1::uuid;

-- lockSharedById
select o.id,
  o.organization_id as "organizationId",
  o.first_id as "firstId",
  o.second_id as "secondId",
  case when exists (
    select 1
    from employment_end e
    where e.person_id in (o.first_id, o.second_id)
      and e.ended_at <= now()
  ) then 'ENDED' else o.state end as "state"
from one_to_one o
where o.id = $1::uuid
for share of o;

-- lockSharedByConversation
select o.id,
  o.organization_id as "organizationId",
  o.first_id as "firstId",
  o.second_id as "secondId",
  case when exists (
    select 1
    from employment_end e
    where e.person_id in (o.first_id, o.second_id)
      and e.ended_at <= now()
  ) then 'ENDED' else o.state end as "state"
from one_to_one o
where o.id = (
  select c.one_to_one_id
  from conversation c
  where c.id = $1::uuid
)
for share of o;

-- lockByConversation
select o.id,
  o.organization_id as "organizationId",
  o.first_id as "firstId",
  o.second_id as "secondId",
  case when exists (
    select 1
    from employment_end e
    where e.person_id in (o.first_id, o.second_id)
      and e.ended_at <= now()
  ) then 'ENDED' else o.state end as "state"
from one_to_one o
where o.id = (
  select c.one_to_one_id
  from conversation c
  where c.id = $1::uuid
)
for update of o;

-- lockByPeople
select id
from one_to_one
where first_id = least($1::uuid, $2::uuid)
  and second_id = greatest($3::uuid, $4::uuid)
  and state <> 'ENDED'
for update;

select "o"."id" as "id",
  "o"."organization_id" as "organizationId",
  "o"."first_id" as "firstId",
  "o"."second_id" as "secondId",
  "o"."started_by_id" as "startedById",
  "o"."line_id" as "lineId",
  "o"."time_zone" as "timeZone",
  "o"."duration_minutes" as "durationMinutes",
  "o"."version" as "version",
  'OneToOne' as "__typename",
  case when leaving.at is null then o.state else 'ENDED' end as "state",
  case when live.has_recurrence then o.recurrence end as "recurrence",
  case when live.has_recurrence then o.recurrence_starts_at end as "startsAt",
  least(o.ended_at, leaving.at) as "endedAt",
  case when o.pause_ends_at > now() then o.paused_until end as "pausedUntil",
  case when o.pause_ends_at > now() then o.pause_ends_at end as "pauseEndsAt"
from one_to_one o
left join lateral (
  select min(e.ended_at) as at
  from employment_end e
  where e.person_id in (o.first_id, o.second_id)
    and e.ended_at <= now()
) leaving on true
cross join lateral (
  select o.state <> 'ENDED'
    and leaving.at is null
    and not exists (
      select 1
      from reporting_line_end e
      where e.line_id = o.line_id
        and e.ends_at <= now()
    ) as has_recurrence
  offset 0
) live
where o.id = $1::uuid;

select time_zone as "timeZone"
from organization
where id = $1::uuid;

-- findByCounterparts
select distinct on ("counterpartId") *
from (
  select "o"."id" as "id",
    "o"."organization_id" as "organizationId",
    "o"."first_id" as "firstId",
    "o"."second_id" as "secondId",
    "o"."started_by_id" as "startedById",
    "o"."line_id" as "lineId",
    "o"."time_zone" as "timeZone",
    "o"."duration_minutes" as "durationMinutes",
    "o"."version" as "version",
    'OneToOne' as "__typename",
    case when leaving.at is null then o.state else 'ENDED' end as "state",
    case when live.has_recurrence then o.recurrence end as "recurrence",
    case when live.has_recurrence then o.recurrence_starts_at end as "startsAt",
    least(o.ended_at, leaving.at) as "endedAt",
    case when o.pause_ends_at > now() then o.paused_until end as "pausedUntil",
    case when o.pause_ends_at > now() then o.pause_ends_at end as "pauseEndsAt",
    o.second_id as "counterpartId",
    o.state = 'ENDED' as over
  from one_to_one o
  left join lateral (
    select min(e.ended_at) as at
    from employment_end e
    where e.person_id in (o.first_id, o.second_id)
      and e.ended_at <= now()
  ) leaving on true
  cross join lateral (
    select o.state <> 'ENDED'
      and leaving.at is null
      and not exists (
        select 1
        from reporting_line_end e
        where e.line_id = o.line_id
          and e.ends_at <= now()
      ) as has_recurrence
    offset 0
  ) live
  where o.first_id = $1::uuid
    and o.second_id = any($2::uuid[])
  union all
  select "o"."id" as "id",
    "o"."organization_id" as "organizationId",
    "o"."first_id" as "firstId",
    "o"."second_id" as "secondId",
    "o"."started_by_id" as "startedById",
    "o"."line_id" as "lineId",
    "o"."time_zone" as "timeZone",
    "o"."duration_minutes" as "durationMinutes",
    "o"."version" as "version",
    'OneToOne' as "__typename",
    case when leaving.at is null then o.state else 'ENDED' end as "state",
    case when live.has_recurrence then o.recurrence end as "recurrence",
    case when live.has_recurrence then o.recurrence_starts_at end as "startsAt",
    least(o.ended_at, leaving.at) as "endedAt",
    case when o.pause_ends_at > now() then o.paused_until end as "pausedUntil",
    case when o.pause_ends_at > now() then o.pause_ends_at end as "pauseEndsAt",
    o.first_id as "counterpartId",
    o.state = 'ENDED' as over
  from one_to_one o
  left join lateral (
    select min(e.ended_at) as at
    from employment_end e
    where e.person_id in (o.first_id, o.second_id)
      and e.ended_at <= now()
  ) leaving on true
  cross join lateral (
    select o.state <> 'ENDED'
      and leaving.at is null
      and not exists (
        select 1
        from reporting_line_end e
        where e.line_id = o.line_id
          and e.ends_at <= now()
      ) as has_recurrence
    offset 0
  ) live
  where o.second_id = $3::uuid
    and o.first_id = any($4::uuid[])
) found
order by "counterpartId",
  over,
  id desc;

select time_zone as "timeZone"
from organization
where id = $1::uuid;

-- findPageByPerson
select "o"."id" as "id",
  "o"."organization_id" as "organizationId",
  "o"."first_id" as "firstId",
  "o"."second_id" as "secondId",
  "o"."started_by_id" as "startedById",
  "o"."line_id" as "lineId",
  "o"."time_zone" as "timeZone",
  "o"."duration_minutes" as "durationMinutes",
  "o"."version" as "version",
  'OneToOne' as "__typename",
  case when leaving.at is null then o.state else 'ENDED' end as "state",
  case when live.has_recurrence then o.recurrence end as "recurrence",
  case when live.has_recurrence then o.recurrence_starts_at end as "startsAt",
  least(o.ended_at, leaving.at) as "endedAt",
  case when o.pause_ends_at > now() then o.paused_until end as "pausedUntil",
  case when o.pause_ends_at > now() then o.pause_ends_at end as "pauseEndsAt",
  (o.id)::text as "cursorKey1"
from one_to_one o
left join lateral (
  select min(e.ended_at) as at
  from employment_end e
  where e.person_id in (o.first_id, o.second_id)
    and e.ended_at <= now()
) leaving on true
cross join lateral (
  select o.state <> 'ENDED'
    and leaving.at is null
    and not exists (
      select 1
      from reporting_line_end e
      where e.line_id = o.line_id
        and e.ends_at <= now()
    ) as has_recurrence
  offset 0
) live
where (o.first_id = $1::uuid or o.second_id = $2::uuid)
  and (o.id) > ($3::uuid)
order by o.id asc
limit $4;

select time_zone as "timeZone"
from organization
where id = $1::uuid;

select "o"."id" as "id",
  "o"."organization_id" as "organizationId",
  "o"."first_id" as "firstId",
  "o"."second_id" as "secondId",
  "o"."started_by_id" as "startedById",
  "o"."line_id" as "lineId",
  "o"."time_zone" as "timeZone",
  "o"."duration_minutes" as "durationMinutes",
  "o"."version" as "version",
  'OneToOne' as "__typename",
  case when leaving.at is null then o.state else 'ENDED' end as "state",
  case when live.has_recurrence then o.recurrence end as "recurrence",
  case when live.has_recurrence then o.recurrence_starts_at end as "startsAt",
  least(o.ended_at, leaving.at) as "endedAt",
  case when o.pause_ends_at > now() then o.paused_until end as "pausedUntil",
  case when o.pause_ends_at > now() then o.pause_ends_at end as "pauseEndsAt",
  (o.id)::text as "cursorKey1"
from one_to_one o
left join lateral (
  select min(e.ended_at) as at
  from employment_end e
  where e.person_id in (o.first_id, o.second_id)
    and e.ended_at <= now()
) leaving on true
cross join lateral (
  select o.state <> 'ENDED'
    and leaving.at is null
    and not exists (
      select 1
      from reporting_line_end e
      where e.line_id = o.line_id
        and e.ends_at <= now()
    ) as has_recurrence
  offset 0
) live
where (o.first_id = $1::uuid or o.second_id = $2::uuid)
  and true
order by o.id desc
limit $3;

-- findCounterpart
select p.id,
  p.name,
  exists (
    select 1
    from employment_end e
    where e.person_id = p.id
      and e.ended_at <= now()
  ) as "hasLeft",
  app.open_line_id(v.id, p.id) as "lineId",
  app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = v.id
  ), (
    select o.time_zone
    from organization o
    where o.id = v.organization_id
  )) as "viewerTimeZone"
from person p
join person v on v.id = $1::uuid
where p.id = $2::uuid;

-- insert
insert into "one_to_one" ("organization_id", "line_id", "first_id", "second_id", "started_by_id", "state", "recurrence", "recurrence_starts_at", "time_zone", "duration_minutes")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (first_id, second_id)
where state <> 'ENDED' do nothing
returning id;

-- open
update one_to_one
set state = 'OPEN',
  recurrence = $1,
  recurrence_starts_at = $2,
  time_zone = $3,
  duration_minutes = $4,
  line_id = app.open_line_id(first_id, second_id),
  version = version + 1
where id = $5::uuid;

-- reschedule
update one_to_one
set recurrence = $1,
  recurrence_starts_at = $2,
  time_zone = $3,
  duration_minutes = $4,
  line_id = line_id,
  version = version + 1
where id = $5::uuid
  and (recurrence, recurrence_starts_at, time_zone, duration_minutes, line_id) is distinct from ($6::text, $7::timestamptz, $8::text, $9::integer, line_id);

update one_to_one
set recurrence = $1,
  recurrence_starts_at = $2,
  time_zone = $3,
  duration_minutes = $4,
  line_id = app.open_line_id(first_id, second_id),
  version = version + 1
where id = $5::uuid
  and (recurrence, recurrence_starts_at, time_zone, duration_minutes, line_id) is distinct from ($6::text, $7::timestamptz, $8::text, $9::integer, app.open_line_id(first_id, second_id));

-- end
update one_to_one
set state = 'ENDED',
  ended_at = now(),
  version = version + 1
where id = $1::uuid;

-- pause
update one_to_one
set paused_until = $1::date,
  version = version + 1
where id = $2::uuid;

-- findPauseEnd
select case when app.has_passed(day.ends_at) then 'PAST' when day.ends_at > now() + interval '366 days' then 'FAR' else 'AHEAD' end as "end"
from (
  select app.end_of_day($1::date, $2) as ends_at
) day;

-- decline
insert into one_to_one_decline (one_to_one_id, organization_id, person_id)
values ($1, $2, $3);

-- undoDecline
select app.undo_decline($1::uuid);
