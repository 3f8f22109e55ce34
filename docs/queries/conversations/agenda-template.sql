-- AgendaTemplateRepository in libs/conversations/templates/agenda-template.repository.ts. Written by npm run schema.

-- findByIds
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."owner_id" as "ownerId",
  "a"."name" as "name",
  "a"."points" as "points",
  "a"."version" as "version",
  'AgendaTemplate' as "__typename"
from agenda_template a
where a.id = any($1::uuid[]);

-- findByOwner
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."owner_id" as "ownerId",
  "a"."name" as "name",
  "a"."points" as "points",
  "a"."version" as "version",
  'AgendaTemplate' as "__typename"
from agenda_template a
where a.owner_id = $1::uuid
order by searchable(a.name),
  a.id;

-- count
select count(*)::integer as count
from agenda_template a
where a.owner_id = $1::uuid;

-- lock
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."owner_id" as "ownerId",
  "a"."name" as "name",
  "a"."points" as "points",
  "a"."version" as "version",
  'AgendaTemplate' as "__typename"
from agenda_template a
where a.id = $1::uuid
for update;

-- insert
with a as (
  insert into "agenda_template" ("name", "organization_id", "owner_id", "points")
  values ($1, $2, $3, $4)
  returning *
)
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."owner_id" as "ownerId",
  "a"."name" as "name",
  "a"."points" as "points",
  "a"."version" as "version",
  'AgendaTemplate' as "__typename"
from a;

with a as (
  insert into "agenda_template" ("name", "owner_id", "points")
  values ($1, $2, $3)
  returning *
)
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."owner_id" as "ownerId",
  "a"."name" as "name",
  "a"."points" as "points",
  "a"."version" as "version",
  'AgendaTemplate' as "__typename"
from a;

with a as (
  insert into "agenda_template" ("name", "organization_id", "points")
  values ($1, $2, $3)
  returning *
)
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."owner_id" as "ownerId",
  "a"."name" as "name",
  "a"."points" as "points",
  "a"."version" as "version",
  'AgendaTemplate' as "__typename"
from a;

with a as (
  insert into "agenda_template" ("name", "points")
  values ($1, $2)
  returning *
)
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."owner_id" as "ownerId",
  "a"."name" as "name",
  "a"."points" as "points",
  "a"."version" as "version",
  'AgendaTemplate' as "__typename"
from a;

-- update
update "agenda_template"
set "name" = $1,
  "points" = $2,
  "version" = $3
where id = $4;

-- delete
delete from agenda_template
where id = $1::uuid;
