-- TrendCsvRepository in libs/engagement/trends/csv/trend-csv.repository.ts. Written by npm run schema.

-- findLines
with line as (
  select c.*
  from trend_cell c
  where c.release_id = $1::uuid
    and (c.tree, c.metric, coalesce(c.driver, ''), c.group_key) > ($2, $3, $4, $5)
  order by c.tree,
    c.metric,
    coalesce(c.driver, ''),
    c.group_key
  limit $6
),
  labelled as (
    select l.*,
      g.label,
      g.parent_key,
      g.head_id
    from line l
    join trend_group g on g.release_id = $7::uuid
      and g.tree = l.tree
      and g.key = l.group_key
  )
select l.tree,
  l.group_key as "groupKey",
  coalesce(l.label, head.name, '') as label,
  l.parent_key as "parentKey",
  l.metric,
  l.driver,
  l.status,
  l.value,
  l.bound,
  l.rounded_to as "roundedTo",
  l.people_band as people,
  l.definition_version as "definitionVersion"
from labelled l
left join app.trend_head_names(array(
  select distinct head_id
  from labelled
  where head_id is not null
)) head on head.head_id = l.head_id
order by l.tree,
  l.metric,
  coalesce(l.driver, ''),
  l.group_key;

with line as (
  select c.*
  from trend_cell c
  where c.release_id = $1::uuid
    and true
  order by c.tree,
    c.metric,
    coalesce(c.driver, ''),
    c.group_key
  limit $2
),
  labelled as (
    select l.*,
      g.label,
      g.parent_key,
      g.head_id
    from line l
    join trend_group g on g.release_id = $3::uuid
      and g.tree = l.tree
      and g.key = l.group_key
  )
select l.tree,
  l.group_key as "groupKey",
  coalesce(l.label, head.name, '') as label,
  l.parent_key as "parentKey",
  l.metric,
  l.driver,
  l.status,
  l.value,
  l.bound,
  l.rounded_to as "roundedTo",
  l.people_band as people,
  l.definition_version as "definitionVersion"
from labelled l
left join app.trend_head_names(array(
  select distinct head_id
  from labelled
  where head_id is not null
)) head on head.head_id = l.head_id
order by l.tree,
  l.metric,
  coalesce(l.driver, ''),
  l.group_key;
