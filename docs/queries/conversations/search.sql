-- SearchRepository in libs/conversations/search/search.repository.ts. Written by npm run schema.

-- findPage
with pattern as materialized (
  select '%' || regexp_replace(searchable($1), '([\\%_])', '\\\1', 'g') || '%' as words
),
  found as (
    select 'PersonalGoal' as node_type,
      g.id,
      o.updated_at as at,
      concat_ws(E'\n', g.title, g.why) as text
    from personal_goal g
    join personal_goal_own o on o.goal_id = g.id
    where g.owner_id = $2::uuid
    union all
    select 'PersonalGoalUpdate',
      u.id,
      u.at,
      u.text
    from personal_goal g
    join goal_update u on u.goal_id = g.id
    where g.owner_id = $3::uuid
    union all
    select 'BusinessGoal',
      b.id,
      b.listed_at,
      concat_ws(E'\n', b.title, b.description)
    from business_goal b
    where b.owner_id = $4::uuid
    union all
    select 'TalkingPoint',
      t.id,
      c.scheduled_at,
      t.text
    from talking_point t
    left join conversation c on c.id = t.conversation_id
    union all
    select 'ActionItem',
      i.id,
      i.created_at,
      i.text
    from action_item i
    union all
    select 'Conversation',
      c.id,
      c.scheduled_at,
      concat_ws(E'\n\n', nullif(n.text, ''), nullif(p.text, ''))
    from conversation c
    join shared_notes n on n.conversation_id = c.id
    left join private_notes p on p.conversation_id = c.id
    where c.off_the_record_by_id is null
  )
select found.id as "nodeId",
  found.node_type as "nodeType",
  found.at,
  left(found.text, 40000) as text,
  (found.at)::text as "cursorKey1",
  (found.id)::text as "cursorKey2"
from found
where searchable(found.text) like (
  select words
  from pattern
)
  and (found.at > $5::timestamptz or (found.at = $6::timestamptz and (found.id > $7::uuid or (found.id = $8::uuid and false))))
order by found.at asc nulls first,
  found.id asc
limit $9;

with pattern as materialized (
  select '%' || regexp_replace(searchable($1), '([\\%_])', '\\\1', 'g') || '%' as words
),
  found as (
    select 'PersonalGoal' as node_type,
      g.id,
      o.updated_at as at,
      concat_ws(E'\n', g.title, g.why) as text
    from personal_goal g
    join personal_goal_own o on o.goal_id = g.id
    where g.owner_id = $2::uuid
    union all
    select 'PersonalGoalUpdate',
      u.id,
      u.at,
      u.text
    from personal_goal g
    join goal_update u on u.goal_id = g.id
    where g.owner_id = $3::uuid
    union all
    select 'BusinessGoal',
      b.id,
      b.listed_at,
      concat_ws(E'\n', b.title, b.description)
    from business_goal b
    where b.owner_id = $4::uuid
    union all
    select 'TalkingPoint',
      t.id,
      c.scheduled_at,
      t.text
    from talking_point t
    left join conversation c on c.id = t.conversation_id
    union all
    select 'ActionItem',
      i.id,
      i.created_at,
      i.text
    from action_item i
    union all
    select 'Conversation',
      c.id,
      c.scheduled_at,
      concat_ws(E'\n\n', nullif(n.text, ''), nullif(p.text, ''))
    from conversation c
    join shared_notes n on n.conversation_id = c.id
    left join private_notes p on p.conversation_id = c.id
    where c.off_the_record_by_id is null
  )
select found.id as "nodeId",
  found.node_type as "nodeType",
  found.at,
  left(found.text, 40000) as text,
  (found.at)::text as "cursorKey1",
  (found.id)::text as "cursorKey2"
from found
where searchable(found.text) like (
  select words
  from pattern
)
  and true
order by found.at desc nulls last,
  found.id desc
limit $5;
