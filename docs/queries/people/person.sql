-- PersonRepository in libs/people/directory/person.repository.ts. Written by npm run schema.

-- today
select app.today_in($1) as today;

-- findByIds
select "p"."id" as "id",
  "p"."organization_id" as "organizationId",
  "p"."name" as "name",
  "p"."email" as "email",
  "p"."title" as "title",
  "p"."department_id" as "departmentId",
  "p"."location_id" as "locationId",
  "p"."hired_on" as "hiredOn"
from person p
where p.id = any($1::uuid[]);

-- findPage
select "p"."id" as "id",
  "p"."organization_id" as "organizationId",
  "p"."name" as "name",
  "p"."email" as "email",
  "p"."title" as "title",
  "p"."department_id" as "departmentId",
  "p"."location_id" as "locationId",
  "p"."hired_on" as "hiredOn",
  (p.name)::text as "cursorKey1",
  (p.id)::text as "cursorKey2"
from person p
where p.id = any(array(
  select app.find_people($1, $2, $3, $4, $5, $6, $7::text[], $8, $9, $10, $11)
))
order by p.name desc,
  p.id desc
limit $12;

select "p"."id" as "id",
  "p"."organization_id" as "organizationId",
  "p"."name" as "name",
  "p"."email" as "email",
  "p"."title" as "title",
  "p"."department_id" as "departmentId",
  "p"."location_id" as "locationId",
  "p"."hired_on" as "hiredOn",
  (p.name)::text as "cursorKey1",
  (p.id)::text as "cursorKey2"
from person p
where p.organization_id = (
  select app.directory_organization()
)
  and true
  and true
  and true
  and not exists (
    select 1
    from employment_end e
    where e.person_id = p.id
      and e.ended_at <= now()
  )
order by p.name asc,
  p.id asc
limit $1;

-- findDirectReports
select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "p"."id" as "id",
    "p"."organization_id" as "organizationId",
    "p"."name" as "name",
    "p"."email" as "email",
    "p"."title" as "title",
    "p"."department_id" as "departmentId",
    "p"."location_id" as "locationId",
    "p"."hired_on" as "hiredOn",
    (p.name)::text as "cursorKey1",
    (p.id)::text as "cursorKey2"
  from reporting_line l
  join person p on p.id = l.report_id
  left join lateral (
    select min(r.ends_on) as ends_on,
      min(r.ends_at) as ends_at
    from reporting_line_end r
    where r.line_id = l.id
  ) e on true
  where l.manager_id = parent.id
    and l.kind = 'PRIMARY'
    and l.starts_at <= now()
    and (e.ends_at is null or e.ends_at > now())
    and (p.name, p.id) < ($2::text, $3::uuid)
  order by p.name desc,
    p.id desc
  limit $4
) as page;

select parent.id as "parentId",
  page.*
from unnest($1::uuid[]) as parent(id)
cross join lateral (
  select "p"."id" as "id",
    "p"."organization_id" as "organizationId",
    "p"."name" as "name",
    "p"."email" as "email",
    "p"."title" as "title",
    "p"."department_id" as "departmentId",
    "p"."location_id" as "locationId",
    "p"."hired_on" as "hiredOn",
    (p.name)::text as "cursorKey1",
    (p.id)::text as "cursorKey2"
  from reporting_line l
  join person p on p.id = l.report_id
  left join lateral (
    select min(r.ends_on) as ends_on,
      min(r.ends_at) as ends_at
    from reporting_line_end r
    where r.line_id = l.id
  ) e on true
  where l.manager_id = parent.id
    and l.kind = 'PRIMARY'
    and l.starts_at <= now()
    and (e.ends_at is null or e.ends_at > now())
    and true
  order by p.name asc,
    p.id asc
  limit $2
) as page;

-- findTimeZones
select p.id,
  app.usable_time_zone(z.time_zone, o.time_zone) as "timeZone"
from person p
join organization o on o.id = p.organization_id
left join person_time_zone z on z.person_id = p.id
where p.id = any($1::uuid[]);

-- findEnds
select e.person_id as id,
  e.ended_on as "leftOn"
from employment_end e
where e.person_id = any($1::uuid[]);

-- findExternalIds
select person_id as id,
  external_id as "externalId"
from app.external_ids($1::uuid[]);

-- findSimilarExternalId
select external_id as "externalId",
  name
from app.similar_external_id($1, $2);

-- findAccountStates
select person_id as id,
  state
from app.account_states($1::uuid[]);

-- create
insert into "person" ("organization_id", "name", "external_id", "email", "title", "department_id", "location_id", "hired_on")
values ($1, $2, $3, $4, $5, $6, $7, $8)
returning id;

insert into "person" ("organization_id")
values ($1)
returning id;

insert into "person" ("organization_id", "name", "email", "title", "location_id", "hired_on")
values ($1, $2, $3, $4, $5, $6)
returning id;

insert into "person" ("organization_id", "name", "external_id", "title", "department_id", "hired_on")
values ($1, $2, $3, $4, $5, $6)
returning id;

insert into "person" ("organization_id", "name", "title", "hired_on")
values ($1, $2, $3, $4)
returning id;

-- update
update "person"
set "name" = $1,
  "external_id" = $2,
  "email" = $3,
  "title" = $4,
  "department_id" = $5,
  "location_id" = $6,
  "hired_on" = $7
where id = $8;

update "person"
set "name" = $1,
  "email" = $2,
  "title" = $3,
  "location_id" = $4,
  "hired_on" = $5
where id = $6;

update "person"
set "name" = $1,
  "external_id" = $2,
  "title" = $3,
  "department_id" = $4,
  "hired_on" = $5
where id = $6;

update "person"
set "name" = $1,
  "title" = $2,
  "hired_on" = $3
where id = $4;

-- setTimeZone
insert into person_time_zone (person_id, organization_id, time_zone)
values ($1, $2, $3)
on conflict (person_id) do update
set time_zone = excluded.time_zone;

-- findReminderChoices
select person_id as id,
  reminders_by_mail as "remindersByMail"
from person_preference
where person_id = any($1::uuid[]);

-- setRemindersByMail
insert into person_preference (person_id, organization_id, reminders_by_mail)
values ($1, $2, $3)
on conflict (person_id) do update
set reminders_by_mail = excluded.reminders_by_mail;

-- findAccessEnd
select app.access_ends_at() as at;

-- setEnd
insert into employment_end (person_id, organization_id, ended_on)
values ($1, $2, $3)
on conflict (person_id) do update
set ended_on = excluded.ended_on;

-- removeEnd
delete from employment_end
where person_id = $1;

-- keepImportsOut
select pg_advisory_xact_lock_shared(hashtextextended('people:' || $1, 0));

-- lockDirectory
select pg_advisory_xact_lock(hashtextextended('people:' || $1, 0));

-- lock
select "p"."id" as "id",
  "p"."organization_id" as "organizationId",
  "p"."name" as "name",
  "p"."email" as "email",
  "p"."title" as "title",
  "p"."department_id" as "departmentId",
  "p"."location_id" as "locationId",
  "p"."hired_on" as "hiredOn"
from person p
where p.id = $1
for no key update;
