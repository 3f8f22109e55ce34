create schema peers;
grant usage on schema peers to public;
create type peers.goal_measure as (unit text, start float8, current float8, target float8);
create view peers.person with (security_invoker) as
select id, name, title from person;
create view peers.personal_goal with (security_invoker) as
select g.id, g.owner_id, g.title, g.why, o.area, g.horizon, g.target_on, g.status, g.visibility, g.open_to_proposals,
  o.version, o.created_at,
  case when g.measure_unit is not null
    then row (g.measure_unit, g.measure_start, g.measure_current, g.measure_target)::peers.goal_measure end as measure,
  case when g.owner_id = (select law.self()) then 'OWNER'
    when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_WITH_YOU' end as basis
from personal_goal g left join personal_goal_own o on o.goal_id = g.id;
create view peers.one_to_one with (security_invoker) as
select o.id, o.duration_minutes, 
  case when o.first_id = (select law.self()) then o.second_id else o.first_id end as counterpart_id,
  case when leaving.at is null then o.state else 'ENDED' end as state,
  case when o.state <> 'ENDED' and leaving.at is null
      and not exists (select 1 from reporting_line_end e where e.line_id = o.line_id and e.ends_on <= law.today())
    then o.recurrence end as recurrence
from one_to_one o
  left join lateral (
    select min(e.ended_on) as at from employment_end e
    where e.person_id in (o.first_id, o.second_id) and e.ended_on < law.today()
  ) leaving on true;
create view peers.conversation with (security_invoker) as
select id, one_to_one_id, status, scheduled_at, held_at from conversation;
create view peers.talking_point with (security_invoker) as
select t.id, t.conversation_id, t.author_id, t.text, t.draft, t.discussed, t.times_carried, t.version, t.position as place,
  (case
    when t.conversation_id is null then (
      select count(*) from talking_point b
      where b.one_to_one_id = t.one_to_one_id and b.conversation_id is null and (b.position, b.id) < (t.position, t.id))
    else (
      select count(*) from talking_point b
      where b.conversation_id = t.conversation_id and (b.position, b.id) < (t.position, t.id))
  end + 1)::integer as position
from talking_point t;
create view peers.action_item with (security_invoker) as
select id, made_in_id, owner_id, text, state, due_on, kept from action_item;
grant select on all tables in schema peers to public;

comment on view peers.person is '@primaryKey id';
comment on view peers.personal_goal is $$
@primaryKey id
@foreignKey (owner_id) references peers.person (id)|@fieldName owner|@foreignFieldName personalGoals
$$;
comment on view peers.one_to_one is $$
@primaryKey id
@foreignKey (counterpart_id) references peers.person (id)|@fieldName counterpart|@behavior -query:resource:connection -query:resource:list
$$;
comment on view peers.conversation is $$
@primaryKey id
@foreignKey (one_to_one_id) references peers.one_to_one (id)|@fieldName oneToOne|@foreignFieldName conversations
$$;
comment on view peers.talking_point is $$
@primaryKey id
@foreignKey (conversation_id) references peers.conversation (id)|@fieldName conversation|@foreignSimpleFieldName talkingPoints|@behavior +list -connection
@foreignKey (author_id) references peers.person (id)|@fieldName author
$$;
comment on view peers.action_item is $$
@primaryKey id
@foreignKey (made_in_id) references peers.conversation (id)|@fieldName madeIn|@foreignSimpleFieldName actionItems|@behavior +list -connection
@foreignKey (owner_id) references peers.person (id)|@fieldName owner
$$;

create function peers.add_talking_point(conversation_id uuid, text text, draft boolean default true)
returns peers.talking_point
language plpgsql volatile security invoker set search_path = public, pg_temp as $$
declare
  pair peers.one_to_one;
  place conversation;
  point talking_point;
  added peers.talking_point;
begin
  select * into place from conversation c where c.id = add_talking_point.conversation_id;
  perform 1 from one_to_one o where o.id = place.one_to_one_id for share;
  select * into pair from peers.one_to_one o where o.id = place.one_to_one_id;
  select * into place from conversation c where c.id = add_talking_point.conversation_id;
  if pair.state is distinct from 'OPEN' or place.status <> 'PLANNED' then
    raise exception 'nothing is added here any more';
  end if;
  insert into talking_point as t (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, draft)
  values (place.organization_id, pair.id, place.id, place.id, law.viewer(), add_talking_point.text, add_talking_point.draft)
  returning * into point;
  insert into talking_point_version (point_id, version, organization_id, author_id, text)
  values (point.id, point.version, point.organization_id, point.author_id, point.text);
  select * into added from peers.talking_point t where t.id = point.id;
  return added;
end $$;
comment on function peers.add_talking_point is '@resultFieldName talkingPoint';
grant execute on all functions in schema peers to public;
