-- TrendRepository in libs/engagement/trends/trend.repository.ts. Written by npm run schema.

-- findFigures
with period as (
  select r.id,
    r.period_key,
    r.starts_on,
    r.ends_on,
    r.minimum_group_size
  from trend_release r
  where r.organization_id = $1
    and r.granularity = $2
    and r.starts_on between $3::date and $4::date
),
  figure as (
    select g.key,
      g.label,
      g.parent_key,
      g.head_id,
      g.valid_from,
      p.*,
      c.status,
      c.value,
      c.bound,
      c.people_band,
      c.rounded_to,
      c.definition_version
    from period p
    cross join lateral (
      select own.key,
        own.label,
        own.parent_key,
        own.head_id,
        own.valid_from
      from trend_group own
      where own.release_id = p.id
        and own.tree = $5
        and own.key = $6
      union all
      select below.key,
        below.label,
        below.parent_key,
        below.head_id,
        below.valid_from
      from trend_group below
      where below.release_id = p.id
        and below.tree = $7
        and below.parent_key = $8
    ) g
    cross join lateral (
      select c.status,
        c.value,
        c.bound,
        c.people_band,
        c.rounded_to,
        c.definition_version
      from trend_cell c
      where c.release_id = p.id
        and c.tree = $9
        and c.group_key = g.key
        and c.metric = $10
        and c.driver = $11
      limit 1
    ) c
    order by g.key,
      g.valid_from,
      p.starts_on
    limit $12
  ),
  span as materialized (
    select shown.key,
      shown.valid_from,
      until.last_day
    from (
      select distinct key,
        valid_from
      from figure
    ) shown
    cross join lateral (
      select max(r.ends_on) as last_day
      from trend_group g
      join trend_release r on r.id = g.release_id
      where g.organization_id = $13
        and g.tree = $14
        and g.key = shown.key
        and g.valid_from = shown.valid_from
        and r.granularity = $15
    ) until
  ),
  newest as materialized (
    select max(r.ends_on) as last_day
    from trend_release r
    where r.organization_id = $16
      and r.granularity = $17
  )
select f.key,
  coalesce(f.label, head.name, '') as label,
  f.parent_key as "parentKey",
  f.valid_from as "validFrom",
  case when span.last_day < newest.last_day then span.last_day end as "validUntil",
  f.period_key as "periodKey",
  f.starts_on as "startsOn",
  f.ends_on as "endsOn",
  f.minimum_group_size as "minimumGroupSize",
  f.status,
  f.value,
  f.bound,
  f.people_band as people,
  f.rounded_to as "roundedTo",
  f.definition_version as "definitionVersion"
from figure f
join span on span.key = f.key
  and span.valid_from = f.valid_from
cross join newest
left join app.trend_head_names(array(
  select distinct head_id
  from figure
  where head_id is not null
)) head on head.head_id = f.head_id
order by f.key = $18 desc,
  f.key,
  f.valid_from,
  f.starts_on;

with period as (
  select r.id,
    r.period_key,
    r.starts_on,
    r.ends_on,
    r.minimum_group_size
  from trend_release r
  where r.organization_id = $1
    and r.granularity = $2
    and r.starts_on between $3::date and $4::date
),
  figure as (
    select g.key,
      g.label,
      g.parent_key,
      g.head_id,
      g.valid_from,
      p.*,
      c.status,
      c.value,
      c.bound,
      c.people_band,
      c.rounded_to,
      c.definition_version
    from period p
    cross join lateral (
      select own.key,
        own.label,
        own.parent_key,
        own.head_id,
        own.valid_from
      from trend_group own
      where own.release_id = p.id
        and own.tree = $5
        and own.key = $6
      union all
      select below.key,
        below.label,
        below.parent_key,
        below.head_id,
        below.valid_from
      from trend_group below
      where below.release_id = p.id
        and below.tree = $7
        and below.parent_key = $8
    ) g
    cross join lateral (
      select c.status,
        c.value,
        c.bound,
        c.people_band,
        c.rounded_to,
        c.definition_version
      from trend_cell c
      where c.release_id = p.id
        and c.tree = $9
        and c.group_key = g.key
        and c.metric = $10
        and c.driver is null
      limit 1
    ) c
    order by g.key,
      g.valid_from,
      p.starts_on
    limit $11
  ),
  span as materialized (
    select shown.key,
      shown.valid_from,
      until.last_day
    from (
      select distinct key,
        valid_from
      from figure
    ) shown
    cross join lateral (
      select max(r.ends_on) as last_day
      from trend_group g
      join trend_release r on r.id = g.release_id
      where g.organization_id = $12
        and g.tree = $13
        and g.key = shown.key
        and g.valid_from = shown.valid_from
        and r.granularity = $14
    ) until
  ),
  newest as materialized (
    select max(r.ends_on) as last_day
    from trend_release r
    where r.organization_id = $15
      and r.granularity = $16
  )
select f.key,
  coalesce(f.label, head.name, '') as label,
  f.parent_key as "parentKey",
  f.valid_from as "validFrom",
  case when span.last_day < newest.last_day then span.last_day end as "validUntil",
  f.period_key as "periodKey",
  f.starts_on as "startsOn",
  f.ends_on as "endsOn",
  f.minimum_group_size as "minimumGroupSize",
  f.status,
  f.value,
  f.bound,
  f.people_band as people,
  f.rounded_to as "roundedTo",
  f.definition_version as "definitionVersion"
from figure f
join span on span.key = f.key
  and span.valid_from = f.valid_from
cross join newest
left join app.trend_head_names(array(
  select distinct head_id
  from figure
  where head_id is not null
)) head on head.head_id = f.head_id
order by f.key = $17 desc,
  f.key,
  f.valid_from,
  f.starts_on;
