-- AuditRepository in libs/people/organization/audit.repository.ts. Written by npm run schema.

-- add
insert into audit_entry (organization_id, actor_id, action, subject)
select $1::uuid,
  $2::uuid,
  $3,
  subject
from unnest($4::text[]) as subject;

-- findPage
select "a"."id" as "id",
  "a"."at" as "at",
  "a"."actor_id" as "actorId",
  "a"."action" as "action",
  "a"."subject" as "subject",
  json_build_array((a.at)::text, (a.id)::text)::text as "cursorKey"
from audit_entry a
where a.organization_id = $1
  and (a.at, a.id) > ($2::timestamptz, $3::uuid)
order by a.at asc,
  a.id asc
limit $4;

select "a"."id" as "id",
  "a"."at" as "at",
  "a"."actor_id" as "actorId",
  "a"."action" as "action",
  "a"."subject" as "subject",
  json_build_array((a.at)::text, (a.id)::text)::text as "cursorKey"
from audit_entry a
where a.organization_id = $1
  and true
order by a.at desc,
  a.id desc
limit $2;
