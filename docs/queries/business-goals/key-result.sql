-- KeyResultRepository in libs/business-goals/key-results/key-result.repository.ts. Written by npm run schema.

-- findByIds
select "k"."id" as "id",
  "k"."organization_id" as "organizationId",
  "k"."business_goal_id" as "businessGoalId",
  "k"."title" as "title",
  "k"."unit" as "unit",
  "k"."start_value" as "start",
  "k"."current_value" as "current",
  "k"."target_value" as "target",
  "k"."position" as "position"
from key_result k
where k.id = any($1::uuid[]);

-- findByGoals
select "k"."id" as "id",
  "k"."organization_id" as "organizationId",
  "k"."business_goal_id" as "businessGoalId",
  "k"."title" as "title",
  "k"."unit" as "unit",
  "k"."start_value" as "start",
  "k"."current_value" as "current",
  "k"."target_value" as "target",
  "k"."position" as "position"
from key_result k
where k.business_goal_id = any($1::uuid[])
order by k.business_goal_id,
  k.position,
  k.id;

-- deleteOthers
delete from key_result
where business_goal_id = $1
  and id <> all($2::uuid[]);

-- update
update "key_result"
set "title" = given."title",
  "unit" = given."unit",
  "start_value" = given."start_value",
  "current_value" = given."current_value",
  "target_value" = given."target_value",
  "position" = given."position"
from unnest($1::uuid[], $2::text[], $3::text[], $4::double precision[], $5::double precision[], $6::double precision[], $7::integer[]) as given (id, "title", "unit", "start_value", "current_value", "target_value", "position")
where "key_result".id = given.id
  and key_result.business_goal_id = $8;

-- insert
insert into "key_result" ("title", "unit", "start_value", "current_value", "target_value", "position", "business_goal_id", "organization_id")
select given.*
from unnest($1::text[], $2::text[], $3::double precision[], $4::double precision[], $5::double precision[], $6::integer[], $7::uuid[], $8::uuid[]) as given ("title", "unit", "start_value", "current_value", "target_value", "position", "business_goal_id", "organization_id");

-- copy
select "k"."id" as "id",
  "k"."organization_id" as "organizationId",
  "k"."business_goal_id" as "businessGoalId",
  "k"."title" as "title",
  "k"."unit" as "unit",
  "k"."start_value" as "start",
  "k"."current_value" as "current",
  "k"."target_value" as "target",
  "k"."position" as "position"
from key_result k
where k.business_goal_id = any($1::uuid[])
order by k.business_goal_id,
  k.position,
  k.id;

-- setCurrent
select app.set_current_values($1, $2, $3::uuid[], $4::float8[]) as done;
