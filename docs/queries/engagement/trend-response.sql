-- TrendResponseRepository in libs/engagement/trends/responses/trend-response.repository.ts. Written by npm run schema.

-- findByIds
select "s"."id" as "id",
  "s"."organization_id" as "organizationId",
  "s"."release_id" as "releaseId",
  "s"."tree" as "tree",
  "s"."group_key" as "groupKey",
  "s"."metric" as "metric",
  "s"."text" as "text",
  "s"."by_id" as "byId",
  "s"."due_on" as "dueOn",
  "s"."state" as "state",
  "s"."outcome" as "outcome",
  "s"."version" as "version",
  'TrendResponse' as "__typename",
  coalesce(g.label, head.name, '') as label,
  g.parent_key as "parentKey",
  g.valid_from as "validFrom",
  case when span.last_day < newest.last_day then span.last_day end as "validUntil",
  r.period_key as "periodKey",
  r.starts_on as "startsOn",
  r.ends_on as "endsOn"
from trend_response s
join trend_release r on r.id = s.release_id
join trend_group g on g.release_id = s.release_id
  and g.tree = s.tree
  and g.key = s.group_key
left join lateral app.trend_head_names(array[g.head_id]) head on true
cross join lateral (
  select max(same.ends_on) as last_day
  from trend_group h
  join trend_release same on same.id = h.release_id
  where h.organization_id = g.organization_id
    and h.tree = g.tree
    and h.key = g.key
    and h.valid_from = g.valid_from
    and same.granularity = r.granularity
) span
cross join lateral (
  select max(n.ends_on) as last_day
  from trend_release n
  where n.organization_id = r.organization_id
    and n.granularity = r.granularity
) newest
where s.id = any($1::uuid[]);

-- findById
select "s"."id" as "id",
  "s"."organization_id" as "organizationId",
  "s"."release_id" as "releaseId",
  "s"."tree" as "tree",
  "s"."group_key" as "groupKey",
  "s"."metric" as "metric",
  "s"."text" as "text",
  "s"."by_id" as "byId",
  "s"."due_on" as "dueOn",
  "s"."state" as "state",
  "s"."outcome" as "outcome",
  "s"."version" as "version",
  'TrendResponse' as "__typename",
  coalesce(g.label, head.name, '') as label,
  g.parent_key as "parentKey",
  g.valid_from as "validFrom",
  case when span.last_day < newest.last_day then span.last_day end as "validUntil",
  r.period_key as "periodKey",
  r.starts_on as "startsOn",
  r.ends_on as "endsOn"
from trend_response s
join trend_release r on r.id = s.release_id
join trend_group g on g.release_id = s.release_id
  and g.tree = s.tree
  and g.key = s.group_key
left join lateral app.trend_head_names(array[g.head_id]) head on true
cross join lateral (
  select max(same.ends_on) as last_day
  from trend_group h
  join trend_release same on same.id = h.release_id
  where h.organization_id = g.organization_id
    and h.tree = g.tree
    and h.key = g.key
    and h.valid_from = g.valid_from
    and same.granularity = r.granularity
) span
cross join lateral (
  select max(n.ends_on) as last_day
  from trend_release n
  where n.organization_id = r.organization_id
    and n.granularity = r.granularity
) newest
where s.id = any($1::uuid[]);

-- findByReleases
select "s"."id" as "id",
  "s"."organization_id" as "organizationId",
  "s"."release_id" as "releaseId",
  "s"."tree" as "tree",
  "s"."group_key" as "groupKey",
  "s"."metric" as "metric",
  "s"."text" as "text",
  "s"."by_id" as "byId",
  "s"."due_on" as "dueOn",
  "s"."state" as "state",
  "s"."outcome" as "outcome",
  "s"."version" as "version",
  'TrendResponse' as "__typename",
  coalesce(g.label, head.name, '') as label,
  g.parent_key as "parentKey",
  g.valid_from as "validFrom",
  case when span.last_day < newest.last_day then span.last_day end as "validUntil",
  r.period_key as "periodKey",
  r.starts_on as "startsOn",
  r.ends_on as "endsOn"
from trend_response s
join trend_release r on r.id = s.release_id
join trend_group g on g.release_id = s.release_id
  and g.tree = s.tree
  and g.key = s.group_key
left join lateral app.trend_head_names(array[g.head_id]) head on true
cross join lateral (
  select max(same.ends_on) as last_day
  from trend_group h
  join trend_release same on same.id = h.release_id
  where h.organization_id = g.organization_id
    and h.tree = g.tree
    and h.key = g.key
    and h.valid_from = g.valid_from
    and same.granularity = r.granularity
) span
cross join lateral (
  select max(n.ends_on) as last_day
  from trend_release n
  where n.organization_id = r.organization_id
    and n.granularity = r.granularity
) newest
where s.id in (
  select first.id
  from unnest($1::uuid[]) parent (id)
  cross join lateral (
    select t.id
    from trend_response t
    where t.release_id = parent.id
    order by t.due_on,
      t.id
    limit $2
  ) first
)
order by s.due_on,
  s.id;

-- lock
select 1
from trend_response
where id = $1::uuid
for no key update;

-- findQuarter
select r.id,
  g.head_id as "headId",
  g.key is not null as "hasGroup"
from trend_release r
left join trend_group g on g.release_id = r.id
  and g.tree = $1
  and g.key = $2
where r.organization_id = $3
  and r.period_key = $4
  and r.granularity = 'QUARTER';

-- isAhead
select $1::date >= app.today_in($2) as "isAhead";

-- insert
insert into "trend_response" ("organization_id", "text", "by_id", "state", "due_on", "tree", "metric", "group_key", "release_id", "outcome")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
returning id;

insert into "trend_response" ("organization_id", "by_id", "state", "tree", "metric", "release_id", "outcome")
values ($1, $2, $3, $4, $5, $6, $7)
returning id;

insert into "trend_response" ("organization_id", "text", "state", "due_on", "metric", "group_key", "outcome")
values ($1, $2, $3, $4, $5, $6, $7)
returning id;

insert into "trend_response" ("organization_id", "state", "metric", "outcome")
values ($1, $2, $3, $4)
returning id;

-- update
update "trend_response"
set "text" = $1,
  "state" = $2,
  "due_on" = $3,
  "outcome" = $4
where id = $5;
