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
  "a"."subject" as "subjectLabel",
  substring(a.subject from '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')::uuid as "subjectId",
  (a.at)::text as "cursorKey1",
  (a.id)::text as "cursorKey2"
from audit_entry a
where a.organization_id = $1
  and (a.at, a.id) > ($2::timestamptz, $3::uuid)
  and a.action = any($4::text[])
  and a.actor_id = $5
  and a.at >= app.start_of_day($6::date, (
    select app.usable_time_zone(o.time_zone)
    from organization o
    where o.id = $7
  ))
  and a.at < app.start_of_day($8::date + 1, (
    select app.usable_time_zone(o.time_zone)
    from organization o
    where o.id = $9
  ))
order by a.at asc,
  a.id asc
limit $10;

select "a"."id" as "id",
  "a"."at" as "at",
  "a"."actor_id" as "actorId",
  "a"."action" as "action",
  "a"."subject" as "subjectLabel",
  substring(a.subject from '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')::uuid as "subjectId",
  (a.at)::text as "cursorKey1",
  (a.id)::text as "cursorKey2"
from audit_entry a
where a.organization_id = $1
  and true
order by a.at desc,
  a.id desc
limit $2;

select "a"."id" as "id",
  "a"."at" as "at",
  "a"."actor_id" as "actorId",
  "a"."action" as "action",
  "a"."subject" as "subjectLabel",
  substring(a.subject from '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')::uuid as "subjectId",
  (a.at)::text as "cursorKey1",
  (a.id)::text as "cursorKey2"
from audit_entry a
where a.organization_id = $1
  and true
  and a.action = any($2::text[])
  and a.at >= app.start_of_day($3::date, (
    select app.usable_time_zone(o.time_zone)
    from organization o
    where o.id = $4
  ))
  and a.at < app.start_of_day($5::date + 1, (
    select app.usable_time_zone(o.time_zone)
    from organization o
    where o.id = $6
  ))
order by a.at asc,
  a.id asc
limit $7;

select "a"."id" as "id",
  "a"."at" as "at",
  "a"."actor_id" as "actorId",
  "a"."action" as "action",
  "a"."subject" as "subjectLabel",
  substring(a.subject from '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')::uuid as "subjectId",
  (a.at)::text as "cursorKey1",
  (a.id)::text as "cursorKey2"
from audit_entry a
where a.organization_id = $1
  and (a.at, a.id) > ($2::timestamptz, $3::uuid)
  and a.action = any($4::text[])
  and a.actor_id = $5
  and a.at < app.start_of_day($6::date + 1, (
    select app.usable_time_zone(o.time_zone)
    from organization o
    where o.id = $7
  ))
order by a.at asc,
  a.id asc
limit $8;

select "a"."id" as "id",
  "a"."at" as "at",
  "a"."actor_id" as "actorId",
  "a"."action" as "action",
  "a"."subject" as "subjectLabel",
  substring(a.subject from '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')::uuid as "subjectId",
  (a.at)::text as "cursorKey1",
  (a.id)::text as "cursorKey2"
from audit_entry a
where a.organization_id = $1
  and true
  and a.action = any($2::text[])
  and a.at < app.start_of_day($3::date + 1, (
    select app.usable_time_zone(o.time_zone)
    from organization o
    where o.id = $4
  ))
order by a.at asc,
  a.id asc
limit $5;
