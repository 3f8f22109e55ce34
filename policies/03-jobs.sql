-- Jobs for the worker. A job exists if and only if the transaction that queues it commits.
--
-- table                                who sees a row   who adds, changes and deletes it
-- graphile_worker._private_jobs        the worker       app.enqueue_jobs; the worker, which also schedules periodic tasks
-- graphile_worker._private_job_queues  the worker       the worker
-- graphile_worker._private_tasks       the worker       app.enqueue_jobs; the worker
-- graphile_worker._private_known_crontabs  the worker   the worker
-- graphile_worker.migrations           the worker       migrate
--
-- graphile-worker's own migrations create these tables (libs/db/migrate/job-queue.ts). The API's login has no right on the schema, and
-- cannot call app.enqueue_jobs: functions and triggers that do something for the caller queue the job that follows from it. A job holds
-- the name of its task and the id of a row, so the worker decides what happens, from that row.

grant usage on schema graphile_worker to :"worker";

alter table graphile_worker._private_jobs enable row level security;
create policy jobs_worker on graphile_worker._private_jobs for all to :"worker" using (true) with check (true);
grant select, insert, update, delete on graphile_worker._private_jobs to :"worker";

alter table graphile_worker._private_job_queues enable row level security;
create policy job_queues_worker on graphile_worker._private_job_queues for all to :"worker" using (true) with check (true);
grant select, insert, update on graphile_worker._private_job_queues to :"worker";

alter table graphile_worker._private_tasks enable row level security;
create policy tasks_worker on graphile_worker._private_tasks for all to :"worker" using (true) with check (true);
grant select, insert on graphile_worker._private_tasks to :"worker";

alter table graphile_worker._private_known_crontabs enable row level security;
create policy known_crontabs_worker on graphile_worker._private_known_crontabs for all to :"worker" using (true) with check (true);
grant select, insert, update on graphile_worker._private_known_crontabs to :"worker";

alter table graphile_worker.migrations enable row level security;
create policy migrations_worker on graphile_worker.migrations for select to :"worker" using (true);
grant select on graphile_worker.migrations to :"worker";

do $$
declare
  routine record;
begin
  for routine in
    select p.oid::regprocedure as name from pg_proc p
    where p.pronamespace = 'graphile_worker'::regnamespace and p.proname in ('add_job', 'add_jobs', 'force_unlock_workers')
  loop
    execute format('grant execute on function %s to :"worker"', routine.name);
  end loop;
end $$;

-- Queues one job for each row. Not granted: the functions and triggers that cause a job call it, each after its own checks, so that SQL
-- injected into the API can queue no job that the API could not cause.
-- A row like those of graphile_worker.add_jobs, without its NOTIFY, which takes a lock of the whole server at commit; the worker looks for
-- jobs every second. test/db/jobs.spec.ts compares the two.
create or replace function app.enqueue_jobs(task text, row_ids uuid[], run_at timestamptz default now()) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  -- The tasks that may be queued, with the number of attempts. graphile-worker waits e^attempt seconds after each, at most six hours.
  attempts constant jsonb := '{"send_mail": 21, "announce_revealed_feedback": 21}';
  task_number integer;
begin
  if not attempts ? task then
    raise exception 'not a task that can be queued: %', task using errcode = 'MU090';
  end if;
  select t.id into task_number from graphile_worker._private_tasks t where t.identifier = task;
  if not found then
    insert into graphile_worker._private_tasks (identifier) values (task) on conflict do nothing;
    select t.id into task_number from graphile_worker._private_tasks t where t.identifier = task;
  end if;
  insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts)
  select task_number, json_build_object('id', r.id), enqueue_jobs.run_at, (attempts ->> task)::smallint from unnest(row_ids) r (id);
end $$;
