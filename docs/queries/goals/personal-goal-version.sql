-- PersonalGoalVersionRepository in libs/goals/personal-goals/personal-goal-version.repository.ts. Written by npm run schema.

-- findPagesByGoals
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "v"."goal_id" as "goalId",
    "v"."version" as "version",
    "v"."title" as "title",
    "v"."why" as "why",
    "v"."at" as "at",
    (v.version)::text as "cursorKey1"
  from personal_goal_version v
  where v.goal_id = parent.id
    and (v.version) > ($2::integer)
  order by v.version asc
  limit $3
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "v"."goal_id" as "goalId",
    "v"."version" as "version",
    "v"."title" as "title",
    "v"."why" as "why",
    "v"."at" as "at",
    (v.version)::text as "cursorKey1"
  from personal_goal_version v
  where v.goal_id = parent.id
    and true
  order by v.version desc
  limit $2
) as page;

-- insert
insert into "personal_goal_version" ("goal_id", "version", "organization_id", "owner_id", "title", "why")
values ($1, $2, $3, $4, $5, $6);
