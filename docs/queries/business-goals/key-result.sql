-- KeyResultRepository in libs/business-goals/key-results/key-result.repository.ts. Written by npm run schema.

-- findByIds
select "k"."id" as "id",
  "k"."business_goal_id" as "businessGoalId",
  "k"."title" as "title",
  "k"."unit" as "unit",
  "k"."start_value" as "start",
  "k"."current_value" as "current",
  "k"."target_value" as "target"
from key_result k
where k.id = any($1::uuid[]);

-- findByGoals
select "k"."id" as "id",
  "k"."business_goal_id" as "businessGoalId",
  "k"."title" as "title",
  "k"."unit" as "unit",
  "k"."start_value" as "start",
  "k"."current_value" as "current",
  "k"."target_value" as "target"
from key_result k
where k.business_goal_id = any($1::uuid[])
order by k.business_goal_id,
  k.position,
  k.id;

-- keepOnly
delete from key_result
where business_goal_id = $1
  and id <> all($2::uuid[]);

-- update
update key_result k
set title = v.title,
  unit = v.unit,
  start_value = v.start_value,
  current_value = v.current_value,
  target_value = v.target_value,
  position = v.position
from unnest($1::uuid[], $2::text[], $3::text[], $4::float8[], $5::float8[], $6::float8[], $7::integer[]) as v(id, title, unit, start_value, current_value, target_value, position)
where k.id = v.id
  and k.business_goal_id = $8;

-- insert
insert into key_result (organization_id, business_goal_id, title, unit, start_value, current_value, target_value, position)
select $1::uuid,
  $2::uuid,
  v.*
from unnest($3::text[], $4::text[], $5::float8[], $6::float8[], $7::float8[], $8::integer[]) as v;

-- setCurrent
select app.set_current_values($1, $2, $3::uuid[], $4::float8[]) as done;
