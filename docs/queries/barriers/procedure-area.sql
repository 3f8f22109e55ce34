-- ProcedureAreaRepository in libs/barriers/areas/procedure-area.repository.ts. Written by npm run schema.

-- findByIds
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."name" as "name",
  "a"."answerer_id" as "answererId",
  "a"."deputy_id" as "deputyId",
  (
    select named.id
    from unnest(array[a.answerer_id, a.deputy_id])
    with ordinality named(id, place)
    where named.id is not null
      and not exists (
        select 1
        from employment_end e
        where e.person_id = named.id
          and e.ended_at <= now()
      )
    order by named.place
    limit 1
  ) as "currentAnswererId"
from procedure_area a
where a.id = any($1::uuid[]);

-- findByOrganizations
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."name" as "name",
  "a"."answerer_id" as "answererId",
  "a"."deputy_id" as "deputyId",
  (
    select named.id
    from unnest(array[a.answerer_id, a.deputy_id])
    with ordinality named(id, place)
    where named.id is not null
      and not exists (
        select 1
        from employment_end e
        where e.person_id = named.id
          and e.ended_at <= now()
      )
    order by named.place
    limit 1
  ) as "currentAnswererId"
from procedure_area a
where a.organization_id = any($1::uuid[])
order by folded_name(a.name),
  a.id;

-- lock
select "a"."id" as "id",
  "a"."organization_id" as "organizationId",
  "a"."name" as "name",
  "a"."answerer_id" as "answererId",
  "a"."deputy_id" as "deputyId",
  (
    select named.id
    from unnest(array[a.answerer_id, a.deputy_id])
    with ordinality named(id, place)
    where named.id is not null
      and not exists (
        select 1
        from employment_end e
        where e.person_id = named.id
          and e.ended_at <= now()
      )
    order by named.place
    limit 1
  ) as "currentAnswererId"
from procedure_area a
where a.id = $1
for no key update of a;

-- findEmployed
select p.id
from person p
where p.id = any($1::uuid[])
  and not exists (
    select 1
    from employment_end e
    where e.person_id = p.id
      and e.ended_at <= now()
  );

-- insert
insert into "procedure_area" ("organization_id", "name", "answerer_id", "deputy_id")
values ($1, $2, $3, $4)
returning id;

insert into "procedure_area" ("organization_id", "answerer_id", "deputy_id")
values ($1, $2, $3)
returning id;

insert into "procedure_area" ("organization_id", "name", "deputy_id")
values ($1, $2, $3)
returning id;

insert into "procedure_area" ("organization_id", "deputy_id")
values ($1, $2)
returning id;

-- update
update "procedure_area"
set "name" = $1,
  "answerer_id" = $2,
  "deputy_id" = $3
where id = $4;

update "procedure_area"
set "name" = $1,
  "deputy_id" = $2
where id = $3;

update "procedure_area"
set "name" = $1,
  "answerer_id" = $2
where id = $3;

update "procedure_area"
set "name" = $1
where id = $2;

-- delete
delete from procedure_area
where id = $1;
