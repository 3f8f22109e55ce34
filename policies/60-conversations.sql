-- One-to-ones and what the two participants write in them. No role sees any of it (docs/domain.md, One-to-ones).
--
-- | table                 | sees                                   | adds           | changes                                  | deletes           |
-- | one_to_one            | participants                           | its starter    | participants; the state by a guard       | -                 |
-- | one_to_one_decline    | who declined                           | who is invited | -                                        | app.undo_decline  |
-- | conversation          | participants                           | participants   | participants; a closed one by a guard    | app.withdraw_conversation |
-- | talking_point         | participants; a draft its author       | its author     | who sees it; its words by a guard        | its author        |
-- | talking_point_subject | who sees the point and the goal        | point's author | -                                        | point's author    |
-- | talking_point_version | point's author                         | point's author | its author, for 10 minutes               | -                 |
-- | talking_point_carry   | who sees the point                     | functions of 61-carry-over.sql                                                |
-- | shared_notes          | participants                           | a trigger      | participants                             | -                 |
-- | shared_notes_version  | participants                           | participants   | its author, for 10 minutes               | -                 |
-- | private_notes         | its author                             | its author     | its author                               | -                 |
-- | action_item           | participants                           | participants   | participants; due date and state by a guard | its author, for 10 minutes |
-- | agenda_template       | its owner                              | its owner      | its owner                                | its owner         |
-- | action_item_version   | participants                           | participants   | its author, for 10 minutes               | -                 |
--
-- Everything but private notes and the closing of action items needs an open one-to-one (app.open_one_to_one_ids).

-- ---------------------------------------------------------------- one_to_one

-- Within an open reporting line either person opens it; otherwise one invites the other. An invitation that was declined is hidden from
-- the person who declined it, and from nobody else; after 30 days it is hidden from both.
alter table one_to_one enable row level security;
grant select,
  insert (organization_id, first_id, second_id, started_by_id, state, recurrence, recurrence_starts_at, time_zone,
          duration_minutes, line_id),
  update (state, recurrence, recurrence_starts_at, time_zone, duration_minutes, line_id, ended_at, paused_until, version)
  on one_to_one to :"app";
create policy one_to_one_select_participants on one_to_one for select to :"app" using (
  (first_id = (select app.viewer()) or second_id = (select app.viewer()))
  and (
    state <> 'INVITED'
    or (
      invited_at > now() - interval '30 days' and id <> all ((select app.declined_one_to_one_ids())::uuid[])
    )
  )
);
create policy one_to_one_insert_starter on one_to_one for insert to :"app" with check (
  started_by_id = (select app.viewer())
  and (first_id = (select app.viewer()) or second_id = (select app.viewer()))
  and organization_id = (select app.organization())
  and exists (select 1 from person p where p.id = one_to_one.first_id)
  and exists (select 1 from person p where p.id = one_to_one.second_id)
  and (state = 'INVITED' or (state = 'OPEN' and line_id is not null))
  and line_id is not distinct from app.open_line_id(first_id, second_id)
  and not exists (
    select 1 from employment_end e
    where e.person_id in (one_to_one.first_id, one_to_one.second_id) and e.ended_at <= now()
  )
);
create policy one_to_one_update_participants on one_to_one for update to :"app"
  using (id = any ((select app.one_to_one_ids())::uuid[]));

-- Only the invited person accepts or, once a reporting line is open between the two, either of them. A one-to-one that has ended does not
-- change. A recurrence belongs to the line that is open now. An invitation cannot be ended: its sender could see that it was declined, or
-- invite a person again who has declined. An invitation that has lapsed is replaced by a new one. A pause of an open one-to-one lasts until
-- the end of a day in its time zone, within a year; it ends with the one-to-one.
create or replace function app.one_to_one_guard() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    delete from one_to_one
    where first_id = new.first_id and second_id = new.second_id and new.started_by_id = app.viewer()
      and app.viewer() in (new.first_id, new.second_id)
      and state = 'INVITED' and invited_at <= now() - interval '30 days';
    return new;
  end if;
  if old.state = 'INVITED' and new.state = 'OPEN' then
    if app.viewer() = old.started_by_id and app.open_line_id(new.first_id, new.second_id) is null then
      raise exception 'only the invited person can accept an invitation' using errcode = 'MU020';
    end if;
    delete from one_to_one_decline d where d.one_to_one_id = new.id;
  end if;
  if old.state = 'ENDED' and new.state <> 'ENDED' or old.state = 'OPEN' and new.state = 'INVITED'
    or old.state = 'INVITED' and new.state = 'ENDED' then
    raise exception 'the state of a one-to-one cannot change in this way' using errcode = 'MU021';
  end if;
  if new.line_id is distinct from old.line_id
    and new.line_id is distinct from app.open_line_id(new.first_id, new.second_id) then
    raise exception 'not the open reporting line of the participants' using errcode = 'MU022';
  end if;
  if new.state = 'ENDED' then
    new.paused_until := null;
  end if;
  if new.paused_until is distinct from old.paused_until then
    new.pause_ends_at := app.end_of_day(new.paused_until, app.usable_time_zone(new.time_zone));
    if new.paused_until is not null
      and (new.state <> 'OPEN' or app.has_passed(new.pause_ends_at) or new.pause_ends_at > now() + interval '367 days') then
      raise exception 'a one-to-one cannot be paused in this way' using errcode = 'MU120';
    end if;
    -- A pause that is moved while it lasts is the same pause.
    new.pause_began_at := case when new.paused_until is null or old.pause_over_at > now() then old.pause_began_at else now() end;
    new.pause_over_at := coalesce(new.pause_ends_at, least(old.pause_over_at, now()));
  end if;
  return new;
end $$;
create or replace trigger one_to_one_guard before insert or update on one_to_one
  for each row execute function app.one_to_one_guard();

-- A one-to-one that has ended, by hand or because a participant left, does not change.
create or replace function app.one_to_one_ended_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.state <> 'INVITED' and old.id = any (app.one_to_one_ids()) and old.id <> all (app.open_one_to_one_ids()) then
    raise exception 'a one-to-one that has ended cannot be changed' using errcode = 'MU021';
  end if;
  return new;
end $$;
create or replace trigger one_to_one_ended_guard before update on one_to_one
  for each row when (row_security_active('one_to_one'::regclass)) execute function app.one_to_one_ended_guard();

-- Points that wait at a former one-to-one of the same people, drafts too, and open action items move to the one that opens, with their
-- counts and histories. A trigger does it, because the person who opens it cannot see the other's drafts.
create or replace function app.one_to_one_after_open() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update talking_point t set one_to_one_id = new.id, position = placed.position
  from (
    select p.id, row_number() over (order by former.ended_at, p.position, p.id) as position
    from talking_point p join one_to_one former on former.id = p.one_to_one_id
    where former.first_id = new.first_id and former.second_id = new.second_id and former.state = 'ENDED'
      and p.conversation_id is null and (not p.discussed or p.standing)
  ) placed
  where t.id = placed.id;
  update action_item i set one_to_one_id = new.id
  from one_to_one former
  where former.id = i.one_to_one_id and i.state = 'OPEN'
    and former.first_id = new.first_id and former.second_id = new.second_id and former.state = 'ENDED';
  return null;
end $$;
create or replace trigger one_to_one_after_open after insert or update of state on one_to_one
  for each row when (new.state = 'OPEN') execute function app.one_to_one_after_open();

-- Open action items that are not late are late at the end of the pause at the earliest, of both participants. Where a pause is cut short,
-- they are late at the end of the next day at the earliest, so that nobody makes the other's items late at once. Items that are late
-- already stay so.
create or replace function app.one_to_one_after_pause() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update action_item i
  set late_at = greatest(
    i.due_at,
    new.pause_ends_at,
    case when old.pause_ends_at > now() then app.end_of_day(
      (now() at time zone app.usable_time_zone(new.time_zone))::date + 1, app.usable_time_zone(new.time_zone)
    ) end
  )
  where i.one_to_one_id = new.id and i.state = 'OPEN' and i.late_at > now();
  return null;
end $$;
create or replace trigger one_to_one_after_pause after update on one_to_one
  for each row when (new.pause_ends_at is distinct from old.pause_ends_at) execute function app.one_to_one_after_pause();

-- ---------------------------------------------------------------- one_to_one_decline

alter table one_to_one_decline enable row level security;
grant select, insert (one_to_one_id, organization_id, person_id) on one_to_one_decline to :"app";
create policy one_to_one_decline_select_own on one_to_one_decline for select to :"app" using (person_id = (select app.viewer()));
create policy one_to_one_decline_insert_invited on one_to_one_decline for insert to :"app" with check (
  person_id = (select app.viewer())
  and exists (
    select 1 from one_to_one o
    where o.id = one_to_one_decline.one_to_one_id and o.state = 'INVITED' and o.started_by_id <> (select app.viewer())
  )
);

-- Deletes the viewer's decline of an invitation by this person that has not lapsed. The viewer can no longer see that invitation, so a
-- definer function does it, when they start a one-to-one with its sender.
create or replace function app.undo_decline(by_id uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from one_to_one_decline d using one_to_one o
  where o.id = d.one_to_one_id and d.person_id = app.viewer() and o.started_by_id = by_id
    and o.state = 'INVITED' and o.invited_at > now() - interval '30 days'
$$;
grant execute on function app.undo_decline(uuid) to :"app";

-- ---------------------------------------------------------------- conversation

alter table conversation enable row level security;
grant select,
  insert (organization_id, one_to_one_id, status, scheduled_at, held_at, closed_at, planned_after_id, series_at),
  update (status, scheduled_at, held_at, closed_at, series_at, off_the_record_by_id, version)
  on conversation to :"app";
create policy conversation_select_participants on conversation for select to :"app"
  using (one_to_one_id = any ((select app.one_to_one_ids())::uuid[]));
create policy conversation_insert_participants on conversation for insert to :"app"
  with check (one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[]));
create policy conversation_update_participants on conversation for update to :"app"
  using (one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[]));

-- A closed conversation changes in one way: it becomes PLANNED again, within 7 days. closed_at is always derived. Either participant marks
-- a planned conversation as off the record, unless something that both can see was written in it; only the one who marked it takes that
-- back. One that was imported is taken back with its import only.
create or replace function app.conversation_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.status <> 'PLANNED' and (
    new.status <> 'PLANNED' or new.scheduled_at is distinct from old.scheduled_at
    or old.closed_at <= now() - interval '7 days' or old.notes_import_id is not null
  ) then
    raise exception 'a closed conversation can only be reopened, within 7 days' using errcode = 'MU027';
  end if;
  if tg_op = 'UPDATE' and new.off_the_record_by_id is distinct from old.off_the_record_by_id then
    if old.status <> 'PLANNED' or new.status <> 'PLANNED' then
      raise exception 'only a planned conversation can be marked as off the record' using errcode = 'MU110';
    end if;
    if coalesce(old.off_the_record_by_id, app.viewer()) <> app.viewer()
      or coalesce(new.off_the_record_by_id, app.viewer()) <> app.viewer() then
      raise exception 'only the participant who marked a conversation as off the record takes that back' using errcode = 'MU111';
    end if;
    if new.off_the_record_by_id is not null and app.has_shared_content(new.id) then
      raise exception 'something was written in the conversation' using errcode = 'MU112';
    end if;
  end if;
  new.closed_at := case when new.status <> 'PLANNED' then now() end;
  return new;
end $$;
create or replace trigger conversation_guard before insert or update on conversation
  for each row when (row_security_active('conversation'::regclass)) execute function app.conversation_guard();

-- Whether something that both participants can see was written in a conversation, other than undiscussed points, which move on. Null for
-- a conversation that the viewer cannot see. Drafts, private notes and feedback that is not revealed do not count, because the other would
-- learn of them.
create or replace function app.has_shared_content(of_conversation uuid) returns boolean
language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from shared_notes n where n.conversation_id = c.id and n.version > 0)
    or exists (select 1 from action_item i where i.made_in_id = c.id)
    or exists (select 1 from talking_point t where t.conversation_id = c.id and not t.draft and t.discussed)
    or exists (select 1 from conversation_feedback f where f.conversation_id = c.id and f.author_id <> app.viewer())
  from conversation c where c.id = of_conversation
$$;
grant execute on function app.has_shared_content(uuid) to :"app";

-- A conversation off the record contains no points and was raised in by none: they wait at the one-to-one, drafts too, until
-- app.admit_points moves them on. That is not counted.
create or replace function app.conversation_off_the_record() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from talking_point_carry k where k.from_id = new.id;
  update talking_point_carry k set to_id = null where k.to_id = new.id;
  update talking_point t set raised_in_id = null where t.one_to_one_id = new.one_to_one_id and t.raised_in_id = new.id;
  update talking_point t set conversation_id = null, position = placed.position
  from (
    select p.id, row_number() over (order by p.position, p.id) + app.last_waiting_position(new.one_to_one_id) as position
    from talking_point p where p.conversation_id = new.id
  ) placed
  where t.id = placed.id;
  return null;
end $$;
create or replace trigger conversation_off_the_record after update on conversation
  for each row when (old.off_the_record_by_id is null and new.off_the_record_by_id is not null)
  execute function app.conversation_off_the_record();

-- Every conversation has shared notes from its start, so that two concurrent first writes do not create two.
create or replace function app.conversation_after_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into shared_notes (organization_id, conversation_id) values (new.organization_id, new.id);
  return null;
end $$;
create or replace trigger conversation_after_insert after insert on conversation
  for each row execute function app.conversation_after_insert();

-- ---------------------------------------------------------------- talking_point

-- Only its author sees a draft. Nobody sees created_at, which would tell for how long a shared point was a draft.
alter table talking_point enable row level security;
grant select (id, organization_id, one_to_one_id, conversation_id, author_id, text, draft, position, discussed, standing,
              raised_in_id, times_carried, version, from_customer, question_id), delete,
  insert (organization_id, one_to_one_id, conversation_id, author_id, text, draft, standing, position, raised_in_id, from_customer,
          question_id),
  update (text, draft, position, discussed, standing, version, from_customer)
  on talking_point to :"app";
create policy talking_point_select_shared_or_own on talking_point for select to :"app" using (
  one_to_one_id = any ((select app.one_to_one_ids())::uuid[])
  and (not draft or author_id = (select app.viewer()))
);
create policy talking_point_insert_author on talking_point for insert to :"app" with check (
  author_id = (select app.viewer()) and one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
  and (
    raised_in_id is null
    or exists (
      select 1 from conversation c
      where c.id = talking_point.raised_in_id and c.one_to_one_id = talking_point.one_to_one_id
    )
  )
  and not exists (
    select 1 from conversation c
    where c.id in (talking_point.conversation_id, talking_point.raised_in_id) and c.off_the_record_by_id is not null
  )
);
create policy talking_point_update_shared_or_own on talking_point for update to :"app" using (
  one_to_one_id = any ((select app.one_to_one_ids())::uuid[])
  and (not draft or author_id = (select app.viewer()))
);
create policy talking_point_delete_author on talking_point for delete to :"app" using (
  one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[]) and author_id = (select app.viewer())
);

-- Either participant orders points, marks them discussed, and makes them standing points or takes them off. Only the author changes the
-- text and the mark of a customer, and shares. A shared point does not become a draft again.
create or replace function app.talking_point_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.one_to_one_id = any (app.one_to_one_ids()) and old.one_to_one_id <> all (app.open_one_to_one_ids()) then
    raise exception 'a talking point of an ended one-to-one cannot be changed' using errcode = 'MU029';
  end if;
  if (new.text is distinct from old.text or new.draft is distinct from old.draft or new.from_customer is distinct from old.from_customer)
    and old.author_id <> app.viewer() then
    raise exception 'only the author of a talking point changes its text and mark and shares it' using errcode = 'MU023';
  end if;
  if new.draft and not old.draft then
    raise exception 'a shared talking point cannot become a draft again' using errcode = 'MU024';
  end if;
  return new;
end $$;
create or replace trigger talking_point_guard before update on talking_point
  for each row when (row_security_active('talking_point'::regclass)) execute function app.talking_point_guard();

-- A new point is last, also after drafts that its author cannot see. Otherwise its place among the other participant's own drafts would
-- tell them how many drafts its author has.
create or replace function app.talking_point_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.position := 1 + coalesce((
    select max(t.position) from talking_point t
    where t.one_to_one_id = new.one_to_one_id and t.conversation_id is not distinct from new.conversation_id
  ), 0);
  return new;
end $$;
create or replace trigger talking_point_before_insert before insert on talking_point
  for each row when (row_security_active('talking_point'::regclass)) execute function app.talking_point_before_insert();

-- Places a point before another one of its conversation or, with null, last, and renumbers all points of the conversation, drafts of the
-- other participant too, so that the order of no two others changes. (Renumbering only the visible ones would show the other, from their
-- own drafts, that a hidden one had moved.) Returns false and changes nothing unless the viewer sees both points in an open one-to-one.
create or replace function app.place_point(point_id uuid, before_id uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  placed talking_point;
  order_before uuid[];
begin
  select t.* into placed from talking_point t
  where t.id = point_id and t.conversation_id is not null and t.one_to_one_id = any (app.open_one_to_one_ids())
    and (not t.draft or t.author_id = app.viewer());
  if not found or before_id is not null and not exists (
    select 1 from talking_point t
    where t.id = before_id and t.id <> point_id and t.conversation_id = placed.conversation_id
      and (not t.draft or t.author_id = app.viewer())
  ) then
    return false;
  end if;
  order_before := app.shared_point_order(placed.conversation_id);
  update talking_point t set position = line.position
  from (
    select p.id, row_number() over (order by place.position, place.id, p.id = point_id desc) as position
    from talking_point p
    left join talking_point place on place.id = case when p.id = point_id then before_id else p.id end
    where p.conversation_id = placed.conversation_id
  ) line
  where t.id = line.id and t.position <> line.position;
  if app.shared_point_order(placed.conversation_id) <> order_before then
    perform app.record_order_change(placed.one_to_one_id, placed.conversation_id);
  end if;
  return true;
end $$;
grant execute on function app.place_point(uuid, uuid) to :"app";

-- ---------------------------------------------------------------- talking_point_subject, talking_point_version, talking_point_carry

alter table talking_point_subject enable row level security;
grant select, delete, insert (point_id, organization_id, author_id, personal_goal_id, business_goal_id)
  on talking_point_subject to :"app";
create policy talking_point_subject_select_visible_goal on talking_point_subject for select to :"app" using (
  exists (select 1 from talking_point t where t.id = talking_point_subject.point_id)
  and (
    exists (select 1 from personal_goal g where g.id = talking_point_subject.personal_goal_id)
    or exists (select 1 from business_goal b where b.id = talking_point_subject.business_goal_id)
  )
);
create policy talking_point_subject_insert_author on talking_point_subject for insert to :"app" with check (
  author_id = (select app.viewer())
  and exists (
    select 1 from talking_point t
    where t.id = talking_point_subject.point_id and t.author_id = (select app.viewer())
      and t.one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
  )
  and (
    exists (select 1 from personal_goal g where g.id = talking_point_subject.personal_goal_id)
    or exists (select 1 from business_goal b where b.id = talking_point_subject.business_goal_id)
  )
);
create policy talking_point_subject_delete_author on talking_point_subject for delete to :"app" using (author_id = (select app.viewer()));

-- Deletes the goal that a point is about, for its author, who may no longer be able to see that goal.
create or replace function app.forget_point_subject(of_point uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from talking_point_subject s using talking_point t
  where s.point_id = of_point and t.id = s.point_id
    and s.author_id = app.viewer() and t.one_to_one_id = any (app.open_one_to_one_ids())
$$;
grant execute on function app.forget_point_subject(uuid) to :"app";

-- Whether the viewer is the author of this point of an open one-to-one. VOLATILE, so that it also finds a point that the same statement
-- has just added.
create or replace function app.is_own_open_point(of_point uuid) returns boolean
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select 1 from talking_point t
    where t.id = of_point and t.author_id = app.viewer() and t.one_to_one_id = any (app.open_one_to_one_ids())
  )
$$;
grant execute on function app.is_own_open_point(uuid) to :"app";

alter table talking_point_version enable row level security;
grant select, insert (point_id, version, organization_id, author_id, text), update (version, text, at)
  on talking_point_version to :"app";
create policy talking_point_version_select_author on talking_point_version for select to :"app" using (
  author_id = (select app.viewer()) and exists (select 1 from talking_point t where t.id = talking_point_version.point_id)
);
create policy talking_point_version_insert_author on talking_point_version for insert to :"app" with check (
  author_id = (select app.viewer())
  and app.is_own_open_point(point_id)
);
-- An author's newest version can be replaced for 10 minutes. The same holds for the histories below.
create policy talking_point_version_update_author on talking_point_version for update to :"app" using (
  author_id = (select app.viewer())
  and started_at > now() - interval '10 minutes'
  and exists (
    select 1 from talking_point t
    where t.id = talking_point_version.point_id and t.one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
  )
);

alter table talking_point_carry enable row level security;
grant select on talking_point_carry to :"app";
create policy talking_point_carry_select_visible_point on talking_point_carry for select to :"app"
  using (exists (select 1 from talking_point t where t.id = talking_point_carry.point_id));

-- ---------------------------------------------------------------- agenda_template

alter table agenda_template enable row level security;
grant select, delete, insert (organization_id, owner_id, name, points), update (name, points, version) on agenda_template to :"app";
create policy agenda_template_select_own on agenda_template for select to :"app" using (owner_id = (select app.viewer()));
create policy agenda_template_insert_own on agenda_template for insert to :"app" with check (
  owner_id = (select app.viewer()) and organization_id = (select app.organization())
);
create policy agenda_template_update_own on agenda_template for update to :"app" using (owner_id = (select app.viewer()));
create policy agenda_template_delete_own on agenda_template for delete to :"app" using (owner_id = (select app.viewer()));

-- ---------------------------------------------------------------- shared_notes, private_notes

alter table shared_notes enable row level security;
grant select, update (text, version, updated_at, updated_by_id) on shared_notes to :"app";
create policy shared_notes_select_participants on shared_notes for select to :"app"
  using (exists (select 1 from conversation c where c.id = shared_notes.conversation_id));
-- Only while the one-to-one is open, so that nobody changes what the other participant can no longer answer; and never off the record.
create policy shared_notes_update_participants on shared_notes for update to :"app"
  using (
    exists (
      select 1 from conversation c
      where c.id = shared_notes.conversation_id and c.one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
        and c.off_the_record_by_id is null
    )
  )
  with check (updated_by_id = (select app.viewer()));

alter table shared_notes_version enable row level security;
grant select, insert (notes_id, version, organization_id, author_id, text), update (version, text, at)
  on shared_notes_version to :"app";
create policy shared_notes_version_select_participants on shared_notes_version for select to :"app"
  using (exists (select 1 from shared_notes n where n.id = shared_notes_version.notes_id));
create policy shared_notes_version_insert_participants on shared_notes_version for insert to :"app" with check (
  author_id = (select app.viewer())
  and exists (
    select 1 from shared_notes n join conversation c on c.id = n.conversation_id
    where n.id = shared_notes_version.notes_id and c.one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
      and c.off_the_record_by_id is null
  )
);
create policy shared_notes_version_update_author on shared_notes_version for update to :"app" using (
  author_id = (select app.viewer())
  and started_at > now() - interval '10 minutes'
  and exists (
    select 1 from shared_notes n join conversation c on c.id = n.conversation_id
    where n.id = shared_notes_version.notes_id and c.one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
      and c.off_the_record_by_id is null
  )
);

-- Notes from before a conversation was marked as off the record stay their author's, who can only empty them. An imported conversation
-- takes none for as long as the import can be undone, which deletes it and must not depend on what only one of the two can see.
alter table private_notes enable row level security;
grant select, insert (conversation_id, author_id, organization_id, text), update (text, version, updated_at)
  on private_notes to :"app";
create policy private_notes_select_author on private_notes for select to :"app" using (
  author_id = (select app.viewer()) and exists (select 1 from conversation c where c.id = private_notes.conversation_id)
);
create policy private_notes_insert_author on private_notes for insert to :"app" with check (
  author_id = (select app.viewer())
  and exists (select 1 from conversation c where c.id = private_notes.conversation_id and c.off_the_record_by_id is null)
  and not exists (
    select 1 from conversation c join notes_import n on n.id = c.notes_import_id
    where c.id = private_notes.conversation_id and n.accepted_at > now() - interval '7 days'
  )
);
create policy private_notes_update_author on private_notes for update to :"app"
  using (author_id = (select app.viewer()))
  with check (
    text = ''
    or exists (select 1 from conversation c where c.id = private_notes.conversation_id and c.off_the_record_by_id is null)
  );

-- ---------------------------------------------------------------- action_item

-- Both participants see action items. Either adds one, for either as its owner, and may change its text while it is open. Its owner
-- alone changes the due date and the state. Its author can delete it within 10 minutes.
alter table action_item enable row level security;
grant select, delete,
  insert (organization_id, one_to_one_id, made_in_id, owner_id, created_by_id, text, due_on),
  update (text, due_on, state, version)
  on action_item to :"app";
create policy action_item_select_participants on action_item for select to :"app"
  using (one_to_one_id = any ((select app.one_to_one_ids())::uuid[]));
create policy action_item_insert_participants on action_item for insert to :"app" with check (
  created_by_id = (select app.viewer())
  and one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
  and exists (
    select 1 from one_to_one o
    where o.id = action_item.one_to_one_id and action_item.owner_id in (o.first_id, o.second_id)
  )
  and (
    made_in_id is null
    or exists (
      select 1 from conversation c
      where c.id = action_item.made_in_id and c.one_to_one_id = action_item.one_to_one_id and c.off_the_record_by_id is null
    )
  )
);
create policy action_item_update_participants on action_item for update to :"app"
  using (one_to_one_id = any ((select app.one_to_one_ids())::uuid[]));
create policy action_item_delete_author on action_item for delete to :"app" using (
  created_by_id = (select app.viewer()) and created_at > now() - interval '10 minutes'
  and one_to_one_id = any ((select app.one_to_one_ids())::uuid[])
);

-- Whether dropping this action item now is a refusal, which never counts as late: the other person wrote it and set its due date, and
-- the date has not passed or the item is at most 7 days old. Has no search_path, so that it is inlined.
create or replace function app.is_refusable(owner_id uuid, created_by_id uuid, due_set_by_owner boolean, late_at timestamptz, created_at timestamptz)
returns boolean
language sql stable parallel safe return
  owner_id <> created_by_id and not due_set_by_owner and (not app.has_passed(late_at) or created_at > now() - interval '7 days');
grant execute on function app.is_refusable(uuid, uuid, boolean, timestamptz, timestamptz) to :"app";

-- Derives the columns that no client writes. due_at is the end of the due date in the time zone that the owner has when the date is set.
-- late_at is the same or, while the one-to-one is paused, the end of the pause if that is later (app.one_to_one_after_pause). kept is
-- settled when the item is closed: true if done by late_at, false if closed after it, null without a date, if dropped before it, or if
-- refused. Values given by the owner of the tables, who loads data, stay.
create or replace function app.action_item_derive() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' or new.due_on is distinct from old.due_on then
    new.due_at := case when new.due_on is not null then (
      select app.end_of_day(new.due_on, app.usable_time_zone(z.time_zone, o.time_zone))
      from person p join organization o on o.id = p.organization_id
      left join person_time_zone z on z.person_id = p.id
      where p.id = new.owner_id
    ) end;
    new.late_at := new.due_at;
    if new.due_at > now() then
      new.late_at := greatest(new.due_at, (
        select o.pause_ends_at from one_to_one o where o.id = new.one_to_one_id and o.pause_ends_at > now()
      ));
    end if;
    new.due_set_by_owner := new.due_on is not null and coalesce(new.owner_id = app.viewer(), new.due_set_by_owner);
  end if;
  if tg_op = 'UPDATE' and new.state <> 'OPEN' and old.state = 'OPEN' then
    new.closed_at := coalesce(new.closed_at, now());
    new.kept := coalesce(new.kept, case
      when new.due_at is null then null
      when new.state = 'DROPPED'
        and app.is_refusable(new.owner_id, new.created_by_id, new.due_set_by_owner, new.late_at, new.created_at) then null
      when app.has_passed(new.late_at) then false
      when new.state = 'DONE' then true
    end);
  elsif tg_op = 'UPDATE' and new.state = 'OPEN' and old.state <> 'OPEN' then
    new.closed_at := null;
    new.kept := null;
  end if;
  return new;
end $$;
create or replace trigger action_item_derive before insert or update on action_item
  for each row execute function app.action_item_derive();

-- A closed action item changes in one way: its owner reopens it within 10 minutes. The due date moves before the item is late, to a
-- date that has not passed; each move or removal counts as a renegotiation. Runs after action_item_derive, by its name.
create or replace function app.action_item_guard() returns trigger
language plpgsql security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if old.state <> 'OPEN' and (
      new.state <> 'OPEN' or new.text is distinct from old.text or new.due_on is distinct from old.due_on
      or old.closed_at <= now() - interval '10 minutes'
    ) then
      raise exception 'a closed action item can only be reopened, within 10 minutes' using errcode = 'MU025';
    end if;
    -- Once the one-to-one has ended, an item can be closed and reopened, and nothing else.
    if (new.text is distinct from old.text or new.due_on is distinct from old.due_on)
      and old.one_to_one_id <> all (app.open_one_to_one_ids()) then
      raise exception 'an action item of an ended one-to-one cannot be changed' using errcode = 'MU029';
    end if;
    if (new.due_on is distinct from old.due_on or new.state is distinct from old.state) and old.owner_id <> app.viewer() then
      raise exception 'only the owner of an action item changes its due date and state' using errcode = 'MU026';
    end if;
    if new.due_on is not distinct from old.due_on then
      return new;
    end if;
    if app.has_passed(old.late_at) then
      raise exception 'a due date that has passed cannot be changed' using errcode = 'MU070';
    end if;
    if old.due_on is not null then
      new.renegotiated := old.renegotiated + 1;
    end if;
  -- What the policy refuses gets the policy's error, whatever the due date.
  elsif not exists (
    select 1 from one_to_one o where o.id = new.one_to_one_id and new.owner_id in (o.first_id, o.second_id)
  ) then
    return new;
  end if;
  if app.has_passed(new.due_at) then
    raise exception 'a due date must not have passed' using errcode = 'MU071';
  end if;
  return new;
end $$;
create or replace trigger action_item_guard before insert or update on action_item
  for each row when (row_security_active('action_item'::regclass)) execute function app.action_item_guard();

alter table action_item_version enable row level security;
grant select, insert (item_id, version, organization_id, author_id, text), update (version, text, at)
  on action_item_version to :"app";
create policy action_item_version_select_participants on action_item_version for select to :"app"
  using (exists (select 1 from action_item i where i.id = action_item_version.item_id));
create policy action_item_version_insert_participants on action_item_version for insert to :"app" with check (
  author_id = (select app.viewer())
  and exists (
    select 1 from action_item i
    where i.id = action_item_version.item_id and i.one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
  )
);
create policy action_item_version_update_author on action_item_version for update to :"app" using (
  author_id = (select app.viewer())
  and started_at > now() - interval '10 minutes'
  and exists (
    select 1 from action_item i
    where i.id = action_item_version.item_id and i.one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
  )
);
