-- BarrierAnswerRepository in libs/barriers/barriers/barrier-answer.repository.ts. Written by npm run schema.

-- findLastByBarriers
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "a"."id" as "id",
    "a"."organization_id" as "organizationId",
    "a"."barrier_id" as "barrierId",
    "a"."status" as "status",
    "a"."text" as "text",
    "a"."got_it_wrong" as "gotItWrong",
    "a"."loss_last_happened" as "lossLastHappened",
    "a"."losses_a_year" as "lossesAYear",
    "a"."cost_to_others" as "costToOthers",
    "a"."required_by_law" as "requiredByLaw",
    "a"."trial_until" as "trialUntil",
    "a"."by_id" as "byId",
    "a"."at" as "at"
  from barrier_answer a
  where a.barrier_id = parent.id
  order by a.at desc,
    a.id desc
  limit 1
) as page;

-- findPagesByBarriers
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "a"."id" as "id",
    "a"."organization_id" as "organizationId",
    "a"."barrier_id" as "barrierId",
    "a"."status" as "status",
    "a"."text" as "text",
    "a"."got_it_wrong" as "gotItWrong",
    "a"."loss_last_happened" as "lossLastHappened",
    "a"."losses_a_year" as "lossesAYear",
    "a"."cost_to_others" as "costToOthers",
    "a"."required_by_law" as "requiredByLaw",
    "a"."trial_until" as "trialUntil",
    "a"."by_id" as "byId",
    "a"."at" as "at",
    (a.at)::text as "cursorKey1",
    (a.id)::text as "cursorKey2"
  from barrier_answer a
  where a.barrier_id = parent.id
    and (a.at, a.id) > ($2::timestamptz, $3::uuid)
  order by a.at asc,
    a.id asc
  limit $4
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "a"."id" as "id",
    "a"."organization_id" as "organizationId",
    "a"."barrier_id" as "barrierId",
    "a"."status" as "status",
    "a"."text" as "text",
    "a"."got_it_wrong" as "gotItWrong",
    "a"."loss_last_happened" as "lossLastHappened",
    "a"."losses_a_year" as "lossesAYear",
    "a"."cost_to_others" as "costToOthers",
    "a"."required_by_law" as "requiredByLaw",
    "a"."trial_until" as "trialUntil",
    "a"."by_id" as "byId",
    "a"."at" as "at",
    (a.at)::text as "cursorKey1",
    (a.id)::text as "cursorKey2"
  from barrier_answer a
  where a.barrier_id = parent.id
    and true
  order by a.at desc,
    a.id desc
  limit $2
) as page;

-- insert
insert into "barrier_answer" ("organization_id", "barrier_id", "status", "text", "got_it_wrong", "loss_last_happened", "losses_a_year", "cost_to_others", "required_by_law", "trial_until", "by_id")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

insert into "barrier_answer" ("organization_id", "status", "text", "loss_last_happened", "losses_a_year", "required_by_law", "trial_until")
values ($1, $2, $3, $4, $5, $6, $7);

insert into "barrier_answer" ("organization_id", "barrier_id", "text", "got_it_wrong", "losses_a_year", "cost_to_others", "trial_until", "by_id")
values ($1, $2, $3, $4, $5, $6, $7, $8);

insert into "barrier_answer" ("organization_id", "text", "losses_a_year", "trial_until")
values ($1, $2, $3, $4);
