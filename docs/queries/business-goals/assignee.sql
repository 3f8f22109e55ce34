-- AssigneeRepository in libs/business-goals/goals/assignee.repository.ts. Written by npm run schema.

-- findPagesByGoals
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "p"."id" as "id",
    "p"."organization_id" as "organizationId",
    "p"."name" as "name",
    "p"."email" as "email",
    "p"."title" as "title",
    "p"."department_id" as "departmentId",
    "p"."location_id" as "locationId",
    "p"."hired_on" as "hiredOn",
    (p.name)::text as "cursorKey1",
    (p.id)::text as "cursorKey2"
  from business_goal_assignee a
  join person p on p.id = a.person_id
  where a.business_goal_id = parent.id
    and (p.name, p.id) < ($2::text, $3::uuid)
  order by p.name desc,
    p.id desc
  limit $4
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "p"."id" as "id",
    "p"."organization_id" as "organizationId",
    "p"."name" as "name",
    "p"."email" as "email",
    "p"."title" as "title",
    "p"."department_id" as "departmentId",
    "p"."location_id" as "locationId",
    "p"."hired_on" as "hiredOn",
    (p.name)::text as "cursorKey1",
    (p.id)::text as "cursorKey2"
  from business_goal_assignee a
  join person p on p.id = a.person_id
  where a.business_goal_id = parent.id
    and true
  order by p.name asc,
    p.id asc
  limit $2
) as page;

-- findAssigned
select a.business_goal_id as id
from business_goal_assignee a
where a.person_id = $1
  and a.business_goal_id = any($2::uuid[]);

-- findWhetherEmployed
select p.id,
  not exists (
    select 1
    from employment_end e
    where e.person_id = p.id
      and e.ended_at <= now()
  ) as employed
from person p
where p.id = any($1::uuid[]);

-- add
insert into business_goal_assignee (business_goal_id, person_id, organization_id)
select $1::uuid,
  person_id,
  $2::uuid
from unnest($3::uuid[]) as given(person_id)
on conflict do nothing;

-- copy
insert into business_goal_assignee (business_goal_id, person_id, organization_id)
select $1::uuid,
  a.person_id,
  a.organization_id
from business_goal_assignee a
where a.business_goal_id = $2
  and not exists (
    select 1
    from employment_end e
    where e.person_id = a.person_id
      and e.ended_at <= now()
  );

-- remove
delete from business_goal_assignee
where business_goal_id = $1
  and person_id = any($2::uuid[]);
