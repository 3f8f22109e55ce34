-- JobQueueRepository in libs/jobs/job-queue.repository.ts. Written by npm run schema.

-- lockHeld
select id
from graphile_worker._private_jobs
where id = $1::bigint
  and locked_by = $2
for update;

-- releaseOfDead
with holder as materialized (
  select locked_by as id
  from graphile_worker._private_jobs
  where locked_by is not null
  union
  select locked_by
  from graphile_worker._private_job_queues
  where locked_by is not null
),
  dead as materialized (
    select id
    from holder
    where pg_try_advisory_xact_lock(hashtextextended(id, 0))
  )
select cardinality(ids) as dead,
  graphile_worker.force_unlock_workers(ids)
from (
  select array_agg(id)
  from dead
) found (ids)
where ids is not null;

-- state
select count(*) filter (where attempts < max_attempts or locked_at is not null)::int as due,
  coalesce(extract(epoch from now() - min(run_at) filter (where attempts < max_attempts or locked_at is not null)), 0)::float8 as "oldestSeconds",
  count(*) filter (where attempts >= max_attempts and locked_at is null and last_error is not null)::int as "givenUp"
from graphile_worker._private_jobs
where run_at <= now()
  or attempts >= max_attempts;

-- deleteGivenUp
delete from graphile_worker._private_jobs
where attempts >= max_attempts
  and locked_at is null
  and (run_at < now() - interval '7 days' or last_error is null);
