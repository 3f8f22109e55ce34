-- CycleRepository in libs/business-goals/cycles/cycle.repository.ts. Written by npm run schema.

-- findByIds
select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."name" as "name",
  "c"."starts_on" as "startsOn",
  "c"."ends_on" as "endsOn"
from cycle c
where c.id = any($1::uuid[]);

-- findByOrganizations
select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."name" as "name",
  "c"."starts_on" as "startsOn",
  "c"."ends_on" as "endsOn"
from cycle c
where c.organization_id = any($1::uuid[])
order by c.starts_on desc,
  c.id desc;

-- lock
select "c"."id" as "id",
  "c"."organization_id" as "organizationId",
  "c"."name" as "name",
  "c"."starts_on" as "startsOn",
  "c"."ends_on" as "endsOn"
from cycle c
where c.id = $1
for no key update of c;

-- insert
insert into "cycle" ("organization_id", "name", "starts_on", "ends_on")
values ($1, $2, $3, $4)
returning id;

insert into "cycle" ("organization_id", "starts_on", "ends_on")
values ($1, $2, $3)
returning id;

insert into "cycle" ("organization_id", "name", "ends_on")
values ($1, $2, $3)
returning id;

insert into "cycle" ("organization_id", "ends_on")
values ($1, $2)
returning id;

-- update
update "cycle"
set "name" = $1,
  "starts_on" = $2,
  "ends_on" = $3
where id = $4;

update "cycle"
set "name" = $1,
  "ends_on" = $2
where id = $3;

update "cycle"
set "name" = $1,
  "starts_on" = $2
where id = $3;

update "cycle"
set "name" = $1
where id = $2;
