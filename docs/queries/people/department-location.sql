-- DepartmentRepository in libs/people/directory/department-location.repository.ts. Written by npm run schema.

-- findByIds
select "n"."id" as "id",
  "n"."name" as "name"
from department n
where n.id = any($1::uuid[]);

-- findAll
select "n"."id" as "id",
  "n"."name" as "name"
from department n
where n.organization_id = $1
order by n.name collate "unicode",
  n.id;

-- findByName
select "n"."id" as "id",
  "n"."name" as "name"
from department n
where n.organization_id = $1
  and folded_name(n.name) = folded_name($2);

-- findOrCreate
insert into "department" ("organization_id", "name")
values ($1, $2)
on conflict do nothing;

select "n"."id" as "id",
  "n"."name" as "name"
from department n
where n.organization_id = $1
  and folded_name(n.name) = folded_name($2);

-- rename
update "department"
set "name" = $1
where id = $2;

-- merge
update person
set department_id = $1
where department_id = $2;

delete from department
where id = $1;

-- LocationRepository in libs/people/directory/department-location.repository.ts. Written by npm run schema.

-- findByIds
select "n"."id" as "id",
  "n"."name" as "name"
from location n
where n.id = any($1::uuid[]);

-- findAll
select "n"."id" as "id",
  "n"."name" as "name"
from location n
where n.organization_id = $1
order by n.name collate "unicode",
  n.id;

-- findByName
select "n"."id" as "id",
  "n"."name" as "name"
from location n
where n.organization_id = $1
  and folded_name(n.name) = folded_name($2);

-- findOrCreate
insert into "location" ("organization_id", "name")
values ($1, $2)
on conflict do nothing;

select "n"."id" as "id",
  "n"."name" as "name"
from location n
where n.organization_id = $1
  and folded_name(n.name) = folded_name($2);

-- rename
update "location"
set "name" = $1
where id = $2;

-- merge
update person
set location_id = $1
where location_id = $2;

delete from location
where id = $1;
