-- PersonalGoalShareRepository in libs/goals/shares/personal-goal-share.repository.ts. Written by npm run schema.

-- findByIds
select "s"."id" as "id",
  "s"."goal_id" as "goalId",
  "s"."with_id" as "withId",
  "s"."includes_past" as "includesPast",
  "s"."became_active_at" as "activeSince",
  app.own_share_state(s.id) as "state",
  case when s.expires_at is not null then ((s.expires_at - interval '1 microsecond') at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = s.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = s.organization_id
  )))::date end as "expiresOn",
  t.created_at as "createdAt"
from goal_share s
left join goal_share_own t on t.share_id = s.id
where s.id = any($1::uuid[]);

-- findById
select "s"."id" as "id",
  "s"."goal_id" as "goalId",
  "s"."with_id" as "withId",
  "s"."includes_past" as "includesPast",
  "s"."became_active_at" as "activeSince",
  app.own_share_state(s.id) as "state",
  case when s.expires_at is not null then ((s.expires_at - interval '1 microsecond') at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = s.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = s.organization_id
  )))::date end as "expiresOn",
  t.created_at as "createdAt"
from goal_share s
left join goal_share_own t on t.share_id = s.id
where s.id = any($1::uuid[]);

-- findPagesByGoals
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "s"."id" as "id",
    "s"."goal_id" as "goalId",
    "s"."with_id" as "withId",
    "s"."includes_past" as "includesPast",
    "s"."became_active_at" as "activeSince",
    app.own_share_state(s.id) as "state",
    case when s.expires_at is not null then ((s.expires_at - interval '1 microsecond') at time zone app.usable_time_zone((
      select z.time_zone
      from person_time_zone z
      where z.person_id = s.owner_id
    ), (
      select o.time_zone
      from organization o
      where o.id = s.organization_id
    )))::date end as "expiresOn",
    t.created_at as "createdAt",
    (t.created_at)::text as "cursorKey1",
    (s.id)::text as "cursorKey2"
  from goal_share s
  join goal_share_own t on t.share_id = s.id
  where s.goal_id = parent.id
    and s.owner_id = $2::uuid
    and (t.created_at, s.id) > ($3::timestamptz, $4::uuid)
  order by t.created_at asc,
    s.id asc
  limit $5
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "s"."id" as "id",
    "s"."goal_id" as "goalId",
    "s"."with_id" as "withId",
    "s"."includes_past" as "includesPast",
    "s"."became_active_at" as "activeSince",
    app.own_share_state(s.id) as "state",
    case when s.expires_at is not null then ((s.expires_at - interval '1 microsecond') at time zone app.usable_time_zone((
      select z.time_zone
      from person_time_zone z
      where z.person_id = s.owner_id
    ), (
      select o.time_zone
      from organization o
      where o.id = s.organization_id
    )))::date end as "expiresOn",
    t.created_at as "createdAt",
    (t.created_at)::text as "cursorKey1",
    (s.id)::text as "cursorKey2"
  from goal_share s
  join goal_share_own t on t.share_id = s.id
  where s.goal_id = parent.id
    and s.owner_id = $2::uuid
    and true
  order by t.created_at desc,
    s.id desc
  limit $3
) as page;

-- findLivePage
select "s"."id" as "id",
  "s"."goal_id" as "goalId",
  "s"."with_id" as "withId",
  "s"."includes_past" as "includesPast",
  "s"."became_active_at" as "activeSince",
  app.own_share_state(s.id) as "state",
  case when s.expires_at is not null then ((s.expires_at - interval '1 microsecond') at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = s.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = s.organization_id
  )))::date end as "expiresOn",
  t.created_at as "createdAt",
  (t.created_at)::text as "cursorKey1",
  (s.id)::text as "cursorKey2"
from goal_share s
join goal_share_own t on t.share_id = s.id
where s.owner_id = $1
  and s.ended_at is null
  and app.own_share_state(s.id) <> 'ENDED'
  and (t.created_at, s.id) > ($2::timestamptz, $3::uuid)
order by t.created_at asc,
  s.id asc
limit $4;

select "s"."id" as "id",
  "s"."goal_id" as "goalId",
  "s"."with_id" as "withId",
  "s"."includes_past" as "includesPast",
  "s"."became_active_at" as "activeSince",
  app.own_share_state(s.id) as "state",
  case when s.expires_at is not null then ((s.expires_at - interval '1 microsecond') at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = s.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = s.organization_id
  )))::date end as "expiresOn",
  t.created_at as "createdAt",
  (t.created_at)::text as "cursorKey1",
  (s.id)::text as "cursorKey2"
from goal_share s
join goal_share_own t on t.share_id = s.id
where s.owner_id = $1
  and s.ended_at is null
  and app.own_share_state(s.id) <> 'ENDED'
  and true
order by t.created_at desc,
  s.id desc
limit $2;

-- findUnended
select "s"."id" as "id",
  "s"."goal_id" as "goalId",
  "s"."with_id" as "withId",
  "s"."includes_past" as "includesPast",
  "s"."became_active_at" as "activeSince",
  app.own_share_state(s.id) as "state",
  case when s.expires_at is not null then ((s.expires_at - interval '1 microsecond') at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = s.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = s.organization_id
  )))::date end as "expiresOn",
  t.created_at as "createdAt"
from goal_share s
left join goal_share_own t on t.share_id = s.id
where s.goal_id = $1
  and s.with_id = $2
  and s.ended_at is null
for no key update of s;

-- lock
select "s"."id" as "id",
  "s"."goal_id" as "goalId",
  "s"."with_id" as "withId",
  "s"."includes_past" as "includesPast",
  "s"."became_active_at" as "activeSince",
  app.own_share_state(s.id) as "state",
  case when s.expires_at is not null then ((s.expires_at - interval '1 microsecond') at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = s.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = s.organization_id
  )))::date end as "expiresOn",
  t.created_at as "createdAt"
from goal_share s
left join goal_share_own t on t.share_id = s.id
where s.id = $1
for no key update of s;

-- insert
insert into "goal_share" ("organization_id", "owner_id", "goal_id", "with_id", "includes_past", "waiting", "expires_at")
values ($1, $2, $3, $4, $5, $6, $7)
returning "goal_share"."id" as "id",
  "goal_share"."goal_id" as "goalId",
  "goal_share"."with_id" as "withId",
  "goal_share"."includes_past" as "includesPast",
  "goal_share"."became_active_at" as "activeSince",
  app.own_share_state(goal_share.id) as "state",
  case when goal_share.expires_at is not null then ((goal_share.expires_at - interval '1 microsecond') at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = goal_share.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = goal_share.organization_id
  )))::date end as "expiresOn",
  now() as "createdAt";

-- change
update "goal_share"
set "includes_past" = $1,
  "waiting" = $2,
  "expires_at" = $3
where id = $4;

update "goal_share"
set "includes_past" = $1,
  "expires_at" = $2
where id = $3;

update "goal_share"
set "includes_past" = $1,
  "waiting" = $2
where id = $3;

update "goal_share"
set "includes_past" = $1
where id = $2;

-- end
update goal_share
set ended_at = now()
where id = $1
  and ended_at is null;

-- findRecipients
select p.id,
  exists (
    select 1
    from employment_end e
    where e.person_id = p.id
      and e.ended_at <= now()
  ) as "hasLeft"
from person p
where p.id = any($1::uuid[]);

-- findEndOfDay
select d.at,
  d.at <= now() as "isPast"
from person p
cross join lateral (
  select app.end_of_day($1::date, app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = p.id
  ), (
    select o.time_zone
    from organization o
    where o.id = p.organization_id
  ))) as at
) d
where p.id = $2;
