-- TrendWorkerRepository in libs/engagement/trends/worker/trend-worker.repository.ts. Written by npm run schema.

-- due
select period_id as "periodId",
  quarter_id as "quarterId",
  organization_id as "organizationId",
  organization_name as "organizationName",
  period_key as "periodKey",
  granularity,
  starts_on as "startsOn",
  ends_on as "endsOn",
  minimum_group_size as "minimumGroupSize"
from app.due_trend_periods();

-- begin
select app.begin_trend_release($1::uuid) as id;

-- groups
select tree,
  group_id as "groupId",
  parent_id as "parentId",
  name
from app.trend_groups($1::uuid);

-- people
select app.register_trend_participants($1::uuid);

select participant,
  department_id as "departmentId",
  location_id as "locationId",
  manager_id as "managerId"
from app.trend_people($1::uuid)
order by participant;

-- values
select participant,
  value,
  reports
from app.trend_values($1::uuid, $2, $3)
order by participant;

-- askedGroups
select participant,
  department_id as "departmentId",
  location_id as "locationId",
  manager_id as "managerId"
from app.trend_answer_groups($1::uuid, $2);

-- managers
select participant
from app.trend_managers($1::uuid) participant
order by participant;

-- questions
select app.trend_questions($1::uuid, $2) as count;

-- history
select people
from app.trend_history($1::uuid, $2) people;

-- months
select month,
  tree,
  people
from app.trend_months($1::uuid, $2)
order by month;

-- addGroups
select app.add_trend_groups($1::uuid, $2::uuid, $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[]);

-- addCells
select app.add_trend_cells($1::uuid, $2::uuid, $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::double precision[], $9::text[], $10::double precision[], $11::text[], $12::integer[]);

-- addFigurePeople
select app.add_trend_figure_people($1::uuid, $2::uuid, $3, $4, $5::text[], $6::text[]);

-- complete
select app.complete_trend_release($1::uuid, $2::uuid);

select app.forget_trend_months($1::uuid);

select app.destroy_pulse_answers($1::uuid);

-- forgetHistory
select app.forget_trend_history() as count;
