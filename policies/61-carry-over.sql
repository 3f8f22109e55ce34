-- How talking points move between conversations (docs/domain.md, TalkingPoint). Drafts, which only their authors can see, move too, so
-- these definer functions are the only way: each needs an open one-to-one of the viewer, and none returns anything that depends on points
-- the viewer cannot see. libs/conversations/agenda/carry-over.service.ts decides when each is called.

-- Moves undiscussed points of a closed conversation to a planned one of the same one-to-one or, with null, to wait at the one-to-one.
create or replace function app.carry_points(from_conversation uuid, to_conversation uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  left_behind conversation;
begin
  select c.* into left_behind from conversation c
  where c.id = from_conversation and c.one_to_one_id = any (app.open_one_to_one_ids()) and c.status <> 'PLANNED';
  if not found or to_conversation is not null and not exists (
    select 1 from conversation c
    where c.id = to_conversation and c.one_to_one_id = left_behind.one_to_one_id and c.status = 'PLANNED'
  ) then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  insert into talking_point_carry (point_id, from_id, to_id, organization_id, position)
  select t.id, from_conversation, to_conversation, t.organization_id, t.position
  from talking_point t where t.conversation_id = from_conversation and not t.discussed
  on conflict (point_id, from_id) do update set to_id = excluded.to_id, position = excluded.position, carried_at = now();
  update talking_point t
  set conversation_id = to_conversation, times_carried = t.times_carried + 1, position = placed.position
  from (
    select p.id, row_number() over (order by p.position, p.id) + coalesce((
      select max(there.position) from talking_point there
      where there.one_to_one_id = left_behind.one_to_one_id and there.conversation_id is not distinct from to_conversation
    ), 0) as position
    from talking_point p where p.conversation_id = from_conversation and not p.discussed
  ) placed
  where t.id = placed.id;
end $$;

-- Moves the points that wait at a one-to-one into a planned conversation of it. They were counted when they began to wait. Not granted;
-- for the functions that check the caller.
create or replace function app.move_waiting_points(pair_id uuid, to_conversation uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update talking_point_carry k set to_id = to_conversation
  from talking_point t
  where t.id = k.point_id and t.one_to_one_id = pair_id and t.conversation_id is null and k.to_id is null;
  update talking_point t set conversation_id = to_conversation, position = placed.position
  from (
    select p.id, row_number() over (order by p.position, p.id) + coalesce((
      select max(there.position) from talking_point there where there.conversation_id = to_conversation
    ), 0) as position
    from talking_point p where p.one_to_one_id = pair_id and p.conversation_id is null
  ) placed
  where t.id = placed.id
$$;

-- Moves the points that wait at a one-to-one of the viewer into a planned conversation.
create or replace function app.admit_points(to_conversation uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  planned conversation;
begin
  select c.* into planned from conversation c
  where c.id = to_conversation and c.one_to_one_id = any (app.open_one_to_one_ids()) and c.status = 'PLANNED';
  if not found then
    raise exception 'talking points cannot be moved in this way' using errcode = 'MU028';
  end if;
  perform app.move_waiting_points(planned.one_to_one_id, to_conversation);
end $$;

-- Returns carried points to a reopened conversation, with their positions and counts, unless they were discussed since or carried further.
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
    where k.from_id = reopened and t.id = k.point_id and not t.discussed
      and t.conversation_id is not distinct from k.to_id
      and (k.to_id is null or exists (select 1 from conversation c where c.id = k.to_id and c.status = 'PLANNED'))
    returning k.point_id, k.position
  )
  update talking_point t
  set conversation_id = reopened, times_carried = greatest(t.times_carried - 1, 0), position = r.position
  from returning_points r where t.id = r.point_id;
end $$;

-- Deletes a conversation that the recurrence planned when another one closed, once that one is reopened, if nothing was written in it.
-- That is decided by what both participants can see: a shared point raised or discussed there, shared notes, an action item made there, a
-- time changed by hand. Drafts must not keep it, since the other would learn of them, and must not get lost: they move into the reopened
-- conversation, and private notes are appended to their author's there. Returns whether it was deleted.
create or replace function app.withdraw_conversation(planned uuid, reopened uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select 1 from conversation p join conversation r on r.id = p.planned_after_id
    where p.id = planned and r.id = reopened and p.status = 'PLANNED' and r.status = 'PLANNED'
      and p.one_to_one_id = any (app.open_one_to_one_ids())
      and p.scheduled_at = p.series_at
  )
    or exists (select 1 from shared_notes n where n.conversation_id = planned and n.version > 0)
    or exists (select 1 from action_item i where i.made_in_id = planned)
    or exists (
      select 1 from talking_point t
      where t.one_to_one_id = (select p.one_to_one_id from conversation p where p.id = planned) and not t.draft
        and (t.raised_in_id = planned or t.conversation_id = planned and t.discussed)
    ) then
    return false;
  end if;
  with back as (
    delete from talking_point_carry k where k.from_id = reopened and k.to_id = planned returning k.point_id
  )
  update talking_point t set times_carried = greatest(t.times_carried - 1, 0) from back where t.id = back.point_id;
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
  select reopened, n.author_id, n.organization_id, n.text from private_notes n where n.conversation_id = planned and n.text <> ''
  on conflict (conversation_id, author_id)
    do update set text = concat_ws(E'\n\n', nullif(kept.text, ''), excluded.text), version = kept.version + 1, updated_at = now();
  delete from conversation c where c.id = planned;
  return true;
end $$;

grant execute on function
  app.carry_points(uuid, uuid), app.admit_points(uuid), app.return_points(uuid), app.withdraw_conversation(uuid, uuid)
  to :"app";
