-- BusinessGoalRepository in libs/business-goals/goals/business-goal.repository.ts. Written by npm run schema.

-- findByIds
select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."continues_id" as "continuesId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."state" as "state",
  "b"."health" as "health",
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
  "b"."continues_id" as "continuesId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."state" as "state",
  "b"."health" as "health",
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
  "b"."continues_id" as "continuesId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."state" as "state",
  "b"."health" as "health",
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
  "b"."continues_id" as "continuesId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."state" as "state",
  "b"."health" as "health",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  (b.listed_at)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
from business_goal b
where b.organization_id = $1
  and b.cycle_id = $2
  and b.owner_id = $3
  and b.parent_id = (
    select p.id
    from business_goal p
    where p.id = $4
  )
  and b.state = any($5::text[])
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
  "b"."continues_id" as "continuesId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."state" as "state",
  "b"."health" as "health",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  (b.listed_at)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
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
  "b"."continues_id" as "continuesId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."state" as "state",
  "b"."health" as "health",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  (b.listed_at)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
from business_goal b
where b.organization_id = $1
  and b.cycle_id = $2
  and b.parent_id = (
    select p.id
    from business_goal p
    where p.id = $3
  )
  and not exists (
    select 1
    from business_goal p
    where p.id = b.parent_id
  )
  and exists (
    select 1
    from employment_end e
    where e.person_id = b.owner_id
      and e.ended_at <= now()
  )
  and (b.listed_at, b.id) > ($4::timestamptz, $5::uuid)
order by b.listed_at asc,
  b.id asc
limit $6;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."continues_id" as "continuesId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."state" as "state",
  "b"."health" as "health",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  (b.listed_at)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
from business_goal b
where b.organization_id = $1
  and b.cycle_id = $2
  and b.owner_id = $3
  and b.state = any($4::text[])
  and (b.listed_at, b.id) > ($5::timestamptz, $6::uuid)
order by b.listed_at asc,
  b.id asc
limit $7;

select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."continues_id" as "continuesId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."state" as "state",
  "b"."health" as "health",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename",
  (b.listed_at)::text as "cursorKey1",
  (b.id)::text as "cursorKey2"
from business_goal b
where b.organization_id = $1
  and b.cycle_id = $2
  and not exists (
    select 1
    from business_goal p
    where p.id = b.parent_id
  )
  and (b.listed_at, b.id) > ($3::timestamptz, $4::uuid)
order by b.listed_at asc,
  b.id asc
limit $5;

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
    "b"."continues_id" as "continuesId",
    "b"."title" as "title",
    "b"."description" as "description",
    "b"."state" as "state",
    "b"."health" as "health",
    "b"."progress_by_hand" as "progressByHand",
    "b"."version" as "version",
    b.progress_by_hand is not null as "progressSetByHand",
    'BusinessGoal' as "__typename",
    (b.listed_at)::text as "cursorKey1",
    (b.id)::text as "cursorKey2"
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
    "b"."continues_id" as "continuesId",
    "b"."title" as "title",
    "b"."description" as "description",
    "b"."state" as "state",
    "b"."health" as "health",
    "b"."progress_by_hand" as "progressByHand",
    "b"."version" as "version",
    b.progress_by_hand is not null as "progressSetByHand",
    'BusinessGoal' as "__typename",
    (b.listed_at)::text as "cursorKey1",
    (b.id)::text as "cursorKey2"
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
    "b"."continues_id" as "continuesId",
    "b"."title" as "title",
    "b"."description" as "description",
    "b"."state" as "state",
    "b"."health" as "health",
    "b"."progress_by_hand" as "progressByHand",
    "b"."version" as "version",
    b.progress_by_hand is not null as "progressSetByHand",
    'BusinessGoal' as "__typename",
    (b.listed_at)::text as "cursorKey1",
    (b.id)::text as "cursorKey2"
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
    and true
  order by b.listed_at asc,
    b.id asc
  limit $3
) as page;

-- findPagesOfChildren
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "b"."id" as "id",
    "b"."organization_id" as "organizationId",
    "b"."owner_id" as "ownerId",
    "b"."cycle_id" as "cycleId",
    "b"."parent_id" as "parentGoalId",
    "b"."continues_id" as "continuesId",
    "b"."title" as "title",
    "b"."description" as "description",
    "b"."state" as "state",
    "b"."health" as "health",
    "b"."progress_by_hand" as "progressByHand",
    "b"."version" as "version",
    b.progress_by_hand is not null as "progressSetByHand",
    'BusinessGoal' as "__typename",
    (b.listed_at)::text as "cursorKey1",
    (b.id)::text as "cursorKey2"
  from business_goal b
  where b.parent_id = parent.id
    and (b.listed_at, b.id) < ($2::timestamptz, $3::uuid)
  order by b.listed_at desc,
    b.id desc
  limit $4
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
    "b"."continues_id" as "continuesId",
    "b"."title" as "title",
    "b"."description" as "description",
    "b"."state" as "state",
    "b"."health" as "health",
    "b"."progress_by_hand" as "progressByHand",
    "b"."version" as "version",
    b.progress_by_hand is not null as "progressSetByHand",
    'BusinessGoal' as "__typename",
    (b.listed_at)::text as "cursorKey1",
    (b.id)::text as "cursorKey2"
  from business_goal b
  where b.parent_id = parent.id
    and true
  order by b.listed_at asc,
    b.id asc
  limit $2
) as page;

-- findContinuations
select "b"."id" as "id",
  "b"."organization_id" as "organizationId",
  "b"."owner_id" as "ownerId",
  "b"."cycle_id" as "cycleId",
  "b"."parent_id" as "parentGoalId",
  "b"."continues_id" as "continuesId",
  "b"."title" as "title",
  "b"."description" as "description",
  "b"."state" as "state",
  "b"."health" as "health",
  "b"."progress_by_hand" as "progressByHand",
  "b"."version" as "version",
  b.progress_by_hand is not null as "progressSetByHand",
  'BusinessGoal' as "__typename"
from business_goal b
where b.continues_id = any($1::uuid[]);

-- insert
insert into "business_goal" ("organization_id", "owner_id", "cycle_id", "parent_id", "continues_id", "title", "description", "state", "progress_by_hand")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (continues_id) do nothing
returning id;

insert into "business_goal" ("organization_id", "cycle_id", "parent_id", "title", "description", "progress_by_hand")
values ($1, $2, $3, $4, $5, $6)
on conflict (continues_id) do nothing
returning id;

insert into "business_goal" ("organization_id", "owner_id", "parent_id", "continues_id", "description", "state")
values ($1, $2, $3, $4, $5, $6)
on conflict (continues_id) do nothing
returning id;

insert into "business_goal" ("organization_id", "parent_id", "description")
values ($1, $2, $3)
on conflict (continues_id) do nothing
returning id;

-- update
update "business_goal"
set "title" = $1,
  "description" = $2,
  "cycle_id" = $3,
  "parent_id" = $4,
  "state" = $5,
  "progress_by_hand" = $6,
  "version" = $7
where id = $8
  and version = $9;

update "business_goal"
set "version" = $1
where id = $2
  and version = $3;

update "business_goal"
set "title" = $1,
  "cycle_id" = $2,
  "parent_id" = $3,
  "progress_by_hand" = $4,
  "version" = $5
where id = $6
  and version = $7;

update "business_goal"
set "title" = $1,
  "description" = $2,
  "parent_id" = $3,
  "state" = $4,
  "version" = $5
where id = $6
  and version = $7;

update "business_goal"
set "title" = $1,
  "parent_id" = $2,
  "version" = $3
where id = $4
  and version = $5;

-- delete
delete from business_goal
where id = $1;

-- transfer
select app.transfer_business_goal($1, $2, $3) as done;

-- canTransfer
select app.can_transfer_business_goal($1) as can;

-- transferGoalsOfLeavers
select app.transfer_goals_of_leavers() as goals;
