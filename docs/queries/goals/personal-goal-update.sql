-- PersonalGoalUpdateRepository in libs/goals/updates/personal-goal-update.repository.ts. Written by npm run schema.

-- findByIds
select "u"."id" as "id",
  "u"."goal_id" as "goalId",
  "u"."author_id" as "authorId",
  "u"."text" as "text",
  "u"."measured_value" as "measuredValue",
  "u"."at" as "at",
  case when g.owner_id = $1::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
  case when g.owner_id <> $2::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = g.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = g.organization_id
  )))::date end as "accessDay"
from goal_update u
join personal_goal g on g.id = u.goal_id
where u.id = any($3::uuid[]);

-- findPagesByGoals
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "u"."id" as "id",
    "u"."goal_id" as "goalId",
    "u"."author_id" as "authorId",
    "u"."text" as "text",
    "u"."measured_value" as "measuredValue",
    "u"."at" as "at",
    case when g.owner_id = $2::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
    case when g.owner_id <> $3::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
      select z.time_zone
      from person_time_zone z
      where z.person_id = g.owner_id
    ), (
      select o.time_zone
      from organization o
      where o.id = g.organization_id
    )))::date end as "accessDay",
    (u.at)::text as "cursorKey1",
    (u.id)::text as "cursorKey2"
  from goal_update u
  join personal_goal g on g.id = u.goal_id
  where u.goal_id = parent.id
    and (u.at, u.id) > ($4::timestamptz, $5::uuid)
  order by u.at asc,
    u.id asc
  limit $6
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "u"."id" as "id",
    "u"."goal_id" as "goalId",
    "u"."author_id" as "authorId",
    "u"."text" as "text",
    "u"."measured_value" as "measuredValue",
    "u"."at" as "at",
    case when g.owner_id = $2::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
    case when g.owner_id <> $3::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
      select z.time_zone
      from person_time_zone z
      where z.person_id = g.owner_id
    ), (
      select o.time_zone
      from organization o
      where o.id = g.organization_id
    )))::date end as "accessDay",
    (u.at)::text as "cursorKey1",
    (u.id)::text as "cursorKey2"
  from goal_update u
  join personal_goal g on g.id = u.goal_id
  where u.goal_id = parent.id
    and true
  order by u.at desc,
    u.id desc
  limit $4
) as page;

-- findGoalId
select u.goal_id as "goalId"
from goal_update u
where u.id = $1;

-- findOfOwnGoal
select "u"."id" as "id",
  "u"."goal_id" as "goalId",
  "u"."author_id" as "authorId",
  "u"."text" as "text",
  "u"."measured_value" as "measuredValue",
  "u"."at" as "at"
from goal_update u
where u.id = $1
  and u.goal_id = $2;

-- isLaterMeasured
select 1
from goal_update u
join goal_update later on later.goal_id = u.goal_id
where u.id = $1
  and later.measured_value is not null
  and later.at > u.at
limit 1;

-- insert
insert into "goal_update" ("text", "measured_value", "at", "organization_id", "goal_id", "author_id")
values ($1, $2, $3, $4, $5, $6)
returning "goal_update"."id" as "id",
  "goal_update"."goal_id" as "goalId",
  "goal_update"."author_id" as "authorId",
  "goal_update"."text" as "text",
  "goal_update"."measured_value" as "measuredValue",
  "goal_update"."at" as "at";

insert into "goal_update" ("organization_id", "goal_id", "author_id")
values ($1, $2, $3)
returning "goal_update"."id" as "id",
  "goal_update"."goal_id" as "goalId",
  "goal_update"."author_id" as "authorId",
  "goal_update"."text" as "text",
  "goal_update"."measured_value" as "measuredValue",
  "goal_update"."at" as "at";

insert into "goal_update" ("text", "at", "organization_id", "goal_id", "author_id")
values ($1, $2, $3, $4, $5)
returning "goal_update"."id" as "id",
  "goal_update"."goal_id" as "goalId",
  "goal_update"."author_id" as "authorId",
  "goal_update"."text" as "text",
  "goal_update"."measured_value" as "measuredValue",
  "goal_update"."at" as "at";

insert into "goal_update" ("text", "measured_value", "organization_id", "goal_id", "author_id")
values ($1, $2, $3, $4, $5)
returning "goal_update"."id" as "id",
  "goal_update"."goal_id" as "goalId",
  "goal_update"."author_id" as "authorId",
  "goal_update"."text" as "text",
  "goal_update"."measured_value" as "measuredValue",
  "goal_update"."at" as "at";

insert into "goal_update" ("text", "organization_id", "goal_id", "author_id")
values ($1, $2, $3, $4)
returning "goal_update"."id" as "id",
  "goal_update"."goal_id" as "goalId",
  "goal_update"."author_id" as "authorId",
  "goal_update"."text" as "text",
  "goal_update"."measured_value" as "measuredValue",
  "goal_update"."at" as "at";

-- update
update "goal_update"
set "text" = $1,
  "measured_value" = $2,
  "at" = $3
where id = $4
returning "goal_update"."id" as "id",
  "goal_update"."goal_id" as "goalId",
  "goal_update"."author_id" as "authorId",
  "goal_update"."text" as "text",
  "goal_update"."measured_value" as "measuredValue",
  "goal_update"."at" as "at";

update "goal_update"
set "text" = $1,
  "at" = $2
where id = $3
returning "goal_update"."id" as "id",
  "goal_update"."goal_id" as "goalId",
  "goal_update"."author_id" as "authorId",
  "goal_update"."text" as "text",
  "goal_update"."measured_value" as "measuredValue",
  "goal_update"."at" as "at";

update "goal_update"
set "text" = $1,
  "measured_value" = $2
where id = $3
returning "goal_update"."id" as "id",
  "goal_update"."goal_id" as "goalId",
  "goal_update"."author_id" as "authorId",
  "goal_update"."text" as "text",
  "goal_update"."measured_value" as "measuredValue",
  "goal_update"."at" as "at";

update "goal_update"
set "text" = $1
where id = $2
returning "goal_update"."id" as "id",
  "goal_update"."goal_id" as "goalId",
  "goal_update"."author_id" as "authorId",
  "goal_update"."text" as "text",
  "goal_update"."measured_value" as "measuredValue",
  "goal_update"."at" as "at";

-- delete
delete from goal_update
where id = $1;
