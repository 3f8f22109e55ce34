-- Documents from before that become notes of past conversations (docs/domain.md, Bringing the past along).
--
-- | table                | sees         | adds                                  | changes                       | deletes                       |
-- | notes_import         | participants | a participant, of an open one-to-one  | app.accept_notes_import       | participants, until accepted  |
-- | notes_import_section | participants | who proposes, in the same transaction | -                             | with its import               |
--
-- A proposal lapses after 30 days without an answer: then nobody sees it. A new proposal replaces it, and the worker deletes it.

alter table notes_import enable row level security;
grant select, delete, insert (organization_id, one_to_one_id, proposed_by_id) on notes_import to :"app";
create policy notes_import_select_participants on notes_import for select to :"app" using (
  one_to_one_id = any ((select app.one_to_one_ids())::uuid[])
  and (accepted_at is not null or proposed_at > now() - interval '30 days')
);
create policy notes_import_insert_participants on notes_import for insert to :"app" with check (
  proposed_by_id = (select app.viewer()) and one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
);
create policy notes_import_delete_participants on notes_import for delete to :"app" using (
  one_to_one_id = any ((select app.one_to_one_ids())::uuid[])
  and accepted_at is null and proposed_at > now() - interval '30 days'
);

create or replace function app.notes_import_before_insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from notes_import n
  where n.one_to_one_id = new.one_to_one_id and n.one_to_one_id = any (app.open_one_to_one_ids())
    and n.accepted_at is null and n.proposed_at <= now() - interval '30 days';
  return new;
end $$;
create or replace trigger notes_import_before_insert before insert on notes_import
  for each row execute function app.notes_import_before_insert();

-- Deletes proposals that have lapsed, which nobody can read. Returns the number, at most `at_most`.
create or replace function app.delete_lapsed_notes_imports(at_most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  deleted integer;
begin
  delete from notes_import where id in (
    select n.id from notes_import n
    where n.accepted_at is null and n.proposed_at <= now() - interval '30 days'
    limit at_most
    for update of n skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end $$;
grant execute on function app.delete_lapsed_notes_imports(integer) to :"worker";

-- Sections belong to the transaction that proposes the import, so that what the other participant reads is what they accept.
alter table notes_import_section enable row level security;
grant select, insert (import_id, held_on, organization_id, text) on notes_import_section to :"app";
create policy notes_import_section_select_participants on notes_import_section for select to :"app"
  using (exists (select 1 from notes_import n where n.id = notes_import_section.import_id));
create policy notes_import_section_insert_proposer on notes_import_section for insert to :"app" with check (
  exists (
    select 1 from notes_import n
    where n.id = notes_import_section.import_id and n.proposed_by_id = (select app.viewer()) and n.accepted_at is null
      and n.proposed_at = now() and n.one_to_one_id = any ((select app.open_one_to_one_ids())::uuid[])
  )
);

-- Makes a past conversation, held at noon of its day, of each section of an import that the other participant proposed. Their notes are
-- the proposer's, who wrote or pasted them. Returns whether it did.
create or replace function app.accept_notes_import(accepted uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  import notes_import;
  section notes_import_section;
  zone text;
  held timestamptz;
  made_id uuid;
  page_id uuid;
begin
  update notes_import n set accepted_at = now()
  where n.id = accepted and n.accepted_at is null and n.proposed_at > now() - interval '30 days' and n.proposed_by_id <> app.viewer()
    and n.one_to_one_id = any (app.open_one_to_one_ids())
  returning n.* into import;
  if not found then
    return false;
  end if;
  select app.usable_time_zone(o.time_zone) into zone from one_to_one o where o.id = import.one_to_one_id;
  for section in select s.* from notes_import_section s where s.import_id = import.id order by s.held_on loop
    held := least((section.held_on + time '12:00') at time zone zone, now());
    insert into conversation (organization_id, one_to_one_id, status, scheduled_at, held_at, closed_at, notes_import_id)
    values (import.organization_id, import.one_to_one_id, 'HELD', held, held, held, import.id)
    returning id into made_id;
    if section.text <> '' then
      update shared_notes n
      set text = section.text, version = 1, updated_at = now(), updated_by_id = import.proposed_by_id
      where n.conversation_id = made_id
      returning n.id into page_id;
      insert into shared_notes_version (notes_id, version, organization_id, author_id, text)
      values (page_id, 1, import.organization_id, import.proposed_by_id, section.text);
    end if;
  end loop;
  delete from notes_import_section s where s.import_id = import.id;
  return true;
end $$;

-- Deletes the conversations of an import that was accepted within 7 days, except for those whose notes were changed since, or in which an
-- action item was made: these stay, as ordinary ones. Nothing that only one of the two can see is in them (60-conversations.sql), so that
-- what is deleted does not depend on it. Returns whether it was undone.
create or replace function app.undo_notes_import(undone uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from notes_import n
  where n.id = undone and n.accepted_at > now() - interval '7 days' and n.one_to_one_id = any (app.open_one_to_one_ids())
  for update;
  if not found then
    return false;
  end if;
  delete from conversation c
  where c.notes_import_id = undone
    and not exists (select 1 from shared_notes n where n.conversation_id = c.id and n.version > 1)
    and not exists (
      select 1 from shared_notes n where n.conversation_id = c.id and n.version = 1
        and n.updated_at > (select i.accepted_at from notes_import i where i.id = undone)
    )
    and not exists (select 1 from action_item i where i.made_in_id = c.id);
  delete from notes_import n where n.id = undone;
  return true;
end $$;

grant execute on function app.accept_notes_import(uuid), app.undo_notes_import(uuid) to :"app";
