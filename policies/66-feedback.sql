-- Feedback on conversations (docs/domain.md, Feedback).
--
-- table                  who sees a row                              who adds, changes and deletes it
-- conversation_feedback  its author; the other participant once      its author, until both have offered
--                        both have offered theirs
--
-- Until then nothing may depend on whether the other participant has offered: no error, count, version, lock or time. So the reveal is not
-- an action. It follows from the rows, whenever they are read, and begins as the second offer is committed. Within the transaction of an
-- offer, which can still be rolled back, nothing is revealed and nothing counts as revealed: otherwise somebody who can send SQL could
-- offer, read, and roll back.
--
-- Triggers:
-- * conversation_feedback_guard: one change at a time for each one-to-one; what was revealed does not change (MU150); only a conversation
--   that was held on the record takes feedback (MU151).
-- * conversation_feedback_stamp: when and in which transaction it was offered.
-- * conversation_feedback_after_write: queues the job that increments the version of the conversation, if both have offered. Feedback that
--   is kept queues it too, so that statistics of tables do not count offers.
-- No other trigger on this table may tell anything to anybody but the author.

-- Whether this was offered, by a transaction that has committed. Not granted. Has no search_path, so that it is inlined.
create or replace function app.is_feedback_offered(offered boolean, offered_in xid8) returns boolean
language sql stable return offered and coalesce(offered_in <> pg_current_xact_id_if_assigned(), true);

-- The feedback of others that is revealed to the viewer: of conversations about which both have offered theirs.
create or replace function app.revealed_feedback_ids() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select other.id
    from conversation_feedback own
    join conversation_feedback other on other.conversation_id = own.conversation_id and other.author_id <> own.author_id
    where own.author_id = (select app.viewer())
      and app.is_feedback_offered(own.offered, own.offered_in)
      and app.is_feedback_offered(other.offered, other.offered_in)
  )
$$;
grant execute on function app.revealed_feedback_ids() to :"app";

-- The time of feedback that the viewer can see: when both were revealed, the same for both; before that, when its author last wrote it.
create or replace function app.feedback_at(feedback_id uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when other.offered_at is null then f.written_at else greatest(f.offered_at, other.offered_at) end
  from conversation_feedback f
  left join lateral (
    select o.offered_at from conversation_feedback o
    where o.conversation_id = f.conversation_id and o.author_id <> f.author_id
      and app.is_feedback_offered(o.offered, o.offered_in) and app.is_feedback_offered(f.offered, f.offered_in)
  ) other on true
  where f.id = feedback_at.feedback_id
    and (f.author_id = app.viewer() or f.id = any (app.revealed_feedback_ids()))
$$;
grant execute on function app.feedback_at(uuid) to :"app";

-- Whether the viewer's conversation takes feedback: it was held on the record, not imported, and both can still write.
create or replace function app.takes_feedback(of_conversation uuid) returns boolean
language sql stable security invoker set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select 1 from conversation c
    where c.id = of_conversation and c.status = 'HELD' and c.off_the_record_by_id is null and c.notes_import_id is null
      and c.one_to_one_id = any (app.open_one_to_one_ids())
  )
$$;
grant execute on function app.takes_feedback(uuid) to :"app";

alter table conversation_feedback enable row level security;
grant select (id, organization_id, conversation_id, author_id, better, worth_it, offered), delete,
  insert (organization_id, conversation_id, author_id, better, worth_it, offered),
  update (better, worth_it, offered)
  on conversation_feedback to :"app";
create policy conversation_feedback_select_own_or_revealed on conversation_feedback for select to :"app" using (
  author_id = (select app.viewer()) or id = any ((select app.revealed_feedback_ids())::uuid[])
);
create policy conversation_feedback_insert_author on conversation_feedback for insert to :"app" with check (
  author_id = (select app.viewer()) and app.takes_feedback(conversation_id)
);
create policy conversation_feedback_update_author on conversation_feedback for update to :"app"
  using (author_id = (select app.viewer()));
create policy conversation_feedback_delete_author on conversation_feedback for delete to :"app"
  using (author_id = (select app.viewer()));

-- Each change locks the one-to-one, as changes of its conversations do, whatever the other participant has written. So of an offer and a
-- withdrawal at the same moment the second sees the result of the first. In a transaction with a snapshot from before it would not.
create or replace function app.conversation_feedback_guard() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  row_now conversation_feedback := coalesce(new, old);
begin
  if row_now.author_id is distinct from app.viewer() then
    return row_now;
  end if;
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'feedback changes in transactions with the isolation READ COMMITTED only' using errcode = 'MU152';
  end if;
  perform 1 from one_to_one o
  where o.id = (select c.one_to_one_id from conversation c where c.id = row_now.conversation_id) and o.id = any (app.one_to_one_ids())
  for update;
  if tg_op <> 'INSERT' and app.is_feedback_offered(old.offered, old.offered_in) and exists (
    select 1 from conversation_feedback f
    where f.conversation_id = old.conversation_id and f.author_id <> old.author_id and app.is_feedback_offered(f.offered, f.offered_in)
  ) then
    raise exception 'feedback that was revealed does not change' using errcode = 'MU150';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  if tg_op = 'UPDATE' and not app.takes_feedback(new.conversation_id)
    and (new.offered and not old.offered or (new.better, new.worth_it) is distinct from (old.better, old.worth_it)) then
    raise exception 'this conversation takes no feedback' using errcode = 'MU151';
  end if;
  return new;
end $$;
create or replace trigger conversation_feedback_guard before insert or update or delete on conversation_feedback
  for each row when (row_security_active('conversation_feedback'::regclass)) execute function app.conversation_feedback_guard();

-- Derives the columns that no client writes. Runs after conversation_feedback_guard, by its name, so that of two offers the one that is
-- committed second has the later time. Values given by the owner of the tables, who loads data, stay.
create or replace function app.conversation_feedback_stamp() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (new.better, new.worth_it) is distinct from (old.better, old.worth_it) then
    new.written_at := clock_timestamp();
  end if;
  if not new.offered then
    new.offered_at := null;
    new.offered_in := null;
  elsif new.offered_at is null then
    new.offered_at := clock_timestamp();
    new.offered_in := pg_current_xact_id();
  end if;
  return new;
end $$;
create or replace trigger conversation_feedback_stamp before insert or update on conversation_feedback
  for each row execute function app.conversation_feedback_stamp();

create or replace function app.conversation_feedback_after_write() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform app.enqueue_jobs('announce_revealed_feedback', array[new.conversation_id]);
  return null;
end $$;
create or replace trigger conversation_feedback_after_write after insert or update on conversation_feedback
  for each row when (row_security_active('conversation_feedback'::regclass)) execute function app.conversation_feedback_after_write();

-- Increments the version of a conversation once both participants have offered, so that clients read it again. Returns whether it did. Done
-- by the worker, because a person who offers could see an incremented version before the offer is committed, and roll back. Locks nothing
-- before that, because the other participant could see who waits for a lock.
create or replace function app.announce_revealed_feedback(of_conversation uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if (
    select count(*) from conversation_feedback f where f.conversation_id = of_conversation and f.offered and not f.announced
  ) < 2 then
    return false;
  end if;
  perform 1 from one_to_one o
  where o.id = (select c.one_to_one_id from conversation c where c.id = of_conversation)
  for update;
  update conversation_feedback f set announced = true
  where f.conversation_id = of_conversation and f.offered and not f.announced;
  if not found then
    return false;
  end if;
  update conversation c set version = c.version + 1 where c.id = of_conversation;
  return true;
end $$;
grant execute on function app.announce_revealed_feedback(uuid) to :"worker";
