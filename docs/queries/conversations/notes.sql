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
select "private_notes"."conversation_id" as "conversationId",
  "private_notes"."author_id" as "authorId",
  "private_notes"."organization_id" as "organizationId",
  "private_notes"."text" as "text",
  "private_notes"."version" as "version",
  "private_notes"."updated_at" as "updatedAt",
  conversation_id as "id",
  'PrivateNotes' as "__typename"
from private_notes
where conversation_id = any($1::uuid[]);

-- lockPrivate
select "private_notes"."conversation_id" as "conversationId",
  "private_notes"."author_id" as "authorId",
  "private_notes"."organization_id" as "organizationId",
  "private_notes"."text" as "text",
  "private_notes"."version" as "version",
  "private_notes"."updated_at" as "updatedAt",
  conversation_id as "id",
  'PrivateNotes' as "__typename"
from private_notes
where conversation_id = $1::uuid
for update;

-- insertPrivate
insert into "private_notes" ("organization_id", "text", "author_id", "conversation_id")
values ($1, $2, $3, $4)
on conflict do nothing
returning "private_notes"."conversation_id" as "conversationId",
  "private_notes"."author_id" as "authorId",
  "private_notes"."organization_id" as "organizationId",
  "private_notes"."text" as "text",
  "private_notes"."version" as "version",
  "private_notes"."updated_at" as "updatedAt",
  conversation_id as "id",
  'PrivateNotes' as "__typename";

-- updatePrivate
update private_notes
set text = $1,
  version = version + 1,
  updated_at = now()
where conversation_id = $2::uuid
returning 1 as written;
