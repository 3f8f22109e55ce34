-- BusinessGoalRepository in libs/business-goals/goals/business-goal.repository.ts. Written by npm run schema.

-- findByIds
select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."status" as "status",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename"
from business_goal b
where b.id = any($1::uuid[]);

-- findById
select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."status" as "status",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename"
from business_goal b
where b.id = $1;

-- lock
select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."status" as "status",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename"
from business_goal b
where b.id = $1
for no key update of b;

-- findPage
select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."status" as "status",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  json_build_array((b.listed_at)::text, (b.id)::text)::text as "cursorKey"
from business_goal b
where b.organization_id = $1
  and b.cycle_id = $2
  and b.owner_id = $3
  and b.parent_id = $4
  and b.status = any($5::text[])
  and not exists (
    select 1
    from employment_end e
    where e.person_id = b.owner_id
      and e.ended_at <= now()
  )
  and (b.listed_at, b.id) > ($6::timestamptz, $7::uuid)
order by b.listed_at asc,
  b.id asc
limit $8;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."status" as "status",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  json_build_array((b.listed_at)::text, (b.id)::text)::text as "cursorKey"
from business_goal b
where b.organization_id = $1
  and true
  and true
order by b.listed_at desc,
  b.id desc
limit $2;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."status" as "status",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  json_build_array((b.listed_at)::text, (b.id)::text)::text as "cursorKey"
from business_goal b
where b.organization_id = $1
  and b.cycle_id = $2
  and b.parent_id = $3
  and b.status = any($4::text[])
  and (b.listed_at, b.id) > ($5::timestamptz, $6::uuid)
order by b.listed_at asc,
  b.id asc
limit $7;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."status" as "status",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  json_build_array((b.listed_at)::text, (b.id)::text)::text as "cursorKey"
from business_goal b
where b.organization_id = $1
  and b.cycle_id = $2
  and b.owner_id = $3
  and b.status = any($4::text[])
  and not exists (
    select 1
    from employment_end e
    where e.person_id = b.owner_id
      and e.ended_at <= now()
  )
  and (b.listed_at, b.id) > ($5::timestamptz, $6::uuid)
order by b.listed_at asc,
  b.id asc
limit $7;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."status" as "status",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  json_build_array((b.listed_at)::text, (b.id)::text)::text as "cursorKey"
from business_goal b
where b.organization_id = $1
  and b.cycle_id = $2
  and b.status = any($3::text[])
  and (b.listed_at, b.id) > ($4::timestamptz, $5::uuid)
order by b.listed_at asc,
  b.id asc
limit $6;

-- findPagesOfPeople
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "b"."id" as "id",
    "b"."organization_id" as "organizationId",
    "b"."owner_id" as "ownerId",
    "b"."cycle_id" as "cycleId",
    "b"."parent_id" as "parentGoalId",
    "b"."title" as "title",
    "b"."description" as "description",
    "b"."status" as "status",
    "b"."progress_by_hand" as "progressByHand",
    "b"."version" as "version",
    b.progress_by_hand is not null as "progressSetByHand",
    'BusinessGoal' as "__typename",
    json_build_array((b.listed_at)::text, (b.id)::text)::text as "cursorKey"
  from business_goal b
  where b.id in (
    select own.id
    from business_goal own
    where own.owner_id = parent.id
    union all
    select a.business_goal_id
    from business_goal_assignee a
    where a.person_id = parent.id
  )
    and b.cycle_id = $2
    and (b.listed_at, b.id) > ($3::timestamptz, $4::uuid)
  order by b.listed_at asc,
    b.id asc
  limit $5
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "b"."id" as "id",
    "b"."organization_id" as "organizationId",
    "b"."owner_id" as "ownerId",
    "b"."cycle_id" as "cycleId",
    "b"."parent_id" as "parentGoalId",
    "b"."title" as "title",
    "b"."description" as "description",
    "b"."status" as "status",
    "b"."progress_by_hand" as "progressByHand",
    "b"."version" as "version",
    b.progress_by_hand is not null as "progressSetByHand",
    'BusinessGoal' as "__typename",
    json_build_array((b.listed_at)::text, (b.id)::text)::text as "cursorKey"
  from business_goal b
  where b.id in (
    select own.id
    from business_goal own
    where own.owner_id = parent.id
    union all
    select a.business_goal_id
    from business_goal_assignee a
    where a.person_id = parent.id
  )
    and true
    and true
  order by b.listed_at desc,
    b.id desc
  limit $2
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "b"."id" as "id",
    "b"."organization_id" as "organizationId",
    "b"."owner_id" as "ownerId",
    "b"."cycle_id" as "cycleId",
    "b"."parent_id" as "parentGoalId",
    "b"."title" as "title",
    "b"."description" as "description",
    "b"."status" as "status",
    "b"."progress_by_hand" as "progressByHand",
    "b"."version" as "version",
    b.progress_by_hand is not null as "progressSetByHand",
    'BusinessGoal' as "__typename",
    json_build_array((b.listed_at)::text, (b.id)::text)::text as "cursorKey"
  from business_goal b
  where b.id in (
    select own.id
    from business_goal own
    where own.owner_id = parent.id
    union all
    select a.business_goal_id
    from business_goal_assignee a
    where a.person_id = parent.id
  )
    and true
    and (b.listed_at, b.id) > ($2::timestamptz, $3::uuid)
  order by b.listed_at asc,
    b.id asc
  limit $4
) as page;

-- findChildren
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "b"."id" as "id",
    "b"."organization_id" as "organizationId",
    "b"."owner_id" as "ownerId",
    "b"."cycle_id" as "cycleId",
    "b"."parent_id" as "parentGoalId",
    "b"."title" as "title",
    "b"."description" as "description",
    "b"."status" as "status",
    "b"."progress_by_hand" as "progressByHand",
    "b"."version" as "version",
    b.progress_by_hand is not null as "progressSetByHand",
    'BusinessGoal' as "__typename"
  from business_goal b
  where b.parent_id = parent.id
  order by b.listed_at,
    b.id
  limit $2
) as page;

-- insert
insert into business_goal (organization_id, owner_id, cycle_id, parent_id, title, description, status)
values ($1, $2, $3, $4, $5, $6, $7)
returning id;

-- update
update business_goal
set title = $1,
  description = $2,
  status = $3,
  cycle_id = $4,
  parent_id = $5,
  progress_by_hand = $6,
  version = version + 1
where id = $7
  and version = $8;

update business_goal
set version = version + 1
where id = $1
  and version = $2;

update business_goal
set title = $1,
  description = $2,
  cycle_id = $3,
  progress_by_hand = $4,
  version = version + 1
where id = $5
  and version = $6;

update business_goal
set title = $1,
  status = $2,
  cycle_id = $3,
  parent_id = $4,
  version = version + 1
where id = $5
  and version = $6;

update business_goal
set title = $1,
  cycle_id = $2,
  version = version + 1
where id = $3
  and version = $4;

-- handOn
select app.hand_on_business_goal($1, $2, $3) as done;

-- mayHandOn
select app.may_hand_on_business_goal($1) as may;

-- handOnGoalsOfLeavers
select app.hand_on_goals_of_leavers() as goals;
