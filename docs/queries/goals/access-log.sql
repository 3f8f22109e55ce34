-- AccessLogRepository in libs/goals/access-log/access-log.repository.ts. Written by npm run schema.

-- record
with seen as (
  select g.id,
    g.owner_id,
    g.organization_id,
    g.visibility = 'SHARED' as is_logged,
    read.kind,
    (now() at time zone app.usable_time_zone((
      select z.time_zone
      from person_time_zone z
      where z.person_id = g.owner_id
    ), (
      select o.time_zone
      from organization o
      where o.id = g.organization_id
    )))::date as day
  from unnest($1::uuid[], $2::text[]) as read(goal_id, kind)
  join personal_goal g on g.id = read.goal_id
),
  written as (
    insert into goal_access (reader_id, goal_id, on_day, kind, owner_id, organization_id)
    select $3::uuid,
      id,
      day,
      kind,
      owner_id,
      organization_id
    from seen
    where is_logged
    order by id,
      kind
    on conflict do nothing
  )
select id as "goalId",
  kind,
  is_logged as "isLogged",
  day
from seen;

-- findPageOfOwner
select a.reader_id as "readerId",
  a.owner_id as "ownerId",
  a.goal_id as "goalId",
  a.on_day as "on",
  a.kind,
  (a.on_day)::text as "cursorKey1",
  (a.reader_id)::text as "cursorKey2",
  (a.goal_id)::text as "cursorKey3",
  (a.kind)::text as "cursorKey4"
from goal_access a
where a.owner_id = $1
  and (a.on_day, a.reader_id, a.goal_id, a.kind) > ($2::date, $3::uuid, $4::uuid, $5::text)
order by a.on_day asc,
  a.reader_id asc,
  a.goal_id asc,
  a.kind asc
limit $6;

select a.reader_id as "readerId",
  a.owner_id as "ownerId",
  a.goal_id as "goalId",
  a.on_day as "on",
  a.kind,
  (a.on_day)::text as "cursorKey1",
  (a.reader_id)::text as "cursorKey2",
  (a.goal_id)::text as "cursorKey3",
  (a.kind)::text as "cursorKey4"
from goal_access a
where a.owner_id = $1
  and true
order by a.on_day desc,
  a.reader_id desc,
  a.goal_id desc,
  a.kind desc
limit $2;

-- findPagesByGoals
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select a.reader_id as "readerId",
    a.owner_id as "ownerId",
    a.goal_id as "goalId",
    a.on_day as "on",
    a.kind,
    (a.on_day)::text as "cursorKey1",
    (a.reader_id)::text as "cursorKey2",
    (a.goal_id)::text as "cursorKey3",
    (a.kind)::text as "cursorKey4"
  from goal_access a
  where a.goal_id = parent.id
    and a.owner_id = $2::uuid
    and (a.on_day, a.reader_id, a.goal_id, a.kind) > ($3::date, $4::uuid, $5::uuid, $6::text)
  order by a.on_day asc,
    a.reader_id asc,
    a.goal_id asc,
    a.kind asc
  limit $7
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select a.reader_id as "readerId",
    a.owner_id as "ownerId",
    a.goal_id as "goalId",
    a.on_day as "on",
    a.kind,
    (a.on_day)::text as "cursorKey1",
    (a.reader_id)::text as "cursorKey2",
    (a.goal_id)::text as "cursorKey3",
    (a.kind)::text as "cursorKey4"
  from goal_access a
  where a.goal_id = parent.id
    and a.owner_id = $2::uuid
    and true
  order by a.on_day desc,
    a.reader_id desc,
    a.goal_id desc,
    a.kind desc
  limit $3
) as page;

-- findPageOfReader
select a.reader_id as "readerId",
  a.owner_id as "ownerId",
  a.goal_id as "goalId",
  a.on_day as "on",
  a.kind,
  (a.on_day)::text as "cursorKey1",
  (a.owner_id)::text as "cursorKey2",
  (a.goal_id)::text as "cursorKey3",
  (a.kind)::text as "cursorKey4"
from goal_access a
where a.reader_id = $1
  and (a.on_day, a.owner_id, a.goal_id, a.kind) > ($2::date, $3::uuid, $4::uuid, $5::text)
order by a.on_day asc,
  a.owner_id asc,
  a.goal_id asc,
  a.kind asc
limit $6;

select a.reader_id as "readerId",
  a.owner_id as "ownerId",
  a.goal_id as "goalId",
  a.on_day as "on",
  a.kind,
  (a.on_day)::text as "cursorKey1",
  (a.owner_id)::text as "cursorKey2",
  (a.goal_id)::text as "cursorKey3",
  (a.kind)::text as "cursorKey4"
from goal_access a
where a.reader_id = $1
  and true
order by a.on_day desc,
  a.owner_id desc,
  a.goal_id desc,
  a.kind desc
limit $2;
