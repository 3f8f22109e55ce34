-- ActionItemRepository in libs/conversations/promises/action-item.repository.ts. Written by npm run schema.

-- findByIds
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from action_item i
where i.id = any($1::uuid[]);

-- findById
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from action_item i
where i.id = $1::uuid;

-- findByConversations
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from action_item i
where i.made_in_id = any($1::uuid[])
order by i.made_in_id,
  i.id;

-- findPages
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "i"."id" as "id",
    "i"."organization_id" as "organizationId",
    "i"."one_to_one_id" as "oneToOneId",
    "i"."made_in_id" as "madeInId",
    "i"."owner_id" as "ownerId",
    "i"."created_by_id" as "createdById",
    "i"."text" as "text",
    "i"."due_on" as "dueOn",
    "i"."state" as "state",
    "i"."closed_at" as "closedAt",
    "i"."renegotiated" as "renegotiated",
    "i"."version" as "version",
    case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
    i.state = 'OPEN'
    and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
    'ActionItem' as "__typename",
    (i.id)::text as "cursorKey1"
  from action_item i
  where i.one_to_one_id = parent.id
    and (i.id) > ($2::uuid)
    and i.owner_id = $3::uuid
    and case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end = any($4::text[])
  order by i.id asc
  limit $5
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "i"."id" as "id",
    "i"."organization_id" as "organizationId",
    "i"."one_to_one_id" as "oneToOneId",
    "i"."made_in_id" as "madeInId",
    "i"."owner_id" as "ownerId",
    "i"."created_by_id" as "createdById",
    "i"."text" as "text",
    "i"."due_on" as "dueOn",
    "i"."state" as "state",
    "i"."closed_at" as "closedAt",
    "i"."renegotiated" as "renegotiated",
    "i"."version" as "version",
    case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
    i.state = 'OPEN'
    and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
    'ActionItem' as "__typename",
    (i.id)::text as "cursorKey1"
  from action_item i
  where i.one_to_one_id = parent.id
    and true
    and true
    and true
  order by i.id desc
  limit $2
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "i"."id" as "id",
    "i"."organization_id" as "organizationId",
    "i"."one_to_one_id" as "oneToOneId",
    "i"."made_in_id" as "madeInId",
    "i"."owner_id" as "ownerId",
    "i"."created_by_id" as "createdById",
    "i"."text" as "text",
    "i"."due_on" as "dueOn",
    "i"."state" as "state",
    "i"."closed_at" as "closedAt",
    "i"."renegotiated" as "renegotiated",
    "i"."version" as "version",
    case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
    i.state = 'OPEN'
    and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
    'ActionItem' as "__typename",
    (i.id)::text as "cursorKey1"
  from action_item i
  where i.one_to_one_id = parent.id
    and (i.id) > ($2::uuid)
    and i.owner_id <> $3::uuid
    and true
  order by i.id asc
  limit $4
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "i"."id" as "id",
    "i"."organization_id" as "organizationId",
    "i"."one_to_one_id" as "oneToOneId",
    "i"."made_in_id" as "madeInId",
    "i"."owner_id" as "ownerId",
    "i"."created_by_id" as "createdById",
    "i"."text" as "text",
    "i"."due_on" as "dueOn",
    "i"."state" as "state",
    "i"."closed_at" as "closedAt",
    "i"."renegotiated" as "renegotiated",
    "i"."version" as "version",
    case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
    i.state = 'OPEN'
    and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
    'ActionItem' as "__typename",
    (i.id)::text as "cursorKey1"
  from action_item i
  where i.one_to_one_id = parent.id
    and true
    and i.owner_id = $2::uuid
    and case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end = any($3::text[])
  order by i.id asc
  limit $4
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "i"."id" as "id",
    "i"."organization_id" as "organizationId",
    "i"."one_to_one_id" as "oneToOneId",
    "i"."made_in_id" as "madeInId",
    "i"."owner_id" as "ownerId",
    "i"."created_by_id" as "createdById",
    "i"."text" as "text",
    "i"."due_on" as "dueOn",
    "i"."state" as "state",
    "i"."closed_at" as "closedAt",
    "i"."renegotiated" as "renegotiated",
    "i"."version" as "version",
    case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
    i.state = 'OPEN'
    and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
    'ActionItem' as "__typename",
    (i.id)::text as "cursorKey1"
  from action_item i
  where i.one_to_one_id = parent.id
    and (i.id) < ($2::uuid)
    and i.owner_id <> $3::uuid
    and true
  order by i.id desc
  limit $4
) as page;

-- findOpenPage
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename",
  (coalesce(i.due_on, 'infinity'))::text as "cursorKey1",
  (i.id)::text as "cursorKey2"
from action_item i
where i.owner_id = $1::uuid
  and i.state = 'OPEN'
  and (coalesce(i.due_on, 'infinity'), i.id) < ($2::date, $3::uuid)
order by coalesce(i.due_on, 'infinity') desc,
  i.id desc
limit $4;

select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename",
  (coalesce(i.due_on, 'infinity'))::text as "cursorKey1",
  (i.id)::text as "cursorKey2"
from action_item i
where i.owner_id = $1::uuid
  and i.state = 'OPEN'
  and true
order by coalesce(i.due_on, 'infinity') asc,
  i.id asc
limit $2;

-- lock
select 1
from action_item
where id = $1::uuid
for update;

select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from action_item i
where i.id = $1::uuid;

-- isOver
select to_char(given.day, 'YYYY-MM-DD') as day
from person p
join organization o on o.id = p.organization_id
left join person_time_zone z on z.person_id = p.id
cross join unnest($1::date[]) given (day)
where p.id = $2::uuid
  and app.has_passed(app.end_of_day(given.day, app.usable_time_zone(z.time_zone, o.time_zone)));

-- findOver
select to_char(given.day, 'YYYY-MM-DD') as day
from person p
join organization o on o.id = p.organization_id
left join person_time_zone z on z.person_id = p.id
cross join unnest($1::date[]) given (day)
where p.id = $2::uuid
  and app.has_passed(app.end_of_day(given.day, app.usable_time_zone(z.time_zone, o.time_zone)));

-- insert
with i as (
  insert into "action_item" ("organization_id", "owner_id", "text", "one_to_one_id", "made_in_id", "created_by_id", "due_on")
  values ($1, $2, $3, $4, $5, $6, $7)
  returning *
)
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from i;

-- update
with i as (
  update "action_item"
  set "text" = $1,
    "state" = $2,
    "due_on" = $3,
    "version" = $4
  where id = $5
  returning *
)
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from i;

with i as (
  update "action_item"
  set "version" = $1
  where id = $2
  returning *
)
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from i;

with i as (
  update "action_item"
  set "text" = $1,
    "due_on" = $2,
    "version" = $3
  where id = $4
  returning *
)
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from i;

with i as (
  update "action_item"
  set "text" = $1,
    "state" = $2,
    "version" = $3
  where id = $4
  returning *
)
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from i;

with i as (
  update "action_item"
  set "text" = $1,
    "version" = $2
  where id = $3
  returning *
)
select "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename"
from i;

-- reopen
update action_item i
set state = 'OPEN',
  version = i.version + 1
where i.id = $1::uuid
  and i.closed_at > now() - interval '10 minutes'
returning "i"."id" as "id",
  "i"."organization_id" as "organizationId",
  "i"."one_to_one_id" as "oneToOneId",
  "i"."made_in_id" as "madeInId",
  "i"."owner_id" as "ownerId",
  "i"."created_by_id" as "createdById",
  "i"."text" as "text",
  "i"."due_on" as "dueOn",
  "i"."state" as "state",
  "i"."closed_at" as "closedAt",
  "i"."renegotiated" as "renegotiated",
  "i"."version" as "version",
  case when i.kept then 'KEPT' when i.kept = false then 'LATE' when i.state <> 'OPEN' then i.state when app.has_passed(i.late_at) then 'LATE' else 'OPEN' end as "standing",
  i.state = 'OPEN'
  and app.is_refusable(i.owner_id, i.created_by_id, i.due_set_by_owner, i.late_at, i.created_at) as "isRefusable",
  'ActionItem' as "__typename";

-- delete
delete from action_item
where id = $1::uuid;
