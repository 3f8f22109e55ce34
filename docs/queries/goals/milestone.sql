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
update milestone m
set reached_on = $1::date,
  reached_at = case when $2::date is not null then coalesce(m.reached_at, now()) end
where m.id = $3;

-- setOfOwnGoal
delete from milestone
where goal_id = $1
  and not id = any($2::uuid[]);

update milestone m
set title = v.title,
  position = v.position,
  reached_on = v.reached_on,
  reached_at = case when v.reached_on is not null then coalesce(m.reached_at, now()) end
from unnest($1::uuid[], $2::text[], $3::integer[], $4::date[]) as v(id, title, position, reached_on)
where m.id = v.id
  and m.goal_id = $5;

insert into milestone (organization_id, goal_id, owner_id, title, position, reached_on, reached_at)
select $1::uuid,
  $2::uuid,
  $3::uuid,
  v.title,
  v.position,
  v.reached_on,
  case when v.reached_on is not null then now() end
from unnest($4::uuid[], $5::text[], $6::integer[], $7::date[]) as v(id, title, position, reached_on);
