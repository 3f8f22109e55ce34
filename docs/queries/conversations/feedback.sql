-- FeedbackRepository in libs/conversations/feedback/feedback.repository.ts. Written by npm run schema.

-- findByConversations
select "f"."id" as "id",
  "f"."organization_id" as "organizationId",
  "f"."conversation_id" as "conversationId",
  "f"."author_id" as "authorId",
  "f"."better" as "better",
  "f"."worth_it" as "worthIt",
  "f"."offered" as "offered",
  app.feedback_at(f.id) as "at"
from conversation_feedback f
where f.conversation_id = any($1::uuid[])
order by f.author_id <> $2::uuid;

-- insert
insert into "conversation_feedback" ("organization_id", "author_id", "conversation_id", "better", "worth_it", "offered")
values ($1, $2, $3, $4, $5, $6);

insert into "conversation_feedback" ("organization_id", "conversation_id", "better", "offered")
values ($1, $2, $3, $4);

insert into "conversation_feedback" ("organization_id", "author_id", "better", "worth_it")
values ($1, $2, $3, $4);

insert into "conversation_feedback" ("organization_id", "better")
values ($1, $2);

-- update
update "conversation_feedback"
set "better" = $1,
  "worth_it" = $2,
  "offered" = $3
where id = $4;

update "conversation_feedback"
set "better" = $1,
  "offered" = $2
where id = $3;

update "conversation_feedback"
set "better" = $1,
  "worth_it" = $2
where id = $3;

update "conversation_feedback"
set "better" = $1
where id = $2;

-- delete
delete from conversation_feedback
where id = $1::uuid;
