-- NotesRepository in libs/conversations/notes/notes.repository.ts. Written by npm run schema.

-- findByConversations
select "n"."id" as "id",
  "n"."organization_id" as "organizationId",
  "n"."conversation_id" as "conversationId",
  "n"."text" as "text",
  "n"."version" as "version",
  "n"."updated_at" as "updatedAt",
  "n"."updated_by_id" as "updatedById",
  'SharedNotes' as "__typename"
from shared_notes n
where n.conversation_id = any($1::uuid[]);

-- findByIds
select "n"."id" as "id",
  "n"."organization_id" as "organizationId",
  "n"."conversation_id" as "conversationId",
  "n"."text" as "text",
  "n"."version" as "version",
  "n"."updated_at" as "updatedAt",
  "n"."updated_by_id" as "updatedById",
  'SharedNotes' as "__typename"
from shared_notes n
where n.id = any($1::uuid[]);

-- lockByConversation
select 1
from shared_notes
where conversation_id = $1::uuid
for update;

select "n"."id" as "id",
  "n"."organization_id" as "organizationId",
  "n"."conversation_id" as "conversationId",
  "n"."text" as "text",
  "n"."version" as "version",
  "n"."updated_at" as "updatedAt",
  "n"."updated_by_id" as "updatedById",
  'SharedNotes' as "__typename"
from shared_notes n
where n.conversation_id = any($1::uuid[]);

-- write
update shared_notes n
set text = $1,
  version = n.version + 1,
  updated_at = now(),
  updated_by_id = $2
where n.id = $3::uuid
returning "n"."id" as "id",
  "n"."organization_id" as "organizationId",
  "n"."conversation_id" as "conversationId",
  "n"."text" as "text",
  "n"."version" as "version",
  "n"."updated_at" as "updatedAt",
  "n"."updated_by_id" as "updatedById",
  'SharedNotes' as "__typename";

-- findPrivate
select conversation_id as "conversationId",
  text
from private_notes
where conversation_id = any($1::uuid[]);

-- lockPrivate
select text
from private_notes
where conversation_id = $1::uuid
for update;

-- writePrivate
insert into private_notes as n (conversation_id, author_id, organization_id, text)
values ($1, $2, $3, $4)
on conflict (conversation_id, author_id) do update
set text = excluded.text,
  updated_at = now()
where $5::text is null
  or n.text = $6::text;

-- removePrivate
delete from private_notes
where conversation_id = $1::uuid;
