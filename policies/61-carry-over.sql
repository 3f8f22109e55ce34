-- How talking points move between conversations (docs/domain.md, TalkingPoint). Drafts, which only their authors can see, move too, so
-- these definer functions are the only way: each needs an open one-to-one of the viewer, and none returns anything that depends on points
-- the viewer cannot see. libs/conversations/agenda/carry-over.service.ts decides when each is called.

-- Moves undiscussed points of a closed conversation, and its standing points, to wait at the one-to-one; app.admit_points then moves them
-- on. A standing point that was discussed is undiscussed on the next agenda, which is not counted as carried over.
create or replace function app.carry_points(from_conversation uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  left_behind conversation;
begin
  select c.* into left_behind from conversation c
  where c.id = from_conversation and c.one_to_one_id = any (app.open_one_to_one_ids()) and c.status <> 'PLANNED';
  if not found then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  insert into talking_point_carry (point_id, from_id, organization_id, position, discussed)
  select t.id, from_conversation, t.organization_id, t.position, t.discussed
  from talking_point t where t.conversation_id = from_conversation and (not t.discussed or t.standing)
  on conflict (point_id, from_id) do update
    set to_id = null, position = excluded.position, discussed = excluded.discussed, postponed = false, carried_at = now();
  update talking_point t
  set conversation_id = null, position = placed.position, discussed = false,
    times_carried = t.times_carried + (not t.discussed)::integer, version = t.version + t.discussed::integer
  from (
    select p.id, row_number() over (order by p.position, p.id) + app.last_waiting_position(left_behind.one_to_one_id) as position
    from talking_point p where p.conversation_id = from_conversation and (not p.discussed or p.standing)
  ) placed
  where t.id = placed.id;
end $$;

-- The position of the last point that waits at a one-to-one; 0 without one.
create or replace function app.last_waiting_position(of_one_to_one uuid) returns integer
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(max(t.position), 0) from talking_point t where t.one_to_one_id = of_one_to_one and t.conversation_id is null
$$;

-- Moves the points that wait at a one-to-one, and standing points of later conversations, into its first planned conversation on the
-- record: for a point that was put off, the first one after the planned conversations that it was put off from. They were counted when
-- they began to wait. Not granted; for the functions that check the caller.
create or replace function app.move_waiting_points(of_one_to_one uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with placed as (
    select t.id, t.conversation_id as from_id, target.id as to_id,
      row_number() over (partition by target.id order by t.conversation_id nulls first, t.position, t.id) + coalesce((
        select max(there.position) from talking_point there where there.conversation_id = target.id
      ), 0) as position
    from talking_point t
    left join conversation present on present.id = t.conversation_id
    cross join lateral (
      select c.id, c.scheduled_at from conversation c
      where c.one_to_one_id = of_one_to_one and c.status = 'PLANNED' and c.off_the_record_by_id is null
        and c.scheduled_at > coalesce((
          select max(past.scheduled_at) from talking_point_carry k join conversation past on past.id = k.from_id
          where k.point_id = t.id and k.postponed and past.status = 'PLANNED'
        ), '-infinity')
      order by c.scheduled_at, c.id limit 1
    ) target
    where t.one_to_one_id = of_one_to_one
      and (
        t.conversation_id is null
        or t.standing and not t.discussed and present.status = 'PLANNED'
          and (target.scheduled_at, target.id) < (present.scheduled_at, present.id)
      )
  ), carried as (
    update talking_point_carry k set to_id = placed.to_id
    from placed where k.point_id = placed.id and k.to_id is not distinct from placed.from_id
  )
  update talking_point t set conversation_id = placed.to_id, position = placed.position from placed where t.id = placed.id
$$;

-- The same for a one-to-one of the viewer.
create or replace function app.admit_points(of_one_to_one uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if (of_one_to_one = any (app.open_one_to_one_ids())) is not true then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  perform app.move_waiting_points(of_one_to_one);
end $$;

-- Puts an undiscussed point of a planned conversation off: it waits at the one-to-one, counted, until app.admit_points moves it into a
-- later conversation.
create or replace function app.postpone_point(of_point uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  point talking_point;
begin
  select t.* into point from talking_point t join conversation c on c.id = t.conversation_id
  where t.id = of_point and t.one_to_one_id = any (app.open_one_to_one_ids()) and (not t.draft or t.author_id = app.viewer())
    and not t.discussed and c.status = 'PLANNED';
  if not found then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  insert into talking_point_carry (point_id, from_id, organization_id, position, postponed)
  values (point.id, point.conversation_id, point.organization_id, point.position, true)
  on conflict (point_id, from_id) do update
    set to_id = null, position = excluded.position, discussed = false, postponed = true, carried_at = now();
  update talking_point t
  set conversation_id = null, times_carried = t.times_carried + 1, position = app.last_waiting_position(t.one_to_one_id) + 1
  where t.id = point.id;
end $$;

-- Returns a point to the planned conversation that it was put off from, with its position and count, unless it was discussed since or
-- has moved on. Returns whether it did.
create or replace function app.return_postponed_point(of_point uuid, to_conversation uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  with taken_back as (
    delete from talking_point_carry k using talking_point t, conversation c
    where k.point_id = of_point and k.from_id = to_conversation and k.postponed
      and t.id = k.point_id and not t.discussed and t.conversation_id is not distinct from k.to_id
      and t.one_to_one_id = any (app.open_one_to_one_ids()) and (not t.draft or t.author_id = app.viewer())
      and c.id = k.from_id and c.status = 'PLANNED'
    returning k.point_id, k.from_id, k.position
  )
  update talking_point t
  set conversation_id = b.from_id, times_carried = greatest(t.times_carried - 1, 0), position = b.position
  from taken_back b where t.id = b.point_id;
  return found;
end $$;

-- Returns carried points to a reopened conversation, with their positions and counts, unless they were discussed since or carried further.
-- A standing point that was discussed there is discussed again. Points that were put off before it closed do not return.
create or replace function app.return_points(reopened uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select 1 from conversation c
    where c.id = reopened and c.one_to_one_id = any (app.open_one_to_one_ids()) and c.status = 'PLANNED'
  ) then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  with returning_points as (
    delete from talking_point_carry k using talking_point t
    where k.from_id = reopened and not k.postponed and t.id = k.point_id and not t.discussed
      and t.conversation_id is not distinct from k.to_id
      and (k.to_id is null or exists (select 1 from conversation c where c.id = k.to_id and c.status = 'PLANNED'))
    returning k.point_id, k.position, k.discussed
  )
  update talking_point t
  set conversation_id = reopened, position = r.position, discussed = r.discussed,
    times_carried = greatest(t.times_carried - (not r.discussed)::integer, 0), version = t.version + r.discussed::integer
  from returning_points r where t.id = r.point_id;
end $$;

-- Deletes a conversation that the recurrence planned when another one closed, once that one is reopened, if nothing was written in it.
-- That is decided by what both participants can see: a shared point raised or discussed there, shared notes, an action item made there, a
-- time changed by hand, a mark as off the record, revealed feedback. Nothing moves into a conversation off the record. What only its author
-- can see must not keep it, since the other would learn of it, and must not get lost: drafts move into the reopened conversation, and
-- private notes and the words of feedback are appended to their author's private notes there. Returns whether it was deleted.
create or replace function app.withdraw_conversation(planned uuid, reopened uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select 1 from conversation p join conversation r on r.id = p.planned_after_id
    where p.id = planned and r.id = reopened and p.status = 'PLANNED' and r.status = 'PLANNED'
      and p.one_to_one_id = any (app.open_one_to_one_ids())
      and p.scheduled_at = p.series_at and p.off_the_record_by_id is null and r.off_the_record_by_id is null
  )
    or exists (select 1 from shared_notes n where n.conversation_id = planned and n.version > 0)
    or exists (select 1 from action_item i where i.made_in_id = planned)
    or exists (
      select 1 from talking_point t
      where t.one_to_one_id = (select p.one_to_one_id from conversation p where p.id = planned) and not t.draft
        and (t.raised_in_id = planned or t.conversation_id = planned and t.discussed)
    )
    or (
      select count(*) from conversation_feedback f
      where f.conversation_id = planned and app.is_feedback_offered(f.offered, f.offered_in)
    ) = 2 then
    return false;
  end if;
  -- Points that were put off before the other conversation closed wait again.
  with waiting as (
    update talking_point_carry k set to_id = null
    where k.from_id = reopened and k.to_id = planned and k.postponed returning k.point_id
  ), placed as (
    select p.id, row_number() over (order by p.position, p.id) + app.last_waiting_position(p.one_to_one_id) as position
    from talking_point p join waiting w on w.point_id = p.id where p.conversation_id = planned
  )
  update talking_point t set conversation_id = null, position = placed.position from placed where t.id = placed.id;
  -- What was counted because this conversation was planned, and because points were put off from it.
  with back as (
    delete from talking_point_carry k
    where k.from_id = reopened and k.to_id = planned and not k.postponed or k.from_id = planned and k.postponed
    returning k.point_id, k.discussed
  )
  update talking_point t set times_carried = greatest(t.times_carried - counted.times, 0)
  from (select b.point_id, count(*) filter (where not b.discussed)::integer as times from back b group by 1) counted
  where t.id = counted.point_id;
  update talking_point_carry k set to_id = reopened where k.to_id = planned;
  -- Drafts that were raised there, also those that were carried further.
  update talking_point t set raised_in_id = reopened
  where t.one_to_one_id = (select p.one_to_one_id from conversation p where p.id = planned) and t.raised_in_id = planned;
  update talking_point t set conversation_id = reopened, position = placed.position
  from (
    select p.id, row_number() over (order by p.position, p.id) + coalesce((
      select max(there.position) from talking_point there where there.conversation_id = reopened
    ), 0) as position
    from talking_point p where p.conversation_id = planned
  ) placed
  where t.id = placed.id;
  insert into private_notes as kept (conversation_id, author_id, organization_id, text)
  select reopened, w.author_id, w.organization_id, string_agg(w.text, E'\n\n' order by w.place)
  from (
    select 1 as place, n.author_id, n.organization_id, n.text from private_notes n where n.conversation_id = planned and n.text <> ''
    union all
    select 2, f.author_id, f.organization_id, f.better from conversation_feedback f
    where f.conversation_id = planned and f.better is not null
  ) w
  group by w.author_id, w.organization_id
  on conflict (conversation_id, author_id)
    do update set text = concat_ws(E'\n\n', nullif(kept.text, ''), excluded.text), version = kept.version + 1, updated_at = now();
  delete from conversation c where c.id = planned;
  return true;
end $$;

grant execute on function
  app.carry_points(uuid), app.admit_points(uuid), app.postpone_point(uuid), app.return_postponed_point(uuid, uuid),
  app.return_points(uuid), app.withdraw_conversation(uuid, uuid)
  to :"app";
