-- BarrierRepository in libs/barriers/barriers/barrier.repository.ts. Written by npm run schema.

-- findByIds
select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."procedure_area_id" as "procedureAreaId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."proposed_remedy" as "proposedRemedy",
  "b"."hinders_customers" as "hindersCustomers",
  "b"."raised_by_id" as "raisedById",
  "b"."status" as "status",
  "b"."answer_due_on" as "answerDueOn",
  "b"."created_on" as "createdOn",
  (b.status in ('OPEN', 'INVESTIGATING') or coalesce(b.trial_until < (
    select app.today_in((
      select app.organization()
    ))
  ), false)) as "awaitsAnswer",
  coalesce(b.procedure_area_id = any ((
    select app.answerable_area_ids()
  )::uuid[]), false) as "viewerCanAnswer",
  b.status = 'REMOVED'
  or b.trial_kept as "canHaveStories"
from barrier b
where b.id = any($1::uuid[]);

-- findById
select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."procedure_area_id" as "procedureAreaId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."proposed_remedy" as "proposedRemedy",
  "b"."hinders_customers" as "hindersCustomers",
  "b"."raised_by_id" as "raisedById",
  "b"."status" as "status",
  "b"."answer_due_on" as "answerDueOn",
  "b"."created_on" as "createdOn",
  (b.status in ('OPEN', 'INVESTIGATING') or coalesce(b.trial_until < (
    select app.today_in((
      select app.organization()
    ))
  ), false)) as "awaitsAnswer",
  coalesce(b.procedure_area_id = any ((
    select app.answerable_area_ids()
  )::uuid[]), false) as "viewerCanAnswer",
  b.status = 'REMOVED'
  or b.trial_kept as "canHaveStories"
from barrier b
where b.id = $1;

-- findPage
select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."procedure_area_id" as "procedureAreaId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."proposed_remedy" as "proposedRemedy",
  "b"."hinders_customers" as "hindersCustomers",
  "b"."raised_by_id" as "raisedById",
  "b"."status" as "status",
  "b"."answer_due_on" as "answerDueOn",
  "b"."created_on" as "createdOn",
  (b.status in ('OPEN', 'INVESTIGATING') or coalesce(b.trial_until < (
    select app.today_in((
      select app.organization()
    ))
  ), false)) as "awaitsAnswer",
  coalesce(b.procedure_area_id = any ((
    select app.answerable_area_ids()
  )::uuid[]), false) as "viewerCanAnswer",
  b.status = 'REMOVED'
  or b.trial_kept as "canHaveStories",
  (b.created_on)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
from barrier b
where b.organization_id = $1
  and (b.created_on, b.id) > ($2::date, $3::uuid)
  and b.status = any($4::text[])
  and b.procedure_area_id = $5
  and ((b.status in ('OPEN', 'INVESTIGATING') or coalesce(b.trial_until < (
    select app.today_in((
      select app.organization()
    ))
  ), false)) and coalesce(b.procedure_area_id = any ((
    select app.answerable_area_ids()
  )::uuid[]), false)) = $6
  and b.hinders_customers = $7
order by b.created_on asc,
  b.id asc
limit $8;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."procedure_area_id" as "procedureAreaId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."proposed_remedy" as "proposedRemedy",
  "b"."hinders_customers" as "hindersCustomers",
  "b"."raised_by_id" as "raisedById",
  "b"."status" as "status",
  "b"."answer_due_on" as "answerDueOn",
  "b"."created_on" as "createdOn",
  (b.status in ('OPEN', 'INVESTIGATING') or coalesce(b.trial_until < (
    select app.today_in((
      select app.organization()
    ))
  ), false)) as "awaitsAnswer",
  coalesce(b.procedure_area_id = any ((
    select app.answerable_area_ids()
  )::uuid[]), false) as "viewerCanAnswer",
  b.status = 'REMOVED'
  or b.trial_kept as "canHaveStories",
  (b.created_on)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
from barrier b
where b.organization_id = $1
  and true
order by b.created_on desc,
  b.id desc
limit $2;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."procedure_area_id" as "procedureAreaId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."proposed_remedy" as "proposedRemedy",
  "b"."hinders_customers" as "hindersCustomers",
  "b"."raised_by_id" as "raisedById",
  "b"."status" as "status",
  "b"."answer_due_on" as "answerDueOn",
  "b"."created_on" as "createdOn",
  (b.status in ('OPEN', 'INVESTIGATING') or coalesce(b.trial_until < (
    select app.today_in((
      select app.organization()
    ))
  ), false)) as "awaitsAnswer",
  coalesce(b.procedure_area_id = any ((
    select app.answerable_area_ids()
  )::uuid[]), false) as "viewerCanAnswer",
  b.status = 'REMOVED'
  or b.trial_kept as "canHaveStories",
  (b.created_on)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
from barrier b
where b.organization_id = $1
  and (b.created_on, b.id) > ($2::date, $3::uuid)
  and b.status = any($4::text[])
  and ((b.status in ('OPEN', 'INVESTIGATING') or coalesce(b.trial_until < (
    select app.today_in((
      select app.organization()
    ))
  ), false)) and coalesce(b.procedure_area_id = any ((
    select app.answerable_area_ids()
  )::uuid[]), false)) = $5
  and b.hinders_customers = $6
order by b.created_on asc,
  b.id asc
limit $7;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."procedure_area_id" as "procedureAreaId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."proposed_remedy" as "proposedRemedy",
  "b"."hinders_customers" as "hindersCustomers",
  "b"."raised_by_id" as "raisedById",
  "b"."status" as "status",
  "b"."answer_due_on" as "answerDueOn",
  "b"."created_on" as "createdOn",
  (b.status in ('OPEN', 'INVESTIGATING') or coalesce(b.trial_until < (
    select app.today_in((
      select app.organization()
    ))
  ), false)) as "awaitsAnswer",
  coalesce(b.procedure_area_id = any ((
    select app.answerable_area_ids()
  )::uuid[]), false) as "viewerCanAnswer",
  b.status = 'REMOVED'
  or b.trial_kept as "canHaveStories",
  (b.created_on)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
from barrier b
where b.organization_id = $1
  and (b.created_on, b.id) > ($2::date, $3::uuid)
  and b.status = any($4::text[])
  and b.procedure_area_id = $5
  and b.hinders_customers = $6
order by b.created_on asc,
  b.id asc
limit $7;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."procedure_area_id" as "procedureAreaId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."proposed_remedy" as "proposedRemedy",
  "b"."hinders_customers" as "hindersCustomers",
  "b"."raised_by_id" as "raisedById",
  "b"."status" as "status",
  "b"."answer_due_on" as "answerDueOn",
  "b"."created_on" as "createdOn",
  (b.status in ('OPEN', 'INVESTIGATING') or coalesce(b.trial_until < (
    select app.today_in((
      select app.organization()
    ))
  ), false)) as "awaitsAnswer",
  coalesce(b.procedure_area_id = any ((
    select app.answerable_area_ids()
  )::uuid[]), false) as "viewerCanAnswer",
  b.status = 'REMOVED'
  or b.trial_kept as "canHaveStories",
  (b.created_on)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
from barrier b
where b.organization_id = $1
  and (b.created_on, b.id) > ($2::date, $3::uuid)
  and b.status = any($4::text[])
  and b.hinders_customers = $5
order by b.created_on asc,
  b.id asc
limit $6;

-- insert
insert into "barrier" ("organization_id", "procedure_area_id", "title", "description", "proposed_remedy", "hinders_customers", "raised_by_id")
values ($1, $2, $3, $4, $5, $6, $7)
returning id;

insert into "barrier" ("organization_id", "title", "description", "hinders_customers", "raised_by_id")
values ($1, $2, $3, $4, $5)
returning id;

insert into "barrier" ("organization_id", "procedure_area_id", "description", "proposed_remedy", "raised_by_id")
values ($1, $2, $3, $4, $5)
returning id;

insert into "barrier" ("organization_id", "description", "raised_by_id")
values ($1, $2, $3)
returning id;

-- raiseNameless
select app.raise_nameless_barrier($1, $2, $3, $4, $5) as "appearsOn";

-- delete
delete from barrier
where id = $1;

-- assign
update barrier
set procedure_area_id = $1
where id = $2;

-- lock
select b.procedure_area_id as "procedureAreaId"
from barrier b
where b.id = $1
for no key update;

-- findToday
select app.today_in($1::uuid) as today;
