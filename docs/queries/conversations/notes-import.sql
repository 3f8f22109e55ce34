-- NotesImportRepository in libs/conversations/notes-import/notes-import.repository.ts. Written by npm run schema.

-- findByIds
select "n"."id" as "id",
  "n"."organization_id" as "organizationId",
  "n"."one_to_one_id" as "oneToOneId",
  "n"."proposed_by_id" as "proposedById",
  "n"."proposed_at" as "proposedAt",
  "n"."accepted_at" as "acceptedAt",
  case when n.accepted_at > now() - interval '7 days' then n.accepted_at + interval '7 days' end as "undoableUntil",
  'NotesImport' as "__typename"
from notes_import n
where n.id = any($1::uuid[]);

-- findCurrent
select "n"."id" as "id",
  "n"."organization_id" as "organizationId",
  "n"."one_to_one_id" as "oneToOneId",
  "n"."proposed_by_id" as "proposedById",
  "n"."proposed_at" as "proposedAt",
  "n"."accepted_at" as "acceptedAt",
  case when n.accepted_at > now() - interval '7 days' then n.accepted_at + interval '7 days' end as "undoableUntil",
  'NotesImport' as "__typename"
from notes_import n
where n.one_to_one_id = any($1::uuid[])
  and (n.accepted_at is null or n.accepted_at > now() - interval '7 days')
order by n.id desc;

-- findSections
select s.import_id as "importId",
  s.held_on as "heldOn",
  s.text
from notes_import_section s
where s.import_id = any($1::uuid[])
order by s.held_on desc;

-- findHeldOn
select distinct (c.held_at at time zone $1)::date::text as day
from conversation c
where c.one_to_one_id = $2::uuid
  and c.status = 'HELD'
  and (c.held_at at time zone $3)::date = any($4::date[]);

-- findRetention
select (now() - make_interval(months => o.conversation_retention_months))::date as "deletedUntil",
  o.conversation_retention_months as "months"
from organization o
where o.id = $1::uuid;

-- isUndoable
select 1
from notes_import n
where n.id = $1::uuid
  and n.accepted_at > now() - interval '7 days';

-- insert
insert into "notes_import" ("organization_id", "proposed_by_id", "one_to_one_id")
values ($1, $2, $3)
on conflict (one_to_one_id)
where accepted_at is null do nothing
returning id;

insert into notes_import_section (import_id, held_on, organization_id, text)
select $1::uuid,
  s.held_on,
  $2::uuid,
  s.text
from unnest($3::date[], $4::text[]) s(held_on, text);

-- accept
select app.accept_notes_import($1::uuid) as done;

-- undo
select app.undo_notes_import($1::uuid) as done;

-- delete
delete from notes_import
where id = $1::uuid;
