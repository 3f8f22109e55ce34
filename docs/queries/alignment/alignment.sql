-- AlignmentRepository in libs/alignment/alignment.repository.ts. Written by npm run schema.

-- findByIds
select "a"."id" as "id",
  "a"."personal_goal_id" as "personalGoalId",
  "a"."business_goal_id" as "businessGoalId",
  "a"."how" as "how",
  "a"."proposed_by_id" as "proposedById",
  'Alignment' as "__typename",
  case when g.owner_id = $1::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
  case when g.owner_id <> $2::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
    select z.time_zone
    from person_time_zone z
    where z.person_id = g.owner_id
  ), (
    select o.time_zone
    from organization o
    where o.id = g.organization_id
  )))::date end as "accessDay",
  t.created_at as "createdAt",
  case when a.state = 'PROPOSED' and a.owner_id = $3::uuid then case when exists (
    select 1
    from alignment_decline d
    where d.alignment_id = a.id
  ) then 'DECLINED' else 'PROPOSED' end else a.state end as "state"
from alignment a
join personal_goal g on g.id = a.personal_goal_id
left join alignment_own t on t.alignment_id = a.id
where a.id = any($4::uuid[]);

-- findByPersonalGoals
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "a"."id" as "id",
    "a"."personal_goal_id" as "personalGoalId",
    "a"."business_goal_id" as "businessGoalId",
    "a"."how" as "how",
    "a"."proposed_by_id" as "proposedById",
    'Alignment' as "__typename",
    case when g.owner_id = $2::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
    case when g.owner_id <> $3::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
      select z.time_zone
      from person_time_zone z
      where z.person_id = g.owner_id
    ), (
      select o.time_zone
      from organization o
      where o.id = g.organization_id
    )))::date end as "accessDay",
    t.created_at as "createdAt",
    case when a.state = 'PROPOSED' and a.owner_id = $4::uuid then case when exists (
      select 1
      from alignment_decline d
      where d.alignment_id = a.id
    ) then 'DECLINED' else 'PROPOSED' end else a.state end as "state"
  from alignment a
  join personal_goal g on g.id = a.personal_goal_id
  left join alignment_own t on t.alignment_id = a.id
  where a.personal_goal_id = parent.id
  order by t.created_at,
    a.id
  limit $5
) as page;

-- findPlacements
select asked.key as "parentId",
  placed.*
from unnest($1::text[], $2::uuid[], $3::uuid[]) as asked(key, person_id, cycle_id)
cross join lateral (
  select "a"."id" as "id",
    "a"."personal_goal_id" as "personalGoalId",
    "a"."business_goal_id" as "businessGoalId",
    "a"."how" as "how",
    "a"."proposed_by_id" as "proposedById",
    'Alignment' as "__typename",
    case when g.owner_id = $4::uuid then 'OWNER' when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as "basis",
    case when g.owner_id <> $5::uuid and g.visibility <> 'ORGANIZATION' then (now() at time zone app.usable_time_zone((
      select z.time_zone
      from person_time_zone z
      where z.person_id = g.owner_id
    ), (
      select o.time_zone
      from organization o
      where o.id = g.organization_id
    )))::date end as "accessDay",
    t.created_at as "createdAt",
    case when a.state = 'PROPOSED' and a.owner_id = $6::uuid then case when exists (
      select 1
      from alignment_decline d
      where d.alignment_id = a.id
    ) then 'DECLINED' else 'PROPOSED' end else a.state end as "state"
  from alignment a
  join personal_goal g on g.id = a.personal_goal_id
  left join alignment_own t on t.alignment_id = a.id
  where a.owner_id = asked.person_id
    and a.state = 'PLACED'
    and (asked.cycle_id is null or exists (
      select 1
      from business_goal b
      where b.id = a.business_goal_id
        and b.cycle_id = asked.cycle_id
    ))
  order by t.created_at desc nulls last,
    a.id desc
  limit $7
) as placed;

-- findPair
select g.owner_id as "ownerId",
  g.owner_id = (
    select app.viewer()
  ) as "isOwn",
  g.open_to_proposals as "openToProposals",
  b.state <> 'DRAFT'
  or b.owner_id = g.owner_id
  or exists (
    select 1
    from business_goal_assignee a
    where a.business_goal_id = b.id
      and a.person_id = g.owner_id
  ) as "isVisibleToOwner"
from personal_goal g
cross join business_goal b
where g.id = $1
  and b.id = $2;

-- findPlaced
select a.id
from alignment a
where a.personal_goal_id = $1
  and a.business_goal_id = $2
  and a.state = 'PLACED';

-- place
insert into "alignment" ("organization_id", "personal_goal_id", "owner_id", "business_goal_id", "how", "proposed_by_id", "state")
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (personal_goal_id, business_goal_id)
where state = 'PLACED' do nothing
returning id;

insert into "alignment" ("state")
values ($1)
on conflict (personal_goal_id, business_goal_id)
where state = 'PLACED' do nothing
returning id;

insert into "alignment" ("organization_id", "owner_id", "business_goal_id", "proposed_by_id", "state")
values ($1, $2, $3, $4, $5)
on conflict (personal_goal_id, business_goal_id)
where state = 'PLACED' do nothing
returning id;

insert into "alignment" ("organization_id", "personal_goal_id", "business_goal_id", "how", "state")
values ($1, $2, $3, $4, $5)
on conflict (personal_goal_id, business_goal_id)
where state = 'PLACED' do nothing
returning id;

insert into "alignment" ("organization_id", "business_goal_id", "state")
values ($1, $2, $3)
on conflict (personal_goal_id, business_goal_id)
where state = 'PLACED' do nothing
returning id;

-- propose
insert into "alignment" ("organization_id", "personal_goal_id", "owner_id", "business_goal_id", "how", "proposed_by_id", "state")
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (personal_goal_id, business_goal_id, proposed_by_id)
where state = 'PROPOSED' do nothing
returning id;

insert into "alignment" ("state")
values ($1)
on conflict (personal_goal_id, business_goal_id, proposed_by_id)
where state = 'PROPOSED' do nothing
returning id;

insert into "alignment" ("organization_id", "owner_id", "business_goal_id", "proposed_by_id", "state")
values ($1, $2, $3, $4, $5)
on conflict (personal_goal_id, business_goal_id, proposed_by_id)
where state = 'PROPOSED' do nothing
returning id;

insert into "alignment" ("organization_id", "personal_goal_id", "business_goal_id", "how", "state")
values ($1, $2, $3, $4, $5)
on conflict (personal_goal_id, business_goal_id, proposed_by_id)
where state = 'PROPOSED' do nothing
returning id;

insert into "alignment" ("organization_id", "business_goal_id", "state")
values ($1, $2, $3)
on conflict (personal_goal_id, business_goal_id, proposed_by_id)
where state = 'PROPOSED' do nothing
returning id;

-- findContext
select a.personal_goal_id as "personalGoalId",
  a.owner_id = (
    select app.viewer()
  ) as "isOwn",
  a.state = 'PLACED' as "isPlaced",
  exists (
    select 1
    from business_goal b
    where b.id = a.business_goal_id
  ) as "isBusinessGoalVisible"
from alignment a
where a.id = $1;

-- lockPersonalGoal
select 1
from personal_goal g
where g.id = $1
for no key update of g;

-- accept
update "alignment"
set "how" = $1,
  "state" = $2
where id = $3
  and state = 'PROPOSED';

update "alignment"
set "state" = $1
where id = $2
  and state = 'PROPOSED';

-- decline
insert into alignment_decline (alignment_id, organization_id, owner_id)
values ($1, $2, $3)
on conflict do nothing;

-- setHow
update "alignment"
set "how" = $1
where id = $2
  and state = 'PLACED';

-- delete
delete from alignment
where id = $1
  and state = 'PLACED';

-- deleteLapsed
select app.delete_lapsed_proposals() as proposals;
