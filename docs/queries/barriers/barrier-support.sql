-- BarrierSupportRepository in libs/barriers/barriers/barrier-support.repository.ts. Written by npm run schema.

-- countByBarriers
select barrier_id as "barrierId",
  people
from app.barrier_supporters($1::uuid[]);

-- findOwn
select s.barrier_id as "barrierId"
from barrier_support s
where s.barrier_id = any($1::uuid[]);

-- add
insert into barrier_support (barrier_id, person_id, organization_id)
values ($1, $2, $3)
on conflict do nothing;

-- remove
delete from barrier_support
where barrier_id = $1
  and person_id = $2;
