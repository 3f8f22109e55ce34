-- The product's tables as a schema for PostGraphile and TypeORM, which derive SQL from it: one view per type, with the columns that the
-- questions need. Applied by the benchmark only, as the owner of the tables. The views are security_invoker, so the same policies
-- apply; PostgreSQL expands views while planning, so they cost nothing. The smart tags in the comments are for PostGraphile: names, and
-- keys, which views cannot have.

drop schema if exists peers cascade;
create schema peers;
grant usage on schema peers to public;

create view peers.person with (security_invoker) as
select id, name, title from person;
comment on view peers.person is '@primaryKey id';

create type peers.goal_measure as (unit text, start double precision, current double precision, target double precision);

-- What is the owner's alone is null to everybody else.
create view peers.personal_goal with (security_invoker) as
select g.id, g.owner_id, g.title, g.why, own.area, g.horizon, g.target_on, g.status, g.visibility, g.open_to_proposals,
  own.version, own.created_at,
  case when g.measure_unit is not null
    then row (g.measure_unit, g.measure_start, g.measure_current, g.measure_target)::peers.goal_measure end as measure,
  case when g.owner_id = (select app.signed_in_person()) then 'OWNER'
    when g.visibility = 'ORGANIZATION' then 'ORGANIZATION_WIDE' else 'SHARED_BY_NAME' end as basis
from personal_goal g left join personal_goal_own own on own.goal_id = g.id;
comment on view peers.personal_goal is $$
@primaryKey id
@foreignKey (owner_id) references peers.person (id)|@fieldName owner|@foreignFieldName personalGoals
$$;

-- A one-to-one: ended also when the employment of either person has; without recurrence once its reporting line has closed.
create view peers.one_to_one with (security_invoker) as
select o.id, o.duration_minutes,
  case when o.first_id = (select app.signed_in_person()) then o.second_id else o.first_id end as counterpart_id,
  case when leaving.gone then 'ENDED' else o.state end as state,
  case when o.state <> 'ENDED' and not leaving.gone
      and not exists (select 1 from reporting_line_end e where e.line_id = o.line_id and e.ends_at <= now())
    then o.recurrence end as recurrence
from one_to_one o
  cross join lateral (
    select exists (
      select 1 from employment_end e where e.person_id in (o.first_id, o.second_id) and e.ended_at <= now()
    ) as gone
  ) leaving;
comment on view peers.one_to_one is $$
@primaryKey id
@foreignKey (counterpart_id) references peers.person (id)|@fieldName counterpart
$$;

create view peers.conversation with (security_invoker) as
select id, one_to_one_id, status, scheduled_at, held_at from conversation;
comment on view peers.conversation is $$
@primaryKey id
@foreignKey (one_to_one_id) references peers.one_to_one (id)|@fieldName oneToOne|@foreignFieldName conversations
$$;

-- `place` is the order as stored, which counts drafts that the viewer does not see; `position` is the rank among those that they do.
create view peers.talking_point with (security_invoker) as
select t.id, t.conversation_id, t.author_id, t.text, t.draft, t.discussed, t.times_carried, t.version, t.position as place,
  (1 + (
    select count(*) from talking_point b
    where b.conversation_id = t.conversation_id and (b.position, b.id) < (t.position, t.id)
  ))::integer as position
from talking_point t;
comment on view peers.talking_point is $$
@primaryKey id
@foreignKey (conversation_id) references peers.conversation (id)|@fieldName conversation|@foreignSimpleFieldName talkingPoints|@behavior +list -connection
@foreignKey (author_id) references peers.person (id)|@fieldName author
$$;

create view peers.action_item with (security_invoker) as
select id, made_in_id, owner_id, text, state, due_on,
  case when kept then 'KEPT' when kept = false then 'LATE' when state <> 'OPEN' then state
    when app.has_passed(late_at) then 'LATE' else 'OPEN' end as standing
from action_item;
comment on view peers.action_item is $$
@primaryKey id
@foreignKey (made_in_id) references peers.conversation (id)|@fieldName madeIn|@foreignSimpleFieldName actionItems|@behavior +list -connection
@foreignKey (owner_id) references peers.person (id)|@fieldName owner
$$;

grant select on all tables in schema peers to public;

-- PostGraphile's mutation; the others send separate statements. While the pair is locked, nobody ends it or closes the
-- conversation; the statement after the lock sees earlier changes.
create function peers.add_talking_point(conversation_id uuid, text text, draft boolean default true)
returns peers.talking_point
language plpgsql volatile security invoker as $$
declare
  place public.conversation;
  pair_state text;
  point record;
  added peers.talking_point;
begin
  perform 1 from public.one_to_one o
  where o.id = (select c.one_to_one_id from public.conversation c where c.id = add_talking_point.conversation_id)
  for share;
  select c.* into place from public.conversation c where c.id = add_talking_point.conversation_id;
  select o.state into pair_state from peers.one_to_one o where o.id = place.one_to_one_id;
  if pair_state is distinct from 'OPEN' or place.status <> 'PLANNED' then
    raise exception 'This conversation is not open for more.';
  end if;
  insert into public.talking_point as t
    (organization_id, one_to_one_id, conversation_id, raised_in_id, author_id, text, draft)
  values (place.organization_id, place.one_to_one_id, place.id, place.id, app.viewer(), add_talking_point.text,
          add_talking_point.draft)
  returning t.id, t.version, t.organization_id, t.author_id, t.text into point;
  insert into public.talking_point_version (point_id, version, organization_id, author_id, text)
  values (point.id, point.version, point.organization_id, point.author_id, point.text);
  select t.* into added from peers.talking_point t where t.id = point.id;
  return added;
end $$;
comment on function peers.add_talking_point is '@resultFieldName talkingPoint';
grant execute on function peers.add_talking_point(uuid, text, boolean) to public;
