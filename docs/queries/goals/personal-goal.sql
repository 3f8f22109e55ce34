-- PersonalGoalRepository in libs/goals/personal-goals/personal-goal.repository.ts. Written by npm run schema.

-- findByIds
select 'PersonalGoal' as "__typename",
  "g"."id" as "id",
  "g"."owner_id" as "ownerId",
  "g"."title" as "title",
  "g"."why" as "why",
  "g"."horizon" as "horizon",
  "g"."target_on" as "targetOn",
  "g"."status" as "status",
  "g"."visibility" as "visibility",
  "g"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  case when g.owner_id = $1::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
  case when g.owner_id <> $2::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = g.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = g.organization_id
  )))::date end as "accessDay",
  "o"."area" as "area",
  "o"."version" as "version",
  "o"."created_at" as "createdAt",
  "o"."updated_at" as "updatedAt"
from personal_goal g
left join personal_goal_own o on o.goal_id = g.id
where g.id = any($3::uuid[]);

-- findPagesByOwners
select 'PersonalGoal' as "__typename",
  "g"."id" as "id",
  "g"."owner_id" as "ownerId",
  "g"."title" as "title",
  "g"."why" as "why",
  "g"."horizon" as "horizon",
  "g"."target_on" as "targetOn",
  "g"."status" as "status",
  "g"."visibility" as "visibility",
  "g"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay",
  "o"."area" as "area",
  "o"."version" as "version",
  "o"."created_at" as "createdAt",
  "o"."updated_at" as "updatedAt",
  (o.created_at)::text as "cursorKey1",
  (o.goal_id)::text as "cursorKey2"
from (
  select *
  from personal_goal_own o
  where o.owner_id = $1
    and (o.created_at, o.goal_id) > ($2::timestamptz, $3::uuid)
  order by o.created_at asc,
    o.goal_id asc
) o
join personal_goal g on g.id = o.goal_id
where g.status = any($4::text[])
order by o.created_at asc,
  o.goal_id asc
limit $5;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select 'PersonalGoal' as "__typename",
    "g"."id" as "id",
    "g"."owner_id" as "ownerId",
    "g"."title" as "title",
    "g"."why" as "why",
    "g"."horizon" as "horizon",
    "g"."target_on" as "targetOn",
    "g"."status" as "status",
    "g"."visibility" as "visibility",
    "g"."open_to_proposals" as "openToProposals",
    case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
    case when g.owner_id = $2::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
    case when g.owner_id <> $3::uuid and g.visibility <> 'ORGANIZATION' then (
      select (now() at time zone app.usable_time_zone((
        select z.time_zone
        from person_time_zone z
        where z.person_id = parent.id
      ), (
        select o.time_zone
        from organization o
        where o.id = $4::uuid
      )))::date
    ) end as "accessDay",
    null::text as "area",
    null::int as "version",
    null::timestamptz as "createdAt",
    null::timestamptz as "updatedAt",
    ('-infinity'::timestamptz)::text as "cursorKey1",
    (g.id)::text as "cursorKey2"
  from personal_goal g
  where g.owner_id = parent.id
    and true
    and true
  order by '-infinity'::timestamptz desc,
    g.id desc
  limit $5
) as page;

select 'PersonalGoal' as "__typename",
  "g"."id" as "id",
  "g"."owner_id" as "ownerId",
  "g"."title" as "title",
  "g"."why" as "why",
  "g"."horizon" as "horizon",
  "g"."target_on" as "targetOn",
  "g"."status" as "status",
  "g"."visibility" as "visibility",
  "g"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay",
  "o"."area" as "area",
  "o"."version" as "version",
  "o"."created_at" as "createdAt",
  "o"."updated_at" as "updatedAt",
  (o.created_at)::text as "cursorKey1",
  (o.goal_id)::text as "cursorKey2"
from (
  select *
  from personal_goal_own o
  where o.owner_id = $1
    and true
  order by o.created_at asc,
    o.goal_id asc
) o
join personal_goal g on g.id = o.goal_id
where g.status = any($2::text[])
order by o.created_at asc,
  o.goal_id asc
limit $3;

-- countOwn
select count(*)::int as count
from personal_goal_own o
where o.owner_id = $1;

-- findPageSharedWith
select 'PersonalGoal' as "__typename",
  "g"."id" as "id",
  "g"."owner_id" as "ownerId",
  "g"."title" as "title",
  "g"."why" as "why",
  "g"."horizon" as "horizon",
  "g"."target_on" as "targetOn",
  "g"."status" as "status",
  "g"."visibility" as "visibility",
  "g"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  case when g.owner_id = $1::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
  case when g.owner_id <> $2::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = g.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = g.organization_id
  )))::date end as "accessDay",
  "o"."area" as "area",
  "o"."version" as "version",
  "o"."created_at" as "createdAt",
  "o"."updated_at" as "updatedAt",
  (s.became_active_at)::text as "cursorKey1",
  (s.id)::text as "cursorKey2"
from goal_share s
join (personal_goal g left join personal_goal_own o on o.goal_id = g.id) on g.id = s.goal_id
where s.with_id = $3
  and s.ended_at is null
  and (s.became_active_at, s.id) > ($4::timestamptz, $5::uuid)
order by s.became_active_at asc,
  s.id asc
limit $6;

select 'PersonalGoal' as "__typename",
  "g"."id" as "id",
  "g"."owner_id" as "ownerId",
  "g"."title" as "title",
  "g"."why" as "why",
  "g"."horizon" as "horizon",
  "g"."target_on" as "targetOn",
  "g"."status" as "status",
  "g"."visibility" as "visibility",
  "g"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  case when g.owner_id = $1::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
  case when g.owner_id <> $2::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = g.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = g.organization_id
  )))::date end as "accessDay",
  "o"."area" as "area",
  "o"."version" as "version",
  "o"."created_at" as "createdAt",
  "o"."updated_at" as "updatedAt",
  (s.became_active_at)::text as "cursorKey1",
  (s.id)::text as "cursorKey2"
from goal_share s
join (personal_goal g left join personal_goal_own o on o.goal_id = g.id) on g.id = s.goal_id
where s.with_id = $3
  and s.ended_at is null
  and true
order by s.became_active_at desc,
  s.id desc
limit $4;

-- isOwn
select 1
from personal_goal_own o
where o.goal_id = $1;

-- isVisible
select 1
from personal_goal
where id = $1;

-- findToday
select (now() at time zone app.usable_time_zone((
  select z.time_zone
  from person_time_zone z
  where z.person_id = p.id
), (
  select o.time_zone
  from organization o
  where o.id = p.organization_id
)))::date as today
from person p
where p.id = $1;

-- lockOwn
select 'PersonalGoal' as "__typename",
  "g"."id" as "id",
  "g"."owner_id" as "ownerId",
  "g"."title" as "title",
  "g"."why" as "why",
  "g"."horizon" as "horizon",
  "g"."target_on" as "targetOn",
  "g"."status" as "status",
  "g"."visibility" as "visibility",
  "g"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay",
  "o"."area" as "area",
  "o"."version" as "version",
  "o"."created_at" as "createdAt",
  "o"."updated_at" as "updatedAt"
from personal_goal g
join personal_goal_own o on o.goal_id = g.id
where g.id = $1
  and g.owner_id = $2
for no key update of g,
  o;

-- insert
insert into "personal_goal" ("owner_id", "organization_id", "title", "why", "horizon", "target_on", "status", "visibility", "open_to_proposals", "measure_unit", "measure_start", "measure_current", "measure_target")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
returning 'PersonalGoal' as "__typename",
  "personal_goal"."id" as "id",
  "personal_goal"."owner_id" as "ownerId",
  "personal_goal"."title" as "title",
  "personal_goal"."why" as "why",
  "personal_goal"."horizon" as "horizon",
  "personal_goal"."target_on" as "targetOn",
  "personal_goal"."status" as "status",
  "personal_goal"."visibility" as "visibility",
  "personal_goal"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay";

insert into "personal_goal_own" ("owner_id", "organization_id", "goal_id", "area")
values ($1, $2, $3, $4)
returning "personal_goal_own"."area" as "area",
  "personal_goal_own"."version" as "version",
  "personal_goal_own"."created_at" as "createdAt",
  "personal_goal_own"."updated_at" as "updatedAt";

insert into "personal_goal" ("owner_id", "organization_id")
values ($1, $2)
returning 'PersonalGoal' as "__typename",
  "personal_goal"."id" as "id",
  "personal_goal"."owner_id" as "ownerId",
  "personal_goal"."title" as "title",
  "personal_goal"."why" as "why",
  "personal_goal"."horizon" as "horizon",
  "personal_goal"."target_on" as "targetOn",
  "personal_goal"."status" as "status",
  "personal_goal"."visibility" as "visibility",
  "personal_goal"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay";

insert into "personal_goal_own" ("owner_id", "organization_id", "goal_id")
values ($1, $2, $3)
returning "personal_goal_own"."area" as "area",
  "personal_goal_own"."version" as "version",
  "personal_goal_own"."created_at" as "createdAt",
  "personal_goal_own"."updated_at" as "updatedAt";

insert into "personal_goal" ("owner_id", "organization_id", "title", "horizon", "target_on", "visibility", "open_to_proposals", "measure_unit", "measure_start", "measure_current", "measure_target")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
returning 'PersonalGoal' as "__typename",
  "personal_goal"."id" as "id",
  "personal_goal"."owner_id" as "ownerId",
  "personal_goal"."title" as "title",
  "personal_goal"."why" as "why",
  "personal_goal"."horizon" as "horizon",
  "personal_goal"."target_on" as "targetOn",
  "personal_goal"."status" as "status",
  "personal_goal"."visibility" as "visibility",
  "personal_goal"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay";

insert into "personal_goal" ("owner_id", "organization_id", "title", "why", "target_on", "status", "open_to_proposals")
values ($1, $2, $3, $4, $5, $6, $7)
returning 'PersonalGoal' as "__typename",
  "personal_goal"."id" as "id",
  "personal_goal"."owner_id" as "ownerId",
  "personal_goal"."title" as "title",
  "personal_goal"."why" as "why",
  "personal_goal"."horizon" as "horizon",
  "personal_goal"."target_on" as "targetOn",
  "personal_goal"."status" as "status",
  "personal_goal"."visibility" as "visibility",
  "personal_goal"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay";

insert into "personal_goal" ("owner_id", "organization_id", "title", "target_on", "open_to_proposals")
values ($1, $2, $3, $4, $5)
returning 'PersonalGoal' as "__typename",
  "personal_goal"."id" as "id",
  "personal_goal"."owner_id" as "ownerId",
  "personal_goal"."title" as "title",
  "personal_goal"."why" as "why",
  "personal_goal"."horizon" as "horizon",
  "personal_goal"."target_on" as "targetOn",
  "personal_goal"."status" as "status",
  "personal_goal"."visibility" as "visibility",
  "personal_goal"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay";

-- update
update "personal_goal"
set "title" = $1,
  "why" = $2,
  "horizon" = $3,
  "target_on" = $4,
  "status" = $5,
  "visibility" = $6,
  "open_to_proposals" = $7,
  "measure_unit" = $8,
  "measure_start" = $9,
  "measure_current" = $10,
  "measure_target" = $11
where id = $12
returning 'PersonalGoal' as "__typename",
  "personal_goal"."id" as "id",
  "personal_goal"."owner_id" as "ownerId",
  "personal_goal"."title" as "title",
  "personal_goal"."why" as "why",
  "personal_goal"."horizon" as "horizon",
  "personal_goal"."target_on" as "targetOn",
  "personal_goal"."status" as "status",
  "personal_goal"."visibility" as "visibility",
  "personal_goal"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay";

update personal_goal_own o
set area = $1,
  version = version + 1,
  updated_at = now()
where o.goal_id = $2
returning "o"."area" as "area",
  "o"."version" as "version",
  "o"."created_at" as "createdAt",
  "o"."updated_at" as "updatedAt";

update "personal_goal"
set "title" = $1,
  "horizon" = $2,
  "target_on" = $3,
  "visibility" = $4,
  "open_to_proposals" = $5,
  "measure_unit" = $6,
  "measure_start" = $7,
  "measure_current" = $8,
  "measure_target" = $9
where id = $10
returning 'PersonalGoal' as "__typename",
  "personal_goal"."id" as "id",
  "personal_goal"."owner_id" as "ownerId",
  "personal_goal"."title" as "title",
  "personal_goal"."why" as "why",
  "personal_goal"."horizon" as "horizon",
  "personal_goal"."target_on" as "targetOn",
  "personal_goal"."status" as "status",
  "personal_goal"."visibility" as "visibility",
  "personal_goal"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay";

update "personal_goal"
set "title" = $1,
  "why" = $2,
  "target_on" = $3,
  "status" = $4,
  "open_to_proposals" = $5
where id = $6
returning 'PersonalGoal' as "__typename",
  "personal_goal"."id" as "id",
  "personal_goal"."owner_id" as "ownerId",
  "personal_goal"."title" as "title",
  "personal_goal"."why" as "why",
  "personal_goal"."horizon" as "horizon",
  "personal_goal"."target_on" as "targetOn",
  "personal_goal"."status" as "status",
  "personal_goal"."visibility" as "visibility",
  "personal_goal"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay";

update "personal_goal"
set "title" = $1,
  "target_on" = $2,
  "open_to_proposals" = $3
where id = $4
returning 'PersonalGoal' as "__typename",
  "personal_goal"."id" as "id",
  "personal_goal"."owner_id" as "ownerId",
  "personal_goal"."title" as "title",
  "personal_goal"."why" as "why",
  "personal_goal"."horizon" as "horizon",
  "personal_goal"."target_on" as "targetOn",
  "personal_goal"."status" as "status",
  "personal_goal"."visibility" as "visibility",
  "personal_goal"."open_to_proposals" as "openToProposals",
  case when measure_unit is not null then json_build_object('unit', measure_unit, 'start', measure_start, 'current', measure_current, 'target', measure_target) end as "measure",
  'OWNER' as "basis",
  null as "accessDay";

-- incrementVersion
update personal_goal_own o
set area = $1,
  version = version + 1,
  updated_at = now()
where o.goal_id = $2
returning "o"."area" as "area",
  "o"."version" as "version",
  "o"."created_at" as "createdAt",
  "o"."updated_at" as "updatedAt";

-- setCurrentMeasure
update "personal_goal"
set "measure_current" = $1
where id = $2;

-- delete
delete from personal_goal
where id = $1;
