-- CheckInRepository in libs/business-goals/check-ins/check-in.repository.ts. Written by npm run schema.

-- findByIds
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."business_goal_id" as "businessGoalId",
  "i"."author_id" as "authorId",
  "i"."text" as "text",
  "i"."confidence" as "confidence",
  "i"."health" as "health",
  "i"."at" as "at"
from check_in i
where i.id = any($1::uuid[]);

-- findNewest
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."business_goal_id" as "businessGoalId",
  "i"."author_id" as "authorId",
  "i"."text" as "text",
  "i"."confidence" as "confidence",
  "i"."health" as "health",
  "i"."at" as "at"
from check_in i
where i.business_goal_id = $1
order by i.at desc,
  i.id desc
limit 1;

-- findPagesByGoals
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "i"."id" as "id",
    "i"."organization_id" as "organizationId",
    "i"."business_goal_id" as "businessGoalId",
    "i"."author_id" as "authorId",
    "i"."text" as "text",
    "i"."confidence" as "confidence",
    "i"."health" as "health",
    "i"."at" as "at",
    (i.at)::text as "cursorKey1",
    (i.id)::text as "cursorKey2"
  from check_in i
  where i.business_goal_id = parent.id
    and (i.at, i.id) > ($2::timestamptz, $3::uuid)
  order by i.at asc,
    i.id asc
  limit $4
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "i"."id" as "id",
    "i"."organization_id" as "organizationId",
    "i"."business_goal_id" as "businessGoalId",
    "i"."author_id" as "authorId",
    "i"."text" as "text",
    "i"."confidence" as "confidence",
    "i"."health" as "health",
    "i"."at" as "at",
    (i.at)::text as "cursorKey1",
    (i.id)::text as "cursorKey2"
  from check_in i
  where i.business_goal_id = parent.id
    and true
  order by i.at desc,
    i.id desc
  limit $2
) as page;

-- insert
insert into "check_in" ("organization_id", "business_goal_id", "author_id", "text", "confidence", "health")
values ($1, $2, $3, $4, $5, $6)
returning id;

insert into "check_in" ("organization_id", "author_id", "text", "health")
values ($1, $2, $3, $4)
returning id;

insert into "check_in" ("organization_id", "business_goal_id", "text", "confidence")
values ($1, $2, $3, $4)
returning id;

insert into "check_in" ("organization_id", "text")
values ($1, $2)
returning id;
