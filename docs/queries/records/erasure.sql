-- ErasureRepository in libs/records/erasure/erasure.repository.ts. Written by npm run schema.

-- findPending
select "x"."id" as "id",
  "x"."requested_at" as "requestedAt",
  "x"."executes_at" as "executesAt"
from erasure x
where x.person_id = $1::uuid;

-- findByIds
select "x"."id" as "id",
  "x"."requested_at" as "requestedAt",
  "x"."executes_at" as "executesAt"
from erasure x
where x.id = any($1::uuid[]);

-- insert
with x as (
  insert into "erasure" ("organization_id", "person_id")
  values ($1, $2)
  on conflict do nothing
  returning id,
    requested_at,
    executes_at
)
select "x"."id" as "id",
  "x"."requested_at" as "requestedAt",
  "x"."executes_at" as "executesAt"
from x;

-- delete
delete from erasure
where person_id = $1::uuid;

-- countContent
select kind,
  count
from app.erasure_preview();
