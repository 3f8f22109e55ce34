-- Changes that the subscription conversationChanged announces.
--
-- table                who sees a row   who adds, changes and deletes it
-- conversation_change  nobody           triggers add; app.announce_conversation_changes, for the worker, deletes
--
-- A row holds ids only. Rows are added for what both participants can see: never for drafts, private notes, or the goal that a point is
-- about. What a subscriber receives is read with their own session when it is sent. NOTIFY takes a lock of the whole server at commit, so
-- transactions that change something do not use it: the worker announces the changes of many transactions in one.

alter table conversation_change enable row level security;
create policy conversation_change_nobody on conversation_change for all to :"app" using (false);

-- A shared point was added, changed, moved or deleted. A point that is shared or moved changes the list of its conversations too.
create or replace function app.record_talking_point_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  was_in uuid := case when tg_op <> 'INSERT' and not old.draft then old.conversation_id end;
  is_in uuid := case when tg_op <> 'DELETE' then new.conversation_id end;
begin
  if is_in is not null then
    insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
    values (new.one_to_one_id, is_in, 'TalkingPoint', new.id);
  end if;
  if was_in is not distinct from is_in then
    return null;
  end if;
  if is_in is not null then
    insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
    values (new.one_to_one_id, is_in, 'Conversation', is_in);
  end if;
  if was_in is not null then
    insert into conversation_change (one_to_one_id, conversation_id, typename, node_id, removed) values
      (old.one_to_one_id, was_in, 'TalkingPoint', old.id, tg_op = 'DELETE'),
      (old.one_to_one_id, was_in, 'Conversation', was_in, false);
  end if;
  return null;
end $$;
create or replace trigger record_talking_point_added after insert on talking_point
  for each row when (not new.draft) execute function app.record_talking_point_change();
create or replace trigger record_talking_point_changed after update on talking_point
  for each row when (
    not new.draft
    and (
      old.draft or old.one_to_one_id <> new.one_to_one_id or old.conversation_id is distinct from new.conversation_id
      or old.text <> new.text or old.discussed <> new.discussed or old.standing <> new.standing
      or old.raised_in_id is distinct from new.raised_in_id or old.times_carried <> new.times_carried
      or old.from_customer <> new.from_customer or old.version <> new.version
    )
  ) execute function app.record_talking_point_change();
create or replace trigger record_talking_point_deleted after delete on talking_point
  for each row when (not old.draft) execute function app.record_talking_point_change();

-- The order of the shared points of a conversation: what app.place_point compares, because the positions of shared points also change
-- when only drafts were moved.
create or replace function app.shared_point_order(of_conversation uuid) returns uuid[]
language sql volatile set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select t.id from talking_point t where t.conversation_id = of_conversation and not t.draft order by t.position, t.id
  )
$$;

create or replace function app.record_order_change(of_one_to_one uuid, of_conversation uuid) returns void
language sql volatile set search_path = pg_catalog, public, pg_temp as $$
  insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
  values (of_one_to_one, of_conversation, 'Conversation', of_conversation)
$$;

create or replace function app.record_conversation_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into conversation_change (one_to_one_id, conversation_id, typename, node_id, removed)
  values (old.one_to_one_id, old.id, 'Conversation', old.id, tg_op = 'DELETE');
  return null;
end $$;
create or replace trigger record_conversation_changed after update on conversation
  for each row when (
    old.status <> new.status or old.scheduled_at <> new.scheduled_at or old.held_at is distinct from new.held_at
    or old.off_the_record_by_id is distinct from new.off_the_record_by_id or old.version <> new.version
  ) execute function app.record_conversation_change();
create or replace trigger record_conversation_deleted after delete on conversation
  for each row execute function app.record_conversation_change();

create or replace function app.record_shared_notes_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
  select c.one_to_one_id, c.id, 'SharedNotes', new.id from conversation c where c.id = new.conversation_id;
  return null;
end $$;
create or replace trigger record_shared_notes_changed after update on shared_notes
  for each row when (old.text <> new.text or old.version <> new.version)
  execute function app.record_shared_notes_change();

-- Action items stay in front of both participants until they are closed, so they concern all conversations of the one-to-one. One that was
-- added, deleted or moved changes the list of the conversation in which it was promised too.
create or replace function app.record_action_item_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  item action_item := coalesce(new, old);
begin
  insert into conversation_change (one_to_one_id, typename, node_id, removed)
  values (item.one_to_one_id, 'ActionItem', item.id, tg_op = 'DELETE');
  if new.made_in_id is distinct from old.made_in_id then
    insert into conversation_change (one_to_one_id, conversation_id, typename, node_id)
    values (item.one_to_one_id, coalesce(new.made_in_id, old.made_in_id), 'Conversation', coalesce(new.made_in_id, old.made_in_id));
  end if;
  return null;
end $$;
create or replace trigger record_action_item_added after insert on action_item
  for each row execute function app.record_action_item_change();
create or replace trigger record_action_item_changed after update on action_item
  for each row when (old.* is distinct from new.*) execute function app.record_action_item_change();
create or replace trigger record_action_item_deleted after delete on action_item
  for each row execute function app.record_action_item_change();

-- Subscriptions to conversations of a one-to-one end with it.
create or replace function app.record_one_to_one_ended() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into conversation_change (one_to_one_id, typename, node_id) values (new.id, 'OneToOne', new.id);
  return null;
end $$;
create or replace trigger record_one_to_one_ended after update of state on one_to_one
  for each row when (old.state <> 'ENDED' and new.state = 'ENDED') execute function app.record_one_to_one_ended();

-- ------------------------------------------------------------------------------------------------ announcing, by the worker

-- Announces changes on the channel conversation_changes, and deletes them. Returns how many: as many as at_most if more may wait. It
-- takes the rows that it sees, in no order, so a row that is committed late is taken by a later call. A message is a list of lines, each
-- with the one-to-one, the conversation or nothing, the type, the node, and whether it was removed; conversations, which list the others, last.
create or replace function app.announce_conversation_changes(at_most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  taken integer;
  message text;
begin
  for taken, message in
    with gone as (
      delete from conversation_change c
      where c.id = any (array(select w.id from conversation_change w limit at_most for update skip locked))
      returning c.*
    ), line as (
      select row_number() over (order by g.typename = 'Conversation') as number,
        concat_ws(',', g.one_to_one_id, coalesce(g.conversation_id::text, ''), g.typename, g.node_id, g.removed::integer) as text
      from (select distinct one_to_one_id, conversation_id, typename, node_id, removed from gone) g
    )
    -- A message holds at most 8,000 bytes.
    select (select count(*)::integer from gone), string_agg(l.text, E'\n' order by l.number) from line l group by l.number / 50
  loop
    perform pg_notify('conversation_changes', message);
  end loop;
  return coalesce(taken, 0);
end $$;
grant execute on function app.announce_conversation_changes(integer) to :"worker";
