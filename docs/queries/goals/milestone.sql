-- MilestoneRepository in libs/goals/milestones/milestone.repository.ts. Written by npm run schema.

-- findByGoals
select "m"."id" as "id",
  "m"."goal_id" as "goalId",
  "m"."title" as "title",
  "m"."reached_on" as "reachedOn",
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
from milestone m
join personal_goal g on g.id = m.goal_id
where m.goal_id = any($3::uuid[])
order by m.goal_id,
  m.position,
  m.id;

-- findGoalId
select m.goal_id as "goalId"
from milestone m
where m.id = $1;

-- findOfOwnGoal
select "m"."id" as "id",
  "m"."goal_id" as "goalId",
  "m"."title" as "title",
  "m"."reached_on" as "reachedOn"
from milestone m
where m.goal_id = $1
order by m.position,
  m.id;

-- setReachedOn
update milestone
set reached_on = $1::date,
  reached_at = case when $2::date is not null then coalesce(milestone.reached_at, now()) end
where id = $3;

-- setOfOwnGoal
delete from milestone
where goal_id = $1
  and not id = any($2::uuid[]);

update "milestone"
set "title" = given."title",
  "reached_on" = given."reached_on",
  "position" = given."position",
  "reached_at" = case when given.reached_on is not null then coalesce(milestone.reached_at, now()) end
from unnest($1::uuid[], $2::text[], $3::date[], $4::integer[]) as given (id, "title", "reached_on", "position")
where "milestone".id = given.id
  and milestone.goal_id = $5;

insert into "milestone" ("goal_id", "owner_id", "organization_id", "title", "reached_on", "position", "reached_at")
select given.*,
  case when given.reached_on is not null then now() end
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::integer[]) as given ("goal_id", "owner_id", "organization_id", "title", "reached_on", "position");
